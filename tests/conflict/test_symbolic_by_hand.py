"""Conflicts built so that the answer is known: long answers, dead ends, and many options."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from types import MappingProxyType

import pytest
from random_conflicts import random_conflict

from melian.case.formula import parse, truth
from melian.case.model import Conflict, Option, Preference
from melian.conflict.result import Concept
from melian.conflict.symbolic.answers import Answer, contains, movers
from melian.conflict.symbolic.finding import equilibria
from melian.conflict.symbolic.model import symbolic_model
from melian.conflict.symbolic.pursuit import Replies
from melian.conflict.symbolic.standing import standing
from melian.conflict.symbolic.work import PRICE, STEPS
from melian.effort import Work
from melian.problems import UsageError


def conflict(owners, preferences, infeasible=(), irreversible=None):
    """Give a conflict; owners as {"option": "actor" or "actor actor"}."""
    return Conflict(
        options=MappingProxyType({o: Option(o, tuple(w.split()), o) for o, w in owners.items()}),
        preferences=MappingProxyType(
            {a: tuple(Preference(parse(text)) for text in each) for a, each in preferences.items()}
        ),
        infeasible=tuple(map(parse, infeasible)),
        irreversible=MappingProxyType(irreversible or {}),
    )


def found(of, concept, where=None, **more):
    model = symbolic_model(of)
    result = equilibria(model, concept, parse(where) if where else None, **more)
    return [set(taken(model, state)) for state in result.decimals], result.ended


def taken(model, state):
    return [o for bit, o in enumerate(model.options) if state >> bit & 1]


def verdict(of, options, concept, actor):
    model = symbolic_model(of)
    told = standing(model, model.decimal(options), (concept,))
    return told.verdicts[concept][model.actors.index(actor)], model


CHAIN_OWNERS = {"x": "i", "a1": "j", "a2": "j", "b": "k"}
CHAIN = {
    "i": ["not (a2 and b)", "x"],
    "j": ["a2 -> b", "a1 <-> x", "a2"],
    "k": ["b <-> a1"],
}


def test_under_seq_an_answer_may_take_three_steps_of_which_one_actor_makes_two():
    """Once i has taken x, j gains by a1, k by b, and only then j by a2, which hurts i."""
    of = conflict(CHAIN_OWNERS, CHAIN)
    told, model = verdict(of, [], Concept.SEQ, "i")
    assert told.stable
    assert taken(model, told.gain) == ["x"]
    steps = [(reply.actor, taken(model, reply.state)) for reply in told.replies]
    assert steps == [("j", ["x", "a1"]), ("k", ["x", "a1", "b"]), ("j", ["x", "a1", "a2", "b"])]


def test_without_the_step_between_the_answer_fails():
    of = conflict(CHAIN_OWNERS, CHAIN | {"k": ["b"]}, irreversible={"b": "backward"})
    told, model = verdict(of, [], Concept.SEQ, "i")
    assert told.stable is False
    assert taken(model, told.gain) == ["x"]
    assert not told.replies


def test_the_search_finds_equilibria_that_rest_on_long_answers():
    """A ladder of ten steps, in which j and k take turns, is longer than what is written out."""
    rungs = [f"r{n}" for n in range(10)]
    below = dict(zip(rungs, ["x", *rungs], strict=False))
    owners = {"x": "i"} | {rung: "jk"[n % 2] for n, rung in enumerate(rungs)}
    ladder = {}
    for who in "jk":
        own = [rung for rung in rungs if owners[rung] == who]
        ladder[who] = [f"{rung} -> {below[rung]}" for rung in own] + own
    of = conflict(owners, ladder | {"i": ["not r9", "x"]})
    nothing = "not (x or " + " or ".join(rungs) + ")"
    assert found(of, Concept.SEQ, nothing) == ([set()], "all")
    assert found(of, Concept.NASH, nothing) == ([], "all")
    assert found(of, Concept.SIM, nothing) == ([], "all")
    told, _ = verdict(of, [], Concept.SEQ, "i")
    assert [reply.actor for reply in told.replies] == list("jk") * 5
    short = conflict(owners, ladder | {"i": ["not (r9 and not r3)", "x"]})
    assert found(short, Concept.SEQ, nothing) == ([], "all")


DETOUR = {"x": "i", "a": "j", "b": "k", "c": "k"}
GAINS = {"i": ["not (a and not b)", "x"], "j": [], "k": []}


def test_under_gmr_an_opponent_may_have_to_move_twice():
    """j can take a only beside b, so k takes b first and drops it again, beside c."""
    rules = ["a and not b and not c", "c and not b and not a", "b and c and not a"]
    of = conflict(DETOUR, GAINS, rules)
    told, model = verdict(of, [], Concept.GMR, "i")
    assert told.stable
    steps = [(reply.actor, taken(model, reply.state)) for reply in told.replies]
    assert steps == [("k", ["x", "b"]), ("j", ["x", "a", "b"]), ("k", ["x", "a", "c"])]
    assert found(of, Concept.GMR, "not x and not a and not b") == ([set()], "all")


def test_a_state_that_hurts_but_cannot_be_reached_answers_nothing():
    """What hurts i takes a and c at once, of two owners, and neither is feasible alone."""
    owners = {"x": "i", "a": "j", "c": "k"}
    apart = ["a and not c", "c and not a"]
    preferences = {"i": ["not a", "x"], "j": [], "k": []}
    of = conflict(owners, preferences, apart)
    for concept in (Concept.GMR, Concept.SMR, Concept.SEQ):
        assert found(of, concept, "not x and not a") == ([], "all")
    free = conflict(owners, preferences)
    assert found(free, Concept.GMR, "not x and not a and not c") == ([set()], "all")


def test_under_smr_an_actor_may_escape():
    """Once j has taken a, i is better off with y beside x than it was with neither."""
    owners = {"x": "i", "y": "i", "a": "j"}
    preferences = {"i": ["a -> y", "y -> a", "x"], "j": []}
    of = conflict(owners, preferences)
    assert found(of, Concept.GMR, "not x and not y and not a") == ([set()], "all")
    assert found(of, Concept.SMR, "not x and not y and not a") == ([], "all")
    held = conflict(owners, preferences, irreversible={"y": "backward"})
    assert found(held, Concept.SMR, "not x and not y and not a") == ([set()], "all")


def test_under_sim_all_answer_at_once_from_where_the_actor_was():
    """Each of j and k gains by its own move; together these hurt i, one after the other not."""
    owners = {"x": "i", "a": "j", "b": "k"}
    of = conflict(owners, {"i": ["not (a and b)", "x"], "j": ["a and not b"], "k": ["b and not a"]})
    told, model = verdict(of, [], Concept.SIM, "i")
    assert told.stable
    assert {reply.actor for reply in told.replies} == {"j", "k"}
    assert taken(model, told.replies[-1].state) == ["x", "a", "b"]


COPIES = 30


def _chickens():
    """Thirty games of chicken between the same two: exactly one of the two gives way in each."""
    owners, preferences = {}, {"row": [], "column": []}
    for n in range(COPIES):
        owners |= {f"r{n}": "row", f"c{n}": "column"}
        preferences["row"] += [f"r{n} or c{n}", f"not r{n}"]
        preferences["column"] += [f"r{n} or c{n}", f"not c{n}"]
    return conflict(owners, preferences)


def test_a_product_of_thirty_games_has_the_product_of_their_equilibria():
    """2^30 in all, of which a formula leaves 2^5; the decimals have up to 60 bits."""
    first = " and ".join(f"r{n}" for n in range(COPIES - 5))
    states, ended = found(_chickens(), Concept.NASH, first)
    assert ended == "all"
    assert len({frozenset(each) for each in states}) == 2**5
    for state in states:
        assert all((f"r{n}" in state) != (f"c{n}" in state) for n in range(COPIES))
    against = "r0 <-> c0"
    assert found(_chickens(), Concept.NASH, against) == ([], "all")


def test_what_no_actor_minds_is_found_in_one_go():
    """Options nobody cares about, some locked: each equilibrium stands for a thousand."""
    idle = {f"idle{n}": "j" if n % 2 else "i" for n in range(10)}
    of = conflict(
        {"x": "i", "y": "j"} | idle,
        {"i": ["x <-> y"], "j": ["x <-> y"]},
        infeasible=["idle0 and idle1"],
        irreversible={"idle2": "forward"},
    )
    model = symbolic_model(of)
    result = equilibria(model, Concept.NASH)
    assert result.complete
    assert result.calls < len(result.decimals) / 10
    wanted = [
        state
        for state in range(1 << len(model.options))
        if (state & 1) == (state >> 1 & 1) and state >> 2 & 0b11 != 0b11
    ]
    assert list(result.decimals) == wanted


def test_a_search_stops_at_the_limit_and_at_the_work_allowed_and_says_so():
    states, ended = found(_chickens(), Concept.NASH, limit=3)
    assert (len(states), ended) == (3, "limit")
    model = symbolic_model(_chickens())
    short = equilibria(model, Concept.NASH, work=200_000)
    assert short.ended == "work"
    assert not short.complete
    assert len(short.decimals) > 0
    longer = equilibria(model, Concept.NASH, work=400_000)
    assert set(short.decimals) < set(longer.decimals)
    assert equilibria(model, Concept.NASH, work=200_000) == short
    assert equilibria(model, Concept.SEQ, parse("r0"), work=100).decimals == ()


def test_verdicts_that_would_take_more_work_are_open():
    model = symbolic_model(conflict(CHAIN_OWNERS, CHAIN))
    told = standing(model, 0, (Concept.NASH, Concept.SEQ), work=600)
    assert told.verdicts[Concept.NASH][0].stable is False
    assert told.verdicts[Concept.SEQ][0].stable is None
    assert not told.complete
    assert told.equilibrium(Concept.SEQ) is None
    assert told.equilibrium(Concept.NASH) is False


def test_what_makes_no_sense_is_refused():
    model = symbolic_model(conflict(DETOUR, GAINS, ["a and not b"]))
    with pytest.raises(UsageError, match='"z" is not an option of the conflict'):
        equilibria(model, Concept.NASH, parse("z"))
    with pytest.raises(UsageError, match='rules out "a and not b"'):
        standing(model, model.decimal(["a"]))
    with pytest.raises(UsageError, match='"aa" is not an option'):
        model.decimal(["aa"])
    merged = replace(conflict(DETOUR, GAINS), indistinguishable=(parse("a"),))
    with pytest.raises(UsageError, match=r"several count as one\. Leave out indistinguishable"):
        symbolic_model(merged)


def _true(model, statements, state):
    names = dict.fromkeys(model.options)
    held = {o: bool(state >> bit & 1) for bit, o in enumerate(names)}
    return [truth(each.formula, lambda atom: held[str(atom)]) for each in statements]


def _legal(model, before, after):
    """Whether a move respects directions and ends in a state that can be, from the definitions."""
    for bit, way in enumerate(model.ways):
        change = (after >> bit & 1) - (before >> bit & 1)
        if change and way and change != way:
            return False
    return not any(_true(model, model.infeasible, after))


def _ways_on(model, actor, concept, state):
    """Every state that one of those who may answer can move to."""
    for mover in model.others(actor):
        mask = sum(1 << option for option in model.owned[mover])
        rank = _true(model, model.preferences[mover], state)
        for setting in range(1 << len(model.options)):
            after = (state & ~mask) | setting
            if setting & ~mask == 0 and _legal(model, state, after):
                gains = _true(model, model.preferences[mover], after) > rank
                if gains or concept is Concept.GMR:
                    yield mover, after


@pytest.mark.parametrize("concept", [Concept.GMR, Concept.SEQ])
def test_answers_and_proofs_that_there_is_none_hold_by_the_definitions(concept):
    """An answer can be made step by step; what a proof excludes cannot be entered from the rest."""
    kinds = set()
    for seed in range(30):
        rnd = Random(seed)
        model = symbolic_model(random_conflict(rnd, 3, 5))
        actor, states = rnd.randrange(3), range(1 << 5)
        wishes = model.preferences[actor]
        feasible = [s for s in states if not any(_true(model, model.infeasible, s))]
        pairs = [
            (s, t) for s in feasible for t in feasible
            if _true(model, wishes, t) > _true(model, wishes, s)
        ]  # fmt: skip
        for before, after in rnd.sample(pairs, min(4, len(pairs))):
            had = _true(model, wishes, before)
            reply = Replies(model, actor, concept, Work(STEPS, PRICE)).answer(before, after)
            kinds.add(type(reply))
            if isinstance(reply, Answer):
                here = after
                for step in reply.steps:
                    there = step.apply(here)
                    if step.actor in model.others(actor):
                        ways = _ways_on(model, actor, concept, here)
                        assert (step.actor, there) in ways or there == here
                    else:
                        assert movers(model, actor, concept) == {step.actor: step.options}
                        assert _legal(model, here, there)
                    here = there
                assert _true(model, wishes, here) <= had
            else:
                inside = [s for s in feasible if not any(contains(c, s) for c in reply.cubes)]
                assert after in inside
                for state in inside:
                    assert _true(model, wishes, state) > had
                    assert all(t in inside for _, t in _ways_on(model, actor, concept, state))
    assert len(kinds) == 2
