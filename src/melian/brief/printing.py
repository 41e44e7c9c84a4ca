"""The printers of a brief, by the endings of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.data import json_text
from melian.brief.endings import by_ending
from melian.brief.html import html
from melian.brief.markdown import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from melian.brief.document import Brief

PRINTERS: Mapping[str, Callable[[Brief], str]] = {
    ".html": html,
    ".md": markdown,
    ".json": json_text,
}


def printer(ending: str) -> Callable[[Brief], str]:
    """Give what prints a brief for a file's ending, such as ``.html``.

    Raises:
        UsageError: nothing prints for that ending.
    """
    return by_ending(PRINTERS, ending, "A brief cannot be printed")
