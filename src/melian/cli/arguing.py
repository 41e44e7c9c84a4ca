"""Commands about arguments: which claims survive attack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted, name_of, sentence, whose
from melian.cli.common import (
    Json,
    finish,
    opened,
    print_data,
    print_problems,
    print_table,
    tell_if_cut_short,
)
from melian.problems import Severity, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.argumentation import Extensions
    from melian.audit.arguing.claims import Claim, Survival
    from melian.case.framework import Framework
    from melian.case.model import Case

SETS_SHOWN = 20

CaseOrFramework = Annotated[
    str,
    typer.Argument(
        metavar="CASE_OR_FILE",
        help="A case, or a file that holds an argumentation framework (.apx, .tgf, .af).",
        show_default=False,
    ),
]
Actor = Annotated[str, typer.Option(help="Only the claims of this party.")]
Alone = Annotated[bool, typer.Option("--alone", help="Set the party's claims against its own.")]
About = Annotated[str, typer.Option(help="Tell the dispute over a concept, move by move.")]
At = Annotated[str, typer.Option(help="Only what was in force then: 2008, 2008-04 or 2008-04-06.")]
Semantic = Annotated[
    str, typer.Option("--semantics", help="By which to judge: grounded, preferred or stable.")
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog='Example: melian claims nato-russia-2008 --about "may-secede(abkhazia)"')(
        claims
    )


def claims(
    case: CaseOrFramework,
    *,
    actor: Actor = "",
    alone: Alone = False,
    at: At = "",
    semantics: Semantic = "grounded",
    about: About = "",
    json: Json = False,
) -> None:
    """Say which claims survive attack, what attacks them, and by which dispute.

    grounded:  in, if a claim holds whatever else does; out, if it is defeated;
               undecided, if it can be held and can be refused.
    preferred: whether it holds in every, some or none of the largest positions
               that defend themselves.
    stable:    the same for positions that defeat all that is not in them.

    All parties' claims are set against each other; with --actor A --alone, only
    those of one party against themselves.
    """
    judged = _semantics(semantics)
    if verbs.is_framework(case):
        _framework(Path(case), given=bool(actor or alone or at or about), json=json)
        return
    if alone and not actor:
        raise UsageError(
            "--alone needs --actor: name the party whose claims to set against itself."
        )
    found = opened(case)
    result = verbs.claims(found.case, actor, alone=alone, within=verbs.period(at))
    chosen = [claim for claim in result.claims if actor in {"", claim.party}]
    told = _about(found.case, chosen, about) if about else []
    if json:
        from melian.audit.arguing.survival_form import survival_form

        print_data(survival_form(found.case, result, told or chosen, told))
    elif about:
        _print_disputes(found.case, result, told)
    else:
        _print_claims(found.case, result, chosen, judged)
    if not json:
        tell_if_cut_short(complete=result.complete)
    finish(found)


def _semantics(name: str) -> str:
    known = ("grounded", "preferred", "stable")
    if name not in known:
        hint = did_you_mean(name, known, f"Use one of: {', '.join(known)}.")
        raise UsageError(f'"{name[:40]}" is no semantics here. {hint}')
    return name


def _about(case: Case, chosen: Sequence[Claim], about: str) -> list[Claim]:
    """Give the claims that assert or deny a concept, for one instance of it or for any.

    Raises:
        UsageError: the case has no such concept, or it is not claimed.
    """
    wanted = about.removeprefix("not ").replace(" ", "")
    names = {str(claim.claim.atom).replace(" ", ""): claim.claim.atom.name for claim in chosen}
    found = [c for c in chosen if wanted in {str(c.claim.atom).replace(" ", ""), c.claim.atom.name}]
    if found:
        return found
    concepts = (*case.concepts, *case.principles)
    claimed = dict.fromkeys([*names, *names.values()])
    if wanted.split("(")[0] not in concepts:
        known = [*claimed, *concepts]
        hint = did_you_mean(wanted, known, "melian claims lists what is claimed.")
        raise UsageError(f'The case has no concept "{about[:80]}". {hint}')
    hint = did_you_mean(wanted, claimed, "melian claims, without --about, lists what is claimed.")
    raise UsageError(f'None of the claims chosen asserts or denies "{about[:80]}". {hint}')


def _print_claims(case: Case, result: Survival, chosen: Sequence[Claim], judged: str) -> None:
    from melian.audit.arguing.pleading import parties_of_argument

    if not chosen:
        typer.echo("No statement or deed is in force, so there is nothing to attack.")
        return
    rows = []
    deeds = {deed.id for deed in case.deeds}
    for claim in chosen:
        against = [parties_of_argument(result, each) or ("facts",) for each in claim.attackers]
        parties = dict.fromkeys(name_of(case, party) for each in against for party in each)
        fares = str(getattr(claim, judged))
        shown = " (by deeds)" if set(claim.records) <= deeds else ""
        rows.append((name_of(case, claim.party), f"{claim.id}{shown}", fares, ", ".join(parties)))
    print_table("", ("party", "claim", judged, "attacked with words or deeds of"), rows)
    counts = {fares: [row[2] for row in rows].count(fares) for _, _, fares, _ in rows}
    fates = ", ".join(f"{n:,} {each}" for each, n in counts.items())
    typer.echo(f"{counted(len(rows), 'claim')}: {fates}.")


def _print_disputes(case: Case, result: Survival, told: Sequence[Claim]) -> None:
    from melian.audit.arguing.pleading import (
        claim_words,
        move_text,
        outcome_text,
        records_of_argument,
    )
    from melian.cli.common import console

    out = console()
    for number, claim in enumerate(told):
        if number:
            typer.echo("")
        who = name_of(case, claim.party)
        out.print(
            sentence(f"{whose(who)} claim that {claim_words(case, claim)} {outcome_text(claim)}"),
            markup=False,
        )
        moves = result.dispute(claim)
        if not (moves or result.argued.complete):
            typer.echo("There are too many arguments to list, so no dispute is told.")
        for move in moves:
            records = () if move.before else records_of_argument(result, move.argument)
            tail = f" [{', '.join(records)}]" if records else ""
            side = "For" if move.side == "proponent" else "Against"
            to = f", to {move.answers}" if move.answers else ""
            text = f"{move.number}. {side}{to}: {move_text(case, result, move)}{tail}"
            out.print(text, markup=False)


def _framework(path: Path, *, given: bool, json: bool) -> None:
    if given:
        raise UsageError(f'"{path}" holds arguments only; leave out all but --json.')
    framework, problems = verbs.read_framework(path)
    if not (framework.arguments or problems):
        typer.echo(f'melian: "{path}" names no argument.', err=True)
    found = verbs.all_extensions(framework)
    if json:
        from melian.audit.arguing.survival_form import framework_form

        print_data(framework_form(framework, found))
    else:
        print_problems(problems)
        _print_framework(framework, found)
        tell_if_cut_short(complete=all(each.complete for each in found))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise typer.Exit(1)


def _print_framework(framework: Framework, found: Sequence[Extensions]) -> None:
    arguments, attacks = len(framework.arguments), len(framework.attacks)
    typer.echo(f"{counted(arguments, 'argument')}, {counted(attacks, 'attack')}.")
    for each in found:
        rows = [framework.names(one) for one in each.sets[:SETS_SHOWN]]
        for row in rows:
            typer.echo(f"{each.semantics.value}: {' '.join(row) or '(none)'}")
        more = len(each.sets) - len(rows)
        if more > 0:
            typer.echo(f"{each.semantics.value}: {more:,} more; --json lists them.")
        if not rows:
            typer.echo(f"{each.semantics.value}: there is none.")
