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
from melian.problems import TooLarge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

MOST_SETS = 20_000
"""How many least sets of assumptions are found, for all sentences together."""

MOST_STEPS = 500_000
"""How many sets are looked at on the way."""

MOST_ATTACKS = 2_000_000

Assumptions = frozenset[int]


@dataclass(frozen=True, slots=True)
class Inference:
    """From premises to a conclusion; ``by`` is whatever licenses it."""

    conclusion: int
    premises: tuple[int, ...] = ()
    by: object = None


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

    def concluding(self, sentence: int) -> tuple[int, ...]:
        """Give the numbers of the arguments for a sentence."""
        return tuple(n for n, a in enumerate(self.arguments) if a.conclusion == sentence)


def argued(
    inferences: Sequence[Inference],
    contraries: Mapping[int, Collection[int]],
    wanted: Collection[int] = (),
    sets: int = MOST_SETS,
    steps: int = MOST_STEPS,
) -> Argued:
    """Give the arguments for all contraries of assumptions, and for what else is wanted.

    Args:
        inferences: none of which concludes an assumption.
        contraries: of each assumption: the sentences any of which attacks it.
        wanted: further sentences.
        sets: how many least sets of assumptions to find, for all sentences together.
        steps: how many sets to look at for that.

    Raises:
        TooLarge: there are too many attacks to hold.
    """
    attacked = _attacked(contraries)
    found, complete = _least_sets(inferences, contraries, sets, steps)
    arguments = [Argument(s, one) for s, one in found if s in attacked or s in wanted]
    names = tuple(str(number) for number in range(1, len(arguments) + 1))
    attacks = tuple(_attacks(arguments, attacked))
    return Argued(tuple(arguments), Framework(names, attacks), complete)


def drawn(inferences: Sequence[Inference], argument: Argument) -> tuple[Inference, ...]:
    """Give the inferences that lead from an argument's assumptions to its conclusion, in order."""
    first: dict[int, Inference] = {}
    for inference in _fired(inferences, argument.assumptions):
        first.setdefault(inference.conclusion, inference)
        if inference.conclusion == argument.conclusion:
            break
    needed = {argument.conclusion}
    queue = [argument.conclusion]
    for sentence in queue:
        if sentence in first:
            fresh = set(first[sentence].premises) - needed
            needed |= fresh
            queue += sorted(fresh)
    return tuple(inference for sentence, inference in first.items() if sentence in needed)


def _attacked(contraries: Mapping[int, Collection[int]]) -> dict[int, list[int]]:
    """Give the assumptions that each sentence is a contrary of."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for assumption, against in contraries.items():
        for sentence in dict.fromkeys(against):
            found[sentence].append(assumption)
    return found


def _attacks(
    arguments: Sequence[Argument], attacked: Mapping[int, Sequence[int]]
) -> Iterator[tuple[int, int]]:
    resting: defaultdict[int, list[int]] = defaultdict(list)
    for number, argument in enumerate(arguments):
        for assumption in sorted(argument.assumptions):
            resting[assumption].append(number)
    left = MOST_ATTACKS
    for number, argument in enumerate(arguments):
        hit = (resting[each] for each in attacked.get(argument.conclusion, ()))
        targets = sorted({target for targets in hit for target in targets})
        left -= len(targets)
        if left < 0:
            raise TooLarge(
                f"{len(arguments):,} arguments attack each other in more than {MOST_ATTACKS:,} "
                "ways; look at one party (--actor), or at a part of the case."
            )
        yield from ((number, target) for target in targets)


def _least_sets(
    inferences: Sequence[Inference], assumptions: Collection[int], most: int, steps: int
) -> tuple[list[tuple[int, Assumptions]], bool]:
    """Give least sets of assumptions with the sentences they lead to, and whether these are all.

    Sets are settled by size, so that one that is settled is never found to hold a smaller one.
    """
    using: defaultdict[int, list[Inference]] = defaultdict(list)
    for inference in inferences:
        for premise in dict.fromkeys(inference.premises):
            using[premise].append(inference)
    settled: defaultdict[int, list[Assumptions]] = defaultdict(list)
    found: list[tuple[int, Assumptions]] = []
    queue = [(1, n, a, frozenset({a})) for n, a in enumerate(assumptions)]
    queue += [
        (0, -1 - n, i.conclusion, Assumptions()) for n, i in enumerate(inferences) if not i.premises
    ]
    heapq.heapify(queue)
    seen = len(queue)
    while queue:
        _, _, sentence, one = heapq.heappop(queue)
        if any(smaller <= one for smaller in settled[sentence]):
            continue
        if len(found) == most:
            return found, False
        settled[sentence].append(one)
        found.append((sentence, one))
        for inference in using[sentence]:
            for joined in _joined(inference, sentence, one, settled):
                seen += 1
                if seen > steps:
                    return found, False
                heapq.heappush(queue, (len(joined), seen, inference.conclusion, joined))
    return found, True


def _joined(
    inference: Inference, sentence: int, one: Assumptions, settled: Mapping[int, list[Assumptions]]
) -> Iterator[Assumptions]:
    """Give what an inference can rest on when one of its premises rests on a set."""
    others = [settled[each] for each in dict.fromkeys(inference.premises) if each != sentence]
    return (one.union(*chosen) for chosen in product(*others))


def _fired(inferences: Sequence[Inference], given: Collection[int]) -> Iterator[Inference]:
    """Give the inferences that can be drawn from sentences, in the order of drawing them."""
    using: defaultdict[int, list[int]] = defaultdict(list)
    left = [len(set(inference.premises)) for inference in inferences]
    for number, inference in enumerate(inferences):
        for premise in dict.fromkeys(inference.premises):
            using[premise].append(number)
    known = dict.fromkeys(sorted(given))
    queue = list(known)
    ready = [number for number, count in enumerate(left) if count == 0]
    while ready or queue:
        for number in ready:
            yield inferences[number]
            conclusion = inferences[number].conclusion
            if conclusion not in known:
                known[conclusion] = None
                queue.append(conclusion)
        ready = []
        if queue:
            for number in using[queue.pop(0)]:
                left[number] -= 1
                if left[number] == 0:
                    ready.append(number)
