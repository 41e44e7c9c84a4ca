"""The rules that a map draws: its premises and conclusions, and its relations.

| in the map                          | rule                                               |
| ----------------------------------- | -------------------------------------------------- |
| premises and a conclusion           | if the premises, then the conclusion               |
| A supports (entails) B              | if A, then B                                       |
| A attacks B                         | if A, then not B                                   |
| A and B contradict, are contrary    | A excludes B                                       |
| A undercuts, or attacks, a rule     | the rule holds unless A                            |
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from melian.case import formula
from melian.case.formula import And, Not
from melian.case.model import Rule
from melian.case.reading import rule_id
from melian.formats.argdown.form import canonical, plain_text
from melian.formats.argdown.meaning import items, strength, text_of, texts_of
from melian.formats.naming import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from melian.case.formula import Formula, Signed
    from melian.case.model import Strength
    from melian.case.notes import Notes
    from melian.formats.argdown.form import ArgumentMap, MapArgument, Mention, Relation, Step
    from melian.formats.argdown.meaning import Meanings
    from melian.formats.argdown.saying import Sayings

_Place = tuple[str, int]


class Rules:
    """The rules of a map, in its order."""

    def __init__(
        self, drawn: ArgumentMap, meanings: Meanings, sayings: Sayings, notes: Notes
    ) -> None:
        """Take a map and what its titles stand for; what is no rule goes into the notes."""
        self._drawn = drawn
        self._meanings = meanings
        self._sayings = sayings
        self._notes = notes
        self._rules: dict[str, Rule] = {}
        self._names = Names("rule")
        self._drawn_by: dict[_Place, list[str]] = {}  # inferences, and arguments without premises
        self._excluded: set[frozenset[Signed]] = set()
        self._declare_exclusions()
        for argument in drawn.arguments.values():
            self._structure(argument)
        for relation in drawn.relations:
            if relation.kind != "undercut":
                self._relation(relation)
        for relation in drawn.relations:
            if relation.kind == "undercut":
                self._undercut(relation)

    def done(self) -> tuple[Rule, ...]:
        """Give the rules."""
        return tuple(self._rules.values())

    # What data in braces say

    def _declare_exclusions(self) -> None:
        for statement in self._drawn.statements.values():
            for mention in statement.mentions:
                about = mention.data.get("rule")
                if isinstance(about, dict) and "excludes" in about:
                    self._exclusion(mention, about)

    def _exclusion(self, mention: Mention, about: Mapping[str, Any]) -> None:
        excludes = tuple(self._meanings.list_of(about, "excludes", mention.at))
        self._excluded.add(frozenset(excludes))
        self._keep(self._with_data(Rule("", excludes=excludes), about))

    def _with_data(self, rule: Rule, about: Mapping[str, Any]) -> Rule:
        named = texts_of(about, *(k for k in ("why", "defence", "locator") if k in about))
        return replace(
            rule,
            id=text_of(about, "id") or rule.id,
            variables=tuple(items(about, "for")),
            strength=strength(about),
            source=self._sayings.source(text_of(about, "source")) or rule.source,
            **named,
        )

    def _keep(self, rule: Rule) -> str:
        """Add a rule under an id that is free, and give the id."""
        name = rule.id or rule_id(rule)
        if not self._names.take(name):
            if not rule.id and name in self._rules:
                return name  # it says what another says
            name = self._names.new(name)
        self._rules[name] = replace(rule, id=name)
        return name

    # Premises and conclusions

    def _structure(self, argument: MapArgument) -> None:
        about = _merged(argument.mentions, "rule")
        if "instance_of" in about:
            return
        for number, step in enumerate(argument.steps):
            if step.inference is None:
                continue
            last = number == len(argument.steps) - 1
            rule = self._inferred(argument, number, last=last)
            if rule is not None:
                made = self._with_data(rule, about) if last and about else rule
                self._drawn_by[argument.title, number] = [self._keep(made)]

    def _inferred(self, argument: MapArgument, number: int, *, last: bool) -> Rule | None:
        step = argument.steps[number]
        premises = [self._meanings.statement(s.title) for s in _premises(argument.steps, number)]
        conditions = [formula.signed(premise) for premise in premises if premise != And(())]
        counts = canonical(argument.mentions)
        if None in conditions:
            at = argument.mentions[0].at if argument.mentions else self._sayings.start
            self._notes.error(
                at,
                "premise-is-no-claim",
                f'A premise of "{argument.title[:60]}" is a formula, so the argument is left out.',
                "Let each premise be one concept, or the denial of one.",
            )
            return None
        return Rule(
            self._names_of(argument.title, "" if last else str(number + 1)),
            conditions=tuple(c for c in conditions if c is not None),
            then=self._meanings.statement(step.title),
            why=plain_text(counts) if counts is not None and last else "",
            source=self._sayings.cited(argument.mentions),
        )

    def _names_of(self, title: str, suffix: str) -> str:
        return Names("argument").new(f"{title} {suffix}".strip())

    # Relations

    def _relation(self, relation: Relation) -> None:
        if relation.target.kind == "argument" and self._meanings.of(relation.target) is None:
            self._on_argument(relation)
            return
        source, target = map(self._meanings.of, (relation.source, relation.target))
        signed = formula.signed(source) if source is not None else None
        if signed is None or target is None:
            self._unused(relation, "It leads from an argument with premises, or from a formula.")
            return
        firm: Strength = "strict" if relation.kind == "entails" else "presumptive"
        rule = self._related(relation, signed, target)
        if rule is not None:
            name = self._keep(replace(rule, strength=firm))
            if relation.source.kind == "argument":
                self._drawn_by.setdefault((relation.source.title, -1), []).append(name)

    def _related(self, relation: Relation, source: Signed, target: Formula) -> Rule | None:
        if relation.kind in {"support", "entails"}:
            return Rule("", conditions=(source,), then=target)
        if relation.kind == "attack":
            return Rule("", conditions=(source,), then=_denied(target))
        other = formula.signed(target)
        if other is None:
            self._unused(relation, "It leads to a formula.")
            return None
        if other == -source or frozenset((source, other)) in self._excluded:
            return None
        self._excluded.add(frozenset((source, other)))
        return Rule("", excludes=(source, other))

    def _on_argument(self, relation: Relation) -> None:
        """Take an attack on an argument with premises for an exception to it."""
        if relation.kind == "support":
            self._unused(relation, "Support of a whole argument does not say which premise.")
            return
        last = len(self._drawn.arguments[relation.target.title].steps) - 1
        self._unless(relation, (relation.target.title, last))

    def _undercut(self, relation: Relation) -> None:
        target = relation.target
        if target.kind == "equivalence-class":
            self._unused(relation, "Only arguments can be undercut, not statements.")
            return
        self._unless(relation, (target.title, target.step))

    def _unless(self, relation: Relation, place: _Place) -> None:
        source = self._meanings.of(relation.source)
        signed = formula.signed(source) if source is not None else None
        names = self._drawn_by.get(place, [])
        if signed is None or not names:
            if self._is_left_out(relation.target.title):
                return
            self._unused(relation, "What it leads to draws no rule that could have an exception.")
            return
        for name in names:
            rule = self._rules[name]
            if rule.then is not None and signed not in rule.unless:
                self._rules[name] = replace(rule, unless=(*rule.unless, signed))

    def _is_left_out(self, title: str) -> bool:
        argument = self._drawn.arguments.get(title)
        return argument is not None and "instance_of" in _merged(argument.mentions, "rule")

    def _unused(self, relation: Relation, why: str) -> None:
        ends = f'"{relation.source.title[:40]}" and "{relation.target.title[:40]}"'
        message = f"The {relation.kind} relation between {ends} is left out. {why}"
        hint = "Relate statements, or arguments without premises."
        self._notes.error(relation.at, "relation-unused", message, hint)


def _premises(steps: tuple[Step, ...], number: int) -> Iterator[Step]:
    """Give the statements that a conclusion rests on.

    They are those that the inference says it uses; else all since the inference before, with the
    conclusion of that one.
    """
    inference = steps[number].inference
    named = [n - 1 for n in inference.uses if 0 < n <= number] if inference is not None else []
    if named:
        yield from (steps[n] for n in named)
        return
    before = (n for n in range(number - 1, 0, -1) if steps[n].inference is not None)
    yield from steps[next(before, 0) : number]


def _denied(target: Formula) -> Formula:
    return target.part if isinstance(target, Not) else Not(target)


def _merged(mentions: Iterable[Mention], key: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for mention in mentions:
        about = mention.data.get(key)
        if isinstance(about, dict):
            found |= about
    return found
