"""A brief as one HTML page: no network, no scripts, on screen and on paper."""

from __future__ import annotations

from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from melian.brief import citations
from melian.brief.document import Cite, Figure, Fold, Group, Items, Paragraph, Refer, Strong, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from melian.brief.document import Brief, Record

SHOWN = 4
"""Citations shown in a sentence; if there are more, the others open on demand."""

_PARTS = (Cite, Strong, Refer, Paragraph, Items, Table, Figure, Group, Fold)


def html(brief: Brief) -> str:
    """Give the brief as one HTML page that needs nothing else.

    Every citation is a link to its record among the sources, which links back to all places that
    cite it. Figures go in as they are; all other text is escaped.

    Raises:
        UsageError: a citation or reference leads nowhere.
    """
    found = citations.index(brief)
    template = _environment().get_template("brief.html")
    return template.render(
        brief=brief,
        index=found,
        sources=citations.by_source(brief),
        answer_anchor=citations.ANSWER,
        records_anchor=citations.RECORDS,
        made_anchor=citations.MADE,
        shown=SHOWN,
        serial=count(1).__next__,
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "anchor": citations.anchor,
        "headline": citations.headline,
        "href": citations.href,
        "tip": _tip,
    }
    environment.tests |= {kind.__name__.lower(): _test(kind) for kind in _PARTS}
    return environment


def _test(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


def _tip(record: Record) -> str:
    quote = f"“{record.quote}”" if record.quote else ""
    return "\n".join(part for part in (citations.summary(record), quote) if part)
