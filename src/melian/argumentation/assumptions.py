"""Arguments from assumptions: flat assumption-based argumentation (Toni 2014).

Sentences are numbers. An inference leads from premises to a conclusion; an assumption is a sentence
that no inference concludes, and has contraries. An argument is a conclusion with a least set of
assumptions from which inferences reach it; it attacks every argument that rests on an assumption
whose contrary it concludes. Least sets suffice: an argument on more assumptions attacks no more,
and is attacked by whatever attacks one on fewer.

The sets are found like the labels of an ATMS (de Kleer 1986), the smallest first.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from melian.case.framework import Framework

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from melian.argumentation.chaining import Chain, Inference

    Contraries = Mapping[int, Collection[int]]

MOST_SETS = 20_000
"""How many least sets of assumptions are found, for all sentences together."""

MOST_STEPS = 2_000_000
"""How many comparisons of sets are made for that: a second or two."""

MOST_ATTACKS = 200_000

Assumptions = frozenset[int]


@dataclass(frozen=True, slots=True)
class Argument:
    """A conclusion, and a least set of assumptions that it can be drawn from."""

    conclusion: int
    assumptions: Assumptions


@dataclass(frozen=True, slots=True)
class Argued:
    """The arguments for some sentences, and which attack which.

    Attributes:
        arguments: those with the fewest assumptions first.
        framework: the same arguments, named by their numbers from 1.
        complete: whether there are no more.
    """

    arguments: tuple[Argument, ...]
    framework: Framework
    complete: bool = True


def argued(
    chain: Chain,
    contraries: Contraries,
    wanted: Collection[int] = (),
    *,
    sets: int = MOST_SETS,
    steps: int = MOST_STEPS,
    attacks: int = MOST_ATTACKS,
) -> Argued:
    """Give the arguments for all contraries of assumptions, and for what else is wanted.

    Args:
        chain: inferences, none of which concludes an assumption.
        contraries: of each assumption: the sentences any of which attacks it.
        wanted: further sentences.
        sets: how many least sets of assumptions to find, for all sentences together.
        steps: how many comparisons of sets to make for that.
        attacks: how many attacks to hold; where there are more, the larger arguments are left out.
    """
    attacked = _attacked(contraries)
    found, complete = _least_sets(chain, contraries, sets, steps)
    arguments = [Argument(s, one) for s, one in found if s in attacked or s in wanted]
    pairs = _attacks(arguments, attacked, attacks)
    while pairs is None:
        arguments, complete = arguments[: len(arguments) // 2], False
        pairs = _attacks(arguments, attacked, attacks)
    names = tuple(str(number) for number in range(1, len(arguments) + 1))
    return Argued(tuple(arguments), Framework(names, tuple(pairs)), complete)


def grounded_assumptions(chain: Chain, contraries: Contraries) -> tuple[Assumptions, Assumptions]:
    """Give the grounded set of assumptions, and those that it does not attack.

    What follows from the first holds; what does not even follow from the second is defeated.
    No argument is listed for it: a set attacks what it leads to a contrary of, and some set
    that is not attacked itself attacks an assumption just if all that is left unattacked does.
    """
    inside = left = Assumptions()
    while True:
        left = _unattacked(chain, contraries, inside)
        grown = _unattacked(chain, contraries, left)
        if grown == inside:
            return inside, left
        inside = grown


def _unattacked(chain: Chain, contraries: Contraries, by: Assumptions) -> Assumptions:
    known = chain.closure(by)
    return frozenset(each for each, against in contraries.items() if known.isdisjoint(against))


def _attacked(contraries: Contraries) -> dict[int, list[int]]:
    """Give the assumptions that each sentence is a contrary of."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for assumption, against in contraries.items():
        for sentence in dict.fromkeys(against):
            found[sentence].append(assumption)
    return found


def _attacks(
    arguments: Sequence[Argument], attacked: Mapping[int, Sequence[int]], most: int
) -> list[tuple[int, int]] | None:
    """Give which argument attacks which; None where those are too many."""
    resting: defaultdict[int, list[int]] = defaultdict(list)
    for number, argument in enumerate(arguments):
        for assumption in sorted(argument.assumptions):
            resting[assumption].append(number)
    pairs: list[tuple[int, int]] = []
    for number, argument in enumerate(arguments):
        hit = [resting[each] for each in attacked.get(argument.conclusion, ())]
        pairs += ((number, target) for target in sorted(set().union(*hit)))
        if len(pairs) > most:
            return None
    return pairs


def _least_sets(
    chain: Chain, assumptions: Collection[int], most: int, steps: int
) -> tuple[list[tuple[int, Assumptions]], bool]:
    """Give least sets of assumptions with the sentences they lead to, and whether these are all.

    Sets are settled by size, so that one that is settled is never found to hold a smaller one.
    """
    settled: defaultdict[int, list[Assumptions]] = defaultdict(list)
    found: list[tuple[int, Assumptions]] = []
    given = [chain.inferences[number].conclusion for number in chain.given]
    queue = [(0, n, sentence, Assumptions()) for n, sentence in enumerate(given)]
    queue += [(1, n, a, frozenset({a})) for n, a in enumerate(assumptions, len(queue))]
    heapq.heapify(queue)
    seen = len(queue)
    while queue:
        _, _, sentence, one = heapq.heappop(queue)
        steps -= 1 + len(settled[sentence])
        if any(smaller <= one for smaller in settled[sentence]):
            continue
        if len(found) == most or steps < 0:
            return found, False
        settled[sentence].append(one)
        found.append((sentence, one))
        for number in chain.using.get(sentence, ()):
            inference = chain.inferences[number]
            for joined in _joined(inference, sentence, one, settled):
                seen += 1
                steps -= 1
                if steps < 0:
                    return found, False
                heapq.heappush(queue, (len(joined), seen, inference.conclusion, joined))
    return found, True


def _joined(
    inference: Inference, sentence: int, one: Assumptions, settled: Mapping[int, list[Assumptions]]
) -> Iterator[Assumptions]:
    """Give what an inference can rest on when one of its premises rests on a set."""
    others = [settled[each] for each in dict.fromkeys(inference.premises) if each != sentence]
    return (one.union(*chosen) for chosen in product(*others))
