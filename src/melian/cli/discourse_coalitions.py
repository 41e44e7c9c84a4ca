"""``melian coalitions``: who stands together in a debate, on what, and how surely."""

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
    from melian.discourse.coalitions.brokers import Broker
    from melian.discourse.coalitions.engine import Coalition, Coalitions
    from melian.discourse.coalitions.tie_intervals import TieIntervals

MOST_MEMBERS = 12
MOST_BROKERS = 8
MOST_TIES = 20

Kind = Annotated[
    str,
    typer.Option("--type", help="What ties two: subtract (agreement less clash) or congruence."),
]
Normalize = Annotated[str, typer.Option(help="none, average, jaccard or cosine.")]
Least = Annotated[int, typer.Option(help="Group actors with so many statements or more.")]
Method = Annotated[
    str,
    typer.Option(
        help="Give the groups of louvain, greedy, label-propagation, edge-betweenness, "
        "leading-eigenvector, average-linkage, ward or signed-louvain; those that agree most "
        "with the other methods', when left out."
    ),
]
Groups = Annotated[int, typer.Option(help="How many groups; 0 for as many as are found.", min=0)]
Picture = Annotated[
    str,
    typer.Option(
        help="What -o draws: map (who is tied to whom), tree (who says alike), together (who is "
        "found together in draws) or ties (their intervals)."
    ),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Draw a picture into a file (.svg).")
]
Ties = Annotated[bool, typer.Option("--ties", help="Give an interval for each tie as well.")]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: melian coalitions debate.csv --rows organization --least 5")(
        coalitions
    )


def coalitions(
    source: Source,
    *,
    kind: Kind = "subtract",
    rows: Rows = "actor",
    columns: Columns = "concept",
    qualifier: Qualifier = "sign",
    normalize: Normalize = "average",
    duplicates: Duplicates = "document",
    least: Least = 2,
    method: Method = "",
    groups: Groups = 0,
    since: Since = "",
    until: Until = "",
    names: Named = None,
    statement_type: StatementType = "",
    resample: Drawn = "documents",
    draws: Times = 200,
    seed: Seed = 1,
    ties: Ties = False,
    picture: Picture = "map",
    output: Output = None,
    json: Json = False,
) -> None:
    """Say who stands together in a debate, on what, who links them, and how sure that is.

    Eight methods group the actors and are compared. Draws say which coalitions would come back.
    """
    design = verbs.designed(
        "congruence",
        rows=rows,
        columns=columns,
        qualifier=qualifier,
        normalization=normalize,
        duplicates=duplicates,
        within=verbs.period("", since, until),
    )
    search = verbs.coalition_search(kind, least=least, method=method, groups=groups, seed=seed)
    by = verbs.drawing_again(resample, draws, seed)
    if output is not None:
        verbs.coalitions_drawable(output, picture)
    if ties and by is None:
        raise UsageError("Intervals of ties need draws: leave out --draws 0.")
    statements = read(source, names, statement_type)
    found = verbs.discourse_coalitions(statements.table, design, search, by)
    tied = None
    asked = ties or (output is not None and picture == "ties")
    if asked and by is not None and found.sureness is not None:
        tied = verbs.tie_intervals(statements.table, found, by)
    if output is not None:
        drawn, caption = verbs.coalitions_picture(found, picture, tied)
        verbs.write_text(drawn, output)
        typer.echo(f"wrote {output}" + (f": {caption}" if caption else ""), err=True)
    elif json:
        print_data(verbs.coalitions_data(found, tied))
    else:
        _print(found, tied)
    end(statements)


def _print(found: Coalitions, ties: TieIntervals | None) -> None:
    from melian.discourse.coalitions import wording

    for text in wording.overview(found):
        say(text)
    for each in found.coalitions:
        _print_coalition(each, signed=found.basis.levels == (0, 1))
    if found.agreement is not None:
        _print_methods(found)
        _print_brokers(found)
        say(wording.broker_words(found))
    if ties is not None:
        _print_ties(ties)


def _print_coalition(each: Coalition, *, signed: bool) -> None:
    from melian.discourse.coalitions import wording

    say("")
    members = wording.some_of([str(member) for member in each.members], MOST_MEMBERS)
    some = f"{counted(len(each.members), 'actor')}, {counted(each.statements, 'statement')}"
    say(f"Coalition {each.number} ({some}): {members}.")
    for text in (wording.stability_words(each), wording.core_words(each)):
        if text:
            say(text, 2)
    rows = [
        (
            wording.sense(stand, signed=signed),
            str(stand.concept),
            f"{stand.members} of {stand.of_members}",
            f"{stand.others} of {stand.of_others}" if stand.of_others else "",
            f"{len(stand.statements):,}",
        )
        for stand in each.stands_for
    ]
    if rows:
        what = "what sets it apart" if each.stands_for[0].of_others else "what its members say"
        print_table("", ("", what, "members", "others", "statements"), rows)
    else:
        say("Nothing that two of its members say sets it apart.", 2)


def _print_methods(found: Coalitions) -> None:
    """Print what each method finds, and the adjusted Rand index of each two."""
    if found.agreement is None:
        return
    shown = found.agreement.shown
    place = found.groupings.index(shown)
    rows = []
    for number, (each, rand) in enumerate(
        zip(found.groupings, found.agreement.rand.tolist(), strict=True), start=1
    ):
        figures = (f"{each.count:,}", f"{each.modularity:.2f}", _plain(rand[place], 2))
        rows.append((str(number), each.method, *figures))
    title = f"What each method finds, and how far it agrees with {shown.method}"
    print_table(title, ("", "method", "groups", "modularity", "agrees"), rows)
    pairs = [
        (f"{number} {each.method}", *(_plain(cell, 1) for cell in rand))
        for number, (each, rand) in enumerate(
            zip(found.groupings, found.agreement.rand.tolist(), strict=True), start=1
        )
    ]
    title = "How far each two agree (adjusted Rand index: 1 the same, 0 as by chance)"
    print_table(title, ("", *(row[0] for row in rows)), pairs)


def _plain(value: float, places: int) -> str:
    """Give a figure, without a minus sign before nothing."""
    return f"{round(value, places) + 0.0:.{places}f}"


def _print_brokers(found: Coalitions) -> None:
    """Print who links others most; roles by pairs of actors who are not tied to each other."""
    rows = [
        (
            str(each.actor),
            str(each.group + 1),
            f"{each.betweenness:.0%}",
            *(f"{n:,}" for n in _numbers(each)),
        )
        for each in found.brokers[:MOST_BROKERS]
        if each.betweenness
    ]
    if rows:
        roles = ("itinerant", "gatekeeper", "liaison")
        head = ("who links others", "in", "between", *roles)
        print_table("", head, rows)


def _numbers(each: Broker) -> tuple[int, int, int]:
    """Give the pairs of roles that link coalitions; a coordinator is between members of its own."""
    return each.roles.itinerant, each.roles.gatekeeper, each.roles.liaison


def _print_ties(ties: TieIntervals) -> None:
    """Print the strongest ties, and between what they lie in most draws."""
    from melian.discourse.coalitions.wording import ties_words

    rows = [
        (
            str(ties.actors[ties.one[n]]),
            str(ties.actors[ties.other[n]]),
            f"{ties.value[n]:.2f}",
            f"{ties.low[n]:.2f} to {ties.high[n]:.2f}",
            f"{ties.same[n]:.0%}",
            "firm" if ties.firm[n] else "",
        )
        for n in ties.strongest[:MOST_TIES].tolist()
    ]
    if rows:
        print_table("", ("one", "other", "tie", "in most draws", "same sign", ""), rows)
    say(ties_words(ties))
