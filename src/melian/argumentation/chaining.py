"""What follows from what: inferences, drawn forward from sentences that are given.

Each inference waits for a count of its premises, so that all consequences take linear time (Dowling
& Gallier 1984); nothing is looked at that the given sentences do not lead to.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Inference:
    """From premises to a conclusion (sentences are numbers); ``by`` is whatever licenses it."""

    conclusion: int
    premises: tuple[int, ...] = ()
    by: object = None


class Chain:
    """Inferences, indexed once by their premises.

    Attributes:
        inferences: in their order.
        using: the numbers of the inferences that use a sentence.
        given: the numbers of the inferences without premises.
    """

    def __init__(self, inferences: Sequence[Inference]) -> None:
        """Index inferences."""
        self.inferences = tuple(inferences)
        self.using: defaultdict[int, list[int]] = defaultdict(list)
        self.given: list[int] = []
        self._premises = [tuple(dict.fromkeys(each.premises)) for each in self.inferences]
        for number, premises in enumerate(self._premises):
            for premise in premises:
                self.using[premise].append(number)
            if not premises:
                self.given.append(number)

    def closure(self, given: Collection[int]) -> set[int]:
        """Give the sentences that follow from some, and those themselves."""
        return {*given, *(inference.conclusion for inference in self.fired(given))}

    def fired(self, given: Collection[int]) -> Iterator[Inference]:
        """Give the inferences that can be drawn from sentences, in the order of drawing them."""
        queue = sorted(given)
        known = set(queue)
        left: dict[int, int] = {}
        ready = self.given
        at = 0
        while True:
            for number in ready:
                yield self.inferences[number]
                conclusion = self.inferences[number].conclusion
                if conclusion not in known:
                    known.add(conclusion)
                    queue.append(conclusion)
            if at == len(queue):
                return
            ready = []
            for number in self.using.get(queue[at], ()):
                left[number] = left.get(number, len(self._premises[number])) - 1
                if left[number] == 0:
                    ready.append(number)
            at += 1

    def drawn(self, given: Collection[int], conclusion: int) -> tuple[Inference, ...]:
        """Give inferences that lead from sentences to a conclusion, in order."""
        first: dict[int, Inference] = {}
        for inference in self.fired(given):
            first.setdefault(inference.conclusion, inference)
            if inference.conclusion == conclusion:
                break
        needed = {conclusion}
        queue = [conclusion]
        for sentence in queue:
            if sentence in first:
                fresh = set(first[sentence].premises) - needed
                needed |= fresh
                queue += sorted(fresh)
        return tuple(inference for sentence, inference in first.items() if sentence in needed)
