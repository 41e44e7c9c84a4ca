"""Gates over the variables of a SAT solver, each made once however often it is asked for.

A literal is a variable or its negation, as an integer and its negative. Gates are written as
clauses when they are made (Tseitin 1968), both ways, so that they can be assumed true or false.
Constants and equal inputs fold: a gate that is known costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pysat.solvers import Minisat22

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from melian.effort import Work

TRUE = 1
FALSE = -TRUE


class Circuit:
    """Gates and clauses in one incremental SAT solver."""

    def __init__(self, work: Work) -> None:
        """Start with nothing but the constant; all calls of the solver are taken off ``work``."""
        self._work = work
        self._solver = Minisat22(bootstrap_with=[[TRUE]])
        self._top = TRUE
        self._gates: dict[tuple[int, ...], int] = {}
        self._model: Sequence[int] = ()

    def variable(self) -> int:
        """Give a new variable."""
        self._top += 1
        return self._top

    def require(self, *literals: int) -> None:
        """Demand that one of the literals be true."""
        self._solver.add_clause(literals)

    def all_of(self, literals: Iterable[int]) -> int:
        """Give a literal that is true when all of these are."""
        parts = set(literals) - {TRUE}
        if FALSE in parts or any(-part in parts for part in parts):
            return FALSE
        if len(parts) < 2:
            return next(iter(parts), TRUE)
        key = (0, *sorted(parts))
        if key not in self._gates:
            gate = self._gates[key] = self.variable()
            for part in key[1:]:
                self.require(-gate, part)
            self.require(gate, *(-part for part in key[1:]))
        return self._gates[key]

    def any_of(self, literals: Iterable[int]) -> int:
        """Give a literal that is true when one of these is."""
        return -self.all_of(-literal for literal in literals)

    def same(self, left: int, right: int) -> int:
        """Give a literal that is true when both are, or neither."""
        if abs(left) == abs(right):
            return TRUE if left == right else FALSE
        one, two = sorted((abs(left), abs(right)))
        flip = (left > 0) == (right > 0)
        if one == TRUE:
            return two if flip else -two
        gate = self._same(one, two)
        return gate if flip else -gate

    def _same(self, one: int, two: int) -> int:
        key = (1, one, two)
        if key not in self._gates:
            gate = self._gates[key] = self.variable()
            for a, b in ((one, two), (-one, -two)):
                self.require(gate, a, b)
                self.require(-gate, a, -b)
        return self._gates[key]

    def most(self, one: int, two: int, three: int) -> int:
        """Give a literal that is true when at least two of these are."""
        a, b, c = sorted((one, two, three), key=lambda literal: (abs(literal), literal))
        if a == TRUE:
            return self.any_of((b, c))
        if a == FALSE:
            return self.all_of((b, c))
        if b in (a, c):
            return b
        if a == -b:
            return c
        if b == -c:
            return a
        key = (2, a, b, c)
        if key not in self._gates:
            gate = self._gates[key] = self.variable()
            for x, y in ((a, b), (a, c), (b, c)):
                self.require(gate, -x, -y)
                self.require(-gate, x, y)
        return self._gates[key]

    def solve(self, assumptions: Iterable[int] = ()) -> bool:
        """Tell whether everything required can be satisfied under assumptions.

        Raises:
            OutOfWork: that needs more steps than are left.
        """
        found = self._work.solve(self._solver, list(assumptions))
        if found:
            self._model = self._solver.get_model()
        return found

    def value(self, literal: int) -> bool:
        """Give what a literal is in the model last found; what no clause needs is false."""
        place = abs(literal) - 1
        known = place < len(self._model) and self._model[place] > 0
        return known == (literal > 0)

    def core(self) -> frozenset[int]:
        """Give the assumptions that did not go together, when the last call found no model."""
        return frozenset(self._solver.get_core() or ())

    def close(self) -> None:
        """Give the solver's memory back."""
        self._solver.delete()
