"""Which printer a file's ending asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.data import json_text
from melian.brief.html import html
from melian.brief.markdown import markdown
from melian.problems import UsageError

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
    found = PRINTERS.get(ending.lower())
    if found is None:
        what = f'"{ending}"' if ending else "without an ending"
        raise UsageError(
            f"A brief cannot be printed as a file {what}; "
            f"let the file's name end in {', '.join(PRINTERS)}."
        )
    return found
