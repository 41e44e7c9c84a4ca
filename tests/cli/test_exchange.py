"""Import and export as a user types them: what is added, what is said, and what is left alone."""

from __future__ import annotations

import codecs
import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.formats import registry
from melian.problems import MelianError, OutsideError, UsageError

CONFLICT = {
    "decisionMakers": [
        {"name": "Mill", "options": [0], "preferences": []},
        {"name": "Town", "options": [1], "preferences": []},
    ],
    "options": [
        {"name": "dam the river", "permittedDirection": "both"},
        {"name": "sue", "permittedDirection": "both"},
    ],
    "infeasibles": [],
    "useManualPreferenceRanking": False,
}


def run(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def data(*args):
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def conflict(tmp_path):
    path = tmp_path / "river.gmcr"
    path.write_text(json.dumps(CONFLICT), encoding="utf-8")
    return path


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_import__begins_a_case_that_has_no_errors(conflict, tmp_path):
    folder = tmp_path / "dispute"
    result = run("import", conflict, folder)
    assert result.exit_code == 0, result.output
    assert "Added 2 actors, 1 conflict." in result.stdout
    problems = data("check", folder)["problems"]
    assert not [p for p in problems if p["severity"] == "error"]
    states = data("stability", folder)["states"]
    assert [state["options"] for state in states] == ["NN", "YN", "NY", "YY"]


def test_import__a_dry_run_writes_nothing(conflict, tmp_path):
    folder = tmp_path / "dispute"
    told = data("import", conflict, folder, "--dry-run")
    assert not folder.exists()
    assert told["added"] == data("import", conflict, folder)["added"]


def test_import__twice_is_once(conflict, tmp_path):
    folder = tmp_path / "dispute"
    run("import", conflict, folder)
    before = contents(folder)
    again = data("import", conflict, folder)
    assert contents(folder) == before
    assert again["files"] == []
    assert again["added"] == {}
    assert again["present"]["actors"] == ["mill", "town"]


def test_import__keeps_what_is_there_and_says_so(conflict, tmp_path):
    folder = tmp_path / "dispute"
    folder.mkdir()
    lines = ("# mine", "title: River", "question: Who?", "actors:", "  mill: The mill  # mine, too")
    text = "".join(f"{line}\r\n" for line in lines)
    (folder / "case.yaml").write_bytes(codecs.BOM_UTF8 + text.encode())
    told = data("import", conflict, folder)
    assert told["kept"] == {"actors": ["mill"]}
    after = contents(folder)["case.yaml"]
    assert after.startswith(codecs.BOM_UTF8 + text.encode())
    assert b"\n" not in after.replace(b"\r\n", b"")


def test_import__leaves_a_file_alone_that_is_not_utf_8(conflict, tmp_path):
    folder = tmp_path / "dispute"
    folder.mkdir()
    (folder / "case.yaml").write_bytes("title: Fluß\nquestion: Who?\n".encode("cp1252"))
    before = contents(folder)
    result = run("import", conflict, folder)
    assert isinstance(result.exception, UsageError)
    assert "save it as UTF-8 first" in str(result.exception)
    assert contents(folder) == before


def test_saving__leaves_a_file_alone_that_changed_meanwhile(tmp_path):
    from melian.case.saving import save

    (tmp_path / "case.yaml").write_text("title: new\n", encoding="utf-8")
    texts = {"sources.yaml": "a: b\n", "case.yaml": "title: mine\n"}
    with pytest.raises(UsageError, match=r"case\.yaml was changed in the meantime"):
        save(tmp_path, texts, {"case.yaml": "title: old\n"})
    assert contents(tmp_path) == {"case.yaml": b"title: new\n"}


def test_saving__into_a_folder_that_cannot_be_made(tmp_path):
    from melian.case.saving import save

    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutsideError, match="cannot be written to"):
        save(tmp_path / "file" / "case", {"case.yaml": ""}, {})


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("import", "nowhere.csv", "new"), "cannot be read"),
        (("import", "README.md", "new"), "Say with --as which it is"),
        (("import", "README.md", "new", "--as", "gmrc"), 'Did you mean "gmcr"'),
        (("import", "README.md", "README.md", "--as", "gmcr"), "is no folder"),
        (("import", "README.md", "new", "--columns", "person"), "names nothing"),
        (("export", "nato-russia-2008", "case.xyz"), "ends in nothing that a case is written as"),
        (("export", "nato-russia-2008", "-", "--as", "xyz"), "is no format here"),
    ],
)
def test_wrong_use__is_a_sentence(args, words):
    result = run(*args)
    assert isinstance(result.exception, MelianError), result.output
    assert words in str(result.exception)


def test_import__does_not_begin_a_case_among_half_of_another(conflict, tmp_path):
    (tmp_path / "statements.csv").write_text("id\n", encoding="utf-8")
    result = run("import", conflict, tmp_path)
    assert "holds statements.csv but no case.yaml" in str(result.exception)


@pytest.mark.parametrize("format_", registry.FORMATS, ids=lambda format_: format_.name)
def test_formats__do_what_the_registry_says(format_):
    module = format_.load()
    assert hasattr(module, "read") or not format_.reads
    assert hasattr(module, "written") or not format_.writes
    assert format_.reads or format_.writes
    assert all(ending.startswith(".") for ending in format_.endings)
    assert registry.named(format_.name) is format_


def test_formats__each_name_is_used_once():
    names = [format_.name for format_ in registry.FORMATS]
    assert len(names) == len(set(names))


def test_statements__go_out_and_come_in_again(tmp_path):
    path = tmp_path / "said.csv"
    assert run("export", "nato-russia-2008", path).exit_code == 0
    rows = path.read_text(encoding="utf-8").splitlines()[1:]
    told = data("import", path, tmp_path / "again")
    assert len(told["added"]["statements"]) == len({row.split(",")[0] for row in rows})
    printed = run("export", tmp_path / "again", "-", "--as", "statements").stdout
    assert printed.splitlines()[1:] == rows


def test_import__a_table_with_other_names_for_its_columns(tmp_path):
    path = tmp_path / "said.csv"
    path.write_text("Wer,Was,Wie\nIda,Deich,1\nIda,Deich,0\n", encoding="utf-8")
    columns = "person=Wer,concept=Was,agreement=Wie"
    result = run("import", path, tmp_path / "quay", "--columns", columns)
    assert "Added 1 actor, 1 concept, 1 source, 2 statements." in result.stdout
    (finding,) = data("audit", tmp_path / "quay")["findings"]
    assert finding["statements"] == ["said-row-1", "said-row-2"]


def test_import__tells_what_is_wrong_with_a_row_and_adds_the_others(tmp_path):
    path = tmp_path / "said.csv"
    path.write_text("person,concept,agreement\nIda,Deich,1\nIda,Deich,?\n", encoding="utf-8")
    result = run("import", path, tmp_path / "quay")
    assert result.exit_code == 1
    assert "said.csv:3:11 error [bad-sign]" in result.stdout
    assert "1 statement." in result.stdout


OWN = ("case.yaml", "sources.yaml", "statements.csv", "deeds.csv")


def a_case(folder):
    folder.mkdir()
    (folder / "case.yaml").write_text("title: Quay\nactors: {ida: Ida}\n", encoding="utf-8")
    (folder / "statements.csv").write_text("id,actor\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("way", ["here", "another", "link", "folder-link", "hard-link"])
def test_export__does_not_write_over_the_files_of_a_case(name, way, tmp_path, monkeypatch):
    mine, other = a_case(tmp_path / "mine"), a_case(tmp_path / "other")
    case, target = ".", mine / name
    monkeypatch.chdir(mine)
    if way == "here":
        target = name
    elif way == "another":
        target = other / name
    elif way == "folder-link":
        (tmp_path / "linked").symlink_to(mine)
        target = tmp_path / "linked" / name
    else:
        target = tmp_path / "said.csv"
        (mine / name).touch()
        target.symlink_to(mine / name) if way == "link" else target.hardlink_to(mine / name)
    before = contents(mine), contents(other)
    result = run("export", case, target, "--as", "statements")
    assert isinstance(result.exception, UsageError), result.output
    assert "is the case's own file; name another." in str(result.exception)
    assert (contents(mine), contents(other)) == before


def test_export__replaces_a_file_whole_but_no_link(tmp_path):
    victim, link, old = (tmp_path / name for name in ("victim.csv", "link.csv", "old.csv"))
    for path in (victim, old):
        path.write_text("mine", encoding="utf-8")
    old.chmod(0o600)
    link.symlink_to(victim)
    result = run("export", "nato-russia-2008", link)
    assert "is a link and is not written over" in str(result.exception)
    assert victim.read_text(encoding="utf-8") == "mine"
    assert run("export", "nato-russia-2008", old).exit_code == 0
    assert old.read_text(encoding="utf-8").startswith("statement_id,")
    assert old.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"victim.csv", "link.csv", "old.csv"}


def test_export__into_a_device():
    assert run("export", "nato-russia-2008", "/dev/null", "--as", "aif").exit_code == 0


@pytest.mark.parametrize(
    "args",
    [
        ("import", "", "new"),
        ("import", "README.md", ""),
        ("export", "nato-russia-2008", " "),
        ("audit", "nato-russia-2008", "--certificates", ""),
    ],
)
def test_an_empty_path__is_wrong_use(args, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*args)
    assert result.exit_code == 2
    assert "the name is empty" in result.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("begun", [True, False])
def test_saving__is_all_or_nothing(error, at, begun, tmp_path, monkeypatch):
    from pathlib import Path

    from melian.case.saving import save

    folder = tmp_path / "case"
    before = {"case.yaml": "title: old\n", "statements.csv": "id\ns1\n"} if begun else {}
    if begun:
        folder.mkdir()
    for name, text in before.items():
        (folder / name).write_text(text, encoding="utf-8")
    replace, order = Path.replace, []

    def failing(self, target):
        order.append(Path(target).name)
        if len(order) == at:
            raise error
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    new = {"case.yaml": "title: new\n", "statements.csv": "id\ns2\n", "deeds.csv": "id\n"}
    with pytest.raises((OutsideError, KeyboardInterrupt)):
        save(folder, new, before)
    assert "case.yaml" not in order[: min(at, 2)]
    assert folder.exists() is begun
    if begun:
        assert contents(folder) == {name: text.encode() for name, text in before.items()}


@pytest.mark.parametrize("ending", [".csv", ".gmcr", ".json", ".argdown", ".apx"])
def test_a_pipe_is_refused_and_not_waited_for(ending, tmp_path):
    import os

    pipe = tmp_path / f"pipe{ending}"
    os.mkfifo(pipe)
    args = ("claims", pipe) if ending == ".apx" else ("import", pipe, tmp_path / "new")
    result = run(*args)
    assert isinstance(result.exception, OutsideError), result.output
    assert "is no ordinary file" in str(result.exception)


def test_import__shows_some_problems_the_gravest_first_and_counts_all(tmp_path):
    path = tmp_path / "said.csv"
    rows = ["Ida,Deich,1,soon"] * 30 + ["Ida,Deich,maybe,2020"]
    path.write_text("\n".join(["person,concept,agreement,date", *rows]), encoding="utf-8")
    lines = run("import", path, tmp_path / "quay").stdout.splitlines()
    assert sum(" [bad-" in line for line in lines) == 20
    assert "11 more of 31 problems in the file; --json lists all." in lines
    told = json.loads(run("import", path, tmp_path / "other", "--json").stdout)
    assert len(told["problems"]) == 31


def test_export__to_the_terminal_asks_for_a_format():
    result = run("export", "nato-russia-2008", "-")
    assert isinstance(result.exception, UsageError)
    assert "Say with --as what to print" in str(result.exception)
    for name in str(result.exception).rpartition(": ")[2].rstrip(".").split(", "):
        assert run("export", "nato-russia-2008", "-", "--as", name).exit_code == 0


def test_a_framework_without_arguments_gets_a_word(tmp_path):
    (tmp_path / "none.apx").write_text("", encoding="utf-8")
    result = run("claims", tmp_path / "none.apx")
    assert result.exit_code == 0
    assert 'none.apx" names no argument.' in result.stderr
