"""Equilibria of a conflict of any size, one after the other, with proof when there are no more.

The search is by refinement (CEGAR: Clarke et al. 2003; for quantified formulas Janota & Marques-
Silva 2011). A solver proposes a state that nothing known speaks against. For each actor, a
:class:`Critic` looks for an improvement that nobody answers. If no actor has one, the state is an
equilibrium. If one has, the solver learns what that move asks of *any* state: that the actor does
not gain by it, or that somebody answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.conflict.result import Concept
from melian.conflict.symbolic.answers import mask_of
from melian.conflict.symbolic.critic import Critic
from melian.conflict.symbolic.demands import Demands
from melian.conflict.symbolic.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.formula import Formula
    from melian.conflict.symbolic.critic import Objection
    from melian.conflict.symbolic.demands import Demand
    from melian.conflict.symbolic.model import SymbolicModel
    from melian.conflict.symbolic.work import Work


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
        self._sheet.require(self._sheet.feasible(self._here))
        if where is not None:
            self._sheet.require(self._sheet.holds(model.statement(where), self._here))
        self._critics = [Critic(model, i, concept, work) for i in range(len(model.actors))]
        self._demands = Demands(self._sheet, self._here, concept)
        self._made: dict[tuple[int, int], Demand] = {}
        self._short = True
        self.refinements = 0

    def __iter__(self) -> Iterator[int]:
        """Give the equilibria, as decimals, in the order in which they are found.

        Raises:
            OutOfWork: the next one, or proof that there is none, needs more steps than are left.
        """
        while (state := self._candidate()) is not None:
            objections = self._objections(state)
            for actor, objection in objections.items():
                self._refine(actor, state, objection)
            if not objections:
                yield state
                self._sheet.require(*(-x for x in self._sheet.at(self._here, state)))

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
