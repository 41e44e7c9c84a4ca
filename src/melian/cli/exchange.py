"""Commands between a case and other people's files: import, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from melian import verbs
from melian.case.wording import counted
from melian.cli.common import CaseName, Json, finish, opened, path_of, print_data, print_problems
from melian.cli.statements import StatementType, named
from melian.problems import Severity

if TYPE_CHECKING:
    from melian.case.merging import Merge, Part
    from melian.problems import Problem

IDS_SHOWN = 5
PROBLEMS_SHOWN = 20

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="What to read: a table, a map ...", show_default=False, parser=path_of
    ),
]
Folder = Annotated[
    Path,
    typer.Argument(
        metavar="CASE",
        help="The folder to add it to, or a new one.",
        show_default=False,
        parser=path_of,
    ),
]
Target = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="Where to write it; - prints it.", show_default=False, parser=path_of
    ),
]
FormatName = Annotated[
    str, typer.Option("--as", help="The format, where the file's name does not tell it.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be added.")]
Called = Annotated[
    list[str] | None,
    typer.Option(
        "--names",
        "--columns",
        help="What a table or a .dna file calls something: concept=claim,person=speaker.",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("import", epilog="Example: melian import debate.csv harbour --dry-run")(import_)
    app.command(epilog="Example: melian export nato-russia-2008 said.csv")(export)


def import_(
    file: File,
    case: Folder,
    *,
    format_name: FormatName = "",
    names: Called = None,
    statement_type: StatementType = "",
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Add what a file holds to a case, which is begun where there is none.

    What the case has already stays as it is. Importing a file twice adds nothing twice.
    """
    done = verbs.import_file(
        file, case, format_name, named(names), kind=statement_type, dry_run=dry_run
    )
    if json:
        print_data(_form(done, dry_run=dry_run))
    else:
        _print_some(done.problems)
        _print(done, case, dry_run=dry_run)
    wrong = verbs.Opened(done.merge.loaded.case, done.merge.loaded.problems)
    if wrong.errors and not json:
        typer.echo(f"The case has errors; see: melian check {case}", err=True)
    if done.errors:
        raise typer.Exit(1)
    finish(wrong)


def _print_some(problems: tuple[Problem, ...]) -> None:
    """Print the first problems, those that left something out before the others, and a count."""
    grave = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)
    print_problems(grave[:PROBLEMS_SHOWN])
    more = len(problems) - PROBLEMS_SHOWN
    if more > 0:
        typer.echo(f"{more:,} more of {len(problems):,} problems in the file; --json lists all.")


def _print(done: verbs.Imported, case: Path, *, dry_run: bool) -> None:
    for remark in done.remarks:
        typer.echo(remark)
    merge = done.merge
    head = "Would add" if dry_run else "Added"
    _say(merge, "added", f"{head} {{}}.")
    _say(merge, "renamed", f"{head} {{}} under a new id, as the id was taken:", _new_ids)
    _say(merge, "present", "Already there: {}.")
    _say(merge, "kept", "There with other content, and left as it is: {}:", _ids)
    _say(merge, "left-out", "Left out, as a case cannot hold it: {}:", _ids)
    if not merge.texts:
        typer.echo("Nothing is new; the case is as it was.")
    for path in () if dry_run else done.files:
        typer.echo(f"wrote {path}")
    if merge.texts and not dry_run:
        typer.echo(f"Next: melian check {case}")


def _say(merge: Merge, fate: Any, sentence: str, detail: Any = None) -> None:
    found = merge.with_fate(fate)
    if not found:
        return
    counts = ", ".join(_counted(len(parts), section) for section, parts in found.items())
    every = [part for parts in found.values() for part in parts]
    typer.echo(sentence.format(counts) + (f" {detail(every)}." if detail else ""))


def _counted(count: int, section: str) -> str:
    one = section.removesuffix("s") if section != "hypotheses" else "hypothesis"
    return counted(count, one, section)


def _ids(parts: list[Part]) -> str:
    return _some([part.id for part in parts])


def _new_ids(parts: list[Part]) -> str:
    return _some([f"{part.id} as {part.name}" for part in parts])


def _some(words: list[str]) -> str:
    more = len(words) - IDS_SHOWN
    return ", ".join(words[:IDS_SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _form(done: verbs.Imported, *, dry_run: bool) -> dict[str, Any]:
    merge = done.merge
    renamed = merge.with_fate("renamed")
    return {
        "format": done.format.name,
        "dry_run": dry_run,
        "files": [str(path) for path in done.files],
        "added": _by_section(merge, "added"),
        "renamed": {s: {part.id: part.name for part in parts} for s, parts in renamed.items()},
        "present": _by_section(merge, "present"),
        "kept": _by_section(merge, "kept"),
        "left_out": _by_section(merge, "left-out"),
        "remarks": list(done.remarks),
        "problems": [problem.as_dict() for problem in done.problems],
    }


def _by_section(merge: Merge, fate: Any) -> dict[str, list[str]]:
    return {s: [part.id for part in parts] for s, parts in merge.with_fate(fate).items()}


def export(
    case: CaseName, file: Target, *, format_name: FormatName = "", json: Json = False
) -> None:
    """Write a case as a file of another program, as the file's ending says.

    What such a file cannot hold of the case is counted on stderr.
    """
    from melian.formats.losses import told

    verbs.spare_case(case, file)
    found = opened(case)
    text = verbs.export_file(found.case, file, format_name)
    lost = verbs.left_behind(found.case, file, format_name)
    if str(file) == "-":
        typer.echo(text, nl=False)
    else:
        verbs.write_text(text, file)
        if json:
            print_data({"file": str(file), "left_behind": dict(lost)})
        else:
            typer.echo(f"wrote {file}", err=True)
    if lost:
        typer.echo(f"melian: such a file cannot hold, so it leaves out: {told(lost)}.", err=True)
    finish(found)
