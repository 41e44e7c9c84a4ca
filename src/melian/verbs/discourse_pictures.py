"""Pictures of a debate as SVG files: networks, and where actors stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.verbs.words import known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.discourse.networks.building import Network
    from melian.discourse.networks.windows import Window
    from melian.discourse.polarisation.form import Polarised
    from melian.discourse.scaling.of_answers import AnswerScale
    from melian.discourse.scaling.of_profiles import ProfileScale
    from melian.discourse.statements.table import Table
    from melian.discourse.trends.report import Trends

NETWORK_PICTURES = ("map", "matrix")
"""How a network can be drawn."""


def network_picture(table: Table, found: Network, which: str = "map") -> str:
    """Draw a network, as an SVG file.

    Args:
        table: the statements that it was made of.
        found: the network.
        which: one of :data:`NETWORK_PICTURES`.

    Raises:
        UsageError: it cannot be drawn, or not so.
    """
    from melian.brief.compose.network_pictures import matrix_figure, network_figure
    from melian.brief.drawing import standalone
    from melian.brief.figures.stacking import captioned

    draw = {"map": network_figure, "matrix": matrix_figure}
    return standalone(captioned(draw[known("--picture", which, NETWORK_PICTURES)](table, found)))


def series_picture(table: Table, series: Sequence[tuple[Window, Network]]) -> str:
    """Draw the networks of windows as maps one below the other, as an SVG file.

    Raises:
        UsageError: they cannot be drawn, or are too many.
    """
    from melian.brief.compose.network_pictures import window_figures
    from melian.brief.drawing import standalone
    from melian.brief.figures.stacking import stacked

    return standalone(stacked("Who stands with whom, over time", window_figures(table, series)))


def camp_picture(table: Table, found: Polarised) -> str:
    """Draw two camps, as an SVG file: over time if windows were asked for, else as a map.

    Args:
        table: the statements of which they were made.
        found: the camps.
    """
    from melian.brief.compose.camp_pictures import camp_map, course_figures
    from melian.brief.drawing import standalone
    from melian.brief.figures.stacking import captioned, stacked

    if found.course is None:
        return standalone(captioned(camp_map(table, found.camps)))
    return standalone(stacked("Two camps over time", course_figures(found.course)))


def trend_picture(found: Trends) -> str:
    """Draw how much is said of what over time, as an SVG file."""
    from melian.brief.compose.trend_pictures import trend_figure
    from melian.brief.drawing import standalone
    from melian.brief.figures.stacking import captioned

    return standalone(captioned(trend_figure(found)))


def scale_picture(found: ProfileScale | AnswerScale) -> str:
    """Draw where actors stand on a dimension, as an SVG file."""
    from melian.brief.compose.scale_pictures import scale_figure
    from melian.brief.drawing import standalone
    from melian.brief.figures.stacking import captioned

    return standalone(captioned(scale_figure(found)))
