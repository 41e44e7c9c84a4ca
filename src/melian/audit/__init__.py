"""Where a party's position does not hold together, what repairs it, and its readings.

:func:`audit` is the whole of it; :mod:`melian.audit.search` is its core and works on plain
clauses; :mod:`melian.audit.arguing` tells which claims survive attack.
"""

from melian.audit.engine import audit, contradictory_background

__all__ = ["audit", "contradictory_background"]
