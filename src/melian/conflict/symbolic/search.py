"""Equilibria of a conflict of any size, one after the other, with proof when there are no more.

The search is by refinement (CEGAR: Clarke et al. 2003; for quantified formulas Janota & Marques-
Silva 2011). A solver proposes a state that nothing known speaks against. For each actor, a
:class:`Critic` looks for an improvement that nobody answers. If no actor has one, the state is an
equilibrium. If one has, the solver learns what that move asks of *any* state: that the actor does
not gain by it, or that somebody answers.

What of an equilibrium the proofs do not need may be otherwise, so that a whole cube of equilibria
is found at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.conflict.result import Concept
from melian.conflict.symbolic.answers import mask_of, without
from melian.conflict.symbolic.critic import Critic
from melian.conflict.symbolic.demands import Demands
from melian.conflict.symbolic.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.formula import Formula
    from melian.conflict.symbolic.answers import Cube
    from melian.conflict.symbolic.critic import Objection
    from melian.conflict.symbolic.demands import Demand
    from melian.conflict.symbolic.model import SymbolicModel
    from melian.conflict.symbolic.sheet import Copy
    from melian.effort import Work


_MEMBER = 200  # steps that one more state of a cube takes: a second for some hundred thousand


class Kind:
    """The states that are looked for: feasible ones in which a formula holds."""

    def __init__(self, model: SymbolicModel, where: Formula | None, work: Work) -> None:
        """Write down what they are.

        Raises:
            UsageError: the formula names something that is no option.
        """
        self._where = None if where is None else model.statement(where)
        self._sheet = Sheet(model, work)
        self._here = self._sheet.copy()
        self._other = -self.literal(self._sheet, self._here)

    def literal(self, sheet: Sheet, copy: Copy) -> int:
        """Give a literal that is true when a copy is one of them."""
        held = [] if self._where is None else [sheet.holds(self._where, copy)]
        return sheet.all_of([sheet.feasible(copy), *held])

    def around(self, state: int) -> Cube:
        """Give as much of one of them as all others that share it need."""
        now = self._sheet.at(self._here, state)
        self._sheet.solve([*now, self._other])
        return self._sheet.cube(self._here, self._sheet.core() & set(now))


class Search:
    """Finds the equilibria under one concept that satisfy a formula.

    Attributes:
        refinements: how often something was learned from an objection.
    """

    def __init__(
        self, model: SymbolicModel, concept: Concept, where: Formula | None, work: Work
    ) -> None:
        """Write down what a state is.

        Raises:
            UsageError: the formula names something that is no option.
        """
        self._model, self._concept = model, concept
        self._sheet = Sheet(model, work)
        self._here = self._sheet.copy()
        self._work, self._kind = work, Kind(model, where, work)
        self._sheet.require(self._kind.literal(self._sheet, self._here))
        self._critics = [Critic(model, i, concept, work) for i in range(len(model.actors))]
        self._demands = Demands(self._sheet, self._here, concept)
        self._made: dict[tuple[int, int], Demand] = {}
        self._met: set[int] = set()
        self._short = True
        self.refinements = 0

    def __iter__(self) -> Iterator[int]:
        """Give the equilibria, as decimals, in the order in which they are found.

        Raises:
            OutOfWork: the next one, or proof that there is none, needs more steps than are left.
        """
        for state, cube in self._cubes():
            yield from self._new(state, cube)

    def counts(self) -> Iterator[int]:
        """Give how many equilibria each cube that is found adds to those before, none listed.

        Raises:
            OutOfWork: the next one, or proof that there is none, needs more steps than are left.
        """
        options = len(self._model.options)
        before: list[Cube] = []
        for _, cube in self._cubes():
            new = [cube]
            for other in before:
                self._work.spend(_MEMBER * len(new))
                new = [part for each in new for part in without(each, other)]
            before.append(cube)
            yield sum(1 << options - len(each) for each in new)

    def _cubes(self) -> Iterator[tuple[int, Cube]]:
        """Give equilibria that are in no cube before, each with a cube of equilibria around it."""
        while (state := self._candidate()) is not None:
            objections = self._objections(state)
            for actor, objection in objections.items():
                self._refine(actor, state, objection)
            if not objections:
                cube = self._kind.around(state).union(*(c.calm() for c in self._critics))
                self._sheet.require(*(-x for x in self._sheet.within(self._here, cube)))
                yield state, cube

    def _new(self, state: int, cube: Cube) -> Iterator[int]:
        """Give the states of a cube that were not met before, the given one first."""
        named = {abs(part) - 1 for part in cube}
        free = [bit for bit in range(len(self._model.options)) if bit not in named]
        for number in range(1 << len(free)):
            member = state
            for place, bit in enumerate(free):
                member ^= (number >> place & 1) << bit
            self._work.spend(_MEMBER)
            if member not in self._met:
                self._met.add(member)
                yield member

    def _candidate(self) -> int | None:
        """Give a state that nothing known speaks against: first without longer answers."""
        if self._short and self._sheet.solve([-self._demands.longer]):
            return self._sheet.state(self._here)
        self._short = False
        return self._sheet.state(self._here) if self._sheet.solve() else None

    def _objections(self, state: int) -> dict[int, Objection]:
        found = {actor: critic.objection(state) for actor, critic in enumerate(self._critics)}
        return {actor: objection for actor, objection in found.items() if objection}

    def _refine(self, actor: int, state: int, objection: Objection) -> None:
        """Learn what an objection asks; when it has been asked, learn more from its proof."""
        self.refinements += 1
        move = actor, objection.state & mask_of(self._model.owned[actor])
        demand = self._made.get(move)
        if demand is None:
            self._made[move] = self._demands.answer_to(actor, objection.state)
        elif (escape := self._escape(actor, state, demand)) is not None:
            self._demands.safe_from(actor, demand, escape)
        else:
            self._demands.forbid(actor, state, objection)

    def _escape(self, actor: int, state: int, demand: Demand) -> int | None:
        """Find how an actor would get away from what the solver took for an answer, under SMR."""
        if self._concept is not Concept.SMR:
            return None
        end = self._sheet.state(demand.end)
        return self._critics[actor].escape(end, self._model.rank(actor, state))
