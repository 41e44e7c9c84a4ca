"""The records that a preference rests on: what backs the claims it is held because of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.formula import And, Atom, Iff, Implies, Not, Or, Signed
from melian.case.speaking import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.brief.compose.words import Speech
    from melian.brief.document import Cite
    from melian.case.formula import Formula


def cited(speech: Speech, actor: str, because: Formula) -> Cite:
    """Cite what backs those of an actor's commitments that a preference rests on."""
    claims = {Signed(bare(speech.case, c.atom), c.positive) for c in _claims(because)}
    return speech.cite(*(c for c in speech.commitments(actor) if c.claim in claims))


def _claims(formula: Formula, *, positive: bool = True) -> Iterator[Signed]:
    """Give what is asserted, or denied, for a formula to be true."""
    match formula:
        case Atom():
            yield Signed(formula, positive)
        case Not(part):
            yield from _claims(part, positive=not positive)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _claims(part, positive=positive)
        case Implies(left, right):
            yield from _claims(left, positive=not positive)
            yield from _claims(right, positive=positive)
        case Iff(left, right):
            for part in (left, right):
                yield from _claims(part, positive=True)
                yield from _claims(part, positive=False)
