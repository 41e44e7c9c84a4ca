"""A half-good case gives a half-good answer: every command, on cases with every kind of error."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.case.checks import ALL
from melian.case.loading import load_text
from melian.case.sound import sound
from melian.cli.app import app
from melian.problems import Severity

CASE = """title: The harbour
question: Will it close?
actors:
  port: {name: Portia, kind: organisation}
  vey: {name: Mona Vey, kind: person, speaks_for: [port]}
  bela: {name: Bela}
concepts:
  full: the harbour is full
  idle: the harbour lies idle
  may-dock(x): ships of x may dock
rules:
  - {excludes: [full, idle], why: A full harbour is not idle.}
principles:
  all-may-dock(x): {then: may-dock(x), why: Ships are ships.}
facts:
  may-dock(bela): {value: false, source: log}
conflict:
  options:
    port: {close: close the harbour}
    bela: {pay: pay its dues}
  infeasible: [close and pay]
  irreversible: {pay: forward}
  status_quo: [close]
  target: not close
  preferences:
    port:
      - {prefer: close, because: full}
      - {prefer: not close, because: idle}
    bela: [pay]
  coalitions: [[port, bela]]
  beliefs:
    port: {bela: [pay, {prefer: close, because: full}]}
  unseen: {bela: [close and not pay and pay]}
levers:
  deepen: {by: bela, does: deepen the harbour, effect: {port: [{gives_up: full}]}}
"""
STATEMENTS = """id,actor,date,sign,concept,because,source
s1,vey,2021-04,+,full,all-may-dock,log
s2,port,2021,+,idle,,log
"""
DEEDS = "id,actor,action,target,shows,source\nd1,bela,docks,port,may-dock(bela),log\n"
SOURCES = "log: {title: The log}\n"

BROKEN = {
    "an unknown actor speaks": (STATEMENTS, "s1,vey", "s1,vex"),
    "an unknown concept": (STATEMENTS, "+,idle", "+,idel"),
    "an unknown reason": (STATEMENTS, "all-may-dock", "all-may-duck"),
    "an unknown instance": (DEEDS, "may-dock(bela)", "may-dock(bell)"),
    "too few arguments": (DEEDS, "may-dock(bela)", "may-dock"),
    "one id twice": (STATEMENTS, "s2", "s1"),
    "one id in both tables": (DEEDS, "d1", "s1"),
    "an unknown source": (STATEMENTS, ",log\n", ",lug\n"),
    "no date": (STATEMENTS, "2021-04", "2021-14"),
    "no sign": (STATEMENTS, "+,idle", "?,idle"),
    "speaks for an unknown actor": (CASE, "speaks_for: [port]", "speaks_for: [pork]"),
    "a circle": (CASE, "kind: organisation}", "kind: organisation, speaks_for: [vey]}"),
    "a rule over an unknown concept": (CASE, "[full, idle]", "[full, idel]"),
    "a principle over an unknown concept": (CASE, "then: may-dock(x)", "then: may-duck(x)"),
    "an unknown fact": (CASE, "may-dock(bela): {", "may-duck(bela): {"),
    "an option of an unknown actor": (CASE, "    bela: {pay", "    belle: {pay"),
    "an unknown option infeasible": (CASE, "[close and pay]", "[close and play]"),
    "an unknown option irreversible": (CASE, "{pay: forward}", "{play: forward}"),
    "an unknown option in the status quo": (CASE, "[close]", "[closed]"),
    "an unknown option in the target": (CASE, "target: not close", "target: not closed"),
    "an unknown option preferred": (CASE, "prefer: not close", "prefer: not closed"),
    "preferences of an unknown actor": (CASE, "    bela: [pay]", "    belle: [pay]"),
    "an unknown actor in a coalition": (CASE, "[[port, bela]]", "[[port, bell]]"),
    "one who decides nothing in a coalition": (CASE, "[[port, bela]]", "[[port, vey, bela]]"),
    "a coalition of one": (CASE, "[[port, bela]]", "[port, bela]"),
    "a belief of an unknown actor": (CASE, "    port: {bela: [pay", "    pork: {bela: [pay"),
    "a belief about an unknown actor": (CASE, "port: {bela: [pay", "port: {belle: [pay"),
    "a belief about itself": (CASE, "port: {bela: [pay", "port: {port: [pay"),
    "a belief about who decides nothing": (CASE, "port: {bela: [pay", "port: {vey: [pay"),
    "an unknown option believed": (CASE, "port: {bela: [pay", "port: {bela: [play"),
    "an unknown reason believed": (CASE, "close, because: full}]}", "close, because: fool}]}"),
    "an unknown option unseen": (CASE, "not pay and pay", "not pay and play"),
    "a belief of which nothing is left": (CASE, "[pay, {prefer: close, because: full}]", "[play]"),
    "unseen by an unknown actor": (CASE, "unseen: {bela", "unseen: {belle"),
    "one who sees nothing": (CASE, "[close and not pay and pay]", "[close or not close]"),
    "an unknown concept in because": (CASE, "because: idle", "because: idel"),
    "a lever of an unknown actor": (CASE, "by: bela", "by: belle"),
    "a lever on an unknown actor": (CASE, "effect: {port", "effect: {pork"),
    "a lever on an unknown claim": (CASE, "gives_up: full", "gives_up: fool"),
    "a formula that stops": (CASE, "[close and pay]", "[close and]"),
    "an unknown key": (CASE, "question: Will", "questoin: Will"),
    "no yaml": (CASE, "  preferences:", "  preferences: ["),
}
COMMANDS = (
    ("audit",),
    ("audit", "--json"),
    ("readings",),
    ("readings", "--json"),
    ("stability",),
    ("stability", "--json"),
    ("hypergame",),
    ("hypergame", "--json"),
    ("outcomes",),
    ("outcomes", "--json"),
    ("brief",),
    ("brief", "--json"),
)


def files(name=""):
    given = {
        "case.yaml": CASE,
        "statements.csv": STATEMENTS,
        "deeds.csv": DEEDS,
        "sources.yaml": SOURCES,
    }
    if name:
        whole, good, bad = BROKEN[name]
        assert good in whole
        given = {
            file: text.replace(good, bad) if text == whole else text for file, text in given.items()
        }
    return given


def loaded(name=""):
    return load_text(**{file.replace(".", "_"): text for file, text in files(name).items()})


def test_the_case_is_good():
    assert not [p for p in loaded().problems if p.severity is Severity.ERROR]
    assert sound(loaded().case) == loaded().case


@pytest.mark.parametrize("name", BROKEN)
def test_sound__leaves_nothing_to_complain_of(name):
    case = loaded(name)
    assert any(problem.severity is Severity.ERROR for problem in case.problems)
    left = [problem for check in ALL for problem in check(sound(case.case))]
    codes = {problem.code for problem in left if problem.severity is Severity.ERROR}
    assert codes <= {"circle", "unknown-source"}


@pytest.mark.parametrize("name", BROKEN)
def test_every_command_goes_on(name, tmp_path):
    for file, text in files(name).items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    for command, *options in COMMANDS:
        result = CliRunner().invoke(app, [command, str(tmp_path), *options])
        lost_all = name == "no yaml" and command in {"stability", "hypergame", "outcomes"}
        assert result.exit_code == 1, (command, result.exception if not lost_all else "")
        if options and not lost_all:
            json.loads(result.stdout)
