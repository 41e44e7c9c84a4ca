"""``melian polarisation``: two camps, how far they are apart, and who changes sides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted
from melian.cli.common import Json, print_data, print_table
from melian.cli.statements import (
    Columns,
    Drawn,
    Duplicates,
    Named,
    Qualifier,
    Rows,
    Seed,
    Since,
    Source,
    StatementType,
    Times,
    Until,
    end,
    read,
)
from melian.cli.telling import say
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.discourse.polarisation.camps import Member
    from melian.discourse.polarisation.form import Polarised
    from melian.discourse.polarisation.moving import Course, Journey, Moment
    from melian.discourse.polarisation.reversing import Reversal, Reversals

MOST_MEMBERS = 20
MOST_JOURNEYS = 25
MOST_REVERSALS = 15

Measure = Annotated[
    str,
    typer.Option(
        help="opposition: clash between camps less agreement between them; modularity: who stands "
        "nearer to whom than chance would have it."
    ),
]
Normalize = Annotated[str, typer.Option(help="average, cosine or none.")]
Least = Annotated[
    int, typer.Option(help="Only actors with so many statements are put into a camp.", min=1)
]
Disputed = Annotated[
    float,
    typer.Option(
        help="Only concepts on which this share of the statements goes against most: 0.2.",
        min=0,
        max=0.5,
    ),
]
Window = Annotated[
    int, typer.Option("--window", help="Camps in each window of so many units.", min=0)
]
WindowUnit = Annotated[str, typer.Option(help="days, weeks, months, years or statements.")]
Step = Annotated[int, typer.Option(help="So many units later each window begins.")]
WorkSteps = Annotated[
    int | None, typer.Option("--work", help="Steps that the proof may take.", min=0)
]
Compat = Annotated[str, typer.Option(help="dna-3.1.2: say what DNA makes of these camps, too.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write it into a file (.csv, .json).")
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        epilog="Example: melian polarisation debate.csv --rows organization --disputed 0.2 "
        "--window 6"
    )(polarisation)


def polarisation(
    source: Source,
    *,
    measure: Measure = "opposition",
    rows: Rows = "actor",
    columns: Columns = "concept",
    qualifier: Qualifier = "sign",
    normalize: Normalize = "average",
    duplicates: Duplicates = "document",
    least: Least = 2,
    disputed: Disputed = 0.0,
    since: Since = "",
    until: Until = "",
    names: Named = None,
    statement_type: StatementType = "",
    window: Window = 0,
    unit: WindowUnit = "weeks",
    step: Step = 1,
    resample: Drawn = "documents",
    draws: Times = 200,
    seed: Seed = 1,
    work: WorkSteps = None,
    compat: Compat = "",
    output: Output = None,
    json: Json = False,
) -> None:
    """Say how far a debate is divided into two camps, who is in which, and how firmly.

    The camps are the best of all divisions, and that is proved, or bounded. With --window, who
    stays with a camp through time, who changes sides, and who turned round on what.
    """
    if output is not None and output.suffix.lower() not in {".csv", ".json"}:
        raise UsageError(f'"{output.name}" ends in neither .csv nor .json.')
    if compat not in {"", "dna-3.1.2"}:
        raise UsageError(f'--compat does not know "{compat[:40]}". Known is: dna-3.1.2.')
    design = verbs.designed(
        "subtract",
        rows=rows,
        columns=columns,
        qualifier=qualifier,
        aggregation="subtract",
        normalization=normalize,
        duplicates=duplicates,
        isolates=False,
        within=verbs.period("", since, until),
        compat="",
    )
    asked = verbs.PolarisationAsked(
        measure=measure,
        least=least,
        disputed=disputed,
        work=work,
        resample=resample,
        draws=draws,
        seed=seed,
        window=window,
        unit=unit,
        step=step,
        as_dna=bool(compat),
    )
    statements = read(source, names, statement_type)
    found = verbs.polarisation(statements.table, design, asked)
    if output is not None:
        verbs.write_text(verbs.polarisation_text(found, output.suffix), output)
        typer.echo(f"wrote {output}", err=True)
    elif json:
        print_data(verbs.polarisation_data(found))
    else:
        _print(found)
    end(statements)


def _print(found: Polarised) -> None:
    from melian.discourse.polarisation import wording

    for text in wording.sentences(found):
        say(text)
    if not found.camps.undivided:
        _print_camps(found)
    if found.misfit is not None:
        say(wording.misfit_words(found.misfit))
    if found.course is not None:
        _print_course(found.course)
        _print_reversals(found.reversals)


def _print_camps(found: Polarised) -> None:
    """Print who is in which camp, those with most statements first."""
    from melian.discourse.polarisation.wording import figure

    head = [found.camps.design.rows, "statements", "fit", "firmness", "in draws"]
    for camp in ("A", "B"):
        members = found.camps.of(camp)
        rows = []
        for each in members[:MOST_MEMBERS]:
            share = found.drawn(each)
            drawn = "" if share is None else f"{100 * share:.0f} %"
            figures = (f"{each.statements:,}", _fit(found, each), figure(each.firmness), drawn)
            rows.append((str(each.actor), *figures))
        if rows:
            print_table(f"Camp {camp}: {counted(len(members), 'actor')}", head, rows)
        else:
            say(f"Nobody is in camp {camp}.")
        if len(members) > MOST_MEMBERS:
            say(f"and {counted(len(members) - MOST_MEMBERS, 'more actor')}.")
    say(
        "fit: how much of what ties an actor to others fits its camp (?: not clearly); firmness: "
        "by how much polarisation falls if it changes sides; in draws: how often it is in its camp."
    )


def _fit(found: Polarised, member: Member) -> str:
    """Give the share of an actor's ties that fit; of modularity, by how much they do."""
    plain = found.camps.wanted.measure == "opposition"
    shown = f"{50 * (1 + member.fit):.0f} %" if plain else f"{member.fit:.2f}"
    return shown if member.firm else f"{shown} ?"


def _print_course(course: Course) -> None:
    """Print how polarised each window is, who changes sides, and who is loyal."""
    from melian.discourse.polarisation.wording import course_words, cut_words

    say("")
    say(cut_words(course.cut))
    head = ("from", "statements", "actors", "polarised", "draws", "chance", "camps")
    print_table("", head, [_window(each) for each in course.moments])
    for text in course_words(course):
        say(text)
    shown = sorted(_followed(course), key=lambda each: (each.loyalty or 0, str(each.actor)))
    rows = [
        (str(each.actor), _letters(course, each), f"{each.loyalty:.2f}")
        for each in shown[:MOST_JOURNEYS]
    ]
    if rows:
        print_table("", ("actor", "camp by window", "loyalty"), rows)
        left = len(shown) - len(rows)
        more = f" {counted(left, 'more actor')} are not shown." if left else ""
        say(
            "A point is a window in which an actor is absent, or clearly on neither side; a dash "
            f"one that has not two camps, or is too thin.{more}"
        )


def _followed(course: Course) -> Sequence[Journey]:
    return [each for each in course.journeys if each.loyalty is not None]


def _letters(course: Course, journey: Journey) -> str:
    """Give the camp of an actor by window, a letter each."""
    return "".join(
        camp or ("." if moment.two_camps else "-")
        for camp, moment in zip(journey.camps, course.moments, strict=True)
    )


def _window(moment: Moment) -> tuple[str, ...]:
    from melian.discourse.polarisation.wording import figure, within

    head = (str(moment.first), f"{moment.statements:,}", f"{moment.actors:,}")
    camps = moment.camps
    if camps is None:
        return (*head, "too thin", "", "", "")
    most = "" if camps.exact else f" to {figure(camps.bound)}"
    drawn = "" if moment.certainty is None else within(moment.certainty.same)
    dealt = "" if moment.chance is None else figure(moment.chance.mean)
    two = "two" if moment.two_camps else "none"
    return (*head, f"{figure(camps.polarisation)}{most}", drawn, dealt, two)


def _print_reversals(reversals: Reversals) -> None:
    """Print who turned round on what."""
    rows = [
        (
            str(each.actor),
            str(each.concept),
            "for, then against" if each.denies else "against, then for",
            f"{each.until} / {each.since}",
            _cited(each),
        )
        for each in reversals.found[:MOST_REVERSALS]
    ]
    if rows:
        print_table("", ("actor", "turned round on", "how", "until / since", "statements"), rows)
    others = sum(each.other_voices for each in reversals.found)
    if others:
        say(
            f"In {others} of them nobody is heard on both sides: two voices that differ, which "
            "need not be a turn."
        )
    left = len(reversals.found) - len(rows)
    if left:
        say(f"{counted(left, 'more reversal')} are not shown.")
    if reversals.torn:
        some = counted(reversals.torn, "case")
        say(f"In {some} an actor says now this, now that of a concept, with no clear turn.")


def _cited(reversal: Reversal) -> str:
    """Give the last statements of the one and the first of the other, and who made them."""
    before, after = reversal.before[-2:], reversal.after[:2]
    last = _by(reversal, reversal.voices_before[-2:])
    first = _by(reversal, reversal.voices_after[:2])
    return f"{', '.join(before)}{last} / {', '.join(after)}{first}"


def _by(reversal: Reversal, voices: tuple[str, ...]) -> str:
    """Say who spoke, unless it was the actor itself."""
    those = ", ".join(each for each in voices if each != str(reversal.actor))
    return f" ({those})" if those else ""
