"""The brief as a document: what it says, before anyone decides how it looks.

Composing makes a :class:`Brief`; the printers (HTML, Markdown, JSON, terminal) turn it into text.
A sentence is a tuple of inline parts, so that each claim carries its own citations.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.case.dates import Date


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation: ids of the records (statements, deeds, facts) a claim rests on."""

    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry the point of a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Refer:
    """Words that lead to another place in the brief (the id of a section or block)."""

    text: str
    target: str


Inline = str | Cite | Strong | Refer
Prose = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose."""

    prose: Prose


@dataclass(frozen=True, slots=True)
class Items:
    """A list, one prose an item; ``lead`` introduces it, or is empty; steps are numbered."""

    items: tuple[Prose, ...]
    lead: Prose = ()
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption, column heads and rows of prose; numbers align by their column.

    Attributes:
        numeric: indexes of the columns that hold numbers.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Prose, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture drawn from the data.

    Attributes:
        id: its anchor.
        title: what it shows, as a headline.
        caption: how to read it.
        alt: its content in words, for those who cannot see it.
        svg: the drawing; colours come from the page's variables, so that it follows the theme.
    """

    id: str
    title: str
    caption: str
    alt: str
    svg: str


@dataclass(frozen=True, slots=True)
class Group:
    """A titled part of a section: a finding, an actor, a lever."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    kicker: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """What a reader opens on demand; a figure in it says what the text beside it says."""

    id: str
    summary: str
    blocks: tuple[Block, ...]


Block = Paragraph | Items | Table | Figure | Group | Fold


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the brief."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One cited record as the sources section prints it: who said or did what, where and when.

    Attributes:
        id: the record's id in the case; ``number`` is its number in the brief, from 1.
        who: the speaker, with the party spoken for: "Dmitry Rogozin, for Russia".
        what: the sentence: "said that ...", "introduced a visa regime ...".
        when: the date in words, or "".
        source, locator: id of the source in ``Brief.sources``, and the place in it.
        quote, level, note: as coded, or "".
    """

    id: str
    number: int
    kind: str
    who: str
    what: str
    when: str
    source: str
    locator: str
    quote: str = ""
    level: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as a citation prints it."""

    id: str
    title: str
    author: str = ""
    issued: Date | None = None
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """A finished brief.

    Attributes:
        title, question: of the case.
        answer: the answer, one prose a sentence.
        sections: in reading order; the last is followed by the records and sources.
        records: every record of the case, in order of number.
        references: the sources, by id.
        made: how it was made (version, methods, counts), label to text.
        data: the results the JSON form carries beside the prose.
    """

    title: str
    question: str
    answer: tuple[Prose, ...]
    sections: tuple[Section, ...]
    records: tuple[Record, ...]
    references: Mapping[str, Reference]
    made: Mapping[str, str]
    data: Mapping[str, object] = field(default_factory=dict)
