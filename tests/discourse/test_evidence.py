"""Which statements stand behind a tie, against a loop over pairs of statements."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.discourse.networks.building import Design, network
from melian.discourse.networks.evidence import evidence
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.problems import TooLarge

TYPES = ("congruence", "conflict", "subtract", "ignore")


def statements(rnd, count):
    levels = [rnd.choice((-3, 0, 1, 5)) for _ in range(count)]
    return table(
        [f"s{n}" for n in range(count)],
        np.array([rnd.randrange(10**6) for _ in range(count)], dtype=np.int64),
        np.array([rnd.randrange(5) for _ in range(count)], dtype=np.int32),
        {
            "actor": text_variable([rnd.choice(["a", "b", "c", "d", ""]) for _ in range(count)]),
            "concept": text_variable([rnd.choice("xyz") for _ in range(count)]),
            "sign": number_variable([rnd.randrange(2) for _ in range(count)], "boolean"),
            "degree": number_variable(levels, "integer"),
            "mood": text_variable([rnd.choice("gh") for _ in range(count)]),
        },
    )


def value(coded, name, row):
    variable = coded.variable(name)
    code = variable.codes[row]
    return None if code < 0 else variable.levels[code]


def counts_for(kind, qualifier, one, other, width):
    """Give what a pair of statements adds to a tie, by the definition."""
    if kind == "ignore":
        return 1
    if qualifier == "mood":
        alike = float(one == other)
    else:
        alike = 1 - abs(one - other) / width if width else 1.0
    return {"congruence": alike, "conflict": 1 - alike, "subtract": 2 * alike - 1}[kind]


def behind(coded, found, row, column):
    """Look at every pair of statements of two actors."""
    design, rows = found.design, found.statements.tolist()
    if design.mode == "two":
        return [
            s for s in rows
            if (value(coded, "actor", s), value(coded, "concept", s)) == (row, column)
        ]  # fmt: skip
    all_levels = [value(coded, design.qualifier, s) for s in range(len(coded))]
    width = 0 if design.qualifier == "mood" else max(all_levels) - min(all_levels)
    if design.qualifier == "sign":
        width = 1
    seen = set()
    for s in rows:
        for t in rows:
            if value(coded, "actor", s) != row or value(coded, "actor", t) != column:
                continue
            if value(coded, "concept", s) != value(coded, "concept", t):
                continue
            levels = (value(coded, design.qualifier, each) for each in (s, t))
            if counts_for(design.aggregation, design.qualifier, *levels, width):
                seen |= {s, t}
    return sorted(seen)


@settings(deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(0, 40),
    st.sampled_from([*TYPES, "two"]),
    st.sampled_from(["sign", "degree", "mood"]),
    st.sampled_from(["include", "document"]),
)
def test_behind_a_tie_is_what_adds_to_it(seed, count, kind, qualifier, duplicates):
    coded = statements(Random(seed), count)
    design = Design(rows="actor", qualifier=qualifier, duplicates=duplicates)
    if kind == "two":
        design = replace(design, mode="two", aggregation="ignore")
    else:
        design = replace(design, aggregation=kind)
    found = network(coded, design)
    shown = evidence(coded, found)
    upper = np.triu(found.matrix, 1) if kind != "two" else found.matrix
    assert len(shown) == np.count_nonzero(upper)
    assert shown.starts[-1] == len(shown.statements)
    for tie in range(len(shown)):
        names = found.rows[shown.rows[tie]], found.columns[shown.columns[tie]]
        assert shown.of(tie).tolist() == behind(coded, found, *names)
        assert len(shown.of(tie))


def test_only_the_ties_asked_for_are_looked_into():
    coded = statements(Random(3), 60)
    found = network(coded, Design(rows="actor", qualifier="sign"))
    place = np.array([2]), np.array([0])
    shown = evidence(coded, found, place)
    assert len(shown) == 1
    assert shown.of(0).tolist() == behind(coded, found, found.rows[2], found.rows[0])
    nobody = np.zeros(0, dtype=np.intp)
    assert len(evidence(coded, found, (nobody, nobody))) == 0


def test_of_the_dna_the_text_that_one_says_alone_stands_behind_a_conflict():
    coded = table(
        ["1", "2", "3"],
        np.zeros(3, dtype=np.int64),
        np.zeros(3, dtype=np.int32),
        {
            "actor": text_variable(["a", "a", "b"]),
            "concept": text_variable(["x", "y", "x"]),
            "mood": text_variable(["g", "g", "g"]),
        },
    )
    found = network(
        coded,
        Design(rows="actor", qualifier="mood", aggregation="conflict", rules="dna-3.1.2"),
    )
    assert found.matrix.tolist() == [[0, 1], [1, 0]]
    assert [coded.ids[row] for row in evidence(coded, found).of(0)] == ["2"]


@pytest.mark.parametrize("mode", ["one", "two"])
def test_more_statements_than_are_asked_for_are_refused(mode):
    coded = statements(Random(4), 90)
    aggregation = "congruence" if mode == "one" else "ignore"
    found = network(
        coded, Design(mode=mode, aggregation=aggregation, rows="actor", qualifier="sign")
    )
    count = len(evidence(coded, found).statements)
    assert len(evidence(coded, found, most=count).statements) == count
    with pytest.raises(TooLarge, match=f"{count} statements stand behind these ties"):
        evidence(coded, found, most=count - 1)
