"""What conflicts that differ in a few places have in common, worked out once.

A lever changes some preferences, facts or commitments and leaves the rest as it was: most actors
rank the states as before, in most readings. Conflicts solved with the same workings share all that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.conflict import building
from melian.conflict.stability import Solver
from melian.readings import profiles

if TYPE_CHECKING:
    from collections.abc import Hashable

    from melian.audit.result import Audit, Standing
    from melian.case.model import Case, Conflict, Preference
    from melian.conflict.model import Graph
    from melian.readings.profiles import Ranked, View

_KEPT = 2**28
"""Bytes of ranks that are kept, about; when there are more, all is forgotten and begun again."""


class Workings:
    """Graphs with their solvers, and how actors rank the states, each made when first asked for."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._solvers: dict[Hashable, Solver] = {}
        self._views: dict[Hashable, tuple[Audit, View]] = {}
        self._ranked: dict[tuple[int, int], tuple[Graph, View, Ranked]] = {}
        self._size = 0

    def solver(self, conflict: Conflict) -> Solver:
        """Give the solver of a conflict's graph.

        Raises:
            TooLarge: the conflict has too many options for dense arrays.
            UsageError: a formula names something that is no option.
        """
        owners = tuple((name, option.owners) for name, option in conflict.options.items())
        locked = tuple(sorted(conflict.irreversible.items()))
        key = (conflict.actors, owners, conflict.infeasible, locked)
        if key not in self._solvers:
            self._solvers[key] = Solver(building.graph(conflict))
        return self._solvers[key]

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
            self._ranked[key] = (on, view, made)
            self._size += sum(ranks.nbytes for ranks in made.ranks)
        return self._ranked[key][2]

    def _forget(self, beyond: int) -> None:
        if self._size > beyond:
            self._solvers.clear()
            self._views.clear()
            self._ranked.clear()
            self._size = 0
