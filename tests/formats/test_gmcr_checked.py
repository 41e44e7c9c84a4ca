"""A conflict in a file is checked as one in a case is, and read leniently where nothing is lost."""

from __future__ import annotations

import json

import pytest

from melian import verbs


def content(**more):
    makers = [
        {"name": name, "options": [number], "preferences": [], "misperceptions": []}
        for number, name in enumerate("AB")
    ]
    return {
        "options": [{"name": name, "permittedDirection": "both"} for name in "xy"],
        "decisionMakers": makers,
        "infeasibles": [],
        "useManualPreferenceRanking": False,
        **more,
    }


@pytest.fixture
def opened(tmp_path):
    def read(data):
        (tmp_path / "quarrel.gmcr").write_text(json.dumps(data), encoding="utf-8")
        return verbs.open_case(str(tmp_path / "quarrel.gmcr"))

    return read


def test_members_named_twice_make_no_coalition_and_a_coalition_is_read_once(opened):
    found = opened(content(coalitions=[[0, 0], [0, 1], [1, 0], [1, 0, 1], 1]))
    assert found.problems == ()
    assert found.case.conflict.coalitions == (("a", "b"), ("b", "a"))
    stable = verbs.coalition_stability(found.case, verbs.coalitions(found.case))
    assert stable.coalitions == (("a", "b"),)


def test_who_would_see_nothing_is_told_and_counts_as_seeing_all(opened):
    data = content()
    data["decisionMakers"][0]["misperceptions"] = [[[0, "Y"]], [[0, "N"]]]
    found = opened(data)
    assert [problem.code for problem in found.errors] == ["sees-nothing"]
    assert found.problems[0].location.file.endswith("quarrel.gmcr")
    assert found.case.conflict.unseen == {}


def test_what_the_reading_says_itself_is_said_once(opened):
    data = content(infeasibles=[[[0, "Y"]], [[0, "N"]]])
    data["decisionMakers"][1]["options"] = []
    codes = sorted(problem.code for problem in opened(data).problems)
    assert codes == ["no-feasible-state", "option-without-owner"]
