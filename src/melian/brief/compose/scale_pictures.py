"""Positions of actors on a dimension as a picture, with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.figures.interval_plot import Estimate, IntervalTable, interval_plot
from melian.problems import UsageError

if TYPE_CHECKING:
    from melian.brief.document import Figure
    from melian.discourse.scaling.of_answers import AnswerScale
    from melian.discourse.scaling.of_profiles import ProfileScale


def scale_figure(found: ProfileScale | AnswerScale) -> Figure:
    """Draw where the actors stand who span the dimension, from left to right.

    Raises:
        UsageError: the chains of an item response scale have not settled, so that there are none.
    """
    from melian.discourse.scaling.of_profiles import ProfileScale

    if isinstance(found, ProfileScale):
        interval = f"{found.resampling.level:.0%} of draws" if found.resampling else "interval"
    else:
        if not found.converged:
            raise UsageError(
                "The positions have not settled, and cannot be drawn. Take longer chains: --sweeps."
            )
        if not found.dimension.known:
            raise UsageError(
                "Item response puts these actors in no order that could be drawn: answers have too "
                "little in common. --method correspondence, or leave -o out to read the numbers."
            )
        interval = f"{found.level:.0%} credible interval"
    estimates = tuple(
        Estimate(
            each.actor,
            each.value,
            each.intervals[0].low if each.intervals[0] is not None else None,
            each.intervals[0].high if each.intervals[0] is not None else None,
        )
        for each in found.positions
        if each.spans
    )
    return interval_plot(
        IntervalTable(
            "Where actors stand",
            estimates,
            "position",
            f"as {found.poles.left}",
            f"as {found.poles.right}",
            interval=interval,
        )
    )
