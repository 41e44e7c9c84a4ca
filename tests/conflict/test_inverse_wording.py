"""Changes of lists in words: the places named are those that do, and no others."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.conflict.inverse.result import Rearranged, Step
from melian.conflict.inverse.wording import told

NAMES = ["a", "b", "c", "d", "e"]


def moved(item, places, own=4):
    """One item of a list of four, put at each of some places among the others."""
    others = [n for n in range(4) if n != item]
    orders = tuple((*others[:p], item, *others[p:]) for p in places)
    return Rearranged(own, (Step(item, tuple(places)),), orders)


@pytest.mark.parametrize(
    ("item", "places", "said"),
    [
        (3, [0], 'put "d" on top'),
        (0, [3], 'put "a" last'),
        (3, [0, 1], 'put "d" above "b"'),
        (0, [2, 3], 'put "a" below "c"'),
        (3, [1], 'put "d" between "a" and "b"'),
        (3, [0, 2], 'put "d" on top or between "b" and "c"'),
        (4, [0, 1, 2, 3, 4], 'add "e" anywhere'),
        (4, [0, 1, 4], 'add "e" above "b" or last'),
    ],
)
def test_places_in_words(item, places, said):
    assert told(moved(item, places), NAMES) == said


@given(st.integers(0, 4), st.sets(st.integers(0, 3), min_size=1))
def test_the_words_name_exactly_the_places_that_do(item, places):
    text = told(moved(item, sorted(places)), NAMES)
    others = [NAMES[n] for n in range(4) if n != item]
    assert places == {p for p in range(len(others) + 1) if fits(text, others, p)}


def fits(text, others, place):
    """Whether an item at a place among the others is where a text says."""
    where = re.sub(r'^(put|add) "." ', "", text)
    return any(fits_part(part, others, place) for part in where.split(" or "))


def fits_part(part, others, place):
    bounds = [others.index(name) for name in re.findall(r'"(.)"', part)]
    match part.split()[0]:
        case "on":
            return place == 0
        case "last":
            return place == len(others)
        case "above":
            return place <= bounds[0]
        case "below":
            return place > bounds[0]
        case "between":
            return bounds[0] < place <= bounds[1]
        case _:
            return part == "anywhere"


def test_several_steps_are_told_one_by_one_with_how_many_ways_there_are():
    steps = (Step(2, (0,)), Step(3, (1,)))
    one = Rearranged(4, steps, ((2, 3, 0, 1),))
    assert told(one, NAMES) == 'put "c" just above "d"; put "d" just above "a"'
    more = Rearranged(4, steps, ((2, 3, 0, 1), (3, 2, 0, 1)))
    assert told(more, NAMES).endswith("(or in 1 other way)")
    assert told(Rearranged(2, (Step(2, (0,)), Step(0, (2,))), ((2, 1, 0),)), NAMES) == (
        'add "c" just above "b"; put "a" last'
    )
