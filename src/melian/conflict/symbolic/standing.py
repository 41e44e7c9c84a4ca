"""How one state stands: for whom it is stable under which concept, and why."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.conflict.result import Concept, Decimals
from melian.conflict.symbolic.answers import TOGETHER, mask_of
from melian.conflict.symbolic.critic import Critic
from melian.conflict.symbolic.work import PRICE, STEPS
from melian.effort import OutOfWork, Work
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from melian.conflict.symbolic.critic import Exchange
    from melian.conflict.symbolic.model import SymbolicModel

PER_VERDICT = STEPS // 10
"""What a verdict may take unless the caller allows more."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One move of an answer.

    Attributes:
        actor: who moves.
        state: what comes of it, as a decimal.
    """

    actor: str
    state: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a state is stable for one actor under one concept, and why.

    Attributes:
        stable: whether it is; None when that would have taken more work than was allowed.
        gain: where the actor would gain by moving to, as a decimal: a move that nobody answers
            when the state is not stable, else the one it likes best; None when it gains by none.
        replies: how the others answer it when the state is stable: one after the other, or, under
            SIM, all at once.
    """

    stable: bool | None
    gain: int | None = None
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing(Decimals):
    """How one state stands.

    Attributes:
        actors: the decision makers.
        state: the decimal of the state.
        verdicts: per concept, one verdict for each actor.
        calls: how often a SAT solver was called.
        unasked: the coalitions of the case: the verdicts are on single actors only.
    """

    actors: tuple[str, ...]
    state: int
    verdicts: Mapping[Concept, tuple[Verdict, ...]]
    calls: int
    unasked: tuple[tuple[str, ...], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every verdict is certain."""
        return all(v.stable is not None for each in self.verdicts.values() for v in each)

    def equilibrium(self, concept: Concept) -> bool | None:
        """Tell whether the state is stable for everyone; None when that is not known."""
        each = [verdict.stable for verdict in self.verdicts[concept]]
        return False if False in each else None if None in each else True


def standing(
    model: SymbolicModel,
    state: int,
    concepts: Iterable[Concept] = tuple(Concept),
    work: int = PER_VERDICT,
) -> Standing:
    """Say for whom a state is stable, and why.

    Args:
        model: the conflict as formulas.
        state: a feasible state, as its decimal.
        concepts: the stability concepts wanted.
        work: how many steps each verdict may take: literals that solvers propagate.

    Raises:
        UsageError: the state is infeasible.
    """
    if not model.feasible(state):
        ruled = next(str(each.formula) for each in model.infeasible if each.holds(state))
        raise UsageError(f'The state is infeasible: the case rules out "{ruled}".')
    calls, found = 0, {}
    for concept in concepts:
        verdicts = []
        for actor in range(len(model.actors)):
            steps = Work(work, PRICE)
            verdicts.append(_verdict(model, state, actor, concept, steps))
            calls += steps.calls
        found[concept] = tuple(verdicts)
    made = MappingProxyType(found), calls, model.coalitions
    return Standing(model.options, model.actors, state, *made)


def _verdict(model: SymbolicModel, state: int, actor: int, concept: Concept, work: Work) -> Verdict:
    critic = Critic(model, actor, concept, work)
    try:
        objection = critic.objection(state)
    except OutOfWork:
        return Verdict(stable=None)
    if objection is not None:
        return Verdict(stable=False, gain=objection.state)
    if not critic.exchanges:
        return Verdict(stable=True)
    first = critic.exchanges[0]
    tell = _at_once if concept is Concept.SIM else _in_turn
    return Verdict(stable=True, gain=first.state, replies=tuple(tell(model, state, actor, first)))


def _in_turn(model: SymbolicModel, _state: int, actor: int, exchange: Exchange) -> Iterator[Reply]:
    """Give an answer actor by actor, without those who leave everything as it is."""
    here = exchange.state
    for step in exchange.answer.steps:
        there = step.apply(here)
        for mover in model.others(actor) if step.actor == TOGETHER else (step.actor,):
            mask = mask_of(model.owned[mover])
            after = (here & ~mask) | (there & mask)
            if after != here:
                yield Reply(model.actors[mover], after)
            here = after


def _at_once(model: SymbolicModel, state: int, _actor: int, exchange: Exchange) -> Iterator[Reply]:
    """Give an answer actor by actor: what somebody has changed is not changed back."""
    flipped = exchange.state ^ state
    for step in exchange.answer.steps:
        flipped |= step.state ^ state
        yield Reply(model.actors[step.actor], state ^ flipped)
