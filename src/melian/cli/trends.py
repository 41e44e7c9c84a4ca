"""Commands about time: what is said more and when, and what rises or falls after an event."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted
from melian.cli.common import Json, console, print_data, print_table
from melian.cli.statements import (
    MOST_DRAWS,
    Columns,
    Duplicates,
    Named,
    Qualifier,
    Rows,
    Seed,
    Since,
    Source,
    StatementType,
    Until,
    end,
    endings,
    read,
)
from melian.cli.telling import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.discourse.trends.report import Trends
    from melian.discourse.trends.subject import Subject

MOST_BURSTS = 12
MOST_CHANGES = 12
MOST_CLAIMS = 20
MOST_REFUSED = 8
WIDEST = 60
"""So many characters has a row of bars, at most; each may stand for several units."""

_BESIDES = 56  # characters that the other columns take

_BARS = "▁▂▃▄▅▆▇█"
_NONE = "·"

Unit = Annotated[
    str, typer.Option(help="days, weeks, months or years; chosen from the span, when left out.")
]
Around = Annotated[
    list[str] | None,
    typer.Option(
        help="Ask what rises or falls after a date, or 2008-04-02/2008-04-04, besides milestones."
    ),
]
Span = Annotated[
    int, typer.Option(help="So many days before and after; as many as there are, when 0.", min=0)
]
Actor = Annotated[str, typer.Option(help="Only what that actor says.")]
Concepts = Annotated[
    str, typer.Option(help="Only what is said on these, as one: names or patterns, commas between.")
]
Sign = Annotated[str, typer.Option(help="Only what is said for (+) or against (-).")]
All = Annotated[bool, typer.Option("--all", help="Look at all concepts and actors, and show all.")]
Scale = Annotated[float, typer.Option(help="How many times its share something has in a burst.")]
Gamma = Annotated[float, typer.Option(help="How hard it is to enter a burst.")]
Penalty = Annotated[str, typer.Option(help="Of a change: bic or mbic.")]
Draws = Annotated[
    int,
    typer.Option(help="Random orders to test a change against.", min=1, max=MOST_DRAWS),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write it into a file (.csv, .json), or draw it (.svg)."),
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        epilog="Example: melian trends nato-russia-2008 --actor russia "
        "--concepts 'should-join*' --sign -"
    )(trends)


def trends(
    source: Source,
    *,
    unit: Unit = "",
    around: Around = None,
    span: Span = 0,
    actor: Actor = "",
    concepts: Concepts = "",
    sign: Sign = "",
    everything: All = False,
    scale: Scale = 2.0,
    gamma: Gamma = 1.0,
    penalty: Penalty = "bic",
    rows: Rows = "actor",
    columns: Columns = "concept",
    qualifier: Qualifier = "sign",
    duplicates: Duplicates = "include",
    since: Since = "",
    until: Until = "",
    names: Named = None,
    statement_type: StatementType = "",
    draws: Draws = 4_999,
    seed: Seed = 1,
    output: Output = None,
    json: Json = False,
) -> None:
    """Say how a debate goes: what is spoken of when, bursts, changes, and what follows an event.

    Whether something rises or falls after a milestone of the case, or a date, is said only where
    it holds; elsewhere, why it is not said.
    """
    endings(output, ".csv", ".json", ".svg")
    design = verbs.designed(
        "congruence",
        rows=rows,
        columns=columns,
        qualifier=qualifier,
        duplicates=duplicates,
        within=verbs.period("", since, until),
    )
    asked = verbs.Asked(
        unit=unit,
        around=tuple(around or ()),
        days=span,
        actor=actor,
        concepts=concepts,
        sign=sign,
        everything=everything,
        scale=scale,
        gamma=gamma,
        penalty=penalty,
        draws=draws,
        seed=seed,
    )
    statements = read(source, names, statement_type)
    found = verbs.trends(statements.table, design, asked, verbs.case_of(source))
    if output is not None:
        verbs.write_text(verbs.trends_text(found, output.suffix), output)
        typer.echo(f"wrote {output}", err=True)
    elif json:
        print_data(verbs.trends_data(found))
    else:
        _print(found, everything=everything)
    end(statements)


def _print(found: Trends, *, everything: bool) -> None:
    """Print what is said when, bursts, changes, and what is claimed and refused."""
    _print_salience(found)
    if len(found.time) > 1:
        _print_bursts(found, None if everything else MOST_BURSTS)
        _print_changes(found, None if everything else MOST_CHANGES)
    _print_claims(found, everything=everything)


def _print_salience(found: Trends) -> None:
    time = found.time
    left = time.left_out.told
    if not len(time):
        say(f"No statement is dated to one of the {time.unit}. {left}".strip())
        return
    some, unit = counted(len(time.rows), "statement"), time.unit.removesuffix("s")
    say(f"{some} by {unit}, {time.firsts[0]} to {time.last_of(len(time) - 1)}. {left}")
    width = max(12, min(WIDEST, console().width - _BESIDES))
    head = f"each bar {counted(-(-len(time) // width), unit)}"
    totals = ("all statements", f"{len(time.rows):,}", "", bars(time.totals.tolist(), width))
    rows = [
        (_name(s.subject), f"{s.total:,}", _share(s.total, int(s.of.sum())),
         bars(s.counts.tolist(), width))
        for s in found.series
    ]  # fmt: skip
    print_table("", ("", "statements", "share", head), [totals, *rows])


def _name(subject: Subject) -> str:
    """Give what stands in a table: a concept by itself has no marks around it."""
    label = subject.label
    alone = len(subject.concepts) == 1 and label == f'on "{subject.concepts[0]}"'
    return subject.concepts[0] if alone else label.removeprefix("on ")


def _share(some: int, of: int) -> str:
    return f"{some / of:.0%}" if of else ""


def bars(counts: Sequence[int], width: int = WIDEST) -> str:
    """Give counts as characters of different heights, several added up where there are too many.

    >>> bars([0, 1, 4, 8])
    '·▁▄█'
    """
    each = -(-len(counts) // width) or 1
    sums = [sum(counts[start : start + each]) for start in range(0, len(counts), each)]
    most = max(sums, default=0)
    return "".join(_BARS[-(-s * len(_BARS) // most) - 1] if s else _NONE for s in sums)


def _print_bursts(found: Trends, most: int | None) -> None:
    asked = found.question
    if not found.bursts:
        say(f"Nothing bursts: nothing has {asked.scale:g} times its share for long enough.")
        return
    rows = [
        (
            _name(b.subject),
            f"{b.first} to {b.last}",
            f"{b.count:,} of {b.of:,}",
            f"{b.count / b.of:.0%} ({b.share:.0%})" if b.of else "",
            f"{b.weight:.1f}",
        )
        for b in found.bursts[:most]
    ]
    head = ("bursts", "when", "statements", "share (in all)", "weight")
    print_table("", head, rows)
    _more(len(found.bursts), len(rows), "burst", "weaker")


def _print_changes(found: Trends, most: int | None) -> None:
    held = [change for change in found.changes if change.holds]
    tried = len(found.changes) - len(held)
    looked = counted(found.looked, "series", "series")
    if held:
        rows = [
            (
                _name(c.subject),
                "a day" if c.measure == "count" else "share",
                f"{c.before:.2f} to {c.after:.2f}" if c.measure == "count"
                else f"{c.before:.0%} to {c.after:.0%}",
                str(c.date),
                f"{c.earliest} to {c.latest}",
                f"{c.corrected:.2g}",
            )
            for c in held[:most]
        ]  # fmt: skip
        print_table("", ("changes", "in", "how", "on", "95% interval", "p"), rows)
        _more(len(held), len(rows), "change", "less sure")
    rest = f"{counted(tried, 'possible change')} in {looked} could be chance." if tried else ""
    if found.looked and not found.changes:
        rest = f"Nothing changes in {looked}."
    if not found.looked:
        rest = "There are too few statements to look for changes."
    if rest:
        say(rest)


def _print_claims(found: Trends, *, everything: bool) -> None:
    for sides in found.sides:
        claims = [each for each in found.claims.claims if each.event == sides.event]
        name = sides.event.name
        days = f"{counted(sides.days[0], 'day')} before and {sides.days[1]:,} after are compared."
        typer.echo()
        say(f"{name[:1].upper()}{name[1:]}: {days} {sides.left_out.told}".strip())
        held = [each for each in claims if each.holds]
        for claim in held[: None if everything else MOST_CLAIMS]:
            say(f"{verbs.claim_sentence(found, claim)}", 2)
        if not held:
            say("Nothing can be said to rise or fall after it.", 2)
        refused = [each for each in claims if not each.holds]
        shown = refused if everything else refused[:MOST_REFUSED]
        known = sides.left_out.told if len(shown) > 1 else ""
        _print_refused([_once(verbs.claim_sentence(found, each), known) for each in shown])
        left = len(refused) - len(shown) + found.claims.unnamed
        if left:
            say(f"And {left:,} more, most with too few statements.", 4)


def _once(text: str, known: str) -> str:
    """Leave out of a sentence what was said above."""
    return text.removesuffix(known).strip() if known else text


def _print_refused(sentences: Sequence[str]) -> None:
    """Print why some claims are not made, those with most statements first."""
    if sentences:
        say("Not said to rise or fall:", 2)
    for each in sentences:
        say(f"{each}", 4)


def _more(all_of: int, shown: int, what: str, how: str) -> None:
    if all_of > shown:
        say(f"{counted(all_of - shown, f'{how} {what}')} not shown; --all shows all.")
