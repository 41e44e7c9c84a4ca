"""Evolution: how outcomes come about from the status quo, in some or all combinations.

* :mod:`~melian.readings.evolution.steps` - whether a step pays its mover, and why,
* :mod:`~melian.readings.evolution.routes` - a shortest way to an equilibrium,
* :mod:`~melian.readings.evolution.status_quo` - which equilibria come about.
"""
