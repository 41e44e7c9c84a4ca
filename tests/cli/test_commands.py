"""The commands as a user types them: what they print, and how they fail."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

CASE = "nato-russia-2008"
COMMANDS = (
    "new",
    "check",
    "audit",
    "readings",
    "stability",
    "outcomes",
    "levers",
    "evolution",
    "draw",
    "brief",
)


def run(*args):
    return CliRunner().invoke(app, list(args))


def data(*args):
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def program(*args):
    """Run the program itself, as the shell would."""
    return subprocess.run(
        [sys.executable, "-m", "melian", *args], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_help__each_command_has_an_example(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"melian {command}" in result.stdout


def test_check__the_built_in_case_has_no_problems():
    assert data("check", CASE) == {"problems": []}


def test_audit__prints_the_keys_that_others_rely_on():
    found = data("audit", CASE)
    keys = {"id", "kind", "actor", "title", "statements", "deeds", "facts", "rules", "repairs"}
    assert len(found["findings"]) >= 10
    assert all(keys | {"severity"} <= finding.keys() for finding in found["findings"])
    assert {"commitments", "readings"} <= found["actors"]["russia"].keys()
    assert found["complete"] is True


def test_audit__of_one_actor():
    assert {f["actor"] for f in data("audit", CASE, "--actor", "nato")["findings"]} == {"nato"}


def test_readings__keep_and_drop_every_commitment():
    found = data("readings", CASE)
    commitments = data("audit", CASE)["actors"]
    for actor, readings in found["actors"].items():
        for reading in readings:
            assert not set(reading["keeps"]) & set(reading["drops"])
            both = len(reading["keeps"]) + len(reading["drops"])
            assert both == commitments[actor]["commitments"]
        assert found["counts"][actor] == commitments[actor]["readings"]


def test_stability__numbers_states_from_one_and_spells_their_options():
    found = data("stability", CASE, "--concept", "nash,seq")
    assert set(found["equilibria"]) == {"nash", "seq"}
    assert [s["number"] for s in found["states"]] == list(range(1, len(found["states"]) + 1))
    decimals = [
        sum(2**bit for bit, letter in enumerate(s["options"]) if letter == "Y")
        for s in found["states"]
    ]
    assert decimals == sorted(s["decimal"] for s in found["states"])


def test_stability__counts():
    found = json.loads(run("stability", CASE, "--count").stdout)
    listed = data("stability", CASE)
    assert found["states"] == len(listed["states"])
    assert found["equilibria"] == {c: len(n) for c, n in listed["equilibria"].items()}


def test_outcomes__shares_are_those_of_the_combinations_listed():
    found = data("outcomes", CASE)
    total = sum(combo["readings"] for combo in found["combos"])
    assert total == found["combinations"]
    for outcome in found["outcomes"]:
        met = sum(c["readings"] for c in found["combos"] if outcome["number"] in c["nash"])
        assert outcome["share"]["nash"] == pytest.approx(met / total, abs=1e-6)


@pytest.mark.parametrize("command", ["check", "audit", "readings", "stability", "outcomes"])
def test_commands__print_for_people(command):
    result = run(command, CASE)
    assert result.exit_code == 0
    assert result.stdout.strip()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("audit", "nato-rusia-2008"), 'Did you mean "nato-russia-2008"'),
        (("audit", CASE, "--actor", "rusia"), 'Did you mean "russia"'),
        (("stability", CASE, "--concept", "nahs"), 'Did you mean "nash"'),
        (("brief", CASE, "-o", "brief.docm"), "let the file's name end in"),
        (("brief", CASE, "-o", "nowhere/brief.html"), 'There is no folder "nowhere"'),
        (("check", "README.md"), "is not a case"),
        (("check", "x" * 5000), "There is no case"),
        (("check", "a\0b"), "There is no case"),
    ],
)
def test_wrong_use__is_a_sentence(args, words):
    result = run(*args)
    assert isinstance(result.exception, MelianError)
    assert words in str(result.exception)


def test_wrong_use__goes_to_stderr_with_exit_code_2():
    done = program("audit", "nowhere")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("melian: There is no case")
    assert "Traceback" not in done.stderr


def test_a_case_with_errors__exits_with_1_and_goes_on(tmp_path):
    assert run("new", str(tmp_path / "quay")).exit_code == 0
    text = (tmp_path / "quay" / "case.yaml").read_text(encoding="utf-8")
    (tmp_path / "quay" / "case.yaml").write_text(text + "\nnonsense: 1\n", encoding="utf-8")
    result = run("audit", str(tmp_path / "quay"), "--json")
    assert result.exit_code == 1
    assert "findings" in json.loads(result.stdout)
    assert "melian check" in result.stderr


def test_new__writes_a_case_that_checks_and_briefs(tmp_path):
    folder = tmp_path / "quay"
    result = run("new", str(folder), "--title", "The quay")
    assert result.exit_code == 0
    assert data("check", str(folder)) == {"problems": []}
    brief = data("brief", str(folder))
    assert brief["title"] == "The quay"
    assert brief["answer"]


def test_new__refuses_a_folder_that_is_not_empty(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    result = run("new", str(tmp_path))
    assert isinstance(result.exception, MelianError)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("ending", ["html", "md", "json"])
def test_brief__writes_what_the_ending_says(tmp_path, ending):
    path = tmp_path / f"brief.{ending}"
    assert run("brief", CASE, "-o", str(path)).exit_code == 0
    assert "NATO and Russia in 2008" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["html", "json"])
def test_brief__is_the_same_whatever_the_order_of_sets(tmp_path, ending):
    texts = set()
    for seed in ("0", "1", "2"):
        path = tmp_path / f"{seed}.{ending}"
        command = [sys.executable, "-m", "melian", "brief", CASE, "-o", str(path)]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed})
        texts.add(path.read_text(encoding="utf-8"))
    assert len(texts) == 1


def test_brief__prints_the_answer():
    result = run("brief", CASE)
    assert result.exit_code == 0
    assert "Whichever side of its own contradictions" in " ".join(result.stdout.split())


def test_help__loads_no_engine():
    code = (
        "import sys; import melian.cli; "
        "print([m for m in ('numpy', 'pysat', 'lark', 'jinja2', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
