"""Stability as plain data: what ``melian stability --json`` and ``--count`` print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from melian.conflict.result import open_form

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.conflict.result import Stability


def stability_form(result: Stability) -> dict[str, Any]:
    """Give states, who is stable where, and equilibria, as JSON-ready data.

    States are numbered from 1 over the feasible states, in ascending order of their decimals.
    """
    return {
        "actors": list(result.actors),
        "options": list(result.options),
        "states": [
            {"number": number, "decimal": int(decimal), "options": result.letters(number)}
            | open_form(result, number)
            for number, decimal in enumerate(result.decimals, start=1)
        ],
        "stability": {
            concept.value: {
                actor: _numbers(row) for actor, row in zip(result.actors, table, strict=True)
            }
            for concept, table in result.stable.items()
        },
        "equilibria": {
            concept.value: _numbers(result.equilibria(concept)) for concept in result.stable
        },
        "complete": True,
        "engine": "explicit",
    }


def count_form(result: Stability) -> dict[str, Any]:
    """Give only how many states and equilibria there are, for large models."""
    return {
        "states": len(result.decimals),
        "equilibria": {
            concept.value: int(result.equilibria(concept).sum()) for concept in result.stable
        },
        "complete": True,
        "engine": "explicit",
    }


def _numbers(mask: NDArray[np.bool_]) -> list[int]:
    return [int(index) + 1 for index in np.flatnonzero(mask)]
