"""What the titles of a map stand for in a case: concepts, and formulas over them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from melian.case import formula
from melian.case.formula import And, Atom, FormulaError
from melian.case.model import Concept, Principle
from melian.formats.argdown.form import canonical, plain_text
from melian.formats.naming import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from melian.case.formula import Formula, Signed
    from melian.case.model import Strength
    from melian.case.notes import Notes
    from melian.formats.argdown.form import ArgumentMap, End, Mention
    from melian.problems import Location

_UNTITLED = re.compile(r"Untitled \d+")


class Meanings:
    """The concepts, principles and formulas that the titles of a map stand for.

    What data in braces say counts (``concept``, ``principle``, ``formula``, as the export writes
    them); any other title becomes a concept, with its own words for an id.
    """

    def __init__(self, drawn: ArgumentMap, notes: Notes) -> None:
        """Take a map; what of its data cannot be read goes into the notes."""
        self.concepts: dict[str, Concept] = {}
        self.principles: dict[str, Principle] = {}
        self._notes = notes
        self._names = Names("concept")
        self._statements: dict[str, Formula] = {}
        self._arguments: dict[str, Formula] = {}
        described = {t: s.mentions for t, s in drawn.statements.items()}
        waiting = [t for t, mentions in described.items() if not self._declared(t, mentions)]
        for title in waiting:
            self._statements[title] = self._concept(title, described[title])
        for title, argument in drawn.arguments.items():
            if not argument.steps:
                self._arguments[title] = self._concept(title, argument.mentions)

    def of(self, end: End) -> Formula | None:
        """Give what an end of a relation stands for; nothing, for an argument with premises."""
        known = self._statements if end.kind == "equivalence-class" else self._arguments
        return known.get(end.title)

    def statement(self, title: str) -> Formula:
        """Give what a statement stands for."""
        return self._statements[title]

    def titled(self, titles: Iterable[str]) -> Iterator[Signed]:
        """Give the signed concepts that some titles stand for."""
        found = (formula.signed(self._statements[t]) for t in titles if t in self._statements)
        return (claim for claim in found if claim is not None)

    def signed(self, text: object, at: Location) -> Signed | None:
        """Give the signed concept that a text in braces names."""
        found = self.formula(text, at)
        read = formula.signed(found) if found is not None else None
        if found is not None and read is None:
            self._notes.error(at, "not-signed", f'"{str(text)[:60]}" is more than one concept.', "")
        return read

    def formula(self, text: object, at: Location) -> Formula | None:
        """Give the formula that a text in braces holds."""
        try:
            return formula.parse(text) if isinstance(text, str) else None
        except FormulaError as error:
            self._notes.error(at, "bad-formula", str(error), error.hint)
            return None

    def _declared(self, title: str, mentions: Iterable[Mention]) -> bool:
        for mention in mentions:
            meaning = self._from_data(mention, mention.data)
            if meaning is not None:
                self._statements[title] = meaning
                return True
        return False

    def _from_data(self, mention: Mention, data: Mapping[str, Any]) -> Formula | None:
        if "formula" in data:
            if data["formula"] == "":
                return And(())  # what holds in any case
            return self.formula(data["formula"], mention.at)
        for key, add in (("concept", self._add_concept), ("principle", self._add_principle)):
            about = data.get(key)
            if isinstance(about, dict):
                head = self.formula(about.get("name"), mention.at)
                if isinstance(head, Atom) and self._names.take(head.name):
                    add(head, about, mention)
                    return head
        return None

    def _add_concept(self, head: Atom, about: Mapping[str, Any], mention: Mention) -> None:
        rest = texts_of(about, "denied", "label", "scope")
        said = text_of(about, "text") if "text" in about else plain_text(mention)
        self.concepts[head.name] = Concept(head.name, head.args, said, **rest)

    def _add_principle(self, head: Atom, about: Mapping[str, Any], mention: Mention) -> None:
        then = self.formula(about.get("then"), mention.at)
        if then is None:
            return
        self.principles[head.name] = Principle(
            head.name,
            head.args,
            then,
            tuple(self.list_of(about, "if", mention.at)),
            tuple(self.list_of(about, "unless", mention.at)),
            strength=strength(about),
            **texts_of(about, "text", "why", "defence", "source", "locator"),
        )

    def list_of(self, about: Mapping[str, Any], key: str, at: Location) -> Iterator[Signed]:
        """Give the signed concepts listed under a key."""
        for each in items(about, key):
            claim = self.signed(each, at)
            if claim is not None:
                yield claim

    def _concept(self, title: str, mentions: tuple[Mention, ...]) -> Formula:
        counts = canonical(mentions)
        said = plain_text(counts) if counts is not None else ""
        untitled = _UNTITLED.fullmatch(title) is not None
        name = self._names.new(said if untitled and said else title)
        self.concepts[name] = Concept(name, (), said or title)
        return Atom(name)


def text_of(data: Mapping[str, Any], key: str) -> str:
    """Give the text under a key of data, or ""."""
    found = data.get(key, "")
    return found if isinstance(found, str) else ""


def items(data: Mapping[str, Any], key: str) -> list[str]:
    """Give the texts listed under a key of data; a single one may stand alone."""
    found = data.get(key) or []
    return [str(each) for each in (found if isinstance(found, list) else [found])]


def texts_of(data: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """Give the texts under several keys of data, by key."""
    return {key: text_of(data, key) for key in keys}


def strength(about: Mapping[str, Any]) -> Strength:
    """Give the strength that data name; presumptive, where they name none."""
    return "strict" if about.get("strength") == "strict" else "presumptive"
