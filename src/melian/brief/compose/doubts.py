"""What is uncertain about the parties' preferences, in the words of a brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.wishes import wish
from melian.brief.compose.words import capital, plural
from melian.brief.drawing import percent
from melian.case.formula import Atom, Not
from melian.case.wording import name_of, series
from melian.readings.doubts import order_of
from melian.readings.marks import Held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.brief.compose.words import Speech
    from melian.case.formula import Formula
    from melian.readings.choices import Choice, Side


def doubt(speech: Speech, choice: Choice) -> str:
    """Say what is uncertain about a party's preferences, in a sentence."""
    who = name_of(speech.case, choice.actor)
    order = order_of(choice.sides[0])
    if order:
        told = series([f"that {wish(speech, choice.actor, mark)}" for mark in order], "or")
        return f"It is not known what matters more to {who}: {told}."
    mark = next(iter(choice.sides[0].keeps))
    if not isinstance(mark, Held):
        return ""
    told = wish(speech, choice.actor, mark)
    if mark.preference.uncertain:
        return f"It is not known whether {who} prefers that {told}."
    chance = percent(float(mark.preference.chance))
    return f"{who} prefers that {told}, with a probability of {chance}."


def rests(choices: Sequence[Choice]) -> str:
    """Say how much of what the parties prefer is contradictory, and how much uncertain."""
    open_ = [choice for choice in choices if len(choice.sides) > 1]
    splits = sum(choice.component is not None for choice in open_)
    doubts = [choice for choice in open_ if choice.component is None]
    orders = sum(bool(order_of(choice.sides[0])) for choice in doubts)
    held = len(doubts) - orders
    counts = [f"{plural(held, 'statement is', 'statements are')} uncertain"] if held else []
    counts += [f"{plural(orders, 'order is', 'orders are')} not known"] if orders else []
    contradictory = (
        f"What the parties prefer rests on {plural(splits, 'contradiction')} of their own."
    )
    unknown = f"Of what they prefer, {series(counts)}."
    return " ".join([*([contradictory] if splits else []), *([unknown] if counts else [])])


def doubt_label(speech: Speech, side: Side) -> str:
    """Give a few words for a side in a party's preferences."""
    order = order_of(side)
    if order:
        return ", then ".join(_short(speech, mark.preference.prefer) for mark in order)
    mark = next(iter(side.keeps | side.drops))
    if mark in side.drops or not isinstance(mark, Held):
        return "does not"
    return f"prefers: {_short(speech, mark.preference.prefer)}"


def _short(speech: Speech, formula: Formula) -> str:
    """Give a formula over options in a few words."""
    match formula:
        case Atom(name):
            option = speech.option(name)
            return capital(option.label or option.id.replace("-", " "))
        case Not(part):
            return f"not: {_short(speech, part)}"
        case _:
            return str(formula)
