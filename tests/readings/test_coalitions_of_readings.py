"""Equilibria that coalitions would leave, against joint moves walked one by one per combination."""

from __future__ import annotations

from random import Random
from types import MappingProxyType

import numpy as np
import pytest

from melian.audit.engine import audit
from melian.case.formula import And, Atom, Not, Or, truth
from melian.case.model import Actor, Case, Conflict, Option, Preference
from melian.conflict.result import Concept
from melian.problems import TooLarge
from melian.readings import coalitions
from melian.readings.coalitions import leavings
from melian.readings.outcomes import outcomes

OPTIONS = ("p", "q", "r", "s", "t")
ACTORS = "abc"
COALITIONS = (("a", "b"), ("b", "c"), ("a", "b", "c"))


def formula(rnd, depth=2):
    if not depth or rnd.random() < 0.3:
        atom = Atom(rnd.choice(OPTIONS))
        return atom if rnd.random() < 0.5 else Not(atom)
    return rnd.choice([And, Or])((formula(rnd, depth - 1), formula(rnd, depth - 1)))


def random_case(rnd):
    conflict = Conflict(
        options=MappingProxyType({n: Option(n, (rnd.choice(ACTORS),), n) for n in OPTIONS}),
        infeasible=tuple(formula(rnd, 1) for _ in range(rnd.choice([0, 1]))),
        irreversible=MappingProxyType({"p": "forward"} if rnd.random() < 0.4 else {}),
        preferences=MappingProxyType(
            {
                actor: tuple(
                    Preference(formula(rnd), uncertain=rnd.random() < 0.4) for _ in range(3)
                )
                for actor in ACTORS
            }
        ),
        coalitions=COALITIONS,
    )
    actors = {a: Actor(a, a) for a in ACTORS}
    return Case("c", actors=MappingProxyType(actors), conflict=conflict)


def holds(of, state):
    return truth(of, lambda atom: bool(state >> OPTIONS.index(atom.name) & 1))


def reach(conflict, feasible, members, start):
    """All states that sequences of the members' moves lead to, each move one member's."""
    seen, left = {start}, [start]
    while left:
        here = left.pop()
        for there in feasible:
            changed = [OPTIONS[i] for i in range(5) if (here ^ there) >> i & 1]
            alone = any(all(m in conflict.options[o].owners for o in changed) for m in members)
            dropped = "p" in conflict.irreversible and "p" in changed and here & 1
            if there not in seen and alone and not dropped:
                seen.add(there)
                left.append(there)
    return seen - {start}


@pytest.mark.parametrize("seed", range(30))
def test_what_coalitions_leave_is_what_joint_moves_say(seed):
    case = random_case(Random(seed))
    conflict, solved = case.conflict, outcomes(case, audit(case), (Concept.NASH,))
    states = solved.stable(Concept.NASH)
    feasible = solved.decimals.tolist()
    each = leavings(conflict, solved, states)
    found = {(frozenset(one.members), one.state): one for one in each}
    for members in COALITIONS:
        for number in states:
            start = feasible[number - 1]
            ends = reach(conflict, feasible, members, start)
            met, gains = [], set()
            for profile in solved.profile:
                held = solved.held[profile]
                wishes = {m: [conflict.preferences[m][p].prefer for p in held[m]] for m in members}

                def worth(m, state, wishes=wishes):
                    return [holds(w, state) for w in wishes[m]]

                better = {e for e in ends if all(worth(m, e) > worth(m, start) for m in members)}
                lasts = solved.equilibria[Concept.NASH][profile, number - 1]
                met.append(bool(better) and bool(lasts))
                gains |= better if lasts else set()
            each = found.get((frozenset(members), number))
            assert (each is not None) == any(met)
            if each is not None:
                assert np.array_equal(each.met, met)
                assert feasible[each.to - 1] in gains


def test_too_much_work_is_refused(monkeypatch):
    case = random_case(Random(0))
    solved = outcomes(case, audit(case), (Concept.NASH,))
    monkeypatch.setattr(coalitions, "MOST_WORK", 1)
    with pytest.raises(TooLarge, match="rank the states in 1 ways together, too many to ask"):
        leavings(case.conflict, solved, [1])
