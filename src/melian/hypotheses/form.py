"""Weighed explanations as plain data: what ``melian why --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from melian.case.model import Evidence
    from melian.hypotheses.result import Item, Pair, Prospect, Weighing, Why


def why_form(why: Why) -> dict[str, Any]:
    """Give the weighings as JSON-ready data; docs/case.md says what the keys mean."""
    return {"weighings": [_weighing(each) for each in why.weighings], "method": why.method}


def _weighing(weighing: Weighing) -> dict[str, Any]:
    explained = zip(weighing.hypotheses, weighing.priors, weighing.shares, strict=True)
    return {
        "about": weighing.about,
        "hypotheses": [
            {
                "id": hypothesis.id,
                "text": hypothesis.text,
                "source": hypothesis.source,
                "locator": hypothesis.locator,
                "prior": _short(prior),
                "share": _short(share),
                "share_range": [_short(low), _short(high)],
            }
            for hypothesis, prior, (low, share, high) in explained
        ],
        "items": [_item(item) for item in weighing.items],
        "pairs": [_pair(pair) for pair in weighing.pairs],
        "missing": [_prospect(prospect) for prospect in weighing.prospects],
        "left_out": list(weighing.left_out),
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "name": item.evidence.name,
        "finding": item.finding.id if item.finding else "",
        "statements": list(item.statements),
        "deeds": list(item.deeds),
        "facts": list(item.facts),
        "likely": _likely(item.evidence),
        "counts_with": [name for name in item.bundle if name != item.evidence.name],
        "why": item.evidence.why,
    }


def _likely(evidence: Evidence) -> dict[str, Any]:
    return {name: each.value for name, each in evidence.likely.items()}


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "for": pair.one,
        "against": pair.other,
        "prior_odds": _short(pair.prior),
        "odds": _short(pair.odds),
        "odds_range": [_short(pair.low), _short(pair.high)],
        "items": [
            {
                "name": bearing.item,
                "ratio": _short(bearing.ratio),
                "counted_ratio": _short(bearing.counted),
                "strength": bearing.strength.value,
                "odds_without": _short(bearing.without),
                "odds_range": [_short(bearing.low), _short(bearing.high)],
            }
            for bearing in pair.bearings
        ],
        "tips": None
        if pair.tips is None
        else [
            {
                "name": shift.item,
                "hypothesis": shift.hypothesis,
                "from": shift.before,
                "to": shift.after,
            }
            for shift in pair.tips
        ],
    }


def _prospect(prospect: Prospect) -> dict[str, Any]:
    return {
        "name": prospect.evidence.name,
        "text": prospect.evidence.missing,
        "likely": _likely(prospect.evidence),
        "telling": _short(prospect.telling),
        "ratios": [
            {
                "for": one,
                "against": other,
                "if_found": _short(ratio),
                "if_not_found": _short(prospect.absent[one, other]),
            }
            for (one, other), ratio in prospect.found.items()
        ],
        "why": prospect.evidence.why,
    }


def _short(number: float) -> float:
    """Give six significant digits: odds may be large or small, so decimals would not do."""
    return float(f"{number:.6g}")
