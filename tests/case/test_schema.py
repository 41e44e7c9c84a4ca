"""The schema that editors read says the same as the reader."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml
from test_checks import CASE

from melian.case.loading import load_text
from melian.case.schema import case_schema, schema_text

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "src" / "melian" / "cases").glob("*/case.yaml"))
VALIDATOR = jsonschema.Draft202012Validator(case_schema())


def errors(text: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(yaml.safe_load(text))]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(case_schema())


def test_the_schema_in_the_documentation_is_this_one() -> None:
    assert (ROOT / "docs" / "case.schema.json").read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_the_cases_that_ship_are_valid(path: Path) -> None:
    assert errors(path.read_text(encoding="utf-8")) == []


def test_likelihoods_are_valid_as_words_numbers_and_percentages() -> None:
    head = (
        "title: a\nquestion: b\nhypotheses: {h: it is so, k: {text: t, prior: even}}\nevidence:\n"
    )
    for good in ("very-likely", "0.8", ".8", "80%", "12.5 %"):
        assert errors(f"{head}  - {{missing: m, likely: {{h: {good}, k: even}}}}") == []
        assert load_text(f"{head}  - {{missing: m, likely: {{h: {good}, k: even}}}}").problems == ()
    for bad in ("certain", "0", "1", "1.2", "120%", "-0.1"):
        assert errors(f"{head}  - {{missing: m, likely: {{h: {bad}, k: even}}}}") != []
        assert load_text(f"{head}  - {{missing: m, likely: {{h: {bad}, k: even}}}}").problems != ()


def test_short_forms_and_years_are_valid() -> None:
    assert errors(CASE) == []
    assert errors(CASE.replace("2008-01..2008-12", "2008")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Salt", "titel: Salt"),
        ("title: Salt\n", ""),
        ("  mar: Mar", "  mar: {kind: state}"),
        ("kind: person", "kind: human"),
        ("  port: the port", "  the port: the port"),
        ("  old: the treaty is old", "  old(: the treaty is old"),
        ("  open(port): {value: true,", "  open(port): {value: maybe,"),
        ("    by: lin\n", ""),
        ("drop: not block", "drop: not block, prefer: block"),
        ("status_quo: [stay]", "status_quo: {stay: now}"),
        ("levers:", "levers: toll\nrules_:"),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(old: str, new: str) -> None:
    text = CASE.replace(old, new)
    assert text != CASE
    assert errors(text) != []
    assert any(problem.severity == "error" for problem in load_text(text).problems)
