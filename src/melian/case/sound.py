"""The sound part of a case: what is left when all that its errors touch is taken out.

Loading keeps what was typed, so that it can be written back; the engines get the sound part, so
that a half-good case gives a half-good answer and none of them has to ask whether a name is known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from melian.case.event_conditions import comparisons
from melian.case.formula import atoms
from melian.case.model import (
    EVENT_VARIABLES,
    CommitmentChange,
    Deed,
    EventRule,
    Principle,
    Statement,
)
from melian.case.sound_acting import sound_acting
from melian.case.sound_hypotheses import sound_evidence, sound_hypotheses, sound_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from melian.case.formula import Atom, Formula, Signed
    from melian.case.model import (
        Actor,
        Ask,
        Case,
        Conflict,
        EventCoding,
        Fact,
        Lever,
        Option,
        Preference,
        PreferenceChange,
        Rule,
        Tie,
    )

R = TypeVar("R", Statement, Deed, EventRule)


def sound(case: Case) -> Case:
    """Give the case without what names something unknown, or has an id already taken.

    A record or rule that names an unknown concept goes whole; an unknown reason, condition of a
    lever or tie goes alone.
    """
    keep = _Keep(case)
    # What invokes a principle can only be judged once unsound principles are gone.
    principles = {name: each for name, each in case.principles.items() if keep.rule(each)}
    case = replace(case, principles=MappingProxyType(principles))
    keep = _Keep(case)
    statements = keep.first(map(keep.statement, case.statements), set())
    deeds = keep.first(map(keep.deed, case.deeds), {statement.id for statement in statements})
    conflict = keep.conflict(case.conflict) if case.conflict else None
    levers = (keep.lever(lever, conflict) for lever in case.levers.values())
    kept = replace(
        case,
        actors=MappingProxyType({a.id: keep.actor(a) for a in case.actors.values()}),
        rules=tuple(rule for rule in case.rules if keep.rule(rule)),
        facts=MappingProxyType(
            {a: keep.fact(fact) for a, fact in case.facts.items() if keep.concept(a)}
        ),
        conflict=conflict,
        levers=MappingProxyType({lever.id: lever for lever in levers if lever is not None}),
        events=keep.events(case.events) if case.events else None,
        statements=statements,
        deeds=deeds,
        hypotheses=sound_hypotheses(case),
        terms=sound_terms(case, keep.known),
        milestones=MappingProxyType(
            {
                m.id: replace(m, asks=tuple(ask for ask in m.asks if keep.ask(ask)))
                for m in case.milestones.values()
                if m.period.start and m.period.until
            }
        ),
    )
    return replace(kept, evidence=sound_evidence(kept))


@dataclass(frozen=True, slots=True)
class _Keep:
    """What may be kept, judged by the names that a case defines."""

    case: Case

    def known(self, atom: Atom, variables: tuple[str, ...] = ()) -> bool:
        """Tell whether commitments may be to it: a concept with all its arguments, a principle."""
        principle = self.case.principles.get(atom.name)
        if principle is None:
            return self.concept(atom, variables)
        return len(atom.args) in {0, len(principle.params)} and self.instances(atom, variables)

    def concept(self, atom: Atom, variables: tuple[str, ...] = ()) -> bool:
        concept = self.case.concepts.get(atom.name)
        whole = concept is not None and len(concept.params) == len(atom.args)
        return whole and self.instances(atom, variables)

    def instances(self, atom: Atom, variables: tuple[str, ...]) -> bool:
        known = (variables, self.case.actors, self.case.instances)
        return all(any(arg in names for names in known) for arg in atom.args)

    def claims(
        self, claims: tuple[Signed, ...], variables: tuple[str, ...] = ()
    ) -> tuple[Signed, ...]:
        return tuple(claim for claim in claims if self.known(claim.atom, variables))

    def ask(self, ask: Ask) -> bool:
        return ask.actor in self.case.actors and self.claims(ask.claims) == ask.claims != ()

    def over_concepts(self, formula: Formula | None, variables: tuple[str, ...] = ()) -> bool:
        return formula is None or all(self.known(atom, variables) for atom in atoms(formula))

    def first(self, records: Iterable[R | None], taken: set[str]) -> tuple[R, ...]:
        """Give the records that are kept; of those with one id, the first."""
        kept: list[R] = []
        for record in records:
            if record is not None and record.id not in taken:
                taken.add(record.id)
                kept.append(record)
        return tuple(kept)

    def actor(self, actor: Actor) -> Actor:
        def ties(given: tuple[Tie, ...]) -> tuple[Tie, ...]:
            return tuple(tie for tie in given if tie.actor in self.case.actors)

        return replace(actor, speaks_for=ties(actor.speaks_for), member_of=ties(actor.member_of))

    def statement(self, statement: Statement) -> Statement | None:
        said = (statement.claim, *statement.conditions)
        if statement.actor not in self.case.actors or self.claims(said) != said:
            return None
        return replace(statement, because=self.claims(statement.because))

    def deed(self, deed: Deed) -> Deed | None:
        if deed.actor not in self.case.actors:
            return None
        return replace(deed, shows=self.claims(deed.shows))

    def rule(self, rule: Rule | Principle) -> bool:
        variables = rule.params if isinstance(rule, Principle) else rule.variables
        excludes = () if isinstance(rule, Principle) else rule.excludes
        claims = (*rule.conditions, *rule.unless, *excludes)
        kept = self.claims(claims, variables) == claims
        return kept and self.over_concepts(rule.then, variables)

    def fact(self, fact: Fact) -> Fact:
        contested = tuple(actor for actor in fact.contested_by if actor in self.case.actors)
        return replace(fact, contested_by=contested)

    def conflict(self, conflict: Conflict) -> Conflict:
        options = {o.id: o for o in map(self.option, conflict.options.values()) if o is not None}
        known = set(conflict.status_quo or ()) <= options.keys()
        kept = replace(
            conflict,
            options=MappingProxyType(options),
            infeasible=_over(options, conflict.infeasible),
            indistinguishable=_over(options, conflict.indistinguishable),
            irreversible=MappingProxyType(
                {o: way for o, way in conflict.irreversible.items() if o in options}
            ),
            status_quo=conflict.status_quo if known else None,
            preferences=MappingProxyType(
                {
                    actor: tuple(p for p in given if self.preference(p, options))
                    for actor, given in conflict.preferences.items()
                    if actor in self.case.actors
                }
            ),
            target=next(iter(_over(options, (conflict.target,))), None)
            if conflict.target
            else None,
            unseen=MappingProxyType({a: _over(options, f) for a, f in conflict.unseen.items()}),
        )
        return sound_acting(kept, lambda preference: self.preference(preference, options))

    def option(self, option: Option) -> Option | None:
        owners = tuple(owner for owner in option.owners if owner in self.case.actors)
        return replace(option, owners=owners) if owners or not option.owners else None

    def preference(self, preference: Preference, options: Mapping[str, Option]) -> bool:
        return bool(_over(options, (preference.prefer,))) and self.over_concepts(preference.because)

    def events(self, events: EventCoding) -> EventCoding:
        named = (*self.case.actors, *self.case.instances)
        names = {each: events.names[each] for each in events.names if each in named}
        rules = self.first((rule for rule in events.rules if self.event_rule(rule)), set())
        return replace(events, names=MappingProxyType(names), rules=rules)

    def event_rule(self, rule: EventRule) -> bool:
        parties = (each.items for each in comparisons(rule.when) if each.field in EVENT_VARIABLES)
        known = (self.case.actors, self.case.instances)
        return self.claims(rule.shows, EVENT_VARIABLES) == rule.shows and all(
            any(item in names for names in known) for items in parties for item in items
        )

    def lever(self, lever: Lever, conflict: Conflict | None) -> Lever | None:
        if lever.by not in self.case.actors:
            return None
        options = conflict.options if conflict else {}
        return replace(
            lever,
            effect=tuple(change for change in lever.effect if self.change(change, options)),
            establishes=tuple(c for c in lever.establishes if self.concept(c.atom)),
            rules_out=_over(options, lever.rules_out),
            allows=_over(options, lever.allows),
        )

    def change(
        self, change: PreferenceChange | CommitmentChange, options: Mapping[str, Option]
    ) -> bool:
        if change.actor not in self.case.actors:
            return False
        if isinstance(change, CommitmentChange):
            return self.known(change.claim.atom)
        named = tuple(f for f in (change.prefer, change.above, change.below) if f is not None)
        return _over(options, named) == named and self.over_concepts(change.because)


def _over(options: Mapping[str, Option], formulas: tuple[Formula, ...]) -> tuple[Formula, ...]:
    """Give the formulas that are over these options only."""
    return tuple(
        formula
        for formula in formulas
        if all(not atom.args and atom.name in options for atom in atoms(formula))
    )
