"""What is answered about claims under attack, and the disputes that show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from melian.argumentation import Label, admissible
from melian.argumentation.disputes import defeat, dispute
from melian.audit.arguing.grounds import Ground, Use

if TYPE_CHECKING:
    from melian.argumentation import Labelling
    from melian.argumentation.assumptions import Argued, Argument
    from melian.argumentation.chaining import Inference
    from melian.argumentation.disputes import Move
    from melian.audit.arguing.grounds import Basis
    from melian.case.formula import Signed

InSets = Literal["every", "some", "none", "unknown"]
How = Literal["rebut", "undermine", "undercut"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of a party, and how it fares.

    Attributes:
        conditions: it is claimed only if these hold; usually empty.
        grounded: in, if it holds whatever else does; out, if it is defeated; or undecided.
        preferred, stable: in how many of the positions that can be maintained it holds; unknown,
            when a search was cut short that would tell. Where no stable position exists, it holds
            in none.
        arguments: numbers of the arguments by which the party makes it.
        attackers: numbers of the arguments that attack one of those.
        records: ids of the party's records behind it.
    """

    party: str
    claim: Signed
    conditions: tuple[Signed, ...]
    grounded: Label
    preferred: InSets
    stable: InSets
    arguments: tuple[int, ...]
    attackers: tuple[int, ...]
    records: tuple[str, ...]

    @property
    def id(self) -> str:
        """The claim as typed, with its conditions, as commitments are named."""
        tail = f" if {' and '.join(map(str, self.conditions))}" if self.conditions else ""
        return f"{self.claim}{tail}"


@dataclass(frozen=True, slots=True)
class Survival:
    """The claims of a case, with the arguments that bear on them.

    Attributes:
        party: whose claims alone were set against each other; None, when all parties' were.
        claims: party by party, in the order of their records.
        basis: what was argued from.
        argued: the arguments, and which attack which; some of them, where not all were found.
        labelling: the grounded labelling of the arguments.
        inside: the assumptions that hold whatever else does.
        left: the assumptions that are not defeated.
        complete: whether all rules were used, all arguments were found, and all is known. If only
            arguments are missing, how claims fare under grounded semantics stands all the same.
    """

    party: str | None
    claims: tuple[Claim, ...]
    basis: Basis
    argued: Argued
    labelling: Labelling
    inside: frozenset[int]
    left: frozenset[int]
    complete: bool
    method: str

    def steps(self, argument: int) -> tuple[Inference, ...]:
        """Give the inferences of an argument, in order."""
        given = self.argued.arguments[argument]
        return self.basis.chain.drawn(given.assumptions, given.conclusion)

    def fares(self, argument: int) -> Label:
        """Give how an argument fares under grounded semantics."""
        assumptions = self.argued.arguments[argument].assumptions
        if assumptions <= self.inside:
            return Label.IN
        return Label.UNDECIDED if assumptions <= self.left else Label.OUT

    def how(self, attacker: int, attacked: int) -> How | None:
        """Tell how an argument attacks another (Modgil & Prakken 2014), if it does.

        It rebuts what the other concludes from, or claims with, its last step or a presumptive
        rule; it undermines a premise, and undercuts a rule by an exception.
        """
        conclusion = self.argued.arguments[attacker].conclusion
        target = self.argued.arguments[attacked]
        ways: set[How] = set()
        for number in target.assumptions:
            if conclusion in self.basis.contraries[number]:
                ways.add(self._way(number, conclusion, target))
        return next((way for way in _WAYS if way in ways), None)

    def _way(self, assumption: int, conclusion: int, target: Argument) -> How:
        taken = self.basis.taken[assumption]
        if isinstance(taken, Use):
            return "rebut" if conclusion == -(taken.conclusion or 0) else "undercut"
        own = self.basis.stands.get(target.conclusion)
        is_own = isinstance(taken, Ground) and (own == taken or self._claims(target, taken))
        return "rebut" if is_own else "undermine"

    def _claims(self, target: Argument, ground: Ground) -> bool:
        return self.basis.claim(target.conclusion) == ground.claim

    def dispute(self, claim: Claim) -> tuple[Move, ...]:
        """Give a dispute that shows how a claim fares; none, where no dispute can.

        For a claim that is in, its proponent wins the grounded game; for one that is only in some
        preferred position, the credulous game. For one that is out, it is the one who attacks that
        wins, against each of the arguments for it in turn. A claim that no position holds although
        nothing defeats it has no dispute: nobody wins. There is none either where not all
        arguments were found, as an attack might be missing.
        """
        if not self.argued.complete:
            return ()
        framework, labels = self.argued.framework, self.labelling.labels
        standing = [n for n in claim.arguments if labels[n] is Label.IN]
        inside = frozenset(self.labelling.where(Label.IN))
        if standing:
            best = min(standing, key=lambda number: self.labelling.ranks[number])
            return dispute(framework, best, inside, self.labelling.ranks)
        if claim.grounded is Label.OUT:
            return defeat(framework, claim.arguments, inside, self.labelling.ranks)
        for number in claim.arguments if claim.preferred != "none" else ():
            members = admissible(framework, number)
            if members is not None:
                return dispute(framework, number, frozenset(members))
        return ()


_WAYS: tuple[How, ...] = ("rebut", "undermine", "undercut")
