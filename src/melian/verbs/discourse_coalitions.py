"""Who stands together: the coalitions of a debate, who links them, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from melian.problems import UsageError
from melian.verbs.pictures import drawable
from melian.verbs.words import known

PICTURES = ("map", "tree", "together", "ties")
"""What can be drawn of coalitions."""

if TYPE_CHECKING:
    from pathlib import Path

    from melian.brief.document import Figure
    from melian.discourse.coalitions.engine import Coalitions, Search
    from melian.discourse.coalitions.tie_intervals import TieIntervals
    from melian.discourse.networks.building import Design
    from melian.discourse.resampling import Resampling
    from melian.discourse.statements.table import Table


def coalition_search(kind: str, *, least: int, method: str, groups: int, seed: int) -> Search:
    """Give how coalitions are looked for, from words as they are typed.

    Args:
        kind: subtract or congruence.
        least: how many statements an actor has at least.
        method: whose groups are given; "" for those that agree most with the other methods'.
        groups: how many; 0 for as many as are found.
        seed: of what is random.

    Raises:
        UsageError: one of them is none that is known here.
    """
    from melian.discourse.coalitions.basis import STANDINGS
    from melian.discourse.coalitions.engine import Search
    from melian.discourse.coalitions.methods import METHODS

    return Search(
        standing=known("--type", kind, STANDINGS),
        least=least,
        method=known("--method", method, METHODS) if method else None,
        groups=groups or None,
        seed=seed,
    )


def drawing_again(unit: str, times: int, seed: int) -> Resampling | None:
    """Give how figures are drawn again, from words as they are typed; None for not at all.

    Raises:
        UsageError: nothing of that name can be drawn.
    """
    from melian.discourse.resampling import UNITS, Resampling

    named = known("--resample", unit, UNITS)
    return Resampling(unit=named, times=times, seed=seed) if times else None


def discourse_coalitions(
    table: Table, design: Design, search: Search, by: Resampling | None = None
) -> Coalitions:
    """Find the coalitions of a debate by several methods.

    Args:
        table: the statements.
        design: who is tied by what.
        search: how they are looked for.
        by: what is drawn again to say how sure they are; nothing, when left out.

    Raises:
        UsageError: a variable is not there, a number makes no sense, or the method cannot be asked.
        TooLarge: the network would not fit.
    """
    from melian.discourse.coalitions.engine import coalitions

    return coalitions(table, design, search, by)


def tie_intervals(table: Table, found: Coalitions, by: Resampling) -> TieIntervals:
    """Give an interval for each tie of the actors that are grouped.

    Raises:
        UsageError: there are fewer than two to draw from.
        TooLarge: the draws of all ties would not fit.
    """
    from melian.discourse.coalitions import tie_intervals as drawn

    side: drawn.Side = "net" if found.search.standing == "subtract" else "agreement"
    return drawn.tie_intervals(table, found.design, by, side).among(found.basis.actors)


def coalitions_data(found: Coalitions, ties: TieIntervals | None = None) -> dict[str, Any]:
    """Give coalitions as data."""
    from melian.discourse.coalitions.form import coalitions_form

    return coalitions_form(found, ties)


def coalitions_drawable(path: Path, which: str) -> None:
    """Make sure, before any work, that a picture can be written under a name, and that it is known.

    Raises:
        UsageError: the ending is not that of a picture, or there is none called so.
    """
    drawable(path)
    known("--picture", which, PICTURES)


def coalitions_picture(
    found: Coalitions, which: str, ties: TieIntervals | None = None
) -> tuple[str, str]:
    """Draw coalitions, as an SVG file.

    Args:
        found: the coalitions.
        which: one of :data:`PICTURES`: the map of who is tied to whom, the tree of who says
            alike, who is found together in draws, or the strongest ties with their intervals.
        ties: those intervals.

    Returns:
        The SVG file, and what has to be said of it: what it shows, and what is not drawn.

    Raises:
        UsageError: nothing was drawn again, so that there is nothing to show of draws.
    """
    from melian.brief.drawing import standalone

    figure = _figure(found, known("--picture", which, PICTURES), ties)
    return standalone(figure.svg), figure.caption


def _figure(found: Coalitions, which: str, ties: TieIntervals | None) -> Figure:
    from melian.brief.compose import coalition_pictures

    if which == "map":
        return coalition_pictures.coalition_map(found)
    if which == "tree":
        return coalition_pictures.coalition_tree(found)
    if found.sureness is None or (which == "ties" and ties is None):
        why = found.undrawn or "Leave out --draws 0."
        raise UsageError(f"There are no draws to make a picture of. {why}")
    if which == "ties" and ties is not None:
        return coalition_pictures.tie_plot(ties)
    return coalition_pictures.drawn_together(found, found.sureness)
