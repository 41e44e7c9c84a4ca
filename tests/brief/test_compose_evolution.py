"""How it could come about, on small cases written out in full."""

from __future__ import annotations

import pytest
from test_compose import CASE, STATEMENTS, brief_of

from melian.brief.citations import words
from melian.brief.compose.grounds import _claims
from melian.brief.document import Cite, Figure, Items, Paragraph
from melian.case.formula import parse


def section(text=CASE, statements=STATEMENTS):
    found = [s for s in brief_of(text, statements).sections if s.id == "coming-about"]
    return found[0] if found else None


def told(blocks):
    return [
        words(prose)
        for block in blocks
        for prose in (
            [block.prose]
            if isinstance(block, Paragraph)
            else [block.lead, *block.items]
            if isinstance(block, Items)
            else []
        )
    ]


IF_ALL_MOVED = "If every party moved as long as it gained by moving, nobody twice in a row, "


def test_shares_steps_and_grounds():
    opening, lead, first, second = told(section().blocks)
    assert opening == (
        f"{IF_ALL_MOVED}the status quo would lead to an equilibrium under every combination of "
        "readings. Over all combinations two equilibria can come about."
    )
    assert lead == "The shortest ways:"
    assert first == (
        "In 50% of the combinations: Bela would pay its dues; then Portia would no longer close "
        "the harbour, holding that the harbour lies idle."
    )
    assert second == "In 50% of the combinations: Bela would pay its dues."


def test_grounds_cite_what_backs_them_and_the_figure_shows_the_ways():
    blocks = section().blocks
    (items,) = [block for block in blocks if isinstance(block, Items)]
    cited = [part.records for part in items.items[0] if isinstance(part, Cite)]
    assert cited == [("s2",)]
    (figure,) = [block for block in blocks if isinstance(block, Figure)]
    step = "Portia moves to state 3 (no longer: close the harbour), which pays in 50%."
    assert step in figure.alt


def test_several_changes__what_decides_comes_first():
    options = "port: {close: close it, dredge: dredge it}"
    text = (
        CASE.replace("port: {close: close the harbour}", options)
        .replace("- {prefer: not close, because: idle}", "- {prefer: dredge, because: idle}")
        .replace("- {prefer: close, because: full}", "- {prefer: not close, why: Quiet.}")
    )
    assert told(section(text).blocks)[2] == (
        "In every combination: Bela would pay its dues; then Portia would above all no longer "
        "close it and would dredge it."
    )


def test_a_wish_that_is_no_single_option_is_told_in_full():
    text = CASE.replace("bela: [pay]", "bela: [close -> pay]").replace(
        "- {prefer: not close, because: idle}", "- {prefer: close, because: idle}"
    )
    (only,) = told(section(text).blocks)[2:]
    assert only == (
        "In every combination: Bela would pay its dues, as it prefers that it would pay its dues "
        "if Portia would close the harbour."
    )


def test_without_readings__no_shares():
    text = CASE.replace(", because: full", "").replace(", because: idle", "")
    assert told(section(text).blocks)[1:] == ["The shortest way:", "Bela would pay its dues."]


def test_a_status_quo_that_lasts_needs_no_figure():
    text = CASE.replace("status_quo: [close]", "status_quo: [close, pay]").replace(
        "- {prefer: not close, because: idle}", "- {prefer: close, because: idle}"
    )
    blocks = section(text).blocks
    assert told(blocks)[2:] == ["In every combination: things stay as they are."]
    assert not [block for block in blocks if isinstance(block, Figure)]


def test_moves_without_end_are_told():
    text = CASE.replace("bela: [pay]", "bela: [close <-> pay]").replace(
        "- {prefer: close, because: full}", "- {prefer: close <-> not pay}"
    )
    (only,) = told(section(text).blocks)
    assert only == (
        f"{IF_ALL_MOVED}the status quo would lead to no equilibrium under any reading: moves would "
        "not end."
    )


def test_without_a_status_quo_the_section_is_left_out():
    assert section(CASE.replace("  status_quo: [close]\n", "")) is None


def test_a_ranking_spelt_out_gives_no_reason():
    spelt = " or ".join(f"(close and pay and {'not ' * (i % 2)}close)" for i in range(8))
    text = CASE.replace("bela: [pay]", f'bela: ["pay and ({spelt} or pay)"]')
    prose = told(section(text).blocks)
    assert any("Bela would pay its dues" in each for each in prose)
    assert all("as it prefers" not in each for each in prose)


@pytest.mark.parametrize(
    ("formula", "claims"),
    [
        ("a and not b", "a, not b"),
        ("not (a or not b)", "not a, b"),
        ("a -> b", "not a, b"),
        ("a <-> b", "a, not a, b, not b"),
    ],
)
def test_grounds__what_is_claimed_for_a_formula_to_be_true(formula, claims):
    found = {f"{'' if c.positive else 'not '}{c.atom}" for c in _claims(parse(formula))}
    assert found == set(claims.split(", "))
