"""What one can do with a case: the only thing that commands and screens call.

Each verb takes a case as people name it (a folder, or the name of a built-in case), reads it, and
hands it to the engines. Engines are imported when they are needed, so that ``--help`` is instant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from melian.problems import OutsideError, Severity, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rich.console import RenderableType

    from melian.argumentation import Extensions
    from melian.audit.measures import Inconsistency
    from melian.audit.result import Audit, Finding
    from melian.audit.survival import Survival
    from melian.audit.terms import Contest
    from melian.brief.document import Brief
    from melian.case.dates import Period
    from melian.case.framework import Framework
    from melian.case.loading import Loaded
    from melian.case.merging import Merge
    from melian.case.model import Case
    from melian.conflict.result import Concept, Stability
    from melian.formats.registry import Format
    from melian.hypotheses.result import Why
    from melian.problems import Problem
    from melian.readings.outcomes import Outcomes

GRAPH_FILES = (".gmcr",)
FRAMEWORK_FILES = (".apx", ".tgf", ".af")


@dataclass(frozen=True, slots=True)
class Opened:
    """The sound part of a case, and what is wrong in its text."""

    case: Case
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that leave something out of the case."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file added to a case.

    Attributes:
        format: the format that it was read in.
        merge: the case with what was added, and what became of each part.
        problems: what is wrong with the file.
        remarks: sentences on what was made of it.
        files: the files of the case that changed; without a dry run they are written.
    """

    format: Format
    merge: Merge
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]
    files: tuple[Path, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that left something of the file out."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


def built_in() -> tuple[str, ...]:
    """Give the names of the built-in cases."""
    folder = resources.files("melian") / "cases"
    return tuple(sorted(f.name for f in folder.iterdir() if (f / "case.yaml").is_file()))


def locate(name: str) -> Path:
    """Give the folder or file that a case is named by.

    Raises:
        OutsideError: there is neither such a folder or file nor such a built-in case.
    """
    path = Path(name)
    try:
        found = path.exists()
    except (OSError, ValueError):  # a name too long, or with a NUL in it
        found = False
    if found and not (path.is_dir() and name in built_in() and not (path / "case.yaml").is_file()):
        return path
    if name in built_in():
        return Path(str(resources.files("melian") / "cases" / name))
    known = ", ".join(built_in())
    hint = did_you_mean(name, built_in(), f"Name a folder with a case.yaml, or one of: {known}.")
    raise OutsideError(f'There is no case "{name[:80]}". {hint}')


def open_case(name: str) -> Opened:
    """Read a case, or a file that holds a conflict (.gmcr), with all that is wrong in it.

    Raises:
        OutsideError: there is no such case, or the file cannot be read at all.
    """
    path = locate(name)
    if path.is_file():
        return _open_file(path)
    from melian.case.loading import load
    from melian.case.sound import sound

    loaded = load(path)
    return Opened(sound(loaded.case), loaded.problems)


def _open_file(path: Path) -> Opened:
    if path.suffix.lower() in GRAPH_FILES:
        from melian.formats.gmcr import read

        return Opened(*read(path))
    if path.name == "case.yaml":
        return open_case(str(path.parent))
    raise OutsideError(
        f'"{path}" is not a case. Name the folder that holds case.yaml, '
        f"or a file that ends in {' or '.join(GRAPH_FILES)}."
    )


def new(folder: Path, title: str) -> tuple[Path, ...]:
    """Write a commented case to start from, and give the files written.

    Raises:
        UsageError: the folder is not empty.
    """
    from melian.case.scaffold import scaffold

    try:
        return scaffold(folder, title)
    except (OSError, ValueError) as error:
        raise OutsideError(f"{_short(folder)} cannot be written: {_reason(error)}.") from error


def import_file(
    path: Path,
    folder: Path,
    format_name: str = "",
    columns: Mapping[str, str] | None = None,
    *,
    dry_run: bool = False,
) -> Imported:
    """Add what a file holds to the case in a folder, which is made where there is none.

    Args:
        path: of the file.
        folder: of the case.
        format_name: of the file; told by its ending and content when left out.
        columns: names of the columns of a table, by what they hold.
        dry_run: whether to write nothing.

    Raises:
        UsageError: the file is in no format that is known, or the case cannot be added to.
        OutsideError: the file cannot be read, or the folder not written to.
    """
    from melian.case.merging import merged
    from melian.case.saving import save
    from melian.formats import registry

    if format_name:
        format_ = registry.named(format_name, reads=True)
    else:
        format_ = registry.of_file(path, columns=bool(columns))
    if columns and not format_.columns:
        raise UsageError(f"--columns is for tables; {path.name} is {format_.title}.")
    loaded = _to_add_to(folder)
    given = (path, loaded.case) if format_.into else (path,)
    options = {"columns": columns} if columns else {}
    addition, problems, *remarks = format_.load().read(*given, **options)
    merge = merged(loaded, addition)
    files = tuple(folder / name for name in merge.texts)
    if merge.texts and not dry_run:
        save(folder, merge.texts, loaded.texts)
    return Imported(format_, merge, tuple(problems), tuple(remarks), files)


def _to_add_to(folder: Path) -> Loaded:
    """Give the case in a folder, or an empty one where none has been begun."""
    from melian.case.loading import CASE_FILE, FILES, Loaded, load
    from melian.case.model import Case

    try:
        if (folder / CASE_FILE).exists():
            return load(folder)
        name = folder.resolve().name
        other = folder.exists() and not folder.is_dir()
        begun = next((file for file in FILES if (folder / file).exists()), "")
    except (OSError, ValueError) as error:
        raise OutsideError(f"{_short(folder)} cannot be read: {_reason(error)}.") from error
    if other:
        raise UsageError(f"{_short(folder)} is no folder. Name the folder of a case, or a new one.")
    if begun:
        raise UsageError(f"{_short(folder)} holds {begun} but no {CASE_FILE}. Name another folder.")
    return Loaded(Case(name))


def export_file(case: Case, path: Path, format_name: str = "") -> str:
    """Give a case as a text in the format that a file's ending, or a name, asks for.

    Raises:
        UsageError: no format is written by that name or ending.
    """
    from melian.formats import registry

    ending = f".{format_name}" if format_name else path.suffix.lower()
    if ending in FRAMEWORK_FILES:
        return _as_framework(case, ending)
    format_ = registry.named(format_name, writes=True) if format_name else registry.of_ending(path)
    text: str = format_.load().written(case)
    return text


def _as_framework(case: Case, ending: str) -> str:
    from melian.audit.pleading import framework_of
    from melian.formats.frameworks import written

    framework, texts = framework_of(case)
    return written(framework, ending, texts)


def write_text(text: str, path: Path) -> None:
    """Write a text into a file.

    Raises:
        OutsideError: the file cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except (OSError, ValueError) as error:
        raise OutsideError(f"{_short(path)} cannot be written: {_reason(error)}.") from error


def period(at: str = "", since: str = "", until: str = "") -> Period:
    """Give the period that dates as people type them mean: a moment, or from one to another.

    Raises:
        UsageError: one of them is no date, or they do not go together.
    """
    from melian.case.dates import Period, parse_date

    if at and (since or until):
        raise UsageError("Give either a moment (--at) or a window (--from, --until), not both.")
    try:
        start, end = (parse_date(text) if text else None for text in (at or since, at or until))
    except ValueError as error:
        raise UsageError(f"{error}.") from None
    if start is not None and end is not None and start.first > end.last:
        raise UsageError(f"The window ends ({until}) before it starts ({since}).")
    return Period(start, end)


def audit(
    case: Case,
    actors: Collection[str] | None = None,
    within: Period | None = None,
    *,
    limit: int = 10_000,
    work: int | None = None,
) -> Audit:
    """Find where each party's position does not hold together.

    Args:
        case: as opened.
        actors: parties to audit; all of them when left out.
        within: the moment or window to look at; all time, when left out.
        limit: how many findings a party may have.
        work: how many steps each stage of the audit may take.

    Raises:
        UsageError: an actor is not in the case.
    """
    from melian.audit import audit as run
    from melian.case.spans import EVER, span_of

    window = EVER if within is None else span_of(within)
    return run(case, actors, limit=limit, window=window, steps=work)


SEVERITY_PARTS = (
    "strict",
    "direct",
    "backed",
    "undisputed",
    "ranked",
    "sourced",
    "undeclared",
)
"""What the severity of a finding is made of."""

ORDERS = ("severity", *SEVERITY_PARTS, "involvement", "since")
"""What findings can be ordered by."""


def ordered(audited: Audit, by: str) -> tuple[Finding, ...]:
    """Give the findings of an audit in another order.

    Args:
        audited: the audit.
        by: severity or a part of it, gravest first; involvement (how much of the party's
            inconsistency its commitments are in), highest first; since (when it came into
            force), earliest first.

    Raises:
        UsageError: there is no such order.
    """
    if by == "severity":
        return audited.findings
    if by == "since":
        return tuple(sorted(audited.findings, key=lambda f: f.spans))
    if by == "involvement":
        shares = {a: each.involvement for a, each in inconsistency(audited).items()}
        return tuple(
            sorted(
                audited.findings,
                key=lambda f: -sum(shares[f.actor][c.id] for c in f.commitments),
            )
        )
    if by not in SEVERITY_PARTS:
        hint = did_you_mean(by, ORDERS, f"Findings can be ordered by {', '.join(ORDERS)}.")
        raise UsageError(f'Findings cannot be ordered by "{by[:40]}". {hint}')
    return tuple(sorted(audited.findings, key=lambda f: -f.severity.parts[by]))


def inconsistency(audited: Audit) -> Mapping[str, Inconsistency]:
    """Measure how inconsistent each party of an audit is, as a whole and from day to day."""
    from melian.audit.measures import inconsistency as run

    return run(audited)


def certificates(case: Case, audited: Audit, folder: Path) -> tuple[Path, ...]:
    """Write a certificate for each finding into a folder, and give the files.

    Raises:
        OutsideError: the folder cannot be written to.
    """
    from melian.audit.certificate import certificate, file_name, text_of

    texts = {
        folder / file_name(finding): text_of(certificate(case, finding))
        for finding in audited.findings
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise OutsideError(f"{_short(folder)} cannot be written: {_reason(error)}.") from error
    for path, text in texts.items():
        write_text(text, path)
    return tuple(texts)


def claims(
    case: Case, party: str = "", *, alone: bool = False, within: Period | None = None
) -> Survival:
    """Find which claims survive attack.

    Args:
        case: as opened.
        party: whose claims; those of all parties, when left out.
        alone: set them against each other only, and not against what other parties say.
        within: the moment to look at: what is in force on its last day; the end, when left out.

    Raises:
        UsageError: the party is not in the case, or only speaks for another.
        TooLarge: there are too many attacks to hold.
    """
    from melian.audit.commitments import commitments
    from melian.audit.engine import checked
    from melian.audit.survival import survival
    from melian.case.spans import EVER, span_of

    if party:
        checked(case, [party], commitments(case))
    moment = EVER if within is None else span_of(within)
    return survival(case, party if alone else None, moment)


def is_framework(name: str) -> bool:
    """Tell whether a file's ending says that it holds an argumentation framework."""
    return Path(name).suffix.lower() in FRAMEWORK_FILES


def read_framework(path: Path) -> tuple[Framework, tuple[Problem, ...]]:
    """Read an argumentation framework, with all that is wrong in its file.

    Raises:
        OutsideError: the file cannot be read.
    """
    from melian.formats.frameworks import read

    return read(path)


def all_extensions(framework: Framework) -> tuple[Extensions, ...]:
    """Find the grounded, the preferred and the stable extensions of a framework."""
    from melian.argumentation import Semantics, extensions

    wanted = (Semantics.GROUNDED, Semantics.PREFERRED, Semantics.STABLE)
    return tuple(extensions(framework, semantics) for semantics in wanted)


def stability(case: Case, concepts: Sequence[Concept] | None = None) -> Stability:
    """Find who is stable where, with every preference held.

    Raises:
        UsageError: the case has no conflict.
        TooLarge: it has too many options.
    """
    from melian.conflict.building import model
    from melian.conflict.result import Concept
    from melian.conflict.stability import stability as run

    if case.conflict is None or not case.conflict.options:
        raise UsageError(
            f'The case "{case.id}" has no conflict; add options and preferences under '
            "conflict: in case.yaml."
        )
    wanted = tuple(concepts or Concept)
    return run(model(case.conflict, concepts=wanted), wanted)


def outcomes(case: Case, audited: Audit | None = None) -> Outcomes:
    """Find which outcomes are stable under which readings of the parties.

    Raises:
        UsageError: the case has no conflict.
        TooLarge: it has too many options or too many contradictions that preferences rest on.
    """
    from melian.readings.outcomes import outcomes as run

    return run(case, audited or audit(case))


def why(case: Case, audited: Audit | None = None) -> Why:
    """Weigh the explanations that a case codes, with its findings as evidence."""
    from melian.hypotheses import weigh

    return weigh(case, audited or audit(case))


def terms(case: Case) -> tuple[Contest, ...]:
    """Compare what the parties of a case mean by a word."""
    from melian.audit.terms import contested_terms

    return contested_terms(case)


def brief(opened: Opened) -> Brief:
    """Compose the brief of a case: the answer, its reasons, its sources.

    A conflict that is too large to solve is told in the brief; the rest of it stands.
    """
    from melian.brief.compose import compose
    from melian.brief.gathering import gather

    made = compose(gather(opened.case))
    if not opened.errors:
        return made
    count = len(opened.errors)
    note = f"{count} in the text of the case; what they touch is left out"
    return replace(made, made={**made.made, "Errors": note})


def render(made: Brief, ending: str) -> str:
    """Give the text of a brief as a file's ending asks: .html, .md or .json.

    Raises:
        UsageError: the ending is none of these.
    """
    from melian.brief.printing import printer

    return printer(ending)(made)


def writable(path: Path) -> None:
    """Make sure, before any work, that a brief can be written to a path.

    Raises:
        UsageError: its ending is none that a brief can be printed as.
        OutsideError: its folder does not exist.
    """
    from melian.brief.printing import printer

    printer(path.suffix)
    try:
        folder, file = path.parent.is_dir(), path.is_file() or not path.exists()
    except (OSError, ValueError) as error:
        raise OutsideError(f"{_short(path)} cannot be written: {_reason(error)}.") from error
    if not folder:
        raise OutsideError(f'There is no folder "{path.parent}" to write {path.name} into.')
    if not file:
        raise OutsideError(f'"{path}" is no file, and is not written over; name another.')


def write(made: Brief, path: Path) -> None:
    """Write a brief as its file's ending says: .html, .md or .json.

    Raises:
        UsageError: the ending is none of these.
        OutsideError: the file cannot be written.
    """
    text = render(made, path.suffix)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutsideError(f"{_short(path)} cannot be written: {_reason(error)}.") from error


def _short(path: Path) -> str:
    text = str(path)
    return f'"{text[:80]}"' if len(text) <= 80 else f'"{text[:80]} ..."'


def _reason(error: OSError | ValueError) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def summary(made: Brief, width: int, case: str) -> RenderableType:
    """Give the answer of a brief as the terminal prints it."""
    from melian.brief.terminal import terminal

    return terminal(made, width, case=case)
