"""Openings as plain data, and why each counts, in words."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from melian.case.wording import counted, series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from melian.discourse.openings.result import Opening, Openings, Taker

TAKERS_TOLD = 3
"""So many of those who could take something up are named in a sentence."""


def openings_form(found: Openings) -> dict[str, Any]:
    """Give openings as data, each with the numbers behind it, and why it counts, in words."""
    return {
        "openings": [_form(each) for each in found.openings],
        "statements": found.statements,
        "not_judged": asdict(found.unjudged),
        "rows": found.rows,
        "columns": found.columns,
        "qualifier": found.qualifier,
        "duplicates": found.duplicates,
        "least_statements": found.least,
        "least_share": found.share[0] / found.share[1],
        "method": found.method,
        "exact": found.exact,
        "complete": found.complete,
    }


def _form(opening: Opening) -> dict[str, Any]:
    return {
        "kind": opening.kind,
        "ground": opening.ground,
        "actor": opening.actor,
        "concept": opening.concept,
        "asserts": opening.positive,
        "claim": opening.claim,
        "date": opening.date,
        "statements": [asdict(each) for each in opening.statements],
        "conditions": list(opening.conditions),
        "why": why(opening),
        "line": asdict(opening.line) if opening.line else None,
        "against": [{"claim": claim, **asdict(line)} for claim, line in opening.against],
        "could_take_up": [asdict(each) for each in opening.takers],
    }


def why(opening: Opening) -> str:
    """Give why an opening counts, with the numbers behind it."""
    if opening.ground == "condition":
        return f"if {series(opening.conditions)}"
    if opening.ground == "own line" and opening.line is not None:
        line, verb = opening.line, "deny" if opening.positive else "assert"
        theirs = [each.actor for each in opening.takers if each.why == "line"]
        whose = f"this is the line of {_some(theirs)}" if theirs else "this is nobody else's line"
        return f"{line.all - line.same} of its {line.all} statements on it {verb} it; {whose}"
    if opening.ground == "level":
        lines = [f"{claim} ({_share(line.same, line.all)})" for claim, line in opening.against]
        return f"said at the operational level; at the political one it says: {series(lines)}"
    names = [each.actor for each in opening.takers]
    return f"the line of {_some(names)}, with which it clashes over all else"


def takers_in_words(takers: Sequence[Taker]) -> str:
    """Give who could take an opening up; "" for nobody that the coding tells."""
    return _some([_taker(each) for each in takers], "; ")


def _taker(taker: Taker) -> str:
    if taker.line is None:
        reasons = {
            "named": "is named",
            "option": f"can choose to: {taker.what}",
            "lever": f"has a lever for it: {taker.what}",
        }
        return f"{taker.actor} ({reasons[taker.why]})"
    share = _share(taker.line.same, taker.line.all)
    tie = "" if taker.tie is None else f"; tie {taker.tie:,}".replace("-", "\u2212")
    return f"{taker.actor} ({'its line' if taker.why == 'line' else 'says so'}, {share}{tie})"


def _share(same: int, every: int) -> str:
    return f"{same} of {every}"


def _some(names: Sequence[str], between: str = ", ") -> str:
    more = len(names) - TAKERS_TOLD
    told = [*names[:TAKERS_TOLD], *([f"{more:,} more"] if more > 0 else [])]
    return series(told) if between == ", " else between.join(told)


def not_judged(found: Openings) -> Iterator[str]:
    """Say of how many statements it cannot be told whether they are openings, and why."""
    left, least = found.unjudged, found.least
    if left.thin:
        few = f"the party has fewer than {least} on that concept"
        yield f"{_cannot(left.thin, 'concessions')}: {few}."
    if left.divided:
        yield f"{_cannot(left.divided, 'concessions')}: the party is divided on that concept."
    if left.untied:
        yield (
            f"{_cannot(left.untied, 'cooperation')}: with those whose line it is, the party "
            f"shares fewer than {least} pairs of statements on all else."
        )
    if left.unpolitical:
        yield (
            f"{_cannot(left.unpolitical, 'cooperation at work')}: the party has fewer than "
            f"{least} statements against it at the political level."
        )


def _cannot(count: int, what: str) -> str:
    return f"{counted(count, 'statement')} cannot be judged as {what}"
