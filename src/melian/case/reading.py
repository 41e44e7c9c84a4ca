"""The keys of ``case.yaml``: one description, which reads the file and is its JSON Schema."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, get_args

from melian.case import model
from melian.case.dates import ALWAYS
from melian.case.entries import BY_ID, Entry, Field, Head, Keyed, itself
from melian.case.formula import Atom
from melian.case.model import Actor, Ask, Concept, Fact, Milestone, Principle, Rule, Tie
from melian.case.place import Place
from melian.case.reading_conflict import CONFLICT, LEVER
from melian.case.reading_events import EVENTS
from melian.case.reading_hypotheses import EVIDENCE, HYPOTHESES, TERMS
from melian.case.shapes import (
    AtomText,
    Choice,
    Flag,
    FormulaText,
    ListOf,
    Name,
    Shape,
    SignedText,
    Span,
    Text,
)
from melian.case.yaml_tree import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.notes import Notes
    from melian.case.shapes import Schema
    from melian.case.yaml_tree import Node

RANKS = tuple(filter(None, get_args(model.Rank)))
TEXT, NAME, ATOM, FLAG, SPAN = Text(), Name(), AtomText(), Flag(), Span()
SIGNED, OVER_CONCEPTS = SignedText(), FormulaText("concepts")


def _atom(named: Concept | Principle) -> Atom:
    return Atom(named.name, named.params)


_BY_NAME = Head(lambda a: {"name": a.name, "params": a.args}, attrgetter("name"), _atom)
_BY_ATOM = Head(lambda atom: {"atom": atom}, itself, attrgetter("atom"))


class Ties(Shape[tuple[Tie, ...]]):
    """Actors, each with the period in which the tie holds: ``[nato, {eu: 1995..}]``."""

    def read(self, node: Node, notes: Notes) -> tuple[Tie, ...] | None:
        """Give the ties that can be read."""
        if isinstance(node, ScalarNode) and node.empty:
            return ()
        items = node.items if isinstance(node, SequenceNode) else (node,)
        return tuple(tie for item in items for tie in self._ties(item, notes))

    def _ties(self, node: Node, notes: Notes) -> Iterator[Tie]:
        pairs = node.entries if isinstance(node, MappingNode) else ((node, None),)
        for name, value in pairs:
            actor = NAME.read(name, notes)
            always = value is None or (isinstance(value, ScalarNode) and value.empty)
            period = ALWAYS if always or value is None else SPAN.read(value, notes)
            if actor is not None and period is not None:
                parts = {"": (name.start, name.end)}
                at = Place(notes.file, name.line, name.column, notes.text, name.start, parts)
                yield Tie(actor, period, at)

    def write(self, value: tuple[Tie, ...]) -> list[Any]:
        """Give the ties, each with its period unless that is always."""
        return [
            tie.actor if tie.period == ALWAYS else {tie.actor: str(tie.period)} for tie in value
        ]

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        name = NAME.schema(definitions)
        period = SPAN.schema(definitions)
        dated = {"type": "object", "propertyNames": name, "additionalProperties": period}
        one = {"anyOf": [name, dated]}
        return {"anyOf": [one, {"type": "array", "items": one}]}


ACTOR = Entry(
    "actor",
    "an actor: a state, organisation, person or group",
    Actor,
    (
        Field("name", TEXT, "The name as readers know it.", required=True),
        Field(
            "kind",
            Choice(get_args(model.ActorKind)),
            "What it is; a state, when not given.",
            usual="state",
        ),
        Field("role", TEXT, "The office of a person, without article."),
        Field("rank", Choice(RANKS), "How much a speaker's words weigh: top, senior or junior."),
        Field("speaks_for", Ties(), "Whom its statements bind, perhaps in a period only."),
        Field("member_of", Ties(), "What it is a member of, perhaps in a period only."),
    ),
    short="name",
)

CONCEPT = Entry(
    "concept",
    "a concept: a proposition one can assert or deny",
    Concept,
    (
        Field("text", TEXT, 'The proposition; it reads on after the word "that".', required=True),
        Field("denied", TEXT, "How its denial reads; made of the text, when not given."),
        Field("label", TEXT, "A short name for tables and figures."),
        Field("scope", TEXT, "What it is about: regional, global ..."),
    ),
    short="text",
)

_SIGNED_LIST = ListOf(SIGNED, whole=True)
_STRENGTH = Field(
    "strength",
    Choice(get_args(model.Strength)),
    "strict, when no party could reject the rule; presumptive (when not given), if it could.",
    usual="presumptive",
    vital=True,
)
_GROUNDS = (
    Field("why", TEXT, "Why the rule holds."),
    Field("defence", TEXT, "The best that can be said against applying it."),
    Field("source", TEXT, "The id of the source that draws it; none for a rule of the coder's."),
    Field("locator", TEXT, "Where in the source."),
    _STRENGTH,
)
_IF = Field("if", _SIGNED_LIST, "The conditions, all of which must hold.", "conditions", vital=True)
_UNLESS = Field("unless", _SIGNED_LIST, "Exceptions: one that holds suspends it.", vital=True)


def _named_rule(at: Place, id: str = "", **values: Any) -> Rule:  # noqa: A002 - the key's name
    rule = Rule(id=id, at=at, **values)
    return rule if id else replace(rule, id=rule_id(rule))


def rule_id(rule: Rule) -> str:
    """Give the id of a rule that was given none: what it says.

    >>> from melian.case.formula import Atom, Signed
    >>> rule_id(Rule("", excludes=(Signed(Atom("a")), Signed(Atom("b"), False))))
    'excludes(a, not b)'
    """
    if rule.excludes:
        return f"excludes({', '.join(map(str, rule.excludes))})"
    conditions = " and ".join(map(str, rule.conditions)) or "always"
    unless = f" unless {' or '.join(map(str, rule.unless))}" if rule.unless else ""
    return f"{conditions} then {rule.then}{unless}"


def _rule_says_one_thing(rule: Rule, notes: Notes) -> bool:
    implies = rule.then is not None
    if implies and not rule.excludes:
        return True
    if not implies and len(rule.excludes) > 1 and not (rule.conditions or rule.unless):
        return True
    if implies:
        message = 'A rule cannot have both "excludes" and "then".'
    elif not rule.excludes:
        message = 'A rule needs "excludes" or "then".'
    elif len(rule.excludes) == 1:
        message = '"excludes" names only one concept.'
    else:
        message = '"excludes" cannot have conditions or exceptions.'
    hint = "Write excludes: [a, b], or if: [a] and then: b."
    notes.error(rule.at, "rule-shape", message, hint)
    return False


RULE = Entry(
    "rule",
    "a rule: what holds between concepts whoever speaks",
    _named_rule,
    (
        Field("id", TEXT, "A name of its own; when not given, one is made of what it says."),
        Field(
            "for",
            ListOf(NAME, whole=True),
            "Names that stand for any instance.",
            "variables",
            vital=True,
        ),
        Field(
            "excludes",
            _SIGNED_LIST,
            "Concepts, asserted or denied, that cannot all hold.",
            vital=True,
        ),
        _IF,
        _UNLESS,
        Field("then", OVER_CONCEPTS, "What holds when the conditions do.", vital=True),
        *_GROUNDS,
    ),
    sound=_rule_says_one_thing,
    unmake=lambda rule: replace(rule, id="") if rule.id == rule_id(rule) else rule,
)

PRINCIPLE = Entry(
    "principle",
    "a principle: a rule with variables that binds whoever invokes it",
    Principle,
    (
        Field("text", TEXT, 'What it says; it reads on after the word "that".'),
        _IF,
        _UNLESS,
        Field("then", OVER_CONCEPTS, "What holds when the conditions do.", required=True),
        *_GROUNDS,
    ),
)

FACT = Entry(
    "fact",
    "a fact: something taken as true or false whoever speaks",
    Fact,
    (
        Field("value", FLAG, "Whether it is true.", required=True),
        Field("source", TEXT, "The id of the source that says so."),
        Field("locator", TEXT, "Where in the source: p. 2."),
        Field("contested_by", ListOf(NAME), "Actors that do not accept it."),
        Field("period", SPAN, "When it is so; always, when not given.", usual=ALWAYS),
        Field("note", TEXT, "A remark."),
    ),
    short="value",
)

ASK = Entry(
    "ask",
    "what is asked about a milestone: whether an actor makes some claims more often after it",
    Ask,
    (
        Field("name", TEXT, "What the claims are together: Rena's complaints.", required=True),
        Field("actor", NAME, "Whose they are.", required=True),
        Field(
            "claims",
            ListOf(SIGNED, whole=True),
            "The concepts that are asserted, or denied with not.",
            required=True,
        ),
    ),
)

MILESTONE = Entry(
    "milestone",
    "a milestone: something that happened, before and after which statements are compared",
    Milestone,
    (
        Field(
            "name", TEXT, 'What happened, in a few words that read on after "after".', required=True
        ),
        Field(
            "date",
            SPAN,
            "Its day, or its first and last: 2008-04-02/2008-04-04.",
            "period",
            required=True,
        ),
        Field("asks", ListOf(ASK), "What is asked about it first: who says what more often."),
        Field("source", TEXT, "The id of the source that dates it."),
        Field("locator", TEXT, "Where in the source."),
        Field("note", TEXT, "A remark."),
    ),
)

CASE: Entry[Any] = Entry(
    "case",
    "a case: one dispute under study",
    dict,
    (
        Field("title", TEXT, "What the dispute is called.", required=True),
        Field("question", TEXT, "What the analysis is to answer.", required=True),
        Field("period", SPAN, "The time under study.", usual=ALWAYS),
        Field("actors", Keyed(NAME, ACTOR, BY_ID), "Who takes part, by id."),
        Field("instances", Keyed(NAME, TEXT), "Names for arguments that are not actors."),
        Field(
            "concepts",
            Keyed(ATOM, CONCEPT, _BY_NAME),
            "What is asserted or denied, by name.",
        ),
        Field("rules", ListOf(RULE), "What holds between concepts whoever speaks."),
        Field(
            "principles",
            Keyed(ATOM, PRINCIPLE, _BY_NAME),
            "Rules that bind whoever invokes them, by name.",
        ),
        Field("facts", Keyed(ATOM, FACT, _BY_ATOM), "What is taken as true or false."),
        Field("conflict", CONFLICT, "Options, feasibility and preferences."),
        Field("levers", Keyed(NAME, LEVER, BY_ID), "Moves that change the conflict, by id."),
        Field("events", EVENTS, "What events of a table are taken to show."),
        Field("hypotheses", HYPOTHESES, "Explanations of what an actor says and does, by id."),
        Field("evidence", ListOf(EVIDENCE), "How likely things are under each hypothesis."),
        Field("terms", TERMS, "What actors mean by a word, by word and actor."),
        Field("milestones", Keyed(NAME, MILESTONE, BY_ID), "What happened meanwhile, by id."),
    ),
    lenient=True,
)


def read_case(root: Node | None, notes: Notes) -> dict[str, Any]:
    """Give the attributes of the case that ``case.yaml`` says, as far as they can be read."""
    nothing = ScalarNode("", 0, 0, 1, 1)
    read: dict[str, Any] = CASE.read(root or nothing, notes) or {}
    read.pop("at", None)
    return read
