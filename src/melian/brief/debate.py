"""What a debate shows: its engines run on the statements of a case, as far as a brief needs it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from melian.case.spans import EVER
from melian.discourse.agenda.result import agendas
from melian.discourse.coalitions.engine import FEWEST, LEAST, Search, coalitions
from melian.discourse.networks.building import Design, seconds_of
from melian.discourse.openings.engine import openings
from melian.discourse.polarisation.camps import Wanted, camps
from melian.discourse.polarisation.certainty import chance
from melian.discourse.polarisation.moving import Cut, course
from melian.discourse.polarisation.reversing import reversals
from melian.discourse.resampling import SEED, Resampling
from melian.discourse.statements.of_case import statements_of
from melian.discourse.statements.selection import DAY
from melian.discourse.statements.table import UNDATED
from melian.discourse.ties import counts_of
from melian.discourse.trends.changes import Detection
from melian.discourse.trends.of_case import events_of
from melian.discourse.trends.report import Question, trends

if TYPE_CHECKING:
    from melian.case.model import Case
    from melian.case.spans import Span
    from melian.discourse.agenda.result import Agendas
    from melian.discourse.coalitions.engine import Coalitions
    from melian.discourse.openings.result import Openings
    from melian.discourse.polarisation.camps import Camps
    from melian.discourse.polarisation.certainty import Chance
    from melian.discourse.polarisation.moving import Course
    from melian.discourse.polarisation.reversing import Reversals
    from melian.discourse.resampling import Unit
    from melian.discourse.statements.selection import Scope
    from melian.discourse.statements.table import Table
    from melian.discourse.trends.report import Trends
    from melian.discourse.trends.timeline import Timeline

MOST_ACTORS = 32
"""So many actors are grouped at the most, those with most statements: a map of more is unread."""

DRAWS = 100
"""How often a brief draws again; the commands draw more often."""

FEW_DOCUMENTS = 5
"""Of fewer documents, single statements are drawn instead."""

MOST_SERIES = 12
"""So many concepts and so many actors are followed over time."""

MOST_AGENDAS = 10
"""The agendas of so many actors are looked at one by one."""

WEEKS = (60, 1_096)
"""A debate that goes on for so many days is looked at week by week."""

DISPUTED = 0.2
"""Camps are looked for over concepts on which so many statements, at least, go against most."""

PERMUTATIONS = 1_999
"""How often changes are tested against chance."""

WINDOWS = 8
"""Over time, camps are looked for in about so many windows, if there are as many units."""

PROOF = 100_000
"""Steps that a brief takes to prove camps best: about a second. ``melian polarisation`` takes more.
"""

_EPOCH = date(1970, 1, 1).toordinal()

DESIGN = Design(rows="actor", qualifier="sign", normalization="average")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, and how many of its statements count."""

    actor: str
    statements: int


@dataclass(frozen=True, eq=False)
class Debate:
    """What the statements of a case show together.

    Attributes:
        table: the statements.
        design: how they are counted, within the window that the brief looks at.
        voices: who speaks, those with most statements first.
        coalitions: who stands with whom.
        camps: the two camps that fit best, of the same actors; None where they are too few.
        by_chance: how polarised the same statements would be if nobody stood for anything.
        by_positions: how polarised if who takes which position on a concept were chance.
        trends: how it goes over time.
        course: the camps from window to window; None where it is too short.
        reversals: who turned round on what.
        agendas: what is spoken of, and how broadly.
        openings: what others could go on from.
    """

    table: Table
    design: Design
    voices: tuple[Voice, ...]
    coalitions: Coalitions
    camps: Camps | None = None
    by_chance: Chance | None = None
    by_positions: Chance | None = None
    trends: Trends | None = None
    course: Course | None = None
    reversals: Reversals | None = None
    agendas: Agendas | None = None
    openings: Openings | None = None

    @property
    def statements(self) -> int:
        """How many statements count."""
        return sum(voice.statements for voice in self.voices)

    def speaker(self, statement: str) -> str:
        """Give who makes a statement, by its id."""
        return self._speakers[statement]

    @cached_property
    def _speakers(self) -> dict[str, str]:
        actor = self.table.variable(self.design.rows)
        names = (str(actor.levels[code]) for code in actor.codes.tolist())
        return dict(zip(self.table.ids, names, strict=True))


def debate(case: Case, window: Span = EVER) -> Debate | None:
    """Run the engines on the statements of a case; None where it has none that count."""
    table = statements_of(case)
    start, until = _seconds(window)
    several = len(np.unique(table.documents)) >= FEW_DOCUMENTS
    duplicates: Scope = "document" if several else "include"  # one source tells of many days
    design = replace(DESIGN, start=start, until=until, duplicates=duplicates)
    voices = _voices(table, design)
    if not voices:
        return None
    by = _by(table)
    found = Debate(
        table,
        design,
        voices,
        coalitions(table, design, Search(least=_least(voices)), by),
        trends=_trends(case, table, design),
        reversals=reversals(table, design),
        agendas=agendas(table, design, by=by, most=MOST_AGENDAS),
        openings=openings(case, table, design),
    )
    return found if len(found.coalitions.basis) < FEWEST else _divided(found)


def _by(table: Table) -> Resampling:
    return Resampling(unit=drawn_of(table), times=DRAWS)


def drawn_of(table: Table) -> Unit:
    """Say what is drawn again: documents, where there are several that hold several statements."""
    count = len(np.unique(table.documents))
    return "documents" if FEW_DOCUMENTS <= count < len(table) else "statements"


def _seconds(window: Span) -> tuple[int | None, int | None]:
    """Give the first and the last second of a span; None where it is open."""
    begins, ends = window.begins, window.ends
    start, until = (None if d is None else (d.toordinal() - _EPOCH) * DAY for d in (begins, ends))
    return start, None if until is None else until + DAY - 1


def _voices(table: Table, design: Design) -> tuple[Voice, ...]:
    if not len(table):
        return ()
    counts, _ = counts_of(table, design)
    order = np.argsort(-counts.each, kind="stable").tolist()
    return tuple(Voice(str(counts.rows[place]), int(counts.each[place])) for place in order)


def _least(voices: tuple[Voice, ...]) -> int:
    """Give how many statements an actor needs for no more than can be read to be grouped."""
    if len(voices) <= MOST_ACTORS:
        return LEAST
    return max(LEAST, voices[MOST_ACTORS].statements + 1)


def _trends(case: Case, table: Table, design: Design) -> Trends:
    """Look at salience within the period of the case, and around its milestones."""
    start, until = seconds_of(case.period)
    known = table.seconds[table.seconds != UNDATED]
    days = int(np.ptp(known)) // DAY if len(known) else 0
    asked = Question(
        unit="weeks" if WEEKS[0] <= days <= WEEKS[1] else None,
        span=(
            start if design.start is None else design.start,
            until if design.until is None else design.until,
        ),
        top=MOST_SERIES,
        events=events_of(case),
        detection=Detection(draws=PERMUTATIONS),
    )
    return trends(table, design, asked)


def _divided(found: Debate) -> Debate:
    """Divide those who are grouped into two camps, in all and window by window."""
    wanted = Wanted(least=found.coalitions.search.least, disputed=DISPUTED, work=PROOF)
    whole = camps(found.table, found.design, wanted)
    time = found.trends.time if found.trends is not None else None
    enough = time is not None and len(time) >= WINDOWS
    return replace(
        found,
        camps=whole,
        by_chance=chance(found.table, whole, DRAWS, SEED),
        by_positions=chance(found.table, whole, DRAWS, SEED, positions=True),
        course=course(found.table, whole, _cut(time), _by(found.table))
        if time is not None and enough
        else None,
    )


def _cut(time: Timeline) -> Cut:
    """Cut time into windows that do not overlap, so that who changes sides has a date."""
    width = max(round(len(time) / WINDOWS), 1)
    return Cut(time.unit, width, width)
