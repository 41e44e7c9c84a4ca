"""What conflicts that differ in a few places have in common, worked out once.

A lever changes some preferences, facts or commitments and leaves the rest as it was: most actors
rank the states as before, in most readings. Conflicts solved with the same workings share all that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from melian.conflict import building
from melian.conflict.stability import Solver
from melian.readings import profiles
from melian.readings.reach import within_reach

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from melian.audit.result import Audit, Standing
    from melian.case.model import Case, Conflict, Preference
    from melian.conflict.model import Graph
    from melian.conflict.result import Concept
    from melian.readings.profiles import Ranked, View

    Values = NDArray[np.int32]
    Truth = NDArray[np.bool_]

_KEPT = 2**28
"""Bytes of ranks that are kept, about; when there are more, all is forgotten and begun again."""

_ANSWERS = 2**26  # bytes of equilibria that a solver keeps, likewise


class Remembering(Solver):
    """A solver that solves no profile twice, as long as its ranks are the same arrays."""

    def __init__(self, graph: Graph) -> None:
        """Take a graph; nothing is worked out yet."""
        super().__init__(graph)
        self._answers: dict[Hashable, tuple[Sequence[Values], Truth]] = {}

    def equilibria(self, ranks: Sequence[Values], concept: Concept) -> Truth:
        """Give, per feasible state, whether it is an equilibrium under a concept.

        Args:
            ranks: per actor (2^k,).
            concept: which.

        Raises:
            TooLarge: the concept is SIM, and would not fit.
        """
        key = (concept, *map(id, ranks))
        if key not in self._answers:
            if len(self._answers) * len(self.graph.feasible) > _ANSWERS:
                self._answers.clear()
            found = super().equilibria(ranks, concept)
            self._answers[key] = (ranks, found)  # kept too, so that their ids stay their own
        return self._answers[key][1]


class Workings:
    """Graphs with their solvers, and how actors rank the states, each made when first asked for."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._solvers: dict[Hashable, Solver] = {}
        self._views: dict[Hashable, tuple[Audit, View]] = {}
        self._ranked: dict[tuple[int, int], tuple[Graph, View, Ranked]] = {}
        self._reach: dict[Hashable, tuple[Graph, Truth]] = {}
        self._arrays: dict[bytes, Values] = {}
        self._size = 0

    def solver(self, conflict: Conflict) -> Solver:
        """Give the solver of a conflict's graph.

        Raises:
            TooLarge: the conflict has too many options for dense arrays.
            UsageError: a formula names something that is no option.
        """
        owners = tuple((name, option.owners) for name, option in conflict.options.items())
        locked = tuple(sorted(conflict.irreversible.items()))
        key = (conflict.actors, owners, conflict.infeasible, conflict.indistinguishable, locked)
        if key not in self._solvers:
            self._solvers[key] = Remembering(building.graph(conflict))
        return self._solvers[key]

    def reach(self, on: Graph, conflict: Conflict) -> Truth:
        """Tell, per feasible state of a conflict's graph, whether it can come about."""
        key = (id(on), conflict.status_quo)
        if key not in self._reach:  # the graph is kept too, so that its id stays its own
            self._reach[key] = (on, within_reach(on, conflict))
        return self._reach[key][1]

    def view(
        self, case: Case, audit: Audit, standing: Standing, preferences: tuple[Preference, ...]
    ) -> View:
        """Give what an actor holds in each combination of its sides.

        Args:
            case: whose facts decide which conditional commitments count.
            audit: that the standing is part of; views are shared within one audit.
            standing: how the actor stands.
            preferences: its preferences, most important first.

        Raises:
            TooLarge: there are too many combinations of its sides.
        """
        facts = tuple((atom, fact.value) for atom, fact in case.facts.items())
        key = (id(audit), standing.actor, preferences, facts)
        if key not in self._views:  # the audit is kept too, so that its id stays its own
            self._views[key] = (audit, profiles.view(case, standing, preferences))
        return self._views[key][1]

    def ranked(self, on: Graph, view: View) -> Ranked:
        """Give the ways in which an actor ranks the states of a graph."""
        key = (id(on), id(view))
        if key not in self._ranked:
            self._forget(beyond=_KEPT)
            made = profiles.ranked(on, view)
            same = tuple(self._same(ranks) for ranks in made.ranks)
            self._ranked[key] = (on, view, replace(made, ranks=same))
        return self._ranked[key][2]

    def _same(self, ranks: Values) -> Values:
        """Give one array for all that say the same."""
        key = ranks.tobytes()
        if key not in self._arrays:
            self._arrays[key] = ranks
            self._size += 2 * ranks.nbytes
        return self._arrays[key]

    def _forget(self, beyond: int) -> None:
        if self._size > beyond:
            self._solvers.clear()
            self._views.clear()
            self._ranked.clear()
            self._reach.clear()
            self._arrays.clear()
            self._size = 0
