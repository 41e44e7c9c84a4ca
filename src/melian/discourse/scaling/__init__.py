"""Positions of actors on one or two dimensions, from what they say of what.

* :mod:`~melian.discourse.scaling.counts` - who says enough of what others speak of, too,
* :mod:`~melian.discourse.scaling.correspondence` - correspondence analysis of a table of counts,
* :mod:`~melian.discourse.scaling.of_profiles` - positions by it, with intervals,
* :mod:`~melian.discourse.scaling.probit` - Gibbs sampling of the item response model,
* :mod:`~melian.discourse.scaling.dimension` - whether answers have a dimension at all,
* :mod:`~melian.discourse.scaling.diagnostics` - whether its chains have converged,
* :mod:`~melian.discourse.scaling.of_answers` - positions by it, with intervals,
* :mod:`~melian.discourse.scaling.positions` - what both kinds of positions have in common.
"""
