"""Outcomes and levers as plain data: what ``melian outcomes --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from melian.conflict.result import Concept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.readings.choices import Side
    from melian.readings.conditions import Conditions, HangsOn
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
    cut short: the audit, the list of outcomes, the search for conditions.
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
        "choices": [
            {
                "actor": choice.actor,
                "component": choice.component,
                "sides": [_side(side) for side in choice.sides],
            }
            for choice in outcomes.choices
        ],
        "combos": _combos(outcomes),
        "outcomes": listed,
        "holds_in_all": _numbers(np.all(outcomes.under_all, axis=0)),
        "complete": outcomes.complete
        and len(numbers) <= MOST_LISTED
        and all(each["hangs_on_complete"] for each in listed),
        "method": outcomes.method,
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
                "share": {name: round(float(of[number - 1]), 6) for name, of in shares.items()},
                "hangs_on": {name: hangs_on_form(each) for name, each in hangs.items()},
                "hangs_on_complete": all(each.complete for each in hangs.values()),
            }
        )
    return found


def hangs_on_form(hangs: HangsOn) -> list[list[dict[str, Any]]]:
    """Give alternatives of conditions as JSON-ready data."""
    return [_conditions(alternative) for alternative in hangs.cover]


def _conditions(conditions: Conditions) -> list[dict[str, Any]]:
    return [{"actor": c.actor, ("keeps" if c.kept else "drops"): c.commitment} for c in conditions]


def _side(side: Side) -> dict[str, Any]:
    return {"keeps": sorted(side.keeps), "drops": sorted(side.drops), "readings": side.weight}


def _combos(outcomes: Outcomes) -> list[dict[str, Any]]:
    """Give every combination of sides, with the equilibria of the profile it induces."""
    nash = [_numbers(row) for row in outcomes.equilibria[Concept.NASH]]
    robust = [_numbers(row) for row in outcomes.under_all]
    places = [{side: i for i, side in enumerate(choice.sides)} for choice in outcomes.choices]
    return [
        {
            "sides": [place[side] for place, side in zip(places, combo, strict=True)],
            "readings": int(weight),
            "profile": int(profile),
            "nash": nash[profile],
            "all": robust[profile],
        }
        for combo, weight, profile in zip(
            outcomes.combos, outcomes.weights, outcomes.profile, strict=True
        )
    ]


def _numbers(row: NDArray[np.bool_]) -> list[int]:
    return [int(place) + 1 for place in np.flatnonzero(row)]
