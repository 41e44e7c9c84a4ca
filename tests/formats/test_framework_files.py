"""Argumentation frameworks as files: apx, tgf, af."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.case.framework import Framework
from melian.formats.frameworks import ENDINGS, parse, read, written
from melian.problems import OutsideError, UsageError

CHAIN = Framework(("a", "b", "c"), ((0, 1), (1, 2)))


def test_apx__facts_in_any_order_and_several_on_a_line():
    text = "att(b, c). % first the attacks\narg(a).arg(b) .\n  arg( c ).\natt(a,b).\n"
    found, problems = parse(text, "f.apx", ".apx")
    assert not problems
    assert found.arguments == CHAIN.arguments
    assert set(found.attacks) == set(CHAIN.attacks)


def test_tgf__labels_are_passed_over():
    assert parse("a the first\nb\nc\n#\na b\nb c because\n", "f.tgf", ".tgf") == (CHAIN, ())


def test_af__as_the_competition_of_2023_writes_it():
    found, problems = parse("# made by hand\np af 3\n1 2 # x\n2 3\n", "f.af", ".af")
    assert (found.arguments, found.attacks, problems) == (("1", "2", "3"), CHAIN.attacks, ())


@pytest.mark.parametrize(
    ("ending", "text", "line", "column", "word"),
    [
        (".apx", "arg(a).\narg(b). att(a,x).", 2, 9, '"x" attacks or is attacked'),
        (".apx", "arg(a).  arg(b)\narg(c).", 1, 10, '"arg(b)" is neither'),
        (".apx", "arg(a,b).", 1, 1, "neither argument nor attack"),
        (".tgf", "a\nb\n#\na z", 4, 1, '"z" attacks or is attacked'),
        (".tgf", "a\nb\n#\na", 4, 1, '"a" attacks nothing'),
        (".tgf", "a\nb\n", 1, 1, "no line #"),
        (".af", "p af 2\n1 3\n", 2, 1, '"3" attacks or is attacked'),
        (".af", "1 2\n", 1, 1, '"1 2" is no attack'),
        (".af", "p af 2\n1 2 3\n", 2, 1, "is no attack"),
    ],
)
def test_what_is_wrong_is_left_out_and_said(ending, text, line, column, word):
    _, problems = parse(text, f"f{ending}", ending)
    assert len(problems) == 1
    assert (problems[0].location.line, problems[0].location.column) == (line, column)
    assert word in problems[0].message
    assert problems[0].hint


def test_what_is_right_beside_what_is_wrong_is_kept():
    found, problems = parse("arg(a). arg(b).\natt(a,b).\natt(b,z).\nnonsense\n", "f.apx", ".apx")
    assert found == Framework(("a", "b"), ((0, 1),))
    assert len(problems) == 2


def test_an_ending_that_is_none_of_these():
    with pytest.raises(UsageError, match=r"let the file end in \.apx, \.tgf or \.af"):
        parse("", "f.txt", ".txt")
    with pytest.raises(UsageError):
        written(CHAIN, "")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(OutsideError, match="cannot be read"):
        read(tmp_path / "none.apx")


def test_more_arguments_than_anybody_has():
    with pytest.raises(OutsideError, match="at most"):
        parse("p af 999999999", "f.af", ".af")


plain = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
anything = st.text(min_size=1, max_size=8)


@st.composite
def frameworks(draw, names):
    arguments = tuple(draw(st.lists(names, max_size=6, unique=True)))
    numbers = st.integers(0, max(len(arguments) - 1, 0))
    pairs = st.lists(st.tuples(numbers, numbers), unique=True, max_size=12)
    return Framework(arguments, tuple(draw(pairs)) if arguments else ())


@given(frameworks(plain), st.sampled_from([".apx", ".tgf"]))
def test_what_is_written_is_read_back(framework, ending):
    assert parse(written(framework, ending), "f", ending) == (framework, ())


@given(frameworks(anything), st.sampled_from(ENDINGS))
def test_whatever_the_names_the_attacks_are_read_back(framework, ending):
    found, problems = parse(written(framework, ending), "f", ending)
    assert not problems
    assert len(found.arguments) == len(framework.arguments)
    assert set(found.attacks) == set(framework.attacks)


noise = st.text(st.sampled_from("arg(t,b). \n#%p123\x1b\u202eé"), max_size=60)


@settings(max_examples=300)
@given(noise, st.sampled_from(ENDINGS))
def test_no_text_is_too_odd(text, ending):
    found, problems = parse(text, "f", ending)
    assert all(0 <= n < len(found.arguments) for pair in found.attacks for n in pair)
    assert all(1 <= p.location.line <= text.count("\n") + 2 for p in problems)
