"""Cases as people name them: a folder, the name of a built-in case, or a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from melian.problems import Location, OutsideError, Severity, did_you_mean
from melian.verbs.files import reason, short

if TYPE_CHECKING:
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

        return _checked(*read(path), path)
    if path.name == "case.yaml":
        return open_case(str(path.parent))
    raise OutsideError(
        f'"{path}" is not a case. Name the folder that holds case.yaml, '
        f"or a file that ends in {' or '.join(GRAPH_FILES)}."
    )


def _checked(case: Case, problems: tuple[Problem, ...], path: Path) -> Opened:
    """Ask of a conflict from a file what is asked of one in a case."""
    from melian.case.checks import ALL
    from melian.case.sound import sound

    known, at = {problem.code for problem in problems}, Location(str(path))
    found = (problem for check in ALL for problem in check(case) if problem.code not in known)
    return Opened(sound(case), (*problems, *(replace(each, location=at) for each in found)))


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
