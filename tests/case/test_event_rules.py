"""Rules on events: their language, the names of parties, and what becomes of events."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest
from case_strategies import conditions
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.case import cameo, event_rules
from melian.case.dates import parse_date
from melian.case.event import Event
from melian.case.event_conditions import Comparison, Every, Opposite, parse
from melian.case.event_judging import Seen, judge
from melian.case.event_names import Circles, Names, pattern
from melian.case.event_rules import Table, deeds_of
from melian.case.formula import FormulaError
from melian.case.loading import load_text
from melian.case.sound import sound

EVENTS = Path(__file__).parents[3] / "shared" / "corpus" / "events"
PARTIES = ("mar", "lin", "ann", "league")
DAY = parse_date("2008-08-06")


# Codes


@pytest.fixture
def corpus() -> Path:
    if not EVENTS.is_dir():
        pytest.skip("the folder of reference tables of CAMEO and PLOVER is not here")
    return EVENTS


def test_every_code_has_words_and_stands_below_what_holds_it():
    known = cameo.codes()
    assert all(words for words in known.values())
    assert set(cameo.ROOTS) <= known.keys()
    assert all(code[:-1] in known for code in known if len(code) > 2)


def test_the_codes_are_those_of_the_book(corpus):
    text = (corpus / "cameo-codes_andybega-icews.csv").read_bytes().decode("cp1252", "replace")
    theirs = {row["code"] for row in csv.DictReader(text.splitlines())}
    assert len(theirs) > 300
    assert theirs <= cameo.codes().keys()
    assert cameo.codes().keys() - theirs == {"1214"}  # in the conversion table of PLOVER only


def test_the_types_are_those_of_the_conversion_table(corpus):
    text = (corpus / "CAMEO2PLOVER-2021.txt").read_text(encoding="ascii")
    pairs = re.findall(r"^(\d{3,4}): *([A-Z]+),", text, re.MULTILINE)
    assert len(pairs) > 250
    assert [(code, cameo.plover_of(code)) for code, _ in pairs] == pairs
    dropped = [code for code in cameo.codes() if code[:2] in {"01", "02"}]
    assert not any(cameo.plover_of(code) for code in dropped)


# The language of conditions


@given(conditions(PARTIES))
def test_a_condition_is_read_as_it_is_printed(condition):
    assert parse(str(condition)) == condition


@pytest.mark.parametrize(
    ("text", "column", "message", "hint"),
    [
        ("", 1, "is empty", "actor in russia"),
        ("actor in mar and", 17, "stops too early", "Write comparisons"),
        ("(actor in mar", 14, "stops too early", "Write comparisons"),
        ("actor in mar cameo in 16", 14, 'cannot be read at "cameo"', "Write comparisons"),
        ("actr in mar", 1, 'no "actr"', 'Did you mean "actor"?'),
        ("actor has mar", 7, '"actor" does not go with "has"', "Write actor in"),
        ("goldstein in -5", 11, '"goldstein" does not go with "in"', "Write goldstein <"),
        ("goldstein < five", 13, '"five" is not a number', "such as -5"),
        ("goldstein < -5, 3", 17, "takes one number", "for each number"),
        ("cameo in 7", 10, '"7" is no code', "Write 07"),
        ("cameo in 16, 21", 14, '"21" is no code', "the first two are 01 to 20"),
        ("cameo in 21..", 10, '"21" is no code', "the first two are 01 to 20"),
        ("cameo in 18..16", 10, "ends before it starts", "Write 16..18"),
        ("plover in COERSE", 11, "no type of PLOVER", 'Did you mean "COERCE"?'),
        ("date in 2008-13", 9, "no day of the calendar", "Write 2008-05..2008-08"),
        ('text has ""', 10, "is empty", 'text has "visa"'),
        ("not " * 70 + "actor in mar", 1, "nested more than 60 deep", "Split"),
        ("actor in mar or " * 300 + "actor in mar", 1, "at most 4000", "Split"),
    ],
)
def test_what_is_no_condition_is_refused_where_it_stands(text, column, message, hint):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert message in str(caught.value)
    assert caught.value.column == column
    assert hint in caught.value.hint


def test_a_code_holds_what_begins_with_it_and_a_range_ends_with_all_its_last_one_holds():
    book = list(cameo.codes())  # in the order of the book: what a code holds comes right behind it

    def chosen(items):
        holds = judge(parse(f"cameo in {items}"))
        return [code for code in book if holds(seen(event(cameo=code)))]

    assert chosen("163") == ["163"]
    assert chosen("162") == ["162", "1621", "1622", "1623"]
    assert chosen("17") == book[book.index("17") : book.index("18")]
    assert chosen("190") == ["190"]
    assert chosen("16..18") == book[book.index("16") : book.index("19")]
    assert chosen("163..") == book[book.index("163") :]
    assert chosen("1622..164") == book[book.index("1622") : book.index("165")]
    assert chosen("01, 2042") == [*book[: book.index("02")], "2042"]


def event(**given):
    return Event(line=2, id="", mark="x", **{"date": DAY, "actor": "Mar", **given})


def seen(one, actor="", target=""):
    return Seen(one, actor, target, frozenset({actor} - {""}), frozenset({target} - {""}))


events = st.builds(
    Event,
    line=st.integers(2, 9),
    id=st.just(""),
    mark=st.just("x"),
    date=st.sampled_from(["2007-01-01", "2008-05", "2008-08-06", "2010"]).map(parse_date),
    actor=st.just("Mar"),
    cameo=st.sampled_from(["", "010", "163", "1722", "186"]),
    plover=st.sampled_from(["", "COERCE"]),
    mode=st.sampled_from(["", "Arrest"]),
    goldstein=st.sampled_from([None, -5.0, 0.0, 9.0]),
    text=st.sampled_from(["", "a, B (c", "=<"]),
    target_sector=st.sampled_from(["", "A"]),
)


def in_book(items, code):
    book = list(cameo.codes())
    for item in items:
        first, last = item.split("..") if ".." in item else (item, item)
        until = max(index for index, each in enumerate(book) if each[: len(last)] == last)
        if code in book[book.index(first) : until + 1]:
            return True
    return False


def in_time(items, date):
    ends = [(item.split("..") * 2)[:2] for item in items]
    return any(str(date.last) >= a and str(date.first) <= (b or "9") + "~" for a, b in ends)


def in_order(how, left, right):
    signs = {-1: "< <=", 0: "<= >= =", 1: "> >="}
    return how in signs[(left > right) - (left < right)].split()


def has(items, text):
    return any(item.lower() in text.lower() for item in items)


def by_hand(this, one, actor, target):
    """Give the truth of a comparison as the documentation tells it: 1, 0, or 1/2 for not known."""
    items = this.items
    ways = {  # whether it is known, and what it is
        "actor": (True, lambda: actor in items),
        "target": (True, lambda: target in items),
        "date": (True, lambda: in_time(items, one.date)),
        "cameo": (one.cameo, lambda: in_book(items, one.cameo)),
        "plover": (one.plover or one.cameo, lambda: one.plover in items),
        "mode": (one.mode, lambda: one.mode.lower() in items),
        "goldstein": (one.goldstein is not None,
                      lambda: in_order(this.how, one.goldstein, float(items[0]))),
        "text": (one.text, lambda: has(items, one.text)),
        "target-sector": (one.target_sector, lambda: has(items, one.target_sector)),
    }  # fmt: skip
    known, truth = ways[this.field]
    return float(truth()) if known else 0.5


def kleene(condition, one, actor, target):
    """Give the truth as a number: not is 1 - x, and is the least, or the greatest (Kleene 1952)."""
    if isinstance(condition, Comparison):
        return by_hand(condition, one, actor, target)
    if isinstance(condition, Opposite):
        return 1 - kleene(condition.part, one, actor, target)
    parts = [kleene(part, one, actor, target) for part in condition.parts]
    return min(parts) if isinstance(condition, Every) else max(parts)


@settings(max_examples=300, deadline=None)
@given(conditions(PARTIES), events, st.sampled_from(["", *PARTIES]), st.sampled_from(PARTIES))
def test_a_condition_is_as_true_as_its_parts(condition, one, actor, target):
    found = judge(condition)(seen(one, actor, target))
    assert {True: 1, False: 0, None: 0.5}[found] == kleene(condition, one, actor, target)


# Names

_words = st.text("ab ()*", max_size=6)


@given(_words, _words)
def test_a_pattern_fits_what_a_regular_expression_says(text, name):
    whole, plain = " ".join(text.split()), " ".join(name.replace("*", "").split())
    expected = re.fullmatch(".*".join(map(re.escape, whole.split("*"))), plain)
    assert pattern(text).fits(plain) == bool(expected)


def test_the_closest_name_counts():
    names = Names(
        {
            "georgia": ["Georgia", "* (Georgia)", "not Media (Georgia)"],
            "opposition": ["Opposition * (Georgia)"],
            "police": ["police (GEORGIA)"],
            "rest": ["*"],
        }
    )
    found = {
        "GEORGIA": "georgia",
        "Army (Georgia)": "georgia",
        "Media (Georgia)": "rest",
        "Opposition Party (Georgia)": "opposition",
        "Police  (Georgia)": "police",
        "Russia": "rest",
        "": "",
    }
    assert {name: names.of(name) for name in found} == found
    assert names.ambiguous == {}


def test_a_name_between_two_stands_for_none():
    names = Names({"mar": ["* Navy", "Lin"], "lin": ["Lin", "Royal*"]})
    assert [names.of("Royal Navy"), names.of("Lin"), names.of("Royals")] == ["", "", "lin"]
    assert names.ambiguous == {"Royal Navy": ("lin", "mar"), "Lin": ("lin", "mar")}


CASE = """\
title: Salt
question: Who keeps the port open?
period: 2008
actors:
  mar: Mar
  lin: {name: Lin, member_of: [{league: 2008-07..}]}
  ann: {name: Ann, kind: person, speaks_for: [{mar: 2008-03..2008-09}]}
  league: {name: The League, kind: organisation}
instances:
  port: the port
concepts:
  open(x): x is open to all
  friend(x): x is a friend
  safe: the sea is safe
rules:
  - excludes: [safe, open(port)]
    why: w
events:
  names:
    mar: [Mar, "* (Mar)"]
    ann: Ann
    lin: [Lin]
    port: Port of Lin
  rules:
    - id: embargo
      when: actor in mar and cameo in 163 and target in league, port
      shows: not open(target)
      why: w
    - id: visit
      when: cameo in 042 and not target in mar
      shows: [friend(target), safe]
      lasts: day
    - id: quarrel
      when: cameo in 042 and text has "quarrel"
      shows: not friend(target)
      lasts: day
"""


def case_of(text=CASE):
    loaded = load_text(text)
    assert [p for p in loaded.problems if p.severity == "error"] == []
    return sound(loaded.case)


def row(line, *said):
    date, actor, code, target, text, name = (*said, "", "")[:6]
    mark = name or f"r{line}"
    return Event(line, name, mark, parse_date(date), actor, target, code, "", text=text)


def mapped(*rows, text=CASE):
    return deeds_of(case_of(text), rows, Table("table.csv", "table"))


def told(deed):
    return deed.id, deed.actor, deed.target, str(deed.date), [*map(str, deed.shows)], deed.note


def test_an_event_shows_what_the_rules_say():
    found = mapped(
        row(2, "2008-04-01", "Navy (Mar)", "163", "Lin", "Embargo"),  # not yet of the league
        row(3, "2008-07-02", "Navy (Mar)", "163", "Lin", "Embargo", "77"),
        row(4, "2008-07-03", "Ann", "163", "Port of Lin", "Ban"),
        row(5, "2008-10-03", "Ann", "163", "Port of Lin", "Embargo"),  # speaks for nobody
        row(6, "2009-07-03", "Mar", "163", "Lin", "Embargo"),
        row(7, "2008-05-01", "Lin", "042", "Ann", "Visit"),  # who speaks for mar
        row(8, "2008-05-01", "Lin", "042", "Sea Club", "Visit"),
        row(9, "2008-05-01", "Sea Club", "042", "Lin", "Visit"),
        row(10, "2008-05-01", "Mar", "042", "Lin", "Visit"),
        row(11, "2008-05-01", "Mar", "042", "Lin", "Visit with a quarrel"),
    )
    assert [told(deed) for deed in found.deeds] == [
        ("event-77", "mar", "lin", "2008-07-02", ["not open(lin)"], "Embargo; Navy (Mar) to Lin"),
        (
            "event-r4",
            "ann",
            "port",
            "2008-07-03",
            ["not open(port)"],
            "Ban; Ann to Port of Lin",
        ),
        ("event-r10", "mar", "lin", "2008-05-01", ["friend(lin)", "safe"], "Visit; Mar to Lin"),
    ]
    assert [deed.locator for deed in found.deeds] == ["event 77", "line 4", "line 10"]
    assert [deed.until and str(deed.until) for deed in found.deeds] == [None, None, "2008-05-01"]
    assert [deed.action for deed in found.deeds][:1] == [
        "imposes an embargo, a boycott or sanctions [CAMEO 163]"
    ]
    assert {deed.source for deed in found.deeds} == {"table"}
    assert (found.read, found.mapped) == (10, 3)
    assert found.left_out == {
        event_rules.NO_RULE: 3,
        event_rules.OUTSIDE: 1,
        event_rules.NO_TARGET: 1,
        event_rules.NO_ACTOR: 1,
        event_rules.BOTH: 1,
    }
    assert found.unnamed == (("Sea Club", 1),)
    assert found.unnamed_targets == (("Sea Club", 1),)
    assert {rule: (n.events, n.deeds) for rule, n in found.rules.items()} == {
        "embargo": (2, 2),
        "visit": (1, 1),
        "quarrel": (0, 0),
    }


def test_names_that_stand_for_nobody_are_told__those_that_meet_a_party_first():
    names = """    mar: [Mar, "* (Mar)", "not Media (Mar)"]"""
    text = CASE.replace("""    mar: [Mar, "* (Mar)"]""", names)
    far = [row(n, "2008-05-01", "Far Club", "010", "Far Port", "Talk") for n in range(2, 9)]
    near = [
        row(11, "2008-05-01", "The Lin", "010", "Mar", "Talk"),
        row(12, "2008-05-01", "The Lin", "010", "Mar", "Talk"),
        row(13, "2008-05-01", "Media (Mar)", "010", "Mar", "Talk"),
        row(14, "2009-05-01", "Late Club", "010", "Mar", "Talk"),
        row(15, "2008-05-01", "Mar", "010", "League of Ports", "Talk"),
        row(16, "2008-05-01", "", "010", "Mar", "Talk"),
    ]
    found = mapped(*far, *near, text=text)
    assert found.unnamed == (("The Lin", 2),)
    assert found.unnamed_targets == (("League of Ports", 1),)
    alone = mapped(*far, text=text)
    assert (alone.unnamed, alone.unnamed_targets) == ((("Far Club", 7),), (("Far Port", 7),))


def test_rules_that_show_opposites_of_an_event_are_told_and_leave_it_out():
    quarrel = row(11, "2008-05-01", "Mar", "042", "Lin", "Visit with a quarrel")
    found = mapped(quarrel, row(12, "2008-05-02", "Mar", "042", "Lin", "A QUARREL"))
    (problem,) = found.problems
    assert (str(problem.location), problem.code) == ("table.csv:11:1", "opposite-rules")
    assert '"visit" and "quarrel" are true of this event (and of 1 more), and' in problem.message
    assert "exclude each other" in problem.hint
    assert found.deeds == ()


def test_a_name_that_may_stand_for_two_is_told_once():
    text = CASE.replace("lin: [Lin]", 'lin: [Lin, "Royal*"]').replace('"* (Mar)"', '"* Navy"')
    found = mapped(
        *(row(n, "2008-05-01", "Royal Navy", "042", "Lin") for n in (3, 4)),
        row(5, "2008-05-01", "Royal Yacht", "042", "Lin"),
        text=text,
    )
    (problem,) = found.problems
    assert (str(problem.location), problem.code) == ("table.csv:3:1", "ambiguous-name")
    assert '"Royal Navy" may stand for lin or mar, and stands for none' in problem.message
    assert [deed.actor for deed in found.deeds] == ["lin"]


def test_news_of_one_thing_are_one_deed():
    again = [row(n, "2008-07-02", "Mar", "163", "Lin", "Ban", str(n)) for n in range(1, 9)]
    other = row(9, "2008-07-03", "Mar", "163", "Lin", "Ban", "9")
    found = mapped(*again, other)
    assert [(deed.id, deed.locator, deed.note) for deed in found.deeds] == [
        (
            "event-1",
            "events 1, 2, 3, 4, 5 and 3 more",
            "Ban; Mar to Lin; reported 8 times that day",
        ),
        ("event-9", "event 9", "Ban; Mar to Lin"),
    ]
    assert (found.mapped, found.rules["embargo"].events, found.rules["embargo"].deeds) == (9, 9, 2)


ROWS = st.tuples(
    st.sampled_from(["2007-12-31", "2008-02-01", "2008-07-02", "2008-07-03"]),
    st.sampled_from(["Mar", "Navy (Mar)", "Ann", "Lin", "Nobody"]),
    st.sampled_from(["163", "042", "010"]),
    st.sampled_from(["Lin", "Port of Lin", "Mar", "Nobody"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ROWS, max_size=40))
def test_every_event_is_accounted_for(rows):
    """Count by hand which rows the rules are about, and which of them are one deed."""
    found = mapped(*(row(n, *each) for n, each in enumerate(rows, start=2)))
    assert found.read == len(rows) == found.mapped + sum(found.left_out.values())
    who = {"Mar": "mar", "Navy (Mar)": "mar", "Ann": "ann", "Lin": "lin"}
    whom = {"Lin": "lin", "Port of Lin": "port", "Mar": "mar"}
    deeds = defaultdict(int)
    for date, actor, code, target in rows:
        for_mar = actor.endswith(("Mar", "(Mar)")) or (
            actor == "Ann" and date.startswith("2008-07")
        )
        in_league = target == "Lin" and date.startswith("2008-07")
        embargo = code == "163" and for_mar and (in_league or target == "Port of Lin")
        visit = code == "042" and target != "Mar"
        if (embargo or visit) and date > "2008" and actor in who and target in whom:
            deeds[who[actor], code, whom[target], date] += 1
    assert sum(deeds.values()) == found.mapped
    assert len(deeds) == len(found.deeds) == len({deed.id for deed in found.deeds})
    codes = [re.findall(r"CAMEO (\d+)", deed.action)[0] for deed in found.deeds]
    made = [(d.actor, c, d.target, str(d.date)) for d, c in zip(found.deeds, codes, strict=True)]
    assert set(made) == set(deeds)


def test_a_circle_of_ties_has_an_end():
    case = load_text(
        "title: t\nquestion: q\nactors:\n"
        "  a: {name: A, member_of: [b]}\n  b: {name: B, member_of: [a, {c: 2009..}]}\n  c: C\n"
    ).case
    assert Circles(case).of("a", DAY) == {"a", "b"}
    assert Circles(case).of("b", parse_date("2009-05-01")) == {"a", "b", "c"}
    assert Circles(case).of("", DAY) == frozenset()


# Checks


@pytest.mark.parametrize(
    ("change", "code", "message", "hint", "rules"),
    [
        (("    lin: [Lin]", "    ▸legue: [Lin]"), "unknown-actor",
         'no actor or instance "legue"', 'Did you mean "league"?', 3),
        (("target in league, port", "target in league, ▸prot"), "unknown-actor",
         'no actor or instance "prot"', 'Did you mean "port"?', 2),
        (("shows: not open(target)", "shows: not ▸opne(target)"), "unknown-concept",
         'no concept "opne"', 'Did you mean "open"?', 2),
        (("shows: not open(target)", "shows: not open(▸taget)"), "unknown-instance",
         '"taget" is neither an actor nor an instance', "Add taget under instances", 2),
        (("shows: not open(target)", "shows: not ▸open"), "wrong-arguments",
         '"open" takes 1 argument;', "Write open(x)", 2),
        (("cameo in 163", "cameo in ▸169"), "no-such-code",
         "CAMEO has no code that is 169", "docs/events.md", 3),
        (("cameo in 163", "cameo in ▸213"), "bad-formula",
         '"213" is no code of CAMEO', "01 to 20", 2),
        (("actor in mar and", "▸actr in mar and"), "bad-formula",
         'Events have no "actr"', 'Did you mean "actor"?', 2),
        (("    port: Port of Lin\n", ""), "no-names",
         "No name in a table stands for port", "Add its names under events", 3),
        (("    lin: [Lin]", "    ▸lin: [lin, mar]"), "name-of-two",
         '"mar" stands for mar as well as for lin', "Take it away from one", 3),
        (("id: visit", "id: ▸embargo"), "id-taken", '"embargo" is taken', "Give it another", 2),
        (("lasts: day\n    - id: q", "lasts: ▸week\n    - id: q"), "bad-choice",
         '"week" is not possible', "Write on or day", 2),
        (("      shows: not open(target)\n", ""), "missing-key",
         '"shows" is missing', "what they show", 2),
    ],
)  # fmt: skip
def test_mistakes_are_found_where_they_stand(change, code, message, hint, rules):
    marked = CASE.replace(*change, 1)
    assert marked != CASE
    before, mark, _ = marked.partition("▸")
    loaded = load_text(marked.replace("▸", ""))
    (problem,) = [p for p in loaded.problems if p.code == code]
    assert message in problem.message
    assert hint in problem.hint
    assert problem.severity == ("warning" if code in {"no-such-code", "no-names"} else "error")
    if mark:
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        assert (problem.location.line, problem.location.column) == place
    assert len(sound(loaded.case).events.rules) == rules


def test_a_case_without_mistakes_has_no_problem_about_events():
    assert [p for p in load_text(CASE).problems if p.severity == "error"] == []
    codes = {p.code for p in load_text(CASE).problems}
    assert codes.isdisjoint({"no-names", "no-such-code", "name-of-two"})
