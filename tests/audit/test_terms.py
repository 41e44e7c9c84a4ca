"""Contested terms against sets and truth tables, and by hand."""

from __future__ import annotations

import itertools
import random

import pytest

from melian.audit.terms import contested_terms
from melian.audit.terms_form import terms_form
from melian.case.loading import load_text
from melian.case.sound import sound

ATOMS = "abcdef"


def contests(text, statements="", deeds=""):
    loaded = load_text(text, statements_csv=statements, deeds_csv=deeds)
    return contested_terms(sound(loaded.case))


def random_text(seed):
    """A case of six concepts, with rules, facts and two definitions at random."""
    dice = random.Random(seed)

    def claims(least, most):
        names = dice.sample(ATOMS, dice.randint(least, most))
        return [f"{dice.choice(['', 'not '])}{name}" for name in names]

    rules = []
    for _ in range(dice.randint(1, 6)):
        if dice.random() < 0.5:
            rules.append(f"  - excludes: [{', '.join(claims(2, 3))}]")
        else:
            *conditions, then = claims(2, 3)
            rules.append(f"  - {{if: [{', '.join(conditions)}], then: {then}}}")
    facts = [f"  {name}: {dice.choice(['yes', 'no'])}" for name in dice.sample(ATOMS, 1)]
    means = [claims(2, 4), claims(2, 4)]
    lines = ["title: t", "question: q", "actors: {one: One, two: Two}", "concepts:"]
    lines += [f"  {name}: {name} holds" for name in ATOMS]
    lines += [*(["rules:", *dict.fromkeys(rules)] if rules else []), "facts:", *facts]
    lines += ["terms:", "  word:"]
    lines += [
        f"    {who}: {{means: [{', '.join(m)}]}}"
        for who, m in zip(("one", "two"), means, strict=True)
    ]
    return "\n".join(lines), means


def holds(claim, world):
    return world[claim.removeprefix("not ")] != claim.startswith("not ")


def satisfied(part, world):
    """Tell whether a world satisfies a claim (a text), or a rule (two lists of texts)."""
    if isinstance(part, str):
        return holds(part, world)
    conditions, then = part
    applies = all(holds(each, world) for each in conditions)
    return not applies or (then is not None and holds(then, world))


WORLDS = [
    dict(zip(ATOMS, values, strict=True))
    for values in itertools.product((True, False), repeat=len(ATOMS))
]


def possible(elements):
    return any(all(satisfied(each, world) for each in elements) for world in WORLDS)


def minimal_clashes(elements):
    """All sets of elements that cannot hold together and can without any one of them."""
    found = []
    for size in range(1, len(elements) + 1):
        for chosen in itertools.combinations(range(len(elements)), size):
            if any(known <= set(chosen) for known in found):
                continue
            if not possible([elements[n] for n in chosen]):
                found.append(set(chosen))
    return found


@pytest.mark.parametrize("seed", range(150))
def test_parts_and_exclusions_are_those_of_brute_force(seed):
    text, (first, second) = random_text(seed)
    loaded = load_text(text)
    assert not [p for p in loaded.problems if p.severity == "error"], loaded.problems
    case = sound(loaded.case)
    (contest,) = contested_terms(case)
    denied = [c.removeprefix("not ") if c.startswith("not ") else f"not {c}" for c in first]
    assert {str(p) for p in contest.shared} == set(first) & set(second)
    assert {str(p) for p in contest.opposed} == {
        c for c, d in zip(first, denied, strict=True) if d in second
    }
    bare = {c.removeprefix("not ") for c in first} & {c.removeprefix("not ") for c in second}
    assert {str(p) for p in contest.only_one} == {
        c for c in first if c.removeprefix("not ") not in bare
    }
    assert {str(p) for p in contest.only_other} == {
        c for c in second if c.removeprefix("not ") not in bare
    }
    assert contest.overlap == len(set(first) & set(second)) / len(set(first) | set(second))
    parts = list(dict.fromkeys([*first, *second]))
    rules = [
        ([str(c) for c in (*rule.excludes, *rule.conditions)], rule.then and _text(rule.then))
        for rule in case.rules
    ]
    facts = [str(fact.claim) for fact in case.facts.values()]
    expected = set()
    for clash in minimal_clashes([*parts, *facts, *rules]):
        claims = frozenset(parts[n] for n in clash if n < len(parts))
        used = frozenset(n - len(parts) - len(facts) for n in clash if n >= len(parts) + len(facts))
        known = frozenset(facts[n - len(parts)] for n in clash if 0 <= n - len(parts) < len(facts))
        if used and not claims <= set(first) and not claims <= set(second):
            expected.add((claims, frozenset(case.rules[n].id for n in used), known))
    assert {
        (
            frozenset(map(str, (*each.of_one, *each.of_other))),
            frozenset(rule.id for rule in each.rules),
            frozenset(str(fact.claim) for fact in each.facts),
        )
        for each in contest.exclusions
    } == expected


def _text(formula):
    return str(formula)


CASE = """
title: The sea
question: Whose is it?
actors:
  mar: Mar
  lin: Lin
  ann: {name: Ann, kind: person, speaks_for: [mar]}
instances: {bay: the bay, strait: the strait}
concepts:
  open(x): x is open to all
  shut(x): x is shut
  fished: the sea is fished
  old: the treaty is old
rules:
  - {for: [x], excludes: [open(x), shut(x)], why: w}
facts:
  old: {value: true, source: memo, contested_by: [ann]}
terms:
  free-sea:
    mar: {means: [open(bay), not fished], when: 2008}
    lin: {means: [shut(bay), not fished]}
"""
STATEMENTS = """id,actor,date,sign,concept,because
s1,ann,2008-04,+,open(bay),
s2,lin,2008,-,fished,
s3,mar,2008,+,old,not fished
s4,mar,2008,+,open(strait),
s5,mar,2009,+,open(bay),
s6,lin,2008,-,open(bay),
"""
DEEDS = "id,actor,action,date,shows\nd1,mar,fishes,2008,fished\nd2,lin,sails,2008,open(strait)\n"


def test_rules_reach_instances_that_only_definitions_speak_of():
    (contest,) = contests(CASE)
    (exclusion,) = contest.exclusions
    assert [str(p) for p in exclusion.of_one] == ["open(bay)"]
    assert [str(p) for p in exclusion.of_other] == ["shut(bay)"]
    assert [rule.args for rule in exclusion.rules] == [("bay",)]
    assert contest.overlap == pytest.approx(1 / 3)


def test_uses_are_by_each_party_in_its_period_whatever_the_sign():
    (contest,) = contests(CASE, STATEMENTS, DEEDS)
    assert contest.statements == (("s1", "s3"), ("s2", "s6"))
    assert contest.deeds == (("d1",), ())


def test_what_one_of_them_contests_is_no_fact_between_them():
    rule = "  - {if: [old, fished], then: not open(bay), why: w}\nfacts:"
    text = CASE.replace("facts:", rule).replace("[shut(bay), not fished]", "[fished]")
    (contest,) = contests(text)
    assert contest.exclusions == ()
    (contest,) = contests(text.replace(", contested_by: [ann]", ""))
    assert [str(f.claim) for each in contest.exclusions for f in each.facts] == ["old"]
    assert [str(p) for p in contest.opposed] == ["not fished"]


def test_a_fact_counts_in_the_time_of_both_definitions():
    rule = "  - {if: [old, fished], then: not open(bay), why: w}\nfacts:"
    text = CASE.replace("facts:", rule).replace("[shut(bay), not fished]", "[fished]")
    text = text.replace("source: memo, contested_by: [ann]", "source: memo, period: 2007")
    assert contests(text)[0].exclusions == ()
    assert len(contests(text.replace("period: 2007", "period: 2008-03"))[0].exclusions) == 1


def test_definitions_of_different_times_are_compared_for_one_actor_only():
    later = CASE.replace("lin: {means: [shut(bay), not fished]}",
                         "lin: {means: [shut(bay)], when: 2009..}")  # fmt: skip
    assert contests(later) == ()
    turned = "[{means: [open(bay)], when: 2008}, {means: [shut(bay)], when: 2009}]"
    own = CASE.replace("{means: [open(bay), not fished], when: 2008}", turned)
    found = [(c.one.actor, c.other.actor, str(c.other.period)) for c in contests(own)]
    assert found == [("mar", "mar", "2009"), ("mar", "lin", ".."), ("mar", "lin", "..")]


def test_the_form_says_all_of_it():
    (data,) = terms_form(contests(CASE, STATEMENTS, DEEDS))
    assert data["actors"] == ["mar", "lin"]
    assert data["shared"] == ["not fished"]
    assert data["exclusions"][0]["rules"] == ["excludes(open(x), shut(x))(bay)"]
    assert data["overlap"] == 0.3333


def test_a_case_without_terms_has_no_contest():
    assert contests(CASE[: CASE.index("terms:")]) == ()
