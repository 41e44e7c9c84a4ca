"""Outcomes and levers as plain data: what ``melian outcomes --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from melian.conflict.result import Concept

if TYPE_CHECKING:
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
    together; an empty alternative means "always").
    """
    numbers = sorted(
        {n for concept in outcomes.equilibria for n in outcomes.stable(concept)},
        key=lambda n: (-_share(outcomes, n, None), -_share(outcomes, n, Concept.NASH), n),
    )
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
        "cases": [_combo(outcomes, index) for index in range(len(outcomes.combos))],
        "outcomes": [outcome_form(outcomes, n) for n in numbers[:MOST_LISTED]],
        "holds_in_all": [n for n in numbers if _share(outcomes, n, None) == 1],
        "complete": len(numbers) <= MOST_LISTED,
        "method": outcomes.method,
    }


def outcome_form(outcomes: Outcomes, number: int) -> dict[str, Any]:
    """Give one outcome as JSON-ready data."""
    shares = {c.value: round(_share(outcomes, number, c), 6) for c in outcomes.equilibria}
    return {
        "number": number,
        "options": outcomes.letters(number),
        "taken": list(outcomes.taken(number)),
        "share": shares | {"all": round(_share(outcomes, number, None), 6)},
        "hangs_on": {
            name: hangs_on_form(outcomes.hangs_on(outcomes.where(number, concept)))
            for name, concept in (("nash", Concept.NASH), ("all", None))
        },
    }


def hangs_on_form(hangs: HangsOn) -> list[list[dict[str, Any]]]:
    """Give alternatives of conditions as JSON-ready data."""
    return [_conditions(alternative) for alternative in hangs.cover]


def _conditions(conditions: Conditions) -> list[dict[str, Any]]:
    return [{"actor": c.actor, ("keeps" if c.kept else "drops"): c.commitment} for c in conditions]


def _share(outcomes: Outcomes, number: int, concept: Concept | None) -> float:
    return outcomes.share(outcomes.where(number, concept))


def _side(side: Side) -> dict[str, Any]:
    return {"keeps": sorted(side.keeps), "drops": sorted(side.drops), "readings": side.weight}


def _combo(outcomes: Outcomes, index: int) -> dict[str, Any]:
    profile = int(outcomes.profile[index])
    return {
        "sides": [
            choice.sides.index(side)
            for choice, side in zip(outcomes.choices, outcomes.combos[index], strict=True)
        ],
        "readings": int(outcomes.weights[index]),
        "profile": profile,
        "nash": [int(i) + 1 for i in np.flatnonzero(outcomes.equilibria[Concept.NASH][profile])],
        "all": [int(i) + 1 for i in np.flatnonzero(outcomes.under_all[profile])],
    }
