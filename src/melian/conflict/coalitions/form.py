"""Stability against coalitions as plain data: ``melian stability --coalition ... --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from melian.conflict.form import count_form, stability_form

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.conflict.coalitions.stability import CoalitionStability, Members, Upset


def coalition_form(result: CoalitionStability) -> dict[str, Any]:
    """Give what :func:`melian.conflict.form.stability_form` gives, and more.

    ``equilibria`` are stable for the coalitions, too; those of single actors are ``alone``.
    """
    return {
        **stability_form(result),
        "alone": {c.value: _numbers(result.alone(c)) for c in result.stable},
        "coalitions": {
            key(members): {c.value: _numbers(table[row]) for c, table in result.joint.items()}
            for row, members in enumerate(result.coalitions)
        },
        "upsets": [_upset(upset) for upset in result.upsets if upset.states],
        "method": result.method,
    }


def coalition_count_form(result: CoalitionStability) -> dict[str, Any]:
    """Give only how many states and equilibria there are, for large models."""
    upset = {members: dict[str, int]() for members in result.coalitions}
    for each in result.upsets:
        upset[each.coalition][each.concept.value] = len(each.states)
    return {
        **count_form(result),
        "alone": {c.value: int(result.alone(c).sum()) for c in result.stable},
        "upsets": {key(members): counts for members, counts in upset.items()},
    }


def key(coalition: Members) -> str:
    """Give what a coalition goes by.

    >>> key(("nato", "ukraine"))
    'nato+ukraine'
    """
    return "+".join(coalition)


def _upset(upset: Upset) -> dict[str, Any]:
    return {
        "coalition": list(upset.coalition),
        "concept": upset.concept.value,
        "states": list(upset.states),
        "moves": [{"from": start, "to": list(ends)} for start, ends in upset.moves.items()],
        "more_moves_from": sorted(upset.cut),
    }


def _numbers(mask: NDArray[np.bool_]) -> list[int]:
    return [int(index) + 1 for index in np.flatnonzero(mask)]
