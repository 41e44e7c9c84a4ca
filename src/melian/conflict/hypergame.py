"""What follows when decision makers are wrong about each other: first-level hypergames.

In a first-level hypergame each decision maker plays a game of its own (Bennett 1977; Wang, Hipel &
Fraser, "Modeling misperceptions in hypergames", Behavioral Science 33 (1988)): it prefers what it
does prefer, takes the others to prefer what it believes of them, and knows nothing of the states
that it does not see. A state is an **equilibrium of the hypergame** when everyone sees it and finds
it stable in its own game. It is set against two others: what each **expects**, the equilibria of
its own game, and what would hold **in truth**, the equilibria of the game as it is.

Whether a state is stable for an actor under Nash, GMR and SMR depends on no preferences but its
own. So beliefs about preferences change only what is expected under these three; under SEQ and SIM,
where one fears no answer that the other would not gain by, they change what holds as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict import building
from melian.conflict.coalitions.joint import DEFINED, Coalition
from melian.conflict.model import GraphModel, frozen, one_by_one
from melian.conflict.preferences import evaluate
from melian.conflict.result import States
from melian.conflict.stability import ALL, stability
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.case.model import Conflict, Preference
    from melian.conflict.model import Graph
    from melian.conflict.result import Concept, Stability

    Truth = NDArray[np.bool_]

TOLD = 64
"""Of how many imagined equilibria, those of all actors together, it is said who would leave."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """The conflict as one actor sees it; states are those of the true game.

    Attributes:
        actor: who.
        game: its own game, over the states that it sees.
        sees: per feasible state, whether it knows of it.
        mistaken: the actors that it takes to rank the states it sees otherwise than they do.
        stable: per concept a boolean array, shape (actors, feasible states): which states are
            stable for whom in its game; a state that it does not see is stable for nobody.
    """

    actor: str
    game: GraphModel
    sees: Truth
    mistaken: tuple[str, ...]
    stable: Mapping[Concept, Truth]

    def expects(self, concept: Concept) -> Truth:
        """Give, per feasible state, whether it is an equilibrium to this actor."""
        return np.asarray(self.stable[concept].all(axis=0), dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an actor would do in a state, in somebody's game.

    Attributes:
        actor: who may move.
        stays: whether the state is stable for it there.
        to: numbers of the states that it would move to, all of them equally good and the best that
            no answer keeps it from, fewest options changed first; () when it stays, when whose game
            it is does not see the state, and under SIM, where they are not worked out.
    """

    actor: str
    stays: bool
    to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Hypergame(States):
    """What each actor expects, what holds, and what would hold if all were known.

    Attributes:
        actors: the decision makers, in the order of ``views``.
        views: the conflict as each sees it.
        truth: the stability when everyone knows all.
        status_quo: number of the status quo, or None when it is not feasible or not given.
        prospects: per concept and state number, and for each whose game it is, what each actor
            would do: for the status quo, and for the first :data:`TOLD` states that somebody
            expects to last and that do not.
    """

    actors: tuple[str, ...]
    views: tuple[View, ...]
    truth: Stability
    status_quo: int | None
    prospects: Mapping[Concept, Mapping[int, Mapping[str, tuple[Prospect, ...]]]]
    method: str = "exact; each actor's own game solved by sweeps over all states"

    def holds(self, concept: Concept) -> Truth:
        """Give, per feasible state, whether everyone sees it and finds it stable in its game."""
        return holding(self.views, concept)

    def hidden(self, concept: Concept) -> Truth:
        """Give the states that all who see them find stable, and that somebody does not see."""
        sees = np.array([view.sees for view in self.views])
        calm = np.array([view.stable[concept][i] for i, view in enumerate(self.views)])
        return np.asarray((calm | ~sees).all(axis=0) & sees.any(axis=0) & ~sees.all(axis=0))

    def imagined(self, view: View, concept: Concept) -> Truth:
        """Give the states that an actor expects to last and that do not."""
        return view.expects(concept) & ~self.holds(concept)

    def surprises(self, view: View, concept: Concept) -> Truth:
        """Give the states that last and that an actor does not expect to."""
        return self.holds(concept) & ~view.expects(concept)

    def by_error(self, concept: Concept) -> Truth:
        """Give the states that last only as long as somebody is wrong or does not see all."""
        return self.holds(concept) & ~self.truth.equilibria(concept)

    def lost(self, concept: Concept) -> Truth:
        """Give the states that would last if everyone knew all, and do not."""
        return self.truth.equilibria(concept) & ~self.holds(concept)

    def sees(self, actor: str, number: int) -> bool:
        """Tell whether an actor knows of a state."""
        return bool(self.views[self.actors.index(actor)].sees[number - 1])

    def judged(
        self, concept: Concept, number: int, actor: str
    ) -> tuple[Prospect, Mapping[Prospect, tuple[str, ...]]]:
        """Give what an actor would do in a state, and who of the others expects what of it.

        Others who do not see the state expect nothing.

        Args:
            concept: one of those asked for.
            number: of a state in ``prospects``.
            actor: whose move it is.
        """
        by, place = self.prospects[concept][number], self.actors.index(actor)
        expected: dict[Prospect, tuple[str, ...]] = {}
        for view in self.views:
            if view.actor != actor and view.sees[number - 1]:
                prospect = by[view.actor][place]
                expected[prospect] = (*expected.get(prospect, ()), view.actor)
        return by[actor][place], MappingProxyType(expected)


def holding(views: Sequence[View], concept: Concept) -> Truth:
    """Give, per feasible state, whether it is stable for each actor in its own game."""
    own = [view.stable[concept][i] for i, view in enumerate(views)]
    return np.asarray(np.logical_and.reduce(own), dtype=np.bool_)


def hypergame(conflict: Conflict, concepts: Iterable[Concept] = ALL) -> Hypergame:
    """Solve a conflict as each decision maker sees it, and as it is.

    Args:
        conflict: as the case has it, with what actors believe and do not see; every preference is
            held.
        concepts: the stability concepts wanted.

    Raises:
        TooLarge: the conflict has too many options.
        UsageError: a formula names something that is no option, nobody decides, or several states
            count as one.
    """
    wanted = tuple(concepts)
    true = building.model(conflict, concepts=wanted)
    on = true.graph
    if not on.actors:
        raise UsageError("Nobody decides in this conflict; give its options to actors.")
    one_by_one(on, "A hypergame")
    truth = stability(true, wanted)
    views = tuple(_view(true, _game(conflict, on, actor), actor, wanted) for actor in on.actors)
    quo = building.status_quo(on, conflict)
    told = {concept: _told(views, quo, concept) for concept in wanted}
    return Hypergame(
        options=on.options,
        decimals=truth.decimals,
        actors=on.actors,
        views=views,
        truth=truth,
        status_quo=quo,
        prospects=MappingProxyType(
            {c: _prospects(views, truth.decimals, c, told[c]) for c in wanted}
        ),
    )


def _game(conflict: Conflict, on: Graph, actor: str) -> GraphModel:
    """Give the game that an actor takes itself to be in."""
    feasible = on.feasible
    for formula in conflict.unseen.get(actor, ()):
        feasible = feasible & ~evaluate(formula, on.options)
    seen = replace(on, feasible=feasible)
    each = [building.ranks(seen, preferences_in(conflict, actor, other)) for other in on.actors]
    return GraphModel(seen, np.array(each, dtype=np.int32).reshape(len(each), len(feasible)))


def preferences_in(conflict: Conflict, actor: str, other: str) -> tuple[Preference, ...]:
    """Give what an actor takes another, or itself, to prefer."""
    true = conflict.preferences.get(other, ())
    return true if other == actor else conflict.beliefs.get(actor, {}).get(other, true)


def _view(true: GraphModel, game: GraphModel, actor: str, concepts: Sequence[Concept]) -> View:
    decimals, seen = true.graph.decimals, game.graph.decimals
    found = stability(game, concepts)
    sees = game.graph.feasible[decimals]
    stable = {}
    for concept in concepts:
        table = np.zeros((len(game.ranks), len(decimals)), dtype=np.bool_)
        table[:, sees] = found.stable[concept]
        stable[concept] = frozen(table, np.bool_)
    mistaken = tuple(
        other
        for i, other in enumerate(true.graph.actors)
        if not np.array_equal(_order(true.ranks[i][seen]), game.ranks[i][seen])
    )
    return View(actor, game, frozen(sees, np.bool_), mistaken, MappingProxyType(stable))


def _order(ranks: NDArray[np.int32]) -> NDArray[np.int64]:
    """Give ranks without gaps, from 1."""
    return np.unique(ranks, return_inverse=True)[1].reshape(-1) + 1


def _told(views: Sequence[View], quo: int | None, concept: Concept) -> list[int]:
    """Give the numbers of the states of which it is said what everyone would do."""
    expected = np.logical_or.reduce([view.expects(concept) for view in views])
    imagined = np.flatnonzero(expected & ~holding(views, concept))[:TOLD] + 1
    return sorted({*imagined.tolist(), *([] if quo is None else [quo])})


def _prospects(
    views: Sequence[View], decimals: NDArray[np.int64], concept: Concept, numbers: Sequence[int]
) -> Mapping[int, Mapping[str, tuple[Prospect, ...]]]:
    """Give, for each of some states and each game, what every actor would do in it."""
    found: dict[int, dict[str, tuple[Prospect, ...]]] = {number: {} for number in numbers}
    places = np.array(numbers, dtype=np.int64) - 1
    for view in views:
        each = [_prospect(view, decimals, concept, i, places) for i in range(len(views))]
        for row, number in enumerate(numbers):
            found[number][view.actor] = tuple(prospects[row] for prospects in each)
    return MappingProxyType({n: MappingProxyType(by) for n, by in found.items()})


def _prospect(
    view: View, decimals: NDArray[np.int64], concept: Concept, actor: int, places: NDArray[np.int64]
) -> list[Prospect]:
    """Give what an actor would do in somebody's game, for each of some states."""
    stays = view.stable[concept][actor, places]
    to: list[tuple[int, ...]] = [()] * len(places)
    if concept in DEFINED:
        going = np.flatnonzero(view.sees[places] & ~stays)
        starts = decimals[places[going]]
        targets = Coalition(view.game, [actor]).targets(concept, starts)
        for row, start, ends in zip(going, starts, targets, strict=True):
            best = _best(view.game, actor, int(start), ends)
            to[row] = tuple(int(place) + 1 for place in np.searchsorted(decimals, best))
    name = view.game.graph.actors[actor]
    return [Prospect(name, bool(still), ends) for still, ends in zip(stays, to, strict=True)]


def _best(game: GraphModel, actor: int, start: int, ends: NDArray[np.int64]) -> list[int]:
    """Give the ends that the actor likes best, those with the fewest options changed first."""
    ranks = game.ranks[actor][ends]
    top = ends[ranks == ranks.max()].tolist()
    return sorted(top, key=lambda end: ((end ^ start).bit_count(), end))
