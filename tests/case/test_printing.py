"""What is printed is read back as the same case, and printed in the same bytes again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from case_strategies import TEXTS, cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_checks import FILES

from melian.case.emitting import block, flow
from melian.case.loading import load, load_text
from melian.case.printing import print_case
from melian.case.yaml_tree import data, read_tree
from melian.problems import Severity

if TYPE_CHECKING:
    from melian.case.loading import Loaded
    from melian.case.model import Case

CASES = sorted((Path(__file__).parents[2] / "src" / "melian" / "cases").glob("*/case.yaml"))


def read_back(case: Case) -> Loaded:
    files = {name.replace(".", "_"): text for name, text in print_case(case).items()}
    return load_text(**files)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_a_printed_case_is_read_back_and_printed_alike(case: Case) -> None:
    loaded = read_back(case)
    assert [p for p in loaded.problems if p.severity is Severity.ERROR] == []
    assert loaded.case == case
    assert print_case(loaded.case) == print_case(case)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_the_cases_that_ship_survive_printing(path: Path) -> None:
    case = load(path.parent).case
    files = {name.replace(".", "_"): text for name, text in print_case(case).items()}
    again = load_text(**files, name=case.id)
    assert again.case == case
    assert list(again.case.concepts) == list(case.concepts)  # in the same order, too


def test_printing_uses_the_short_forms() -> None:
    text = print_case(load_text(**FILES).case)["case.yaml"]
    assert "\n  mar: Mar\n" in text
    assert "mar: [{prefer: sail, because: safe}, not block]\n" in text


VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_emitted_means_the_same_to_another_reader(value: object) -> None:
    lines = block({"key": value})
    assert yaml.safe_load("\n".join(lines)) == {"key": value}
    assert yaml.safe_load(f"[{flow(value)}, z]") == [value, "z"]
    assert data(read_tree("\n".join(lines)).root) == {"key": value}
