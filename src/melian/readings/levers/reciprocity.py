"""Whether those who move are better off for it.

A giver is better off in a combination of readings when neither the worst nor the best equilibrium
that it may end in is lower once the levers are pulled, and one of the two is higher. (That is the
Egli-Milner order of sets, strictly.) It is asked twice: by what the giver prefers once the levers
are pulled, which takes at its word what the levers do to its own preferences, and by what it
prefers at present, which counts that as nothing. Where levers change which sides a party can take,
combinations that keep the same of what is open in both versions are taken together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np

from melian.audit.result import Standing
from melian.case.formula import Atom
from melian.case.speaking import party_of
from melian.problems import TooLarge
from melian.readings import profiles
from melian.readings.levers.reaching import masks, reached, share

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from melian.case.formula import Formula
    from melian.case.model import Case, Lever, Preference
    from melian.conflict.result import Concept
    from melian.readings.levers.versions import Version, Versions
    from melian.readings.marks import Mark
    from melian.readings.outcomes import Outcomes
    from melian.readings.workings import Workings

    _Named = tuple[str, Mark]

_Key = TypeVar("_Key", bound="Hashable")
_NOWHERE = np.zeros(0, dtype=np.int64)

Verdict = Literal["better", "same", "worse", "mixed", "unclear"]


@dataclass(frozen=True, slots=True)
class Balance:
    """What levers do to one who makes some of them, in shares of the combinations of readings.

    Attributes:
        giver: an actor of the case.
        better: neither its worst nor its best equilibrium is lower, and one is higher.
        same: both are as they were.
        worse: neither is higher, and one is lower.
        mixed: one is higher and one is lower.
        unclear: there is no equilibrium to compare, before or after.
    """

    giver: str
    better: float = 0.0
    same: float = 0.0
    worse: float = 0.0
    mixed: float = 0.0
    unclear: float = 0.0

    @property
    def gains(self) -> bool:
        """Whether it is better off somewhere, and as well off everywhere else."""
        return self.better > 0 and not self.worse and not self.mixed and not self.unclear


@dataclass(frozen=True, slots=True)
class Return:
    """What a lever is meant to get in return.

    Attributes:
        lever: the lever given.
        kind: another lever, an option, or something in words only, which nothing can weigh.
        what: its id, or the words.
        sure_in: of an option, the share of combinations in which every equilibrium has it; of a
            lever, 1, since it is pulled as well; None for words.
    """

    lever: str
    kind: Literal["lever", "option", "words"]
    what: str
    sure_in: float | None


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """Levers pulled with all that is to be returned for them, and who is better off.

    Attributes:
        levers: ids of those pulled: the set, and the levers it names as its returns.
        possible, assured: of the target, once they are pulled.
        returns: what each is meant to get in return.
        balances: per giver with preferences, what that does to it by what it then prefers.
        present: the same by what it prefers at present.
        unjudged: givers without preferences in the conflict.
    """

    levers: tuple[str, ...]
    possible: float
    assured: float
    returns: tuple[Return, ...]
    balances: tuple[Balance, ...]
    present: tuple[Balance, ...]
    unjudged: tuple[str, ...]

    @property
    def reciprocal(self) -> bool | None:
        """Whether every giver gains by what it then prefers; None when of one nobody can tell."""
        if not all(balance.gains for balance in self.balances):
            return False
        return None if self.unjudged else True


class Judge:
    """Judges sets of levers of one case, all that come to the same set with their returns once."""

    def __init__(self, versions: Versions, target: Formula, concept: Concept) -> None:
        """Take the versions of a case, and what is looked for in their equilibria."""
        self._versions, self._target, self._concept = versions, target, concept
        self._known: dict[tuple[str, ...], Reciprocity | None] = {}

    def reciprocity(self, levers: Iterable[Lever]) -> Reciprocity | None:
        """Judge levers pulled with all that is to be returned for them.

        Returns:
            None where those together are too large to solve.
        """
        pulled = with_returns(self._versions.begun.case, levers)
        ids = tuple(lever.id for lever in pulled)
        if ids not in self._known:
            try:
                after = self._versions.pulled(pulled)
            except TooLarge:
                self._known[ids] = None
            else:
                self._known[ids] = self._judged(pulled, after)
        return self._known[ids]

    def _judged(self, pulled: tuple[Lever, ...], after: Version) -> Reciprocity:
        before, concept = self._versions.pulled(()), self._concept
        conflict = before.case.conflict
        wanted = {} if conflict is None else conflict.preferences
        parties = (_giving(before.case, lever, wanted) for lever in pulled)
        givers = tuple(dict.fromkeys(chain.from_iterable(parties)))
        shares = reached(after.outcomes, self._target, concept)
        then, now = (
            tuple(
                self._balance(giver, before, after, eyes) for giver in givers if wanted.get(giver)
            )
            for eyes in (after, before)
        )
        return Reciprocity(
            levers=tuple(lever.id for lever in pulled),
            possible=float(shares.possible),
            assured=float(shares.assured),
            returns=tuple(returns(after, pulled, concept)),
            balances=then,
            present=now,
            unjudged=tuple(giver for giver in givers if not wanted.get(giver)),
        )

    def _balance(self, giver: str, before: Version, after: Version, eyes: Version) -> Balance:
        """Compare what a giver may end in, in the eyes that it has in one of the two versions."""
        both = _open(before.outcomes) & _open(after.outcomes)
        ranks, ways = _ways(giver, eyes, self._versions.workings)
        seen = zip(_kept(eyes.outcomes, both), ways, strict=True)
        other = before if eyes is after else after
        beside = _ends(other.outcomes, _kept(other.outcomes, both), self._concept)
        told: dict[Verdict, Fraction] = defaultdict(Fraction)
        for (kept, way), (weight, here) in _ends(eyes.outcomes, seen, self._concept).items():
            _, there = beside.get(kept, (0, _NOWHERE))
            now, then = (there, here) if eyes is after else (here, there)
            told[_verdict(ranks[way][now], ranks[way][then])] += weight
        total = sum(told.values(), Fraction())
        return Balance(giver, **{verdict: float(part / total) for verdict, part in told.items()})


def _giving(
    case: Case, lever: Lever, wanted: Mapping[str, tuple[Preference, ...]]
) -> tuple[str, ...]:
    """Give whose gain counts: of a speaker without preferences, that of the parties behind it."""
    parties = party_of(case, lever.by, None)
    behind = tuple(party for party in parties if wanted.get(party))
    return behind if behind and not wanted.get(lever.by) else (lever.by,)


def with_returns(case: Case, levers: Iterable[Lever]) -> tuple[Lever, ...]:
    """Give levers together with the levers that are their returns, in the order of the case."""
    wanted, waiting = set[str](), [lever.id for lever in levers]
    while waiting:
        lever = case.levers[waiting.pop()]
        if lever.id not in wanted:
            wanted.add(lever.id)
            waiting += [lever.returns] if lever.returns in case.levers else []
    return tuple(lever for lever in case.levers.values() if lever.id in wanted)


def returns(after: Version, levers: Iterable[Lever], concept: Concept) -> Iterator[Return]:
    """Give what levers are meant to get in return, and how sure it is once they are pulled."""
    conflict = after.case.conflict
    for lever in levers:
        if lever.returns in after.case.levers:
            yield Return(lever.id, "lever", lever.returns, 1.0)
        elif conflict and lever.returns in conflict.options:
            met = masks(after.outcomes, Atom(lever.returns), concept).assured
            sure = float(share(after.outcomes, met))
            yield Return(lever.id, "option", lever.returns, sure)
        elif lever.returns:
            yield Return(lever.id, "words", lever.returns, None)


def _verdict(now: NDArray[np.int32], then: NDArray[np.int32]) -> Verdict:
    """Compare the ranks of what an actor may end in, its worst and its best."""
    if not len(now) or not len(then):
        return "unclear"
    worst, best = then.min() - now.min(), then.max() - now.max()
    if worst * best < 0:
        return "mixed"
    return "same" if worst == best == 0 else "better" if worst + best > 0 else "worse"


def _open(outcomes: Outcomes) -> frozenset[_Named]:
    """Give what is so in some combinations and not in others, each with its actor."""
    kept = [[side.keeps for side in choice.sides] for choice in outcomes.choices]
    return frozenset(
        (choice.actor, name)
        for choice, each in zip(outcomes.choices, kept, strict=True)
        for name in frozenset.union(*each) - frozenset.intersection(*each)
    )


def _kept(outcomes: Outcomes, among: frozenset[_Named]) -> Iterator[frozenset[_Named]]:
    """Give, per combination, what is so in it among what is given."""
    actors = [choice.actor for choice in outcomes.choices]
    for combo in outcomes.combos:
        sides = zip(actors, combo, strict=True)
        yield among.intersection((actor, name) for actor, side in sides for name in side.keeps)


def _ends(
    outcomes: Outcomes, keys: Iterable[_Key], concept: Concept
) -> dict[_Key, tuple[Fraction, NDArray[np.int64]]]:
    """Give the weight and the equilibria (decimals) of the combinations with each key."""
    stable = outcomes.equilibria[concept]
    weights: dict[_Key, Fraction] = defaultdict(Fraction)
    states: dict[_Key, NDArray[np.bool_]] = {}
    for key, weight, profile in zip(keys, outcomes.weights, outcomes.profile, strict=True):
        weights[key] += Fraction(weight)
        states[key] = stable[profile] | states.get(key, False)
    return {key: (weights[key], outcomes.decimals[found]) for key, found in states.items()}


def _ways(
    giver: str, eyes: Version, workings: Workings
) -> tuple[tuple[NDArray[np.int32], ...], list[int]]:
    """Give the ways in which an actor ranks all states, and which it is in each combination.

    States that are not feasible are ranked as well: levers may make them so.
    """
    case, outcomes = eyes.case, eyes.outcomes
    if case.conflict is None:
        return (), []
    standing = eyes.audit.actors.get(giver, Standing(giver, ()))
    wanted = case.conflict.preferences.get(giver, ())
    view = workings.view(case, eyes.audit, standing, wanted)
    on = workings.solver(case.conflict).graph
    ranked = profiles.ranked(replace(on, feasible=np.ones_like(on.feasible)), view)
    which = {sides: int(way) for sides, way in zip(view.combos, ranked.which, strict=True)}
    mine = [place for place, choice in enumerate(outcomes.choices) if choice.actor == giver]
    return ranked.ranks, [which[tuple(combo[p] for p in mine)] for combo in outcomes.combos]
