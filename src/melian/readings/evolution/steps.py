"""Whether a step pays its mover, and why: an actor's rankings, as readings make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.case.formula import truth
from melian.conflict import building

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.case.formula import Atom, Formula
    from melian.case.model import Conflict, Preference
    from melian.conflict.model import Graph
    from melian.readings.outcomes import Outcomes


class Ways:
    """The different rankings of one actor, as they occur in the profiles.

    Attributes:
        held: per ranking, the preferences that are held, most important first.
        ranks: shape (rankings, 2^k).
        which: per profile, the index of the actor's ranking.
    """

    def __init__(self, graph: Graph, conflict: Conflict, outcomes: Outcomes, actor: str) -> None:
        """Rank the states once for each list of preferences that the actor holds somewhere."""
        given = conflict.preferences.get(actor, ())
        lists = [held[actor] for held in outcomes.held]
        index = {each: place for place, each in enumerate(dict.fromkeys(lists))}
        self.held = [tuple(given[place] for place in each) for each in index]
        self.ranks = np.stack([building.ranks(graph, held) for held in self.held])
        self.which = np.array([index[each] for each in lists], dtype=np.int64)

    def pays(self, before: int, after: int) -> NDArray[np.bool_]:
        """Give, per profile, whether the actor gains by a step between two decimals."""
        gains = self.ranks[:, before] < self.ranks[:, after]
        return np.asarray(gains[self.which])


def decisive(
    preferences: Sequence[Preference], before: Sequence[str], after: Sequence[str]
) -> Preference | None:
    """Give the most important preference by which two states differ, where the second is better.

    Args:
        preferences: those that are held, most important first.
        before: the options taken in the first state.
        after: the options taken in the second.

    Returns:
        The first that is met after and not before; None where a more important one is lost, or
        none tells the states apart.
    """
    for preference in preferences:
        was, is_ = (_met(preference.prefer, taken) for taken in (before, after))
        if was != is_:
            return preference if is_ else None
    return None


def _met(formula: Formula, taken: Sequence[str]) -> bool:
    def value(atom: Atom) -> bool:
        return str(atom) in taken

    return bool(truth(formula, value))
