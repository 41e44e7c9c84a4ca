"""Draws: outcomes where combinations are too many to solve each, or preferences only likely.

* :mod:`~melian.readings.draws.sampling` - seeded draws of sides, the same however they are cut,
* :mod:`~melian.readings.draws.rankings` - which ways of ranking the states come up in them,
* :mod:`~melian.readings.draws.games` - a conflict that travels whole to other processes,
* :mod:`~melian.readings.draws.tallies` - solving many of those, and keeping counts only,
* :mod:`~melian.readings.draws.intervals` - how sure the shares are,
* :mod:`~melian.readings.draws.drawing` - all of that, over processes and machines.
"""
