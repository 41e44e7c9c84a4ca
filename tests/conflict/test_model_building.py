"""From the conflict in a case to ranks over states, checked state by state."""

from __future__ import annotations

import weakref
from functools import cmp_to_key
from types import MappingProxyType

import numpy as np
import published
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.case.formula import And, Atom, Iff, Implies, Not, Or, parse, truth
from melian.case.model import Conflict, Option, Preference
from melian.conflict.building import graph, model, ranks, state_number
from melian.conflict.model import Graph, GraphModel
from melian.conflict.preferences import evaluate, rank
from melian.conflict.result import Concept
from melian.problems import TooLarge, UsageError

NAMES = ["a", "b", "c", "d"]


def formulas():
    return st.recursive(
        st.sampled_from([Atom(name) for name in NAMES]),
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(And, st.tuples(inner, inner)),
            st.builds(Or, st.tuples(inner, inner, inner)),
            st.builds(Implies, inner, inner),
            st.builds(Iff, inner, inner),
        ),
        max_leaves=8,
    )


def _holds(formula, state):
    return truth(formula, lambda atom: bool(state >> NAMES.index(atom.name) & 1))


@given(formulas())
def test_a_formula_is_true_where_it_is_true_state_by_state(formula):
    expected = [_holds(formula, state) for state in range(1 << len(NAMES))]
    assert evaluate(formula, NAMES).tolist() == expected


def test_a_name_that_is_no_option_is_named_with_the_nearest():
    with pytest.raises(UsageError, match=r'"adpt" is not an option .* Did you mean "adapt"'):
        evaluate(parse("not adpt"), ["adapt", "join"])


def _lexicographic(preferences, feasible):
    """Dense ranks by comparing two states at a time, the most important difference deciding."""

    def compare(s, t):
        return next((int(w[s]) - int(w[t]) for w in preferences if w[s] != w[t]), 0)

    states = sorted((s for s, can_be in enumerate(feasible) if can_be), key=cmp_to_key(compare))
    found, place = [0] * len(feasible), 0
    for before, state in zip([None, *states], states, strict=False):
        place += before is None or compare(before, state) != 0
        found[state] = place
    return found


@settings(deadline=None)
@given(st.data(), st.integers(0, 90))
def test_preferences_rank_states_lexicographically_however_many_there_are(data, count):
    bits = st.lists(st.booleans(), min_size=8, max_size=8)
    feasible = np.array(data.draw(bits))
    rnd = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    preferences = list(rnd.random((count, 8)) < data.draw(st.sampled_from([0.02, 0.5, 1.0])))
    assert rank(preferences, feasible).tolist() == _lexicographic(preferences, feasible)


def test_preferences_are_taken_one_at_a_time():
    """However many there are, not more than one of them is in memory."""
    alive = []

    def preferences():
        for bit in range(200):
            assert not any(preference() is not None for preference in alive[:-1])
            preference = np.arange(1 << 6) >> bit % 6 & 1 == 1
            alive.append(weakref.ref(preference))
            yield preference
            del preference

    found = rank(preferences(), np.ones(1 << 6, dtype=bool))
    reversed_bits = [int(f"{state:06b}"[::-1], 2) + 1 for state in range(1 << 6)]
    assert found.tolist() == reversed_bits


def test_the_seventieth_preference_still_decides():
    same = [np.array([True, True])] * 69
    assert rank([*same, np.array([False, True])], np.array([True, True])).tolist() == [1, 2]


def conflict(**changes):
    options = {
        "strike": Option("strike", ("us",), ""),
        "blockade": Option("blockade", ("us",), ""),
        "withdraw": Option("withdraw", ("ussr",), ""),
        "escalate": Option("escalate", ("ussr",), ""),
    }
    preferences = {"us": ("withdraw", "not escalate"), "ussr": ("not escalate", "not withdraw")}
    parts = {
        "options": MappingProxyType(options),
        "infeasible": (parse("withdraw and escalate"),),
        "irreversible": MappingProxyType({"strike": "forward", "escalate": "backward"}),
        "preferences": MappingProxyType(
            {
                actor: tuple(Preference(parse(w)) for w in each)
                for actor, each in preferences.items()
            }
        ),
    }
    return Conflict(**parts | changes)


def test_a_conflict_becomes_a_graph_with_its_options_in_file_order():
    built = graph(conflict())
    assert built.actors == ("us", "ussr")
    assert built.options == ("strike", "blockade", "withdraw", "escalate")
    assert built.owned == (0b0011, 0b1100)
    assert built.irreversible == (1, 0, 0, -1)
    assert built.decimals.tolist() == list(range(12))


def test_the_cuban_preferences_rank_as_published():
    """Option prioritisation of the US side, most important first, gives the printed ranking."""
    texts = """\
        withdraw
        not escalate
        not strike and withdraw
        not blockade and withdraw
        strike and escalate
        blockade and escalate
        strike or blockade and not escalate or not blockade and withdraw
        not strike and not withdraw and not escalate
        not blockade and not withdraw and not escalate
    """.strip().splitlines()
    preferences = tuple(Preference(parse(text)) for text in texts)
    changed = conflict(preferences=MappingProxyType({"us": preferences}))
    expected = published.CUBA.model()
    assert np.array_equal(graph(changed).feasible, expected.graph.feasible)
    assert np.array_equal(ranks(graph(changed), preferences), expected.ranks[0])


def test_only_preferences_that_are_held_count():
    built = model(conflict(), {"us": [False, True]})
    letters = {"NNNN": 2, "NNYN": 2, "NNNY": 1, "YNNY": 1}
    for state, expected in letters.items():
        assert built.ranks[0, published.decimal(state)] == expected
    assert np.array_equal(built.ranks[1], model(conflict()).ranks[1])


def test_flags_that_do_not_fit_are_refused():
    with pytest.raises(UsageError, match="3 flags for us, which has 2 preferences"):
        model(conflict(), {"us": [True, True, False]})


def test_an_option_may_have_several_owners_or_none():
    options = {
        "talk": Option("talk", ("us", "ussr"), ""),
        "weather": Option("weather", (), ""),
    }
    built = graph(Conflict(options=MappingProxyType(options)))
    assert built.owned == (0b01, 0b01)
    assert built.bits(0) == (0,)


def test_states_are_numbered_over_the_feasible_ones():
    built = graph(conflict(infeasible=(parse("not strike and not blockade"),)))
    assert state_number(built, ["strike"]) == 1
    assert state_number(built, ["blockade", "strike"]) == 3
    assert state_number(built, []) is None
    with pytest.raises(UsageError, match='"stroke" is not an option'):
        state_number(built, ["stroke"])


@pytest.mark.parametrize("count", [60, 1_100, 15_000])
def test_a_conflict_of_any_size_is_refused_in_a_sentence(count):
    options = {f"o{i}": Option(f"o{i}", ("a",), "") for i in range(count)}
    said = rf"^{count} options make 2\^{count} states; .* takes 2\^{count + 5} bytes of memory"
    with pytest.raises(TooLarge, match=said):
        graph(Conflict(options=MappingProxyType(options)))


def test_a_concept_that_does_not_fit_is_refused_before_anything_is_ranked():
    """The preference cannot be evaluated, so that a ranking would be refused otherwise."""
    options = {f"o{i}": Option(f"o{i}", ("ab"[i % 2],), "") for i in range(20)}
    large = Conflict(
        options=MappingProxyType(options),
        preferences=MappingProxyType({"a": (Preference(Atom("none")),)}),
    )
    with pytest.raises(TooLarge, match=r"^20 options make 2\^20 states; .* Leave sim out"):
        model(large, limit=130 << 20, concepts=tuple(Concept))
    with pytest.raises(UsageError, match='"none" is not an option'):
        model(large, limit=130 << 20, concepts=[Concept.NASH])


def test_arrays_of_a_model_cannot_be_written_to():
    built = model(conflict())
    with pytest.raises(ValueError, match="read-only"):
        built.ranks[0, 0] = 7
    with pytest.raises(ValueError, match="read-only"):
        built.graph.feasible[0] = False


def test_parts_of_different_graphs_are_refused():
    with pytest.raises(UsageError, match="2 options need"):
        Graph(("a",), ("x", "y"), (1,), np.ones(2, dtype=bool), (0, 0))
    with pytest.raises(UsageError, match="one entry per actor"):
        Graph(("a",), ("x",), (), np.ones(2, dtype=bool), (0,))
    one = Graph(("a",), ("x",), (1,), np.ones(2, dtype=bool), (0,))
    with pytest.raises(UsageError, match="this graph needs"):
        GraphModel(one, np.ones((2, 2), dtype=np.int32))
