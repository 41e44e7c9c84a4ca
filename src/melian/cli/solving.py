"""The command stability: who is stable where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted
from melian.cli.coalitions import Coalitions, print_upsets, unasked_sentences
from melian.cli.common import (
    CaseOrFile,
    Json,
    finish,
    opened,
    print_data,
    print_table,
)
from melian.cli.option_tables import show_table
from melian.cli.seeking import Limit, Query, StateNamed, Symbolic, Where, Work, answer
from melian.cli.telling import say
from melian.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from melian.case.model import Case
    from melian.conflict.coalitions.stability import CoalitionStability
    from melian.conflict.result import Concept, Stability

STATES_SHOWN = 40

ConceptNames = Annotated[
    str, typer.Option("--concept", help="Only these, with commas: nash,gmr,smr,seq,sim.")
]
Count = Annotated[bool, typer.Option("--count", help="Numbers only, for large conflicts.")]


Tabular = Annotated[
    bool, typer.Option("--table", help="The option table: options down, states across.")
]
TableFile = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="Write the option table: .csv, .md or .html."),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog='Example: melian stability nato-russia-2008 --where "partner and adapt"')(
        stability
    )


def stability(
    case: CaseOrFile,
    *,
    concept: ConceptNames = "",
    coalition: Coalitions = None,
    where: Where = "",
    state: StateNamed = None,
    limit: Limit = None,
    symbolic: Symbolic = False,
    work: Work = None,
    count: Count = False,
    table: Tabular = False,
    output: TableFile = None,
    json: Json = False,
) -> None:
    """Say which states are stable for whom, with every preference held.

    nash: no party gains by moving alone.
    gmr:  whoever would gain must fear the others' answer (general).
    smr:  and could not escape it by a countermove (symmetric).
    seq:  as gmr; the others answer only by moves they gain by.
    sim:  as seq; they answer all at once.

    States are numbered from 1 over the feasible ones; Y and N say which
    options are taken, in the order of the case. With coalitions, an
    equilibrium must be stable for each of them, too.

    With --where only equilibria in which a formula is true are looked for,
    and with --state one state is explained. Both do for conflicts of any
    size: see docs/symbolic.md.
    """
    wanted = concepts_named(concept)
    query = Query(wanted, where, state, limit, work, symbolic=symbolic, count=count, json=json)
    tabled = output is not None or (table and not (count or json))
    if output is not None:
        verbs.tabular(output)
        verbs.spare_case(case, output)
    found = opened(case)
    if query.asked or not (tabled or coalition or verbs.fits(found.case, wanted)):
        together = bool(coalition and verbs.coalitions(found.case, coalition))
        answer(found.case, query, coalition=together, tabled=tabled)
    elif tabled:
        show_table(found.case, wanted, coalition or [], output)
    else:
        _show_stability(found.case, wanted, coalition or [], count=count, json=json)
    finish(found)


def _show_stability(
    case: Case, wanted: tuple[Concept, ...], coalition: list[str], *, count: bool, json: bool
) -> None:
    groups, unasked = verbs.coalitions(case, coalition), verbs.unasked(case, coalition)
    if groups and not unasked:
        joint = verbs.coalition_stability(case, groups, wanted, moves=not count)
        _print_joint(case, joint, count=count, json=json)
        return
    takes = verbs.much_memory(case, wanted)
    if takes:
        typer.echo(f"This takes up to {takes} of memory.", err=True)
    result = verbs.stability(case, wanted)
    if count or json:
        from melian.conflict.form import count_form, stability_form

        said = {"coalitions": "not asked"} if unasked else {}
        print_data((count_form(result) if count else stability_form(result)) | said)
    else:
        _print_stability(result)
        for sentence in unasked_sentences(case, unasked):
            say(sentence)


def concepts_named(names: str) -> tuple[Concept, ...]:
    """Give the stability concepts that are typed, with commas between them.

    Raises:
        UsageError: one of them is none.
    """
    from melian.conflict.result import Concept

    asked = [name.strip().lower() for name in names.split(",") if name.strip()]
    known = [concept.value for concept in Concept]
    for name in asked:
        if name not in known:
            hint = did_you_mean(name, known, f"The concepts are {', '.join(known)}.")
            raise UsageError(f'"{name}" is no stability concept. {hint}')
    return tuple(Concept(name) for name in asked)


def concept_named(name: str) -> Concept:
    """Give the one stability concept that a user named.

    Raises:
        UsageError: it is none, or there are several.
    """
    found = concepts_named(name)
    if len(found) != 1:
        raise UsageError(f'Name one stability concept, not "{name}".')
    return found[0]


def _print_stability(result: Stability) -> None:
    numbers = [n for n, _ in enumerate(result.decimals, start=1)]
    masks = {concept: result.equilibria(concept) for concept in result.stable}
    stable = [n for n in numbers if any(mask[n - 1] for mask in masks.values())]
    stable.sort(key=lambda n: (-sum(bool(m[n - 1]) for m in masks.values()), n))
    rows = [
        (str(n), result.shown(n), *("yes" if m[n - 1] else "" for m in masks.values()))
        for n in stable[:STATES_SHOWN]
    ]
    typer.echo(f"Options, first to last: {', '.join(result.options)}")
    print_table("Equilibria", ("state", "options", *(c.value for c in masks)), rows)
    hidden = len(stable) - len(rows)
    if hidden:
        typer.echo(f"{hidden:,} more under weaker concepts; --json lists all.")
    counts = ", ".join(f"{c.value} {int(m.sum()):,}" for c, m in masks.items())
    typer.echo(f"{counted(len(numbers), 'state')}. Equilibria: {counts}.")


def _print_joint(case: Case, result: CoalitionStability, *, count: bool, json: bool) -> None:
    if count or json:
        from melian.conflict.coalitions.form import coalition_count_form, coalition_form

        print_data(coalition_count_form(result) if count else coalition_form(result))
    else:
        _print_stability(result)
        print_upsets(case, result)
