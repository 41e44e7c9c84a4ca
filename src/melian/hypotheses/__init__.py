"""Which explanations the evidence speaks for, how far, and how easily that tips.

:func:`weigh` is the whole of it; :mod:`melian.hypotheses.table` is its core and works on numbers.
"""

from melian.hypotheses.engine import weigh

__all__ = ["weigh"]
