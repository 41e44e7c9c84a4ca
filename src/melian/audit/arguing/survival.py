"""Which claims survive attack: one party's among themselves, or all parties' against each other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.argumentation import Label, Semantics, acceptance, grounded
from melian.argumentation.assumptions import Argued, Argument, argued, grounded_assumptions
from melian.audit.arguing.claims import Claim, Survival
from melian.audit.arguing.grounds import basis
from melian.case.framework import Framework
from melian.case.spans import EVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from melian.argumentation import Acceptance
    from melian.audit.arguing.claims import InSets
    from melian.audit.arguing.grounds import Basis
    from melian.case.formula import Signed
    from melian.case.model import Case
    from melian.case.spans import Span

    _Key = tuple[str, Signed, tuple[Signed, ...]]


def survival(case: Case, party: str | None = None, moment: Span = EVER) -> Survival:
    """Say which claims survive attack.

    Args:
        case: the case.
        party: whose claims are set against each other alone; those of all parties against each
            other, when None.
        moment: days; what is in force on the last of them counts.
    """
    found = basis(case, moment, party)
    arguments = argued(found.chain, found.contraries, found.stands)
    return _Judge(found, arguments).survival(party)


class _Judge:
    """Claims with the arguments for them, judged together."""

    def __init__(self, found: Basis, every: Argued) -> None:
        self.basis = found
        self.argued, self.by_sentence = _joined(found, every)
        self.labelling = grounded(self.argued.framework)
        self.attackers = self.argued.framework.attackers()
        self.inside, self.left = grounded_assumptions(found.chain, found.contraries)

    def survival(self, party: str | None) -> Survival:
        made = self._made()
        labels = self._labels({key: one.sentences for key, one in made.items()})
        spread, complete = self._spread([one.arguments for one in made.values()])
        claims = tuple(
            Claim(
                *key,
                labels[key],
                _settled(labels[key], preferred),
                "none" if labels[key] is Label.OUT else stable,
                tuple(one.arguments),
                self._against(one.arguments),
                tuple(dict.fromkeys(one.records)),
            )
            for (key, one), (preferred, stable) in zip(made.items(), spread, strict=True)
        )
        complete = complete and self.basis.complete
        return Survival(
            party,
            claims,
            self.basis,
            self.argued,
            self.labelling,
            self.inside,
            self.left,
            complete,
            METHOD,
        )

    def _labels(self, sentences: Mapping[_Key, Sequence[int]]) -> dict[_Key, Label]:
        """Label claims by the sentences of which one must hold."""
        chain = self.basis.chain
        holding, open_ = chain.closure(self.inside), chain.closure(self.left)

        def label(any_of: Sequence[int]) -> Label:
            if not holding.isdisjoint(any_of):
                return Label.IN
            return Label.OUT if open_.isdisjoint(any_of) else Label.UNDECIDED

        return {key: label(any_of) for key, any_of in sentences.items()}

    def _spread(self, claims: Sequence[Sequence[int]]) -> tuple[list[tuple[InSets, InSets]], bool]:
        """Give in how many preferred and stable sets each claim holds, and whether all is known."""
        if not self.argued.complete:
            return [("unknown", "unknown") for _ in claims], False
        widened = _widened(self.argued.framework, claims)
        found = [acceptance(widened.framework, semantics, WORK) for semantics in _SEMANTICS]
        preferred, stable = ([_in_sets(each, n) for n in widened.claims] for each in found)
        known = all(each.complete for each in found)
        return list(zip(preferred, stable, strict=True)), known

    def _made(self) -> dict[_Key, _Made]:
        """Give each party's claims, party by party."""
        made: dict[_Key, _Made] = {}
        for sentence, ground in self.basis.stands.items():
            for party, records in ground.said:
                one = made.setdefault((party, ground.claim, ground.conditions), _Made())
                one.sentences.append(sentence)
                one.arguments += self.by_sentence[sentence]
                one.records += records
        parties = list(dict.fromkeys(party for party, *_ in made))
        return {key: made[key] for one in parties for key in made if key[0] == one}

    def _against(self, arguments: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted({a for number in arguments for a in self.attackers[number]}))


class _Made:
    """How a party makes a claim: the sentences it stands by, the arguments, the records."""

    def __init__(self) -> None:
        self.sentences: list[int] = []
        self.arguments: list[int] = []
        self.records: list[str] = []


WORK = 10_000
"""What the search for positions may take (see :mod:`melian.argumentation.core`)."""

_SEMANTICS = (Semantics.PREFERRED, Semantics.STABLE)

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
    anything else, so that all else fares as before.
    """
    size, attacks, numbers = len(framework.arguments), list(framework.attacks), list[int]()
    for arguments in claims:
        if len(arguments) == 1:
            numbers.append(arguments[0])
            continue
        numbers.append(size + 1)
        attacks += [(each, size) for each in arguments]
        attacks.append((size, size + 1))
        size += 2
    names = (*framework.arguments, *(f"+{n}" for n in range(size - len(framework.arguments))))
    return _Widened(Framework(names, tuple(attacks)), tuple(numbers))


def _in_sets(found: Acceptance, number: int) -> InSets:
    some, every = number in found.credulous, number in found.skeptical
    if found.complete:
        return "every" if some and every else "some" if some else "none"
    return "some" if some and not every else "unknown"


def _settled(label: Label, preferred: InSets) -> InSets:
    """Give what a label says of the preferred sets, which all hold the grounded one."""
    if label is Label.UNDECIDED:
        return preferred
    return "every" if label is Label.IN else "none"
