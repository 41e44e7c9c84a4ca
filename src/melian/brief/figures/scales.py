"""Round numbers along a scale."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10


def marks_on(low: float, high: float, about: int = 5) -> list[float]:
    """Give round numbers from one end of a scale to the other, about so many steps apart.

    >>> marks_on(0, 1), marks_on(-3, 8), marks_on(2, 2)
    ([0.0, 0.2, 0.4, 0.6, 0.8, 1.0], [-2.5, 0.0, 2.5, 5.0, 7.5], [2.0])
    """
    wide = high - low
    if not isfinite(wide) or wide <= 1e-9 * max(abs(low), abs(high)):
        return [float(low)]
    rough = wide / about
    power = 10.0 ** floor(log10(rough))
    step = next(
        (power * times for times in (1, 2, 2.5, 5, 10) if power * times >= rough * 0.999),
        power * 10,
    )
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(number * step, 10) + 0.0 for number in range(first, last + 1)]
