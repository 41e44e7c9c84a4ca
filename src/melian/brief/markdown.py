"""A brief as Markdown (CommonMark with pipe tables)."""

from __future__ import annotations

import re
from html import escape
from itertools import count
from typing import TYPE_CHECKING

from melian.brief import citations
from melian.brief.document import Cite, Figure, Fold, Items, Paragraph, Refer, Strong, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from melian.brief.citations import Index
    from melian.brief.document import Block, Brief, Inline, Prose, Record, Reference

LINKED = 12
"""So many records of a citation are linked; those of more say themselves where they are cited."""


def markdown(brief: Brief) -> str:
    """Give the brief as Markdown.

    A citation is a link to its record at the end, which links back to the places that cite it.
    Of a figure the title, the caption and its content in words stay.

    Raises:
        UsageError: a citation or reference leads nowhere.
    """
    return "\n\n".join(_paragraphs(brief, citations.index(brief))) + "\n"


def _paragraphs(brief: Brief, index: Index) -> Iterator[str]:
    yield f"# {plain(brief.title)}"
    yield f"*{plain(brief.question)}*"
    yield _heading(2, "The answer", citations.ANSWER)
    yield from (_prose(prose, index) for prose in brief.answer)
    for section in brief.sections:
        yield _heading(2, section.title, section.id)
        yield from _blocks(section.blocks, index, 3)
    yield _heading(2, "Who said what", citations.RECORDS)
    for reference, records in citations.by_source(brief):
        yield f"### {plain(reference.title)}"
        yield from filter(None, [_imprint(reference)])
        yield "\n".join(_record(record, index) for record in records)
    yield _heading(2, "How this brief was made", citations.MADE)
    yield "\n".join(f"- {plain(label)}: {plain(text)}" for label, text in brief.made.items())


def plain(text: str) -> str:
    r"""Give text so that Markdown shows it as it is, within a line.

    >>> print(plain("2 * 3 <b>"))
    2 \* 3 \<b\>
    """
    return re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", " ".join(text.split()))


def opening(line: str) -> str:
    r"""Give a line of Markdown that does not open a list or a rule by how it begins.

    >>> print(opening("1. May"), opening("- and"))
    1\. May \- and
    """
    return re.sub(r"^(\d*)([-+.)=])", r"\1\\\2", line.strip())


def _heading(level: int, title: str, anchor: str) -> str:
    return f'<a id="{escape(anchor)}"></a>\n\n{"#" * min(level, 6)} {plain(title)}'


def _blocks(blocks: Iterable[Block], index: Index, level: int) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _prose(block.prose, index)
            case Items():
                yield from filter(None, [_prose(block.lead, index)])
                marks = (f"{n}." if block.numbered else "-" for n in count(1))
                lines = zip(marks, block.items, strict=False)
                yield "\n".join(f"{mark} {_prose(item, index)}" for mark, item in lines)
            case Table():
                yield f"**{plain(block.caption)}**"
                yield "\n".join(_table(block, index))
            case Figure():
                yield f'<a id="{escape(block.id)}"></a>\n\n**Figure: {plain(block.title)}**'
                yield from (opening(plain(text)) for text in (block.caption, block.alt) if text)
            case Fold():
                yield f'<a id="{escape(block.id)}"></a>\n\n*{plain(block.summary)}*'
                said = [each for each in block.blocks if not isinstance(each, Figure)]
                yield from _blocks(said, index, level)
            case _:
                kicker = f"{block.kicker}: " if block.kicker else ""
                yield _heading(level, f"{kicker}{block.title}", block.id)
                yield from _blocks(block.blocks, index, level + 1)


def _table(table: Table, index: Index) -> Iterator[str]:
    rules = ["---:" if i in table.numeric else "---" for i in range(len(table.head))]
    cells = [[_prose(cell, index) for cell in row] for row in table.rows]
    for row in ([plain(head) for head in table.head], rules, *cells):
        yield f"| {' | '.join(row)} |"


def _prose(prose: Prose, index: Index) -> str:
    return opening(re.sub(r" +", " ", "".join(_part(part, index) for part in prose)))


def _part(part: Inline, index: Index) -> str:
    match part:
        case Cite():
            return _cited(index.cited(part))
        case Strong():
            return f"**{plain(part.text)}**"
        case Refer():
            return _link(part.text, part.target)
    inner = plain(part)
    before = " " if part[:1].isspace() else ""
    after = " " if part[-1:].isspace() and inner else ""
    return f"{before}{inner}{after}"


def _cited(records: Sequence[Record]) -> str:
    """Link the first records of a citation; the others say themselves where they are cited."""
    links = [_link(str(each.number), citations.anchor(each)) for each in records[:LINKED]]
    more = f" and {len(records) - LINKED:,} more" if len(records) > LINKED else ""
    return f" \\[{', '.join(links)}{more}\\]" if links else ""


def _link(text: str, target: str) -> str:
    return f"[{plain(text)}]({citations.href(target)})"


def _imprint(reference: Reference) -> str:
    issued = reference.issued.in_words if reference.issued else ""
    parts = (reference.author, reference.publisher, issued, reference.url)
    return opening(", ".join(plain(part) for part in parts if part))


def _record(record: Record, index: Index) -> str:
    """Print a record as an item; the number stands in the text, so that it survives renderers."""
    quote = f"“{record.quote}”" if record.quote else ""
    level = f"{record.level} level" if record.level else ""
    meta = (quote, level, record.locator, record.note)
    links = [_link(place.short, place.anchor) for place in index.cited_in[record.id]]
    cited = f"Cited in: {', '.join(links)}." if links else "Not cited above."
    line = f'- <a id="{escape(citations.anchor(record))}"></a>**{record.number}.**'
    sentences = (citations.summary(record), "; ".join(p.rstrip(".") for p in meta if p))
    shown = " ".join(f"{plain(text).rstrip('.')}." for text in sentences if text)
    return f"{line} {shown} {cited}"
