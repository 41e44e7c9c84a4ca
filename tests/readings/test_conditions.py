"""What something hangs on, against every set of conditions tried on every combination."""

from __future__ import annotations

import random
from itertools import combinations, product

import numpy as np
import pytest

from melian.readings import conditions
from melian.readings.choices import Choice, Side
from melian.readings.conditions import hangs_on, terms


def random_choices(rng, most=12):
    """Choices of a few sides each, with at most so many combinations."""
    found, count = [], 1
    while True:
        names = [f"c{len(found)}{letter}" for letter in "xyz"[: rng.randint(1, 3)]]
        subsets = [frozenset(s) for n in range(len(names) + 1) for s in combinations(names, n)]
        kept = rng.sample(subsets, rng.randint(2, min(3, len(subsets))))
        count *= len(kept)
        if count > most:
            return found, list(product(*(choice.sides for choice in found)))
        sides = tuple(Side(k, frozenset(names) - k, 1) for k in kept)
        found.append(Choice(rng.choice("ab"), len(found), sides))


def meets(combo, wanted):
    return all((c.mark in combo[c.choice].keeps) == c.kept for c in wanted)


def all_primes(target, combos, singles):
    """Every minimal set of conditions that is met somewhere and only within the target."""
    suffices = []
    for size in range(len(singles) + 1):
        for wanted in combinations(singles, size):
            if any(set(part) <= set(wanted) for part in suffices):
                continue
            inside = {holds for combo, holds in zip(combos, target, strict=True)
                      if meets(combo, wanted)}  # fmt: skip
            if inside == {True}:
                suffices.append(wanted)
    return {frozenset(wanted) for wanted in suffices}


def random_question(seed, most=12):
    rng = random.Random(seed)
    choices, combos = random_choices(rng, most)
    share = rng.choice([0.2, 0.5, 0.8])
    return terms(choices, combos), combos, [rng.random() < share for _ in combos]


def covered(combos, cover):
    return [any(meets(combo, wanted) for wanted in cover) for combo in combos]


@pytest.mark.parametrize("seed", range(60))
def test_all_primes_are_found_and_a_cover_among_them(seed):
    among, combos, target = random_question(seed)
    hangs = hangs_on(np.array(target), among)
    assert hangs.complete
    assert {frozenset(p) for p in hangs.primes} == all_primes(target, combos, among.conditions)
    assert [len(p) for p in hangs.primes] == sorted(len(p) for p in hangs.primes)
    assert set(hangs.cover) <= set(hangs.primes)
    assert covered(combos, hangs.cover) == target


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize(("limit", "value"), [("LONGEST", 1), ("MOST", 3), ("_BITS", 40)])
def test_a_search_cut_short_says_so_and_still_covers_exactly(seed, limit, value, monkeypatch):
    monkeypatch.setattr(conditions, limit, value)
    conditions._hangs_on.cache_clear()
    among, combos, target = random_question(seed)
    hangs = hangs_on(np.array(target), among)
    conditions._hangs_on.cache_clear()
    every = all_primes(target, combos, among.conditions)
    assert {frozenset(p) for p in hangs.primes} <= every
    assert {frozenset(p) for p in hangs.primes} == every or not hangs.complete
    assert covered(combos, hangs.cover) == target


def test_what_no_short_condition_says_is_not_never():
    """Parity of nine choices: every prime is nine long, beyond what is searched."""
    sides = [(Side(frozenset({n}), frozenset(), 1), Side(frozenset(), frozenset({n}), 1))
             for n in "abcdefghi"]  # fmt: skip
    choices = [Choice("x", i, pair) for i, pair in enumerate(sides)]
    combos = list(product(*sides))
    target = [sum(bool(side.keeps) for side in combo) % 2 == 1 for combo in combos]
    hangs = hangs_on(np.array(target), terms(choices, combos))
    assert not hangs.complete
    assert len(hangs.cover) == 256
    assert {len(wanted) for wanted in hangs.cover} == {9}
    assert covered(combos, hangs.cover) == target


@pytest.mark.parametrize("holds", [True, False])
def test_always_and_never_need_no_condition(holds):
    among, combos, _ = random_question(1)
    hangs = hangs_on(np.full(len(combos), holds), among)
    assert (hangs.primes, hangs.cover) == ((((),), ((),)) if holds else ((), ()))
    assert hangs.complete
