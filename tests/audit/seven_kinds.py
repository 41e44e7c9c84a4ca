"""Cases with planted findings of a chosen kind, right by construction from the definitions.

A plant is a set of commitments, facts and rules that cannot hold together, though all but one of
it always can; who says what, when, where and how is chosen so that one kind fits it and none that
comes before it does (docs/method.md has the kinds in their order).
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from planting import (
    INSTANCES,
    LEVELS,
    PARTY,
    SPEAKERS,
    Core,
    Garden,
    Plant,
    Voice,
    formula_of,
    of,
    of_x,
)

from melian.case.dates import Date
from melian.case.formula import And, Atom, Iff, Implies, Signed
from melian.case.model import Fact, Principle, Rule, Statement

if TYPE_CHECKING:
    from melian.case.formula import Formula
    from melian.case.model import Case

KINDS = (
    "exclusive_arguments",
    "double_standard",
    "disavowal",
    "word_against_deed",
    "level_split",
    "reversal",
    "dissent",
)


def planted(kind: str, seed: int) -> tuple[Case, tuple[Plant, ...]]:
    """Give a case with one to three plants of a kind among noise, and what each plant is."""
    garden = Garden(Random(f"{kind} {seed}"))
    plants = [_PLANTERS[kind](garden) for _ in range(garden.random.randint(1, 3))]
    garden.noise()
    return garden.case(), tuple(plants)


# Exclusive arguments: one speaker says all of it, at one level or at none in particular; a flat
# denial is not in the order of time.


def _exclusive(garden: Garden) -> Plant:
    random = garden.random
    shape = random.randrange(6)
    if shape == 0:
        return _against_a_fact(garden)
    if shape == 1:
        return _principles_apart(garden)
    if shape == 2:
        core = garden.denial()
        dates = random.choice(_NOT_IN_ORDER)
        voices = [[Voice("said", "", date and Date(*date)) for date in side] for side in dates]
    else:
        core = garden.by_rule()
        voices = [garden.any_voices() for _ in core.claims]
    return garden.plant("exclusive_arguments", core, _together(garden, voices))


_NOT_IN_ORDER = (
    [[(2004,)], [(2004, 3)]],
    [[(2004, 3)], [(2004, 3, 2)]],
    [[(2004,)], [(2004,)]],
    [[(2003,), (2006,)], [(2005,)]],
    [[(2003, 1, 1), (2003, 1, 3)], [(2003, 1, 2)]],
    [[None], [(2005,)]],
    [[(2001,), None], [(2005,)]],
    [[None], [None]],
)


def _together(garden: Garden, voices: list[list[Voice]]) -> list[list[Voice]]:
    """Let one speaker be behind every claim, and either a level too or some words without any."""
    speaker, level = garden.anyone(), garden.random.choice(LEVELS)
    vague = garden.random.random() < 0.5
    spoken = []
    for behind in voices:
        first = behind[0]
        spoken.append(
            [
                Voice(first.how, speaker, first.date, level),
                *(Voice(v.how, v.actor or garden.anyone(), v.date, v.level) for v in behind[1:]),
            ]
        )
    if vague:
        which = garden.random.choice(spoken)
        which[0] = Voice(which[0].how, speaker, which[0].date, "")
    return spoken


def _against_a_fact(garden: Garden) -> Plant:
    """One claim against a fact: flatly, by a rule, or as a principle that the facts belie."""
    shape = garden.random.randrange(3)
    claim, fact = garden.literal(), garden.literal()
    known = Fact(fact.atom, fact.positive, contested_by=garden.contested())
    if shape == 0:
        core = Core([(-fact, ())], [], [known])
    elif shape == 1:
        rule = Rule(garden.fresh("r"), excludes=(claim, fact), strength=garden.strength())
        core = Core([(claim, ())], [(rule, rule.id)], [known])
    else:
        core = _belied(garden)
    return garden.plant("exclusive_arguments", core, [garden.any_voices() for _ in core.claims])


def _belied(garden: Garden) -> Core:
    here = garden.random.choice(INSTANCES)
    condition, then = garden.literal(here), garden.literal(here)
    principle = Principle(
        garden.fresh("p"), ("x",), formula_of(of_x(then)), (of_x(condition),), garden.unknown()
    )
    facts = [Fact(condition.atom, condition.positive), Fact(then.atom, not then.positive)]
    claim = Signed(Atom(principle.name))
    return Core([(claim, ())], [(principle, f"{principle.name}({here})")], facts)


def _principles_apart(garden: Garden) -> Plant:
    """Two principles that say the opposite of one instance, perhaps through a rule."""
    here = garden.random.choice(INSTANCES)
    first, second = garden.literal(here), garden.literal(here)
    flat = garden.random.random() < 0.5
    conditions = [garden.literal(here), garden.literal(here)]
    concluded = (first, -first) if flat else (first, second)
    rules: list[tuple[Rule | Principle, str]] = []
    for condition, then in zip(conditions, concluded, strict=True):
        one = Principle(
            garden.fresh("p"), ("x",), formula_of(of_x(then)), (of_x(condition),), garden.unknown()
        )
        rules.append((one, f"{one.name}({here})"))
    claims = [(Signed(Atom(one.name)), ()) for one, _ in rules if isinstance(one, Principle)]
    if not flat:
        rule = Rule(garden.fresh("r"), excludes=(first, second))
        rules.append((rule, rule.id))
    # The conditions hold as facts, or because the party says so.
    facts = [Fact(c.atom, c.positive) for c in conditions[:1]]
    core = Core([*claims, (conditions[1], ())], rules, facts)
    voices = [garden.any_voices() for _ in core.claims]
    return garden.plant("exclusive_arguments", core, _together(garden, voices))


# Double standard: whoever says it, at whichever levels and times; the party's own words stand
# against the principle at the second instance.


def _double(garden: Garden) -> Plant:
    random = garden.random
    here, there, elsewhere = random.sample(INSTANCES, 3)
    concluded = garden.literal("x")
    conditions = [garden.literal("x") for _ in range(random.randint(0, 3))]
    then, extra = _conclusion(garden, concluded)
    unless = [*garden.unknown()]
    if random.random() < 0.3:  # an exception that counts elsewhere only
        exception = garden.literal("x")
        unless.append(exception)
        spared = of(exception, elsewhere)
        garden.facts[spared.atom] = Fact(spared.atom, spared.positive)
    principle = Principle(
        garden.fresh("p"),
        ("x",),
        then,
        tuple(conditions),
        tuple(unless),
        strength=garden.strength(),
    )
    for claim in (*conditions, *extra):  # the facts at the first instance, as at the second
        if random.random() < 0.7:
            first = of(claim, here)
            garden.facts[first.atom] = Fact(first.atom, first.positive)
    claims: list[tuple[Signed, tuple[Signed, ...]]] = [(Signed(Atom(principle.name)), ())]
    facts = []
    for condition in (*conditions, *extra):
        second = of(condition, there)
        if random.random() < 0.75:
            facts.append(Fact(second.atom, second.positive, contested_by=garden.contested()))
        else:
            claims.append((second, ()))
    rules: list[tuple[Rule | Principle, str]] = [(principle, f"{principle.name}({there})")]
    broken = of(-concluded, there)
    if random.random() < 0.4:  # broken by what would follow from it
        steps = garden.chain(random.randint(1, 2))
        start = Rule(garden.fresh("r"), conditions=(-broken,), then=formula_of(steps.claims[0][0]))
        rules += [(start, start.id), *steps.rules]
        claims.append(steps.claims[1])
    else:
        claims.append((broken, ()))
    core = Core(claims, rules, facts)
    voices = [garden.any_voices() for _ in core.claims]
    direction = "refused" if concluded.positive else "granted"
    plant = garden.plant("double_standard", core, [[], *voices[1:]], direction)
    return _invoked(garden, plant, principle, of(concluded, here))


def _conclusion(garden: Garden, concluded: Signed) -> tuple[Formula, list[Signed]]:
    """Give a conclusion for any x, and what else must hold of x for it to conclude the claim."""
    formula = formula_of(concluded)
    more = garden.literal("x")
    match garden.random.randrange(5):
        case 0:
            return Iff(formula, formula_of(more)), [more]
        case 1:
            return Iff(formula_of(more), formula), [more]
        case 2:
            return Implies(formula_of(more), formula), [more]
        case 3:
            return And((formula, formula_of(more))), []
        case _:
            return formula, []


def _invoked(garden: Garden, plant: Plant, principle: Principle, used: Signed) -> Plant:
    """Let the party invoke the principle for another instance, by name or not, once or twice."""
    named = Atom(principle.name, garden.random.choice(((), used.atom.args)))
    records = []
    for _ in range(garden.random.randint(1, 2)):
        number = garden.fresh("s")
        records.append(number)
        speaker = garden.anyone()
        reasons = (Signed(named), *(garden.true() for _ in range(garden.random.randrange(2))))
        garden.statements.append(
            Statement(number, speaker, used, garden.date(), because=reasons, level=garden.level())
        )
    return Plant(
        plant.kind,
        plant.statements | frozenset(records),
        plant.deeds,
        plant.rules,
        plant.facts,
        plant.direction,
    )


# Disavowal: a flat denial, one side of which is only ever a reason, or is about a principle.


def _disavowal(garden: Garden) -> Plant:
    random = garden.random
    core = garden.denial()
    if random.random() < 0.4:
        principle = Principle(
            garden.fresh("p"), ("x",), formula_of(garden.literal("x")), (garden.literal("x"),)
        )
        garden.principles[principle.name] = principle
        claim = Signed(Atom(principle.name))
        core = Core([(claim, ()), (-claim, ())])
        voices = [garden.any_voices() for _ in core.claims]
    else:
        used = [Voice("reason", v.actor, v.date, v.level) for v in garden.any_voices()]
        voices = [used, garden.any_voices()]
        if random.random() < 0.2:  # nobody says either, and both are reasons
            voices[1] = [Voice("reason", v.actor, v.date, v.level) for v in voices[1]]
        random.shuffle(voices)
    return garden.plant("disavowal", core, voices)


# Word against deed: of any shape, one claim of which is shown by deeds alone.


def _word_against_deed(garden: Garden) -> Plant:
    core = _double_core(garden) if garden.random.random() < 0.25 else garden.any_core()
    voices = [garden.any_voices() for _ in core.claims]
    silent = _silent(garden, core)
    count = garden.random.randint(1, 2)
    voices[silent] = [Voice("deed", garden.anyone(), garden.date()) for _ in range(count)]
    said = [n for n, (_, given) in enumerate(core.claims) if n != silent and not given]
    if garden.random.random() < 0.3 and said:  # what is said may be shown by a deed, too
        voices[garden.random.choice(said)].append(Voice("deed", PARTY, garden.date()))
    return garden.plant("word_against_deed", core, voices)


def _silent(garden: Garden, core: Core) -> int:
    """Choose a claim that a deed can show: one without conditions."""
    plain = [n for n, (_, conditions) in enumerate(core.claims) if not conditions]
    return plain[-1] if len(plain) < len(core.claims) else garden.random.choice(plain)


def _double_core(garden: Garden) -> Core:
    there = garden.random.choice(INSTANCES)
    condition, then = garden.literal(there), garden.literal(there)
    principle = Principle(garden.fresh("p"), ("x",), formula_of(of_x(then)), (of_x(condition),))
    return Core(
        [(Signed(Atom(principle.name)), ()), (-then, ())],
        [(principle, f"{principle.name}({there})")],
        [Fact(condition.atom, condition.positive)],
    )


# Level split: every word has its level, and no level has a word for every claim.


def _level_split(garden: Garden) -> Plant:
    core = garden.any_core()
    voices = [
        [Voice("said", garden.anyone(), garden.date(), level) for level in levels]
        for levels in _apart(garden, LEVELS, len(core.claims))
    ]
    for behind in voices:
        if garden.random.random() < 0.3:  # given as a reason, too, at one of its levels
            behind.append(Voice("reason", garden.anyone(), garden.date(), behind[0].level))
    return garden.plant("level_split", core, voices)


def _apart(garden: Garden, traits: tuple[str, ...], count: int) -> list[list[str]]:
    """Give some of the traits to each of several claims, so that none goes with all of them."""
    while True:
        chosen = [
            garden.random.sample(traits, garden.random.choice((1, 1, 2))) for _ in range(count)
        ]
        if not set.intersection(*map(set, chosen)):
            return chosen


# Reversal: a flat denial by one speaker at least, all of one side before all of the other.


def _reversal(garden: Garden) -> Plant:
    random = garden.random
    core, speaker = garden.denial(), garden.anyone()
    turn = random.randint(2003, 2007)
    sides = [
        [_before(random, turn) for _ in range(random.randint(1, 3))],
        [_after(random, turn) for _ in range(random.randint(1, 3))],
    ]
    level = random.choice(LEVELS)
    voices = [
        [
            Voice("said", speaker, dates[0], level),
            *(
                Voice(random.choice(("said", "reason")), garden.anyone(), date, garden.level())
                for date in dates[1:]
            ),
        ]
        for dates in sides
    ]
    if random.random() < 0.5:
        side = random.choice(voices)
        side[0] = Voice("said", speaker, side[0].date, "")
    random.shuffle(voices)
    return garden.plant("reversal", core, voices)


def _before(random: Random, turn: int) -> Date:
    """Give a day, month or year before the middle of a month of the year of the turn."""
    year = random.randint(2000, turn - 1)
    dates = (Date(year), Date(year, 12), Date(turn, 5), Date(turn, 6, random.randint(1, 14)))
    return random.choice(dates)


def _after(random: Random, turn: int) -> Date:
    year = random.randint(turn + 1, 2010)
    dates = (Date(year), Date(year, 1), Date(turn, 7), Date(turn, 6, random.randint(15, 30)))
    return random.choice(dates)


# Dissent: no speaker says all of it, and the levels do not split it.


def _dissent(garden: Garden) -> Plant:
    core = garden.any_core()
    level = garden.random.choice(LEVELS)
    chosen = _apart(garden, (PARTY, *SPEAKERS), len(core.claims))
    voices = [
        [Voice("said", speaker, garden.date(), level) for speaker in speakers]
        for speakers in chosen
    ]
    for behind in voices:
        if garden.random.random() < 0.3:
            behind.append(Voice("reason", behind[0].actor, garden.date(), garden.level()))
    if garden.random.random() < 0.5:
        side = garden.random.choice(voices)
        side[0] = Voice("said", side[0].actor, side[0].date, "")
    return garden.plant("dissent", core, voices)


_PLANTERS = {
    "exclusive_arguments": _exclusive,
    "double_standard": _double,
    "disavowal": _disavowal,
    "word_against_deed": _word_against_deed,
    "level_split": _level_split,
    "reversal": _reversal,
    "dissent": _dissent,
}
