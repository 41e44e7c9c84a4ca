"""From camps over time to their pictures: a line of polarisation, a strip of who stood where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from melian.brief.figures import level_line, switching
from melian.case.dates import Date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from melian.discourse.polarisation.moving import Course, Journey, Moment
    from melian.discourse.trends.subject import Subject

MOST_STRIPS = 16


def in_words(when: date) -> str:
    """Give a day as a sentence says it.

    >>> from datetime import date
    >>> in_words(date(2011, 3, 14))
    '14 March 2011'
    """
    return Date(when.year, when.month, when.day).in_words


def named(subject: Subject) -> str:
    """Give what statements are about, with concepts in the quotes of a printed page.

    >>> from melian.discourse.trends.subject import Subject
    >>> named(Subject(actor="CDU", concepts=("Exit",), sense=0)), named(Subject(concepts=("Exit",)))
    ('CDU against “Exit”', '“Exit”')
    """
    whole = re.sub(r'"([^"]*)"', r"“\1”", subject.label)
    return whole.removeprefix("on ")


def polarisation_line(course: Course) -> level_line.LevelLine:
    """Give polarisation window by window, with gaps where data are too thin.

    The band is that of these camps in draws: the best camps of each draw fit what is odd about it.
    """
    return level_line.LevelLine(
        title="Polarisation over time",
        levels=tuple(map(_level, course.moments)),
        name="polarisation",
        bottom=(0.0, "one camp"),
        top=(1.0, "two equal camps"),
        interval="these camps in 95% of draws",
        thin="too few statements",
        loose="no two camps, or no more than chance gives",
    )


def _level(moment: Moment) -> level_line.Level:
    if moment.camps is None:
        return level_line.Level(moment.middle, None)
    sure = moment.certainty
    low, high = (None, None) if sure is None else (sure.same.low, sure.same.high)
    return level_line.Level(
        moment.middle, moment.camps.polarisation, low, high, firm=moment.two_camps
    )


def switching_strip(course: Course, most: int = MOST_STRIPS) -> switching.Switching:
    """Give where each actor stood in each window: those who moved first, then who is there most."""
    more = len(course.journeys) - most
    shown = f" ({most} of {len(course.journeys)} that are clearly in one at some time)"
    return switching.Switching(
        title=f"Who stood in which camp{shown if more > 0 else ''}",
        windows=tuple(in_words(moment.first) for moment in course.moments),
        strips=tuple(_strips(course, most)),
        camps=("camp A", "camp B"),
        thin="no two camps, too few statements, or undecided",
    )


def _strips(course: Course, most: int) -> Iterator[switching.Strip]:
    ranked = sorted(course.journeys, key=lambda journey: (-len(journey.switches), _absent(journey)))
    for journey in ranked[:most]:
        tiles = tuple(
            None if camp is None else switching.Tile(camp == "B") for camp in journey.camps
        )
        yield switching.Strip(str(journey.actor), tiles)


def _absent(journey: Journey) -> int:
    return sum(camp is None for camp in journey.camps)
