"""How polarised a debate is: its two camps, how sure they are, and who changes sides."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from melian.problems import TooLarge, UsageError
from melian.verbs.words import known

if TYPE_CHECKING:
    from melian.discourse.networks.building import Design
    from melian.discourse.polarisation.camps import Camps, Wanted
    from melian.discourse.polarisation.certainty import Certainty
    from melian.discourse.polarisation.form import Misfit, Polarised
    from melian.discourse.polarisation.moving import Cut
    from melian.discourse.resampling import Resampling
    from melian.discourse.statements.table import Table

MOST_WINDOW_DRAWS = 50
"""Each window is drawn again so often, at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a debate, in words and numbers as they are typed.

    Attributes:
        measure: opposition or modularity.
        least: so many statements an actor needs.
        disputed: the share of the statements on a concept that has to go against most.
        work: steps of the proof; as many as usual, if none are given.
        resample: what is drawn again.
        draws: how often; 0 for not at all.
        seed: of all that is random.
        window: how many units each window has; 0 for none.
        unit: of windows.
        step: how many units later the next begins.
        as_dna: whether to say what DNA makes of it, too.
    """

    measure: str = "opposition"
    least: int = 2
    disputed: float = 0.0
    work: int | None = None
    resample: str = "documents"
    draws: int = 200
    seed: int = 1
    window: int = 0
    unit: str = "weeks"
    step: int = 1
    as_dna: bool = False


def polarisation(table: Table, design: Design, asked: Asked) -> Polarised:
    """Divide a debate into its two camps.

    Args:
        table: the statements.
        design: who is tied by what.
        asked: what is asked.

    Raises:
        UsageError: a word is none that is known here, or a variable has no two senses.
        TooLarge: the network would not fit.
    """
    from melian.discourse.networks.windows import UNITS as WINDOWS
    from melian.discourse.polarisation import moving, reversing
    from melian.discourse.polarisation.camps import camps
    from melian.discourse.polarisation.certainty import chance
    from melian.discourse.polarisation.form import Polarised
    from melian.discourse.polarisation.issues import issues
    from melian.discourse.polarisation.standing import OFTEN
    from melian.discourse.resampling import UNITS, Resampling

    by = Resampling(
        unit=known("--resample", asked.resample, UNITS), times=asked.draws, seed=asked.seed
    )
    cut = moving.Cut(known("--unit", asked.unit, WINDOWS), asked.window, asked.step)
    found = camps(table, design, _wanted(asked))
    drawing = asked.draws > 0 and not found.undivided
    sure, undrawn = _certainty(table, found, by) if drawing else (None, "")
    dealt = chance(table, found, by.times, by.seed) if drawing else None
    few = replace(by, times=min(by.times, MOST_WINDOW_DRAWS))
    return Polarised(
        camps=found,
        issues=() if found.undivided else issues(table, found),
        certainty=sure,
        undrawn=undrawn,
        chance=dealt,
        course=moving.course(table, found, cut, few if asked.draws else None)
        if asked.window
        else None,
        reversals=reversing.reversals(table, found.design),
        misfit=_misfit(table, found, cut) if asked.as_dna else None,
        positions=chance(table, found, by.times, by.seed, positions=True)
        if dealt is not None and dealt.above <= OFTEN
        else None,
    )


def _wanted(asked: Asked) -> Wanted:
    from melian.discourse.polarisation.camps import Wanted
    from melian.discourse.polarisation.dividing import WORK
    from melian.discourse.polarisation.measuring import MEASURES

    return Wanted(
        measure=known("--measure", asked.measure, MEASURES),
        least=asked.least,
        disputed=asked.disputed,
        work=WORK if asked.work is None else asked.work,
        seed=asked.seed,
    )


def _certainty(table: Table, found: Camps, by: Resampling) -> tuple[Certainty | None, str]:
    """Draw again, or say why that cannot be done."""
    from melian.discourse.polarisation.certainty import certainty

    try:
        return certainty(table, found, by), ""
    except UsageError as error:
        return None, str(error)


def _misfit(table: Table, found: Camps, cut: Cut) -> Misfit:
    """Say what DNA's objective makes of camps, and of its own windows."""
    from melian.discourse.dna.misfit import extremes, misfit, over_time
    from melian.discourse.polarisation.form import Misfit
    from melian.discourse.ties import ties

    tied = ties(table, replace(found.design, normalization="average"), everyone=True)
    tied = tied.among(found.places)
    own = misfit(tied.agreement, tied.clash, (found.sides < 0).astype(found.places.dtype))
    windows = (
        over_time(table, found.design, cut.unit, cut.width)
        if cut.width and cut.unit != "statements"
        else ()
    )
    try:
        return Misfit(own, extremes(tied), windows)
    except TooLarge:
        return Misfit(own, None, windows)


def polarisation_data(found: Polarised) -> dict[str, Any]:
    """Give all as data."""
    from melian.discourse.polarisation.form import polarised_form

    return polarised_form(found)


def polarisation_text(table: Table, found: Polarised, ending: str) -> str:
    """Give it as a file's ending asks: .csv, an actor a line; .json, all; .svg, a picture."""
    if ending.lower() == ".svg":
        from melian.verbs.discourse_pictures import camp_picture

        return camp_picture(table, found)
    if ending.lower() == ".csv":
        from melian.discourse.polarisation.form import polarised_csv

        return polarised_csv(found)
    return json.dumps(polarisation_data(found), ensure_ascii=False) + "\n"
