"""Who stands with whom: networks of the statements of a case, or of a table of statements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from melian.problems import TooLarge, UsageError
from melian.verbs.opening import locate, open_case
from melian.verbs.words import known

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from melian.case.dates import Period
    from melian.discourse.networks.building import Design, Network
    from melian.discourse.networks.windows import Window
    from melian.discourse.statements.table import Table
    from melian.problems import Problem

STATEMENT_FILES = (".csv", ".tsv", ".txt")
DATABASE = ".dna"
LARGEST = 500_000_000
"""Bytes that a table of statements may have: some millions of them."""


KINDS = ("congruence", "conflict", "subtract", "ignore", "two-mode")
"""What networks there are: four of actors among themselves, and one of actors and concepts."""


@dataclass(frozen=True, slots=True)
class Statements:
    """Coded statements, and what is wrong in their text."""

    table: Table
    problems: tuple[Problem, ...]


def statements(name: str, columns: Mapping[str, str] | None = None, kind: str = "") -> Statements:
    """Read the statements of a case, of a table of statements, or of a database of DNA.

    Args:
        name: a case, or a file that ends in .csv, .tsv, .txt or .dna.
        columns: what a table or a database calls its columns, by what they hold.
        kind: the statement type of a database; that with most statements, when left out.

    Raises:
        UsageError: a column or statement type is not there, or there are none to be named.
        OutsideError: there is no such case, or the file cannot be read.
    """
    path = locate(name)
    ending = path.suffix.lower() if path.is_file() else ""
    if columns and ending not in {*STATEMENT_FILES, DATABASE}:
        raise UsageError(
            "Columns are named for a table of statements or a .dna file, and for nothing else: a "
            "case has names of its own. Leave out --names."
        )
    if kind and ending != DATABASE:
        raise UsageError("A statement type is chosen in a .dna file, and in nothing else.")
    if ending == DATABASE:
        from melian.discourse.dna.database import read

        return Statements(*read(path, kind, columns))
    if ending in STATEMENT_FILES:
        return _of_file(path, columns)
    from melian.discourse.statements.of_case import statements_of

    opened = open_case(name)
    return Statements(statements_of(opened.case), opened.problems)


def _of_file(path: Path, columns: Mapping[str, str] | None) -> Statements:
    from melian.case.decoding import legible
    from melian.case.notes import Notes
    from melian.discourse.statements.reading import parse
    from melian.formats.file_text import text_of

    notes = Notes(legible(path.name))
    table, problems = parse(text_of(path, notes, LARGEST), legible(path.name), columns)
    return Statements(table, (*notes.problems, *problems))


def designed(
    kind: str = "subtract",
    *,
    rows: str = "actor",
    columns: str = "concept",
    qualifier: str = "sign",
    duplicates: str = "document",
    within: Period | None = None,
    aggregation: str = "subtract",
    normalization: str = "none",
    isolates: bool = False,
    compat: str = "",
) -> Design:
    """Give the design of a network from words as they are typed.

    Args:
        kind: two-mode, or how actors are tied: congruence, conflict, subtract or ignore.
        rows: the variable of the rows.
        columns: that of the columns.
        qualifier: that of the sense.
        duplicates: the scope in which what is said again counts once.
        within: the period in which statements count; all, when left out.
        aggregation: of a two-mode network: ignore, subtract or combine.
        normalization: of ties.
        isolates: whether values stay that come up in no statement that counts.
        compat: the version of DNA whose rules it is done by; "" for what is right.

    Raises:
        UsageError: one of them is none that is known here.
    """
    from melian.discourse.networks import one_mode, two_mode
    from melian.discourse.networks.building import RULES, Design, seconds_of
    from melian.discourse.statements.selection import SCOPES

    known("--type", kind, KINDS)
    start, until = seconds_of(within) if within is not None else (None, None)
    plain = Design(
        rows=rows,
        columns=columns,
        qualifier=qualifier,
        duplicates=known("--duplicates", duplicates, SCOPES),
        isolates=isolates,
        start=start,
        until=until,
        rules=known("--compat", compat or RULES[0], RULES),
    )
    if kind == "two-mode":
        return replace(
            plain,
            mode="two",
            aggregation=known("--aggregation", aggregation, two_mode.AGGREGATIONS),
            normalization=known("--normalize", normalization, two_mode.NORMALIZATIONS),
        )
    return replace(
        plain,
        aggregation=known("--type", kind, one_mode.AGGREGATIONS),
        normalization=known("--normalize", normalization, one_mode.NORMALIZATIONS),
    )


def network(table: Table, design: Design) -> Network:
    """Give a network of statements.

    Raises:
        UsageError: a variable is not there, or does not allow what is asked.
        TooLarge: the network would not fit.
    """
    from melian.discourse.networks.building import network as built

    return built(table, design)


@dataclass(frozen=True, slots=True)
class Moving:
    """How windows move over time.

    Attributes:
        unit: days, weeks, months, years or statements.
        width: how many of them a window has.
        step: how many later the next begins.
        kernel: how what a statement counts for falls with its distance from the middle; all count
            alike, if empty.
    """

    unit: str
    width: int
    step: int = 1
    kernel: str = ""


def networks(table: Table, design: Design, moving: Moving) -> list[tuple[Window, Network]]:
    """Give the network of each window in time.

    Raises:
        UsageError: a variable is not there, or the numbers make no sense.
        TooLarge: the networks would not fit.
    """
    from melian.discourse.networks.tensor import MOST_CELLS

    found, cells = [], 0
    for window, each in (_as_dna if design.as_dna else _moved)(table, design, moving):
        cells += each.matrix.size
        if cells > MOST_CELLS:
            raise TooLarge(
                f"The networks of all windows have more than {MOST_CELLS:,} cells. Take a longer "
                "unit, let the next window begin later (--step), or leave out values."
            )
        found.append((window, each))
    return found


def _moved(table: Table, design: Design, moving: Moving) -> Iterator[tuple[Window, Network]]:
    from melian.discourse.networks import kernels, windows

    unit = known("--unit", moving.unit, windows.UNITS)
    if not moving.kernel:
        return windows.networks(table, design, unit, moving.width, moving.step)
    kernel = known("--kernel", moving.kernel, kernels.KERNELS)
    return kernels.smoothed(table, design, kernel, unit=unit, width=moving.width, step=moving.step)


def _as_dna(table: Table, design: Design, moving: Moving) -> Iterator[tuple[Window, Network]]:
    from melian.discourse.dna import series
    from melian.discourse.networks.kernels import KERNELS
    from melian.discourse.statements.calendar import CALENDAR

    if moving.unit == "statements":
        raise UsageError(
            "DNA 3.1.2 draws by lot which statements of one moment a window of so many has. Take "
            "days, weeks, months or years, or leave out --compat."
        )
    unit = known("--unit", moving.unit, CALENDAR)
    if moving.step != 1:
        raise UsageError("The windows of DNA 3.1.2 are a unit apart. Leave out --step or --compat.")
    if not moving.kernel:
        return series.windowed(table, design, unit, moving.width)
    kernel = known("--kernel", moving.kernel, KERNELS)
    return series.smoothed(table, design, unit, moving.width, kernel)


def unplaced(table: Table, design: Design, unit: str) -> tuple[int, int]:
    """Count the statements that no window can hold, and all that count.

    Those have no date, or one that is a month or a year and so spans several units; by the rules
    of DNA the latter are on its first day.

    Args:
        table: the statements.
        design: which of them count.
        unit: days, weeks, months, years or statements.
    """
    from melian.discourse.networks import windows
    from melian.discourse.networks.building import counted
    from melian.discourse.statements.selection import within
    from melian.discourse.statements.table import UNDATED

    loaded = within(table, design.start, design.until).nonzero()[0]
    kept = counted(table, loaded, design)
    inside = windows.placed(table, kept, known("--unit", unit, windows.UNITS))
    if design.as_dna:
        inside = table.seconds[kept] != UNDATED
    return int(len(kept) - inside.sum()), len(kept)


def strongest(found: Network) -> list[tuple[str, str, float]]:
    """Give the ties of a network, the strongest first, each pair once."""
    from melian.discourse.networks.building import strongest as sorted_ties

    return sorted_ties(found)
