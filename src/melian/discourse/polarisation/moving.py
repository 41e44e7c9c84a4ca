"""Camps from window to window: how polarised a debate is when, who stays, and who changes sides.

A camp is the same as one of an earlier window if the statements of those who were in it say so:
each window's camps are turned so that as many statements as can be are those of actors on the side
on which they were last. Who is undecided in a window, and which windows have not two camps so that
nobody is on a side and they do not count for who changes or is loyal, is settled by
:mod:`~melian.discourse.polarisation.standing`.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from melian.discourse.networks.windows import placed, windows
from melian.discourse.polarisation import standing
from melian.discourse.polarisation.camps import camps
from melian.discourse.polarisation.certainty import certainty, chance
from melian.discourse.polarisation.dividing import PRECISION
from melian.discourse.ties import counts_of
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from melian.discourse.networks.windows import Unit, Window
    from melian.discourse.polarisation.camps import Camp, Camps
    from melian.discourse.polarisation.certainty import Certainty, Chance
    from melian.discourse.resampling import Resampling
    from melian.discourse.statements.table import Table, Value

LEAST_WORK = 20_000


@dataclass(frozen=True, slots=True)
class Cut:
    """How time is cut into windows.

    Attributes:
        unit: what they are measured in.
        width: how many units each has.
        step: how many later the next begins.
    """

    unit: Unit
    width: int
    step: int = 1


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Moment:
    """Camps in a window.

    Attributes:
        first, last: its days.
        statements: how many count.
        actors: how many make enough of them.
        thin: why nothing is said of it; empty, if it is not too thin.
        camps: what was found; none, if it is.
        certainty: what draws give, if any were asked for.
        chance: what chance would give; none, if it is too thin, or nothing can be divided.
        united: why there are not two camps; empty, if there are, or if it is too thin to say.
        stands: where its actors stand, by the names that camps have throughout; nobody does, where
            there are not two camps.
        carried: the share of the statements of actors placed before that are those of actors on
            the side on which they were last; none, where nobody was.
    """

    first: date
    last: date
    statements: int
    actors: int
    thin: str
    camps: Camps | None
    certainty: Certainty | None
    chance: Chance | None
    united: str
    stands: tuple[standing.Stand, ...]
    carried: float | None

    @property
    def two_camps(self) -> bool:
        """Whether there are two camps in it, and more than chance gives."""
        return self.camps is not None and not self.united

    @property
    def middle(self) -> date:
        """The day in its middle, or just before it."""
        return _middle((self.first, self.last))


@dataclass(frozen=True, slots=True)
class Switch:
    """An actor changes sides.

    Attributes:
        actor: who.
        before, after: from which camp to which.
        left: the first and the last day of the last window in which it is in the one.
        joined: of the first in which it is in the other.
    """

    actor: Value
    before: Camp
    after: Camp
    left: tuple[date, date]
    joined: tuple[date, date]

    @property
    def overlap(self) -> bool:
        """Whether both windows have days in common, so that only their middles are in order."""
        return self.joined[0] <= self.left[1]

    @property
    def between(self) -> tuple[date, date]:
        """Between which days it changes: the middles of both windows."""
        return _middle(self.left), _middle(self.joined)


@dataclass(frozen=True, slots=True)
class Journey:
    """An actor through all windows.

    Attributes:
        actor: who.
        camps: where it stands in each window; none, where it is undecided or not there.
        main: where it is most often; none, if it is in both as often, or never in one.
        loyalty: the share of the windows with a clear side in which it is there; none if fewer
            than two have one.
        switches: when it changes.
    """

    actor: Value
    camps: tuple[Camp | None, ...]
    main: Camp | None
    loyalty: float | None
    switches: tuple[Switch, ...]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Course:
    """Camps through time.

    Attributes:
        cut: into which windows.
        outside: how many statements are in none, for want of a date that says where.
        moments: what was found in each.
        journeys: the actors who are clearly on a side at some time, by name.
    """

    cut: Cut
    outside: int
    moments: tuple[Moment, ...]
    journeys: tuple[Journey, ...]

    @property
    def switches(self) -> tuple[Switch, ...]:
        """All changes of sides, the earliest first."""
        every = [switch for journey in self.journeys for switch in journey.switches]
        return tuple(sorted(every, key=lambda each: (each.joined, str(each.actor))))

    @property
    def united(self) -> tuple[Moment, ...]:
        """The windows that have not two camps, though they are not too thin."""
        return tuple(moment for moment in self.moments if moment.united)


def course(table: Table, whole: Camps, cut: Cut, by: Resampling | None = None) -> Course:
    """Divide each window, and follow actors through them.

    Args:
        table: the statements.
        whole: the camps of the whole period, from which camps have their names at first.
        cut: how time is cut.
        by: how each window is drawn again, for intervals; not at all, if left out.

    Raises:
        UsageError: the numbers make no sense, or no statement has a date.
    """
    _, kept = counts_of(table, whole.design, everyone=True)
    found = list(windows(table, kept, cut.unit, cut.width, cut.step))
    if not found:
        raise UsageError(
            "No statement has a date that says in which window it is; leave out --window."
        )
    work = max(whole.wanted.work // len(found), min(whole.wanted.work, LEAST_WORK))
    wanted = replace(whole.wanted, work=work, disputed=0.0)  # the concepts are chosen already
    last: dict[Value, int] = {m.actor: standing.sign(m.camp) for m in whole.members if not m.part}
    moments = []
    for window in found:
        moment = _moment(table, replace(whole, wanted=wanted), window, by, last)
        last.update({each.actor: standing.sign(each.camp) for each in moment.stands if each.camp})
        moments.append(moment)
    outside = len(kept) - int(placed(table, kept, cut.unit).sum())
    return Course(cut=cut, outside=outside, moments=tuple(moments), journeys=_journeys(moments))


def _moment(
    table: Table,
    whole: Camps,
    window: Window,
    by: Resampling | None,
    last: dict[Value, int],
) -> Moment:
    """Divide the actors of a window."""
    found = camps(table, whole.design, whole.wanted, window.rows)
    thin = standing.thin(found)
    sure = None if thin or by is None else _drawn(table, found, by, window)
    dealt = _dealt(table, found, window) if not thin and found.polarisation > PRECISION else None
    united = "" if thin else standing.united(dealt)
    stands, carried = ((), None) if thin or united else standing.stands(found, sure, last)
    return Moment(
        first=window.first,
        last=window.last,
        statements=found.statements,
        actors=len(found.members),
        thin=thin,
        camps=None if thin else found,
        certainty=sure,
        chance=dealt,
        united=united,
        stands=stands,
        carried=carried,
    )


def _dealt(table: Table, found: Camps, window: Window) -> Chance:
    return chance(table, found, standing.DEALS, found.wanted.seed, window.rows)


def _drawn(table: Table, found: Camps, by: Resampling, window: Window) -> Certainty | None:
    """Draw a window again, if it has two documents, coders or days."""
    try:
        return certainty(table, found, by, window.rows)
    except UsageError:
        return None


def _journeys(moments: Sequence[Moment]) -> tuple[Journey, ...]:
    by_actor: dict[Value, list[Camp | None]] = {}
    for number, moment in enumerate(moments):
        for stand in moment.stands:
            by_actor.setdefault(stand.actor, [None] * len(moments))[number] = stand.camp
    found = [_journey(actor, where, moments) for actor, where in by_actor.items() if any(where)]
    return tuple(sorted(found, key=lambda each: str(each.actor)))


def _journey(actor: Value, where: list[Camp | None], moments: Sequence[Moment]) -> Journey:
    clear = [(number, camp) for number, camp in enumerate(where) if camp]
    ones = sum(camp == "A" for _, camp in clear)
    main: Camp | None = None if 2 * ones == len(clear) else "A" if 2 * ones > len(clear) else "B"
    loyalty = max(ones, len(clear) - ones) / len(clear) if len(clear) > 1 else None
    switches = tuple(
        Switch(actor, before, after, _days(moments[one]), _days(moments[other]))
        for (one, before), (other, after) in itertools.pairwise(clear)
        if before != after
    )
    return Journey(actor, tuple(where), main, loyalty, switches)


def _middle(days: tuple[date, date]) -> date:
    return days[0] + (days[1] - days[0]) / 2


def _days(moment: Moment) -> tuple[date, date]:
    return moment.first, moment.last
