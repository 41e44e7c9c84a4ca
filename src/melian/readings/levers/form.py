"""Levers as plain data: what ``melian levers --json`` prints."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from melian.conflict.result import open_form
from melian.readings.form import hangs_on_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from melian.case.model import Lever
    from melian.conflict.result import Concept
    from melian.readings.levers.reciprocity import Balance, Reciprocity
    from melian.readings.levers.result import Found, One, Pull, Search

_VERDICTS = ("better", "same", "worse", "mixed", "unclear")


def search_form(found: Search) -> dict[str, Any]:
    """Give the sets of levers that bring a target about, as JSON-ready data.

    ``levers`` are the minimal sets, those first that bring the target about in every combination
    of readings, then smallest first. ``holds_in`` is ``assured`` or ``possible``, as ``measure``
    says. ``searched`` tells how many sets of each size were solved, all there are of that size:
    a smaller set than the first does not suffice. ``alone`` tells what each lever does on its
    own; those that are ``idle`` change neither share, whatever else is pulled.
    """
    return {
        **found_form(found, partial(_reach, found.concept), _mutual, _returned),
        "complete": found.complete,
        "method": found.method,
    }


def found_form(
    found: Found[One],
    reach: Callable[[One], dict[str, Any]],
    in_a_set: Callable[[One], dict[str, Any]],
    alone: Callable[[One], dict[str, Any]],
) -> dict[str, Any]:
    """Give sets of levers as JSON-ready data, found exactly or in a sample.

    Args:
        found: the sets.
        reach: gives how far levers bring the target about.
        in_a_set: gives what else is to be said of a set.
        alone: gives what else is to be said of a lever on its own.
    """
    return {
        "target": str(found.target),
        "concept": found.concept.value,
        "measure": found.measure,
        "baseline": reach(found.baseline),
        "levers": [_set(found, pull) | reach(pull) | in_a_set(pull) for pull in found.sets],
        "alone": [
            _named(lever) | reach(pull) | _effect(found, pull, lever) | alone(pull)
            for pull in found.alone
            for lever in pull.levers
        ],
        "idle": list(found.idle),
        "smallest": [list(pull.ids) for pull in found.smallest],
        "searched": {str(size): count for size, count in found.searched.items()},
        "unsolved": [list(ids) for ids in found.unsolved],
        "conflicts": found.conflicts,
    }


def _set(found: Found[One], pull: One) -> dict[str, Any]:
    return {
        "set": list(pull.ids),
        "concept": found.concept.value,
        "holds_in": _share(pull.holds_in(found.measure)),
    }


def _named(lever: Lever) -> dict[str, Any]:
    return {"lever": lever.id, "by": lever.by, "returns": lever.returns}


def _effect(found: Found[One], pull: One, lever: Lever) -> dict[str, Any]:
    return {"changes": found.changes(pull), "idle": lever.id in found.idle}


def _reach(concept: Concept, pull: Pull) -> dict[str, Any]:
    outcomes = pull.version.outcomes
    shares = outcomes.shares(concept)
    return {
        "possible": _share(pull.possible),
        "assured": _share(pull.assured),
        "combinations": pull.combinations,
        "states": list(pull.states),
        "outcomes": [
            {
                "number": number,
                "options": outcomes.letters(number),
                "taken": list(outcomes.taken(number)),
                **open_form(outcomes, number),
                "share": _share(float(shares[number - 1])),
            }
            for number in pull.states
        ],
        "hangs_on": hangs_on_form(pull.hangs_on),
        "hangs_on_complete": pull.hangs_on.complete,
    }


def _mutual(pull: Pull) -> dict[str, Any]:
    judged = pull.reciprocity
    return {"reciprocal": judged.reciprocal if judged else None, **_returned(pull)}


def _returned(pull: Pull) -> dict[str, Any]:
    return {"reciprocity": _reciprocity(pull.reciprocity)}


def _reciprocity(judged: Reciprocity | None) -> dict[str, Any] | None:
    if judged is None:
        return None
    return {
        "set": list(judged.levers),
        "possible": _share(judged.possible),
        "assured": _share(judged.assured),
        "reciprocal": judged.reciprocal,
        "returns": [
            {
                "lever": each.lever,
                "kind": each.kind,
                "what": each.what,
                "sure_in": None if each.sure_in is None else _share(each.sure_in),
            }
            for each in judged.returns
        ],
        "then": _balances(judged.balances),
        "at_present": _balances(judged.present),
        "unjudged": list(judged.unjudged),
    }


def _balances(balances: Iterable[Balance]) -> dict[str, dict[str, float]]:
    return {
        balance.giver: {verdict: _share(getattr(balance, verdict)) for verdict in _VERDICTS}
        for balance in balances
    }


def _share(value: float) -> float:
    return round(value, 6)
