"""Levers: what moves open to the parties change, and which smallest sets of them suffice.

* :mod:`~melian.readings.levers.pulling` - what a case is like once moves are made,
* :mod:`~melian.readings.levers.reaching` - in how many combinations a target is then reached,
* :mod:`~melian.readings.levers.audits` - what the parties are bound to once moves are made,
* :mod:`~melian.readings.levers.versions` - solving many sets of moves, each conflict once,
* :mod:`~melian.readings.levers.reciprocity` - whether those who move are better off for it,
* :mod:`~melian.readings.levers.walking` - looking at all sets, size by size, and choosing,
* :mod:`~melian.readings.levers.search` - the smallest sets that bring a target about,
* :mod:`~melian.readings.levers.samples` - solving many sets of moves in the same draws,
* :mod:`~melian.readings.levers.drawing` - the smallest sets, in a sample.
"""

from melian.readings.levers.pulling import Pulled, pull
from melian.readings.levers.reaching import Reach, reach

__all__ = ["Pulled", "Reach", "pull", "reach"]
