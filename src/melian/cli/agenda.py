"""The command that says what actors speak of, how broadly, and in what they differ."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted, series
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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.discourse.agenda.broader import BreadthClaim
    from melian.discourse.agenda.claims import Claim
    from melian.discourse.agenda.result import Agenda, Agendas
    from melian.discourse.agenda.shares import Share, Shares
    from melian.discourse.resampling import Interval

MOST_VALUES = 3
MOST_PAIRS = 10
MOST_CLAIMS = 12
MOST_FEW = 3
MOST_PERIODS = 7
MOST_LINES = 6

By = Annotated[str, typer.Option("--by", help="Also by day, week, month or year.")]
Most = Annotated[
    int, typer.Option("--most", help="So many actors are looked at one by one: who speaks most.")
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: melian agenda nato-russia-2008 --columns frame")(agenda)


def agenda(
    source: Source,
    *,
    by: By = "",
    most: Most = 12,
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
    json: Json = False,
) -> None:
    """Say what actors speak of, how broadly, and who speaks of something more than another.

    Where they were coded, scope (regional or global), level (operational or political) and frame
    are looked at besides the issues. What was not coded is counted apart.
    """
    design = verbs.designed(
        "two-mode",
        rows=rows,
        columns=columns,
        qualifier=qualifier,
        duplicates=duplicates,
        within=verbs.period("", since, until),
    )
    statements = read(source, names, statement_type)
    found = verbs.agendas(
        statements.table,
        design,
        by=by,
        resample=resample,
        draws=draws,
        seed=seed,
        most=most,
    )
    if json:
        print_data(verbs.agendas_data(found))
    else:
        _print(found)
    end(statements)


def _print(found: Agendas) -> None:
    _print_breadth(found)
    for place in range(len(found.all.aspects)):
        _print_aspect(found, place)
    _print_issues(found)
    if found.periods:
        _print_periods(found)
    _print_overlaps(found)
    _print_broader(found, found.broader_actors, "actors")
    _print_claims(found, found.differences, "actors")
    if found.periods:
        _print_broader(found, found.broader_periods, "periods")
        _print_claims(found, found.changes, "periods")
    _print_unit(found)


def _everyone(found: Agendas) -> list[tuple[str, Agenda]]:
    """Give the agendas that are shown, with their names: of all, and of each actor."""
    shown = [("all", found.all)] if len(found.actors) + found.others > 1 else []
    return [*shown, *((each.actor, each) for each in found.actors)]


def _print_breadth(found: Agendas) -> None:
    """Print of how many issues each agenda is, as if all came up equally often."""
    rows = [(name, f"{each.statements:,}", *_breadth(each)) for name, each in _everyone(found)]
    head = ("actor", "statements", "issues", "effective", "estimated", "covered")
    print_table(f"How broad agendas are, by {found.design.columns}", head, rows)
    say(
        "Effective: so many issues, all spoken of equally often, would make as broad an agenda, as "
        "counted; estimated: with those that have not come up yet (Chao & Jost). Covered: how much "
        "of what would be said is of issues that have come up."
    )
    _print_thin(found)
    if not found.all.broad_enough and any(s.aspect == "frame" for s in found.all.aspects):
        say("Few issues come up twice. For fewer and wider ones: --columns frame.")
    if found.others:
        say(f"{counted(found.others, 'more actor')} with fewer statements are among all (--most).")


def _print_thin(found: Agendas) -> None:
    """Say whose intervals of breadth take statements for independent, though others do not."""
    given = [(name, each.intervals) for name, each in _everyone(found)]
    thin = [name for name, sure in given if sure is not None and not sure.together]
    if thin and any(sure is not None and sure.together for _, sure in given):
        say(
            f"Of too few {found.wanted} to be drawn, so that these intervals of breadth take "
            f"statements for independent, and may be too narrow: {series(thin)}."
        )


def _breadth(each: Agenda) -> tuple[str, str, str, str]:
    given = each.breadth
    if given is None:
        return "", "none coded", "", ""
    covered = f"{given.coverage:.0%}"
    if not each.broad_enough:
        return str(given.issues), "too few to say", "", covered
    sure = each.intervals
    counted_so = _number(given.effective, None if sure is None else sure.effective)
    return str(given.issues), counted_so, _estimate(each), covered


def _print_aspect(found: Agendas, place: int) -> None:
    """Print the shares of an aspect, and of how much it was not coded."""
    shown = [(name, each.aspects[place]) for name, each in _everyone(found)]
    values = [share.value for share in found.all.aspects[place].shares]
    name = found.all.aspects[place].aspect
    if not values:
        say(f"The {name} is coded of {found.all.aspects[place].coded} statements: too few to say.")
        return
    wide = len(values) > MOST_VALUES
    head = ("actor", "coded", "not coded", *([f"{name}s most used"] if wide else values))
    rows = [
        (who, str(each.coded), f"{each.uncoded:.0%}", *_cells(each, len(values), wide=wide))
        for who, each in shown
    ]
    print_table(f"By {name}", head, rows)


def _cells(shares: Shares, width: int, *, wide: bool) -> list[str]:
    if not shares.enough:
        return ["too few to say", *[""] * (0 if wide else width - 1)]
    if wide:
        return [_largest(shares)]
    return [_share(each) for each in shares.shares]


def _largest(shares: Shares) -> str:
    """Name the values with the largest shares."""
    named = [each for each in shares.shares if each.value and each.count]
    named.sort(key=lambda each: -each.count)
    return ", ".join(f"{each.value} {_share(each)}" for each in named[:MOST_VALUES])


def _share(each: Share) -> str:
    span = each.interval
    return f"{each.share:.0%} ({100 * span.low:.0f} to {100 * span.high:.0f})"


def _print_issues(found: Agendas) -> None:
    rows = [
        (name, _largest(each.issues) if each.issues.enough else "too few to say")
        for name, each in _everyone(found)
    ]
    print_table(
        f"What they speak of most, by {found.design.columns}",
        ("actor", "shares, in whatever sense"),
        rows,
    )


def _print_periods(found: Agendas) -> None:
    """Print how all agendas together move, and how broad those of single actors are."""
    rows = [
        (
            verbs.period_said(each),
            f"{each.statements:,}",
            _estimate(each),
            *(_largest(part) if part.enough else "too few to say" for part in each.aspects),
            _largest(each.issues) if each.issues.enough else "too few to say",
        )
        for each in found.periods
    ]
    aspects = [each.aspect for each in found.all.aspects]
    head = ("period", "statements", "breadth", *aspects, found.design.columns)
    print_table("All together, over time", head, rows)
    if found.undated:
        some = counted(found.undated, "statement")
        say(f"In no period, without a date or with one that is longer: {some}.")
    if 1 < len(found.periods) <= MOST_PERIODS:
        periods = [verbs.period_said(each) for each in found.periods]
        lines = [
            (own[0].actor, *(_estimate(each) for each in own))
            for own in found.over_time[:MOST_LINES]
        ]
        print_table("How broad agendas are, over time", ("actor", *periods), lines)


def _estimate(each: Agenda) -> str:
    known = each.breadth if each.broad_enough else None
    if known is None:
        return "too few to say"
    sure = each.intervals
    return _number(known.effective_estimate, None if sure is None else sure.effective_estimate)


def _number(value: float, span: Interval | None) -> str:
    return f"{value:.1f}" if span is None else f"{value:.1f} ({span.low:.1f} to {span.high:.1f})"


def _print_overlaps(found: Agendas) -> None:
    asked = [each for each in found.overlaps if each.overlap is not None]
    few = len(found.overlaps) - len(asked)
    rows = [
        (
            f"{each.one} - {each.other}",
            f"{each.overlap:.0%}",
            f"{each.expected:.0%}",
            "differ" if each.differ else "not told apart",
        )
        for each in asked
        if each.expected is not None
    ]
    if rows:
        cut = (
            rows
            if len(rows) <= MOST_PAIRS
            else [*rows[: MOST_PAIRS // 2], *rows[-MOST_PAIRS // 2 :]]
        )
        head = ("pair", "overlap", "if both had one agenda", "agendas")
        print_table("Do they speak of the same things?", head, cut)
        if len(cut) < len(rows):
            say(f"{len(rows) - len(cut)} pairs in between are not shown; see --json.")
    if few:
        say(
            f"{counted(few, 'pair')} of actors: too few statements to say whether they speak of "
            "the same things; at least 10 on either side are needed."
        )


def _print_broader(found: Agendas, claims: Sequence[BreadthClaim], what: str) -> None:
    """Print whose agenda is broader, and that it cannot be said."""
    if not claims:
        return
    say("")
    say(verbs.breadth_said(claims, what))
    holding = [claim for claim in claims if claim.holds]
    for claim in holding[:MOST_CLAIMS]:
        say(f"- {verbs.broader_said(found, claim)}", 2)
    if len(holding) > MOST_CLAIMS:
        say(f"and {len(holding) - MOST_CLAIMS} more; see --json.", 2)


def _print_claims(found: Agendas, claims: Sequence[Claim], what: str) -> None:
    """Print the claims that hold, and what cannot be said."""
    holding = [claim for claim in claims if claim.holds]
    asked = [claim for claim in claims if claim.verdict != "too few"]
    say("")
    if not asked:
        say(f"Between {what}: too few statements to say that anything differs.")
    elif holding:
        say(f"Between {what}, this holds, of {counted(len(asked), 'comparison')}:")
    else:
        some = counted(len(asked), "comparison")
        say(f"Between {what}, no difference is sure, given that {some} were made.")
    for claim in holding[:MOST_CLAIMS]:
        say(f"- {verbs.claim_said(found, claim)}", 2)
    if len(holding) > MOST_CLAIMS:
        say(f"and {len(holding) - MOST_CLAIMS} more; see --json.", 2)
    if what == "actors":
        _print_few(claims, {each.aspect for each in found.all.aspects})


def _print_few(claims: Sequence[Claim], aspects: set[str]) -> None:
    """Say of which pairs of actors too little is coded for an aspect to be compared."""
    few = [each for each in claims if each.verdict == "too few" and each.aspect in aspects]
    few.sort(key=lambda each: (each.aspect, -each.more.coded - each.less.coded))
    for aspect, group in groupby(few, key=lambda each: each.aspect):
        pairs = dict.fromkeys(_pair(each) for each in group)
        shown = [
            f"{one} and {other} ({a} and {b} coded)" for one, a, other, b in [*pairs][:MOST_FEW]
        ]
        rest = len(pairs) - len(shown)
        more = [f"{rest} more pairs"] if rest > 0 else []
        say(f"Too few statements to say who differs in {aspect}: {series([*shown, *more])}.")


def _pair(claim: Claim) -> tuple[str, int, str, int]:
    """Give a pair with its numbers, the one with more statements first."""
    one, other = sorted((claim.more, claim.less), key=lambda each: (-each.coded, each.actor))
    return one.actor, one.coded, other.actor, other.coded


def _print_unit(found: Agendas) -> None:
    by = found.resampling
    say("")
    if by.unit == "statements":
        why = (
            ""
            if found.wanted == "statements"
            else f", as there are too few {found.wanted} to be drawn"
        )
        say(f"Intervals (95%) are Wilson's, and take statements for independent{why}.")
    else:
        say(
            f"Intervals hold {by.level:.0%} of {by.times:,} draws of {by.unit} (seed {by.seed}), "
            "and are never narrower than Wilson's."
        )
    say(_of_breadth(found))
    say(
        "A difference holds if its test (Fisher's exact one, and one with the variance that "
        "documents, coders or days show; of breadth, a permutation test), corrected by Holm, and "
        "its interval say so."
    )


def _of_breadth(found: Agendas) -> str:
    """Say what intervals of breadth rest on."""
    if found.drawn < 2:
        return "Of breadth, no intervals were drawn (--draws 0)."
    wider = (
        ""
        if found.resampling.unit == "statements"
        else (f", and are wider where {found.resampling.unit} scatter more")
    )
    return (
        f"Those of breadth rest on {found.drawn:,} draws from an estimate of the whole agenda, "
        f"with issues that have not come up yet{wider}."
    )
