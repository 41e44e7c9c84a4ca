"""The keys of ``case.yaml``: one description, which reads the file and is its JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, get_args

from melian.case import model
from melian.case.dates import ALWAYS
from melian.case.entries import Entry, Field, Head, Keyed, OneOf
from melian.case.formula import Atom
from melian.case.model import (
    Actor,
    CommitmentChange,
    Concept,
    Conflict,
    Fact,
    Lever,
    Option,
    Preference,
    PreferenceChange,
    Principle,
    Rule,
    Tie,
)
from melian.case.place import Place
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
    from collections.abc import Iterator, Mapping

    from melian.case.notes import Notes
    from melian.case.shapes import (
        Schema,
    )
    from melian.case.yaml_tree import Node

TEXT, NAME, ATOM, FLAG, SPAN = Text(), Name(), AtomText(), Flag(), Span()
SIGNED, OVER_CONCEPTS, OVER_OPTIONS = SignedText(), FormulaText("concepts"), FormulaText("options")


def _itself(key: Any) -> Any:
    return key


def _atom(named: Concept | Principle) -> Atom:
    return Atom(named.name, named.params)


_BY_ID = Head(lambda name: {"id": name}, _itself, attrgetter("id"))
_BY_NAME = Head(lambda a: {"name": a.name, "params": a.args}, attrgetter("name"), _atom)
_BY_ATOM = Head(lambda atom: {"atom": atom}, _itself, attrgetter("atom"))


@dataclass(frozen=True, slots=True)
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
        Field("note", TEXT, "A remark."),
    ),
    short="value",
)

OPTION = Entry(
    "option",
    "an option: what an actor may do or leave",
    partial(Option, owners=(), text=""),
    (
        Field("text", TEXT, 'What it is; it reads on after the word "would".'),
        Field("label", TEXT, "A short name for tables and figures."),
    ),
    short="text",
)

_BECAUSE = Field(
    "because",
    OVER_CONCEPTS,
    "What it is held because of; always held, when not given.",
    vital=True,
)
_WISH_WHY = Field("why", TEXT, "Why it is wished, in words.")

PREFERENCE = Entry(
    "preference",
    "a wish over options",
    Preference,
    (
        Field("prefer", OVER_OPTIONS, "What is wished.", required=True),
        _BECAUSE,
        _WISH_WHY,
    ),
    short="prefer",
)


@dataclass(frozen=True, slots=True)
class Options(Shape[dict[str, Option]]):
    """Options by owner; one that stands under two actors is owned by both."""

    by_owner: Keyed[dict[str, Option]]

    def read(self, node: Node, notes: Notes) -> dict[str, Option] | None:
        """Give the options by id, each with its owners."""
        found: dict[str, Option] = {}
        for owner, options in (self.by_owner.read(node, notes) or {}).items():
            for name, option in options.items():
                known = found.get(name, option)
                owners = (*known.owners, owner)
                found[name] = replace(known if known.text else option, owners=owners)
        return {name: self._worded(option, notes) for name, option in found.items()}

    def _worded(self, option: Option, notes: Notes) -> Option:
        if option.text:
            return option
        hint = "Write what it is, so that it reads on after the word would."
        notes.warning(option.at, "no-text", f'The option "{option.id}" has no text.', hint)
        return replace(option, text=option.id.replace("-", " "))

    def write(self, value: Mapping[str, Option]) -> dict[str, Any]:
        """Give the options below each of their owners."""
        owners = dict.fromkeys(owner for option in value.values() for owner in option.owners)
        return self.by_owner.write(
            {who: {o.id: o for o in value.values() if who in o.owners} for who in owners}
        )

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        return self.by_owner.schema(definitions)


CONFLICT = Entry(
    "conflict",
    "the conflict: who can do what, what cannot be, and what each actor wishes",
    Conflict,
    (
        Field(
            "options",
            Options(Keyed(NAME, Keyed(NAME, OPTION, _BY_ID))),
            "Per actor, what it may do: id and text.",
        ),
        Field("infeasible", ListOf(OVER_OPTIONS), "What cannot be, as formulas over options."),
        Field(
            "irreversible",
            Keyed(NAME, Choice(get_args(model.Direction))),
            "Options that can only be taken (forward) or only be given up (backward).",
        ),
        Field("status_quo", ListOf(NAME), "The options that are taken now."),
        Field(
            "preferences",
            Keyed(NAME, ListOf(PREFERENCE)),
            "Per actor, its wishes, most important first.",
        ),
        Field("target", OVER_OPTIONS, "The outcome that levers are asked to bring about."),
    ),
)

_PLACE = Entry(
    "wish-placed",
    "a wish that is added or moved",
    partial(PreferenceChange, actor=""),
    (
        Field("prefer", OVER_OPTIONS, "The wish.", required=True),
        Field("above", OVER_OPTIONS, "The wish it goes right above.", vital=True),
        Field("below", OVER_OPTIONS, "The wish it goes right below.", vital=True),
        _BECAUSE,
        _WISH_WHY,
    ),
)
_DROP = Entry(
    "wish-dropped",
    "a wish that is given up",
    partial(PreferenceChange, actor="", action="drop"),
    (Field("drop", OVER_OPTIONS, "The wish.", "prefer", required=True), _WISH_WHY),
)
_ASSERTS = Entry(
    "commitment-made",
    "a concept the actor comes to be committed to",
    partial(CommitmentChange, actor="", action="asserts"),
    (Field("asserts", SIGNED, "The concept, asserted or denied.", "claim", required=True),),
)
_GIVES_UP = Entry(
    "commitment-lost",
    "a commitment that becomes untenable",
    partial(CommitmentChange, actor="", action="gives-up"),
    (Field("gives_up", SIGNED, "The concept, asserted or denied.", "claim", required=True),),
)
Change = PreferenceChange | CommitmentChange
_CHANGE_KEYS = {"place": "prefer", "drop": "drop", "asserts": "asserts", "gives-up": "gives_up"}
_CHANGE: OneOf[Change] = OneOf(
    {"prefer": _PLACE, "drop": _DROP, "asserts": _ASSERTS, "gives_up": _GIVES_UP},
    lambda change: _CHANGE_KEYS[change.action],
)


@dataclass(frozen=True, slots=True)
class Effect(Shape[tuple[Change, ...]]):
    """Per actor, what a lever changes in its wishes and commitments."""

    by_actor: Keyed[tuple[Change, ...]]

    def read(self, node: Node, notes: Notes) -> tuple[Change, ...] | None:
        """Give the changes, each with its actor."""
        read = self.by_actor.read(node, notes) or {}
        return tuple(replace(c, actor=actor) for actor, changes in read.items() for c in changes)

    def write(self, value: tuple[Change, ...]) -> dict[str, Any]:
        """Give the changes of each actor."""
        actors = dict.fromkeys(change.actor for change in value)
        return self.by_actor.write(
            {actor: tuple(c for c in value if c.actor == actor) for actor in actors}
        )

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        return self.by_actor.schema(definitions)


LEVER = Entry(
    "lever",
    "a lever: a move open to somebody",
    Lever,
    (
        Field("by", NAME, "The actor who can make the move.", required=True),
        Field("does", TEXT, "What the move is, in the infinitive.", required=True),
        Field("label", TEXT, "A few words for figures."),
        Field("returns", TEXT, "What it gets in return: a lever, an option or words."),
        Field("source", TEXT, "The id of the source that suggests it."),
        Field("locator", TEXT, "Where in the source."),
        Field(
            "effect",
            Effect(Keyed(NAME, ListOf(_CHANGE))),
            "Per actor, what changes in its wishes and commitments.",
        ),
        Field("establishes", ListOf(SIGNED), "Facts that it makes true, or false with not."),
        Field("rules_out", ListOf(OVER_OPTIONS), "What it makes infeasible."),
        Field("allows", ListOf(OVER_OPTIONS), "What it takes away from infeasible."),
        Field("why", TEXT, "Why it would work."),
    ),
)

CASE: Entry[Any] = Entry(
    "case",
    "a case: one dispute under study",
    dict,
    (
        Field("title", TEXT, "What the dispute is called.", required=True),
        Field("question", TEXT, "What the analysis is to answer.", required=True),
        Field("period", SPAN, "The time under study."),
        Field("actors", Keyed(NAME, ACTOR, _BY_ID), "Who takes part, by id."),
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
        Field("conflict", CONFLICT, "Options, feasibility and wishes."),
        Field("levers", Keyed(NAME, LEVER, _BY_ID), "Moves that change the conflict, by id."),
    ),
    lenient=True,
)


def read_case(root: Node | None, notes: Notes) -> dict[str, Any]:
    """Give the attributes of the case that ``case.yaml`` says, as far as they can be read."""
    nothing = ScalarNode("", 0, 0, 1, 1)
    read: dict[str, Any] = CASE.read(root or nothing, notes) or {}
    read.pop("at", None)
    return read
