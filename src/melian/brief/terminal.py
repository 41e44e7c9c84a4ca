"""The answer of a brief in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.constrain import Constrain
from rich.padding import Padding
from rich.text import Text

from melian.brief.citations import headline, index, ranges
from melian.brief.document import Cite, Strong

if TYPE_CHECKING:
    from rich.console import RenderableType

    from melian.brief.citations import Index
    from melian.brief.document import Brief, Prose, Record


def terminal(brief: Brief, width: int = 78, *, case: str = "CASE") -> RenderableType:
    """Give title, question and answer, the records that the answer cites, and how to get the rest.

    Args:
        brief: the brief.
        width: the most columns a line may take.
        case: what the user typed for the case, for the command in the last line.

    Raises:
        UsageError: a citation or reference leads nowhere.
    """
    found = index(brief)
    answer = [Padding(_prose(prose, found), (0, 0, 1, 0)) for prose in brief.answer]
    cited = Cite(tuple(n for prose in brief.answer for p in prose for n in _records(p)))
    lines = Group(
        Text(brief.title, style="bold"),
        Padding(Text(brief.question, style="italic"), (0, 0, 1, 0)),
        *answer,
        *(_record(record) for record in found.cited(cited)),
        Padding(
            Text(f"The whole brief, with every source: melian brief {case} -o brief.html"),
            (1, 0, 0, 0),
        ),
    )
    return Constrain(lines, width)


def _records(part: object) -> tuple[str, ...]:
    return part.records if isinstance(part, Cite) else ()


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


def _record(record: Record) -> Text:
    """Print a record in one line; what does not fit is in the whole brief."""
    text = Text(no_wrap=True, overflow="ellipsis")
    text.append(f"{record.number:>4}  ", style="dim")
    text.append(headline(record))
    text.append(f" {record.what}" if record.what else "", style="dim")
    return text
