"""From an event table to a finding, as a user types it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from melian.cli.app import app

EVENTS = Path(__file__).parents[3] / "shared" / "corpus" / "events"

CASE = """\
title: Salt  # a comment that stays
question: Who keeps the border open?
period: 2021
actors:
  aria: Aria
  bela: Bela
concepts:
  open-border(x): the border to x is open
  calm: the sea is calm
rules:
  - excludes: [open-border(bela), calm]
    why: w
events:
  names:
    aria: [Aria, "* (Aria)", "not Media (Aria)"]
    bela: [Bela, "* (Bela)"]
  rules:
    - id: embargo
      when: actor in aria and cameo in 163 and target in bela
      shows: not open-border(target)
    - id: visit
      when: actor in aria and plover in CONSULT
      shows: calm
      lasts: day
"""
STATEMENTS = """\
id,actor,date,sign,concept
pledge,aria,2021-01-05,+,open-border(bela)
"""
DEEDS = 'action,actor,"id",date\n"digs, deep",bela,old,2021-02\n'
TABLE = """\
source,event_text,target,date,cameo,goldstein
Port Police (Aria),Impose embargo,Bela,2021-04-16,163,-8.0
Aria,Impose embargo,Navy (Bela),2021-04-16,163,-8.0
Media (Aria),Impose embargo,Bela,2021-04-17,163,-8.0
Aria,Impose embargo,Cora,2021-04-18,163,-8.0
Aria,Make statement,Bela,2021-04-18,010,0
Aria,Make a visit,Bela,2021-04-31,042,1
Aria,Make a visit,Bela,2021-05-02,042,1
Aria,Make a visit,Bela,2022-05-02,042,1
"""


def run(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def data(*args, code=0):
    result = run(*args, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def a_case(folder, case=CASE, statements=STATEMENTS, deeds=DEEDS):
    folder.mkdir()
    (folder / "case.yaml").write_text(case, encoding="utf-8")
    (folder / "statements.csv").write_text(statements, encoding="utf-8")
    if deeds:
        (folder / "deeds.csv").write_text(deeds, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path):
    return a_case(tmp_path / "salt")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def deeds_in(folder):
    with (folder / "deeds.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_import__makes_deeds_and_the_audit_finds_what_they_contradict(folder, table):
    result = run("import", table, folder)
    assert result.exit_code == 1  # a row of the table cannot be read
    assert "2021-04-31" in result.output
    for sentence in (
        "Read 7 events in 8 rows; 1 could not be read.",
        "3 events became 2 deeds.",
        'Rule "embargo": 2 events, 1 deed.',
        'Rule "visit": 1 event, 1 deed.',
        "Left out 3 events: no rule is true of them.",
        "Left out 1 event: they are outside the period of the case.",
        "Targets without a name in the case: Cora (1).",
    ):
        assert sentence in result.output
    old, embargo, visit = deeds_in(folder)
    assert old["id"] == "old"
    assert (embargo["actor"], embargo["target"], embargo["shows"]) == (
        "aria", "bela", "not open-border(bela)",
    )  # fmt: skip
    assert embargo["note"].endswith("reported 2 times that day")
    assert (visit["date"], visit["until"], visit["shows"]) == ("2021-05-02", "2021-05-02", "calm")
    found = data("audit", folder)["findings"]
    first = [f for f in found if f["deeds"] == [embargo["id"]] and f["statements"] == ["pledge"]]
    assert [f["kind"] for f in first] == ["word_against_deed"]


def test_import__leaves_all_that_is_there_and_adds_nothing_twice(folder, table):
    before = contents(folder)
    run("import", table, folder)
    after = contents(folder)
    assert after["case.yaml"] == before["case.yaml"]
    assert after["statements.csv"] == before["statements.csv"]
    assert b'\n"digs, deep",bela,old,2021-02\n' in after["deeds.csv"]
    again = data("import", table, folder, code=1)
    assert (again["added"], again["files"]) == ({}, [])
    assert contents(folder) == after


def test_import__a_longer_table_adds_what_is_new_and_keeps_what_was_edited(folder, table):
    run("import", table, folder)
    text = (folder / "deeds.csv").read_text(encoding="utf-8")
    edited = text.replace("not open-border(bela)", "not calm")
    (folder / "deeds.csv").write_text(edited, encoding="utf-8")
    more = "Aria,Consult,Bela,2021-06-01,040,1\n"
    table.write_text(TABLE.replace("goldstein\n", f"goldstein\n{more}", 1), encoding="utf-8")
    told = data("import", table, folder, code=1)
    assert {section: len(ids) for section, ids in told["added"].items()} == {"deeds": 1}
    assert any("with other content, and left as they are" in each for each in told["remarks"])
    assert (folder / "deeds.csv").read_text(encoding="utf-8").startswith(edited)


def test_import__a_dry_run_says_the_same_and_writes_nothing(folder, table):
    before = contents(folder)
    dry = data("import", table, folder, "--dry-run", code=1)
    assert contents(folder) == before
    wet = data("import", table, folder, code=1)
    assert (dry["added"], dry["remarks"]) == (wet["added"], wet["remarks"])


def test_import__needs_rules_first(tmp_path, table):
    folder = tmp_path / "new"
    result = run("import", table, folder)
    assert isinstance(result.exception, Exception)
    assert "does not say what events show" in str(result.exception)
    assert not folder.exists()


# A case of ours on real events: Russia and Georgia, 2007 to 2009

RUSSIA = """\
title: Words and deeds around Georgia
question: Does Russia deal with Georgia as with a state whose borders it respects?
period: 2007..2009
actors:
  russia: Russia
  medvedev:
    name: Dmitry Medvedev
    kind: person
    speaks_for: [{russia: 2008-05-07..}]
  georgia: Georgia
  abkhazia: Abkhazia
  south-ossetia: South Ossetia
concepts:
  respects-borders(x): the borders of x are respected
  talks-with(x): x is talked with
rules:
  - id: no-deals-with-parts
    excludes: [respects-borders(georgia), talks-with(south-ossetia)]
    why: Who deals with a part as with a state does not respect the whole.
events:
  names:
    russia:
      [Russia, "* (Russia)", "not Armed * (Russia)", "not Media (Russia)", "not Hitman (Russia)"]
    medvedev: ["Dmitry Anatolyevich Medvedev"]
    georgia: [Georgia, "* (Georgia)"]
    abkhazia: [Abkhazia, "Sergey Bagapsh"]
    south-ossetia: ["Republic of South Ossetia", "Eduard Kokoity"]
  rules:
    - id: consults
      when: actor in russia and cameo in 04 and target in south-ossetia, abkhazia
      shows: talks-with(target)
    - id: supports
      when: >-
        actor in russia and plover in SUPPORT, COOPERATE, AID
        and target in south-ossetia, abkhazia
      shows: [talks-with(target), not respects-borders(georgia)]
    - id: hostile
      when: actor in russia and goldstein <= -5 and target in georgia
      shows: not respects-borders(georgia)
"""
RUSSIA_SAYS = """\
id,actor,date,sign,concept,note
integrity,russia,2008-03,+,respects-borders(georgia),made up for this test
"""


@pytest.fixture
def real():
    path = EVENTS / "icews05-15_2007-2009_case.tsv"
    if not path.is_file():
        pytest.skip("the table of real events is not here")
    return path


def counted(path):
    """Count by hand the days of deeds of each rule, with the csv module alone."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    whom = {
        "Abkhazia": "abkhazia", "Sergey Bagapsh": "abkhazia",
        "Republic of South Ossetia": "south-ossetia", "Eduard Kokoity": "south-ossetia",
    }  # fmt: skip
    deeds = {"consults": set(), "supports": set(), "hostile": set()}
    for row in rows:
        name = row["source"]
        medvedev = name == "Dmitry Anatolyevich Medvedev" and row["date"] >= "2008-05-07"
        state = name == "Russia" or (
            name.endswith("(Russia)") and not name.startswith(("Armed ", "Media ", "Hitman "))
        )
        if not (medvedev or state):
            continue
        who, code, target = ("medvedev" if medvedev else "russia"), row["cameo"], row["target"]
        key = (who, code, whom.get(target, "georgia"), row["date"])
        if target in whom and code.startswith("04"):
            deeds["consults"].add(key)
        if target in whom and code.startswith(("05", "06", "07")):
            deeds["supports"].add(key)
        georgian = target == "Georgia" or target.endswith("(Georgia)")
        if georgian and float(row["goldstein"]) <= -5:
            deeds["hostile"].add(key)
    return {rule: len(keys) for rule, keys in deeds.items()}


def test_real_events__are_counted_as_by_hand_and_found_by_the_audit(tmp_path, real):
    folder = a_case(tmp_path / "georgia", RUSSIA, RUSSIA_SAYS, "")
    assert [p for p in data("check", folder)["problems"] if p["severity"] == "error"] == []
    told = data("import", real, folder)
    by_hand = counted(real)
    for rule, deeds in by_hand.items():
        (remark,) = [r for r in told["remarks"] if r.startswith(f'Rule "{rule}"')]
        assert f" {deeds} deed" in remark
    assert len(told["added"]["deeds"]) == sum(by_hand.values()) > 3
    findings = data("audit", folder)["findings"]
    shown = {deed for finding in findings for deed in finding["deeds"]}
    assert {finding["kind"] for finding in findings} == {"word_against_deed"}
    assert shown
    assert shown <= set(told["added"]["deeds"])
    assert run("import", real, folder).output.endswith("Nothing is new; the case is as it was.\n")
