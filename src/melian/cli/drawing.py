"""What commands share that may draw combinations: their options, and what they say of a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from melian.case.model import Case
    from melian.readings.draws.drawing import Draws
    from melian.readings.levers.result import DrawnSearch

Number = Annotated[
    int | None,
    typer.Option("--draws", help="Draw so many combinations instead of solving all.", min=1),
]
Seed = Annotated[int, typer.Option(help="Of the draws: the same seed gives the same.", min=0)]
Workers = Annotated[int, typer.Option(help="Processes on this machine that solve.", min=1)]
Scheduler = Annotated[
    str, typer.Option(help="Address of a Dask cluster that solves, such as tcp://host:8786.")
]


def drawn(case: Case, sample: Draws | DrawnSearch, combinations: str, *, asked: bool) -> str:
    """Say of how many combinations how many were drawn, to be gone on with.

    Args:
        case: whose combinations they are.
        sample: what was drawn.
        combinations: how many there are.
        asked: whether draws were asked for; otherwise, combinations are too many.
    """
    from melian.readings.wording import combined

    many = "" if asked else ", too many to solve each"
    return (
        f"Combinations of {combined(case)}: {combinations}{many}. Drawn: {sample.draws:,} "
        f"(seed {sample.seed})"
    )


def of_the_draws(sample: Draws | DrawnSearch) -> str:
    """Say what shares in a sample are of."""
    return f"Shares are of the draws, with their {sample.confidence:.0%} intervals."
