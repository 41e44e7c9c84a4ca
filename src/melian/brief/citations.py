"""What all printers need to know of a brief: its places, and which of them cite which record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from textwrap import shorten
from typing import TYPE_CHECKING
from urllib.parse import quote

from melian.brief.document import (
    Cite,
    Figure,
    Fold,
    Group,
    Items,
    Paragraph,
    Refer,
    Reference,
    Table,
)
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from melian.brief.document import Block, Brief, Prose, Record

ANSWER = "the-answer"
RECORDS = "who-said-what"
MADE = "how-this-brief-was-made"
SHORT = 38


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the brief that one can link to: its anchor and what it is called."""

    anchor: str
    title: str

    @property
    def short(self) -> str:
        """The title as a list of places can hold it: cut after a word.

        >>> Place("a", "A title that says everything there is to say about it").short
        'A title that says everything there …'
        """
        return shorten(self.title, SHORT, placeholder=" …")


@dataclass(frozen=True, slots=True)
class Index:
    """The places of a brief and its records.

    Attributes:
        places: every place one can link to, by anchor, in reading order.
        records: every record, by id.
        cited_in: per record id the places that cite it, in reading order; may be empty.
    """

    places: Mapping[str, Place]
    records: Mapping[str, Record]
    cited_in: Mapping[str, tuple[Place, ...]]

    def cited(self, cite: Cite) -> tuple[Record, ...]:
        """Give the records of a citation, each once, by number."""
        each = (self.records[name] for name in dict.fromkeys(cite.records))
        return tuple(sorted(each, key=lambda record: record.number))


def index(brief: Brief) -> Index:
    """Give the index of a brief.

    Raises:
        UsageError: the brief cites a record or refers to a place that it does not have, or has
            two places of one name. Printing it would lose a source, so nothing is printed.
    """
    places = _distinct(_places(brief))
    records = {record.id: record for record in brief.records}
    cited_in: dict[str, dict[str, Place]] = {name: {} for name in records}
    for place, prose in proses(brief):
        for part in prose:
            if isinstance(part, Refer) and part.target not in places:
                raise UsageError(
                    f'"{place.title}" refers to "{part.target}", which is no place in the brief; '
                    "give the id of a section, a group or a figure."
                )
            for name in part.records if isinstance(part, Cite) else ():
                if name not in records:
                    raise UsageError(
                        f'"{place.title}" cites "{name}", which is not among the records of the '
                        "brief; add the record, or cite another."
                    )
                cited_in[name][place.anchor] = place
    return Index(places, records, {name: tuple(at.values()) for name, at in cited_in.items()})


def proses(brief: Brief) -> Iterator[tuple[Place, Prose]]:
    """Give every prose of the brief in reading order, with the place it stands in."""
    for prose in brief.answer:
        yield Place(ANSWER, "The answer"), prose
    for section in brief.sections:
        yield from _within(Place(section.id, section.title), section.blocks)


def by_source(brief: Brief) -> tuple[tuple[Reference, tuple[Record, ...]], ...]:
    """Give the records grouped by source, both in the order of the records' numbers."""
    first: dict[str, int] = {}
    for record in brief.records:
        first.setdefault(record.source, record.number)
    ordered = sorted(brief.records, key=lambda record: (first[record.source], record.number))
    return tuple(
        (_reference(brief, source), tuple(records))
        for source, records in groupby(ordered, key=lambda record: record.source)
    )


def anchor(record: Record) -> str:
    """Give the anchor of a record; it is made of its id, so that old links stay good."""
    return record_anchor(record.id)


def record_anchor(name: str) -> str:
    """Give the anchor of the record of this id; no two ids have the same.

    >>> record_anchor("s 1"), record_anchor("s-1")
    ('record-s_20_1', 'record-s-1')
    """
    safe = re.sub(r"[^\w-]|_", lambda found: f"_{ord(found[0]):x}_", name)
    return f"record-{safe}"


def href(target: str) -> str:
    """Give the address of an anchor within the page."""
    return f"#{quote(target)}"


def headline(record: Record) -> str:
    """Give who said or did it, and when: "Dmitry Rogozin, for Russia, 3 April 2008"."""
    return ", ".join(part for part in (record.who, record.when) if part)


def summary(record: Record) -> str:
    """Give who, when and what in one line."""
    return ": ".join(part for part in (headline(record), record.what) if part)


def ranges(numbers: Iterable[int]) -> str:
    """Give numbers with runs of three or more drawn together.

    >>> ranges([9, 3, 4, 5, 12, 13])
    '3–5, 9, 12, 13'
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    long = 3
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) >= long else ", ".join(map(str, run)) for run in runs
    )


def words(prose: Prose) -> str:
    """Give what a prose says, without its citations."""
    return "".join(
        part if isinstance(part, str) else part.text for part in prose if not isinstance(part, Cite)
    )


def _reference(brief: Brief, source: str) -> Reference:
    unknown = Reference(source, source or "No source given")
    return brief.references.get(source, unknown)


def _distinct(places: Iterable[Place]) -> dict[str, Place]:
    result: dict[str, Place] = {}
    for place in places:
        if place.anchor in result:
            raise UsageError(
                f'"{place.title}" and "{result[place.anchor].title}" have the same id '
                f'"{place.anchor}"; give each place of a brief its own.'
            )
        result[place.anchor] = place
    return result


def _places(brief: Brief) -> Iterator[Place]:
    yield Place(ANSWER, "The answer")
    for section in brief.sections:
        yield Place(section.id, section.title)
        yield from _places_within(section.blocks)
    yield Place(RECORDS, "Who said what")
    yield Place(MADE, "How this brief was made")
    for record in brief.records:
        yield Place(anchor(record), f"Record {record.number}")


def _places_within(blocks: Iterable[Block]) -> Iterator[Place]:
    for block in blocks:
        if isinstance(block, Group | Figure):
            yield Place(block.id, block.title)
        if isinstance(block, Fold):
            yield Place(block.id, block.summary)
        if isinstance(block, Group | Fold):
            yield from _places_within(block.blocks)


def _within(place: Place, blocks: Iterable[Block]) -> Iterator[tuple[Place, Prose]]:
    for block in blocks:
        match block:
            case Paragraph():
                yield place, block.prose
            case Items():
                yield from ((place, prose) for prose in (block.lead, *block.items))
            case Table():
                yield from ((place, cell) for row in block.rows for cell in row)
            case Group():
                yield from _within(Place(block.id, block.title), block.blocks)
            case Fold():
                yield from _within(place, block.blocks)
            case Figure():
                pass
