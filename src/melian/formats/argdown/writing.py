"""From a case to an Argdown text, which Argdown draws and :mod:`melian.formats.argdown` reads back.

What Argdown has no words for (who says it, when, how firmly) stands in data in braces, which it
keeps and does not draw.
"""

from __future__ import annotations

from itertools import chain, count, starmap
from typing import TYPE_CHECKING

from melian.case.dates import ALWAYS
from melian.case.formula import Atom, Not, Signed
from melian.case.grounding import ground
from melian.case.model import Principle
from melian.case.wording import concept_text, formula_text
from melian.formats.argdown.spelling import braces, escaped, is_exact, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.case.formula import Formula
    from melian.case.grounding import GroundRule
    from melian.case.model import Actor, Case, Concept, Fact, Rule, Source, Statement
    from melian.formats.argdown.spelling import Data

MOST_INSTANCES = 2_000

_ALWAYS_TITLE = "(always)"
_STATED = ("level", "scope", "frame", "venue", "source", "locator", "quote", "coder", "note")


def written(case: Case) -> str:
    """Give a case as an Argdown text.

    It holds concepts, rules, principles (and their instances), facts, actors, statements and
    sources; ``docs/argdown.md`` says what it does not hold.
    """
    return "\n\n".join(_Writer(case).blocks()) + "\n"


class _Writer:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.used: dict[str, Formula] = {}  # what is referred to by a title
        self.titles: set[str] = set()

    def blocks(self) -> Iterator[str]:
        case = self.case
        grounded = ground(case, MOST_INSTANCES).rules
        instances = [
            (rule, rule.origin.name) for rule in grounded if isinstance(rule.origin, Principle)
        ]
        body = [
            *self._parties(),
            *self._section("Rules", chain.from_iterable(map(self._rule, case.rules))),
            *self._section("Principles", map(self._principle, case.principles.values())),
            *self._section("Instances", chain.from_iterable(starmap(self._instance, instances))),
            *self._section("Facts", map(self._fact, case.facts.values())),
        ]
        yield f"===\ntitle: {braces({'t': case.title or case.id})[6:-1]}\n==="
        yield self._about()
        yield from self._section("Claims", self._claims())
        yield from body
        if case.sources:
            sources = {name: self._source(s) for name, s in case.sources.items()}
            yield f"# Sources {braces({'sources': sources})}"

    def _about(self) -> str:
        case = self.case
        data: Data = {
            "title": case.title,
            "question": case.question,
            "period": "" if case.period == ALWAYS else str(case.period),
            "instances": dict(case.instances),
        }
        return self._heading(case.title or case.id, {"case": data})

    @staticmethod
    def _heading(text: str, data: dict[str, Data]) -> str:
        return f"# {escaped(text) or 'Untitled'} {braces(data)}"

    @staticmethod
    def _section(name: str, blocks: Iterable[str]) -> Iterator[str]:
        found = list(blocks)
        if found:
            yield from (f"# {name}", *found)

    # Claims

    def _ref(self, claim: Formula | Signed) -> str:
        meant = claim.formula if isinstance(claim, Signed) else claim
        self.used.setdefault(str(meant), meant)
        return f"[{meant}]"

    def _claims(self) -> Iterator[str]:
        """Give the concepts, and whatever else was referred to."""
        for concept in self.case.concepts.values():
            yield self._concept(concept)
        heads = {str(Atom(c.name, c.params)) for c in self.case.concepts.values()}
        heads |= {str(Atom(p.name, p.params)) for p in self.case.principles.values()}
        for meant in list(self.used.values()):
            if isinstance(meant, Not) and isinstance(meant.part, Atom):
                self._ref(meant.part)  # what it contradicts
        for name, meant in self.used.items():
            if name == _ALWAYS_TITLE:
                yield f'[{name}]: This holds in any case. {{"formula": ""}}'
            elif name not in heads:
                yield self._formula(name, meant)

    def _concept(self, concept: Concept) -> str:
        data: dict[str, Data] = {
            "name": str(Atom(concept.name, concept.params)),
            "text": "" if concept.text and is_exact(concept.text) else concept.text,
            **_texts(concept, "denied", "label", "scope"),
        }
        shown = escaped(concept.text) or escaped(concept.name)
        return f"[{data['name']}]: {shown} {braces({'concept': data})}"

    def _formula(self, name: str, meant: Formula) -> str:
        shown = escaped(formula_text(self.case, meant)) or escaped(name)
        block = f"[{name}]: {shown} {braces({'formula': name})}"
        match meant:
            case Not(Atom() as denied):
                return f"{block}\n  >< [{denied}]"
        return block

    # Who says what

    def _parties(self) -> Iterator[str]:
        said: dict[str, list[Statement]] = {name: [] for name in self.case.actors}
        for statement in self.case.statements:
            said.setdefault(statement.actor, []).append(statement)
        for name, statements in said.items():
            yield self._party(name, self.case.actors.get(name))
            yield from map(self._statement, statements)

    def _party(self, name: str, actor: Actor | None) -> str:
        if actor is None:
            return self._heading(name, {"actor": name})
        data: dict[str, Data] = {
            "actor": actor.id,
            "name": "" if is_exact(actor.name) else actor.name,
            "kind": actor.kind,
            "role": actor.role,
            "rank": actor.rank,
            "speaks_for": [f"{tie.actor} {tie.period}" for tie in actor.speaks_for],
            "member_of": [f"{tie.actor} {tie.period}" for tie in actor.member_of],
        }
        return self._heading(actor.name or actor.id, data)

    def _statement(self, statement: Statement) -> str:
        dates = {
            key: str(found)
            for key in ("date", "since", "until")
            if (found := getattr(statement, key)) is not None
        }
        data: dict[str, Data] = {
            "id": statement.id,
            "actor": statement.actor,
            **dates,
            "because": [str(claim) for claim in statement.because],
            "if": [str(claim) for claim in statement.conditions],
            "retracts": list(statement.retracts),
            **_texts(statement, *_STATED),
            "basis": "" if statement.basis == "reported" else statement.basis,
        }
        return f"{self._ref(statement.claim)} {braces(data)}"

    # Rules

    def _rule(self, rule: Rule) -> Iterator[str]:
        data: dict[str, Data] = {
            "id": rule.id,
            "strength": "" if rule.strength == "presumptive" else rule.strength,
            "for": list(rule.variables),
            **_texts(rule, "defence", "source", "locator"),
        }
        if rule.then is None:
            excludes = [str(claim) for claim in rule.excludes]
            about = {**data, "excludes": excludes, "why": rule.why}
            yield self._exclusion(rule.excludes, braces({"rule": about}))
            return
        data["why"] = "" if is_exact(rule.why) else rule.why
        head = self._argument(rule.id, rule.why, braces({"rule": data}))
        yield from (head, self._structure(rule.conditions, rule.unless, rule.then))

    def _exclusion(self, excludes: tuple[Signed, ...], data: str) -> str:
        refs = [self._ref(claim) for claim in excludes] or [self._always()]
        drawn = len(refs) == 2 and refs[0] != refs[1]
        return f"{refs[0]} {data}" + (f"\n  >< {refs[1]}" if drawn else "")

    def _always(self) -> str:
        self.used.setdefault(_ALWAYS_TITLE, Atom(""))
        return f"[{_ALWAYS_TITLE}]"

    def _argument(self, name: str, why: str, data: str) -> str:
        stem = title(name) or "rule"
        free = chain([stem], (f"{stem} {number}" for number in count(2)))
        shown = next(t for t in free if t not in self.titles)
        self.titles.add(shown)
        return f"<{shown}>: {escaped(why)} {data}" if why.strip() else f"<{shown}> {data}"

    def _structure(
        self, conditions: tuple[Signed, ...], unless: tuple[Signed, ...], then: Formula
    ) -> str:
        premises = [self._ref(claim) for claim in conditions] or [self._always()]
        lines = [f"({number}) {ref}" for number, ref in enumerate(premises, 1)]
        lines += ["----", *(f"  <_ {self._ref(claim)}" for claim in unless)]
        return "\n".join([*lines, f"({len(premises) + 1}) {self._ref(then)}"])

    def _principle(self, principle: Principle) -> str:
        head = Atom(principle.name, principle.params)
        data: dict[str, Data] = {
            "name": str(head),
            "if": [str(claim) for claim in principle.conditions],
            "unless": [str(claim) for claim in principle.unless],
            "then": str(principle.then),
            "strength": "" if principle.strength == "presumptive" else principle.strength,
            **_texts(principle, "text", "why", "defence", "source", "locator"),
        }
        shown = escaped(concept_text(self.case, Signed(head))) or principle.name
        return f"[{head}]: {shown} {braces({'principle': data})}"

    def _instance(self, rule: GroundRule, principle: str) -> Iterator[str]:
        if rule.then is not None:
            yield self._argument(rule.id, "", braces({"rule": {"instance_of": principle}}))
            yield self._structure(rule.conditions, rule.unless, rule.then)

    # Facts and sources

    def _fact(self, fact: Fact) -> str:
        data: dict[str, Data] = {
            "value": "true" if fact.value else "false",
            **_texts(fact, "source", "locator", "note"),
            "contested_by": list(fact.contested_by),
            "period": "" if fact.period == ALWAYS else str(fact.period),
        }
        return f"{self._ref(fact.atom)} {braces({'fact': data})}"

    @staticmethod
    def _source(source: Source) -> dict[str, Data]:
        given = _texts(source, "title", "author", "publisher", "url", "type", "grade")
        return {**given, "issued": str(source.issued or "")}


def _texts(entry: object, *keys: str) -> dict[str, Data]:
    return {key: getattr(entry, key) for key in keys}
