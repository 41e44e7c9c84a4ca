"""Inverse analysis as plain data: what ``melian inverse --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from melian.conflict.inverse.wording import statement_names, states, told

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from melian.conflict.inverse.rankings import Nearest, Rankings
    from melian.conflict.inverse.result import Change, Fewest, Inverse, Rearranged
    from melian.conflict.result import States

    Names = Mapping[str, Sequence[str]]


def inverse_form(result: Inverse, beyond: Collection[int] = ()) -> dict[str, Any]:
    """Give what makes each state an equilibrium, as JSON-ready data.

    Args:
        result: of the analysis.
        beyond: numbers of the states that cannot come about from the status quo.
    """
    names = statement_names(result)
    return {
        "concept": result.concept.value,
        "actors": list(result.free),
        "options": list(result.options),
        "states": [
            _fewest(result, each, names) | {"cannot_come_about": each.state in beyond}
            for each in result.fewest
        ],
        "method": result.method,
        "complete": result.complete,
    }


def _fewest(result: Inverse, each: Fewest, names: Names) -> dict[str, Any]:
    return _state(result, each.state) | {
        "cost": each.cost,
        "at_least": None if each.never else each.least,
        "at_most": each.most,
        "never": each.never,
        "because": [{"actor": actor, "gains_by_moving_to": to} for actor, to in each.core],
        "changes": [_change(change, names) for change in each.changes],
        "every_change": each.every,
        "refuted": each.refuted,
        "complete": each.complete,
    }


def _state(result: States, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "options": result.letters(number),
        "taken": list(result.taken(number)),
    }


def _change(change: Change, names: Names) -> dict[str, Any]:
    return {
        "cost": change.cost,
        "ways": change.count,
        "actors": {actor: _rearranged(each, names[actor]) for actor, each in change.actors.items()},
    }


def _rearranged(each: Rearranged, names: Sequence[str]) -> dict[str, Any]:
    return {
        "do": told(each, names),
        "moved": [names[step.item] for step in each.steps if step.item < each.own],
        "added": [names[step.item] for step in each.steps if step.item >= each.own],
        "orders": [[names[item] for item in order] for order in each.orders],
    }


def rank_names(result: Rankings) -> dict[str, list[str]]:
    """Give the places of each actor's ranking by the states in them."""
    return {actor: [states(group) for group in own] for actor, own in result.ranking.items()}


def rankings_form(results: Sequence[Rankings]) -> dict[str, Any]:
    """Give under how many rankings states are equilibria, as JSON-ready data."""
    return {
        "rankings": [
            _state(result, result.state)
            | {
                "varied": {actor: list(span) for actor, span in result.varied.items()},
                "total": result.total,
                "counts": {concept.value: n for concept, n in result.counts.items()},
                "nearest": {
                    concept.value: _nearest(near, rank_names(result))
                    for concept, near in result.nearest.items()
                },
            }
            for result in results
        ],
        "method": results[0].method,
        "complete": True,
    }


def _nearest(near: Nearest, names: Names) -> dict[str, Any]:
    return {
        "cost": near.cost,
        "changes": [_change(change, names) for change in near.changes],
        "every_change": near.every,
    }
