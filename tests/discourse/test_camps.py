"""Camps of debates that are made up, of two that were coded, and what polarisation is of each."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.discourse.dna.database import read
from melian.discourse.networks.building import Design
from melian.discourse.polarisation.camps import Wanted, camps
from melian.discourse.polarisation.measuring import measured
from melian.discourse.statements.reading import parse
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.discourse.ties import counts_of, ties
from melian.problems import UsageError

ANCHORS = Path(__file__).parents[3] / "shared" / "anchors" / "discourse"
DESIGN = Design(rows="actor", qualifier="sign", normalization="average")


def debate(said):
    """Make a table of actors, concepts and signs."""
    actors, concepts, signs = zip(*said, strict=True)
    return table(
        [str(number) for number in range(len(said))],
        np.arange(len(said)) * 86_400,
        np.arange(len(said), dtype=np.int32),
        {
            "actor": text_variable(actors),
            "concept": text_variable(concepts),
            "sign": number_variable(signs, "boolean"),
        },
    )


def opposed(one, other, concepts=3):
    """Two camps of so many actors, who speak of all and say the opposite."""
    return debate(
        [(f"a{n:02}", f"c{c}", 1) for n in range(one) for c in range(concepts)]
        + [(f"b{n:02}", f"c{c}", 0) for n in range(other) for c in range(concepts)]
    )


@pytest.mark.parametrize("normalization", ["none", "average", "cosine"])
@pytest.mark.parametrize(("one", "other"), [(1, 1), (4, 4), (6, 3), (9, 1), (20, 5)])
def test_two_camps_that_say_the_opposite(one: int, other: int, normalization: str) -> None:
    design = Design(rows="actor", qualifier="sign", normalization=normalization)
    found = camps(opposed(one, other), design, Wanted())
    share = one / (one + other)
    assert found.exact
    assert found.polarisation == pytest.approx(4 * share * (1 - share))
    assert {len(found.of("A")), len(found.of("B"))} == {one, other}
    assert all(each.fit == pytest.approx(1) for each in found.members)


def test_where_all_agree_there_are_no_camps_whatever_they_speak_of() -> None:
    one_matter = debate([(f"a{n}", f"c{c}", 1) for n in range(6) for c in range(3)])
    two_matters = debate([(f"a{n}", f"c{n % 2}{c}", 1) for n in range(6) for c in range(3)])
    for said in (one_matter, two_matters):
        found = camps(said, DESIGN, Wanted())
        assert found.exact
        assert found.polarisation == 0 == found.clash
        assert not found.of("B")
    modular = camps(two_matters, DESIGN, Wanted(measure="modularity"))
    assert modular.polarisation == pytest.approx(1)  # why it is not the measure by default


def test_an_actor_who_contradicts_itself_is_in_no_camp_firmly() -> None:
    said = [(a, c, int(a < "m")) for a in "abcxyz" for c in ("c1", "c2")]
    said += [("torn", c, sign) for c in ("c1", "c2") for sign in (0, 1)]
    found = camps(debate(said), DESIGN, Wanted())
    (torn,) = found.free
    assert torn.actor == "torn"
    assert torn.firmness == 0
    assert not torn.firm
    assert found.optima == 2
    assert all(each.firm for each in found.members if each.actor != "torn")


def test_firmness_is_what_is_lost_by_changing_sides() -> None:
    rng = np.random.default_rng(1)
    said = debate(
        [(f"a{rng.integers(9)}", f"c{rng.integers(4)}", int(rng.integers(2))) for _ in range(90)]
    )
    found = camps(said, DESIGN, Wanted())
    tied = ties(said, DESIGN)
    side = {each.actor: 1 if each.camp == "A" else -1 for each in found.members}
    own = {}  # what each has in common with itself
    for actor in tied.actors:
        rows = [
            n
            for n in range(90)
            if said.variable("actor").levels[said.variable("actor").codes[n]] == actor
        ]
        pairs = [
            (c, d)
            for c in rows
            for d in rows
            if said.variable("concept").codes[c] == said.variable("concept").codes[d]
        ]
        own[actor] = len(pairs) / len(rows)

    def polarisation(sides):
        across = sum(
            tied.clash[i, j] - tied.agreement[i, j]
            for (i, a), (j, b) in combinations(enumerate(tied.actors), 2)
            if sides[a] != sides[b]
        )
        total = tied.clash.sum() + tied.agreement.sum() + sum(own.values())
        return 4 * across / total

    assert found.polarisation == pytest.approx(polarisation(side))
    for each in found.members:
        moved = polarisation({**side, each.actor: -side[each.actor]})
        assert each.firmness == pytest.approx(found.polarisation - moved)


def test_modularity_is_that_of_networkx_where_nothing_clashes() -> None:
    rng = np.random.default_rng(3)
    said = debate([(f"a{rng.integers(8)}", f"c{rng.integers(9)}", 1) for _ in range(60)])
    found = camps(said, DESIGN, Wanted(measure="modularity"))
    tied = ties(said, DESIGN)
    graph = nx.from_numpy_array(tied.agreement)
    best = max(
        nx.community.modularity(graph, [set(one), set(graph) - set(one)])
        for size in range(1, 5)
        for one in combinations(graph, size)
    )
    assert found.exact
    assert found.polarisation == pytest.approx(2 * best)


def test_signed_modularity_is_that_of_its_definition() -> None:
    rng = np.random.default_rng(4)
    said = debate(
        [(f"a{rng.integers(7)}", f"c{rng.integers(4)}", int(rng.integers(2))) for _ in range(70)]
    )
    found = camps(said, DESIGN, Wanted(measure="modularity"))
    tied = ties(said, DESIGN)
    c, f = tied.agreement, tied.clash

    def q(camp):
        value = 0.0
        for i in range(7):
            for j in range(7):
                if (i in camp) == (j in camp):
                    value += c[i, j] - c[i].sum() * c[j].sum() / c.sum()
                    value -= f[i, j] - f[i].sum() * f[j].sum() / f.sum()
        return value / (c.sum() + f.sum())

    best = max(q(set(one)) for size in range(8) for one in combinations(range(7), size))
    assert found.polarisation == pytest.approx(2 * best)


def test_numbers_are_for_and_against_and_texts_of_several_kinds_are_neither() -> None:
    said = [("a", -2), ("b", -2), ("c", 2), ("d", 2), ("e", 0)]
    variables = {
        "actor": text_variable([actor for actor, _ in said for _ in "12"]),
        "concept": text_variable(["c1", "c2"] * 5),
        "sign": number_variable([sign for _, sign in said for _ in "12"], "integer"),
        "mood": text_variable(["calm", "cross", "glum", "calm", "cross"] * 2),
    }
    scale = table([str(n) for n in range(10)], np.zeros(10, np.int64), np.arange(10), variables)
    found = camps(scale, DESIGN, Wanted())
    assert {m.actor for m in found.of("A")} - {"e"} in ({"a", "b"}, {"c", "d"})
    assert [m.actor for m in found.free] == ["e"]
    with pytest.raises(UsageError, match="camps need two senses"):
        camps(scale, Design(rows="actor", qualifier="mood"), Wanted())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["none", "average", "cosine"]), st.integers(2, 4))
def test_polarisation_lies_between_nothing_and_one(seed, normalization, levels) -> None:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 60))
    said = table(
        [str(number) for number in range(count)],
        np.zeros(count, dtype=np.int64),
        np.arange(count, dtype=np.int32),
        {
            "actor": text_variable([f"a{n}" for n in rng.integers(8, size=count)]),
            "concept": text_variable([f"c{n}" for n in rng.integers(4, size=count)]),
            "sign": number_variable((rng.integers(levels, size=count) ** 2).tolist(), "integer"),
        },
    )
    design = Design(rows="actor", qualifier="sign", normalization=normalization)
    found = camps(said, design, Wanted(least=1))
    assert -1e-9 <= found.polarisation <= 1 + 1e-9
    signs = np.ones(len(found.actors), dtype=np.int8)
    counts, _ = counts_of(said, design, everyone=True)
    assert measured(counts, design).of(signs) == pytest.approx(0)  # one camp
    for _ in range(5):
        sides = rng.choice([-1, 1], size=len(signs)).astype(np.int8)
        assert measured(counts, design).of(sides) <= found.polarisation + 2e-6


def test_jaccard_would_weaken_clash() -> None:
    design = Design(rows="actor", qualifier="sign", normalization="jaccard")
    with pytest.raises(UsageError, match="Take --normalize average"):
        camps(opposed(2, 2), design, Wanted())


def test_who_says_little_is_left_out_and_counted() -> None:
    said = [("a", "c", 1), ("a", "d", 1), ("b", "c", 0), ("b", "d", 0), ("once", "c", 1)]
    found = camps(debate(said), DESIGN, Wanted())
    assert found.left_out == 1
    assert {m.actor for m in found.members} == {"a", "b"}
    assert camps(debate(said), DESIGN, Wanted(least=1)).left_out == 0
    nobody = camps(debate(said), DESIGN, Wanted(least=9))
    assert nobody.members == ()
    assert nobody.polarisation == 0
    assert nobody.left_out == 3


@pytest.fixture(scope="module")
def anchors():
    if not ANCHORS.is_dir():
        pytest.skip("the debates that were coded are not here")
    return ANCHORS


def test_the_two_camps_that_dna_tears_apart_are_found(anchors) -> None:
    said, _ = read(anchors / "two_camps.dna", "")
    design = Design(qualifier="sign", normalization="average", duplicates="document")
    found = camps(said, design, Wanted())
    assert found.exact
    assert found.polarisation == pytest.approx(1)
    assert {str(m.actor)[0] for m in found.of("A")} == {"A"}
    assert {str(m.actor)[0] for m in found.of("B")} == {"B"}
    assert found.optima == 1
    assert len(found.members) == 12


def test_utilities_stand_against_those_who_want_out_of_nuclear_power(anchors) -> None:
    said, _ = parse((anchors / "irps_nuclear.csv").read_text("utf-8"), "irps_nuclear.csv")
    design = Design(qualifier="sign", normalization="average", duplicates="document")
    found = camps(said, design, Wanted(disputed=0.2))
    greens = {"Grüne", "SPD", "LINKE", "Demonstranten", "Greenpeace", "Atomkraftgegner"}
    power = {"Eon", "RWE", "EnBW", "Vattenfall", "BDA", "Stromkonzerne"}
    assert found.exact
    assert greens <= {m.actor for m in found.of("A")}
    assert power <= {m.actor for m in found.of("B")}
    assert "Ausstieg" in found.agreed
    whole = camps(said, design, Wanted())
    assert whole.exact
    assert whole.polarisation < found.polarisation / 2
