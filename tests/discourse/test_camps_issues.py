"""On what camps differ, against sums over pairs of statements written from the definition."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.discourse.networks.building import Design
from melian.discourse.polarisation.camps import Wanted, camps
from melian.discourse.polarisation.issues import issues
from melian.discourse.statements.table import number_variable, table, text_variable


def debate(said, kind="boolean"):
    actors, concepts, signs = zip(*said, strict=True)
    number = len(said)
    return table(
        [f"s{place}" for place in range(number)],
        np.zeros(number, dtype=np.int64),
        np.arange(number, dtype=np.int32),
        {
            "actor": text_variable(actors),
            "concept": text_variable(concepts),
            "sign": number_variable(signs, kind),
        },
    )


def design(normalization="average"):
    return Design(rows="actor", qualifier="sign", normalization=normalization)


def by_hand(said, sides, normalization):
    """Sum, over pairs of statements on a concept, those of two actors; with each actor's own."""
    each = Counter(actor for actor, _, _ in said)
    vectors = defaultdict(Counter)
    for actor, concept, sign in said:
        vectors[actor][concept, sign] += 1
    length = {a: np.sqrt(sum(n * n for n in v.values())) for a, v in vectors.items()}
    adds, total = defaultdict(float), 0.0
    for (a, c, s), (b, d, t) in itertools.product(said, said):
        if c != d:
            continue
        by = {
            "average": (each[a] + each[b]) / 2,
            "cosine": length[a] * length[b],
            "none": 1,
        }[normalization]
        total += 1 / by
        if sides[a] != sides[b]:
            adds[c] += (2 if s != t else -2) / by
    return {concept: value / total for concept, value in adds.items()}


statements = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(["x", "y", "z"]), st.integers(0, 1)),
    min_size=6,
    max_size=24,
)


@given(statements, st.sampled_from(["average", "cosine", "none"]))
@settings(max_examples=80, deadline=None)
def test_what_concepts_add_is_what_their_statements_do(said, normalization) -> None:
    if len({sign for _, _, sign in said}) < 2:
        said = [*said, ("a", "x", 0), ("b", "x", 1)]
    found = camps(debate(said), design(normalization), Wanted(least=1))
    sides = {each.actor: each.camp for each in found.members}
    wanted = by_hand(said, sides, normalization)
    given_ = {each.concept: each.adds for each in issues(debate(said), found)}
    assert sum(wanted.values()) == pytest.approx(found.polarisation, abs=1e-9)
    for concept, value in wanted.items():
        assert given_.get(concept, 0.0) == pytest.approx(max(value, 0.0), abs=1e-8)
    assert list(given_.values()) == sorted(given_.values(), reverse=True)


def test_who_says_what_is_counted_by_actors_and_sourced() -> None:
    said = debate(
        [
            *[(actor, "exit", 1) for actor in ("g1", "g2", "g3")],
            *[(actor, "grid", 1) for actor in ("g1", "g2", "g3", "c1", "c2")],
            *[(actor, "exit", 0) for actor in ("c1", "c2")],
            ("g1", "exit", 1),
            ("g1", "exit", 0),
            ("g2", "coal", 0),
            ("c1", "coal", 1),
        ]
    )
    found = issues(said, camps(said, design(), Wanted()))
    assert [each.concept for each in found] == ["exit", "coal"]  # all agree on the grid
    (exit_, coal) = found
    assert (exit_.a.affirm, exit_.a.deny, exit_.b.affirm, exit_.b.deny) == (3, 0, 0, 2)
    assert exit_.a.affirming == ("s0", "s1", "s2", "s10")
    assert exit_.a.denying == ("s11",)
    assert exit_.b.denying == ("s8", "s9")
    assert (coal.a.deny, coal.b.affirm) == (1, 1)


def test_no_camps_differ_on_nothing() -> None:
    said = debate([("a", "x", 1), ("b", "x", 1), ("a", "y", 0), ("b", "y", 0)])
    assert issues(said, camps(said, design(), Wanted())) == ()
