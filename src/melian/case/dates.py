"""Dates as sources give them (a day, a month or a year), and periods between two of them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Date:
    """A day, a month (``day`` is None) or a year (both None)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Give the date as it is typed: 2008, 2008-04 or 2008-04-06."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def first(self) -> date:
        """The first day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def in_words(self) -> str:
        """The date for a reader: 2008, April 2008 or 6 April 2008.

        >>> parse_date("2008-04-06").in_words
        '6 April 2008'
        """
        if self.month is None:
            return str(self.year)
        words = f"{calendar.month_name[self.month]} {self.year}"
        return words if self.day is None else f"{self.day} {words}"

    @property
    def preposition(self) -> str:
        """What stands before it in a sentence: on a day, in a month or a year."""
        return "in" if self.day is None else "on"


@dataclass(frozen=True, slots=True)
class Period:
    """From one date to another, both included; an open end is None."""

    start: Date | None = None
    until: Date | None = None

    def __str__(self) -> str:
        """Give the period as it is typed: ``2008-02..2008-07``, ``2008-01..``."""
        if self.start == self.until and self.start is not None:
            return str(self.start)
        return f"{self.start or ''}..{self.until or ''}"

    @property
    def in_words(self) -> str:
        """The period for a reader, to put after a clause; "" for all time.

        >>> [parse_period(each).in_words for each in ("2008-02..2009", "..2009", "2009..", "2009")]
        ['from February 2008 to 2009', 'until 2009', 'from 2009 on', 'in 2009']
        """
        if self.start is not None and self.start == self.until:
            return f"{self.start.preposition} {self.start.in_words}"
        if self.start is None:
            return f"until {self.until.in_words}" if self.until else ""
        ends = f"to {self.until.in_words}" if self.until else "on"
        return f"from {self.start.in_words} {ends}"

    def overlaps(self, when: Date) -> bool:
        """Tell whether the date may fall into the period."""
        begun = self.start is None or when.last >= self.start.first
        return begun and (self.until is None or when.first <= self.until.last)


ALWAYS = Period()


def parse_date(text: str) -> Date:
    """Give the date a text means.

    Raises:
        ValueError: the text is no date; the message says what to type.

    >>> str(parse_date("2008-4"))
    '2008-04'
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f'"{text[:40]}" is not a date; write 2008, 2008-04 or 2008-04-06')
    year, month, day = (int(part) if part else None for part in found.groups())
    result = Date(year or 0, month, day)
    try:
        _ = result.first, result.last
    except ValueError:
        raise ValueError(f'"{text[:40]}" is no day of the calendar') from None
    return result


def parse_period(text: str) -> Period:
    """Give the period a text means: ``2008-02/2008-07``, ``2008-01..``, ``..2008`` or ``2008``.

    Raises:
        ValueError: the text is no period; the message says what to type.
    """
    for separator in ("..", "/"):
        if separator in text:
            start, until = text.split(separator, 1)
            break
    else:
        start = until = text
    period = Period(*(parse_date(t) if t.strip() else None for t in (start, until)))
    if period.start and period.until and period.start.first > period.until.last:
        raise ValueError(f'"{text[:40]}" ends before it starts')
    return period
