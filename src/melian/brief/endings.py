"""Which printer a file's ending asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

Printer = TypeVar("Printer")


def by_ending(printers: Mapping[str, Printer], ending: str, cannot: str) -> Printer:
    """Give what prints for a file's ending, such as ``.html``.

    Args:
        printers: by the endings that they are for.
        ending: of a file, in letters of any case; it may be empty.
        cannot: what cannot be done without one: ``A brief cannot be printed``.

    Raises:
        UsageError: nothing prints for that ending.
    """
    found = printers.get(ending.lower())
    if found is None:
        what = f'"{ending}"' if ending else "without an ending"
        raise UsageError(
            f"{cannot} as a file {what}; let the file's name end in {', '.join(printers)}."
        )
    return found
