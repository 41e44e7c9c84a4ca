"""A hypergame as plain data: what ``melian hypergame --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from melian.case.model import Conflict
    from melian.conflict.hypergame import Hypergame, Prospect, View
    from melian.conflict.result import Concept


def hypergame_form(result: Hypergame, conflict: Conflict) -> dict[str, Any]:
    """Give what each actor expects and what holds, as JSON-ready data.

    Args:
        result: of the conflict.
        conflict: as the case has it; what actors believe is repeated from it.
    """

    def each(of: Callable[[Concept], NDArray[np.bool_]]) -> dict[str, list[int]]:
        return {concept.value: _numbers(of(concept)) for concept in result.prospects}

    return {
        "actors": list(result.actors),
        "options": list(result.options),
        "states": [
            {"number": number, "decimal": int(decimal), "options": result.letters(number)}
            for number, decimal in enumerate(result.decimals, start=1)
        ],
        "views": {view.actor: _view(result, view, conflict) for view in result.views},
        "equilibria": each(result.holds),
        "truth": each(result.truth.equilibria),
        "by_error": each(result.by_error),
        "lost": each(result.lost),
        "hidden": each(result.hidden),
        "status_quo": result.status_quo,
        "prospects": [
            {"concept": concept.value, "state": number, "actors": _prospects(result, number, by)}
            for concept, told in result.prospects.items()
            for number, by in told.items()
        ],
        "complete": True,
        "method": result.method,
    }


def _view(result: Hypergame, view: View, conflict: Conflict) -> dict[str, Any]:
    believed = conflict.beliefs.get(view.actor, {})
    concepts = list(result.prospects)
    return {
        "believes": {
            other: [str(preference.prefer) for preference in preferences]
            for other, preferences in believed.items()
        },
        "mistaken_about": list(view.mistaken),
        "unseen": _numbers(~view.sees),
        "expects": {c.value: _numbers(view.expects(c)) for c in concepts},
        "imagined": {c.value: _numbers(result.imagined(view, c)) for c in concepts},
        "surprises": {c.value: _numbers(result.surprises(view, c)) for c in concepts},
    }


def _prospects(
    result: Hypergame, number: int, by: Mapping[str, tuple[Prospect, ...]]
) -> dict[str, dict[str, Any]]:
    """Give, per actor, what it would do, and what each of the others expects it to do."""
    found = {}
    for i, actor in enumerate(result.actors):
        each = {who: _prospect(by[who][i], result.sees(who, number)) for who in result.actors}
        own = each.pop(actor)
        found[actor] = {**own, "expected": each}
    return found


def _prospect(prospect: Prospect, sees: bool) -> dict[str, Any]:
    return {"sees": sees, "stays": prospect.stays, "to": list(prospect.to)}


def _numbers(mask: NDArray[np.bool_]) -> list[int]:
    return [int(index) + 1 for index in np.flatnonzero(mask)]
