"""From a case's hypotheses, its evidence and its audit to what speaks for what."""

from __future__ import annotations

import math
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from melian.case.checks.evidence import shown
from melian.case.rivals import coded_for, priors, rivals
from melian.case.speaking import bare
from melian.hypotheses import table
from melian.hypotheses.result import Bearing, Item, Pair, Prospect, Shift, Weighing, Why
from melian.hypotheses.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from melian.audit.result import Audit, Finding
    from melian.case.formula import Signed
    from melian.case.model import Case, Evidence, Hypothesis

    Key = tuple[str, frozenset[Signed]]

_FARTHEST = 690.0  # exp of it is about 1e299


def weigh(case: Case, audited: Audit) -> Why:
    """Weigh the explanations of each actor that has at least two.

    Args:
        case: the case, sound.
        audited: its audit, whose findings may be evidence.
    """
    found: dict[Key, Finding] = {}
    for finding in audited.findings:
        found.setdefault((finding.actor, frozenset(c.claim for c in finding.commitments)), finding)
    return Why(
        tuple(
            _weighing(case, about, group, found)
            for about, group in rivals(case).items()
            if len(group) > 1
        )
    )


def _weighing(
    case: Case, about: str, group: tuple[Hypothesis, ...], found: Mapping[Key, Finding]
) -> Weighing:
    coded = [e for e in case.evidence if coded_for(e, group) == len(group)]
    seen = [e for e in coded if not e.missing]
    there = [e for e in seen if not e.actor or _key(case, e) in found]
    bundles = _bundles(case, case.evidence)  # those left out still tie the others together
    items = tuple(
        _item(case, e, found, tuple(o.name for o in there if bundles[o.name] == bundles[e.name]))
        for e in there
    )
    start = priors(group)
    whole = Table(
        start, tuple(_row(e, group) for e in there), tuple(bundles[e.name] for e in there)
    )
    ranges = [table.share_range(whole, number) for number in range(len(group))]
    middle = table.shares(whole)
    return Weighing(
        about,
        group,
        start,
        tuple((low, share, high) for (low, high), share in zip(ranges, middle, strict=True)),
        items,
        tuple(_pair(whole, group, there, *two) for two in combinations(range(len(group)), 2)),
        _prospects([e for e in coded if e.missing], group),
        tuple(e.name for e in seen if e not in there),
    )


def _key(case: Case, evidence: Evidence) -> Key:
    claims = (type(c)(bare(case, c.atom), c.positive) for c in evidence.claims)
    return evidence.actor, frozenset(claims)


def _row(evidence: Evidence, group: Sequence[Hypothesis]) -> tuple[float, ...]:
    return tuple(evidence.likely[hypothesis.id].value for hypothesis in group)


def _bundles(case: Case, evidence: Sequence[Evidence]) -> dict[str, int]:
    """Number the items: those with a chain of ``with`` between them, and those alike, as one."""
    first = dict[Any, int]()
    number = {e.name: first.setdefault(shown(case, e), n) for n, e in enumerate(evidence)}
    for each in evidence:
        for name in each.beside:
            if name in number:
                mine, other = sorted((number[each.name], number[name]))
                number = {key: mine if n == other else n for key, n in number.items()}
    return number


def _item(
    case: Case, evidence: Evidence, found: Mapping[Key, Finding], bundle: tuple[str, ...]
) -> Item:
    if evidence.actor:
        finding = found[_key(case, evidence)]
        facts = tuple(str(fact.atom) for fact in finding.facts)
        return Item(evidence, finding, finding.statements, finding.deeds, facts, bundle)
    if any(statement.id == evidence.item for statement in case.statements):
        return Item(evidence, None, (evidence.item,), bundle=bundle)
    if any(deed.id == evidence.item for deed in case.deeds):
        return Item(evidence, None, deeds=(evidence.item,), bundle=bundle)
    return Item(evidence, None, facts=(evidence.item,), bundle=bundle)


def _pair(
    whole: Table, group: Sequence[Hypothesis], evidence: Sequence[Evidence], one: int, other: int
) -> Pair:
    now = table.log_odds(whole, one, other)
    names = [each.name for each in evidence]
    low, high = table.joint_range(whole, one, other)
    return Pair(
        group[one].id,
        group[other].id,
        whole.priors[one] / whole.priors[other],
        _exp(now),
        _exp(low),
        _exp(high),
        tuple(_bearing(whole, names, item, (one, other), now) for item in range(len(names))),
        _tips(whole, group, evidence, one, other),
    )


def _bearing(
    whole: Table, names: Sequence[str], item: int, pair: tuple[int, int], now: float
) -> Bearing:
    one, other = pair
    own = table.weight(whole, item, one, other)
    low, high = table.item_range(whole, item, one, other, now)
    return Bearing(
        names[item],
        _exp(own),
        _exp(own * whole.counts[item]),
        _exp(table.log_odds_without(whole, item, one, other, now)),
        _exp(low),
        _exp(high),
    )


def _tips(
    whole: Table, group: Sequence[Hypothesis], evidence: Sequence[Evidence], one: int, other: int
) -> tuple[Shift, ...] | None:
    if table.log_odds(whole, one, other) < 0:
        one, other = other, one
    steps = table.tipping(whole, one, other)
    if steps is None:
        return None
    return tuple(
        Shift(
            evidence[step.item].name,
            group[step.explanation].id,
            whole.rows[step.item][step.explanation],
            step.value,
        )
        for step in steps
    )


def _exp(logarithm: float) -> float:
    """Give the ratio of a logarithm; beyond what a number can hold, the largest or smallest."""
    return math.exp(min(max(logarithm, -_FARTHEST), _FARTHEST))


def _prospects(missing: Sequence[Evidence], group: Sequence[Hypothesis]) -> tuple[Prospect, ...]:
    made = (_prospect(evidence, group) for evidence in missing)
    return tuple(sorted(made, key=lambda prospect: -prospect.telling))


def _prospect(evidence: Evidence, group: Sequence[Hypothesis]) -> Prospect:
    likely = {hypothesis.id: evidence.likely[hypothesis.id].value for hypothesis in group}
    pairs = list(combinations(likely, 2))
    return Prospect(
        evidence,
        table.telling(tuple(likely.values())),
        MappingProxyType({(a, b): likely[a] / likely[b] for a, b in pairs}),
        MappingProxyType({(a, b): (1 - likely[a]) / (1 - likely[b]) for a, b in pairs}),
    )
