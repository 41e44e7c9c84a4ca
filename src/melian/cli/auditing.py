"""Commands on positions: audit, readings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted, name_of
from melian.cli.common import (
    At,
    CaseName,
    From,
    Json,
    Until,
    console,
    finish,
    opened,
    path_of,
    print_data,
    print_table,
    tell_if_cut_short,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.audit.measures import Measure
    from melian.audit.result import Audit, Component, Finding
    from melian.brief.compose.words import Speech
    from melian.case.model import Case


Actors = Annotated[
    list[str] | None,
    typer.Option("--actor", help="Only this party; may be given several times."),
]
Sort = Annotated[
    str,
    typer.Option(
        help="Order of the findings: severity, one of its parts (strict, direct, backed, "
        "undisputed, ranked, sourced, undeclared), involvement or since."
    ),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Show how each finding follows, and what would mend it.")
]
Certificates = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help="Write there, for each finding, a file that anyone can check.",
        parser=path_of,
    ),
]
Limit = Annotated[int, typer.Option(min=1, help="How many findings a party may have.")]
Steps = Annotated[
    int | None,
    typer.Option(
        "--work",
        min=0,
        help="How many steps each stage may take; raise it, or the limit, where the audit was cut "
        "short: what was found stays.",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(
        epilog="Example: melian audit nato-russia-2008 --actor russia --at 2008-04 --work 10000000"
    )(audit)
    app.command(epilog="Example: melian readings nato-russia-2008 --json")(readings)


def audit(
    case: CaseName,
    *,
    actor: Actors = None,
    at: At = "",
    since: From = "",
    until: Until = "",
    sort: Sort = "severity",
    explain: Explain = False,
    certificates: Certificates = None,
    limit: Limit = 10_000,
    work: Steps = None,
    json: Json = False,
) -> None:
    """Say where each party's position does not hold together, and what it would have to give up."""
    within = verbs.period(at, since, until)
    found = opened(case)
    result = verbs.audit(found.case, actor, within, limit=limit, work=work)
    ordered = verbs.ordered(result, sort)
    if certificates is not None:
        written = verbs.certificates(found.case, result, certificates)
        typer.echo(f"wrote {counted(len(written), 'certificate')} to {certificates}", err=True)
    if json:
        from melian.audit.distinctions import Defence
        from melian.audit.form import audit_form

        print_data(audit_form(result, ordered, Defence(found.case, result)))
    elif explain:
        from melian.brief.compose.words import Speech

        speech = Speech(found.case, result)
        for finding in ordered:
            component = result.actors[finding.actor].components[finding.component]
            _print_finding(speech, finding, component)
        tell_if_cut_short(complete=result.complete)
    else:
        _print_audit(found.case, result, ordered, sort, dated=bool(at or since or until))
        tell_if_cut_short(complete=result.complete)
    finish(found)


def _print_audit(
    case: Case, result: Audit, ordered: Sequence[Finding], sort: str, *, dated: bool
) -> None:
    part = sort if sort in verbs.SEVERITY_PARTS else ""
    rows = [
        (
            name_of(case, f.actor),
            f.kind.value.replace("_", " "),
            f"{f.severity.score:.2f}",
            *([f"{f.severity.parts[part]:.2f}"] if part else []),
            f.title,
        )
        for f in ordered
    ]
    if rows:
        heads = ("party", "kind", "severity", *([part] if part else []), "finding")
        print_table("", heads, rows)
        typer.echo(
            f"The severity is the mean of {len(verbs.SEVERITY_PARTS)} parts: --sort orders by "
            "one of them, --json gives each, and what would dissolve each finding."
        )
    elif not result.complete:
        typer.echo("No clash was found as far as the search went.")
    elif any(standing.commitments for standing in result.actors.values()):
        typer.echo("Every position audited holds together, as far as it is coded.")
    else:
        typer.echo(f"No statement or deed is {_there(dated=dated)}, so there is nothing to audit.")
    if result.changes:
        changes = [(name_of(case, c.actor), c.how, c.title) for c in result.changes]
        print_table("Positions that changed openly", ("party", "change", "course"), changes)
    _print_standings(case, result)


def _there(*, dated: bool) -> str:
    return "in force then" if dated else "coded"


def _print_finding(speech: Speech, finding: Finding, component: Component) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from melian.brief.citations import words
    from melian.brief.compose.defences import defence
    from melian.brief.compose.findings import mended

    kind = finding.kind.value.replace("_", " ")
    lines = [f"{kind}, severity {finding.severity.score:.2f}: {_parts(finding)}"]
    lines += [f"{number}. {step}" for number, step in enumerate(speech.steps(finding), start=1)]
    lines += [dissolving] if (dissolving := words(defence(speech, finding))) else []
    lines.append(mended(speech, finding, component))
    out = console()
    out.print(Text(finding.title, style="bold"))
    for line in lines:
        out.print(Padding(Text(line), (0, 0, 0, 2)))
    out.print(Padding(Text(finding.id, style="dim"), (0, 0, 1, 2)))


def _parts(finding: Finding) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in finding.severity.parts.items())


def _print_standings(case: Case, result: Audit) -> None:
    measured = verbs.inconsistency(result)
    rows = [
        (
            name_of(case, actor),
            str(len(standing.commitments)),
            f"{standing.readings:,}",
            f"{float(measured[actor].whole.miv):.2f}",
            _cost(measured[actor].whole),
        )
        for actor, standing in result.actors.items()
    ]
    if rows:
        heads = ("party", "commitments", "readings", "inconsistency", "records to take back")
        print_table("", heads, rows)
        typer.echo(
            "Inconsistency is the sum over findings of one over the commitments in each (MIV_C)."
        )


def _cost(measure: Measure) -> str:
    return str(measure.repair_cost) if measure.exact else f"at most {measure.repair_cost}"


def readings(
    case: CaseName, *, at: At = "", since: From = "", until: Until = "", json: Json = False
) -> None:
    """List the coherent readings of each party: what each keeps, and what it drops."""
    within = verbs.period(at, since, until)
    found = opened(case)
    result = verbs.audit(found.case, within=within)
    if json:
        from melian.audit.form import readings_form

        print_data(readings_form(result))
    else:
        _print_readings(found.case, result, dated=bool(at or since or until))
        tell_if_cut_short(complete=result.complete)
    finish(found)


def _print_readings(case: Case, result: Audit, *, dated: bool) -> None:
    if not any(standing.commitments for standing in result.actors.values()):
        typer.echo(f"No statement or deed is {_there(dated=dated)}, so there is nothing to read.")
        return
    for actor, standing in result.actors.items():
        if not standing.components:
            typer.echo(f"{name_of(case, actor)}: one reading; its position holds together.")
            continue
        count = counted(standing.readings, "reading")
        rows = [
            (str(number), ", ".join(sorted(reading.keeps)), ", ".join(sorted(reading.drops)))
            for number, component in enumerate(standing.components, start=1)
            for reading in component.readings
        ]
        title = f"{name_of(case, actor)}: {count}, one side of each contradiction"
        print_table(title, ("contradiction", "keeps", "drops"), rows)
