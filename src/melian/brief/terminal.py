"""The answer of a brief in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.constrain import Constrain
from rich.text import Text

from melian.brief.citations import index, ranges
from melian.brief.document import Cite, Strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from melian.brief.citations import Index
    from melian.brief.document import Brief, Prose, Record


def terminal(brief: Brief, width: int = 78, *, case: str = "CASE") -> RenderableType:
    """Give title, question and answer, who is cited in it, and how to get the whole brief.

    Args:
        brief: the brief.
        width: the most columns a line may take.
        case: what the user typed for the case, for the command in the last line.

    Raises:
        UsageError: a citation or reference leads nowhere.
    """
    found = index(brief)
    cited = (part for prose in brief.answer for part in prose if isinstance(part, Cite))
    names = tuple(name for cite in cited for name in cite.records)
    paragraphs = [
        Group(Text(brief.title, style="bold"), Text(brief.question, style="italic")),
        *(_prose(prose, found) for prose in brief.answer),
        *_speakers(found.cited(Cite(names))),
        Text(f"The whole brief, with every source: melian brief {case} -o brief.html"),
    ]
    spaced = [line for each in paragraphs for line in (each, Text())][:-1]
    return Constrain(Group(*spaced), width)


def _speakers(records: Iterable[Record]) -> Iterator[RenderableType]:
    """Print whose records the numbers are; when and what they said is in the whole brief."""
    numbers: dict[str, list[int]] = {}
    for record in records:
        numbers.setdefault(record.who or record.kind, []).append(record.number)
    if numbers:
        yield Group(*(_speaker(who, each) for who, each in numbers.items()))


def _speaker(who: str, numbers: list[int]) -> Text:
    return Text.assemble((f"[{ranges(numbers)}] ", "dim"), who)


def _prose(prose: Prose, index: Index) -> Text:
    text = Text()
    for part in prose:
        match part:
            case Cite():
                numbers = ranges(record.number for record in index.cited(part))
                space = "" if text.plain[-1:].isspace() else " "
                text.append(f"{space}[{numbers}]" if numbers else "", style="dim")
            case Strong():
                text.append(part.text, style="bold")
            case str():
                text.append(part)
            case _:
                text.append(part.text)
    return text
