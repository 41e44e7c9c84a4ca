"""SIM: the others answer a move at the same time, each by one improvement of its own or none.

From a state s the actor makes one of its improvements, and each other actor makes one of its own
improvements *from s*, or stays. Every option that somebody changes is changed; the state that
results answers the move when it is feasible and no better for the actor than s (Fang, Hipel &
Kilgour 1993, chapter 3).

Most states are decided by sweeps over all of them, in one direction or the other:

* one other actor has an improvement after which no setting of the actor's options is better for it
  than s: that answers every move;
* some move is worth more than s whatever options the others change, to whichever state: that
  answers it no more.

What is left is looked at by itself. As the answers have to be made from s, and all at once, there
is no form like that of the other concepts, with one worth per state moved to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.sweeps import shared
from melian.conflict.sweeps.answers import Answers
from melian.conflict.sweeps.moves import MOST, best, highest, lowest
from melian.conflict.sweeps.staircase import Staircase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph
    from melian.conflict.sweeps.sequential import Improvements

    Values = NDArray[np.int32]
    Truth = NDArray[np.bool_]
    Decimals = NDArray[np.int64]


def stable(
    graph: Graph,
    actor: int,
    ranks: Sequence[Values],
    others: Mapping[int, Improvements],
    asked: Truth,
) -> Truth:
    """Tell, per decimal, whether every improvement is answered at the same time.

    Args:
        graph: who can move what.
        actor: for whom.
        ranks: of every actor, (2^k,).
        others: the improvements of each other actor.
        asked: the states that are looked at; what is said of others may be False throughout.
    """
    own = ranks[actor]
    ends = own if graph.feasible.all() else np.where(graph.feasible, own, np.int32(MOST))
    most = highest(graph, actor, ends)
    calm = np.less_equal(best(graph, actor, own), own)
    for each in others.values():
        calm |= each.worst(most) <= own
    least = ends
    for other in others:
        least = lowest(graph, other, least)
    lost = best(graph, actor, least) > own
    left = asked & ~calm & ~lost
    if shared.several_owners(graph):
        states = np.flatnonzero(left)
        calm[states] = shared.stable(shared.layout(graph), actor, ranks, states)
        return calm
    movers = [other for other in others if graph.owned[other]]
    states = np.flatnonzero(left)
    if len(movers) == 1 and not any(graph.irreversible):
        (order,) = others[movers[0]].orders
        found, states = Staircase(graph, actor, movers[0], own, ends).decide(order, left)
        calm[found] = True
    calm[states] = Answers(graph, actor, ranks, ends, most).stable(states)
    return calm
