"""What a new case begins with is sound, in every respect that the program checks."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from melian import verbs
from melian.case.loading import load
from melian.case.scaffold import scaffold
from melian.case.schema import case_schema
from melian.problems import OutsideError, UsageError


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


def test_the_hints_become_parts_of_a_sound_case_when_their_signs_are_taken_away(
    tmp_path: Path,
) -> None:
    scaffold(tmp_path, "Salt")
    before = load(tmp_path).case
    assert not any((before.hypotheses, before.evidence, before.terms, before.events))
    path = tmp_path / "case.yaml"
    parts = path.read_text(encoding="utf-8").split("\n\n")
    hints = [part for part in parts if re.match(r"# \w+:\n", part)]
    assert [hint.split(":")[0] for hint in hints] == ["# hypotheses", "# terms", "# events"]
    bare = [
        re.sub("^# ", "", part, flags=re.MULTILINE) if part in hints else part for part in parts
    ]
    path.write_text("\n\n".join(bare), encoding="utf-8")
    loaded = load(tmp_path)
    assert loaded.problems == ()
    assert (len(loaded.case.hypotheses), len(loaded.case.evidence)) == (2, 3)
    assert loaded.case.terms
    assert loaded.case.events
    text = "\n\n".join(bare)
    jsonschema.Draft202012Validator(case_schema()).validate(yaml.safe_load(text))
    (weighing,) = verbs.why(loaded.case).weighings
    assert (len(weighing.items), weighing.left_out) == (2, ())


def test_the_hints_on_who_acts_together_and_believes_what_belong_to_the_conflict(
    tmp_path: Path,
) -> None:
    scaffold(tmp_path, "Salt")
    path = tmp_path / "case.yaml"
    text = path.read_text(encoding="utf-8")
    (hint,) = [part for part in text.split("\n\n") if part.startswith("#   coalitions:")]
    bare = re.sub("^# ", "", hint, flags=re.MULTILINE)
    path.write_text(text.replace("      - dredge\n", f"      - dredge\n{bare}\n"), encoding="utf-8")
    loaded = load(tmp_path)
    assert loaded.problems == ()
    conflict = loaded.case.conflict
    assert conflict is not None
    assert (len(conflict.coalitions), len(conflict.beliefs), len(conflict.unseen)) == (1, 1, 1)
    verbs.hypergame(loaded.case)
    verbs.coalition_stability(loaded.case, verbs.coalitions(loaded.case))


@pytest.mark.parametrize(
    ("name", "table"), [("statements.csv", "statements"), ("deeds.csv", "deeds")]
)
def test_the_tables_have_every_column_that_the_documentation_lists(
    tmp_path: Path, name: str, table: str
) -> None:
    scaffold(tmp_path, "Salt")
    header = (tmp_path / name).read_text(encoding="utf-8").split("\n")[0].split(",")
    text = (Path(__file__).parents[2] / "docs" / "case.md").read_text(encoding="utf-8")
    section = text[text.index("## Statements and deeds") : text.index("## Rules, principles")]
    if table == "deeds":
        start = section.index("`deeds.csv` has")
        listed = section[start : section.index(";", start)].replace("`deeds.csv` has", "")
    else:
        lines = [line for line in section.split("\n") if line.startswith("| `")]
        listed = " ".join(line.split("|")[1] for line in lines)
    assert sorted(re.findall(r"`(\w+)`", listed)) == sorted(header)


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
