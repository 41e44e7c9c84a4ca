"""What goes wrong outside the program: full disks, closed streams, terminals, odd paths."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

CASE = "nato-russia-2008"
PROGRAM = [sys.executable, "-m", "melian"]


def test_a_full_disk_is_a_sentence():
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "check", CASE], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"melian: the answer cannot be written")
    assert b"Traceback" not in done.stderr


def test_a_reader_that_stops_early_hears_no_complaint():
    command = f"{sys.executable} -m melian audit {CASE} | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert done.stderr == b""


def test_a_terminal_that_knows_few_letters_is_written_to():
    done = subprocess.run(
        [*PROGRAM, "brief", CASE],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("new",), ("brief", CASE, "-o")])
def test_a_path_that_is_too_long_is_a_sentence(command, tmp_path):
    path = tmp_path / ("0" * 300) / "x.html"
    result = CliRunner().invoke(app, [*command, str(path)])
    assert isinstance(result.exception, MelianError)
    assert "cannot be written" in str(result.exception)


def test_a_pipe_is_not_written_over(tmp_path):
    path = tmp_path / "pipe.html"
    os.mkfifo(path)
    result = CliRunner().invoke(app, ["brief", CASE, "-o", str(path)])
    assert isinstance(result.exception, MelianError)
    assert "is no file" in str(result.exception)


def test_a_conflict_that_is_too_large_leaves_the_rest_of_the_brief(tmp_path):
    names = [f"o{i}" for i in range(40)]
    options = ", ".join(f"{name}: do it" for name in names)
    case = (
        "title: Large\nquestion: What?\nactors: {a: A}\nconcepts: {p: it is so}\n"
        f"conflict:\n  options: {{a: {{{options}}}}}\n  preferences: {{a: [o1]}}\n"
    )
    (tmp_path / "case.yaml").write_text(case, encoding="utf-8")
    (tmp_path / "statements.csv").write_text("actor,sign,concept\na,+,p\na,-,p\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["brief", str(tmp_path)])
    told = " ".join(result.stdout.split())
    assert "clash in one place" in told
    assert "What can be expected is not solved" in told
