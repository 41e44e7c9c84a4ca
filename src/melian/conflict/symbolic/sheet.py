"""Copies of a state in a circuit, and what the rules of a conflict say of them.

A copy has one literal for each option. Options that are known are constants in it, so that what
is said of a copy after a known move costs only what the rest leaves open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.formula import And, Atom, Iff, Implies, Not, Or
from melian.conflict.result import Concept
from melian.conflict.symbolic.circuit import FALSE, TRUE, Circuit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from melian.case.formula import Formula
    from melian.conflict.symbolic.answers import Cube
    from melian.conflict.symbolic.model import Statement, SymbolicModel
    from melian.effort import Work

    Copy = tuple[int, ...]


class Sheet(Circuit):
    """A circuit over copies of the states of one conflict."""

    def __init__(self, model: SymbolicModel, work: Work) -> None:
        """Start with no copy."""
        super().__init__(work)
        self.model = model
        self._known: dict[tuple[Statement, Copy], int] = {}

    def copy(self) -> Copy:
        """Give a copy in which every option is open."""
        return tuple(self.variable() for _ in self.model.options)

    def fixed(self, state: int) -> Copy:
        """Give a state, by its decimal, as a copy in which nothing is open."""
        return tuple(TRUE if state >> b & 1 else FALSE for b in range(len(self.model.options)))

    def state(self, copy: Copy) -> int:
        """Give the decimal of a copy in the model last found."""
        return sum(1 << bit for bit, literal in enumerate(copy) if self.value(literal))

    def constants(self, values: Iterable[bool]) -> list[int]:
        """Give truth values as literals."""
        return [TRUE if value else FALSE for value in values]

    def at(self, copy: Copy, state: int) -> list[int]:
        """Give the literals that are true when a copy is at a state."""
        return [x if state >> bit & 1 else -x for bit, x in enumerate(copy)]

    def holds(self, statement: Statement, copy: Copy) -> int:
        """Give a literal that is true when a statement is true of a copy."""
        key = (statement, tuple(copy[place] for place in statement.support))
        if key not in self._known:
            self._known[key] = self._formula(statement.formula, statement.places, copy)
        return self._known[key]

    def _formula(self, formula: Formula, places: Mapping[str, int], copy: Copy) -> int:
        match formula:
            case Atom():
                return copy[places[str(formula)]]
            case Not(part):
                return -self._formula(part, places, copy)
            case And(parts):
                return self.all_of(self._formula(part, places, copy) for part in parts)
            case Or(parts):
                return self.any_of(self._formula(part, places, copy) for part in parts)
            case Implies(left, right):
                sides = -self._formula(left, places, copy), self._formula(right, places, copy)
                return self.any_of(sides)
            case Iff(left, right):
                one, two = (self._formula(side, places, copy) for side in (left, right))
                return self.same(one, two)

    def feasible(self, copy: Copy) -> int:
        """Give a literal that is true when a copy is a state that can be."""
        return self.all_of(-self.holds(each, copy) for each in self.model.infeasible)

    def rank(self, actor: int, copy: Copy) -> tuple[int, ...]:
        """Give, per preference of an actor, a literal that is true when it is true of a copy."""
        return tuple(self.holds(each, copy) for each in self.model.preferences[actor])

    def above(self, high: Sequence[int], low: Sequence[int]) -> int:
        """Give a literal that is true when one rank is above another.

        The most important preference in which they differ decides. From the last on, what stays
        true is a majority of three: the one holds, the other does not, it holds of what follows.
        """
        found = FALSE
        for one, two in zip(reversed(high), reversed(low), strict=True):
            if one != two:
                found = self.most(one, -two, found)
        return found

    def permitted(self, before: Copy, after: Copy) -> int:
        """Give a literal that is true when no option changes against its direction."""
        against = (
            self.all_of((x, -y) if way > 0 else (-x, y))
            for x, y, way in zip(before, after, self.model.ways, strict=True)
            if way and x != y
        )
        return -self.any_of(against)

    def move(self, before: Copy, after: Copy) -> int:
        """Give a literal that is true when one may move to a copy, of what one owns."""
        return self.all_of((self.permitted(before, after), self.feasible(after)))

    def within(self, copy: Copy, cube: Iterable[int]) -> list[int]:
        """Give the literals that are true when a copy is in a cube."""
        return [copy[part - 1] if part > 0 else -copy[-part - 1] for part in cube]

    def cube(self, copy: Copy, literals: Iterable[int]) -> Cube:
        """Give the cube that some literals of a copy say; others are left out."""
        places = {literal: place for place, literal in enumerate(copy, start=1)}
        signed = ((places.get(abs(literal)), literal > 0) for literal in literals)
        return frozenset(place if taken else -place for place, taken in signed if place)

    def reply(self, concept: Concept, mover: int, before: Copy, after: Copy) -> int:
        """Give a literal that is true when a mover may answer so: under SEQ it has to gain."""
        if concept is Concept.SEQ:
            return self.improvement(mover, before, after)
        return self.move(before, after)

    def improvement(self, actor: int, before: Copy, after: Copy) -> int:
        """Give a literal that is true when an actor may move to a copy, and gains by it."""
        gains = self.above(self.rank(actor, after), self.rank(actor, before))
        return self.all_of((self.move(before, after), gains))


def changed(copy: Copy, options: Iterable[int], to: Copy) -> Copy:
    """Give a copy with some of its options as in another.

    >>> changed((2, 3, 4), [1], (5, 6, 7))
    (2, 6, 4)
    """
    chosen = set(options)
    return tuple(to[o] if o in chosen else x for o, x in enumerate(copy))
