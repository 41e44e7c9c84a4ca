"""Prose on the terminal, and moves between states in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.wording import series
from melian.cli.common import console

if TYPE_CHECKING:
    from collections.abc import Collection

    from melian.conflict.result import States


def say(text: str, indent: int = 0) -> None:
    """Print prose, broken between words."""
    from rich.padding import Padding
    from rich.text import Text

    console().print(Padding(Text(text), (0, 0, 0, indent)))


def change(
    states: States, start: int, end: int, among: Collection[str] | None = None, s: str = ""
) -> str:
    """Say what is taken and dropped between two states: "take a and drop b".

    Args:
        states: of the conflict.
        start: number of the first state.
        end: number of the second.
        among: the options to speak of; all, when left out.
        s: the ending of the verbs.
    """
    before, after = states.taken(start), states.taken(end)
    spoken = states.options if among is None else among
    taken = [option for option in after if option not in before and option in spoken]
    dropped = [option for option in before if option not in after and option in spoken]
    pairs = (("take", taken), ("drop", dropped))
    return " and ".join(f"{verb}{s} {series(options)}" for verb, options in pairs if options)
