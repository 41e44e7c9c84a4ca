"""Certificates stand up to a checker that knows nothing of melian, and no forged one does."""

from __future__ import annotations

import contextlib
import copy
import io
import itertools
import json
import re
import runpy
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_cases import cases

from melian.audit import audit
from melian.audit.certificate import certificate, file_name, text_of
from melian.audit.result import Commitment
from melian.case.formula import And, Atom, Iff, Implies, Not, Or
from melian.case.loading import load_text
from melian.case.model import Fact, Principle
from melian.verbs import certificates, open_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from melian.case.formula import Formula, Signed
    from melian.case.model import Case

CHECKER = Path(__file__).parents[2] / "examples" / "check_certificate.py"
PROPERTY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def passes(paper: Any, folder: Path) -> bool:
    """Run the checker on a certificate, as a user would, but in this process."""
    path = folder / "certificate.json"
    path.write_text(json.dumps(paper), encoding="utf-8")
    before, sys.argv = sys.argv, [str(CHECKER), str(path)]
    try:
        with contextlib.redirect_stdout(io.StringIO()), pytest.raises(SystemExit) as ended:
            runpy.run_path(str(CHECKER), run_name="__main__")
    finally:
        sys.argv = before
    return ended.value.code in {None, 0}


def papers(case: Case) -> list[dict[str, Any]]:
    return [certificate(case, finding) for finding in audit(case).findings]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


def test_the_checker_is_short_and_needs_nothing_of_ours() -> None:
    text = CHECKER.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 40
    modules = [line.split()[1] for line in text.splitlines() if re.match(r"(import|from) ", line)]
    assert set(modules) <= sys.stdlib_module_names


def test_every_finding_of_the_built_in_case_can_be_checked(tmp_path: Path) -> None:
    case = open_case("nato-russia-2008").case
    found = audit(case)
    written = certificates(case, found, tmp_path / "papers")
    assert len(set(written)) == len(found.findings) >= 10
    done = subprocess.run(
        [sys.executable, str(CHECKER), *map(str, written)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"OK: {len(written)} hold\n")
    for finding in found.findings:
        assert finding.title in done.stdout


@PROPERTY
@given(case=cases())
def test_every_finding_of_a_random_case_can_be_checked(case: Case, folder: Path) -> None:
    for paper in papers(case):
        assert passes(paper, folder)


def forgeries(paper: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every way of tampering with a certificate in one place."""
    top = max((int(number) for number in paper["atoms"]), default=0)
    for number, element in enumerate(paper["elements"]):
        it = copy.deepcopy(paper)
        del it["elements"][number]
        yield "an element dropped", it
        it = copy.deepcopy(paper)
        it["elements"].append(copy.deepcopy(element))
        yield "an element twice", it
        it = copy.deepcopy(paper)
        it["elements"].insert(number, {**element, "clauses": [[top + 1]], "beside": []})
        yield "an element that nothing needs", it
        it = copy.deepcopy(paper)
        it["elements"].append({**element, "clauses": [], "beside": [], "without": []})
        yield "an element that says nothing", it
        yield from forged_assignments(paper, number)
        yield from forged_clauses(paper, number)
    for place in range(len(paper["proof"])):
        it = copy.deepcopy(paper)
        del it["proof"][place]
        yield "a step of the proof dropped", it
    it = copy.deepcopy(paper)
    it["proof"].append([top + 1])
    yield "a proof of something else", it


def forged_assignments(paper: Any, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, literal in enumerate(paper["elements"][number]["without"]):
        it = copy.deepcopy(paper)
        it["elements"][number]["without"][place] = -literal
        yield "an assignment turned round", it
        it = copy.deepcopy(paper)
        del it["elements"][number]["without"][place]
        yield "an assignment cut", it
        it = copy.deepcopy(paper)
        it["elements"][number]["without"].append(-literal)
        yield "an assignment that has it both ways", it


def forged_clauses(paper: Any, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, clause in enumerate(paper["elements"][number]["clauses"]):
        it = copy.deepcopy(paper)
        del it["elements"][number]["clauses"][place]
        yield "a clause dropped", it
        for at, literal in enumerate(clause):
            it = copy.deepcopy(paper)
            it["elements"][number]["clauses"][place][at] = -literal
            yield "a literal turned round", it


def assert_forgeries_fail(paper: dict[str, Any], folder: Path) -> None:
    tried = set()
    for how, forged in forgeries(paper):
        assert not passes(forged, folder), how
        tried.add(how)
    assert len(tried) >= 7


def test_no_forgery_of_the_built_in_case_passes(folder: Path) -> None:
    for paper in papers(open_case("nato-russia-2008").case):
        assert_forgeries_fail(paper, folder)


@settings(PROPERTY, max_examples=25)
@given(case=cases(), data=st.data())
def test_no_forgery_of_a_random_case_passes(case: Case, data: st.DataObject, folder: Path) -> None:
    found = papers(case)
    if found:
        assert_forgeries_fail(data.draw(st.sampled_from(found)), folder)


def checked(folder: Path, *contents: bytes) -> tuple[int, str, str]:
    """Run the checker on files in a process of its own."""
    paths = [folder / f"{number}.json" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, str(CHECKER), *map(str, paths)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout, done.stderr


def small() -> dict[str, Any]:
    """Give a certificate that holds: two atoms, a claim, and a rule that forbids it."""
    says = {"says": "Ida holds that it rains.", "beside": []}
    return {
        "sentence": "Ida holds both.",
        "atoms": {"1": "it rains", "2": "it is dry"},
        "elements": [
            {**says, "clauses": [[1]], "without": [2, -1]},
            {**says, "clauses": [[2]], "without": [1, -2]},
            {**says, "clauses": [[-1, -2]], "without": [1, 2]},
        ],
        "proof": [[]],
    }


def put(paper: dict[str, Any], *way: Any) -> bytes:
    """Give a certificate as JSON, with another value at a place in it."""
    *keys, last, value = way
    place: Any = paper
    for key in keys:
        place = place[key]
    place[last] = value
    return json.dumps(paper).encode()


GOOD = json.dumps(small()).encode()
SMUGGLED = {
    "an empty clause": put(small(), "elements", 0, "clauses", [[]]),
    "an empty clause beside": put(small(), "elements", 0, "beside", [[]]),
    "true for a number": put(small(), "elements", 0, "clauses", [[True]]),
    "a number with a fraction": put(small(), "elements", 0, "clauses", [[1.0]]),
    "a text for a number": put(small(), "elements", 0, "clauses", ["1"]),
    "zero, which is its own opposite": put(small(), "proof", [[0], []]),
    "zero with a meaning": put(
        {**small(), "atoms": {"0": "it", **small()["atoms"]}}, "proof", [[0], []]
    ),
    "a number that stands for nothing": put(small(), "elements", 0, "beside", [[3]]),
    "an assignment to nothing": put(small(), "elements", 0, "without", [2, -1, 9]),
    "a step on nothing": put(small(), "proof", [[9, 1], []]),
    "atoms left out": put(small(), "atoms", {"1": "it rains"}),
    "no proof": put(small(), "proof", []),
    "a list": b"[]",
    "a text": b'"OK: 1 hold"',
    "no JSON": b"{",
    "no text": b"\xff\xfe",
    "nothing": b"",
    "nested too deep": b"[" * 100_000,
    "a number without end": GOOD.replace(b"[[1]]", b"[[" + b"1" * 5000 + b"]]"),
    "a key twice": GOOD.replace(b'"proof"', b'"proof": [[9]], "proof"'),
    "a key twice further in": GOOD.replace(b'"beside"', b'"says": "x", "beside"', 1),
}


@pytest.mark.parametrize("forged", SMUGGLED.values(), ids=SMUGGLED)
def test_what_is_smuggled_in_fails_and_the_other_files_are_still_checked(
    forged: bytes, tmp_path: Path
) -> None:
    assert forged != GOOD
    code, out, err = checked(tmp_path, GOOD, forged, GOOD)
    assert code == 1
    assert err.splitlines() == [f"FAILS: {str(tmp_path / '1.json')!a}"]
    assert out.count("FAILS: ") == 1
    assert out.count("Ida holds both.") >= 2


def test_the_checker_passes_nothing_when_it_is_given_nothing(tmp_path: Path) -> None:
    assert checked(tmp_path)[:2] == (1, "")
    code, out, err = checked(tmp_path, GOOD)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "OK: 1 hold"


def test_the_checker_spells_out_each_clause_and_no_control_characters(tmp_path: Path) -> None:
    paper = small()
    paper["sentence"] = "\x1b[2J\rOK: 5 hold\nOK: 5 hold \u202e"
    code, out, _ = checked(tmp_path, json.dumps(paper).encode())
    assert code == 0
    assert "that it rains. not [it rains] or not [it is dry]\n" in out
    assert [line for line in out.split("\n") if line.startswith("OK")] == ["OK: 1 hold"]
    assert not {"\x1b", "\r", "\u202e"} & set(out)


def test_a_file_that_is_not_there_fails(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_bytes(GOOD)
    for name in ("none.json", "."):
        args = [sys.executable, str(CHECKER), str(tmp_path / name), str(tmp_path / "good.json")]
        done = subprocess.run(args, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 1
        assert "Ida holds both." in done.stdout
        assert done.stderr.count("FAILS: ") == 1


def test_certificates_replace_a_link_and_leave_alone_what_it_leads_to(tmp_path: Path) -> None:
    case = open_case("nato-russia-2008").case
    found = audit(case)
    victim = tmp_path / "victim.txt"
    victim.write_text("mine", encoding="utf-8")
    folder = tmp_path / "papers"
    folder.mkdir()
    link = folder / file_name(found.findings[0])
    link.symlink_to(victim)
    written = certificates(case, found, folder)
    assert victim.read_text(encoding="utf-8") == "mine"
    assert not link.is_symlink()
    assert sorted(folder.iterdir()) == sorted(written)


CHOICES = """
title: Ferry
question: Does it sail?
actors: {it: It}
concepts: {a: a, b: b, c: c, d: d}
rules:
  - {id: r1, if: d, then: (a or b) and (a or not b), why: w}
  - {id: r2, then: not a or c, why: w}
  - {id: r3, then: not a or not c, why: w}
"""


def test_what_follows_only_by_trying_has_a_longer_proof(folder: Path) -> None:
    (paper,) = papers(load_text(CHOICES, statements_csv="actor,sign,concept\nit,+,d\n").case)
    assert [element["is"] for element in paper["elements"]] == ["commitment"] + ["rule"] * 3
    assert len(paper["proof"]) > 1
    assert passes(paper, folder)
    assert_forgeries_fail(paper, folder)


# What the numbers stand for, by an evaluator of our own


def true(formula: Formula, world: Mapping[Atom, bool]) -> bool:
    match formula:
        case Atom():
            return world[formula]
        case Not(part):
            return not true(part, world)
        case And(parts):
            return all(true(part, world) for part in parts)
        case Or(parts):
            return any(true(part, world) for part in parts)
        case Implies(left, right):
            return true(right, world) or not true(left, world)
        case Iff(left, right):
            return true(left, world) == true(right, world)


def holds(claim: Signed, world: Mapping[Atom, bool]) -> bool:
    return world[claim.atom] == claim.positive


def means(element: Any, world: Mapping[Atom, bool]) -> bool:
    """Tell whether an element is true in a world, from what it is documented to say."""
    if isinstance(element, Commitment):
        return holds(element.claim, world) or not all(holds(c, world) for c in element.conditions)
    if isinstance(element, Fact):
        return holds(element.claim, world)
    applies = all(holds(c, world) for c in element.conditions)
    applies = applies and not any(holds(c, world) for c in element.unless)
    if isinstance(element.origin, Principle):
        applies = applies and world[Atom(element.origin.name)]
    if not applies:
        return True
    if element.excludes and all(holds(c, world) for c in element.excludes):
        return False
    return element.then is None or true(element.then, world)


def read_atom(words: str) -> Atom | None:
    found = re.match(r"([\w-]+)(?:\(([^)]*)\))?:", words)
    return (
        Atom(found[1], tuple((found[2] or "").split(", ")) if found[2] else ()) if found else None
    )


@PROPERTY
@given(case=cases())
def test_the_numbers_mean_what_the_elements_say(case: Case) -> None:
    for finding in audit(case).findings:
        paper = certificate(case, finding)
        meant = {int(n): read_atom(words) for n, words in paper["atoms"].items()}
        named = [atom for atom in meant.values() if atom is not None]
        assert len(set(named)) == len(named)
        every = (*finding.commitments, *finding.facts, *finding.rules)
        for element, part in zip(every, paper["elements"], strict=True):
            clauses = part["clauses"] + part["beside"]
            mine = sorted({abs(x) for clause in clauses for x in clause})
            hidden = [n for n in mine if meant[n] is None]
            for values in itertools.product((False, True), repeat=len(named)):
                world = dict(zip(named, values, strict=True))
                numbered = {n: world[atom] for n, atom in meant.items() if atom is not None}
                told = any(
                    satisfied(clauses, {**dict(zip(hidden, some, strict=True)), **numbered})
                    for some in itertools.product((False, True), repeat=len(hidden))
                )
                assert told == means(element, world)


def satisfied(clauses: list[list[int]], world: Mapping[int, bool]) -> bool:
    return all(any(world[abs(x)] == (x > 0) for x in clause) for clause in clauses)


def test_records_are_told_with_who_when_and_where() -> None:
    case = open_case("nato-russia-2008").case
    said = {statement.id: statement for statement in case.statements}
    for finding, paper in zip(audit(case).findings, papers(case), strict=True):
        told = [record for part in paper["elements"] for record in part["records"]]
        ids = {record["id"] for record in told}
        assert {*finding.statements, *finding.deeds} <= ids
        for record in told:
            if record["id"] in said:
                statement = said[record["id"]]
                assert record["who"] == case.actors[statement.actor].name
                assert record["when"] == str(statement.date)
                assert record["locator"] == statement.locator


def test_files_are_named_by_the_finding_and_laid_out_to_be_read(tmp_path: Path) -> None:
    case = open_case("nato-russia-2008").case
    finding = audit(case).findings[0]
    long = replace(finding, id=f"russia.{'may-secede(kosovo).' * 40}abc123")
    assert re.fullmatch(r"[\w.-]{1,130}\.abc123\.json", file_name(long))
    (tmp_path / file_name(long)).write_text("", encoding="utf-8")
    paper = certificate(case, finding)
    text = text_of(paper)
    assert json.loads(text) == paper
    assert not re.search(r"^\s*-?\d+,?$", text, re.MULTILINE)  # no number alone on its line
