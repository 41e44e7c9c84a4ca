"""Whether a condition is true of an event."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.case.cameo import ROOTS
from melian.case.dates import parse_period
from melian.case.event_conditions import TEXTS, Comparison, Every, Opposite, Some

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from melian.case.event import Event
    from melian.case.event_conditions import Condition

    Truth = bool | None
    Judge = Callable[["Seen"], Truth]

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """An event as a case sees it.

    Attributes:
        event: as the table has it.
        actor, target: ids in the case, "" where it has none for the name.
        actors, targets: these, and all whom they speak for or are members of on that day.
    """

    event: Event
    actor: str
    target: str
    actors: frozenset[str]
    targets: frozenset[str]


def judge(condition: Condition) -> Judge:
    """Give what tells whether a condition is true of an event; ``None`` is not known."""
    match condition:
        case Comparison():
            return _compared(condition)
        case Opposite(part):
            inner = judge(part)
            return lambda seen: None if (value := inner(seen)) is None else not value
        case Every(parts):
            return _until(False, [judge(part) for part in parts])
        case Some(parts):
            return _until(True, [judge(part) for part in parts])


def _until(decisive: bool, parts: Sequence[Judge]) -> Judge:
    """Give the value that decides as soon as one part has it, else the other if all are known."""

    def truth(seen: Seen) -> Truth:
        unknown = False
        for part in parts:
            value = part(seen)
            if value is decisive:
                return decisive
            unknown = unknown or value is None
        return None if unknown else not decisive

    return truth


def _compared(this: Comparison) -> Judge:
    match this.field:
        case "actor":
            wanted = frozenset(this.items)
            return lambda seen: not wanted.isdisjoint(seen.actors)
        case "target":
            wanted = frozenset(this.items)
            return lambda seen: not wanted.isdisjoint(seen.targets)
        case "cameo":
            return _judge_code(this)
        case "plover":
            return _judge_type(this)
        case "mode":
            modes = frozenset(item.casefold() for item in this.items)
            return lambda seen: seen.event.mode.casefold() in modes if seen.event.mode else None
        case "date":
            periods = [parse_period(item) for item in this.items]
            return lambda seen: any(period.overlaps(seen.event.date) for period in periods)
        case "goldstein":
            return _judge_number(this)
        case _:
            return _judge_text(this)


def _judge_code(this: Comparison) -> Judge:
    parts = (item.partition("..") for item in this.items)
    ranges = [(first, last or (ROOTS[-1] if dots else first)) for first, dots, last in parts]
    known: dict[str, bool] = {}

    def truth(seen: Seen) -> Truth:
        code = seen.event.cameo
        if not code:
            return None
        if code not in known:
            known[code] = any(within(code, first, last) for first, last in ranges)
        return known[code]

    return truth


def within(code: str, first: str, last: str) -> bool:
    """Tell whether a code stands from ``first`` to ``last``, with all that the last one holds.

    Codes are compared as texts, so that what a code holds stands right behind it.

    >>> [within(code, "17", "18") for code in ("1724", "186", "19", "16", "07")]
    [True, True, False, False, False]
    """
    return code >= first and (code <= last or code.startswith(last))


def _judge_type(this: Comparison) -> Judge:
    """Tell by the type; a code without one (01 and 02) has none of the types asked for."""
    types = frozenset(this.items)

    def truth(seen: Seen) -> Truth:
        event = seen.event
        return event.plover in types if event.plover or event.cameo else None

    return truth


def _judge_number(this: Comparison) -> Judge:
    compare, number = _COMPARE[this.how], float(this.items[0])

    def truth(seen: Seen) -> Truth:
        value = seen.event.goldstein
        return None if value is None else compare(value, number)

    return truth


def _judge_text(this: Comparison) -> Judge:
    read = operator.attrgetter(TEXTS[this.field])
    wanted = [item.casefold() for item in this.items]

    def truth(seen: Seen) -> Truth:
        text = read(seen.event).casefold()
        return any(item in text for item in wanted) if text else None

    return truth
