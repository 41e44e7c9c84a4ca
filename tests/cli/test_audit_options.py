"""The options of the audit: moments and windows, orders, explanations."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import UsageError

CASE_YAML = """
title: A harbour
question: Who may use it?
period: 2005/2012
actors: {aria: {name: Aria, kind: state}, bela: Bela}
concepts:
  safe: The harbour is safe
  closed: The harbour must be closed
rules: [{excludes: [safe, closed], why: Nobody closes what is safe.}]
"""
STATEMENTS = """id,actor,date,sign,concept,until,retracts
s1,aria,2006,+,safe,,
s2,aria,2008-03,+,closed,2009,
s3,bela,2006,+,safe,,
s4,bela,2007,-,safe,,s3
"""


@pytest.fixture
def case(tmp_path):
    (tmp_path / "case.yaml").write_text(CASE_YAML, encoding="utf-8")
    (tmp_path / "statements.csv").write_text(STATEMENTS, encoding="utf-8")
    return str(tmp_path)


def run(*args):
    return CliRunner().invoke(app, list(args))


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ((), 1),
        (("--at", "2008-02"), 0),
        (("--at", "2008-03"), 1),
        (("--from", "2009-12-31"), 1),
        (("--from", "2010"), 0),
        (("--until", "2007"), 0),
        (("--from", "2007", "--until", "2008"), 1),
    ],
)
def test_an_audit_of_a_moment_or_a_window(case, options, count):
    found = json.loads(run("audit", case, *options, "--json").stdout)
    assert len(found["findings"]) == count
    readings = json.loads(run("readings", case, *options, "--json").stdout)
    assert readings["counts"]["aria"] == 1 + count


def test_open_changes_are_told(case):
    text = run("audit", case).stdout
    assert "Positions that changed openly" in text
    assert "declared" in text


def test_explanations_go_step_by_step(case):
    text = " ".join(run("audit", case, "--explain").stdout.split())
    assert "1. Aria said in 2006 that the harbour is safe." in text
    assert "3. Yet the two exclude each other. Nobody closes what is safe." in text
    assert "give up the claim that the harbour must be closed" in text
    assert "backed 0.50" in text


def test_explanations_and_data_tell_what_would_dissolve_a_finding():
    text = " ".join(run("audit", "nato-russia-2008", "--explain").stdout.split())
    fact = "that most people in Georgia do not support membership in NATO"
    assert f"What would dissolve it: {fact} (the case takes the opposite as a fact)." in text
    found = json.loads(run("audit", "nato-russia-2008", "--json").stdout)["findings"]
    double = [f for f in found if f["kind"] == "double_standard"]
    assert {f["direction"] for f in double} == {"refused"}
    kosovo = next(f for f in double if "kosovo-precedent" in f["commitments"])
    assert {(d["claim"], d["how"], d["standing"]) for d in kosovo["distinctions"]} == {
        ("not seeks-separation(kosovo)", "condition", "denied"),
        ("state-applies(crimea)", "difference", "open"),
    }


def test_an_order_is_shown_in_its_own_column(case):
    assert "backed" in run("audit", case, "--sort", "backed").stdout.split("\n")[1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--at", "soon"), "is not a date"),
        (("--at", "2008", "--from", "2007"), "not both"),
        (("--from", "2009", "--until", "2008"), "ends (2008) before it starts (2009)"),
        (("--sort", "colour"), "Findings can be ordered by severity"),
    ],
)
def test_wrong_use_is_a_sentence(case, options, message):
    error = run("audit", case, *options).exception
    assert isinstance(error, UsageError)
    assert message in str(error)


def test_bounds_cut_an_audit_short_and_say_where(case):
    data = json.loads(run("audit", case, "--json", "--work", "0").stdout)
    assert not data["complete"]
    assert data["findings"] == []
    assert set(data["actors"]["aria"]["unsearched"]) == {"safe", "closed"}
    whole = json.loads(run("audit", case, "--json", "--work", "100000", "--limit", "5").stdout)
    assert whole["complete"]
    assert [f["commitments"] for f in whole["findings"]] == [["safe", "closed"]]
    assert {each["actor"]: each["commitments"] for each in whole["changes"]} == {
        "bela": ["safe", "not safe"]
    }
    assert all(actor["unsearched"] == [] for actor in whole["actors"].values())
    shown = run("audit", case, "--work", "0")
    assert "No clash was found as far as the search went." in shown.stdout
    assert "cut short" in shown.stderr


@pytest.mark.parametrize(("option", "value"), [("--limit", "0"), ("--work", "-1")])
def test_bounds_that_make_no_sense_are_refused(case, option, value):
    refused = run("audit", case, option, value)
    assert refused.exit_code == 2
    assert option in refused.stderr


@pytest.mark.parametrize("command", ["audit", "readings"])
def test_a_moment_before_anything_was_said_is_not_a_case_in_which_nothing_is_coded(
    case, tmp_path, command
):
    told = "No statement or deed is {}, so there is nothing to"
    assert told.format("in force then") in run(command, case, "--at", "2001").stdout
    (tmp_path / "statements.csv").write_text("actor,sign,concept\n", encoding="utf-8")
    assert told.format("coded") in run(command, case).stdout


def test_a_brief_of_a_moment_says_so(case, tmp_path):
    made = tmp_path / "brief.md"
    assert run("brief", case, "--at", "2008-02", "-o", str(made)).exit_code == 0
    text = made.read_text(encoding="utf-8")
    assert "from 1 February 2008 until 29 February 2008" in text
    assert "both that the harbour is safe" not in text
    assert run("brief", case, "--at", "2008-04", "-o", str(made)).exit_code == 0
    assert "both that the harbour is safe" in made.read_text(encoding="utf-8")


def test_outcomes_of_a_moment_rest_on_what_is_in_force_then():
    whole, early = (
        json.loads(run("outcomes", "nato-russia-2008", *options, "--json").stdout)
        for options in ((), ("--at", "2008-01"))
    )
    assert whole["combinations"] != early["combinations"]


def test_claims_are_judged_at_the_end_of_the_period(case, tmp_path):
    ended = json.loads(run("claims", case, "--json").stdout)
    assert [c["claim"] for c in ended["claims"] if c["party"] == "aria"] == ["safe"]
    earlier = CASE_YAML.replace("2005/2012", "2005/2008")
    (tmp_path / "case.yaml").write_text(earlier, encoding="utf-8")
    then = json.loads(run("claims", case, "--json").stdout)
    assert [c["claim"] for c in then["claims"] if c["party"] == "aria"] == ["safe", "closed"]
