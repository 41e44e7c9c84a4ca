"""A sample of outcomes as plain data: what ``melian outcomes --draws N --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from melian.conflict.result import Concept, open_form
from melian.readings.form import MOST_LISTED, beyond_form, choice_form
from melian.readings.wording import WEIGHED

if TYPE_CHECKING:
    from melian.readings.draws.drawing import Draws
    from melian.readings.draws.intervals import Estimate


def draws_form(draws: Draws) -> dict[str, Any]:
    """Give shares and their intervals as JSON-ready data.

    The keys are those of :func:`melian.readings.form.outcomes_form`, as far as a sample knows
    them: ``combos`` is empty and no outcome says what it hangs on. ``profiles`` counts those that
    came up. Besides, each outcome has the ``interval`` of each share, ``options_sure`` and
    ``options_ruled_out`` tell what is so in all Nash equilibria of a draw, and ``target`` how often
    it is reached. ``complete`` is false: these are shares of ``draws`` drawn with ``seed``.
    """
    order = np.lexsort((-draws.counts(Concept.NASH), -draws.under_all))
    some = np.any([*draws.stable.values()], axis=0)
    numbers = [int(place) + 1 for place in order[some[order]]][:MOST_LISTED]
    return {
        "options": list(draws.options),
        "combinations": draws.combinations,
        "profiles": draws.profiles,
        "status_quo": draws.status_quo,
        "choices": [choice_form(choice) for choice in draws.choices],
        "combos": [],
        "outcomes": [_outcome(draws, number) for number in numbers],
        "holds_in_all": [int(n) + 1 for n in np.flatnonzero(draws.under_all == draws.draws)],
        "cannot_come_about": beyond_form(draws.beyond),
        "options_sure": _options(draws, draws.sure),
        "options_ruled_out": _options(draws, draws.ruled_out),
        "target": _target(draws),
        "draws": draws.draws,
        "seed": draws.seed,
        "confidence": draws.confidence,
        "complete": draws.complete,
        "method": draws.method,
        **({"weights": WEIGHED} if draws.uncertain else {}),
    }


def _outcome(draws: Draws, number: int) -> dict[str, Any]:
    shares = {c.value: draws.share(number, c) for c in draws.stable}
    shares["all"] = draws.share(number)
    return {
        "number": number,
        "options": draws.letters(number),
        "taken": list(draws.taken(number)),
        **open_form(draws, number),
        "share": {name: round(each.share, 6) for name, each in shares.items()},
        "interval": {name: interval_form(each) for name, each in shares.items()},
    }


def _options(draws: Draws, counts: np.ndarray[Any, np.dtype[np.int64]]) -> dict[str, Any]:
    each = zip(draws.options, counts, strict=True)
    return {option: estimate_form(draws.estimate(count)) for option, count in each}


def _target(draws: Draws) -> dict[str, Any] | None:
    if draws.target is None:
        return None
    return {
        "formula": str(draws.target),
        "possible": estimate_form(draws.estimate(draws.possible)),
        "assured": estimate_form(draws.estimate(draws.assured)),
    }


def estimate_form(estimate: Estimate) -> dict[str, Any]:
    """Give an estimated share and its interval."""
    return {"share": round(estimate.share, 6), "interval": interval_form(estimate)}


def interval_form(estimate: Estimate) -> list[float]:
    """Give the ends of the interval of an estimated share."""
    return [round(estimate.low, 6), round(estimate.high, 6)]
