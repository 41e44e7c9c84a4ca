"""What the parties are taken to prefer, as a table: how sure that is, and on what it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.grounds import cited
from melian.brief.document import Table
from melian.brief.drawing import percent
from melian.case.wording import formula_text, name_of, series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.brief.compose.words import Speech
    from melian.brief.document import Prose
    from melian.case.model import Preference


def wants(speech: Speech) -> Table:
    """Print the preference statements, so that a reader can quarrel with them."""
    conflict = speech.case.conflict
    rows = tuple(
        (
            (name_of(speech.case, actor) if rank == 1 else "",),
            (str(rank),),
            (speech.outcome(wish.prefer) + _doubt(wishes, rank),),
            _because(speech, actor, wish),
            (wish.why,),
        )
        for actor, wishes in (conflict.preferences.items() if conflict else ())
        for rank, wish in enumerate(wishes, start=1)
    )
    caption = (
        "What the parties are taken to prefer, the most important first. Each statement is held "
        "under the readings that keep what it rests on."
    )
    doubtful = any(_doubt(each, 1 + n) for each in _lists(speech) for n in range(len(each)))
    return Table(
        f"{caption} What is uncertain stands in brackets." if doubtful else caption,
        ("Party", "", "Prefers that", "Because it holds that", "Why"),
        rows,
        numeric=frozenset({1}),
    )


def _lists(speech: Speech) -> Sequence[Sequence[Preference]]:
    return list(speech.case.conflict.preferences.values()) if speech.case.conflict else []


def _because(speech: Speech, actor: str, wish: Preference) -> Prose:
    if wish.because is None:
        return ("always",)
    return (formula_text(speech.case, wish.because), cited(speech, actor, wish.because))


def _doubt(wishes: Sequence[Preference], rank: int) -> str:
    """Say in brackets what is uncertain about a preference; "" where it is sure.

    Args:
        wishes: all that its actor prefers.
        rank: its place among them, from 1.
    """
    wish = wishes[rank - 1]
    others = [
        str(n)
        for n, other in enumerate(wishes, start=1)
        if wish.group and other.group == wish.group and n != rank
    ]
    told = ["not known whether"] if wish.uncertain else []
    if not wish.uncertain and wish.chance < 1:
        told.append(f"with a probability of {percent(float(wish.chance))}")
    if others:
        told.append(f"in any order with {series(others)}")
    return f" ({'; '.join(told)})" if told else ""
