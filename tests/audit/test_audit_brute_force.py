"""The audit against trying everything, on random small cases."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, given, settings
from random_cases import cases, consistent, minimal_conflicts, parts

from melian.audit import audit, contradictory_background
from melian.audit.base import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from random_cases import Part

    from melian.audit.result import Audit, Component, Finding
    from melian.case.model import Case

LARGEST = 12
thorough = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


def names_of(finding: Finding) -> frozenset[tuple[str, str]]:
    return frozenset(
        [("commitment", c.id) for c in finding.commitments]
        + [("fact", name_of(f)) for f in finding.facts]
        + [("rule", r.id) for r in finding.rules]
    )


@thorough
@given(cases())
def test_an_audit_is_what_trying_everything_gives(case: Case) -> None:
    every = parts(case)
    assume(len(every) <= LARGEST)
    result = audit(case)
    assert result.complete
    check_findings(result, every)
    for number, component in enumerate(result.actors["it"].components):
        findings = [f for f in result.findings if f.component == number]
        assert {f.id for f in findings} == set(component.findings)
        check_repairs(findings, every)
        check_readings(component, every)


def check_findings(result: Audit, every: list[Part]) -> None:
    expected = {
        frozenset((every[n].sort, every[n].name) for n in one)
        for one in minimal_conflicts(every)
        if any(every[n].sort == "commitment" for n in one)
    }
    assert {names_of(f) for f in result.findings} == expected
    assert len(result.findings) == len(expected)
    assert len({f.id for f in result.findings}) == len(expected)


def check_repairs(findings: list[Finding], every: list[Part]) -> None:
    """The least sets of soft elements without which no finding of the component is left."""
    by_name = {(p.sort, p.name): p for p in every}
    conflicts = [[by_name[name] for name in names_of(f)] for f in findings]

    def resolves(gone: frozenset[str]) -> bool:
        kept = ([p for p in one if not (p.soft and p.name in gone)] for one in conflicts)
        return all(map(consistent, kept))

    expected = least(sorted({p.name for one in conflicts for p in one if p.soft}), resolves)
    for finding in findings:
        assert {frozenset(r) for r in finding.repairs} == expected
        assert [len(r) for r in finding.repairs] == sorted(map(len, finding.repairs))


def check_readings(component: Component, every: list[Part]) -> None:
    """The maximal subsets of its commitments that all facts and rules leave consistent."""
    granted = [p for p in every if p.sort != "commitment"]
    if not consistent(granted):
        return
    own = [p for p in every if p.sort == "commitment" and p.name in component.commitments]

    def resolves(gone: frozenset[str]) -> bool:
        return consistent([*granted, *(p for p in own if p.name not in gone)])

    expected = least(component.commitments, resolves)
    assert {reading.drops for reading in component.readings} == expected
    for reading in component.readings:
        assert reading.keeps == frozenset(component.commitments) - reading.drops


@thorough
@given(cases())
def test_a_background_that_contradicts_itself_is_no_finding(case: Case) -> None:
    hard = [p for p in parts(case, silent=True) if not p.soft]
    expected = {frozenset(hard[n].name for n in one) for one in minimal_conflicts(hard)}
    found = contradictory_background(case)
    assert {frozenset(map(name_of, one)) for one in found} == expected


def least(names: Sequence[str], resolves: Callable[[frozenset[str]], bool]) -> set[frozenset[str]]:
    """Give the minimal sets of names that resolve, by trying all sets by size."""
    found: set[frozenset[str]] = set()
    for size in range(len(names) + 1):
        for gone in map(frozenset, itertools.combinations(names, size)):
            if not any(known <= gone for known in found) and resolves(gone):
                found.add(gone)
    return found
