"""The graph model in normal form: who can move what, which states can be, who prefers which.

A state is a set of options taken. It is a number, its **decimal**: option i is bit i, so that a
property of all states is one dense array of length 2^k, and a move is a change of bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

from melian.problems import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_Item = TypeVar("_Item", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Who can move what, without anyone's preferences.

    An actor moves by changing any of its own options at once; the state it arrives at must be
    feasible, and no irreversible option may change against its direction.

    Attributes:
        actors: the decision makers.
        options: the options; option i is bit i of a state's decimal.
        owned: per actor, the bits of its options; an option may have several owners, or none.
        feasible: per decimal whether the state can be, shape (2^k,).
        irreversible: per option 0 (may be taken and dropped), +1 (only taken), -1 (only dropped).
        classes: where several decimals count as one state, per decimal the lowest of those that it
            counts with, shape (2^k,); None where each counts by itself.
    """

    actors: tuple[str, ...]
    options: tuple[str, ...]
    owned: tuple[int, ...]
    feasible: NDArray[np.bool_]
    irreversible: tuple[int, ...]
    classes: NDArray[np.int32] | None = None

    def __post_init__(self) -> None:
        """Check the shapes, and keep the array from being written to.

        Raises:
            UsageError: the parts do not belong to one graph.
        """
        if self.feasible.shape != (1 << len(self.options),):
            raise UsageError(
                f"feasible has shape {self.feasible.shape}; "
                f"{len(self.options)} options need (2^{len(self.options)},)."
            )
        if len(self.owned) != len(self.actors) or len(self.irreversible) != len(self.options):
            raise UsageError("owned needs one entry per actor, irreversible one per option.")
        object.__setattr__(self, "feasible", frozen(self.feasible, np.bool_))
        if self.classes is not None:
            if self.classes.shape != self.feasible.shape:
                raise UsageError("classes needs one entry per decimal, as feasible has.")
            object.__setattr__(self, "classes", frozen(self.classes, np.int32))

    @property
    def states(self) -> NDArray[np.bool_]:
        """Per decimal whether it stands for a state: feasible, and the lowest that counts as it."""
        if self.classes is None:
            return self.feasible
        lowest = np.equal(self.classes, np.arange(len(self.classes)))
        return np.logical_and(self.feasible, lowest)

    @property
    def decimals(self) -> NDArray[np.int64]:
        """The feasible states, ascending; state number n is ``decimals[n - 1]``."""
        return np.flatnonzero(self.states).astype(np.int64, copy=False)

    @property
    def varying(self) -> NDArray[np.int64] | None:
        """Per state, the bits in which the decimals that count as it differ; None if none do."""
        if self.classes is None:
            return None
        members = np.flatnonzero(self.feasible)
        lowest = self.classes[members].astype(np.int64)
        found = np.zeros(len(self.feasible), dtype=np.int64)
        np.bitwise_or.at(found, lowest, members ^ lowest)
        return frozen(found[self.states], np.int64)

    def bits(self, actor: int) -> tuple[int, ...]:
        """The indexes of an actor's options, ascending."""
        return tuple(b for b in range(len(self.options)) if self.owned[actor] >> b & 1)


@dataclass(frozen=True, slots=True, eq=False)
class GraphModel:
    """A graph and what each decision maker prefers on it.

    Attributes:
        graph: who can move what.
        ranks: shape (actors, 2^k), ordinal, larger is better: 1 to r without gaps over the
            feasible states, 0 for infeasible ones. Where several decimals count as one state, the
            lowest has the rank of all of them.
    """

    graph: Graph
    ranks: NDArray[np.int32]

    def __post_init__(self) -> None:
        """Check the shape, and keep the array from being written to.

        Raises:
            UsageError: the ranks do not belong to the graph.
        """
        shape = (len(self.graph.actors), len(self.graph.feasible))
        if self.ranks.shape != shape:
            raise UsageError(f"ranks have shape {self.ranks.shape}; this graph needs {shape}.")
        object.__setattr__(self, "ranks", frozen(self.ranks, np.int32))


def frozen(array: NDArray[np.generic], dtype: type[_Item]) -> NDArray[_Item]:
    """Give a copy of an array that nobody can write to; or itself, if it is one already."""
    if not array.flags.writeable and array.flags.owndata and array.dtype == dtype:
        return cast("NDArray[_Item]", array)
    copy = np.array(array, dtype=dtype)
    copy.flags.writeable = False
    return copy


def one_by_one(graph: Graph, what: str) -> None:
    """Refuse a graph in which several decimals count as one state.

    Args:
        graph: that is about to be used.
        what: cannot use such a graph, as the sentence begins.

    Raises:
        UsageError: it is such a graph.
    """
    if graph.classes is not None:
        raise UsageError(
            f"{what} takes states one by one, and in this conflict several count as one. Leave out "
            "indistinguishable from a copy of the case, and ask that one."
        )
