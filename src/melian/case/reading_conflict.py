"""The keys of ``conflict`` and ``levers`` in ``case.yaml``: read, written and described here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from melian.case import model
from melian.case.entries import BY_ID, Entry, Field, Keyed, OneOf
from melian.case.model import (
    CommitmentChange,
    Conflict,
    Lever,
    Option,
    PreferenceChange,
)
from melian.case.reading_preferences import (
    BECAUSE,
    BELIEF,
    OVER_OPTIONS,
    PREFERENCE_WHY,
    PREFERENCES,
)
from melian.case.shapes import Choice, ListOf, Name, Shape, SignedText, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.case.notes import Notes
    from melian.case.shapes import Schema
    from melian.case.yaml_tree import Node

TEXT, NAME, SIGNED = Text(), Name(), SignedText()

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
    "the conflict: who can do what, what cannot be, and what each actor prefers",
    Conflict,
    (
        Field(
            "options",
            Options(Keyed(NAME, Keyed(NAME, OPTION, BY_ID))),
            "Per actor, what it may do: id and text.",
        ),
        Field("infeasible", ListOf(OVER_OPTIONS), "What cannot be, as formulas over options."),
        Field(
            "indistinguishable",
            ListOf(OVER_OPTIONS),
            "Formulas over options: all states in which one is true count as one state.",
        ),
        Field(
            "irreversible",
            Keyed(NAME, Choice(get_args(model.Direction))),
            "Options that can only be taken (forward) or only be given up (backward).",
        ),
        Field(
            "status_quo",
            ListOf(NAME, whole=True),
            "The options that are taken now; [] where nothing is done.",
            empty=True,
        ),
        Field(
            "preferences",
            Keyed(NAME, PREFERENCES),
            "Per actor, its preferences, most important first.",
        ),
        Field("target", OVER_OPTIONS, "The outcome that levers are asked to bring about."),
        Field(
            "coalitions",
            ListOf(ListOf(NAME, whole=True)),
            "Who may act together: lists of two actors or more.",
        ),
        Field(
            "beliefs",
            Keyed(NAME, Keyed(NAME, BELIEF)),
            "Per actor, what it believes that others prefer; of the rest it believes what is so.",
        ),
        Field(
            "unseen",
            Keyed(NAME, ListOf(OVER_OPTIONS)),
            "Per actor, the states that it does not know of, as formulas over options.",
        ),
    ),
)

_PLACE = Entry(
    "preference-placed",
    "a preference that is added or moved",
    partial(PreferenceChange, actor=""),
    (
        Field("prefer", OVER_OPTIONS, "The preference.", required=True),
        Field("above", OVER_OPTIONS, "The preference it goes right above.", vital=True),
        Field("below", OVER_OPTIONS, "The preference it goes right below.", vital=True),
        BECAUSE,
        PREFERENCE_WHY,
    ),
)
_DROP = Entry(
    "preference-dropped",
    "a preference that is given up",
    partial(PreferenceChange, actor="", action="drop"),
    (Field("drop", OVER_OPTIONS, "The preference.", "prefer", required=True), PREFERENCE_WHY),
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
    """Per actor, what a lever changes in its preferences and commitments."""

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
            "Per actor, what changes in its preferences and commitments.",
        ),
        Field("establishes", ListOf(SIGNED), "Facts that it makes true, or false with not."),
        Field("rules_out", ListOf(OVER_OPTIONS), "What it makes infeasible."),
        Field("allows", ListOf(OVER_OPTIONS), "What it takes away from infeasible."),
        Field("why", TEXT, "Why it would work."),
    ),
)
