"""Coded statements as columns: who, when, in which document, and any variables that were coded."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np

from melian.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

Kind = Literal["text", "boolean", "integer"]
Value = str | int
Item = TypeVar("Item")

MISSING = -1
"""The code of a statement that has no value."""

UNDATED = -62_135_596_800
"""The second of a statement without a date: the first of all, on 1 January of the year 1."""


@dataclass(frozen=True, eq=False)
class Variable:
    """What was coded of every statement: a person, a concept, whether it is agreed with.

    Attributes:
        kind: text, boolean or integer.
        levels: the values that come up, in order; both, 0 and 1, of a boolean.
        codes: which of the levels each statement has, int32, or :data:`MISSING`.
    """

    kind: Kind
    levels: tuple[Value, ...]
    codes: NDArray[np.int32]

    @cached_property
    def similarity(self) -> NDArray[np.float64]:
        """How alike two levels are, from 0 to 1: one less their distance over the range of values.

        Different texts are not alike at all.
        """
        if self.kind == "text":
            return np.eye(len(self.levels))
        values = np.array(self.levels, dtype=np.float64)
        width = np.ptp(values) if len(values) else 0.0
        if width == 0:
            return np.ones((len(values), len(values)))
        return np.asarray(1 - np.abs(values[:, None] - values) / width)

    def of(self, rows: NDArray[np.intp]) -> Variable:
        """Give the variable with the levels that come up in some rows only; a boolean keeps both.

        The codes are still of all statements; one whose level is left out is missing.
        """
        if self.kind == "boolean":
            return self
        seen = np.bincount(self.codes[rows] + 1, minlength=len(self.levels) + 1)[1:] > 0
        if seen.all():
            return self
        number = np.append(np.where(seen, np.cumsum(seen) - 1, MISSING), MISSING)
        levels = tuple(level for level, kept in zip(self.levels, seen, strict=True) if kept)
        return Variable(self.kind, levels, number.astype(np.int32)[self.codes])


def text_variable(values: Sequence[str]) -> Variable:
    """Give a variable of texts, sorted by code point; those that are empty are missing."""
    return texts_of(*distinct(values))


def texts_of(texts: Sequence[str], places: NDArray[np.int32]) -> Variable:
    """Give the same of texts of which each statement names one by its place."""
    used = np.bincount(places, minlength=len(texts)) > 0
    levels = tuple(sorted({text for text, kept in zip(texts, used, strict=True) if kept} - {""}))
    number = {level: code for code, level in enumerate(levels)}
    codes = np.array([number.get(text, MISSING) for text in texts], dtype=np.int32)
    return Variable("text", levels, _frozen(codes[places]))


def number_variable(values: Sequence[int | None], kind: Kind) -> Variable:
    """Give a variable of whole numbers, or of 0 and 1; None is missing."""
    return numbers_of(*distinct(values), kind)


def numbers_of(numbers: Sequence[int | None], places: NDArray[np.int32], kind: Kind) -> Variable:
    """Give the same of numbers of which each statement names one by its place."""
    used = np.bincount(places, minlength=len(numbers)) > 0
    found = {n for n, kept in zip(numbers, used, strict=True) if kept and n is not None}
    levels = tuple(sorted({0, 1} if kind == "boolean" else found))
    code = {level: place for place, level in enumerate(levels)}
    codes = np.array([MISSING if n is None else code.get(n, MISSING) for n in numbers], np.int32)
    return Variable(kind, levels, _frozen(codes[places]))


def distinct(values: Sequence[Item]) -> tuple[list[Item], NDArray[np.int32]]:
    """Give the different values, and the place among them of each."""
    place = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return [*place], np.fromiter(map(place.__getitem__, values), np.int32, count=len(values))


def _frozen(codes: NDArray[np.int32]) -> NDArray[np.int32]:
    codes.flags.writeable = False
    return codes


@dataclass(frozen=True, eq=False)
class Table:
    """Coded statements, in the order of their time, document and place in it.

    Attributes:
        ids: one name per statement.
        seconds: when it was made, int64, in seconds of UTC since 1970; where the date is no more
            than a day, a month or a year, the first second of it.
        documents: which document it is from, int32.
        variables: what was coded, by name.
        last: the last second that it may have been made in, int64: that of the day, month or year
            where no more is known. The same as ``seconds``, when left out.
    """

    ids: tuple[str, ...]
    seconds: NDArray[np.int64]
    documents: NDArray[np.int32]
    variables: Mapping[str, Variable]
    last: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    def __post_init__(self) -> None:
        """Take times for exact where nothing else is said."""
        if len(self.last) != len(self.seconds):
            object.__setattr__(self, "last", self.seconds)

    def __len__(self) -> int:
        """Count the statements."""
        return len(self.ids)

    def variable(self, name: str) -> Variable:
        """Give a variable by its name.

        Raises:
            UsageError: there is none of that name.
        """
        found = self.variables.get(name)
        if found is None:
            hint = did_you_mean(name, self.variables, f"There are: {', '.join(self.variables)}.")
            raise UsageError(f'Nothing called "{name[:40]}" was coded. {hint}')
        return found


def table(
    ids: Sequence[str],
    seconds: NDArray[np.int64],
    documents: NDArray[np.int32],
    variables: Mapping[str, Variable],
    places: NDArray[np.int64] | None = None,
    *,
    last: NDArray[np.int64] | None = None,
) -> Table:
    """Put statements in the order of their time, document and place in it, and freeze them.

    Args:
        ids: one name per statement.
        seconds: its time.
        documents: the number of its document.
        variables: what was coded.
        places: where in its document it begins; as given, when left out.
        last: the last second of its time; the same as ``seconds``, when left out.
    """
    place = np.arange(len(ids)) if places is None else places
    order = np.lexsort((place, documents, seconds))
    return Table(
        ids=tuple(ids[row] for row in order.tolist()),
        seconds=seconds[order],
        documents=documents[order],
        variables=MappingProxyType(
            {n: Variable(v.kind, v.levels, v.codes[order]) for n, v in variables.items()}
        ),
        last=(seconds if last is None else last)[order],
    )
