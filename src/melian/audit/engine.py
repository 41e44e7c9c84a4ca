"""The audit: where each party's position does not hold together, and how it could."""

from __future__ import annotations

import hashlib
import itertools
import re
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.audit.base import Background, name_of
from melian.audit.changes import change_of
from melian.audit.clash import clash_of
from melian.audit.commitments import commitments
from melian.audit.components import connected, resolved
from melian.audit.kinds import kind_of
from melian.audit.periods import days, facts_within, in_force, taken_back, while_in_force
from melian.audit.regimes import conflicts_over_time
from melian.audit.result import (
    Audit,
    Change,
    Commitment,
    Finding,
    Kind,
    Standing,
)
from melian.audit.search.sat import conflicts
from melian.audit.search.work import PRICE, STEPS, shared
from melian.audit.severity import Scales
from melian.audit.standards import standard_of
from melian.audit.wording import change_title, title
from melian.case.spans import EVER
from melian.case.speaking import party_of
from melian.case.wording import series
from melian.effort import Work
from melian.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from melian.audit.clash import Clash
    from melian.audit.components import Resolved
    from melian.audit.encoding import Element
    from melian.audit.regimes import Conflict, Timed
    from melian.case.model import Case, Deed, Statement
    from melian.case.spans import Span, Spans

_HASH_LENGTH = 6


def audit(
    case: Case,
    actors: Collection[str] | None = None,
    *,
    limit: int = 10_000,
    held: Mapping[str, tuple[Commitment, ...]] | None = None,
    window: Span = EVER,
    steps: int | None = None,
) -> Audit:
    """Give all findings of a case, gravest first, and how each party stands.

    Args:
        case: the case.
        actors: the parties to audit; all that have commitments, when None.
        limit: how many findings a party may have; an audit that reached it, that left out
            repairs or readings of a component (see :mod:`melian.audit.components`), or that ran
            out of work, says that it is not complete, and each standing names what was not
            searched to the end.
        held: what each party is bound to, in place of what the records of the case bind it to:
            what it is left with once levers are pulled.
        window: the days to look at: what is no inconsistency on any of them is left out.
        steps: what each stage may take (see :mod:`melian.audit.search.work`), by default
            :data:`melian.audit.search.work.STEPS`; what one party does not need is left to the
            others. A larger limit, or more steps, gives all findings of a smaller one, and more.

    Raises:
        UsageError: an actor is not in the case, or is bound to nothing as it speaks for another.
    """
    binding = in_force(case, window)
    bound = commitments(case, window, binding) if held is None else held
    wanted = bound if actors is None else checked(case, actors, bound)
    auditor = _Auditor(case, limit, window, binding)
    parties = [partial(auditor.party, party, bound.get(party, ())) for party in wanted]
    results = shared(parties, STEPS if steps is None else steps)
    findings = sorted(
        (finding for result in results for finding in result.findings),
        key=lambda finding: (-finding.severity.score, len(finding.commitments)),
    )
    return Audit(
        tuple(findings),
        MappingProxyType({result.standing.actor: result.standing for result in results}),
        all(result.complete for result in results) and not auditor.background.left_out,
        tuple(change for result in results for change in result.changes),
        binding,
    )


def contradictory_background(case: Case, limit: int = 100) -> tuple[tuple[Element, ...], ...]:
    """Give the minimal sets of plain facts and strict rules that cannot hold together.

    No party answers for them: they are mistakes in the case. At most ``limit`` sets are given,
    fewer when the search runs out of work.
    """
    base = Background(case).hard()
    found = conflicts(base.groups, limit=limit).sets
    sets = (tuple(base.elements[number] for number in one) for one in found)
    return tuple(one for one in sets if days(one))


def checked(case: Case, actors: Collection[str], parties: Collection[str]) -> Collection[str]:
    """Give the actors, each once, when all of them can be audited.

    Raises:
        UsageError: as :func:`audit` does.
    """
    for actor in actors:
        if actor not in case.actors:
            hint = did_you_mean(actor, case.actors, f"Use one of: {', '.join(case.actors)}.")
            raise UsageError(f'There is no actor "{actor}" in the case. {hint}')
        instead = party_of(case, actor, None)
        if actor not in parties and instead != (actor,):
            others = series([case.actors[party].name for party in instead])
            raise UsageError(
                f"{case.actors[actor].name} speaks for {others}; audit {series(instead)} instead."
            )
    return tuple(dict.fromkeys(actors))


@dataclass(frozen=True, slots=True)
class _Result:
    """One party's part of the audit."""

    standing: Standing
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    complete: bool
    spent: int


class _Auditor:
    """What the audits of all parties of a case share."""

    def __init__(self, case: Case, limit: int, window: Span, binding: Mapping[str, Span]) -> None:
        self.case = case
        self.binding = binding
        self.limit = limit
        self.window = window
        self.taken_back = {each: by.id for each, by in taken_back(case).items()}
        self.scales = Scales(case, self.taken_back)
        self.background = Background(facts_within(case, window))
        self.statements: dict[str, Statement] = {s.id: s for s in case.statements}
        self.deeds: dict[str, Deed] = {d.id: d for d in case.deeds}

    def party(self, actor: str, bound: tuple[Commitment, ...], steps: int) -> _Result:
        """Audit one party; where that is cut short, all its steps are spent."""
        found = conflicts_over_time(
            self.background, actor, bound, self.window, limit=self.limit, steps=steps
        )
        on_readings, on_repairs = Work(steps, PRICE), Work(steps, PRICE)
        parts = [
            resolved(found.elements, len(bound), sets, on_readings, on_repairs)
            for sets in connected(tuple(found.together), len(bound))
        ]
        findings = [
            [self._finding(actor, found, one, number, part) for one in part.conflicts]
            for number, part in enumerate(parts)
        ]
        components = tuple(
            part.component([finding.id for finding in its], found.unsearched)
            for part, its in zip(parts, findings, strict=True)
        )
        left_open = tuple(bound[n].id for n in sorted(found.unsearched) if n < len(bound))
        complete = found.complete and all(p.all_repairs and p.all_readings for p in parts)
        spent = max(found.spent, steps - min(on_readings.left, on_repairs.left))
        return _Result(
            Standing(actor, bound, components, left_open),
            tuple(itertools.chain.from_iterable(findings)),
            tuple(self._change(actor, found, one) for one in found.apart if min(one) < len(bound)),
            complete,
            spent if complete else steps,
        )

    def _finding(
        self, actor: str, found: Timed, conflict: Conflict, number: int, component: Resolved
    ) -> Finding:
        spans = found.together[conflict]
        elements = [found.elements[each] for each in conflict]
        now = (self._on(spans, each) for each in elements)
        clash = clash_of(self.case, self.statements, now)
        ever = [each for each in elements if isinstance(each, Commitment)]
        kind = kind_of(clash)
        return Finding(
            id=_id(actor, clash),
            actor=actor,
            title=title(clash, kind),
            commitments=clash.commitments,
            facts=clash.facts,
            rules=clash.rules,
            speakers=self._speakers(clash.commitments),
            kind=kind,
            spans=spans,
            repairs=component.repairs,
            severity=self.scales.severity(clash, ever),
            component=number,
            direction=standard_of(clash).direction if kind is Kind.DOUBLE_STANDARD else "",
        )

    def _on(self, spans: Spans, element: Element) -> Element:
        """Give an element as it is on the days: a commitment with the records that bind then."""
        if not isinstance(element, Commitment) or (
            self._nothing_ends and spans[-1].last >= EVER.last
        ):
            return element
        return while_in_force(element, spans, self.binding)

    @cached_property
    def _nothing_ends(self) -> bool:
        return all(span.last >= EVER.last for span in self.binding.values())

    @cached_property
    def _whole(self) -> Mapping[str, Span]:
        """When each record binds, whatever the window."""
        return self.binding if self.window == EVER else in_force(self.case)

    def _change(self, actor: str, found: Timed, conflict: Conflict) -> Change:
        elements = (found.elements[each] for each in conflict)
        clash = clash_of(self.case, self.statements, elements)
        change = change_of(clash, self._whole, self.taken_back)
        return Change(
            id=_id(actor, clash),
            actor=actor,
            title=change_title(clash, change),
            commitments=clash.commitments,
            facts=clash.facts,
            rules=clash.rules,
            speakers=self._speakers(clash.commitments),
            how=change.how,
            taken_back=change.taken_back,
        )

    def _speakers(self, bound: Iterable[Commitment]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for commitment in bound:
            for record in (*commitment.statements, *commitment.warrants):
                if record in self.statements:
                    found[self.statements[record].actor] = None
            for record in commitment.deeds:
                if record in self.deeds:
                    found[self.deeds[record].actor] = None
        return tuple(found)


def _id(actor: str, clash: Clash) -> str:
    """Name a finding by its actor, its claims and a hash of all that it rests on, in any order."""
    claims = (re.sub(r"[^\w-]+", "-", each.id).strip("-") for each in clash.commitments)
    elements: tuple[Element, ...] = (*clash.commitments, *clash.facts, *clash.rules)
    names = "\n".join(sorted(f"{type(each).__name__} {name_of(each)}" for each in elements))
    digest = hashlib.sha256(names.encode()).hexdigest()[:_HASH_LENGTH]
    return ".".join((actor, *sorted(claims), digest))
