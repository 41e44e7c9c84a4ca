"""Coalitions as plain data: what ``melian coalitions --json`` prints."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from melian.discourse.coalitions.wording import broker_words, overview, ties_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from melian.discourse.coalitions.brokers import Broker
    from melian.discourse.coalitions.engine import Agreement, Coalition, Coalitions
    from melian.discourse.coalitions.storylines import Stand
    from melian.discourse.coalitions.sureness import Sureness
    from melian.discourse.coalitions.tie_intervals import TieIntervals
    from melian.discourse.coalitions.tree import Dendrogram
    from melian.discourse.statements.table import Value


def coalitions_form(found: Coalitions, ties: TieIntervals | None = None) -> dict[str, Any]:
    """Give coalitions as data, and the ties with their intervals where these are asked for."""
    design, agreement = found.design, found.agreement
    sentences = list(overview(found))
    return {
        "coalitions": [_coalition(each) for each in found.coalitions],
        "methods": _methods(found),
        "agreement": _agreement(agreement) if agreement else None,
        "consensus": _consensus(found, agreement) if agreement else None,
        "brokers": [_broker(each) for each in found.brokers],
        "dendrogram": dendrogram_form(found.tree) if found.tree else None,
        "resampling": _draws(found.sureness) if found.sureness else None,
        "ties": ties_form(ties) if ties is not None else None,
        "actors": list(found.basis.actors),
        "left_out": {
            "least": found.search.least,
            "few": list(found.left.few),
            "untied": list(found.left.untied),
        },
        "sentences": [*sentences, broker_words(found)] if found.brokers else sentences,
        "type": found.search.standing,
        "normalization": design.normalization,
        "variables": {
            "rows": design.rows,
            "columns": design.columns,
            "qualifier": design.qualifier,
        },
        "duplicates": design.duplicates,
        "groups": found.search.groups,
        "seed": found.search.seed,
        "statements": len(found.basis.ties.statements),
    }


def _coalition(each: Coalition) -> dict[str, Any]:
    return {
        "number": each.number,
        "name": each.name,
        "members": list(each.members),
        "core": list(each.core),
        "statements": each.statements,
        "stands_for": [_stand(stand) for stand in each.stands_for],
        "stability": _figure(each.stability),
        "recovered": _figure(each.recovered),
        "dissolved": _figure(each.dissolved),
    }


def _stand(stand: Stand) -> dict[str, Any]:
    return {
        "concept": stand.concept,
        "level": stand.level,
        "members": stand.members,
        "of_members": stand.of_members,
        "others": stand.others,
        "of_others": stand.of_others,
        "difference": stand.difference,
        "statements": list(stand.statements),
    }


def _methods(found: Coalitions) -> list[dict[str, Any]]:
    """Give each method with its groups, whose numbers are its own."""
    return [
        {
            "method": each.method,
            "groups": each.count,
            "modularity": each.modularity,
            "signed_modularity": each.signed,
            "labels": [label + 1 for label in each.labels.tolist()],
        }
        for each in found.groupings
    ]


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "adjusted_rand": _matrix(agreement.rand),
        "variation_of_information": _matrix(agreement.information),
    }


def _consensus(found: Coalitions, agreement: Agreement) -> dict[str, Any]:
    return {
        "method": agreement.shown.method,
        "agreeing": list(agreement.with_it),
        "differing": list(agreement.elsewhere),
        "support": _by_actor(found, agreement.support),
        "together": _matrix(agreement.together),
    }


def _by_actor(found: Coalitions, values: NDArray[Any]) -> Mapping[str, float]:
    pairs = zip(found.basis.actors, values.tolist(), strict=True)
    return {str(actor): value for actor, value in pairs}


def _draws(sure: Sureness) -> dict[str, Any]:
    return {
        "unit": sure.by.unit,
        "draws": sure.by.times,
        "seed": sure.by.seed,
        "method": sure.method,
        "together": _matrix(sure.together),
    }


def _broker(each: Broker) -> dict[str, Any]:
    return {
        "actor": each.actor,
        "coalition": each.group + 1,
        "betweenness": each.betweenness,
        "participation": each.participation,
        "coordinator": each.roles.coordinator,
        "itinerant": each.roles.itinerant,
        "gatekeeper": each.roles.gatekeeper,
        "liaison": each.roles.liaison,
    }


def dendrogram_form(tree: Dendrogram) -> dict[str, Any]:
    """Give a tree as data; branches are actors by their place, and merges after them."""
    return {
        "actors": list(tree.actors),
        "merges": [
            {"left": m.left, "right": m.right, "height": m.height, "size": m.size}
            for m in tree.merges
        ],
        "order": list(tree.order),
        "cophenetic": _figure(tree.cophenetic),
        "linkage": tree.linkage,
        "distance": "jaccard",
    }


def ties_form(found: TieIntervals) -> dict[str, Any]:
    """Give ties with their intervals as data, the strongest first."""
    pairs: list[dict[str, Value | float | bool]] = [
        {
            "one": found.actors[found.one[n]],
            "other": found.actors[found.other[n]],
            "tie": float(found.value[n]),
            "low": float(found.low[n]),
            "high": float(found.high[n]),
            "same_sign": float(found.same[n]),
            "firm": bool(found.firm[n]),
        }
        for n in found.strongest.tolist()
    ]
    return {
        "type": found.side,
        "unit": found.by.unit,
        "draws": found.by.times,
        "seed": found.by.seed,
        "level": found.by.level,
        "pairs": pairs,
        "sentence": ties_words(found),
    }


def _matrix(values: NDArray[Any]) -> list[list[float | None]]:
    return [[_figure(cell) for cell in row] for row in values.tolist()]


def _figure(value: float | None) -> float | None:
    """Give a figure as JSON has it: what is not known is null."""
    return None if value is None or isnan(value) else value
