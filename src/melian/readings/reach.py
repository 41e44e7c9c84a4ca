"""Which states can come about at all: those that moves lead to from the status quo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.conflict import building
from melian.conflict.sweeps.spreading import reachable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.case.model import Conflict
    from melian.conflict.model import Graph


def within_reach(on: Graph, conflict: Conflict) -> NDArray[np.bool_]:
    """Tell, per feasible state, whether it can come about.

    It can when moves lead there from the status quo, of whomever, in whatever number, and whether
    they pay or not: an option that is irreversible and taken stays taken, and one that belongs to
    nobody stays as it is. All states can where no status quo is given, or none that is feasible.

    Args:
        on: the graph of the conflict.
        conflict: that names the status quo.
    """
    number = building.status_quo(on, conflict)
    if number is None:
        return np.ones(len(on.decimals), dtype=np.bool_)
    return np.asarray(reachable(on, int(on.decimals[number - 1]))[on.decimals])
