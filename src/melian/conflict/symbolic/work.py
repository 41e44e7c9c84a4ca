"""How much a search among formulas may do: a step is a literal that a solver propagates."""

from __future__ import annotations

from melian.effort import Price

STEPS = 200_000_000
"""What a search may take unless the caller allows more: about a minute."""

PRICE = Price(call=100, of="propagations")
