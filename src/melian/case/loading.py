"""From a folder to a case and its problems; what the user typed never raises."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from melian.case.checks import ALL
from melian.case.decoding import decode, legible, printable
from melian.case.following import standing
from melian.case.model import Case
from melian.case.notes import Notes
from melian.case.opening import NotRead, contents
from melian.case.reading import read_case
from melian.case.reading_sources import read_sources
from melian.case.tables import read_deeds, read_statements
from melian.case.yaml_tree import read_tree
from melian.problems import Location, OutsideError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from melian.case.yaml_tree import Node
    from melian.problems import Problem

CASE_FILE = "case.yaml"
FILES = (CASE_FILE, "sources.yaml", "statements.csv", "deeds.csv")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case as far as it can be read, and all that is wrong with its files.

    Attributes:
        case: the case; what could not be read is left out of it.
        problems: in the order of the files and of the lines in them.
        texts: the files that were read, by name, as they stand on disk (without byte order mark).
    """

    case: Case
    problems: tuple[Problem, ...] = ()
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)


def load(folder: Path) -> Loaded:
    """Give the case in a folder, with its problems.

    Args:
        folder: holds ``case.yaml`` and perhaps the other files of a case.

    Raises:
        OutsideError: there is no ``case.yaml`` that may be read, or a file cannot be opened.
    """
    folder = Path(folder)
    if not (folder / CASE_FILE).is_file():
        raise OutsideError(
            f"There is no {CASE_FILE} in {legible(str(folder))}. "
            "Type: melian new NAME, to begin a case, or give the folder that holds one."
        )
    pads = {name: Notes(name) for name in FILES}
    read = {name: _text(folder, pads[name]) for name in FILES if (folder / name).exists()}
    texts = {name: text for name, text in read.items() if text is not None}
    return _loaded(legible(folder.resolve().name), texts, pads)


def load_text(
    case_yaml: str,
    *,
    sources_yaml: str = "",
    statements_csv: str = "",
    deeds_csv: str = "",
    name: str = "case",
) -> Loaded:
    r"""Give the case that the texts of its files say, as :func:`load` does for a folder.

    >>> loaded = load_text("title: Salt\nquestion: Who yields?\nperiod: 2008\n")
    >>> loaded.case.title, loaded.problems
    ('Salt', ())
    """
    given = zip(FILES, (case_yaml, sources_yaml, statements_csv, deeds_csv), strict=True)
    texts = {file: text for file, text in given if text or file == CASE_FILE}
    return _loaded(name, texts, {file: Notes(file) for file in FILES})


def _text(folder: Path, notes: Notes) -> str | None:
    try:
        return decode(contents(folder, notes.file), notes)
    except NotRead as reason:
        if notes.file == CASE_FILE:
            raise OutsideError(str(reason)) from reason
        notes.error(Location(notes.file), reason.code, reason.message, reason.hint)
        return None
    except OSError as error:
        path = legible(str(folder / notes.file))
        raise OutsideError(f"{path} cannot be read: {error.strerror or error}.") from error


def _loaded(name: str, texts: Mapping[str, str], pads: Mapping[str, Notes]) -> Loaded:
    for file, text in texts.items():
        pads[file].text = printable(text.removeprefix("\ufeff"), pads[file])

    def read(file: str, reader: Callable[[Any, Notes], Any]) -> Any:
        pad = pads[file]
        return reader(_tree(pad) if file.endswith(".yaml") else pad.text, pad)

    parts = read(CASE_FILE, read_case)
    case = Case(
        id=name,
        **{key: _frozen(value) for key, value in parts.items()},
        sources=_frozen(read("sources.yaml", read_sources)),
        statements=read("statements.csv", read_statements),
        deeds=read("deeds.csv", read_deeds),
    )
    noted = [problem for file in FILES for problem in pads[file].problems]
    left_out = [entry for file in FILES for entry in pads[file].left_out]
    checked = standing([problem for check in ALL for problem in check(case)], left_out)
    return Loaded(case, _sorted([*noted, *checked]), MappingProxyType(dict(texts)))


def _tree(pad: Notes) -> Node | None:
    tree = read_tree(pad.text, pad.file)
    pad.problems.extend(tree.problems)
    return tree.root


def _frozen(value: Any) -> Any:
    return MappingProxyType(value) if isinstance(value, dict) else value


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    order = {file: number for number, file in enumerate(FILES)}

    def place(problem: Problem) -> tuple[int, Problem]:
        return order.get(problem.location.file, len(order)), problem

    return tuple(sorted(dict.fromkeys(problems), key=place))
