"""The sections hypotheses, evidence and terms: read, checked at their place, and made sound."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_checks import CASE, FILES

from melian.case import likelihood
from melian.case.likelihood import SCALE, neighbours, value_of, word_of
from melian.case.loading import load_text
from melian.case.model import Likelihood
from melian.case.sound import sound

SECTIONS = """\
hypotheses:
  torn: {text: Mar is torn, label: torn, about: mar, prior: 0.4, source: memo}
  blind: Mar does not see it
  poor: {text: Mar is poor, about: mar, prior: even}
  lost: Mar is lost
evidence:
  - item: s1
    likely: {torn: 0.8, poor: unlikely}
    with: [paper]
  - finding: {mar: [safe, fair]}
    likely: {torn: 60%, poor: very likely, blind: even, lost: .25}
  - id: paper
    missing: a paper on it
    likely: {blind: remote, lost: almost-certain}
  - item: open(port)
    likely: {torn: 0.5, poor: 0.5}
terms:
  free-sea:
    mar: {means: [open(port), not old], source: memo}
    lin:
      - {means: old, when: 2008-01..2008-03, source: memo}
      - {means: [fair], when: 2008-04.., source: memo, locator: p. 1}
"""
WHOLE = FILES | {"case_yaml": CASE + SECTIONS}


def loaded_with(*changes):
    text = CASE + SECTIONS
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return load_text(**FILES | {"case_yaml": text})


def test_the_sections_are_read():
    loaded = load_text(**WHOLE)
    assert loaded.problems == ()
    case = loaded.case
    assert case.hypotheses["torn"].prior == 0.4
    assert case.hypotheses["poor"].prior is None
    assert case.hypotheses["blind"].text == "Mar does not see it"
    first, second, third, fourth = case.evidence
    assert first.likely == {"torn": Likelihood(0.8), "poor": Likelihood(0.325, "unlikely")}
    assert second.likely["torn"] == Likelihood(0.6)
    assert second.likely["poor"] == Likelihood(0.875, "very-likely")
    assert (second.name, second.actor) == ("mar: safe, fair", "mar")
    assert (third.name, third.missing, first.beside) == ("paper", "a paper on it", ("paper",))
    assert fourth.item == "open(port)"
    assert [str(d.period) for d in case.terms["free-sea"]] == [
        "..",
        "2008-01..2008-03",
        "2008-04..",
    ]
    assert sound(case).evidence == case.evidence
    assert sound(case).hypotheses == case.hypotheses
    assert sound(case).terms == case.terms


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("bad-likelihood", "torn: 0.8,", "torn: ▸1,"),
        ("bad-likelihood", "torn: 0.8,", "torn: ▸0,"),
        ("bad-likelihood", "torn: 0.8,", "torn: ▸-0.2,"),
        ("bad-likelihood", "torn: 0.8,", "torn: ▸nan,"),
        ("bad-likelihood", "torn: 60%,", "torn: ▸100%,"),
        ("bad-likelihood", "torn: 0.8,", "torn: ▸certain,"),
        ("bad-likelihood", "prior: 0.4", "prior: ▸4"),
        ("which-evidence", "  - item: s1\n", "  - ▸missing: x\n    item: s1\n"),
        ("which-evidence", "  - item: s1\n    likely", "  - ▸likely"),
        ("bad-finding", "{mar: [safe, fair]}", "▸{mar: [safe], lin: [old]}"),
        ("bad-finding", "{mar: [safe, fair]}", "▸{mar: []}"),
        ("missing-key", "  - item: open(port)\n    likely: {torn: 0.5, poor: 0.5}\n",
         "  - ▸item: open(port)\n"),
        ("unknown-hypothesis", "torn: 0.8, poor", "torn: 0.8, ▸por: 0.2, poor"),
        ("unknown-item", "item: s1", "item: ▸s9"),
        ("unknown-item", "item: open(port)", "item: ▸open(prt)"),
        ("unknown-item", "with: [paper]", "with: [▸papers]"),
        ("unknown-item", "with: [paper]", "with: [▸s1]"),
        ("partly-coded", "{torn: 0.8, poor: unlikely}", "▸{torn: 0.8}"),
        ("evidence-twice", "  - item: open(port)", "  - ▸item: s1"),
        ("unknown-finding", "[safe, fair]", "[safe, not ▸old]"),
        ("unknown-finding", "[safe, fair]", "[not ▸safe, fair]"),
        ("unknown-concept", "[safe, fair]", "[safe, ▸far]"),
        ("unknown-actor", "{mar: [safe, fair]}", "{▸mer: [safe, fair]}"),
        ("unknown-actor", "torn, about: mar", "torn, about: ▸mer"),
        ("unknown-source", "0.4, source: memo", "0.4, source: ▸meno"),
        ("priors-do-not-sum", ("prior: 0.4, source: memo}\n  blind: Mar does not see it\n"
         "  poor: {text: Mar is poor, about: mar, prior: even}"),
         "prior: ▸0.4}\n  blind: b\n  poor: {text: p, about: mar, prior: 0.7}"),
        ("no-rival", "  blind: Mar does not see it\n", "  ▸blind: {text: b, about: lin}\n"),
        ("no-evidence", "about: mar, prior: even}", ("about: mar, prior: even}\n"
         "  ▸old: {text: Lin is old, about: lin}\n  new: {text: Lin is new, about: lin}")),
        ("look-alike", "  lost: Mar is lost", "  lost: Mar is lost\n  ▸Lost: Mar is out"),
        ("unknown-concept", "[open(port), not old]", "[open(port), not ▸odd]"),
        ("wrong-arguments", "[open(port), not old]", "[▸open, not old]"),
        ("unknown-actor", "    mar: {means", "    mer: ▸{means"),
        ("no-source", "{means: old, when: 2008-01..2008-03, source: memo}",
         "▸{means: old, when: 2008-01..2008-03}"),
        ("no-parts", "{means: old, when", "▸{means: [], when"),
        ("no-rival", "terms:", "terms:\n  toll:\n    mar: ▸{means: [old], source: memo}"),
        ("two-definitions", "when: 2008-04..", "when: ▸2008-03.."),
        ("bad-period", "when: 2008-04..", "when: ▸soon"),
    ],
)  # fmt: skip
def test_a_problem_is_found_at_its_place(code, old, new):
    text = CASE + SECTIONS
    assert text.count(old) == 1, old
    before, _, after = text.replace(old, new).partition("▸")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    found = load_text(**FILES | {"case_yaml": before + after}).problems
    assert (code, line, column) in {(p.code, p.location.line, p.location.column) for p in found}


def test_hints_say_what_to_type():
    (problem,) = loaded_with(("torn: 0.8,", "torn: lkely,")).problems
    assert problem.hint == 'Did you mean "likely"?'
    (problem,) = loaded_with(("torn: 0.8,", "torn: 2,")).problems
    assert problem.message == "2 does not lie between 0 and 1."
    assert "above 0 and below 1" in problem.hint
    (problem,) = loaded_with(("{torn: 0.8, poor: unlikely}", "{torn: 0.8}")).problems
    assert problem.message == "It is not said how likely this is if poor holds; it is left out."
    assert problem.hint == "Add under likely: poor."


def test_an_item_with_a_likelihood_that_cannot_be_read_is_left_out_whole():
    case = loaded_with(("torn: 0.8,", "torn: 2,")).case
    assert [each.name for each in case.evidence] == ["mar: safe, fair", "paper", "open(port)"]


def test_the_sound_part_leaves_out_what_errors_touch_and_nothing_else():
    loaded = loaded_with(
        ("item: open(port)", "item: open(prt)"),
        ("[open(port), not old]", "[odd]"),
        ("prior: even", "prior: 0.9"),
        ("torn: 60%, poor: very likely, ", "torn: 60%, "),
    )
    case = sound(loaded.case)
    assert [each.name for each in case.evidence] == ["s1", "mar: safe, fair", "paper"]
    assert set(case.evidence[1].likely) == {"blind", "lost"}  # not told for both of the others
    assert [each.actor for each in case.terms["free-sea"]] == ["lin", "lin"]
    assert [h.prior for h in case.hypotheses.values()] == [None] * 4


def test_evidence_may_be_coded_for_two_sets_of_rivals_in_two_places():
    more = "  - item: s1\n    likely: {blind: 0.3, lost: 0.6}\nterms:"
    loaded = loaded_with(("terms:", more))
    assert loaded.problems == ()
    first = sound(loaded.case).evidence[0]
    assert set(first.likely) == {"torn", "poor", "blind", "lost"}


@pytest.mark.parametrize("what", ["item: s1", "finding: {mar: [safe, fair]}"])
def test_a_record_coded_under_two_names_is_told_unless_the_case_says_so(what):
    both = "likely: {torn: 0.3, poor: 0.6}"
    more = f"  - {{id: again, {what}, {both}}}\nterms:"
    (problem,) = loaded_with(("terms:", more)).problems
    assert (problem.code, problem.severity) == ("evidence-alike", "warning")
    first = "s1" if what == "item: s1" else "mar: safe, fair"
    assert problem.message == f'"again" is the same as "{first}".'
    if first == "s1":
        more = f"  - {{id: again, {what}, {both}, with: [{first}]}}\nterms:"
        assert loaded_with(("terms:", more)).problems == ()


def test_the_scale_has_no_gaps_and_words_stand_for_the_middle():
    assert all(most == least for (_, most), (least, _) in pairwise(SCALE.values()))
    for word, (least, most) in SCALE.items():
        assert math.isclose(value_of(word), (least + most) / 2)
        assert word_of(value_of(word)) == word


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_the_words_beside_a_likelihood_lie_on_either_side_of_it(value):
    below, above = neighbours(value)
    assert 0 < below <= value <= above < 1
    if 0.01 < value < 0.99:
        assert below < value < above


@given(st.sampled_from(likelihood.WORDS))
def test_a_word_has_the_next_words_beside_it(word):
    below, above = neighbours(value_of(word))
    at = likelihood.WORDS.index(word)
    assert at == 0 or below == value_of(likelihood.WORDS[at - 1])
    assert at == len(SCALE) - 1 or above == value_of(likelihood.WORDS[at + 1])
