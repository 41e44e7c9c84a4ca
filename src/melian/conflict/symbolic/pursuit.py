"""How the others can answer a move: found, or proved impossible.

Whether legal sequences of the others (Fang, Hipel & Kilgour 1993, section 3.3) can lead from a
state to one in which an actor is no better off is a question of reachability. Sequences may be
long where states are infeasible or only improvements count, so it is decided by property directed
reachability (Bradley 2011; Een, Mishchenko & Brayton 2011): cubes of states are learned that
cannot be reached in so many moves, until a sequence is found, or the cubes say the same for any
number of moves. Both ends are certain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

from melian.conflict.symbolic.answers import Answer, NoAnswer, Step, contains
from melian.conflict.symbolic.reach import Reach
from melian.conflict.symbolic.target import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from melian.conflict.result import Concept
    from melian.conflict.symbolic.answers import Cube
    from melian.conflict.symbolic.model import SymbolicModel
    from melian.effort import Work


class Replies:
    """Finds how the others can answer one actor's moves under one concept: GMR, SMR or SEQ."""

    def __init__(self, model: SymbolicModel, actor: int, concept: Concept, work: Work) -> None:
        """Write down what the others can do."""
        self._reach = Reach(model, actor, concept, work)
        self._model, self._actor, self._concept = model, actor, concept
        self._escapes: list[int] = []

    def answer(self, before: int, after: int) -> Answer | NoAnswer:
        """Find moves of the others that leave the actor no better off than before.

        Args:
            before: where the actor moves from, as a decimal.
            after: where it moves to, and is better off.

        Raises:
            OutOfWork: that needs more steps than are left.
        """
        rank = self._model.rank(self._actor, before)
        target = Target(self._reach, self._actor, self._concept, rank, self._escapes)
        found = _Pursuit(self._reach, target, after).run()
        return replace(found, rank=rank) if isinstance(found, Answer) else found


@dataclass(frozen=True, slots=True)
class _Goal:
    """States from which a step leads into the next goal; the last is the target."""

    cube: Cube
    step: Step | None = None
    next: _Goal | None = None

    def answer(self) -> Answer:
        goal, steps = self, []
        while goal.step and goal.next:
            steps.append(goal.step)
            goal = goal.next
        return Answer(tuple(steps), goal.cube)


class _Pursuit:
    """One search. Level n is what is known of the states that n moves can reach.

    A cube learned at a level is excluded from that level and from all below it. Level 0 is the
    state that it starts from.
    """

    def __init__(self, reach: Reach, target: Target, start: int) -> None:
        self._reach, self._sheet, self._target, self._start = reach, reach.sheet, target, start
        self._at_start = reach.sheet.at(reach.here, start)
        self._acts: list[int] = [0]  # per level, what switches its cubes on
        self._learned: list[list[Cube]] = [[]]
        self._order = count()

    def run(self) -> Answer | NoAnswer:
        try:
            return self._search()
        finally:
            for act in self._acts[1:]:
                self._sheet.require(-act)

    def _search(self) -> Answer | NoAnswer:
        self._open_level()
        while True:
            cube = self._target.hit(self._known(len(self._learned) - 1))
            if cube is None:
                proof = self._push()
                if proof is not None:
                    return proof
            else:
                answer = self._block(_Goal(cube))
                if answer is not None:
                    return answer

    def _open_level(self) -> None:
        self._acts.append(self._sheet.variable())
        self._learned.append([])

    def _known(self, level: int) -> list[int]:
        """Give what has to be assumed of a state that so many moves can reach."""
        return self._acts[level:] if level else self._at_start

    def _block(self, last: _Goal) -> Answer | None:
        """Find a sequence into a goal, or learn that the levels there are do not reach it."""
        top = len(self._learned) - 1
        heap = [(top, next(self._order), last)]
        while heap:
            level, _, goal = heappop(heap)
            if contains(goal.cube, self._start):
                return goal.answer()
            if not self._excluded(goal.cube, level):
                found = self._before(goal.cube, level - 1)
                if isinstance(found, _Step):
                    before = _Goal(found.cube, found.step, goal)
                    heappush(heap, (level - 1, next(self._order), before))
                    heappush(heap, (level, next(self._order), goal))
                    continue
                self._learn(self._narrow(found, level - 1), level)
            if level < top:
                heappush(heap, (level + 1, next(self._order), goal))
        return None

    def _excluded(self, cube: Cube, level: int) -> bool:
        return any(each <= cube for learned in self._learned[level:] for each in learned)

    def _before(self, cube: Cube, level: int) -> _Step | Cube:
        """Find a move into a cube, from a state outside it that so many moves can reach.

        Returns:
            The move and where it can be made; or a part of the cube, without the start, that
            none leads into.
        """
        outside = self._sheet.variable()
        self._sheet.require(-outside, *(-x for x in self._reach.literals(cube)))
        found = self._into(cube, [*self._known(level), outside])
        self._sheet.require(-outside)
        return found

    def _into(self, cube: Cube, given: Sequence[int]) -> _Step | Cube:
        needed: Cube = frozenset()
        for mover in self._reach.movers:
            found = self._reach.into(mover, cube, given)
            if isinstance(found, Step):
                return _Step(self._reach.widen(found, cube), found)
            needed |= found
        return self._without_start(needed, cube)

    def _without_start(self, part: Cube, cube: Cube) -> Cube:
        if not contains(part, self._start):
            return part
        return part | {min(x for x in cube if not contains(frozenset({x}), self._start))}

    def _narrow(self, cube: Cube, level: int) -> Cube:
        """Leave out what is not needed for a cube to be out of reach; it has more states then."""
        for part in sorted(cube, key=abs):
            smaller = cube - {part}
            if part in cube and not contains(smaller, self._start):
                found = self._before(smaller, level)
                cube = cube if isinstance(found, _Step) else found
        return cube

    def _learn(self, cube: Cube, level: int) -> None:
        self._learned[level].append(cube)
        self._sheet.require(-self._acts[level], *(-x for x in self._reach.literals(cube)))

    def _push(self) -> NoAnswer | None:
        """Learn at the next level what holds there too; when all that a level has does, stop."""
        self._open_level()
        for level in range(1, len(self._learned) - 1):
            for cube in self._learned[level]:
                if not isinstance(self._into(cube, self._known(level)), _Step):
                    self._learn(cube, level + 1)
            kept = [c for c in self._learned[level] if not self._excluded(c, level + 1)]
            self._learned[level] = kept
            if not kept:
                return NoAnswer(tuple(self._all(level + 1)))
        return None

    def _all(self, level: int) -> Iterator[Cube]:
        for learned in self._learned[level:]:
            yield from learned


@dataclass(frozen=True, slots=True)
class _Step:
    """A move, and a cube of states from each of which it can be made."""

    cube: Cube
    step: Step
