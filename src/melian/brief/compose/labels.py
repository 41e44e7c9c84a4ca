"""A few words for a claim, and for the side of a contradiction, for figures and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.words import capital
from melian.case.wording import filled, name_of

if TYPE_CHECKING:
    from melian.brief.compose.words import Speech
    from melian.case.formula import Atom
    from melian.case.model import Case
    from melian.readings.choices import Choice, Side


def concept_label(case: Case, atom: Atom) -> str:
    """Give a few words for a concept or principle: its label, or its name in words."""
    concept = case.concepts.get(atom.name)
    label = concept.label if concept else ""
    if not concept or not label:
        words = atom.name.replace("-", " ")
        names = ", ".join(name_of(case, argument) for argument in atom.args)
        return capital(f"{words}: {names}" if names else words)
    return capital(
        filled(
            label, {p: name_of(case, a) for p, a in zip(concept.params, atom.args, strict=False)}
        )
    )


def side_label(speech: Speech, choice: Choice, side: Side) -> str:
    """Give a few words for the side of a contradiction that a party takes."""
    kept = [
        speech.commitment(choice.actor, mark).claim
        for mark in sorted(side.keeps, key=str)
        if isinstance(mark, str)
    ]
    if not kept:
        return "not held"
    return " + ".join(
        f"{'' if c.positive else 'not: '}{concept_label(speech.case, c.atom)}" for c in kept
    )
