"""No command that writes a file writes over the files of a case."""

from __future__ import annotations

import shutil

import pytest
from typer.testing import CliRunner

from melian import verbs
from melian.cli.app import app
from melian.problems import UsageError

COMMANDS = {
    "stability": ("statements.csv", "deeds.csv"),
    "evolution": ("said.svg",),
    "draw": ("said.svg",),
    "brief": ("said.md", "said.html"),
}


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(verbs.locate("nato-russia-2008"), tmp_path / "case")


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def refused(command, case, output):
    result = CliRunner().invoke(app, [command, str(case), "-o", str(output)])
    assert isinstance(result.exception, UsageError), result.output
    assert "is the case's own file; name another." in str(result.exception)


@pytest.mark.parametrize(("command", "names"), COMMANDS.items())
@pytest.mark.parametrize("way", ["hard link", "link", "by its file"])
def test_output_does_not_go_over_the_files_of_a_case(command, names, way, folder, tmp_path):
    """Few endings are those of the case's own files, but a link may be named anything."""
    before = contents(folder)
    for name in names:
        if (folder / name).exists():
            refused(command, folder, folder / name)
            refused(command, "nato-russia-2008", folder / name)
            continue
        output = tmp_path / name
        if way == "link":
            output.symlink_to(folder / "statements.csv")
        else:
            output.hardlink_to(folder / "statements.csv")
        refused(command, folder if way != "by its file" else folder / "case.yaml", output)
    assert contents(folder) == before
