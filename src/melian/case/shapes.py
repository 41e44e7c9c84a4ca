"""The shapes of values in a case: each reads, writes, and describes itself as JSON Schema.

A shape returns ``None`` for what it cannot read, after noting why.
"""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from melian.case import formula
from melian.case.dates import Date, Period, parse_date, parse_period
from melian.case.formula import Atom, Formula, FormulaError, Signed
from melian.case.yaml_tree import ScalarNode, SequenceNode
from melian.problems import did_you_mean

if TYPE_CHECKING:
    from melian.case.notes import Notes
    from melian.case.yaml_tree import Node

T = TypeVar("T")
Schema = dict[str, Any]

# Regular expressions that mean the same in Python and in the editors that read the schema.
_WORD = r"[^\s()\[\]{},:;|&<>\"'!?#-]+"
NAME_PATTERN = rf"{_WORD}(-{_WORD})*"
HEAD_PATTERN = rf"{NAME_PATTERN}(\(\s*{NAME_PATTERN}(\s*,\s*{NAME_PATTERN})*\s*\))?"

_NAME = re.compile(r"\w+(?:-\w+)*")
_ATOM = re.compile(r"(\w+(?:-\w+)*)(?:\s*\(([\w\s,-]*)\))?")
_SIGNED = re.compile(rf"(not\s+)?{_ATOM.pattern}")
KEYWORDS = frozenset({"and", "or", "not"})


class Shape(ABC, Generic[T]):
    """What a value in a case may look like."""

    @abstractmethod
    def read(self, node: Node, notes: Notes) -> T | None:
        """Give the value, or note why there is none."""

    def write(self, value: Any) -> Any:
        """Give the value as texts, lists and dicts, so that reading gives it back."""
        return str(value)

    @abstractmethod
    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the shape as JSON Schema; longer ones go into ``definitions`` by name."""


class ScalarShape(Shape[T]):
    """A value that is one text."""

    #: What is expected, after "Write".
    expected = "a text"

    def read(self, node: Node, notes: Notes) -> T | None:
        """Give the value of the text, or note that there is no text."""
        if isinstance(node, ScalarNode):
            return self.of(node, unicodedata.normalize("NFC", node.text.strip()), notes)
        kind = "a list" if isinstance(node, SequenceNode) else "a list of keys"
        notes.error(node, "not-a-text", f"Here stands {kind}.", f"Write {self.expected} instead.")
        return None

    @abstractmethod
    def of(self, node: ScalarNode, text: str, notes: Notes) -> T | None:
        """Give what the text means."""


@dataclass(frozen=True, slots=True)
class Text(ScalarShape[str]):
    """Words of the analyst, taken as they are."""

    def of(self, node: ScalarNode, text: str, notes: Notes) -> str | None:  # noqa: ARG002 - the signature of all shapes
        """Give the text; what is empty (``~``) gives ""."""
        return "" if node.empty else text

    def schema(self, definitions: dict[str, Schema]) -> Schema:  # noqa: ARG002 - the signature of all shapes
        """Give the schema: numbers are texts, too."""
        return {"type": ["string", "number"]}


@dataclass(frozen=True, slots=True)
class Name(ScalarShape[str]):
    """The id of something: words joined by hyphens."""

    expected = "a name such as kosovo"

    def of(self, node: ScalarNode, text: str, notes: Notes) -> str | None:
        """Give the name, if it is one."""
        return text if is_name(text, node, notes) else None

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        definitions["name"] = {
            "description": "A name: letters, digits and hyphens, without spaces.",
            "type": ["string", "integer"],
            "pattern": f"^{NAME_PATTERN}$",
        }
        return {"$ref": "#/$defs/name"}


def is_name(text: str, node: ScalarNode, notes: Notes) -> bool:
    """Tell whether the text is a name; if not, note why."""
    if _NAME.fullmatch(text) and text not in KEYWORDS:
        return True
    if text in KEYWORDS:
        message, hint = f'"{text}" is a word of the formula language.', "Choose another name."
    else:
        near = "-".join(re.findall(r"\w+", text.lower()))[:40]
        message = f'"{text[:60]}" is not a name.' if text else "A name is missing here."
        hint = f"Write letters, digits and hyphens: {near or 'may-secede'}."
    notes.error(node, "bad-name", message, hint)
    return False


@dataclass(frozen=True, slots=True)
class Choice(ScalarShape[str]):
    """One of a few words."""

    words: tuple[str, ...]

    def of(self, node: ScalarNode, text: str, notes: Notes) -> str | None:
        """Give the word, if it is one of them."""
        if text in self.words:
            return text
        hint = did_you_mean(text, self.words, f"Write {' or '.join(self.words)}.")
        notes.error(node, "bad-choice", f'"{text[:60]}" is not possible here.', hint)
        return None

    def schema(self, definitions: dict[str, Schema]) -> Schema:  # noqa: ARG002 - the signature of all shapes
        """Give the schema."""
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Flag(ScalarShape[bool]):
    """True or false."""

    expected = "true or false"

    def of(self, node: ScalarNode, text: str, notes: Notes) -> bool | None:
        """Give the truth value."""
        found = {"true": True, "yes": True, "false": False, "no": False}.get(text.lower())
        if found is None:
            message = f'"{text[:60]}" is neither true nor false.'
            notes.error(node, "bad-flag", message, "Write true or false.")
        return found

    def write(self, value: bool) -> bool:
        """Give the truth value itself."""
        return value

    def schema(self, definitions: dict[str, Schema]) -> Schema:  # noqa: ARG002 - the signature of all shapes
        """Give the schema."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class When(ScalarShape[Date]):
    """A day, a month or a year."""

    expected = "a date such as 2008-04-06"

    def of(self, node: ScalarNode, text: str, notes: Notes) -> Date | None:
        """Give the date, if it is one."""
        try:
            return parse_date(text)
        except ValueError as error:
            notes.error(node, "bad-date", *_sentence_and_hint(error, "2008, 2008-04 or 2008-04-06"))
            return None

    def schema(self, definitions: dict[str, Schema]) -> Schema:  # noqa: ARG002 - the signature of all shapes
        """Give the schema: a year alone is a number to YAML."""
        return {"type": ["string", "integer"], "examples": ["2008-04-06", "2008-04", 2008]}


@dataclass(frozen=True, slots=True)
class Span(ScalarShape[Period]):
    """From one date to another."""

    expected = "a period such as 2008-02..2008-07"

    def of(self, node: ScalarNode, text: str, notes: Notes) -> Period | None:
        """Give the period, if it is one."""
        try:
            return parse_period(text)
        except ValueError as error:
            notes.error(
                node, "bad-period", *_sentence_and_hint(error, "2008-02..2008-07 or 2008-01..")
            )
            return None

    def schema(self, definitions: dict[str, Schema]) -> Schema:  # noqa: ARG002 - the signature of all shapes
        """Give the schema."""
        return {"type": ["string", "integer"], "examples": ["2008-02..2008-07", "2008-01..", 2008]}


def _sentence_and_hint(error: ValueError, examples: str) -> tuple[str, str]:
    sentence = str(error).partition("; ")[0]
    return f"{sentence}.", f"Write {examples}."


@dataclass(frozen=True, slots=True)
class FormulaText(ScalarShape[Formula]):
    """A formula over ``names`` (concepts or options)."""

    names: str
    expected = "a formula such as a and not b"

    def of(self, node: ScalarNode, text: str, notes: Notes) -> Formula | None:
        """Give the formula, if it is one."""
        try:
            return formula.parse(text)
        except FormulaError as error:
            note_formula(node, text, error, notes)
            return None

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema; the formula language itself is beyond it."""
        key = f"formula-over-{self.names}"
        definitions[key] = {
            "description": f"A formula over {self.names}: and, or, not, ->, <->, parentheses.",
            "type": ["string", "integer"],
            "minLength": 1,
        }
        return {"$ref": f"#/$defs/{key}"}


def note_formula(node: ScalarNode, text: str, error: FormulaError, notes: Notes) -> None:
    """Note what is wrong in a text of a small language, at the column where it is."""
    hint = error.hint
    if text.count("(") != text.count(")"):
        hint = 'Close the parenthesis; within [...] put a name with a comma in quotes: "p(x, y)".'
    on_one_line = node.end - node.start - len(node.text) in {0, 2}
    shift = error.column - 1 + (node.style in {"'", '"'}) if on_one_line else 0
    notes.error(node, "bad-formula", str(error), hint, shift=shift)


@dataclass(frozen=True, slots=True)
class SignedText(ScalarShape[Signed]):
    """A concept, or ``not`` a concept."""

    expected = "a concept or not a concept"

    def of(self, node: ScalarNode, text: str, notes: Notes) -> Signed | None:
        """Give the signed concept, if it is one."""
        found = _SIGNED.fullmatch(text)
        if found and (atom := as_atom(*found.group(2, 3))) is not None:
            return Signed(atom, found[1] is None)
        whole = FormulaText("concepts").of(node, text, notes)
        if whole is None:
            return None
        read = formula.signed(whole)
        if read is None:
            message = f'"{text[:60]}" is more than one concept.'
            notes.error(node, "not-signed", message, 'Write one concept, or "not" and one concept.')
        return read

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        definitions["signed-concept"] = {
            "description": "A concept, or not and a concept: not may-secede(kosovo).",
            "type": ["string", "integer"],
            "pattern": rf"^\s*(not\s+)*\(*\s*{HEAD_PATTERN}",
        }
        return {"$ref": "#/$defs/signed-concept"}


def as_atom(name: str, arguments: str | None) -> Atom | None:
    """Give the atom of a name and what stands between its parentheses, if it is one."""
    args = () if arguments is None else tuple(a.strip() for a in arguments.split(","))
    names = (name, *args)
    good = all(_NAME.fullmatch(each) and each not in KEYWORDS for each in names)
    return Atom(name, args) if good else None


@dataclass(frozen=True, slots=True)
class AtomText(ScalarShape[Atom]):
    """A name, perhaps with arguments: the head of a concept, a principle or a fact."""

    expected = "a name, perhaps with arguments: may-secede(kosovo)"

    def of(self, node: ScalarNode, text: str, notes: Notes) -> Atom | None:
        """Give the atom, if it is one."""
        found = _ATOM.fullmatch(text)
        atom = as_atom(*found.group(1, 2)) if found else None
        if atom is None and (not found or is_name(found[1], node, notes)):
            message = f'"{text[:60]}" is not a name.' if text else "A name is missing here."
            hint = "Write a name such as may-join or may-secede(kosovo)."
            notes.error(node, "bad-name", message, hint)
        return atom

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        definitions["head"] = {
            "description": "A name, perhaps with arguments: may-secede(kosovo).",
            "type": ["string", "integer"],
            "pattern": f"^{HEAD_PATTERN}$",
        }
        return {"$ref": "#/$defs/head"}


@dataclass(frozen=True, slots=True)
class ListOf(Shape[tuple[T, ...]]):
    """A list; a single entry may stand alone.

    Attributes:
        item: the shape of an entry.
        whole: whether the list is worth nothing when an entry cannot be read; otherwise the
            entry is left out and the others stay.
    """

    item: Shape[T]
    whole: bool = False

    def read(self, node: Node, notes: Notes) -> tuple[T, ...] | None:
        """Give the entries that can be read."""
        if isinstance(node, ScalarNode) and node.empty:
            return ()
        nodes = node.items if isinstance(node, SequenceNode) else (node,)
        read = [self.item.read(each, notes) for each in nodes]
        good = tuple(each for each in read if each is not None)
        return None if self.whole and len(good) < len(read) else good

    def write(self, value: tuple[T, ...]) -> list[Any]:
        """Give the entries as a list."""
        return [self.item.write(each) for each in value]

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        item = self.item.schema(definitions)
        return {"anyOf": [item, {"type": "array", "items": item}]}
