"""How a debate goes over time: what is said more, and when; what rises or falls after an event."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from melian.problems import UsageError, did_you_mean
from melian.verbs.networks import DATABASE, STATEMENT_FILES
from melian.verbs.opening import locate, open_case
from melian.verbs.words import known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from melian.case.model import Case
    from melian.discourse.networks.building import Design
    from melian.discourse.statements.table import Table, Value
    from melian.discourse.trends.claims import Claim
    from melian.discourse.trends.milestones import Event
    from melian.discourse.trends.report import Question, Trends
    from melian.discourse.trends.subject import Subject

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked about time, in words as they are typed.

    Attributes:
        unit: days, weeks, months or years; "" to have one chosen.
        around: dates, or first and last days, of events; besides those of the case.
        days: so many on both sides of each; 0 for as many as there are.
        actor: whose statements.
        concepts: names, or patterns with * and ?, of what they are on; commas between.
        sign: + or -, or another level of the qualifier.
        everything: whether all concepts and actors are looked at.
        scale, gamma: of bursts.
        penalty: of changes.
        draws, seed: of the tests of changes.
    """

    unit: str = ""
    around: tuple[str, ...] = ()
    days: int = 0
    actor: str = ""
    concepts: str = ""
    sign: str = ""
    everything: bool = False
    scale: float = 2.0
    gamma: float = 1.0
    penalty: str = "bic"
    draws: int = 4_999
    seed: int = 1


def case_of(name: str) -> Case | None:
    """Give the case of that name; None where it names a table or a database of statements."""
    path = locate(name)
    if path.is_file() and path.suffix.lower() in {DATABASE, *STATEMENT_FILES}:
        return None
    return open_case(name).case


def trends(table: Table, design: Design, asked: Asked, case: Case | None = None) -> Trends:
    """Give how a debate goes over time.

    Args:
        table: the statements.
        design: which of them count, and what its actors, concepts and senses are called.
        asked: what is asked.
        case: that of the statements: its milestones and its period, and the ids that may stand for
            its actors and concepts.

    Raises:
        UsageError: a word is none that is known here.
        TooLarge: there is too much to look at.
    """
    from melian.discourse.trends.report import trends as found

    return found(table, design, _question(table, design, asked, case))


def _question(table: Table, design: Design, asked: Asked, case: Case | None) -> Question:
    from melian.discourse.networks.building import seconds_of
    from melian.discourse.statements.calendar import CALENDAR
    from melian.discourse.trends.changes import Detection
    from melian.discourse.trends.report import Question
    from melian.discourse.trends.salience import TOP
    from melian.discourse.trends.stretches import PENALTIES

    if not asked.scale > 1 or not asked.gamma >= 0:
        raise UsageError("A burst is more than usual: --scale is above 1; --gamma is not below 0.")
    start, until = (None, None) if case is None else seconds_of(case.period)
    return Question(
        unit=known("--unit", asked.unit, CALENDAR) if asked.unit else None,
        span=(
            start if design.start is None else design.start,
            until if design.until is None else design.until,
        ),
        subject=_subject(table, design, asked, case),
        top=None if asked.everything else TOP,
        events=tuple(_events(asked.around, case)),
        days=asked.days or None,
        scale=asked.scale,
        gamma=asked.gamma,
        detection=Detection(
            penalty=known("--penalty", asked.penalty, PENALTIES),
            draws=asked.draws,
            seed=asked.seed,
        ),
    )


def _events(around: Sequence[str], case: Case | None) -> Iterable[Event]:
    """Give the milestones of a case, and what was typed."""
    from melian.case.dates import parse_period
    from melian.discourse.trends.milestones import Event
    from melian.discourse.trends.of_case import events_of

    yield from events_of(case) if case is not None else ()
    for text in around:
        try:
            period = parse_period(text)
        except ValueError as error:
            raise UsageError(f"--around: {error}.") from error
        if period.start is None or period.until is None:
            raise UsageError(
                f'--around: "{text[:40]}" has no first or no last day. Write 2008-04-02/2008-04-04.'
            )
        ends = dict.fromkeys((period.start.in_words, period.until.in_words))
        first, last = period.start.first, period.until.last
        yield Event(text, " to ".join(ends), (first - _EPOCH).days, (last - _EPOCH).days)


def _subject(table: Table, design: Design, asked: Asked, case: Case | None) -> Subject | None:
    """Give what the words for actor, concepts and sign name; None where there are none."""
    from melian.discourse.trends.subject import Subject

    if not (asked.actor or asked.concepts or asked.sign):
        return None
    concepts = (
        _named(table, design.columns, asked.concepts, _concepts(case)) if (asked.concepts) else ()
    )
    actors = _named(table, design.rows, asked.actor, _actors(case)) if asked.actor else ("",)
    if len(actors) > 1:
        raise UsageError(f'--actor: "{asked.actor[:40]}" names several: {", ".join(actors[:5])}.')
    return Subject(
        actor=actors[0],
        concepts=concepts,
        sense=_sense(table, design, asked.sign) if asked.sign else None,
        name=asked.concepts if len(concepts) > 1 else "",
    )


def _named(table: Table, variable: str, text: str, ids: Mapping[str, str]) -> tuple[str, ...]:
    """Give the levels of a variable that patterns name, by themselves or by the id of a case."""
    levels = [str(level) for level in table.variable(variable).levels]
    whole = [text] if text in levels else [part.strip() for part in text.split(",") if part.strip()]
    known_ids = {name: to for name, to in ids.items() if to in levels}
    found: dict[str, None] = {}
    for pattern in whole:
        low = pattern.casefold()
        exact = [each for each in levels if each.casefold() == low]
        wild = [each for each in levels if fnmatchcase(each.casefold(), low)]
        named = [to for name, to in known_ids.items() if fnmatchcase(name.casefold(), low)]
        hits = exact or [*wild, *named]
        if not hits:
            raise UsageError(_unknown(variable, pattern, [*levels, *known_ids], ids))
        found |= dict.fromkeys(hits)
    return tuple(found)


def _unknown(variable: str, pattern: str, names: Sequence[str], ids: Mapping[str, str]) -> str:
    """Say that nothing is called so, and what to type instead."""
    some = ", ".join(name[:40] for name in names[:5]) or "none"
    hint = did_you_mean(pattern, names, f"There are, among others: {some}.")
    if pattern in ids:
        hint = "If it is a person, what it says counts for whom it speaks for; try --rows person."
    return f'No statement has "{pattern[:60]}" as its {variable}. {hint}'


def _actors(case: Case | None) -> dict[str, str]:
    return {} if case is None else {a.id: a.name or a.id for a in case.actors.values()}


def _concepts(case: Case | None) -> dict[str, str]:
    """Give the text of each concept that a case has a statement on, by its id and its label."""
    from melian.case.wording import concept_name

    found: dict[str, str] = {}
    for statement in case.statements if case is not None else ():
        atom = statement.claim.atom
        text = concept_name(case, atom) if case is not None else ""
        concept = case.concepts.get(atom.name) if case is not None else None
        found[str(atom)] = text
        if concept is not None and concept.label and not atom.args:
            found[concept.label] = text
    return found


def _sense(table: Table, design: Design, sign: str) -> Value:
    levels = table.variable(design.qualifier).levels
    words = {str(level): level for level in levels}
    if table.variable(design.qualifier).kind == "boolean":
        words = {"+": 1, "-": 0, **words}
    if sign not in words:
        raise UsageError(f'--sign does not know "{sign[:40]}". Known are: {", ".join(words)}.')
    return words[sign]


def trends_data(found: Trends) -> dict[str, Any]:
    """Give how a debate goes over time as data."""
    from melian.discourse.trends.form import trends_form

    return trends_form(found)


def trends_text(found: Trends, ending: str) -> str:
    """Give it as a file's ending asks: .csv or .svg, the counts of each unit, or .json, all."""
    if ending.lower() == ".svg":
        from melian.verbs.discourse_pictures import trend_picture

        return trend_picture(found)
    if ending.lower() == ".csv":
        from melian.discourse.trends.form import trends_csv

        return trends_csv(found)
    return json.dumps(trends_data(found), ensure_ascii=False) + "\n"


def claim_sentence(found: Trends, claim: Claim) -> str:
    """Give a claim as a sentence, or why it is not made."""
    from melian.discourse.trends.wording import refusal, sentence

    return sentence(claim, found.claims.comparisons) if claim.holds else refusal(claim)
