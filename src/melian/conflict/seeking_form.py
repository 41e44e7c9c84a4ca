"""What was sought, and how a state stands, as plain data: what ``--json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.conflict.seeking import Sought
    from melian.conflict.symbolic.standing import Standing, Verdict


def sought_form(result: Sought) -> dict[str, Any]:
    """Give the equilibria that were sought, as JSON-ready data.

    Where states are numbered, equilibria are given by number; else by their letters.
    """
    letters = {decimal: result.letters(decimal) for decimal in result.states}
    names: Mapping[int, int | str] = result.numbers or letters
    return {
        "options": list(result.options),
        "where": None if result.where is None else str(result.where),
        "states": [
            {
                **({"number": result.numbers[d], "decimal": d} if result.numbers else {}),
                "options": each,
                "taken": list(result.taken(d)),
            }
            for d, each in letters.items()
        ],
        "equilibria": {
            concept.value: [names[d] for d in each.decimals]
            for concept, each in result.equilibria.items()
        },
        **_made(result),
    }


def sought_count_form(result: Sought) -> dict[str, Any]:
    """Give only how many equilibria were found."""
    return {
        "where": None if result.where is None else str(result.where),
        "equilibria": {c.value: each.count for c, each in result.equilibria.items()},
        **_made(result),
    }


def _made(result: Sought) -> dict[str, Any]:
    each = result.equilibria
    return {
        "complete": result.complete,
        "ended": {concept.value: found.ended for concept, found in each.items()},
        "engine": result.engine,
        **_unasked(result),
        **({"indistinguishable": [str(each) for each in result.merged]} if result.merged else {}),
        "solver_calls": sum(found.calls for found in each.values()),
        "refinements": sum(found.refinements for found in each.values()),
    }


def standing_form(result: Standing) -> dict[str, Any]:
    """Give how a state stands, as JSON-ready data."""
    return {
        "actors": list(result.actors),
        "options": list(result.options),
        "state": _state(result, result.state),
        "stability": {
            concept.value: {
                actor: _verdict(result, verdict)
                for actor, verdict in zip(result.actors, each, strict=True)
            }
            for concept, each in result.verdicts.items()
        },
        "equilibrium": {c.value: result.equilibrium(c) for c in result.verdicts},
        "complete": result.complete,
        "engine": "symbolic",
        **_unasked(result),
        "solver_calls": result.calls,
    }


def _unasked(result: Sought | Standing) -> dict[str, str]:
    return {"coalitions": "not asked"} if result.unasked else {}


def _verdict(result: Standing, verdict: Verdict) -> dict[str, Any]:
    return {
        "stable": verdict.stable,
        "gain": None if verdict.gain is None else _state(result, verdict.gain),
        "replies": [
            {"actor": reply.actor, **_state(result, reply.state)} for reply in verdict.replies
        ],
    }


def _state(result: Standing, decimal: int) -> dict[str, Any]:
    return {"options": result.letters(decimal), "taken": list(result.taken(decimal))}
