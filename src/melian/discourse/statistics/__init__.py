"""Statistics that more than one question needs.

* :mod:`~melian.discourse.statistics.proportions` - shares: their intervals, and the exact test,
* :mod:`~melian.discourse.statistics.correction` - p-values of many comparisons, and in words.
"""
