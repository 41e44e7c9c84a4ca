"""Writing ``.gmcr`` files: what gmcr-py would make of them, and what comes back."""

from __future__ import annotations

import json
from itertools import chain, combinations, product
from random import Random
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from melian.case.formula import And, Atom, Iff, Implies, Not, Or
from melian.case.formula import parse as formula
from melian.case.model import Actor, Case, Conflict, Option, Preference
from melian.cli.app import app
from melian.conflict.building import model
from melian.formats.gmcr import parse, written
from melian.formats.gmcr.normal import conjunctions
from melian.problems import TooLarge, UsageError


class AsGmcrPy:
    """A file as gmcr-py loads it, from the description of its format; no code of either is used."""

    def __init__(self, text):
        root = json.loads(text)
        options, makers = root["options"], root["decisionMakers"]
        order = list(dict.fromkeys(n for maker in makers for n in maker["options"]))
        order += [n for n in range(len(options)) if n not in order]
        self.place = {old: new for new, old in enumerate(order)}
        self.directions = [options[n]["permittedDirection"] for n in order]
        self.names = [options[n]["name"] for n in order]
        self.owned = [sorted(self.place[n] for n in maker["options"]) for maker in makers]
        size = len(options)
        every = ["".join("NY"[d >> b & 1] for b in range(size)) for d in range(1 << size)]
        gone = [self.pattern(simple) for simple in root["infeasibles"]]
        self.decimals = [
            d for d, yn in enumerate(every) if not any(self.fits(yn, pattern) for pattern in gone)
        ]
        self.states = [every[d] for d in self.decimals]
        self.payoffs = [self.payoffs_of(maker, root) for maker in makers]
        self.misperceived = [
            [n for n, yn in enumerate(self.states, 1) if self.any_fits(yn, maker["misperceptions"])]
            for maker in makers
        ]
        parts = [part if isinstance(part, list) else [part] for part in root["coalitions"]]
        assert sorted(chain(*parts)) == list(range(len(makers))), "a partition, or it is reset"
        self.coalitions = [part for part in parts if len(part) > 1]

    def pattern(self, simple):
        """``[[0, "N"], [3, "Y"]]`` as N--Y; it must say something, and of no option twice."""
        numbers = [n for n, _ in simple]
        assert numbers
        assert len(set(numbers)) == len(numbers)
        letters = {self.place[n]: letter for n, letter in simple}
        return "".join(letters.get(n, "-") for n in range(len(self.place)))

    @staticmethod
    def fits(yn, pattern):
        return all(want in ("-", is_) for is_, want in zip(yn, pattern, strict=True))

    def any_fits(self, yn, conditions):
        return any(self.fits(yn, self.pattern(simple)) for simple in conditions)

    def payoffs_of(self, maker, root):
        if root["useManualPreferenceRanking"]:
            places = [p if isinstance(p, list) else [p] for p in maker["preferenceRanking"]]
            return [
                next(len(places) - n for n, place in enumerate(places) if number in place)
                for number in range(1, len(self.states) + 1)
            ]
        conditions = [c["members"] if isinstance(c, dict) else [c] for c in maker["preferences"]]
        names = [sorted(map(self.pattern, members)) for members in conditions]
        assert all(names.count(name) == 1 for name in names), "repeated ones are dropped"
        assert len(conditions) <= 63, "weights go into a signed 64-bit number"
        scores = [
            sum(
                2 ** (len(conditions) - 1 - n)
                for n, members in enumerate(conditions)
                if self.any_fits(yn, members)
            )
            for yn in self.states
        ]
        ranks = {score: rank for rank, score in enumerate(sorted(set(scores)), start=1)}
        return [ranks[score] for score in scores]


def random_formula(rnd, names, depth=2):
    if depth == 0 or rnd.random() < 0.3:
        atom = Atom(rnd.choice(names))
        return atom if rnd.random() < 0.5 else Not(atom)
    one, two = (random_formula(rnd, names, depth - 1) for _ in range(2))
    return rnd.choice([And((one, two)), Or((one, two)), Implies(one, two), Iff(one, two), Not(one)])


def random_case(rnd):
    actors = [f"p{i}" for i in range(rnd.randint(1, 4))]
    names = [f"o{i}" for i in range(rnd.randint(len(actors), 6))]
    owner = sorted(
        [*range(len(actors)), *(rnd.randrange(len(actors)) for _ in names)][: len(names)]
    )
    options = {o: Option(o, (actors[i],), f"do {o}") for o, i in zip(names, owner, strict=True)}
    ways = {o: rnd.choice(["forward", "backward"]) for o in names if rnd.random() < 0.3}
    preferences = {
        a: tuple(Preference(random_formula(rnd, names)) for _ in range(rnd.randint(0, 6)))
        for a in actors
    }
    pairs = [(actors[0], actors[-1])] if len(actors) > 1 and rnd.random() < 0.5 else []
    unseen = {actors[0]: (random_formula(rnd, names),)} if rnd.random() < 0.3 else {}
    conflict = Conflict(
        options=MappingProxyType(options),
        infeasible=tuple(random_formula(rnd, names) for _ in range(rnd.choice([0, 0, 1, 2]))),
        irreversible=MappingProxyType(ways),
        preferences=MappingProxyType(preferences),
        coalitions=tuple(pairs),
        unseen=MappingProxyType(unseen),
    )
    people = {a: Actor(a, a.upper()) for a in actors}
    return Case("made", actors=MappingProxyType(people), conflict=conflict)


CASES = [random_case(Random(f"gmcr/{seed}")) for seed in range(400)]


@pytest.mark.parametrize("batch", range(10))
def test_the_same_model_comes_back(batch):
    for case in CASES[batch::10]:
        again, problems = parse(written(case))
        before, after = model(case.conflict), model(again.conflict)
        assert after.graph.actors == before.graph.actors
        assert after.graph.options == before.graph.options
        assert after.graph.owned == before.graph.owned
        assert after.graph.irreversible == before.graph.irreversible
        assert np.array_equal(after.graph.feasible, before.graph.feasible)
        assert np.array_equal(after.ranks, before.ranks)
        assert again.conflict.coalitions == case.conflict.coalitions
        hidden = [unseen_states(each.conflict) for each in (case, again)]
        assert hidden[0] == hidden[1]
        assert {p.code for p in problems} <= {"no-feasible-state"}


def unseen_states(conflict):
    """The feasible states that each actor does not see, by brute force."""
    names = list(conflict.options)
    states = [
        dict(zip(names, taken, strict=True)) for taken in product([False, True], repeat=len(names))
    ]
    return {
        actor: [
            tuple(state.values())
            for state in states
            if any(holds(f, state) for f in conflict.unseen.get(actor, ()))
        ]
        for actor in conflict.actors
    }


def holds(formula, state):
    match formula:
        case Atom(name):
            return state[name]
        case Not(part):
            return not holds(part, state)
        case And(parts):
            return all(holds(part, state) for part in parts)
        case Or(parts):
            return any(holds(part, state) for part in parts)
        case Implies(left, right):
            return holds(right, state) or not holds(left, state)
        case Iff(left, right):
            return holds(left, state) == holds(right, state)


@pytest.mark.parametrize("batch", range(10))
def test_gmcr_py_would_see_the_same_states_payoffs_and_coalitions(batch):
    for case in CASES[batch::10]:
        text = written(case)
        there, here = AsGmcrPy(text), model(case.conflict)
        decimals = here.graph.decimals
        assert there.decimals == decimals.tolist()
        assert there.owned == [list(here.graph.bits(i)) for i in range(len(here.graph.actors))]
        words = {"both": 0, "fwd": 1, "back": -1}
        assert [words[d] for d in there.directions] == list(here.graph.irreversible)
        for maker, payoffs, ranks in zip(
            json.loads(text)["decisionMakers"], there.payoffs, here.ranks, strict=True
        ):
            assert payoffs == ranks[decimals].tolist() == maker["payoffs"]
            ranked = [n if isinstance(n, list) else [n] for n in maker["preferenceRanking"]]
            assert sorted(chain(*ranked)) == list(range(1, len(decimals) + 1))
            assert [payoffs[place[0] - 1] for place in ranked] == sorted(set(payoffs), reverse=True)
            assert all(len({payoffs[n - 1] for n in place}) == 1 for place in ranked)
        number = {actor: n for n, actor in enumerate(here.graph.actors)}
        assert there.coalitions == [
            sorted(number[member] for member in c) for c in case.conflict.coalitions
        ]


def test_the_random_cases_have_all_that_a_case_may_have():
    texts = [json.loads(written(case)) for case in CASES]
    assert any(
        isinstance(p, dict) for t in texts for m in t["decisionMakers"] for p in m["preferences"]
    )
    assert sum(bool(t["infeasibles"]) for t in texts) > 100
    assert any(m["misperceptions"] for t in texts for m in t["decisionMakers"])
    assert any(isinstance(part, list) for t in texts for part in t["coalitions"])
    assert not any(t["useManualPreferenceRanking"] for t in texts)


names = st.sampled_from("abcde")
formulas = st.recursive(
    names.map(Atom),
    lambda f: st.one_of(
        f.map(Not),
        st.tuples(f, f).map(And),
        st.tuples(f, f, f).map(Or),
        st.tuples(f, f).map(lambda p: Implies(*p)),
        st.tuples(f, f).map(lambda p: Iff(*p)),
    ),
    max_leaves=9,
)


@settings(deadline=None, max_examples=300)
@given(formulas)
def test_conjunctions_say_what_the_formula_does_and_none_is_needless(given_formula):
    found = conjunctions(given_formula)
    states = [dict(zip("abcde", taken, strict=True)) for taken in product([False, True], repeat=5)]

    def some(parts, state):
        return any(all(state[n] == taken for n, taken in part) for part in parts)

    wanted = [holds(given_formula, state) for state in states]
    assert [some(found, state) for state in states] == wanted
    if conjunctions.__globals__["_typed"](given_formula) is None:
        for part in found:
            others = [other for other in found if other != part]
            assert [some(others, state) for state in states] != wanted, "each one is needed"
            for literal in part:
                wider = [*others, tuple(other for other in part if other != literal)]
                assert [some(wider, state) for state in states] != wanted, "each is prime"


def case_with(preferences=(), infeasible=(), count=12, **more):
    options = {f"o{i}": Option(f"o{i}", ("a",), "do") for i in range(count)}
    conflict = Conflict(
        options=MappingProxyType(options),
        infeasible=tuple(infeasible),
        preferences=MappingProxyType({"a": tuple(map(Preference, preferences))}),
        **more,
    )
    return Case("made", conflict=conflict)


def parity(count):
    """True where an odd number of options is taken: no short disjunction says so."""
    text = "o0"
    for i in range(1, count):
        text = f"not ({text} <-> o{i})"
    return formula(text)


def test_what_cannot_be_weighed_is_ranked_by_hand():
    for wishes in (
        [parity(12)],
        [formula(f"o{i} and o{j}") for i, j in combinations(range(12), 2)],
    ):
        case = case_with(wishes, infeasible=[formula("o0 and o1")])
        text = written(case)
        assert json.loads(text)["useManualPreferenceRanking"] is True
        here = model(case.conflict)
        assert AsGmcrPy(text).payoffs == [here.ranks[0][here.graph.decimals].tolist()]
        assert np.array_equal(model(parse(text)[0].conflict).ranks, here.ranks)


def test_what_cannot_be_ranked_by_hand_either_is_refused_in_words():
    with pytest.raises(TooLarge, match=r"at most 16 options.*Write shorter preferences"):
        written(case_with([parity(12)], count=17))
    with pytest.raises(TooLarge, match="names more than 10 options"):
        written(case_with(infeasible=[parity(12)]))


def test_a_large_conflict_is_written_without_a_ranking():
    case = case_with([formula("o0 -> o1")], count=24)
    maker = json.loads(written(case))["decisionMakers"][0]
    assert maker["preferences"] == [{"compound": True, "members": [[[0, "N"]], [[1, "Y"]]]}]
    assert "preferenceRanking" not in maker


def test_options_stand_actor_by_actor_and_overlapping_coalitions_stay_behind():
    options = {
        "x": Option("x", ("b",), "do"),
        "y": Option("y", ("a",), "do"),
        "z": Option("z", ("b", "a"), "do"),
        "n": Option("n", (), "happen"),
    }
    conflict = Conflict(
        options=MappingProxyType(options),
        preferences=MappingProxyType({a: (Preference(formula("x")),) for a in "abc"}),
        coalitions=(("c", "b"), ("b", "a")),
    )
    root = json.loads(written(Case("made", conflict=conflict)))
    assert [o["name"] for o in root["options"]] == ["x", "z", "y", "n"]
    assert [m["options"] for m in root["decisionMakers"]] == [[0, 1], [2], []]
    assert root["coalitions"] == [[0, 2], 1]


CASE = """
title: Salt
question: Who yields?
actors: {mar: The island of Mar, lin: {name: Lin}, us: {name: Us}}
concepts: {safe: the sea is safe}
conflict:
  options:
    mar: {stay: stay out at sea, sail: {text: sail home, label: Sail}}
    lin: {block: block the strait}
  status_quo: [stay]
  target: sail
  preferences:
    mar: [{prefer: stay, because: safe, why: it is}, {prefer: not block, probability: 0.5}]
  beliefs: {lin: {mar: [sail]}}
levers:
  toll: {by: lin, does: drop the toll, effect: {mar: [{prefer: stay}]}}
"""


def test_what_stays_behind_is_counted(tmp_path):
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    file = tmp_path / "out.gmcr"
    result = CliRunner().invoke(app, ["export", str(tmp_path), str(file), "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["left_behind"] == {
        "concept": 1,
        "actor outside the conflict": 1,
        "wording of an option": 3,
        "reason of a preference": 1,
        "note on a preference": 1,
        "doubt about a preference": 1,
        "status quo": 1,
        "target": 1,
        "belief": 1,
        "lever": 1,
    }
    root = json.loads(file.read_text(encoding="utf-8"))
    assert [option["name"] for option in root["options"]] == ["stay", "Sail", "block"]
    assert [maker["name"] for maker in root["decisionMakers"]] == ["mar", "Lin"]


def test_stability_of_the_file_is_that_of_the_case(tmp_path):
    file = tmp_path / "out.gmcr"
    assert CliRunner().invoke(app, ["export", "nato-russia-2008", str(file)]).exit_code == 0
    said = [
        CliRunner().invoke(app, ["stability", name, "--json"]).stdout
        for name in ("nato-russia-2008", str(file))
    ]
    assert json.loads(said[0])["equilibria"] == json.loads(said[1])["equilibria"]
    assert json.loads(said[0])["stability"] == json.loads(said[1])["stability"]


def test_a_case_without_a_conflict_is_refused_in_words():
    with pytest.raises(UsageError, match="add options and preferences under conflict"):
        written(Case("empty"))
