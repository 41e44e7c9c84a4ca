"""Why clauses cannot hold together, and how they can without some of them, for anyone to check.

A refutation is a list of clauses, each of which follows from those before it by **reverse unit
propagation** (RUP: Goldberg and Novikov 2003): deny all its literals, draw every conclusion that
some clause leaves no choice about, and a clause is broken. The last is the empty clause. Such steps
come from a SAT solver's log (DRUP: Heule, Hunt and Wetzler 2013) and need no trust in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pysat.solvers import Glucose4, Minisat22

from melian.problems import MelianError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from melian.audit.search.clauses import Clause, Group


def refutation(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Give the steps to the empty clause, none of which can be spared.

    Raises:
        MelianError: the clauses can hold together.

    >>> refutation([(1,), (-1, 2), (-2,)])
    ((),)
    """
    steps: list[Clause] = [()]
    if not _follows((), clauses):
        with Glucose4(bootstrap_with=clauses, with_proof=True) as solver:
            if solver.solve():
                raise MelianError("What was found does hold together; please report the case.")
            steps = [*_steps(solver.get_proof()), ()]
    if not _holds(clauses, steps):
        raise MelianError("A refutation did not pass its re-check; please report the case.")
    for step in steps[:-1]:
        less = [each for each in steps if each is not step]
        steps = less if _holds(clauses, less) else steps
    return tuple(steps)


def _steps(proof: Iterable[str]) -> list[Clause]:
    """Give the clauses that a solver learnt; what it forgot does no harm when it is kept."""
    learnt = (line.split()[:-1] for line in proof if not line.startswith("d"))
    return [tuple(map(int, literals)) for literals in learnt if literals]


def _holds(clauses: Sequence[Clause], steps: Sequence[Clause]) -> bool:
    known = list(clauses)
    for step in steps:
        if not _follows(step, known):
            return False
        known.append(step)
    return True


def _follows(step: Clause, clauses: Iterable[Clause]) -> bool:
    """Tell whether a clause follows by reverse unit propagation."""
    true = {-literal for literal in step}
    left = [set(clause) for clause in clauses]
    while True:
        left = [clause for clause in left if not clause & true]
        open_ = [{x for x in clause if -x not in true} for clause in left]
        if not all(open_):
            return True
        units = {x for clause in open_ if len(clause) == 1 for x in clause}
        if not units:
            return False
        if any(-x in units for x in units):
            return True
        true |= units


def needed(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Give of each group the clauses without any of which the rest could hold together.

    The groups together cannot; where several choices are possible, later clauses are kept.
    """
    every = [(number, clause) for number, group in enumerate(groups) for clause in group]
    top = max((abs(literal) for _, clause in every for literal in clause), default=0)
    kept = list(range(len(every)))
    with Minisat22() as solver:
        for place, (_, clause) in enumerate(every):
            solver.add_clause([*clause, -(top + 1 + place)])
        for place in range(len(every)):
            rest = [each for each in kept if each != place]
            if not solver.solve([top + 1 + each for each in rest]):
                kept = rest
    return tuple(
        tuple(every[place][1] for place in kept if every[place][0] == number)
        for number in range(len(groups))
    )


def witness(clauses: Sequence[Clause]) -> tuple[int, ...]:
    """Give literals that satisfy all clauses, none of which can be spared.

    Raises:
        MelianError: the clauses cannot hold together.

    >>> witness([(1, 2), (-1,), (2, 3)])
    (-1, 2)
    """
    with Minisat22(bootstrap_with=clauses) as solver:
        if not solver.solve():
            raise MelianError("A finding is not minimal; please report the case.")
        model = set(solver.get_model())
    for literal in sorted(model, key=abs):
        less = model - {literal}
        if all(less.intersection(clause) for clause in clauses):
            model = less
    return tuple(sorted(model, key=abs))
