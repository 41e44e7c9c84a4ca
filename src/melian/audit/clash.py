"""One conflict of one party, with the records that its kind and its wording are read off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.audit.result import Commitment
from melian.case.grounding import GroundRule
from melian.case.model import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from melian.audit.encoding import Element
    from melian.case.model import Case, Statement


@dataclass(frozen=True, slots=True)
class Clash:
    """The elements of a conflict, by what they are.

    Attributes:
        case: the case it was found in.
        statements: the statements of the case by id.
        commitments, facts, rules: the elements of the conflict.
    """

    case: Case
    statements: Mapping[str, Statement]
    commitments: tuple[Commitment, ...]
    facts: tuple[Fact, ...]
    rules: tuple[GroundRule, ...]

    @property
    def said(self) -> tuple[tuple[Statement, ...], ...]:
        """The statements behind each of the commitments."""
        return tuple(map(self.backing, self.commitments))

    @property
    def is_denial(self) -> bool:
        """Whether it is nothing but a claim and its denial."""
        if self.rules or any(commitment.conditions for commitment in self.commitments):
            return False
        claims = {commitment.claim for commitment in self.commitments}
        return claims == {-claim for claim in claims}

    def backing(self, commitment: Commitment) -> tuple[Statement, ...]:
        """Give the statements that say a commitment or use it as a reason."""
        ids = dict.fromkeys((*commitment.statements, *commitment.warrants))
        return tuple(self.statements[each] for each in ids if each in self.statements)


def clash_of(case: Case, statements: Mapping[str, Statement], elements: Iterable[Element]) -> Clash:
    """Sort the elements of a conflict by what they are."""
    every = tuple(elements)
    return Clash(
        case,
        statements,
        tuple(each for each in every if isinstance(each, Commitment)),
        tuple(each for each in every if isinstance(each, Fact)),
        tuple(each for each in every if isinstance(each, GroundRule)),
    )
