"""Camps from window to window: how polarised a debate is when, who stays, and who changes sides.

A camp is the same as one of an earlier window if the statements of those who were in it say so:
each window's camps are turned so that as many statements as can be are those of actors on the side
on which they were last. Actors whom a window puts to neither side clearly are undecided in it:
those of whose ties less than 60 % fit their side, and those who are on the other side in more than
a quarter of the draws.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from melian.discourse.networks.windows import placed, windows
from melian.discourse.polarisation.camps import camps
from melian.discourse.polarisation.certainty import certainty, chance
from melian.discourse.ties import counts_of
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from melian.discourse.networks.windows import Unit, Window
    from melian.discourse.polarisation.camps import Camp, Camps, Member
    from melian.discourse.polarisation.certainty import Certainty, Chance
    from melian.discourse.resampling import Resampling
    from melian.discourse.statements.table import Table, Value

FEWEST_ACTORS = 4
FEWEST_STATEMENTS = 20
"""A window with less is too thin to speak of camps: two against two can nearly always be found."""

LEAST_WORK = 20_000

STEADY = 0.75
"""In this share of the draws an actor has to be on its side, if it is to be clear."""


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


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an actor stands in a window.

    Attributes:
        actor: who.
        camp: in which camp, or in neither clearly.
        statements: how many it makes.
        fit: the share of its ties that fit the side it is put on, less those that do not.
        kept: in which share of the draws it is on that side; none, where nothing was drawn.
    """

    actor: Value
    camp: Camp | None
    statements: int
    fit: float
    kept: float | None


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
        chance: what chance would give, likewise.
        stands: where its actors stand, by the names that camps have throughout.
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
    stands: tuple[Stand, ...]
    carried: float | None


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


def course(table: Table, whole: Camps, cut: Cut, by: Resampling | None = None) -> Course:
    """Divide each window, and follow actors through them.

    Args:
        table: the statements.
        whole: the camps of the whole period, from which camps have their names at first.
        cut: how time is cut.
        by: how each window is drawn again, for intervals and for chance; not at all, if left out.

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
    last: dict[Value, int] = {m.actor: _sign(m.camp) for m in whole.members if not m.part}
    moments = []
    for window in found:
        moment = _moment(table, replace(whole, wanted=wanted), window, by, last)
        last.update({each.actor: _sign(each.camp) for each in moment.stands if each.camp})
        moments.append(moment)
    outside = len(kept) - int(placed(table, kept, cut.unit).sum())
    return Course(cut=cut, outside=outside, moments=tuple(moments), journeys=_journeys(moments))


def _sign(camp: Camp) -> int:
    return 1 if camp == "A" else -1


def _moment(
    table: Table,
    whole: Camps,
    window: Window,
    by: Resampling | None,
    last: dict[Value, int],
) -> Moment:
    """Divide the actors of a window."""
    found = camps(table, whole.design, whole.wanted, window.rows)
    thin = _thin(found)
    draw = None if thin else by
    sure = None if draw is None else _drawn(table, found, draw, window)
    stands, carried = ((), None) if thin else _stands(found, sure, last)
    return Moment(
        first=window.first,
        last=window.last,
        statements=found.statements,
        actors=len(found.members),
        thin=thin,
        camps=None if thin else found,
        certainty=sure,
        chance=None if draw is None else chance(table, found, draw.times, draw.seed, window.rows),
        stands=stands,
        carried=carried,
    )


def _drawn(table: Table, found: Camps, by: Resampling, window: Window) -> Certainty | None:
    """Draw a window again, if it has two documents, coders or days."""
    try:
        return certainty(table, found, by, window.rows)
    except UsageError:
        return None


def _thin(found: Camps) -> str:
    if found.statements < FEWEST_STATEMENTS:
        return f"fewer than {FEWEST_STATEMENTS} statements"
    if len(found.members) < FEWEST_ACTORS:
        least = found.wanted.least
        return f"fewer than {FEWEST_ACTORS} actors with {least} statements or more"
    return ""


def _stands(
    found: Camps, sure: Certainty | None, last: dict[Value, int]
) -> tuple[tuple[Stand, ...], float | None]:
    """Name camps as they were named before, and give the share that is where it was."""
    members = found.members
    kept = {} if sure is None else dict(zip(found.actors, sure.kept, strict=True))
    same: dict[int, int] = {}
    for each in members:
        step = each.statements * _sign(each.camp) * last.get(each.actor, 0)
        same[each.part] = same.get(each.part, 0) + step
    stands = tuple(
        Stand(
            each.actor,
            _camp(each, same[each.part], kept.get(each.actor)),
            each.statements,
            each.fit,
            kept.get(each.actor),
        )
        for each in members
    )
    known = sum(each.statements for each in members if each.actor in last)
    turned = sum(abs(value) for value in same.values())
    return stands, (known + turned) / (2 * known) if known else None


def _camp(member: Member, same: int, kept: float | None) -> Camp | None:
    """Give the camp of an actor by its older name; none, if its side is not clear."""
    steady = kept is None or kept >= STEADY
    if not member.firm or member.free or not steady or same == 0:
        return None
    return "A" if _sign(member.camp) * same > 0 else "B"


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


def _days(moment: Moment) -> tuple[date, date]:
    return moment.first, moment.last
