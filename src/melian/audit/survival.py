"""Which claims survive attack: one party's among themselves, or all parties' against each other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from melian.argumentation import Label, Semantics, acceptance, admissible, grounded
from melian.argumentation.assumptions import Argued, Argument, argued, drawn
from melian.argumentation.disputes import defeat, dispute
from melian.audit.grounds import Ground, Use, basis
from melian.case.framework import Framework
from melian.case.spans import EVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from melian.argumentation import Acceptance, Labelling
    from melian.argumentation.assumptions import Inference
    from melian.argumentation.disputes import Move
    from melian.audit.grounds import Basis, Taken
    from melian.case.formula import Signed
    from melian.case.model import Case
    from melian.case.spans import Span

InSets = Literal["every", "some", "none"]
How = Literal["rebut", "undermine", "undercut"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of a party, and how it fares.

    Attributes:
        conditions: it is claimed only if these hold; usually empty.
        grounded: in, if it holds whatever else does; out, if it is defeated; or undecided.
        preferred, stable: in how many of the positions that can be maintained it holds. Where no
            stable position exists, it holds in none.
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
        argued: the arguments, and which attack which.
        labelling: the grounded labelling of the arguments.
        complete: whether all arguments were found, and what holds in some or all of the positions
            is settled; if not, a claim may fare otherwise.
    """

    party: str | None
    claims: tuple[Claim, ...]
    basis: Basis
    argued: Argued
    labelling: Labelling
    complete: bool
    method: str

    def steps(self, argument: int) -> tuple[Inference, ...]:
        """Give the inferences of an argument, in order."""
        return drawn(self.basis.inferences, self.argued.arguments[argument])

    def taken(self, argument: int) -> tuple[Taken, ...]:
        """Give what an argument takes for granted, and may be attacked for."""
        numbers = sorted(self.argued.arguments[argument].assumptions)
        return tuple(self.basis.taken[number] for number in numbers)

    def how(self, attacker: int, attacked: int) -> How:
        """Tell how an argument attacks another (Modgil & Prakken 2014).

        It rebuts what the other concludes from, or claims with, its last step or a presumptive
        rule; it undermines a premise, and undercuts a rule by an exception.
        """
        conclusion = self.argued.arguments[attacker].conclusion
        target = self.argued.arguments[attacked]
        ways: set[How] = set()
        for number in target.assumptions:
            if conclusion in self.basis.contraries[number]:
                ways.add(self._way(number, conclusion, target))
        return next(way for way in _WAYS if way in ways)

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
        nothing defeats it has no dispute: nobody wins.
        """
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


def survival(case: Case, party: str | None = None, moment: Span = EVER) -> Survival:
    """Say which claims survive attack.

    Args:
        case: the case.
        party: whose claims are set against each other alone; those of all parties against each
            other, when None.
        moment: days; what is in force on the last of them counts.

    Raises:
        TooLarge: the arguments attack each other in too many ways to hold.
    """
    found = basis(case, moment, party)
    arguments = argued(found.inferences, found.contraries, found.stands)
    return _Judge(found, arguments).survival(party)


class _Judge:
    """Claims with the arguments for them, judged together."""

    def __init__(self, found: Basis, every: Argued) -> None:
        self.basis = found
        self.argued, self.by_sentence = _joined(found, every)
        self.labelling = grounded(self.argued.framework)
        self.attackers = self.argued.framework.attackers()

    def survival(self, party: str | None) -> Survival:
        made = self._made()
        widened = _widened(self.argued.framework, [arguments for arguments, _ in made.values()])
        labels = grounded(widened.framework).labels
        preferred = acceptance(widened.framework, Semantics.PREFERRED)
        stable = acceptance(widened.framework, Semantics.STABLE)
        claims = tuple(
            Claim(
                *key,
                labels[number],
                _in_sets(preferred, number),
                _in_sets(stable, number),
                tuple(arguments),
                self._against(arguments),
                tuple(dict.fromkeys(records)),
            )
            for (key, (arguments, records)), number in zip(
                made.items(), widened.claims, strict=True
            )
        )
        complete = (
            self.basis.complete and self.argued.complete and preferred.complete and stable.complete
        )
        return Survival(party, claims, self.basis, self.argued, self.labelling, complete, METHOD)

    def _made(self) -> dict[tuple[str, Signed, tuple[Signed, ...]], tuple[list[int], list[str]]]:
        """Give each party's claims, with the arguments and records by which it makes them."""
        made: dict[tuple[str, Signed, tuple[Signed, ...]], tuple[list[int], list[str]]] = {}
        for sentence, ground in self.basis.stands.items():
            for party, records in ground.said:
                key = (party, ground.claim, ground.conditions)
                arguments, backing = made.setdefault(key, ([], []))
                arguments += self.by_sentence[sentence]
                backing += records
        parties = list(dict.fromkeys(party for party, *_ in made))
        return {key: made[key] for one in parties for key in made if key[0] == one}

    def _against(self, arguments: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted({a for number in arguments for a in self.attackers[number]}))


METHOD = (
    "flat assumption-based argumentation: all arguments on least assumptions; grounded labelling "
    "by propagation, preferred and stable acceptance by answer sets (clingo)"
)


def _joined(found: Basis, every: Argued) -> tuple[Argued, Mapping[int, Sequence[int]]]:
    """Join the argument that a ground stands with that for its claim, when they rest on the same.

    They are attacked by the same, and only the second attacks. Arguments are given by sentence.
    """
    numbers: dict[Argument, int] = {}
    by_sentence: defaultdict[int, list[int]] = defaultdict(list)
    claims = {sentence: found.claim_of(sentence) for sentence in found.stands}
    known = set(every.arguments)
    twins = {
        argument: Argument(claims[argument.conclusion], argument.assumptions)
        for argument in every.arguments
        if argument.conclusion in claims
    }
    new: list[int] = []
    for argument in every.arguments:
        twin = twins.get(argument, argument)
        kept = twin if twin in known else argument
        new.append(numbers.setdefault(kept, len(numbers)))
        by_sentence[argument.conclusion].append(new[-1])
    attacks = dict.fromkeys((new[a], new[b]) for a, b in every.framework.attacks)
    names = tuple(str(number) for number in range(1, len(numbers) + 1))
    joined = Argued(tuple(numbers), Framework(names, tuple(attacks)), every.complete)
    return joined, by_sentence


@dataclass(frozen=True, slots=True)
class _Widened:
    """A framework with arguments that stand for claims, and their numbers."""

    framework: Framework
    claims: tuple[int, ...]


def _widened(framework: Framework, claims: Sequence[Sequence[int]]) -> _Widened:
    """Add, for each claim with several arguments, one that is in just when any of them is.

    It is attacked by one that says that none stands, which all of them attack. Neither attacks
    anything else, so that all else fares as before. A claim without arguments gets one that
    attacks itself: its arguments were not found, and it stays undecided.
    """
    size, attacks, numbers = len(framework.arguments), list(framework.attacks), list[int]()
    for arguments in claims:
        if len(arguments) == 1:
            numbers.append(arguments[0])
            continue
        numbers.append(size + 1)
        attacks += [(each, size) for each in arguments] or [(size, size)]
        attacks.append((size, size + 1))
        size += 2
    names = (*framework.arguments, *(f"+{n}" for n in range(size - len(framework.arguments))))
    return _Widened(Framework(names, tuple(attacks)), tuple(numbers))


def _in_sets(found: Acceptance, number: int) -> InSets:
    if number not in found.credulous:
        return "none"
    return "every" if number in found.skeptical else "some"
