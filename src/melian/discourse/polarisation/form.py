"""Camps as plain data: what ``melian polarisation --json`` prints, and as a CSV table."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from melian.case.csv_text import guarded

if TYPE_CHECKING:
    from melian.discourse.dna.misfit import Around, Extremes
    from melian.discourse.polarisation.camps import Camps, Member
    from melian.discourse.polarisation.certainty import Certainty, Chance
    from melian.discourse.polarisation.issues import Issue
    from melian.discourse.polarisation.moving import Course, Journey, Moment, Switch
    from melian.discourse.polarisation.reversing import Reversal, Reversals
    from melian.discourse.resampling import Interval


@dataclass(frozen=True, slots=True)
class Misfit:
    """What DNA's objective makes of camps.

    Attributes:
        camps: q of the camps.
        extremes: the least and most of all balanced divisions; none, if there are too many.
        windows: the same of each of its windows, if any were asked for.
    """

    camps: float
    extremes: Extremes | None
    windows: tuple[Around, ...] = ()


@dataclass(frozen=True, slots=True)
class Polarised:
    """All that is said of a debate.

    Attributes:
        camps: its camps.
        issues: the concepts on which they differ, what adds most to polarisation first.
        certainty: what draws give; none, if nothing was drawn.
        undrawn: why nothing could be drawn, though it was asked for.
        chance: what chance would give; none, if it was not asked for.
        positions: what chance would give if whole positions were dealt out; none, if that of single
            statements gives as much already.
        course: camps through time; none, if it was not asked for.
        reversals: who turned round on what.
        misfit: what DNA makes of it; none, if it was not asked for.
    """

    camps: Camps
    issues: tuple[Issue, ...]
    certainty: Certainty | None
    undrawn: str
    chance: Chance | None
    course: Course | None
    reversals: Reversals
    misfit: Misfit | None
    positions: Chance | None = None

    def drawn(self, member: Member) -> float | None:
        """Give in which share of the draws an actor is in its camp; none, where none has it."""
        if self.certainty is None:
            return None
        share = self.certainty.kept[self.camps.actors.index(member.actor)]
        return share if share == share else None  # noqa: PLR0124 - not a number


def polarised_form(found: Polarised) -> dict[str, Any]:
    """Give all as data: numbers, names, and how they were made."""
    camps = found.camps
    return {
        **_figures(camps),
        "camps": {camp: [each.actor for each in camps.of(camp)] for camp in ("A", "B")},
        "issues": [_issue(each) for each in found.issues],
        "firmness": [_member(found, each) for each in camps.members],
        "interval": None if found.certainty is None else _certainty(found.certainty),
        "chance": None if found.chance is None else _chance(found.chance),
        "chance_of_positions": None if found.positions is None else _chance(found.positions),
        "windows": [] if found.course is None else [_moment(m) for m in found.course.moments],
        "switches": [] if found.course is None else [_switch(s) for s in found.course.switches],
        "loyalty": [] if found.course is None else [_journey(j) for j in found.course.journeys],
        "reversals": [_reversal(each) for each in found.reversals.found],
        "torn": found.reversals.torn,
        **({"dna": _misfit(found.misfit)} if found.misfit is not None else {}),
        **_made(found),
    }


def polarised_csv(found: Polarised) -> str:
    """Give the actors as comma-separated values, one a line."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    head = ["actor", "camp", "part", "statements", "firmness", "fit", "firm", "draws"]
    lines.writerow(head)
    for each in found.camps.members:
        row = _member(found, each)
        lines.writerow([guarded(str(row["actor"])), *(row[name] for name in head[1:])])
    return out.getvalue()


def _figures(camps: Camps) -> dict[str, Any]:
    return {
        "polarisation": camps.polarisation,
        "bound": camps.bound,
        "exact": camps.exact,
        "precision": camps.precision,
        "measure": camps.wanted.measure,
        "clash": camps.clash,
        "statements": camps.statements,
        "pairs": camps.pairs,
        "parts": camps.parts,
        "optima": camps.optima,
        "free": [each.actor for each in camps.free],
        "left_out": camps.left_out,
        "agreed": list(camps.agreed),
    }


def _made(found: Polarised) -> dict[str, Any]:
    """Say how it was made."""
    design, wanted, course = found.camps.design, found.camps.wanted, found.course
    cut = None if course is None else course.cut
    return {
        "variables": {
            "rows": design.rows,
            "columns": design.columns,
            "qualifier": design.qualifier,
        },
        "normalization": design.normalization,
        "duplicates": design.duplicates,
        "least": wanted.least,
        "disputed": wanted.disputed,
        "seed": wanted.seed,
        "work": found.camps.steps,
        "window": None if cut is None else {"unit": cut.unit, "width": cut.width, "step": cut.step},
        "outside_windows": 0 if course is None else course.outside,
    }


def _member(found: Polarised, each: Member) -> dict[str, Any]:
    return {
        "actor": each.actor,
        "camp": each.camp,
        "part": each.part,
        "statements": each.statements,
        "firmness": each.firmness,
        "fit": each.fit,
        "firm": each.firm,
        "draws": found.drawn(each),
    }


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "concept": issue.concept,
        "adds": issue.adds,
        **{
            camp: {
                "actors_for": voices.affirm,
                "actors_against": voices.deny,
                "statements_for": list(voices.affirming),
                "statements_against": list(voices.denying),
            }
            for camp, voices in (("A", issue.a), ("B", issue.b))
        },
    }


def _within(interval: Interval) -> list[float]:
    return [interval.low, interval.high]


def _certainty(sure: Certainty) -> dict[str, Any]:
    return {
        "unit": sure.by.unit,
        "draws": sure.by.times,
        "level": sure.by.level,
        "same_camps": _within(sure.same),
        "best_camps": _within(sure.best),
        "mean_of_best": sure.mean,
        "proved": sure.exact,
    }


def _chance(chance: Chance) -> dict[str, Any]:
    return {
        "mean": chance.mean,
        "within": _within(chance.within),
        "as_high": chance.above,
        "deals": chance.times,
        "proved": chance.exact,
    }


def _moment(moment: Moment) -> dict[str, Any]:
    camps = moment.camps
    return {
        "first": str(moment.first),
        "last": str(moment.last),
        "statements": moment.statements,
        "actors": moment.actors,
        "thin": moment.thin,
        "two_camps": None if camps is None else moment.two_camps,
        "united": moment.united,
        "polarisation": None if camps is None else camps.polarisation,
        "bound": None if camps is None else camps.bound,
        "exact": None if camps is None else camps.exact,
        "interval": None if moment.certainty is None else _certainty(moment.certainty),
        "chance": None if moment.chance is None else _chance(moment.chance),
        "carried": moment.carried,
        "stands": [
            {
                "actor": each.actor,
                "camp": each.camp,
                "statements": each.statements,
                "fit": each.fit,
                "draws": each.kept,
            }
            for each in moment.stands
        ],
    }


def _switch(switch: Switch) -> dict[str, Any]:
    return {
        "actor": switch.actor,
        "before": switch.before,
        "after": switch.after,
        "left": [str(day) for day in switch.left],
        "joined": [str(day) for day in switch.joined],
        "between": [str(day) for day in switch.between],
        "overlap": switch.overlap,
    }


def _journey(journey: Journey) -> dict[str, Any]:
    return {
        "actor": journey.actor,
        "camps": list(journey.camps),
        "main": journey.main,
        "loyalty": journey.loyalty,
    }


def _reversal(reversal: Reversal) -> dict[str, Any]:
    return {
        "actor": reversal.actor,
        "concept": reversal.concept,
        "denies": reversal.denies,
        "until": str(reversal.until),
        "since": str(reversal.since),
        "before": list(reversal.before),
        "after": list(reversal.after),
        "voices_before": list(reversal.voices_before),
        "voices_after": list(reversal.voices_after),
        "other_voices": reversal.other_voices,
    }


def _misfit(misfit: Misfit) -> dict[str, Any]:
    windows = [
        {
            "first": str(each.first),
            "middle": str(each.middle),
            "last": str(each.last),
            "actors": each.actors,
            **_extremes(each.extremes),
        }
        for each in misfit.windows
    ]
    return {"q": misfit.camps, **_extremes(misfit.extremes), "windows": windows}


def _extremes(ends: Extremes | None) -> dict[str, Any]:
    return {
        "least": None if ends is None else ends.least,
        "most": None if ends is None else ends.most,
        "divisions": None if ends is None else ends.divisions,
        "most_cluster": None if ends is None else list(ends.worst),
    }
