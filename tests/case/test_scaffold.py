"""What a new case begins with is sound, in every respect that the program checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema
import pytest
import yaml

from melian.case.loading import load
from melian.case.scaffold import scaffold
from melian.case.schema import case_schema
from melian.problems import OutsideError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "title", ["Salt", "Salt: who yields?", "# 'no'", 'Ünïcode \\ "quoted"', "x\ny"]
)
def test_the_new_case_has_the_title_and_no_problems(tmp_path: Path, title: str) -> None:
    files = scaffold(tmp_path / "new" / "case", title)
    assert [file.name for file in files if not file.is_file()] == []
    loaded = load(tmp_path / "new" / "case")
    assert loaded.problems == ()
    assert loaded.case.title == title
    assert loaded.texts["case.yaml"].startswith("# yaml-language-server: $schema=case.schema.json")


def test_the_new_case_shows_every_part_of_the_language(tmp_path: Path) -> None:
    scaffold(tmp_path, "Salt")
    case = load(tmp_path).case
    assert case.conflict is not None
    parts = (case.actors, case.instances, case.concepts, case.rules, case.principles, case.facts)
    more = (case.conflict.preferences, case.levers, case.sources, case.statements, case.deeds)
    assert all((*parts, *more))
    assert all(principle.params for principle in case.principles.values())


def test_the_schema_lies_beside_it_and_accepts_it(tmp_path: Path) -> None:
    scaffold(tmp_path, "Salt")
    text = (tmp_path / "case.yaml").read_text(encoding="utf-8")
    jsonschema.Draft202012Validator(case_schema()).validate(yaml.safe_load(text))
    assert (tmp_path / "case.schema.json").stat().st_size > 0


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        scaffold(tmp_path, "Salt")
    with pytest.raises(UsageError, match="not empty"):
        scaffold(tmp_path / "x", "Salt")
    with pytest.raises(OutsideError, match="cannot be written"):
        scaffold(tmp_path / "x" / "y", "Salt")


def test_a_title_is_written_without_what_a_terminal_would_obey(tmp_path: Path) -> None:
    scaffold(tmp_path / "case", "Salt\x1b[31m\u202e!")
    loaded = load(tmp_path / "case")
    assert (loaded.case.title, loaded.problems) == ("Salt [31m !", ())
