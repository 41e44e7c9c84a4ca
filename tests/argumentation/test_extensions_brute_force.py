"""Extensions and acceptance against trying every set, on small random frameworks."""

from __future__ import annotations

from random import Random

import pytest
from random_frameworks import by_definition, framework

from melian.argumentation import Label, Semantics, acceptance, admissible, extensions, grounded
from melian.argumentation.accepting import _Candidates, _clear_doubts
from melian.argumentation.core import core_of
from melian.argumentation.solver import Solver
from melian.case.framework import Framework

SEEDS = range(500)


@pytest.mark.parametrize("block", range(10))
def test_all_semantics_are_what_the_definitions_give(block: int) -> None:
    for seed in SEEDS[block::10]:
        given = framework(seed)
        expected = by_definition(given)
        for semantics in Semantics:
            found = extensions(given, semantics)
            assert found.complete
            assert set(map(frozenset, found.sets)) == expected[semantics.value], (seed, semantics)
            assert list(found.sets) == sorted(set(found.sets))
            check_acceptance(given, semantics, expected[semantics.value])


def check_acceptance(given, semantics, sets) -> None:
    found = acceptance(given, semantics)
    assert found.complete
    assert found.credulous == frozenset().union(*sets)
    everything = frozenset(range(len(given.arguments)))
    assert found.skeptical == everything.intersection(*sets)


def test_an_admissible_set_is_found_for_exactly_the_arguments_that_have_one() -> None:
    for seed in SEEDS[:150]:
        given = framework(seed)
        sets = by_definition(given)["admissible"]
        for argument in range(len(given.arguments)):
            found = admissible(given, argument)
            if found is None:
                assert not any(argument in one for one in sets)
            else:
                assert argument in found
                assert frozenset(found) in sets


def test_ranks_tell_by_whom_an_argument_is_defended() -> None:
    """What is in is attacked only by what is out, and by lower ranks (see Labelling)."""
    for seed in SEEDS:
        given = framework(seed)
        found = grounded(given)
        attackers = given.attackers()
        for argument, label in enumerate(found.labels):
            ranks = [found.ranks[a] for a in attackers[argument]]
            mine = found.ranks[argument]
            if label is Label.IN:
                assert all(found.labels[a] is Label.OUT for a in attackers[argument])
                assert all(0 <= rank < mine for rank in ranks)
            elif label is Label.OUT:
                assert any(
                    found.labels[a] is Label.IN and found.ranks[a] < mine
                    for a in attackers[argument]
                )
            else:
                assert mine == -1


def cliques(count: int):
    """Mutual attacks between three, so many times: 3^n preferred sets."""
    names = tuple(f"c{n}" for n in range(3 * count))
    pairs = [(3 * c + a, 3 * c + b) for c in range(count) for a in range(3) for b in range(3)]
    return Framework(names, tuple((a, b) for a, b in pairs if a != b))


def test_a_limit_gives_as_many_and_says_so() -> None:
    found = extensions(cliques(5), Semantics.PREFERRED, limit=100)
    assert len(set(found.sets)) == 100
    assert not found.complete
    assert all(len(one) == 5 for one in found.sets)
    assert extensions(cliques(3), Semantics.PREFERRED, limit=27).complete


def hard() -> Framework:
    """Give a framework of two hundred arguments that no solver sees through at once."""
    rnd = Random(7)
    pairs = sorted({(rnd.randrange(200), rnd.randrange(200)) for _ in range(1000)})
    return Framework(tuple(map(str, range(200))), tuple(pairs))


def test_no_more_work_than_allowed__what_is_found_is_right_and_said_not_to_be_all() -> None:
    given = hard()
    for semantics in (Semantics.PREFERRED, Semantics.STABLE, Semantics.COMPLETE):
        whole = extensions(given, semantics)
        assert whole.complete
        found = extensions(given, semantics, work=40)
        assert set(found.sets) <= set(whole.sets)
        assert not found.complete
        accepted = acceptance(given, semantics, work=40)
        assert not accepted.complete
        assert accepted.credulous <= acceptance(given, semantics).credulous
        assert accepted.skeptical >= acceptance(given, semantics).skeptical


def tied(seed: int, size: int, density: float, back: float) -> Framework:
    """Give a framework with attacks that some of the attacked return."""
    rnd = Random(seed)
    pairs = {(rnd.randrange(size), rnd.randrange(size)) for _ in range(round(size * density))}
    pairs |= {(b, a) for a, b in pairs if rnd.random() < back}
    return Framework(
        tuple(map(str, range(size))), tuple(sorted((a, b) for a, b in pairs if a != b))
    )


TIED = [(seed, size, 1.6, 0.5) for seed in range(10) for size in (12, 20, 40)]
RARE = [(38, 12, 1.0, 0.5), (26, 60, 2.0, 0.2), (38, 60, 2.0, 0.2)]  # where sets alone mislead


@pytest.mark.parametrize("shape", [*TIED, *RARE])
def test_what_is_in_all_preferred_sets_is_what_their_list_says(shape) -> None:
    """Where defences are many and long: against the sets, which are found in another way."""
    given = tied(*shape)
    listed = extensions(given, Semantics.PREFERRED)
    assert listed.complete
    found = acceptance(given, Semantics.PREFERRED)
    assert found.skeptical == frozenset.intersection(*map(frozenset, listed.sets))
    assert found.credulous == frozenset().union(*listed.sets)


def test_doubts_alone_leave_what_is_in_all_preferred_sets() -> None:
    """From one preferred set, without any other to narrow it down first."""
    narrowed = 0
    for seed in SEEDS:
        core = core_of(framework(seed))
        candidates = _Candidates()
        first = Solver(core.attackers, Semantics.PREFERRED, 10_000).one()
        candidates.meet(first)
        search = Solver(core.attackers, Semantics.PREFERRED, 10_000)
        _clear_doubts(search, core.attackers, candidates, first)
        sets = by_definition(framework(seed))["preferred"]
        in_all = frozenset.intersection(*sets)
        assert frozenset(core.whole(candidates.common)) == in_all
        narrowed += len(candidates.common) < len(first)
    assert narrowed > 15
