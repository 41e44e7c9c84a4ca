"""Contested terms in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from melian.audit.terms import Contest


def terms_form(contests: Sequence[Contest]) -> list[dict[str, object]]:
    """Give contested terms as JSON-ready data."""
    return [dict(_form(contest)) for contest in contests]


def _form(contest: Contest) -> Iterator[tuple[str, object]]:
    yield "term", contest.term
    yield "actors", [contest.one.actor, contest.other.actor]
    yield "periods", [str(contest.one.period), str(contest.other.period)]
    for key in ("shared", "only_one", "only_other", "opposed"):
        yield key, [str(part) for part in getattr(contest, key)]
    yield (
        "exclusions",
        [
            {
                "one": [str(part) for part in each.of_one],
                "other": [str(part) for part in each.of_other],
                "facts": [str(fact.claim) for fact in each.facts],
                "rules": [rule.id for rule in each.rules],
            }
            for each in contest.exclusions
        ],
    )
    yield "overlap", round(contest.overlap, 4)
    yield "statements", [list(each) for each in contest.statements]
    yield "deeds", [list(each) for each in contest.deeds]
    yield "complete", contest.complete
