"""A framework as an answer-set program, solved by clingo step by step.

The encoding follows ASPARTIX (Egly, Gaggl & Woltran 2010): an argument is in or not; it is out when
one that is in attacks it; what is in is not out, and all its attackers are; what all attackers of
are out is in. Preferred sets are the models that set most arguments in: a domain heuristic that
first sets them in finds one directly, without the search for a larger one that saturation makes
(Dvořák, Gaggl, Rapberger, Wallner & Woltran 2020). The rules are handed over ground.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clingo import Control
from clingo.backend import HeuristicType

from melian.argumentation.result import Semantics
from melian.effort import OutOfWork

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clingo import Model
    from clingo.backend import Backend

Members = tuple[int, ...]

_CALL, _PER_ARGUMENTS = 10, 50  # what a call costs: so much, and one more for so many arguments


class Solver:
    """The complete (or stable) sets of a framework, with what is added in the course of a search.

    Attributes:
        left: the work that may yet be done: conflicts inside clingo, and a share for each call.
    """

    def __init__(self, attackers: Sequence[Sequence[int]], semantics: Semantics, work: int) -> None:
        """Hand a framework over.

        Args:
            attackers: of each argument.
            semantics: all but grounded; complete sets are what preferred ones are found among.
            work: what all calls may take together.
        """
        self.left = work
        self._call = _CALL + len(attackers) // _PER_ARGUMENTS
        self._level = 0
        self._doubts: dict[int, int] = {}
        self._doubted: Members = ()
        self._control = Control(["--heuristic=Domain"], logger=lambda *_: None)
        self._settings: Any = self._control.configuration.solve
        with self._control.backend() as backend:
            self._inside = [backend.add_atom() for _ in attackers]
            outside = self._outside = [backend.add_atom() for _ in attackers]
            self._probe = backend.add_atom()
            backend.add_rule([*self._inside, self._probe], choice=True)
            for number, (inside, out) in enumerate(zip(self._inside, outside, strict=True)):
                for attacker in attackers[number]:
                    backend.add_rule([out], [self._inside[attacker]])
                    backend.add_rule([], [inside, -outside[attacker]])
                backend.add_rule([], [inside, out])
                if semantics is Semantics.STABLE:
                    backend.add_rule([], [-inside, -out])
                else:
                    backend.add_rule([], [-inside, *(outside[each] for each in attackers[number])])
            self._first(backend, self._inside, [])

    def more_than(self, members: Iterable[int]) -> None:
        """From now on, give only sets that hold an argument outside of these.

        Those others are what is set in first, so that one set holds many of them.
        """
        held = frozenset(members)
        others = [atom for number, atom in enumerate(self._inside) if number not in held]
        with self._control.backend() as backend:
            backend.add_rule([], [-atom for atom in others])
            self._first(backend, others, [])

    def lacking(self, members: Iterable[int]) -> None:
        """From now on, when probing, give only sets that lack one of these arguments.

        To be attacked is what is then set first for all of them, so that one set lacks many.
        """
        wanted = tuple(members)
        with self._control.backend() as backend:
            backend.add_rule([], [self._probe, *(self._inside[each] for each in wanted)])
            self._first(backend, [self._outside[each] for each in wanted], [self._probe])

    def doubt(self, argument: int, defence: Iterable[int]) -> None:
        """Let an argument be in doubt only in sets that attack a member of its defence."""
        with self._control.backend() as backend:
            if argument not in self._doubts:
                atom = self._doubts[argument] = backend.add_atom()
                backend.add_rule([atom], choice=True)
                self._first(backend, [atom], [self._probe])
            safe = [-self._outside[each] for each in defence]
            backend.add_rule([], [self._doubts[argument], *safe])

    def doubting(self, members: Iterable[int]) -> None:
        """From now on, when probing, give only sets in which one of these is in doubt."""
        with self._control.backend() as backend:
            backend.add_rule([], [self._probe, *(-self._doubts[each] for each in members)])

    def doubted(self) -> Members:
        """Give the arguments in doubt in the set given last."""
        return self._doubted

    def _first(self, backend: Backend, atoms: Iterable[int], condition: Sequence[int]) -> None:
        self._level += 1
        for atom in atoms:
            backend.add_heuristic(atom, HeuristicType.True_, self._level, self._level, condition)

    def one(self, inside: Iterable[int] = (), *, probing: bool = False) -> Members | None:
        """Give a set that holds some arguments, or None; most arguments in, where that is sought.

        Raises:
            OutOfWork: it takes more work than is left.
        """
        wanted = [self._inside[each] for each in inside]
        wanted.append(self._probe if probing else -self._probe)
        found: list[Members] = []
        self._run(1, wanted, found)
        return found[0] if found else None

    def every(self, limit: int, *, largest: bool) -> tuple[tuple[Members, ...], bool]:
        """Give up to so many sets, none within another if asked, and whether they are all."""
        self._settings.enum_mode = "domRec" if largest else "auto"
        found: list[Members] = []
        try:
            exhausted = self._run(limit + 1, [-self._probe], found)
        except OutOfWork:
            exhausted = False
        return tuple(found[:limit]), exhausted and len(found) <= limit

    def _run(self, limit: int, wanted: list[int], found: list[Members]) -> bool:
        """Find up to so many models, and tell whether there are no more."""
        self.left -= self._call
        self._settings.models = limit
        self._settings.solve_limit = f"{max(self.left, 0)},umax"
        result = self._control.solve(
            assumptions=wanted, on_model=lambda model: found.append(self._members(model))
        )
        self.left -= int(self._control.statistics["solving"]["solvers"]["conflicts"])
        if not result.exhausted and len(found) < limit:
            self.left = 0
            raise OutOfWork
        return bool(result.exhausted)

    def _members(self, model: Model) -> Members:
        self._doubted = tuple(n for n, atom in self._doubts.items() if model.is_true(atom))
        return tuple(n for n, atom in enumerate(self._inside) if model.is_true(atom))
