"""A search takes just the steps that it is said to take, and no answer comes of fewer."""

from __future__ import annotations

from itertools import combinations

import pytest
from pysat.solvers import Glucose4, Minisat22

from melian.effort import OutOfWork, Price, Work

PLENTY = 10**9
PRICES = (Price(call=10), Price(call=100, assumption=1, each=100), Price(5, of="propagations"))


def pigeons(holes):
    """One pigeon too many: no answer, and many conflicts until that is shown."""
    at = {(p, h): p * holes + h + 1 for p in range(holes + 1) for h in range(holes)}
    apart = [
        [-at[one, h], -at[two, h]]
        for h in range(holes)
        for one, two in combinations(range(holes + 1), 2)
    ]
    return [[at[p, h] for h in range(holes)] for p in range(holes + 1)] + apart


@pytest.mark.parametrize("price", PRICES)
@pytest.mark.parametrize("kind", [Glucose4, Minisat22])
def test_what_is_left_is_what_the_solver_counted_taken_off(kind, price):
    with kind(bootstrap_with=pigeons(5)) as solver:
        work = Work(PLENTY, price)
        assert not work.solve(solver, [1])
        assert not work.solve(solver)
        counted = solver.accum_stats()[price.of]
    assert work.calls == 2
    assert counted > 50
    assert PLENTY - work.left == 2 * price.call + price.assumption + counted * price.each


def test_with_the_steps_that_it_takes_it_ends_and_with_half_of_them_it_does_not():
    def left(steps):
        work = Work(steps, Price(call=10))
        with Minisat22(bootstrap_with=pigeons(5)) as solver:
            try:
                assert not work.solve(solver)
            except OutOfWork:
                assert work.left == 0
                return None
        return work.left

    needed = PLENTY - left(PLENTY)
    assert left(needed) == 0
    assert left(needed // 2) is None


def test_a_call_that_cannot_be_paid_for_is_not_made():
    work = Work(9, Price(call=10))
    with Minisat22(bootstrap_with=[[1]]) as solver, pytest.raises(OutOfWork):
        work.solve(solver)
    assert work.calls == 0


def test_steps_are_taken_off_until_there_are_none():
    work = Work(3, Price(call=10))
    work.spend(3)
    assert work.left == 0
    with pytest.raises(OutOfWork):
        work.spend(1)
