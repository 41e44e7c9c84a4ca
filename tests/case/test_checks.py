"""Each check at its place. A ▸ in a text marks where the problem must be found."""

from __future__ import annotations

from itertools import compress, product
from typing import TYPE_CHECKING

import pytest
from case_strategies import formulas
from hypothesis import given
from hypothesis import strategies as st

from melian.case import checks
from melian.case.formula import Atom, Not, Or, parse, truth
from melian.case.loading import load_text
from melian.case.model import Actor, Case, Conflict, Option, Tie

if TYPE_CHECKING:
    from melian.case.formula import Formula

CASE = """\
title: Salt
question: Who yields?
period: 2008-01..2008-12
actors:
  mar: Mar
  lin: Lin
  ann: {name: Ann, kind: person, speaks_for: [{mar: 2008-03..}]}
instances:
  port: the port
concepts:
  open(x): x is open to all
  safe: the sea is safe
  old: the treaty is old
rules:
  - excludes: [safe, old]
    why: w
  - {for: [x], if: open(x), then: safe, why: w}
principles:
  fair(x): {if: safe, then: open(x), why: w}
facts:
  open(port): {value: true, source: memo}
conflict:
  options:
    mar: {stay: stay, sail: sail}
    lin: {block: block the port}
  infeasible: [stay and sail]
  status_quo: [stay]
  preferences:
    mar: [{prefer: sail, because: safe}, not block]
    lin: [block]
levers:
  toll:
    by: lin
    does: lower the toll
    effect:
      mar: [{prefer: stay, above: sail}, {drop: not block}]
"""
STATEMENTS = """\
id,actor,date,sign,concept,because,source
s1,ann,2008-04,+,safe,fair,memo
s2,lin,2008-05,-,old,,memo
"""
DEEDS = "id,actor,action,target,date,shows,source\nd1,lin,visit,port,2008,not old,memo\n"
SOURCES = "memo: {title: A memo}\n"
FILES = {
    "case_yaml": CASE,
    "sources_yaml": SOURCES,
    "statements_csv": STATEMENTS,
    "deeds_csv": DEEDS,
}


def changed(file: str, old: str, new: str) -> dict[str, str]:
    assert FILES[file].count(old) == 1, old
    return FILES | {file: FILES[file].replace(old, new)}


def found(files: dict[str, str]) -> set[tuple[str, str, int, int]]:
    problems = load_text(**files).problems
    return {(p.code, p.location.file, p.location.line, p.location.column) for p in problems}


def test_the_case_itself_has_no_problems() -> None:
    assert load_text(**FILES).problems == ()


@pytest.mark.parametrize(
    ("code", "file", "old", "new"),
    [
        ("unknown-actor", "case_yaml", "[{mar: 2008-03..}]", "[{▸mer: 2008-03..}, mar]"),
        ("unknown-actor", "case_yaml", "  lin: Lin", "  lin: {name: L, member_of: [▸eu]}"),
        ("unknown-actor", "case_yaml", "source: memo}", "source: memo, contested_by: [▸un]}"),
        ("unknown-actor", "case_yaml", "    lin: [block]", "    lin: [block]\n    ▸eu: [block]"),
        ("unknown-actor", "case_yaml", "    by: lin", "    by: ▸lim"),
        ("unknown-actor", "case_yaml", "      mar: [{pre",
         "      ▸eu: [{asserts: safe}]\n      mar: [{pre"),
        ("unknown-actor", "statements_csv", "s1,ann", "s1,ann,,+,safe,,memo\ns0,▸anna"),
        ("unknown-actor", "deeds_csv", "port", "▸harbour"),
        ("unknown-concept", "case_yaml", "[safe, old]", "[safe, not ▸odd, old]"),
        ("unknown-concept", "case_yaml", "because: safe", "because: safe and (safe or ▸sage)"),
        ("unknown-concept", "case_yaml", "      mar: [{pre",
         "      lin: [{asserts: not ▸sade}]\n      mar: [{pre"),
        ("unknown-concept", "statements_csv", "s1,ann,2008-04,+,safe,fair",
         's1,ann,2008-04,+,safe,"fair; not ▸odd"'),
        ("unknown-concept", "deeds_csv", "not old", "not ▸odd"),
        ("unknown-concept", "case_yaml", "facts:", "facts:\n  ▸fair: {value: true, source: memo}"),
        ("wrong-arguments", "case_yaml", "then: safe,", "then: safe and ▸open,"),
        ("wrong-arguments", "statements_csv", ",+,safe", ',+,"▸safe(port)"'),
        ("unknown-instance", "case_yaml", "then: safe,", "then: open(▸y) and safe,"),
        ("unknown-instance", "case_yaml", "facts:",
         "facts:\n  open(▸prt): {value: no, source: memo}"),
        ("unknown-source", "statements_csv", "fair,memo", "fair,▸meno"),
        ("unknown-source", "case_yaml", "source: memo}", "source: ▸meno}"),
        ("unknown-source", "case_yaml", "if: safe, then", "source: ▸meno, if: safe, then"),
        ("no-source", "case_yaml", "  open(port): {value: true, source: memo}",
         "  ▸open(port): yes"),
        ("no-source", "statements_csv", "s1,ann,2008-04,+,safe,fair,memo",
         "▸s1,ann,2008-04,+,safe,fair,"),
        ("circle", "case_yaml", "  lin: Lin", "  lin: {name: L, member_of: [▸lin]}"),
        ("circle", "case_yaml", "  mar: Mar", "  mar: {name: Mar, speaks_for: [▸ann]}"),
        ("unknown-option", "case_yaml", "[stay and sail]", "[stay and sail, not ▸sial]"),
        ("unknown-option", "case_yaml", "status_quo: [stay]", "status_quo: [stay, ▸go]"),
        ("unknown-option", "case_yaml", "  status_quo",
         "  irreversible: {▸go: forward}\n  status_quo"),
        ("unknown-option", "case_yaml", "  status_quo", "  target: ▸go or stay\n  status_quo"),
        ("unknown-option", "case_yaml", "not block]\n", "not block, ▸go]\n"),
        ("unknown-option", "case_yaml", "prefer: stay,", "prefer: stay or ▸go,"),
        ("unknown-option", "case_yaml", "    by: lin", "    by: lin\n    rules_out: [▸go]"),
        ("wrong-arguments", "case_yaml", "[stay and sail]", "[stay and ▸sail(port)]"),
        ("infeasible-status-quo", "case_yaml", "status_quo: [stay]", "status_quo: ▸[stay, sail]"),
        ("unknown-formula", "case_yaml", "    by: lin", "    by: lin\n    allows: ▸[stay]"),
        ("outside-period", "statements_csv", "s2,lin,2008-05", "s2,lin,▸2009"),
        ("outside-period", "deeds_csv", "2008", "▸2007-12-31"),
        ("out-of-office", "statements_csv", "ann,2008-04", "ann,▸2008-02"),
        ("id-taken", "statements_csv", "s2", "▸s1"),
        ("id-taken", "deeds_csv", "d1", "▸s2"),
        ("id-taken", "case_yaml", "  - {for", '  - {id: ▸"excludes(safe, old)", for'),
        ("name-taken", "case_yaml", "fair(x):", "▸safe: {then: old, why: w}\n  fair(x):"),
        ("name-taken", "case_yaml", "  lin: Lin", "  ▸port: Port\n  lin: Lin"),
        ("because-not-held", "case_yaml", "lin: [block]", "lin: [{prefer: block, because: ▸safe}]"),
        ("unused-concept", "case_yaml", "  safe: the", "  ▸dry: it is dry\n  safe: the"),
        ("no-why", "case_yaml", "  - excludes: [safe, old]\n    why: w",
         "  - ▸excludes: [safe, old]"),
        ("no-why", "case_yaml", "  fair(x): {if: safe, then: open(x), why: w}",
         "  ▸fair(x): {if: safe, then: open(x)}"),
        ("unused-variable", "case_yaml", "for: [x]", "for: [x, ▸y]"),
        ("unused-variable", "case_yaml", "fair(x):", "fair(x, ▸y):"),
        ("unknown-preference", "case_yaml", "above: sail", "above: ▸not sail"),
        ("unknown-preference", "case_yaml", "drop: not block", "drop: ▸block"),
        ("no-feasible-state", "case_yaml", "infeasible: [stay and sail]",
         "infeasible: ▸[stay -> sail, sail <-> block, not stay, block and not sail]"),
        ("no-feasible-state", "case_yaml", "infeasible: [stay and sail]",
         "infeasible: ▸[block, not block]"),
        ("told-apart", "case_yaml", "    lin: [block]\n",
         "    lin: [▸block]\n  indistinguishable: [stay]\n"),
        ("told-apart", "case_yaml", "  status_quo",
         "  indistinguishable: [stay]\n  target: ▸sail or block\n  status_quo"),
        ("unknown-option", "case_yaml", "  status_quo", "  indistinguishable: [▸go]\n  status_quo"),
        ("look-alike", "case_yaml", "  lin: Lin", "  lin: Lin\n  ▸Mar: Marina"),
        ("look-alike", "case_yaml", "  old: the treaty is old",
         "  old: the treaty is old\n  ▸\u0455\u0430f\u0435: it is safe"),
        ("look-alike", "case_yaml", "block: block the port}",
         "o: one, ▸\u03bf: another, block: block the port}"),
        ("look-alike", "sources_yaml", "memo: {title: A memo}",
         "file: {title: A file}\n▸\ufb01le: {title: Another}\nmemo: {title: A memo}"),
        ("mixed-alphabets", "case_yaml", "  lin: Lin", "  lin: Lin\n  ▸p\u0430ul: Paul"),
        ("mixed-alphabets", "case_yaml", "  toll:", "  ▸x-\u03c4oll:"),
        ("unused-parameter", "case_yaml", "open(x): x is open to all",
         "open(▸x): extra is open-x to all"),
        ("unknown-actor", "case_yaml", "  status_quo",
         "  coalitions: [[mar, lin], [lin, ▸leen]]\n  status_quo"),
        ("unknown-actor", "case_yaml", "  status_quo",
         "  beliefs: {mar: {lin: [block], ▸leen: [stay]}}\n  status_quo"),
        ("unknown-actor", "case_yaml", "  status_quo",
         "  beliefs: {▸leen: {lin: [block]}}\n  status_quo"),
        ("unknown-actor", "case_yaml", "  status_quo",
         "  unseen: {▸leen: block}\n  status_quo"),
        ("unknown-option", "case_yaml", "  status_quo",
         "  beliefs: {mar: {lin: [block, stay or ▸go]}}\n  status_quo"),
        ("unknown-option", "case_yaml", "  status_quo",
         "  unseen: {lin: [block, not ▸go]}\n  status_quo"),
        ("unknown-concept", "case_yaml", "  status_quo",
         "  beliefs: {mar: {lin: [{prefer: block, because: ▸odd}]}}\n  status_quo"),
        ("not-deciding", "case_yaml", "  status_quo",
         "  coalitions: [[mar, lin, ▸ann]]\n  status_quo"),
        ("not-deciding", "case_yaml", "  status_quo",
         "  beliefs: {lin: {▸ann: [block]}}\n  status_quo"),
        ("not-deciding", "case_yaml", "  status_quo", "  unseen: {▸ann: block}\n  status_quo"),
        ("lone-coalition", "case_yaml", "  status_quo",
         "  coalitions: ▸[[mar, lin], []]\n  status_quo"),
        ("lone-coalition", "case_yaml", "  status_quo",
         "  coalitions: [▸mar, lin]\n  status_quo"),
        ("lone-coalition", "case_yaml", "  status_quo",
         "  coalitions: [mar, ▸lin]\n  status_quo"),
        ("lone-coalition", "case_yaml", "  status_quo",
         "  coalitions: [[▸mar, mar]]\n  status_quo"),
        ("belief-of-itself", "case_yaml", "  status_quo",
         "  beliefs: {▸mar: {mar: [stay]}}\n  status_quo"),
        ("uncertain-belief", "case_yaml", "  status_quo",
         "  beliefs: {mar: {lin: [block, ▸{prefer: stay, probability: 0.4}]}}\n  status_quo"),
        ("uncertain-belief", "case_yaml", "  status_quo",
         "  beliefs: {mar: {lin: [block, ▸{prefer: stay, uncertain: true}]}}\n  status_quo"),
        ("uncertain-belief", "case_yaml", "  status_quo",
         "  beliefs: {mar: {lin: [{any_order: [▸stay, block]}]}}\n  status_quo"),
        ("sees-nothing", "case_yaml", "  status_quo",
         "  unseen: {▸mar: [stay, sail, not (stay or sail)]}\n  status_quo"),
        ("unseen-status-quo", "case_yaml", "  status_quo",
         "  unseen: {lin: block, ▸mar: [sail, stay and not block]}\n  status_quo"),
        ("one-sided", "statements_csv", "s2,lin,2008-05,-,old,,memo\n", ""),
    ],
)  # fmt: skip
def test_a_problem_is_found_at_its_place(code: str, file: str, old: str, new: str) -> None:
    files = changed(file, old, new)
    before, mark, after = files[file].partition("▸")
    files[file] = before + after
    if not mark:  # found at the first record
        before = files[file].partition("\n")[0] + "\n"
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    name = file.replace("_", ".")
    assert (code, name, line, column) in found(files)


def test_a_lever_may_bring_about_what_a_preference_rests_on() -> None:
    files = changed("case_yaml", "lin: [block]", "lin: [{prefer: block, because: safe}]")
    files["case_yaml"] += "      lin: [{asserts: not safe}]\n"
    assert found(files) == set()


def test_names_of_another_alphabet_and_accents_are_like_any_other() -> None:
    files = changed(
        "case_yaml", "  lin: Lin", "  lin: Lin\n  россия: Р\n  αθήνα-β2: A\n  türkiye: T"
    )
    assert found(files) == set()


OVER_FIVE = formulas(st.sampled_from("abcde").map(Atom))


@given(st.lists(OVER_FIVE, max_size=6), st.booleans())
def test_no_state_is_feasible_exactly_when_some_formula_is_true_of_each(
    infeasible: list[Formula],
    rest: bool,
) -> None:
    if rest and infeasible:
        infeasible = [*infeasible, Not(Or(tuple(infeasible)))]
    states = [set(compress("abcde", bits)) for bits in product([0, 1], repeat=5)]
    none = all(any(_true(formula, state) for formula in infeasible) for state in states)
    assert none or not (rest and infeasible)
    assert checks.feasibility.no_state(Conflict(infeasible=tuple(infeasible))) is none


@given(OVER_FIVE, OVER_FIVE, st.lists(OVER_FIVE, max_size=2))
def test_a_preference_tells_apart_exactly_when_it_differs_between_feasible_states(
    formula: Formula, preference: Formula, infeasible: list[Formula]
) -> None:
    states = [set(compress("abcde", bits)) for bits in product([0, 1], repeat=5)]
    left = [s for s in states if not any(_true(f, s) for f in infeasible)]
    answers = {_true(preference, state) for state in left if _true(formula, state)}
    conflict = Conflict(infeasible=tuple(infeasible))
    assert checks.telling_apart.tells_apart(conflict, formula, preference) is (len(answers) == 2)


def _true(formula: Formula, state: set[str]) -> bool:
    return truth(formula, lambda atom: atom.name in state)


def test_with_many_options_nobody_asks_whether_a_state_is_left() -> None:
    many = " or ".join(f"o{n}" for n in range(40))
    conflict = Conflict(infeasible=(parse(many), parse(f"not ({many})")))
    assert not checks.feasibility.no_state(conflict)


def test_a_wrong_name_is_told_what_is_near() -> None:
    files = changed("deeds_csv", "not old", "not olds")
    assert [p.hint for p in load_text(**files).problems] == ['Did you mean "old"?']


@pytest.mark.parametrize(
    ("date", "when"),
    [("2008-02-22", "on 22 February 2008"), ("2008-02", "in February 2008")],
)
def test_who_speaks_for_nobody_is_told_with_the_day_or_the_month(date: str, when: str) -> None:
    files = changed("statements_csv", "ann,2008-04", f"ann,{date}")
    messages = [p.message for p in load_text(**files).problems]
    assert f"Ann speaks for nobody {when}." in messages


def test_an_option_that_nobody_has_is_told() -> None:
    conflict = Conflict(options={"go": Option("go", (), "go")})
    (problem,) = checks.options.check(Case("c", conflict=conflict))
    assert problem.code == "option-without-owner"


def test_a_long_chain_and_a_large_circle_take_no_time() -> None:
    size = 3000
    ring = {str(n): Actor(str(n), "A", speaks_for=(Tie(str((n + 1) % size)),)) for n in range(size)}
    chain = ring | {str(size - 1): Actor(str(size - 1), "A")}
    assert [p.code for p in checks.cycles.check(Case("c", actors=ring))] == ["circle"]
    assert list(checks.cycles.check(Case("c", actors=chain))) == []
