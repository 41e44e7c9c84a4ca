"""Status quo analysis as plain data: what ``melian evolution --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from melian.conflict.result import open_form
from melian.readings.form import MOST_LISTED, hangs_on_form

if TYPE_CHECKING:
    from melian.readings.evolution.routes import Move, Route
    from melian.readings.evolution.status_quo import Arrival, StatusQuoAnalysis
    from melian.readings.outcomes import Outcomes


def evolution_form(analysis: StatusQuoAnalysis) -> dict[str, Any]:
    """Give where the conflict could go, as JSON-ready data.

    All shares are of the combinations of readings. ``equilibria`` are those that come about in
    some combination, most often first, each with the ``moves`` that lead there at the least in some
    combination, and a ``route`` with its own ``moves``: steps that all pay, if improvements are
    followed, in the share of combinations given with it. ``unreached`` are numbers of states
    that are equilibria in some combination, and come about in none. ``reached`` are the states
    that sequences lead to, nearest first. Lists are cut, and ``counts`` says how long they are.
    """
    outcomes = analysis.outcomes
    reached = _reached(analysis)
    arrivals = analysis.arrivals[:MOST_LISTED]
    return {
        "options": list(outcomes.options),
        "combinations": outcomes.combinations,
        "concept": analysis.concept.value,
        "moves": analysis.moves.value,
        "start": _state(outcomes, analysis.start),
        "settled": _share(outcomes.share(analysis.settled)),
        "equilibria": [_arrival(outcomes, each) for each in arrivals],
        "unreached": [_state(outcomes, n) for n in analysis.unreached[:MOST_LISTED]],
        "reached": reached[:MOST_LISTED],
        "counts": {
            "equilibria": len(analysis.arrivals),
            "unreached": len(analysis.unreached),
            "reached": len(reached),
        },
        "complete": outcomes.complete
        and max(len(analysis.arrivals), len(analysis.unreached), len(reached)) <= MOST_LISTED
        and all(each.route is not None for each in arrivals),
        "method": analysis.method,
    }


def _state(outcomes: Outcomes, number: int) -> dict[str, Any]:
    letters, taken = outcomes.letters(number), list(outcomes.taken(number))
    found = {"number": number, "options": letters, "taken": taken}
    return found | open_form(outcomes, number)


def _share(share: float) -> float:
    return round(share, 6)


def _reached(analysis: StatusQuoAnalysis) -> list[dict[str, Any]]:
    far = np.iinfo(np.int32).max
    fewest = np.where(analysis.distance < 0, far, analysis.distance).min(axis=0)
    shares = analysis.reached()
    return [
        {
            "number": int(place) + 1,
            "moves": int(fewest[place]),
            "share": _share(float(shares[place])),
        }
        for place in np.argsort(fewest, kind="stable")
        if fewest[place] < far
    ]


def _arrival(outcomes: Outcomes, arrival: Arrival) -> dict[str, Any]:
    hangs = outcomes.hangs_on(arrival.met)
    return {
        **_state(outcomes, arrival.number),
        "share": _share(outcomes.share(arrival.met)),
        "stable": _share(outcomes.share(arrival.stable)),
        "moves": arrival.fewest,
        "hangs_on": hangs_on_form(hangs),
        "hangs_on_complete": hangs.complete,
        "route": None if arrival.route is None else _route(outcomes, arrival.route),
    }


def _route(outcomes: Outcomes, route: Route) -> dict[str, Any]:
    return {
        "share": _share(outcomes.share(route.open)),
        "moves": len(route.moves),
        "steps": [_move(outcomes, move) for move in route.moves],
    }


def _move(outcomes: Outcomes, move: Move) -> dict[str, Any]:
    return {
        "actor": move.step.actor,
        "start": move.step.start,
        "end": move.step.end,
        "takes": list(move.takes),
        "drops": list(move.drops),
        "pays": _share(outcomes.share(move.pays)),
        "reasons": [
            {
                "prefer": str(each.preference.prefer),
                "because": str(each.preference.because or ""),
                "why": each.preference.why,
                "share": _share(each.share),
            }
            for each in move.reasons
        ],
    }
