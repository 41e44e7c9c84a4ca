"""What is printed of very many equilibria: each is looked at once, and none is lost."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from melian.case.model import Actor, Case, Conflict, Option
from melian.cli.seeking import print_sought
from melian.conflict.result import Concept, Decimals, States
from melian.conflict.seeking import seek
from melian.conflict.seeking_form import sought_form

OPTIONS = tuple("abcdef")


def free() -> Case:
    """Give a case in which nobody prefers anything, so that every state lasts."""
    options = {o: Option(o, ("us",), o) for o in OPTIONS}
    conflict = Conflict(options=MappingProxyType(options))
    return Case("free", actors=MappingProxyType({"us": Actor("us", "Us")}), conflict=conflict)


class Searched(tuple):
    """States in which none may be looked for from one end to the other."""

    __slots__ = ()

    def __contains__(self, _: object) -> bool:
        raise AssertionError


def test_no_state_is_looked_for_among_all_others(capsys):
    case = free()
    found = seek(case.conflict, (Concept.NASH, Concept.GMR), limit=50)
    each = {c: replace(e, decimals=Searched(e.decimals)) for c, e in found.equilibria.items()}
    print_sought(case, replace(found, equilibria=MappingProxyType(each)), alone=False)
    printed = capsys.readouterr().out
    assert "10 more were found" in printed
    assert "nash: the first 50" in printed


def test_states_are_named_in_the_data_as_they_are_numbered_or_by_their_letters():
    conflict = free().conflict
    listed = sought_form(seek(conflict, (Concept.NASH,)))
    assert listed["equilibria"]["nash"] == list(range(1, 65))
    assert [each["number"] for each in listed["states"]] == list(range(1, 65))
    searched = sought_form(seek(conflict, (Concept.NASH,), symbolic=True))
    names = [each["options"] for each in listed["states"]]
    assert searched["equilibria"]["nash"] == names
    assert [each["options"] for each in searched["states"]] == names


@given(st.integers(0, 70).flatmap(lambda n: st.lists(st.booleans(), min_size=n, max_size=n)))
def test_letters_say_which_options_are_taken(taken):
    options = tuple(f"o{i}" for i in range(len(taken)))
    decimal = sum(1 << i for i, yes in enumerate(taken) if yes)
    letters = "".join("Y" if yes else "N" for yes in taken)
    assert Decimals(options).letters(decimal) == letters
    if len(taken) < 63:
        assert States(options, np.array([decimal])).letters(1) == letters
