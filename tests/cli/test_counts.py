"""One of a thing is said in the singular, wherever a command counts."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from melian.cli.app import app

ONE_OF_EACH = """title: The harbour
question: Is it full?
actors: {port: The port}
concepts: {full: the harbour is full}
facts: {full: no}
"""
RECORDS = {
    "case.yaml": ONE_OF_EACH,
    "statements.csv": "id,actor,date,sign,concept\ns1,port,2020,+,full\n",
    "deeds.csv": "id,actor,date,action,shows\n",
}
NOUNS = (
    "actor|concept|statement|deed|claim|argument|attack|certificate|reading|error|warning|source"
)


@pytest.fixture
def harbour(tmp_path):
    folder = tmp_path / "harbour"
    folder.mkdir()
    for name, text in RECORDS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def told(*arguments):
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    assert result.exit_code == 0, result.output
    counts = re.findall(rf"(?<!\S)([\d,]+) ((?:{NOUNS})s?)\b", result.output)
    assert all(noun.endswith("s") == (count != "1") for count, noun in counts), result.output
    return {f"{count} {noun}" for count, noun in counts}


def test_check(harbour):
    assert {"1 actor", "1 concept", "1 statement", "0 deeds"} <= told("check", harbour)


def test_claims(harbour):
    assert "1 claim" in told("claims", harbour)


def test_audit_and_its_certificates(harbour, tmp_path):
    assert "1 certificate" in told("audit", harbour, "--certificates", tmp_path / "papers")


def test_readings(harbour):
    assert "1 reading" in told("readings", harbour)


def test_import(tmp_path):
    table = tmp_path / "debate.csv"
    text = "person,organization,concept,agreement,date\nAnn,Port,full,1,2020-01-01\n"
    table.write_text(text, encoding="utf-8")
    assert "1 statement" in told("import", table, tmp_path / "debate")


def test_a_framework(tmp_path):
    framework = tmp_path / "one.apx"
    framework.write_text("arg(a).\natt(a,a).\n", encoding="utf-8")
    assert {"1 argument", "1 attack"} <= told("claims", framework)
