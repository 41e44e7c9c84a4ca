"""Generated cases of all seven kinds: every plant is found, labelled right, and nothing else is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from planting import PARTY, Plant
from seven_kinds import KINDS, planted

from melian.audit import audit

if TYPE_CHECKING:
    from melian.audit.result import Finding

CASES = 80


def read_off(finding: Finding) -> Plant:
    return Plant(
        finding.kind.value,
        frozenset(finding.statements),
        frozenset(finding.deeds),
        frozenset(rule.id for rule in finding.rules),
        frozenset(str(fact.claim) for fact in finding.facts),
        finding.direction,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_plant_is_found_and_labelled_and_nothing_else_is(kind: str) -> None:
    for seed in range(CASES):
        case, plants = planted(kind, seed)
        result = audit(case)
        assert result.complete
        assert {finding.actor for finding in result.findings} == {PARTY}
        assert Counter(map(read_off, result.findings)) == Counter(plants), f"seed {seed}"


def plants_of(kind: str) -> list[Plant]:
    return [plant for seed in range(CASES) for plant in planted(kind, seed)[1]]


def test_plants_come_in_many_shapes() -> None:
    """By rule or flatly, in chains of one to four steps, with facts and without, both ways."""
    for kind in ("exclusive_arguments", "word_against_deed", "level_split", "dissent"):
        assert {len(plant.rules) for plant in plants_of(kind)} >= {0, 1, 2, 3, 4}
        assert {len(plant.facts) for plant in plants_of(kind)} >= {0, 1}
    double = plants_of("double_standard")
    assert {plant.direction for plant in double} == {"refused", "granted"}
    assert {len(plant.facts) for plant in double} >= {0, 1, 2, 3}
    assert {len(plant.rules) for plant in double} >= {1, 3, 4}
    for kind in ("disavowal", "reversal"):
        assert not any(plant.rules or plant.deeds for plant in plants_of(kind))
        assert {len(plant.statements) for plant in plants_of(kind)} >= {2, 3, 4, 5}
