"""What each party is bound to: by what is said in its name, its reasons and its deeds."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from melian.audit.periods import in_force
from melian.audit.result import Commitment
from melian.case.formula import Signed
from melian.case.spans import EVER, merged
from melian.case.speaking import bare, party_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from melian.case.model import Case, Statement
    from melian.case.spans import Span


class _Backing(NamedTuple):
    """One record that binds its actor to a claim, and which of the three lists it belongs to."""

    claim: Signed
    conditions: tuple[Signed, ...]
    how: int
    record: str
    span: Span


_SAID, _WARRANT, _SHOWN = range(3)


def commitments(
    case: Case, window: Span = EVER, binding: Mapping[str, Span] | None = None
) -> Mapping[str, tuple[Commitment, ...]]:
    """Give the commitments of every party that has any, in the order of their records.

    What a person says binds the party it speaks for on that day. A statement binds to its claim
    (under its conditions, if it has any) and to its reasons; a deed to what it shows. A principle
    that is invoked is a claim of its bare name, whatever it was invoked for. Records bind within
    their periods (:mod:`melian.audit.periods`); those that neither bind nor were made within the
    window are left out; ``binding`` is when each of them binds, where that is known already.
    """
    backed: dict[str, dict[tuple[Signed, tuple[Signed, ...]], list[_Backing]]] = {}
    for party, backing in _backings(case, in_force(case, window) if binding is None else binding):
        claims = backed.setdefault(party, {})
        claims.setdefault((backing.claim, backing.conditions), []).append(backing)
    return MappingProxyType(
        {
            party: tuple(_commitment(party, backings) for backings in claims.values())
            for party, claims in backed.items()
        }
    )


def _commitment(party: str, backings: Sequence[_Backing]) -> Commitment:
    """Put together all that backs one commitment: what says it, uses it and shows it, and when."""
    said, used, shown = (
        tuple(dict.fromkeys([each.record for each in backings if each.how == how]))
        for how in (_SAID, _WARRANT, _SHOWN)
    )
    first = backings[0]
    spans = merged([each.span for each in backings])
    return Commitment(party, first.claim, first.conditions, said, used, shown, spans)


def _backings(case: Case, spans: Mapping[str, Span]) -> Iterator[tuple[str, _Backing]]:
    for statement in case.statements:
        if statement.id in spans:
            for party in party_of(case, statement.actor, statement.date):
                for backing in _of_statement(case, statement, spans[statement.id]):
                    yield party, backing
    for deed in case.deeds:
        if deed.id in spans:
            for party in party_of(case, deed.actor, deed.date):
                for claim in deed.shows:
                    yield party, _Backing(_bare(case, claim), (), _SHOWN, deed.id, spans[deed.id])


def _of_statement(case: Case, statement: Statement, span: Span) -> Iterator[_Backing]:
    conditions: tuple[Signed, ...] = ()
    if statement.conditions:
        conditions = tuple(sorted({_bare(case, each) for each in statement.conditions}))
    yield _Backing(_bare(case, statement.claim), conditions, _SAID, statement.id, span)
    for reason in statement.because:
        yield _Backing(_bare(case, reason), (), _WARRANT, statement.id, span)


def _bare(case: Case, claim: Signed) -> Signed:
    atom = bare(case, claim.atom)
    return claim if atom is claim.atom else Signed(atom, claim.positive)
