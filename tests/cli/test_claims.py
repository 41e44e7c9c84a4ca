"""The command ``melian claims``: of a case, and of a bare framework."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

CASE = "nato-russia-2008"


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "melian", *args], capture_output=True, text=True, check=False
    )


def data(*args: str):
    result = run(*args, "--json")
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_every_commitment_of_a_party_is_a_claim_that_is_judged():
    """Against the audit, which collects commitments by itself."""
    found = data("claims", CASE)
    claims = {(each["party"], each["claim"]) for each in found["claims"]}
    assert len(claims) == len(found["claims"])
    counts = {party: sum(who == party for who, _ in claims) for party, _ in claims}
    audited = data("audit", CASE)["actors"]
    assert counts == {party: each["commitments"] for party, each in audited.items()}
    assert found["complete"] is True
    assert found["scope"] == "dispute"


def test_one_finding_and_the_claims_of_it():
    """Russia refuses Kosovo what its own principle grants: neither holds whatever else does."""
    found = data("claims", CASE, "--actor", "russia", "--alone")
    by_claim = {each["claim"]: each for each in found["claims"]}
    kosovo = by_claim["not may-secede(kosovo)"]
    assert (kosovo["grounded"], kosovo["preferred"]) == ("undecided", "some")
    (attacker,) = kosovo["attackers"]
    assert attacker["parties"] == ["russia"]
    assert "fact:seeks-separation(kosovo)" in attacker["records"]
    assert attacker["how"] == ["rebut"]
    assert by_claim["great-power"]["grounded"] == "undecided"
    assert by_claim["joint-radar"]["grounded"] == "in"


def test_about__tells_the_dispute_in_moves_with_their_records():
    told = run("claims", CASE, "--about", "may-secede(abkhazia)")
    assert told.returncode == 0
    text = " ".join(told.stdout.split())
    assert "Georgia's claim that Abkhazia may not break away" in text
    assert "2. Against, to 1: It is a fact that Abkhazia seeks to break away" in text
    assert "[georgia-applies]" in text
    (claim,) = data("claims", CASE, "--about", "may-secede(abkhazia)", "--actor", "georgia")[
        "claims"
    ]
    assert [move["number"] for move in claim["dispute"]] == list(
        range(1, len(claim["dispute"]) + 1)
    )


def test_at__only_what_was_said_by_then():
    before = {each["claim"] for each in data("claims", CASE, "--at", "2008-01-15")["claims"]}
    after = {each["claim"] for each in data("claims", CASE)["claims"]}
    assert before < after


@pytest.mark.parametrize("semantics", ["grounded", "preferred", "stable"])
def test_the_table_counts_how_claims_fare(semantics):
    told = run("claims", CASE, "--actor", "nato", "--semantics", semantics)
    assert told.returncode == 0
    assert "claims: " in told.stdout
    assert semantics in told.stdout


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--semantics", "prefered"), 'Did you mean "preferred"?'),
        (("--alone",), "--alone needs --actor"),
        (("--actor", "rusia"), 'Did you mean "russia"?'),
        (("--actor", "putin"), "audit russia instead"),
        (("--about", "nato-relik"), 'Did you mean "nato-relic"?'),
        (("--about", "nonsense"), 'The case has no concept "nonsense". melian claims lists'),
        (("--about", "may-secede(nowhere)"), "None of the claims chosen asserts or denies"),
        (("--at", "soon"), "soon"),
    ],
)
def test_wrong_use_is_a_sentence(args, sentence):
    result = run("claims", CASE, *args)
    assert result.returncode == 2
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def diamond(tmp_path):
    path = tmp_path / "diamond.apx"
    path.write_text("arg(quaker). arg(republican). arg(fact).\natt(quaker,republican).\n"
                    "att(republican,quaker).\n")  # fmt: skip
    return str(path)


def test_a_bare_framework(diamond):
    assert data("claims", diamond) == {
        "grounded": ["fact"],
        "preferred": [["quaker", "fact"], ["republican", "fact"]],
        "stable": [["quaker", "fact"], ["republican", "fact"]],
        "complete": True,
    }
    told = run("claims", diamond)
    assert "3 arguments, 2 attacks." in told.stdout
    assert "preferred: quaker fact\n" in told.stdout


def test_a_bare_framework_with_a_mistake_in_it(tmp_path):
    path = tmp_path / "wrong.tgf"
    path.write_text("a\nb\n#\na z\nb a\n")
    told = run("claims", str(path))
    assert told.returncode == 1
    assert "wrong.tgf:4:1" in "".join(told.stdout.split("\n"))
    assert "grounded: b" in told.stdout
    assert run("claims", str(path), "--actor", "a").returncode == 2
    assert "cannot be read" in run("claims", str(tmp_path / "none.af")).stderr


def test_export__the_arguments_of_a_case_are_read_back_with_the_same_outcome(tmp_path):
    """A claim holds whatever else does just if an argument for it is in the grounded extension."""
    path = tmp_path / "case.apx"
    assert run("export", CASE, str(path)).returncode == 0
    texts = dict(
        line[2:].strip().split(" ", 1) for line in path.read_text().splitlines() if line[0] == "%"
    )
    grounded = {texts[name] for name in data("claims", str(path))["grounded"]}
    assert any(text.endswith("should run the radar at Gabala together") for text in grounded)
    assert not any(text.endswith("a great power in the world") for text in grounded)


def test_claims_that_only_deeds_show_are_marked(tmp_path):
    (tmp_path / "case.yaml").write_text(
        "title: a\nquestion: b\nactors: {mar: Mar}\nconcepts: {dry: it is dry, wet: it is wet}\n",
        encoding="utf-8",
    )
    statements, deeds = (
        "id,actor,sign,concept\ns1,mar,+,dry\n",
        "id,actor,action,shows\nd1,mar,swims,wet\n",
    )
    (tmp_path / "statements.csv").write_text(statements, encoding="utf-8")
    (tmp_path / "deeds.csv").write_text(deeds, encoding="utf-8")
    told = run("claims", str(tmp_path)).stdout
    assert "wet (by deeds)" in told
    assert "dry (by deeds)" not in told
