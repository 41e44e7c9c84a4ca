"""What can be expected of each option: taken or left in every equilibrium, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.model import frozen
from melian.conflict.result import Concept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.readings.conditions import HangsOn
    from melian.readings.outcomes import Outcomes


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """One option across all combinations of readings, looking at the equilibria of one concept.

    Attributes:
        option: its id.
        taken: per combination, whether there are equilibria and it is taken in all of them.
        left: per combination, whether there are equilibria and it is taken in none of them. What
            a state leaves open is neither.
        hangs_on: when it is taken in all of them.
    """

    option: str
    taken: NDArray[np.bool_]
    left: NDArray[np.bool_]
    hangs_on: HangsOn

    @property
    def settled(self) -> bool | None:
        """True when it is always taken, False when never, None when that hangs on something."""
        if self.taken.all():
            return True
        return False if self.left.all() else None


def outlook(outcomes: Outcomes, concept: Concept = Concept.NASH) -> tuple[Outlook, ...]:
    """Give the outlook of each option, in the order of the case."""
    stable = outcomes.equilibria[concept]
    any_stable = stable.any(axis=1)
    views = []
    for bit, option in enumerate(outcomes.options):
        always, ever = outcomes.having(bit)
        taken = any_stable & ~np.any(stable & ~always, axis=1)
        left = any_stable & ~np.any(stable & ever, axis=1)
        met, unmet = (frozen(each[outcomes.profile], np.bool_) for each in (taken, left))
        views.append(Outlook(option, met, unmet, outcomes.hangs_on(met)))
    return tuple(views)
