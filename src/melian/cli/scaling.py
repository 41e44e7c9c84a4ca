"""The command that says where actors stand, from left to right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted, series
from melian.cli.common import Json, console, print_data, print_table
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
    endings,
    read,
)
from melian.cli.telling import say
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.discourse.resampling import Interval
    from melian.discourse.scaling.of_answers import AnswerScale, Question
    from melian.discourse.scaling.of_profiles import Mark, ProfileScale
    from melian.discourse.scaling.positions import Position

STRIP = 33
NARROWEST = 15
"""A strip of fewer letters says nothing, and is left out."""
ENDS = 5
UNSTEADY = 0.7
"""Below this correlation, the dimension of a draw is called another one."""

Method = Annotated[str, typer.Option(help="correspondence, item-response or both.")]
Dimensions = Annotated[int, typer.Option(help="1 or 2, of correspondence analysis.")]
Least = Annotated[
    int, typer.Option(help="So many statements an actor needs, about what others speak of.", min=1)
]
Left = Annotated[str, typer.Option(help="The actor who says which side is left.")]
Right = Annotated[str, typer.Option(help="The actor who says which side is right.")]
Threshold = Annotated[
    float,
    typer.Option(help="Of item response: up to this share to the contrary, it is an answer."),
]
Sweeps = Annotated[int, typer.Option(help="Of item response: how long the chains are.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="Write them into a file (.csv, .json), or draw them (.svg)."
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: melian scaling debate.csv --left Greens --right Liberals")(scaling)


def scaling(
    source: Source,
    *,
    method: Method = "correspondence",
    dimensions: Dimensions = 1,
    least: Least = 10,
    left: Left = "",
    right: Right = "",
    threshold: Threshold = 0.25,
    sweeps: Sweeps = 20_000,
    rows: Rows = "actor",
    columns: Columns = "concept",
    qualifier: Qualifier = "sign",
    duplicates: Duplicates = "document",
    since: Since = "",
    until: Until = "",
    names: Named = None,
    statement_type: StatementType = "",
    resample: Drawn = "documents",
    draws: Times = 1000,
    seed: Seed = 1,
    output: Output = None,
    json: Json = False,
) -> None:
    """Say where actors stand, from left to right, and how sure that is.

    correspondence: by what they say, in which sense, and how often;
    item-response:  by which concepts they affirm and which they deny, whatever else they say.
    """
    way = verbs.scaling_method(method)
    if way != "correspondence" and dimensions != 1:
        raise UsageError("Item response has one dimension; for two, --method correspondence.")
    endings(output, ".csv", ".json", ".svg")
    by = verbs.drawing_again(resample, draws, seed)
    design = verbs.designed(
        "two-mode",
        rows=rows,
        columns=columns,
        qualifier=qualifier,
        duplicates=duplicates,
        within=verbs.period("", since, until),
    )
    statements = read(source, names, statement_type)
    table, ends = statements.table, (left, right)
    answers = profiles = None
    if way != "correspondence":
        answers = verbs.answer_scale(
            table,
            design,
            least=least,
            threshold=threshold,
            ends=ends,
            sweeps=sweeps,
            seed=seed,
        )
    if way != "item-response":
        if answers is not None and not any(ends):
            ends = verbs.ends_of(table, design, least, answers)
        profiles = verbs.profile_scale(
            table, design, dimensions=dimensions, least=least, ends=ends, by=by
        )
    if output is not None:
        verbs.write_text(verbs.scale_text(profiles, answers, output.suffix), output)
        typer.echo(f"wrote {output}", err=True)
    elif json:
        print_data(verbs.scale_data(profiles, answers))
    else:
        _print(profiles, answers)
    end(statements)


def _print(profiles: ProfileScale | None, answers: AnswerScale | None) -> None:
    if profiles is not None:
        _print_profiles(profiles)
    if answers is not None:
        _print_answers(answers)
    if profiles is not None and answers is not None and answers.ranks:
        rho, actors = verbs.scale_agreement(profiles, answers)
        if actors >= 3:
            say(
                f"Both methods rank {counted(actors, 'actor')} with a correlation of {rho:.2f} "
                "(Spearman's rho)."
            )


def _print_profiles(scale: ProfileScale) -> None:
    """Print positions by correspondence analysis, what is at both ends, and how sure it is."""
    shown = [each for each in scale.positions if each.spans]
    two = len(shown[0].coordinates) == 2
    _print_positions("Positions by correspondence analysis", shown, two=two)
    _print_marks(scale.marks)
    _print_ends(scale)
    share = f"{scale.shares[0]:.0%}"
    if two:
        share = f"{share}, the second {scale.shares[1]:.0%},"
    say(f"The first dimension holds {share} of the inertia: of what tells actors' profiles apart.")
    _print_sureness(scale)
    rest = len(scale.positions) - len(shown)
    if rest:
        say(
            f"{counted(rest, 'actor')} with fewer than {scale.least} statements on what others "
            "speak of, too, can be placed among them, though not surely; see --json."
        )


def _print_sureness(scale: ProfileScale) -> None:
    by = scale.resampling
    if by is None or scale.stability is None or scale.told_apart is None:
        say("No intervals were drawn (--draws 0), so it is not said how sure the order is.")
        return
    low, median = scale.stability
    say(
        f"Intervals hold {by.level:.0%} of {by.times:,} draws of {by.unit} (seed {by.seed}), put "
        f"on this dimension. {scale.told_apart:.0%} of all pairs of actors stand in the same order "
        f"in at least {(1 + by.level) / 2:.1%} of the draws."
    )
    if low < UNSTEADY:
        say(
            "The dimension itself is not sure: analysed anew, one draw in 20 has a first dimension "
            f"that correlates with this one at {low:.2f} or less (median {median:.2f})."
        )
    else:
        say(
            "Analysed anew, the draws have a first dimension that correlates with this one at "
            f"{median:.2f} (median; 19 of 20 at more than {low:.2f})."
        )


def _print_answers(scale: AnswerScale) -> None:
    """Print positions by item response, if the chains have converged."""
    checked = (
        f"R-hat is {scale.r_hat:.3f} at most, and the smallest effective sample "
        f"{scale.effective_size:,.0f} draws"
    )
    chains = scale.chains
    if not scale.converged:
        say(
            f"The {chains.number} chains have not come to the same answer ({checked}; at most 1.05 "
            "and at least 400 are wanted), so no positions are given. Let them run longer: "
            f"--sweeps {max(4 * chains.sweeps, 20_000)}."
        )
        return
    if not scale.ranks:
        say(verbs.no_dimension(scale))
        return
    _print_positions("Positions by item response", scale.positions, two=False)
    _print_questions(scale.questions)
    _print_ends(scale)
    say(
        f"From {counted(scale.answers, 'answer')} to {counted(len(scale.questions), 'concept')} "
        "that some affirm and others deny; silence is no answer. Positions have mean 0 and "
        "standard deviation 1; intervals are the shortest that hold "
        f"{scale.level:.0%} of the posterior. It is sure of the order of {scale.told_apart:.0%} of "
        "all pairs of actors."
    )
    found = scale.dimension
    say(
        f"Reliability: {found.reliability:.2f} of the variance of positions is known. The first "
        f"dimension holds {found.share:.0%} of what answers differ in; if they had nothing in "
        f"common, it would hold {found.expected:.0%} (p {found.p:.2g}, {found.deals} deals)."
    )
    say(f"{chains.number} chains of {chains.sweeps:,} sweeps (seed {chains.seed}): {checked}.")


def _print_positions(title: str, positions: Sequence[Position], *, two: bool) -> None:
    """Print a line for each actor, from left to right, with its interval as a strip."""
    spans = [span for each in positions for span in each.intervals[:1] if span is not None]
    values = [each.value for each in positions]
    edges = [*values, *(edge for span in spans for edge in (span.low, span.high))]
    room = console().width - max(len(each.actor) for each in positions) - 50
    width = 0 if two or room < NARROWEST else min(room, STRIP)
    rows = [
        (
            each.actor,
            _number(each.value),
            _between(each.intervals[0]),
            *((_number(each.coordinates[1]), _between(each.intervals[1])) if two else ()),
            f"{each.statements:,}",
            *((_strip(each, min(edges), max(edges), width),) if width else ()),
        )
        for each in positions
    ]
    head = ["actor", "position", "interval", *(("second", "interval") if two else ()), "statements"]
    print_table(title, [*head, *([""] if width else [])], rows)


def _number(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}"  # no zero below zero


def _between(span: Interval | None) -> str:
    return "" if span is None else f"{_number(span.low)} to {_number(span.high)}"


def _strip(each: Position, low: float, high: float, width: int) -> str:
    """Draw a position and its interval as a line of text."""

    def place(value: float) -> int:
        return round((value - low) / ((high - low) or 1) * (width - 1))

    cells = [" "] * width
    span = each.intervals[0]
    if span is not None:
        for cell in range(place(span.low), place(span.high) + 1):
            cells[cell] = "-"
    cells[place(each.value)] = "o"
    return "".join(cells)


def _print_marks(marks: Sequence[Mark]) -> None:
    """Print what contributes most to the first dimension, on either side of it."""
    rows = []
    for side, sign in (("left", -1), ("right", 1)):
        there = [mark for mark in marks if mark.coordinates[0] * sign > 0]
        there.sort(key=lambda mark: -mark.contributions[0])
        for mark in there[:ENDS]:
            share = f"{mark.contributions[0]:.0%}"
            rows.append((side, mark.concept, _sense(mark.sense), share, str(mark.statements)))
    print_table(
        "What is said on either side", ("side", "concept", "sense", "carries", "statements"), rows
    )


def _sense(level: object) -> str:
    return {0: "against", 1: "for"}.get(level, str(level)) if isinstance(level, int) else str(level)


def _print_questions(questions: Sequence[Question]) -> None:
    """Print which concepts tell actors apart, those affirmed on the left first."""
    order = sorted(questions, key=lambda each: -abs(each.discrimination))
    sure = [each for each in order if 0 not in each.discrimination_interval]
    rows = []
    for side, sign in (("left", -1), ("right", 1)):
        rows += [
            (
                side,
                each.concept,
                f"{each.discrimination:.1f}",
                f"{each.difficulty:.1f}",
                f"{each.yes} for, {each.no} against",
            )
            for each in [each for each in sure if each.discrimination * sign > 0][:ENDS]
        ]
    head = ("affirmed on the", "concept", "discrimination", "difficulty", "actors")
    print_table("What carries the dimension", head, rows)
    left = len(questions) - len(sure)
    if left:
        say(f"Of {counted(left, 'concept')} it is not sure on which side they are affirmed.")


def _print_ends(scale: ProfileScale | AnswerScale) -> None:
    ends = scale.poles
    chosen = "" if ends.named else ", the two that differ most; --left and --right name others"
    say(f"Left is the side of {ends.left}, right that of {ends.right}{chosen}.")
    if scale.apart:
        say(f"Not scaled, as they share nothing with the others: {series(list(scale.apart))}.")
