"""Weighed explanations in sentences. None of them names a winner."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from melian.case.likelihood import word_of
from melian.case.wording import citation, concept_text, name_of
from melian.hypotheses.result import Strength, strength

if TYPE_CHECKING:
    from melian.case.model import Case, Deed, Fact, Hypothesis, Likelihood, Statement
    from melian.hypotheses.result import Bearing, Item, Pair, Prospect, Shift, Weighing

CHANGES_TOLD = 3
MOST = 1_000_000

MATRIX_NOTE = (
    "This is the matrix of Heuer (1999), as a view. It counts what does not fit, and not how much "
    "an item tells explanations apart: what fits all of them equally well says nothing. In "
    "experiments it made judgements neither more coherent nor less prone to error (Dhami, Belton "
    "and Mandel 2019; Karvetski and Mandel 2020). So nothing here rests on it."
)

LIMITS = (
    "The explanations are weighed as rivals, one against another; in life several may hold at "
    "once, and one that nobody coded is not weighed at all."
)


def odds_text(odds: float) -> str:
    """Give odds, or a ratio, of one or more as a reader says them.

    >>> odds_text(1.01), odds_text(2.66), odds_text(17.2), odds_text(1234)
    ('even', '2.7 to 1', '17 to 1', '1,200 to 1')
    """
    if odds < 1.05:
        return "even"
    if odds >= MOST:
        return "more than a million to 1"
    if odds < 10:
        return f"{odds:.1f}".removesuffix(".0") + " to 1"
    digits = int(math.log10(odds)) - 1
    return f"{round(odds / 10**digits) * 10**digits:,} to 1"


def label(hypothesis: Hypothesis) -> str:
    """Give a few words for an explanation: its label, or its id in words."""
    return hypothesis.label or hypothesis.id.replace("-", " ")


def title(case: Case, weighing: Weighing) -> str:
    """Give what is explained, as a headline."""
    if not weighing.about:
        return "What explains it"
    return f"What explains what {name_of(case, weighing.about)} says and does"


def item_text(case: Case, item: Item) -> str:
    """Give what an item is, as a clause that begins with a name."""
    if item.finding is not None:
        return item.finding.title.rstrip(".")
    statement = next((s for s in case.statements if s.id in item.statements), None)
    if statement is not None:
        verb = "says" if statement.basis == "reported" else "can be read as saying"
        return f"{name_of(case, statement.actor)} {verb} that {concept_text(case, statement.claim)}"
    deed = next((d for d in case.deeds if d.id in item.deeds), None)
    if deed is not None:
        return f"{name_of(case, deed.actor)} {deed.action}"
    fact = next(f for atom, f in case.facts.items() if str(atom) in item.facts)
    return concept_text(case, fact.claim)


def traces(case: Case, item: Item) -> str:
    """Give where an item comes from: source by source, its records with their locators."""
    records: dict[str, Statement | Deed] = {each.id: each for each in case.statements}
    records |= {each.id: each for each in case.deeds}
    facts = {str(atom): fact for atom, fact in case.facts.items()}
    found: list[tuple[str, Statement | Deed | Fact]] = [
        *((name, records[name]) for name in (*item.statements, *item.deeds)),
        *((f"fact {name}", facts[name]) for name in item.facts),
    ]
    by_source: dict[str, list[str]] = {}
    for name, each in found:
        place = f", {each.locator}" if each.locator else ""
        by_source.setdefault(citation(case, each.source), []).append(f"{name}{place}")
    return ". ".join(f"{source}: {'; '.join(places)}" for source, places in by_source.items())


def likelihood_text(likelihood: Likelihood) -> str:
    """Give a likelihood as it was coded: a word, or a number."""
    return spoken(likelihood.word) if likelihood.word else f"{likelihood.value:g}"


def spoken(word: str) -> str:
    """Give a word of the scale as it stands in a sentence.

    >>> spoken("even"), spoken("very-likely")
    ('as likely as not', 'very likely')
    """
    return "as likely as not" if word == "even" else word.replace("-", " ")


def speaks(weighing: Weighing, pair: Pair, bearing: Bearing) -> str:
    """Give what an item says of two explanations: ``clearly for the first (4 to 1)``."""
    if bearing.strength is Strength.NOTHING:
        return "says nothing"
    favoured = pair.one if bearing.ratio > 1 else pair.other
    how = odds_text(max(bearing.ratio, 1 / bearing.ratio))
    name = label(weighing.hypothesis(favoured))
    return f"{bearing.strength.value} for “{name}” ({how})"


def lean(weighing: Weighing, pair: Pair) -> str:
    """Say how far two explanations are apart, all evidence taken together."""
    own = pair.odds / pair.prior
    ahead, behind = _ordered(weighing, pair, own)
    start = ""
    if not _starts_even(pair):
        first, after = (_sided(weighing, pair, odds) for odds in (pair.prior, pair.odds))
        start = f" From starting odds of {first}, it comes to {after}."
    if strength(own) is Strength.NOTHING:
        return f"Between “{ahead}” and “{behind}” the evidence, as coded, is about even.{start}"
    odds = odds_text(max(own, 1 / own))
    return f"The evidence, as coded, leans to “{ahead}” over “{behind}” by about {odds}.{start}"


def spread(weighing: Weighing, pair: Pair) -> str:
    """Say how wide the odds are when every likelihood is off by one word."""
    against, favour = _sided(weighing, pair, pair.low), _sided(weighing, pair, pair.high)
    odds = "the odds" if _starts_even(pair) else "what it comes to"
    return (
        f"Were every likelihood one word of the scale off, {odds} could be anything from "
        f"{against} to {favour}."
    )


def tips(case: Case, weighing: Weighing, pair: Pair) -> str:
    """Say how little would bring the odds to even, or to the other side."""
    if pair.tips is None:
        return "Even all of these changes together would not bring it to even."
    if not pair.tips:
        return ""
    told = [_shift(case, weighing, shift) for shift in pair.tips[:CHANGES_TOLD]]
    count = len(pair.tips)
    if count == 1:
        return f"One change by one word is enough to bring it to even: {told[0]}."
    if count > CHANGES_TOLD:
        return f"It takes {count} changes by one word to bring it to even."
    return f"It takes {count} changes by one word to bring it to even: {'; '.join(told)}."


def weightiest(case: Case, weighing: Weighing, pair: Pair) -> str:
    """Say where the odds would be without the item whose loss moves them most.

    Where the explanations do not start even, the evidence's own odds come first.
    """
    if len(pair.bearings) < 2:
        return ""
    moved = max(pair.bearings, key=lambda b: abs(math.log(b.without / pair.odds)))
    if strength(moved.without / pair.odds) is Strength.NOTHING:
        return ""
    text = item_text(case, weighing.item(moved.item))
    odds = _sided(weighing, pair, moved.without)
    if _starts_even(pair):
        return f"Most rests on this: {text}. Without it the odds would be {odds}."
    own = _sided(weighing, pair, moved.without / pair.prior)
    return (
        f"Most rests on this: {text}. Without it the evidence's own odds would be {own}, and what "
        f"it comes to {odds}."
    )


def silent(weighing: Weighing) -> tuple[Item, ...]:
    """Give the items that tell no two explanations apart."""
    loud = {
        bearing.item
        for pair in weighing.pairs
        for bearing in pair.bearings
        if bearing.strength is not Strength.NOTHING
    }
    return tuple(item for item in weighing.items if item.evidence.name not in loud)


def would_tell(weighing: Weighing, prospect: Prospect) -> str:
    """Say what finding something missing would speak for, and what not finding it would."""
    parts = []
    alone = len(prospect.found) == 1
    for pair, found in prospect.found.items():
        absent = prospect.absent[pair]
        one, other = (label(weighing.hypothesis(each)) for each in pair)
        if strength(found) is strength(absent) is Strength.NOTHING:
            parts.append(f"it would not tell “{one}” from “{other}”")
            continue
        parts.append(
            f"found, it would speak {_by(found, one, other, alone=alone)}; looked for and not "
            f"found, {_by(absent, one, other, alone=alone)}"
        )
    return "; ".join(parts)


def bundles(weighing: Weighing) -> tuple[tuple[Item, ...], ...]:
    """Give the items that count as one, bundle by bundle."""
    named = dict.fromkeys(item.bundle for item in weighing.items if len(item.bundle) > 1)
    return tuple(tuple(weighing.item(name) for name in bundle) for bundle in named)


def fits(likelihood: float) -> str:
    """Give the mark of Heuer's matrix: CC and C fit, N is neutral, I and II do not fit."""
    marks = {"remote": "II", "very-unlikely": "II", "unlikely": "I", "even": "N", "likely": "C"}
    return marks.get(word_of(likelihood), "CC")


def _starts_even(pair: Pair) -> bool:
    return odds_text(max(pair.prior, 1 / pair.prior)) == "even"


def _ordered(weighing: Weighing, pair: Pair, odds: float) -> tuple[str, str]:
    named = [label(weighing.hypothesis(each)) for each in (pair.one, pair.other)]
    return (named[0], named[1]) if odds >= 1 else (named[1], named[0])


def _sided(weighing: Weighing, pair: Pair, odds: float) -> str:
    text = odds_text(max(odds, 1 / odds))
    side = pair.one if odds > 1 else pair.other
    return text if text == "even" else f"{text} for “{label(weighing.hypothesis(side))}”"


def _by(ratio: float, one: str, other: str, *, alone: bool) -> str:
    """Say for which of two something speaks; where there are more, over which other."""
    if strength(ratio) is Strength.NOTHING:
        return "for neither" if alone else f"neither for “{one}” nor for “{other}”"
    ahead, behind = (one, other) if ratio > 1 else (other, one)
    against = "" if alone else f" over “{behind}”"
    return f"{strength(ratio).value} for “{ahead}”{against}"


def _shift(case: Case, weighing: Weighing, shift: Shift) -> str:
    name = label(weighing.hypothesis(shift.hypothesis))
    after, before = spoken(word_of(shift.after)), spoken(word_of(shift.before))
    text = item_text(case, weighing.item(shift.item))
    if after == before:
        after = f"nearly {'impossible' if shift.after < shift.before else 'certain'}"
    return f"that {text} would have to be {after} under “{name}”, not {before}"
