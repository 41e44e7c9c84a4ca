"""Cases as people name them: a folder, the name of a built-in case, or a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from melian.problems import Location, OutsideError, Severity, UsageError, did_you_mean
from melian.verbs.files import reason, short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.case.model import Case
    from melian.problems import Problem


GRAPH_FILES = (".gmcr",)


@dataclass(frozen=True, slots=True)
class Opened:
    """The sound part of a case, and what is wrong in its text."""

    case: Case
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that leave something out of the case."""
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


def open_case(name: str, columns: Mapping[str, str] | None = None, kind: str = "") -> Opened:
    """Read a case, or a file that holds one, with all that is wrong in it.

    A file holds a conflict (.gmcr), a table of coded statements, or a database of the Discourse
    Network Analyzer (.dna).

    Args:
        name: of the folder, built-in case or file.
        columns: what a table calls its columns, or a database its variables, by what they hold.
        kind: the statement type of a database; that with most statements, when left out.

    Raises:
        OutsideError: there is no such case, or the file cannot be read at all.
        UsageError: a column or statement type is not there, or there are none to be named.
    """
    path = locate(name)
    if path.is_file():
        return _open_file(path, columns, kind)
    if columns or kind:
        raise UsageError("Names are given for a table or a database of statements, not for a case.")
    from melian.case.loading import load
    from melian.case.sound import sound

    loaded = load(path)
    return Opened(sound(loaded.case), loaded.problems)


def _open_file(path: Path, columns: Mapping[str, str] | None, kind: str) -> Opened:
    from melian.case.loading import CASE_FILE, FILES

    if path.name in FILES and (path.parent / CASE_FILE).is_file():
        return open_case(str(path.parent), columns, kind)
    if path.suffix.lower() in GRAPH_FILES and not (columns or kind):
        from melian.formats.gmcr import read

        return _checked(*read(path), path)
    from melian.formats import registry
    from melian.verbs.exchanging import options_of

    format_ = registry.of_statements(path, columns=bool(columns))
    if format_ is None:
        endings = ", ".join((*GRAPH_FILES, ".dna", ".csv"))
        raise OutsideError(
            f'"{path}" is not a case. Name the folder that holds case.yaml, a file of a conflict '
            f"or of coded statements ({endings}), or make a case of it: melian import FILE CASE."
        )
    case, problems, *_ = format_.load().read(path, **options_of(format_, path, columns, kind))
    return _checked(case, problems, path)


def _checked(case: Case, problems: tuple[Problem, ...], path: Path) -> Opened:
    """Ask of a case from a file what is asked of one in a folder."""
    from melian.case.checks import ALL
    from melian.case.sound import sound

    known, at = {problem.code for problem in problems}, Location(str(path))
    found = (problem for check in ALL for problem in check(case) if problem.code not in known)
    placed = (each if each.location.file else replace(each, location=at) for each in found)
    return Opened(sound(case), (*problems, *placed))


def new(folder: Path, title: str) -> tuple[Path, ...]:
    """Write a commented case to start from, and give the files written.

    Raises:
        UsageError: the folder is not empty.
    """
    from melian.case.scaffold import scaffold

    try:
        return scaffold(folder, title)
    except (OSError, ValueError) as error:
        raise OutsideError(f"{short(folder)} cannot be written: {reason(error)}.") from error
