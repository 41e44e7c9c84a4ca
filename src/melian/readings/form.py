"""Outcomes and levers as plain data: what ``melian outcomes --json`` prints."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from melian.conflict.result import Concept, open_form
from melian.readings.choices import places
from melian.readings.doubts import order_of
from melian.readings.marks import Above, Held
from melian.readings.wording import WEIGHED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from melian.readings.choices import Choice, Side
    from melian.readings.conditions import Conditions, HangsOn
    from melian.readings.marks import Mark
    from melian.readings.outcomes import Outcomes

MOST_LISTED = 500
"""SEQ and GMR sets are large: this many outcomes are listed, widest share first."""


def outcomes_form(outcomes: Outcomes) -> dict[str, Any]:
    """Give the outcomes, their shares and what they hang on, as JSON-ready data.

    ``share`` is the share of the combinations of readings in which a state is an equilibrium,
    per concept and under ``all`` five; ``hangs_on`` gives, for Nash and for all, the shortest
    conditions on the readings (a list of alternatives, each a list of conditions that are met
    together; an empty alternative means "always"). They say exactly when it holds; where
    ``hangs_on_complete`` is false, shorter ones may exist. ``complete`` is true when nothing was
    cut short: the audit, the list of outcomes, the search for conditions. ``cannot_come_about``
    counts the states, per concept, that are left out because no moves lead there from the status
    quo, though no party would leave them in some combination. Where preferences are uncertain,
    ``weights`` says how their sides are weighed.
    """
    robust, nash = outcomes.shares(), outcomes.shares(Concept.NASH)
    some = np.logical_or.reduce([t.any(axis=0) for t in outcomes.equilibria.values()])
    ordered = np.lexsort((-nash, -robust))  # the last is looked at first; ties stay in order
    numbers = [int(place) + 1 for place in ordered[some[ordered]]]
    listed = _outcomes(outcomes, numbers[:MOST_LISTED])
    return {
        "options": list(outcomes.options),
        "combinations": outcomes.combinations,
        "profiles": len(outcomes.held),
        "status_quo": outcomes.status_quo,
        "choices": [choice_form(choice) for choice in outcomes.choices],
        "combos": _combos(outcomes),
        "outcomes": listed,
        "holds_in_all": _numbers(np.all(outcomes.under_all, axis=0)),
        "cannot_come_about": beyond_form(outcomes.beyond),
        "complete": outcomes.complete
        and len(numbers) <= MOST_LISTED
        and all(each["hangs_on_complete"] for each in listed),
        "method": outcomes.method,
        **({"weights": WEIGHED} if outcomes.uncertain else {}),
    }


def _outcomes(outcomes: Outcomes, numbers: Sequence[int]) -> list[dict[str, Any]]:
    shares = {concept.value: outcomes.shares(concept) for concept in outcomes.equilibria}
    shares["all"] = outcomes.shares()
    found = []
    for number in numbers:
        hangs = {
            name: outcomes.hangs_on(outcomes.where(number, concept))
            for name, concept in (("nash", Concept.NASH), ("all", None))
        }
        found.append(
            {
                "number": number,
                "options": outcomes.letters(number),
                "taken": list(outcomes.taken(number)),
                **open_form(outcomes, number),
                "share": {name: round(float(of[number - 1]), 6) for name, of in shares.items()},
                "hangs_on": {name: hangs_on_form(each) for name, each in hangs.items()},
                "hangs_on_complete": all(each.complete for each in hangs.values()),
            }
        )
    return found


def beyond_form(beyond: Mapping[Concept, NDArray[np.bool_]]) -> dict[str, int]:
    """Count, per concept, what is left out because it cannot come about."""
    return {concept.value: int(np.count_nonzero(states)) for concept, states in beyond.items()}


def hangs_on_form(hangs: HangsOn) -> list[list[dict[str, Any]]]:
    """Give alternatives of conditions as JSON-ready data."""
    return [_conditions(alternative) for alternative in hangs.cover]


def _conditions(conditions: Conditions) -> list[dict[str, Any]]:
    return [{"actor": c.actor, **_mark(c.mark, kept=c.kept)} for c in conditions]


def _mark(mark: Mark, *, kept: bool) -> dict[str, Any]:
    """Give what is so or not so; preferences with their numbers in the actor's list, from 1."""
    match mark:
        case Held():
            return {("prefers" if kept else "disregards"): str(mark), "number": mark.place + 1}
        case Above(upper, lower):
            first, second = (upper, lower) if kept else (lower, upper)
            return {
                "puts": str(first),
                "before": str(second),
                "numbers": [first.place + 1, second.place + 1],
            }
        case _:
            return {("keeps" if kept else "drops"): mark}


def choice_form(choice: Choice) -> dict[str, Any]:
    """Give an actor's choice; what is uncertain has no component, and sides with shares."""
    return {
        "actor": choice.actor,
        "component": choice.component,
        "sides": [
            _side(side) if choice.component is not None else _doubt(side, choice.weight)
            for side in choice.sides
        ],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "keeps": sorted(map(str, side.keeps)),
        "drops": sorted(map(str, side.drops)),
        "readings": side.readings,
    }


def _doubt(side: Side, whole: int) -> dict[str, Any]:
    """Give a side in an actor's preferences: one that is held or not, or an order of several."""
    share = {"readings": side.readings, "share": round(side.weight / whole, 6)}
    order = order_of(side)
    if order:
        return {"order": [str(m) for m in order], "numbers": [m.place + 1 for m in order], **share}
    mark = next(iter(side.keeps | side.drops))
    return {**_mark(mark, kept=mark in side.keeps), **share}


def _combos(outcomes: Outcomes) -> list[dict[str, Any]]:
    """Give every combination of sides, with the equilibria of the profile it induces.

    Where preferences are uncertain, each has its share.
    """
    nash = [_numbers(row) for row in outcomes.equilibria[Concept.NASH]]
    robust = [_numbers(row) for row in outcomes.under_all]
    whole = outcomes.weights.sum()
    taken = places(outcomes.choices, outcomes.combos).tolist()
    return [
        {
            "sides": sides,
            "readings": prod(side.readings for side in combo),
            **({"share": round(weight / whole, 9)} if outcomes.uncertain else {}),
            "profile": int(profile),
            "nash": nash[profile],
            "all": robust[profile],
        }
        for sides, combo, weight, profile in zip(
            taken, outcomes.combos, outcomes.weights, outcomes.profile, strict=True
        )
    ]


def _numbers(row: NDArray[np.bool_]) -> list[int]:
    return [int(place) + 1 for place in np.flatnonzero(row)]
