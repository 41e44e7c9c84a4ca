"""The option table of a conflict: what is done in each state, and who is stable there.

The tableau of the literature (Howard 1971; Fraser & Hipel 1984, chapter 1; Fang, Hipel & Kilgour
1993, chapter 2): options down, by decision maker, and states across; below, how each decision maker
ranks a state, and under each concept whether it is rational for it (``r``, it gains by no move),
sanctioned (``s``, it could gain but holds still) or unstable (``u``), and the equilibria (``E``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from melian.case.wording import counted, name_of, series
from melian.conflict.building import status_quo
from melian.conflict.coalitions.stability import CoalitionStability
from melian.conflict.result import Concept
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.case.model import Case, Conflict
    from melian.conflict.model import Graph, GraphModel
    from melian.conflict.result import Stability

LEGEND = (
    "Y: taken, N: not taken. Rank: larger is better. r: rational, gains by no move; "
    "s: sanctioned, could gain but holds still; u: unstable; E: equilibrium."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it says, and a cell for each state."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Rows that belong together, under a heading."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class OptionTable:
    """The table, ready to be printed.

    Attributes:
        states: numbers of the states in it, across.
        bands: options by decision maker, ranks, and one for each concept.
        left_out: how many states are not in it.
        status_quo: number of the state things are in, where the case says.
        remarks: further sentences that a reader must know.
    """

    states: tuple[int, ...]
    bands: tuple[Band, ...]
    left_out: int = 0
    status_quo: int | None = None
    remarks: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know, in sentences."""
        found = [LEGEND]
        if self.status_quo is not None:
            found.append(f"State {self.status_quo} is the status quo.")
        if any("-" in row.cells for band in self.bands for row in band.rows):
            found.append("A dash stands for either: states that differ in it only count as one.")
        if self.left_out:
            left_out = counted(self.left_out, "state")
            verb = "is" if self.left_out == 1 else "are"
            found.append(f"{left_out} left out that {verb} no equilibrium.")
        return (*found, *self.remarks)

    def blocks(self, columns: int) -> tuple[OptionTable, ...]:
        """Give tables of at most so many states that stand below each other."""
        starts = range(0, max(len(self.states), 1), columns)
        return tuple(self._cut(slice(start, start + columns)) for start in starts)

    def _cut(self, part: slice) -> OptionTable:
        bands = tuple(
            Band(band.heading, tuple(Row(row.label, row.cells[part]) for row in band.rows))
            for band in self.bands
        )
        return replace(self, states=self.states[part], bands=bands)


def option_table(
    case: Case,
    conflict: Conflict,
    model: GraphModel,
    solved: Stability,
    *,
    wanted: Sequence[Concept],
    most: int,
) -> OptionTable:
    """Give the table of a conflict.

    Of more states than asked for, the status quo is shown and those that are equilibria, under
    most concepts first.

    Args:
        case: for the names of its actors.
        conflict: of the case.
        model: of the conflict, with the ranks.
        solved: who is stable where, coalitions among them where they are asked; Nash must be
            among the concepts.
        wanted: the concepts to tell of.
        most: states to show.

    Raises:
        UsageError: Nash stability is missing, without which r and s are alike.
    """
    if Concept.NASH not in solved.stable:
        raise UsageError("An option table needs Nash stability besides the concepts asked for.")
    begins = status_quo(model.graph, conflict)
    numbers = _numbers(solved, wanted, begins, most)
    places = np.array(numbers, dtype=np.int64) - 1
    bands = [
        *_options(case, conflict, [letters(model.graph, int(d)) for d in solved.decimals[places]]),
        _ranks(case, model, solved, places),
        *(_stability(case, solved, concept, places) for concept in wanted),
    ]
    return OptionTable(numbers, tuple(bands), len(solved.decimals) - len(numbers), begins)


def _numbers(
    solved: Stability, wanted: Sequence[Concept], begins: int | None, most: int
) -> tuple[int, ...]:
    if len(solved.decimals) <= most:
        return tuple(range(1, len(solved.decimals) + 1))
    firm = np.sum([solved.equilibria(concept) for concept in wanted], axis=0)
    order = np.argsort(-firm, kind="stable")
    found = [int(place) + 1 for place in order[firm[order] > 0]]
    first = [begins] if begins is not None else []
    return tuple(sorted(dict.fromkeys([*first, *found][:most])))


def letters(graph: Graph, decimal: int) -> str:
    """Give a state as Y and N, option 0 first; a dash where decimals that count as it differ.

    Args:
        graph: who can move what.
        decimal: that names the state.
    """
    members = np.array([decimal])
    if graph.classes is not None:
        members = np.flatnonzero((graph.classes == decimal) & graph.feasible)
    always, ever = np.bitwise_and.reduce(members), np.bitwise_or.reduce(members)
    signs = {(1, 1): "Y", (0, 0): "N"}
    bits = range(len(graph.options))
    return "".join(signs.get((always >> bit & 1, ever >> bit & 1), "-") for bit in bits)


def _options(case: Case, conflict: Conflict, states: Sequence[str]) -> Iterator[Band]:
    """Give a band for each decision maker, or group of them that owns options together."""
    bands: dict[str, list[Row]] = {}
    for bit, option in enumerate(conflict.options.values()):
        owner = series([name_of(case, each) for each in option.owners]) or "Nobody"
        row = Row(option.label or option.text, tuple(state[bit] for state in states))
        bands.setdefault(owner, []).append(row)
    yield from (Band(owner, tuple(rows)) for owner, rows in bands.items())


def _ranks(case: Case, model: GraphModel, solved: Stability, places: NDArray[np.int64]) -> Band:
    ranks = model.ranks[:, solved.decimals[places]]
    rows = zip(model.graph.actors, ranks.tolist(), strict=True)
    return Band("Rank", tuple(Row(name_of(case, a), tuple(map(str, each))) for a, each in rows))


def _stability(case: Case, solved: Stability, concept: Concept, places: NDArray[np.int64]) -> Band:
    rows = list(_rows(case, solved.actors, solved.stable, concept, places))
    if isinstance(solved, CoalitionStability) and concept in solved.joint:
        rows += _rows(case, solved.coalitions, solved.joint, concept, places)
    ends = ("E" if each else "" for each in solved.equilibria(concept)[places])
    heading = "Nash" if concept is Concept.NASH else concept.upper()
    return Band(heading, (*rows, Row("Equilibrium", tuple(ends))))


def _rows(
    case: Case,
    whose: Iterable[str | tuple[str, ...]],
    stable: Mapping[Concept, NDArray[np.bool_]],
    concept: Concept,
    places: NDArray[np.int64],
) -> Iterator[Row]:
    """Give a row for each decision maker, or each coalition of them."""
    rational, calm = (stable[each][:, places] for each in (Concept.NASH, concept))
    signs = np.where(rational, "r", np.where(calm, "s", "u")).tolist()
    for one, row in zip(whose, signs, strict=True):
        members = (one,) if isinstance(one, str) else one
        yield Row(series([name_of(case, each) for each in members]), tuple(row))
