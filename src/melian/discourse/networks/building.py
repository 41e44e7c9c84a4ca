"""From coded statements to a network, in one call."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast, get_args

import numpy as np

from melian.discourse.networks import as_dna
from melian.discourse.networks.one_mode import one_mode
from melian.discourse.networks.tensor import tensor
from melian.discourse.networks.two_mode import two_mode
from melian.discourse.statements.selection import DAY, complete, first_of, within, without

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from melian.case.dates import Period
    from melian.discourse.networks.one_mode import Aggregation as OneMode
    from melian.discourse.networks.one_mode import Normalization as OneModeShare
    from melian.discourse.networks.tensor import Tensor
    from melian.discourse.networks.two_mode import Aggregation as TwoMode
    from melian.discourse.networks.two_mode import Normalization as TwoModeShare
    from melian.discourse.statements.selection import Scope
    from melian.discourse.statements.table import Table, Value

Mode = Literal["one", "two"]
Rules = Literal["right", "dna-3.1.2"]
RULES: tuple[Rules, ...] = get_args(Rules)

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What network is wanted.

    Attributes:
        mode: one-mode (rows among themselves) or two-mode (rows by columns).
        rows, columns, qualifier: the variables.
        aggregation, normalization: as :mod:`~melian.discourse.networks.one_mode` and
            :mod:`~melian.discourse.networks.two_mode` have them.
        duplicates: the scope in which a statement that says the same counts once.
        isolates: whether values stay that come up in no statement that counts.
        excluded: values of variables whose statements do not count.
        start, until: seconds between which statements count; open, when left out.
        rules: whether it is done right, or as DNA 3.1.2 does it, defects included.
    """

    mode: Mode = "one"
    rows: str = "organization"
    columns: str = "concept"
    qualifier: str = "agreement"
    aggregation: OneMode | TwoMode = "congruence"
    normalization: OneModeShare | TwoModeShare = "none"
    duplicates: Scope = "include"
    isolates: bool = False
    excluded: Mapping[str, Collection[Value]] = field(default_factory=lambda: MappingProxyType({}))
    start: int | None = None
    until: int | None = None
    rules: Rules = "right"

    @property
    def ignores(self) -> bool:
        """Whether the levels of the qualifier are not told apart."""
        return self.aggregation == "ignore"

    @property
    def as_dna(self) -> bool:
        """Whether it is done as DNA does it."""
        return self.rules == "dna-3.1.2"


@dataclass(frozen=True, eq=False)
class Network:
    """A network of values.

    Attributes:
        design: what was asked for.
        rows, columns: what the rows and columns stand for.
        matrix: float64, of that shape.
        statements: the rows of the table that count, in order.
        loaded: those from which the levels of the qualifier are taken, and who is isolated.
    """

    design: Design
    rows: tuple[Value, ...]
    columns: tuple[Value, ...]
    matrix: NDArray[np.float64]
    statements: NDArray[np.intp]
    loaded: NDArray[np.intp]


def network(table: Table, design: Design) -> Network:
    """Give a network of statements.

    Raises:
        UsageError: a variable is not there, or does not allow what is asked.
        TooLarge: the network would not fit.
    """
    loaded = np.flatnonzero(within(table, design.start, design.until))
    kept = counted(table, loaded, design)
    return slice_of(table, design, loaded, kept)


def counted(table: Table, loaded: NDArray[np.intp], design: Design) -> NDArray[np.intp]:
    """Give the rows of the statements that count, of those that are loaded."""
    names = [design.rows, design.columns, *([] if design.ignores else [design.qualifier])]
    keep = (complete(table, names) & without(table, design.excluded))[loaded]
    first = as_dna.first_of if design.as_dna else first_of
    return first(table, loaded[keep], names, design.duplicates)


def slice_of(
    table: Table, design: Design, loaded: NDArray[np.intp], kept: NDArray[np.intp]
) -> Network:
    """Give the network of the statements that count."""
    counts = tensor_of(table, design, loaded, kept)
    if design.mode == "one":
        do = as_dna.one_mode if design.as_dna else one_mode
        matrix = do(
            counts, cast("OneMode", design.aggregation), cast("OneModeShare", design.normalization)
        )
        return Network(design, counts.rows, counts.rows, matrix, kept, loaded)
    two = as_dna.two_mode if design.as_dna else two_mode
    matrix = two(
        counts, cast("TwoMode", design.aggregation), cast("TwoModeShare", design.normalization)
    )
    return Network(design, counts.rows, counts.columns, matrix, kept, loaded)


def tensor_of(
    table: Table, design: Design, loaded: NDArray[np.intp], kept: NDArray[np.intp]
) -> Tensor:
    """Count the statements that count, by the variables of a design."""
    variables = (design.rows, design.columns, design.qualifier)
    return tensor(table, kept, variables, loaded, isolates=design.isolates)


def seconds_of(period: Period) -> tuple[int | None, int | None]:
    """Give the first and the last second of a period; None where it is open."""
    first = period.start.first if period.start is not None else None
    last = period.until.last if period.until is not None else None
    start, until = (None if d is None else (d - _EPOCH).days * DAY for d in (first, last))
    return start, None if until is None else until + DAY - 1


def tied(found: Network) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give the places of the ties that are not 0, the strongest first, each pair once."""
    matrix = np.triu(found.matrix, 1) if found.design.mode == "one" else found.matrix
    one, other = np.nonzero(matrix)
    order = np.argsort(-np.abs(matrix[one, other]), kind="stable")
    return one[order], other[order]


def strongest(found: Network) -> list[tuple[str, str, float]]:
    """Give the ties of a network, the strongest first, each pair once."""
    one, other = tied(found)
    ties = found.matrix[one, other].tolist()
    rows, columns = ([str(name) for name in names] for names in (found.rows, found.columns))
    return [
        (rows[a], columns[b], tie)
        for a, b, tie in zip(one.tolist(), other.tolist(), ties, strict=True)
    ]
