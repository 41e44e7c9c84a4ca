"""Levers in a sample as plain data: what ``melian levers --draws N --json`` prints."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from melian.readings.draws.form import estimate_form, interval_form
from melian.readings.levers.form import found_form

if TYPE_CHECKING:
    from melian.readings.levers.result import DrawnPull, DrawnSearch


def drawn_search_form(found: DrawnSearch) -> dict[str, Any]:
    """Give the sets of levers that bring a target about in a sample, as JSON-ready data.

    The keys are those of :func:`melian.readings.levers.form.search_form`, and shares are those of
    the draws; each set has the ``interval`` of each share. What they hang on, and who gains, is
    not known and null. ``smallest`` are the smallest sets that bring the target about in every
    draw, and so in at least the share ``at_least`` of all combinations, at the lower end of the
    interval. ``complete`` is false: these are shares of ``draws`` drawn with ``seed``.
    """
    return {
        **found_form(found, partial(_reach, found), _unknown, _unknown),
        "draws": found.draws,
        "seed": found.seed,
        "confidence": found.confidence,
        "at_least": round(found.at_least, 6),
        "complete": found.complete,
        "method": found.method,
    }


def _unknown(_: DrawnPull) -> dict[str, Any]:
    return {"reciprocal": None, "reciprocity": None}


def _reach(found: DrawnSearch, pull: DrawnPull) -> dict[str, Any]:
    sampled = pull.sampled
    return {
        "possible": round(pull.possible.share, 6),
        "assured": round(pull.assured.share, 6),
        "interval": {
            "possible": interval_form(pull.possible),
            "assured": interval_form(pull.assured),
        },
        "combinations": pull.combinations,
        "profiles": sampled.profiles,
        "states": list(pull.states),
        "outcomes": [
            {
                "number": number,
                "options": sampled.letters(number),
                "taken": list(sampled.taken(number)),
                **estimate_form(found.estimate(count)),
            }
            for number, count in sampled.found.tolist()
        ],
        "hangs_on": None,
    }
