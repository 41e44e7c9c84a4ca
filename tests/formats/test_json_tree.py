"""What is wrong with a JSON file is said in plain words."""

from __future__ import annotations

import pytest

from melian.formats import json_tree
from melian.problems import OutsideError


def test_long_numbers_are_read_up_to_a_bound() -> None:
    most = 10**json_tree.LONGEST - 1
    assert [node.value for node in json_tree.parse(f"[{most}, -{most}]", "f")] == [most, -most]
    for text in (f"[{most}0]", f'{{"a": -{most}0}}', "9" * 5000):
        with pytest.raises(OutsideError, match="digits, and at most 1,000 are read") as told:
            json_tree.parse(text, "f.json")
        assert "sys" not in str(told.value)


def test_what_is_nested_too_deep_is_told() -> None:
    for text in ("[" * 100_000, '{"a":' * 100_000):
        with pytest.raises(
            OutsideError, match=r'"f\.json" has lists or objects in each other, too'
        ):
            json_tree.parse(text, "f.json")


def test_what_stands_nested_in_the_wrong_place_is_told_whatever_its_depth() -> None:
    for deep in (10, 100, 500, 900):
        try:
            node = json_tree.parse("[" * deep + "]" * deep, "f.json")
        except OutsideError:
            continue
        with pytest.raises(OutsideError, match="must be a text"):
            node.text()
