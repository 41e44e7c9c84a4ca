"""What each party is bound to: by what is said in its name, its reasons and its deeds."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from melian.audit.result import Commitment
from melian.case.formula import Signed
from melian.case.speaking import bare, party_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from melian.case.model import Case, Statement


class _Backing(NamedTuple):
    """One record that binds its actor to a claim, and which of the three lists it belongs to."""

    claim: Signed
    conditions: tuple[Signed, ...]
    how: int
    record: str


_SAID, _WARRANT, _SHOWN = range(3)


def commitments(case: Case) -> Mapping[str, tuple[Commitment, ...]]:
    """Give the commitments of every party that has any, in the order of their records.

    What a person says binds the party it speaks for on that day. A statement binds to its claim
    (under its conditions, if it has any) and to its reasons; a deed to what it shows. A principle
    that is invoked is a claim of its bare name, whatever it was invoked for.
    """
    backed: dict[str, dict[tuple[Signed, tuple[Signed, ...]], tuple[list[str], ...]]] = {}
    for party, backing in _backings(case):
        key = (backing.claim, backing.conditions)
        lists = backed.setdefault(party, {}).setdefault(key, ([], [], []))
        if backing.record not in lists[backing.how]:
            lists[backing.how].append(backing.record)
    return MappingProxyType(
        {
            party: tuple(
                Commitment(party, claim, conditions, *map(tuple, lists))
                for (claim, conditions), lists in claims.items()
            )
            for party, claims in backed.items()
        }
    )


def _backings(case: Case) -> Iterator[tuple[str, _Backing]]:
    for statement in case.statements:
        for party in party_of(case, statement.actor, statement.date):
            for backing in _of_statement(case, statement):
                yield party, backing
    for deed in case.deeds:
        for party in party_of(case, deed.actor, deed.date):
            for claim in deed.shows:
                yield party, _Backing(_bare(case, claim), (), _SHOWN, deed.id)


def _of_statement(case: Case, statement: Statement) -> Iterator[_Backing]:
    conditions = tuple(sorted({_bare(case, each) for each in statement.conditions}))
    yield _Backing(_bare(case, statement.claim), conditions, _SAID, statement.id)
    for reason in statement.because:
        yield _Backing(_bare(case, reason), (), _WARRANT, statement.id)


def _bare(case: Case, claim: Signed) -> Signed:
    return Signed(bare(case, claim.atom), claim.positive)
