"""Outcomes where states count as one, against every profile tried class by class."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random
from types import MappingProxyType

import numpy as np
import pytest

from melian.audit.engine import audit
from melian.case.formula import And, Atom, Iff, Not, Or, truth
from melian.case.model import Actor, Case, Conflict, Option, Preference
from melian.conflict.result import Concept
from melian.readings.draws.drawing import draw
from melian.readings.levers.drawing import search_draws
from melian.readings.levers.reaching import masks
from melian.readings.outcomes import outcomes
from melian.readings.outlook import outlook

OPTIONS = ("p", "q", "r", "s")


def formula(rnd, depth=2):
    if not depth or rnd.random() < 0.3:
        atom = Atom(rnd.choice(OPTIONS))
        return atom if rnd.random() < 0.5 else Not(atom)
    parts = (formula(rnd, depth - 1), formula(rnd, depth - 1))
    return rnd.choice([And(parts), Or(parts), Iff(*parts)])


def random_case(rnd):
    owners = {name: ("ab"[rnd.random() < 0.5],) for name in OPTIONS}
    conflict = Conflict(
        options=MappingProxyType({n: Option(n, owners[n], n) for n in OPTIONS}),
        infeasible=tuple(formula(rnd, 1) for _ in range(rnd.choice([0, 0, 1]))),
        indistinguishable=tuple(formula(rnd) for _ in range(rnd.choice([1, 1, 2]))),
        preferences=MappingProxyType(
            {
                actor: tuple(
                    Preference(formula(rnd), uncertain=rnd.random() < 0.4) for _ in range(3)
                )
                for actor in "ab"
            }
        ),
        status_quo=None,
    )
    return Case("c", actors=MappingProxyType({a: Actor(a, a) for a in "ab"}), conflict=conflict)


def holds(of, state):
    return truth(of, lambda atom: bool(state >> OPTIONS.index(atom.name) & 1))


def classes(conflict):
    left = [s for s in range(16) if not any(holds(f, s) for f in conflict.infeasible)]
    found = [{s} for s in left]
    for each in conflict.indistinguishable:
        one = [c for c in found if any(holds(each, s) for s in c)]
        found = [c for c in found if c not in one] + ([set().union(*one)] if one else [])
    return sorted(found, key=min)


def nash(conflict, held):
    """Whether nobody gains by a move from some member of a class to some member of another."""
    every = classes(conflict)
    answers = []
    for here in every:
        gains = False
        for actor, places in held.items():
            bits = sum(1 << i for i, n in enumerate(OPTIONS) if actor in conflict.options[n].owners)
            wishes = [conflict.preferences[actor][place].prefer for place in places]

            def worth(group, wishes=wishes):
                return [holds(w, min(group)) for w in wishes]

            gains |= any(
                worth(there) > worth(here)
                for there in every
                if there is not here and any((s ^ t) & ~bits == 0 for s, t in product(here, there))
            )
        answers.append(not gains)
    return answers


@pytest.mark.parametrize("batch", range(6))
def test_nash_equilibria_of_every_profile_are_those_of_the_definition(batch):
    checked = 0
    for seed in range(25):
        case = random_case(Random(f"{batch}/{seed}"))
        if not classes(case.conflict):
            continue
        result = outcomes(case, audit(case))
        assert result.decimals.tolist() == [min(c) for c in classes(case.conflict)]
        for profile, held in enumerate(result.held):
            assert result.equilibria[Concept.NASH][profile].tolist() == nash(case.conflict, held)
            checked += 1
    assert checked > 25


def test_the_status_quo_is_the_state_that_it_counts_as():
    options = {n: Option(n, ("a",), n) for n in OPTIONS}
    conflict = Conflict(
        options=MappingProxyType(options), indistinguishable=(Atom("p"),), status_quo=("p", "s")
    )
    case = Case("c", actors=MappingProxyType({"a": Actor("a", "a")}), conflict=conflict)
    result = outcomes(case, audit(case))
    assert result.status_quo == 2
    assert np.array_equal(result.decimals, [0, 1, 2, 4, 6, 8, 10, 12, 14])


def named(options):
    return {OPTIONS[i] for i in options}


@pytest.mark.parametrize("seed", range(25))
def test_what_a_state_leaves_open_is_not_told_as_a_fact(seed):
    """A state says Y or N where all that counts as it agree, and else a dash."""
    case = random_case(Random(seed))
    solved = outcomes(case, audit(case), (Concept.NASH,))
    for number, group in enumerate(classes(case.conflict), start=1):
        taken, ever = (
            named(i for i in range(4) if agree(state >> i & 1 for state in group))
            for agree in (all, any)
        )
        assert set(solved.taken(number)) == taken
        assert set(solved.either(number)) == ever - taken
        signs = {n: "Y" if n in taken else "-" if n in ever else "N" for n in OPTIONS}
        assert solved.shown(number) == "".join(signs.values())


@pytest.mark.parametrize("seed", range(25))
def test_an_option_is_sure_only_where_no_state_leaves_it_open(seed):
    case = random_case(Random(seed))
    audited = audit(case)
    solved = outcomes(case, audited, (Concept.NASH,))
    sample = draw(case, audited, (Concept.NASH,), draws=200, seed=seed)
    groups = classes(case.conflict)
    for bit, view in enumerate(outlook(solved)):
        sure, out = [], []
        for profile in solved.profile:
            lasting = [groups[n] for n in np.flatnonzero(solved.equilibria[Concept.NASH][profile])]
            each = [state >> bit & 1 for group in lasting for state in group]
            sure.append(bool(each) and all(each))
            out.append(bool(each) and not any(each))
        assert (view.taken.tolist(), view.left.tolist()) == (sure, out)
        for drawn, exact in ((sample.sure[bit], sure), (sample.ruled_out[bit], out)):
            assert (drawn == 200) >= all(exact)
            assert (drawn > 0) <= any(exact)


@pytest.mark.parametrize("seed", range(25))
def test_a_target_may_come_about_with_some_of_what_lasts_and_is_sure_with_all_of_it(seed):
    """As options are: what a state leaves open is possible in it, and not sure."""
    rnd = Random(seed)
    case = random_case(rnd)
    target = formula(rnd)
    conflict = replace(case.conflict, target=target)
    case = replace(case, conflict=conflict)
    audited = audit(case)
    solved = outcomes(case, audited, (Concept.NASH,))
    found = masks(solved, target, Concept.NASH)
    groups = classes(conflict)
    possible, assured = [], []
    for profile in solved.profile:
        lasting = [groups[n] for n in np.flatnonzero(solved.equilibria[Concept.NASH][profile])]
        each = [holds(target, state) for group in lasting for state in group]
        possible.append(any(each))
        assured.append(bool(each) and all(each))
    assert (found.possible.tolist(), found.assured.tolist()) == (possible, assured)
    sample = draw(case, audited, (Concept.NASH,), draws=200, seed=seed)
    moved = search_draws(case, audited, target, draws=200, seed=seed).baseline
    for drawn in ((sample.possible, sample.assured), (moved.possible.count, moved.assured.count)):
        for count, exact in zip(drawn, (possible, assured), strict=True):
            assert (count == 200) >= all(exact)
            assert (count > 0) <= any(exact)
