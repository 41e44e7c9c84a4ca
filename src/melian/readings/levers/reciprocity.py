"""Whether those who move are better off for it.

A giver is better off in a combination of readings when neither the worst nor the best equilibrium
that it may end in is lower once the levers are pulled, and one of the two is higher. (That is the
Egli-Milner order of sets, strictly.) It is asked twice: by what the giver prefers once the levers
are pulled, which takes at its word what the levers do to its own preferences, and by what it
prefers at present, which counts that as nothing. Each combination before is compared with each
after in which what is open both times is the same (:mod:`.beside`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Literal

import numpy as np

from melian.case.formula import Atom
from melian.case.speaking import party_of
from melian.problems import TooLarge
from melian.readings.levers.beside import NONE, beside
from melian.readings.levers.ends import NOWHERE, Ends
from melian.readings.levers.parties import Party, names_of, parties_of, profile, seen_by
from melian.readings.levers.reaching import masks, reached, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from melian.case.formula import Formula
    from melian.case.model import Case, Lever, Preference
    from melian.conflict.result import Concept
    from melian.readings.levers.ends import Numbers, Ranks
    from melian.readings.levers.versions import Version, Versions

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
        unclear: there is no equilibrium before or after, or no combination to compare it with.
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
            None where those together are too large to solve, or to be compared.
        """
        pulled = with_returns(self._versions.begun.case, levers)
        ids = tuple(lever.id for lever in pulled)
        if ids not in self._known:
            try:
                self._known[ids] = self._judged(pulled, self._versions.pulled(pulled))
            except TooLarge:
                self._known[ids] = None
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
        other = before if eyes is after else after
        workings, names = self._versions.workings, names_of(eyes, other)
        here, there = parties_of(eyes, workings), parties_of(other, workings)
        ranks, which = seen_by(giver, eyes, workings)
        both = {name: (here.get(name, Party()), there.get(name, Party())) for name in names}
        both[giver] = (here[giver].split(which, len(ranks)), both[giver][1])
        pairs, own = beside([*both.values()]), names.index(giver)
        ways, seen = np.divmod(pairs.here[:, own], len(ranks))
        pairs.here[:, own] = ways
        mine = self._ends(eyes, ranks, seen, profile(here, names, pairs.here))
        theirs = self._ends(other, ranks, seen, profile(there, names, pairs.there))
        theirs[:, (pairs.there == NONE).any(axis=1)] = NOWHERE
        now, then = (theirs, mine) if eyes is after else (mine, theirs)
        return Balance(giver, **_shares(_verdicts(now, then), pairs.weights))

    def _ends(self, version: Version, ranks: Ranks, seen: Numbers, profiles: Numbers) -> Numbers:
        return Ends(version.outcomes, self._concept).worst_and_best(ranks, seen, profiles)


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


def _verdicts(now: Numbers, then: Numbers) -> NDArray[np.str_]:
    """Compare the ranks of what an actor may end in, its worst and its best, pair by pair."""
    worst, best = then - now
    unclear = (now == NOWHERE).any(axis=0) | (then == NOWHERE).any(axis=0)
    cases: dict[Verdict, NDArray[np.bool_]] = {
        "unclear": unclear,
        "mixed": np.sign(worst) * np.sign(best) < 0,
        "better": (worst > 0) | (best > 0),
        "worse": (worst < 0) | (best < 0),
    }
    return np.select([*cases.values()], [*cases], "same")


def _shares(verdicts: NDArray[np.str_], weights: NDArray[np.object_]) -> dict[str, float]:
    """Give the share of the weight that each verdict has; exact until it is made a float."""
    total = weights.sum()
    return {
        str(verdict): float(Fraction(weights[verdicts == verdict].sum(), total))
        for verdict in np.unique(verdicts)
    }
