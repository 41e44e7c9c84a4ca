"""What the grounded labelling leaves open of a framework: all that has to be searched.

What is labelled in belongs to every complete set, and what is labelled out to none, so that only
the undecided arguments and the attacks among them matter (Cerutti, Giacomin, Vallati & Zanella
2014).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.argumentation.grounded import grounded
from melian.argumentation.result import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from melian.argumentation.solver import Members
    from melian.case.framework import Framework

WORK = 50_000
"""What a search may take, some seconds: a unit is about one conflict inside the solver, and a call
costs a few for the size of the framework. Units come out alike on every machine."""

LINEAR = "grounded labelling by propagation"
SEARCHED = f"{LINEAR}; the rest by answer sets (clingo)"


@dataclass(frozen=True, slots=True)
class Core:
    """The undecided part of a framework, renumbered.

    Attributes:
        given: what is in every complete set.
        undecided: the arguments by their number in the core.
        numbers: leads back: the number in the core of an argument.
        attackers: of each of them, among them.
    """

    given: Members
    undecided: Members
    numbers: dict[int, int]
    attackers: list[list[int]]

    def whole(self, members: Iterable[int]) -> Members:
        """Give the set of the framework that a set of the core stands for."""
        return tuple(sorted((*self.given, *(self.undecided[each] for each in members))))


def core_of(framework: Framework) -> Core:
    """Label a framework, and give what is left open."""
    labelling = grounded(framework)
    undecided = labelling.where(Label.UNDECIDED)
    numbers = {argument: number for number, argument in enumerate(undecided)}
    attackers: list[list[int]] = [[] for _ in undecided]
    for attacker, attacked in framework.attacks:
        if attacked in numbers and attacker in numbers:
            attackers[numbers[attacked]].append(numbers[attacker])
    return Core(labelling.where(Label.IN), undecided, numbers, attackers)
