"""Adding what other files hold to a case, and writing a case as another file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from melian.problems import OutsideError, Severity, UsageError
from melian.verbs.files import ordinary, reason, short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.case.framework import Framework
    from melian.case.loading import Loaded
    from melian.case.merging import Merge
    from melian.case.model import Case
    from melian.formats.registry import Format
    from melian.problems import Problem


FRAMEWORK_FILES = (".apx", ".tgf", ".af")


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


def import_file(
    path: Path,
    folder: Path,
    format_name: str = "",
    columns: Mapping[str, str] | None = None,
    *,
    kind: str = "",
    dry_run: bool = False,
) -> Imported:
    """Add what a file holds to the case in a folder, which is made where there is none.

    Args:
        path: of the file.
        folder: of the case.
        format_name: of the file; told by its ending and content when left out.
        columns: names of the columns of a table, or the variables of a database, by what they hold.
        kind: of the statements to read, in a database that has several kinds.
        dry_run: whether to write nothing.

    Raises:
        UsageError: the file is in no format that is known, or the case cannot be added to.
        OutsideError: the file cannot be read, or the folder not written to.
    """
    from melian.case.merging import merged
    from melian.case.saving import save
    from melian.formats import registry

    ordinary(path)
    if format_name:
        format_ = registry.named(format_name, reads=True)
    else:
        format_ = registry.of_file(path, columns=bool(columns))
    options = options_of(format_, path, columns, kind)
    loaded = _to_add_to(folder)
    given = (path, loaded.case) if format_.into else (path,)
    addition, problems, *remarks = format_.load().read(*given, **options)
    merge = merged(loaded, addition)
    files = tuple(folder / name for name in merge.texts)
    if merge.texts and not dry_run:
        save(folder, merge.texts, loaded.texts)
    return Imported(format_, merge, tuple(problems), tuple(remarks), files)


def options_of(
    format_: Format, path: Path, columns: Mapping[str, str] | None, kind: str
) -> dict[str, Any]:
    """Give what a format's ``read`` is given besides the file.

    Raises:
        UsageError: it takes no such thing.
    """
    if columns and not format_.columns:
        raise UsageError(
            f"--names is for tables and databases of statements; {path.name} is {format_.title}."
        )
    if kind and not format_.kinds:
        raise UsageError("A statement type is chosen in a .dna file, and in nothing else.")
    given: dict[str, Any] = {"columns": columns} if columns else {}
    return {**given, "kind": kind} if kind else given


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
        raise OutsideError(f"{short(folder)} cannot be read: {reason(error)}.") from error
    if other:
        raise UsageError(f"{short(folder)} is no folder. Name the folder of a case, or a new one.")
    if begun:
        raise UsageError(f"{short(folder)} holds {begun} but no {CASE_FILE}. Name another folder.")
    return Loaded(Case(name))


def export_file(case: Case, path: Path, format_name: str = "") -> str:
    """Give a case as a text in the format that a file's ending, or a name, asks for.

    Raises:
        UsageError: no format is written by that name or ending.
    """
    from melian.formats import registry

    ending = f".{format_name}" if format_name else path.suffix.lower()
    if not format_name and str(path) == "-":
        written = [each.name for each in registry.FORMATS if each.writes]
        names = ", ".join([*written, *(each.removeprefix(".") for each in FRAMEWORK_FILES)])
        raise UsageError(f"Say with --as what to print, such as --as {written[0]}: {names}.")
    if ending in FRAMEWORK_FILES:
        return _as_framework(case, ending)
    format_ = registry.named(format_name, writes=True) if format_name else registry.of_ending(path)
    text: str = format_.load().written(case)
    return text


def left_behind(case: Case, path: Path, format_name: str = "") -> Mapping[str, int]:
    """Give how many things of each kind a file written by :func:`export_file` does not hold.

    Raises:
        UsageError: no format is written by that name or ending.
    """
    from melian.formats import losses, registry

    ending = f".{format_name}" if format_name else path.suffix.lower()
    if ending in FRAMEWORK_FILES:
        return losses.left_behind(case, losses.FRAMEWORK)
    format_ = registry.named(format_name, writes=True) if format_name else registry.of_ending(path)
    return losses.left_behind(case, format_.name)


def _as_framework(case: Case, ending: str) -> str:
    from melian.audit.arguing.pleading import framework_of
    from melian.formats.frameworks import written

    framework, texts = framework_of(case)
    return written(framework, ending, texts)


def is_framework(name: str) -> bool:
    """Tell whether a file's ending says that it holds an argumentation framework."""
    return Path(name).suffix.lower() in FRAMEWORK_FILES


def read_framework(path: Path) -> tuple[Framework, tuple[Problem, ...]]:
    """Read an argumentation framework, with all that is wrong in its file.

    Raises:
        OutsideError: the file cannot be read.
    """
    from melian.formats.frameworks import read

    ordinary(path)
    return read(path)
