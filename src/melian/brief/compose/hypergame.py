"""What each side believes of the others, what it expects, and what lasts all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.drawn import about
from melian.brief.compose.words import capital, number
from melian.brief.document import Items, Paragraph, Section, Strong, Table
from melian.brief.drawing import percent
from melian.case.wording import counted, name_of, series
from melian.conflict.result import Concept
from melian.readings.wording import combined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from melian.brief.compose.words import Speech
    from melian.brief.document import Block, Prose
    from melian.brief.gathering import Material
    from melian.case.model import Conflict
    from melian.conflict.hypergame import Hypergame, Prospect, View

LETTERS = "ABCDEF"
SHOWN = len(LETTERS)
BLIND = "does not reckon with it"

TITLE = "What each side believes"
MERGED = (
    "The case says what parties believe or see. What follows from that is not worked out here: it "
    "takes states one by one, and in this conflict several count as one."
)
INTRODUCTION = (
    "Each party decides by what it prefers itself and by what it believes that the others prefer. "
    "What follows from that is worked out with every preference held, whatever the reading. An "
    "outcome lasts when no party would gain by moving alone, as each sees it (after Nash)."
)


def believed(material: Material, speech: Speech) -> tuple[Section, ...]:
    """Say what each believes, what it expects, and who would leave what others expect to last.

    The section is left out where the case says nothing of what parties believe or see.
    """
    found, conflict = material.perceived, speech.case.conflict
    if conflict is None or not (conflict.beliefs or conflict.unseen) or material.unsolved:
        return ()
    if found is None:
        return (Section("beliefs", TITLE, (Paragraph((MERGED,)),)),)
    beliefs = tuple((capital(text),) for text in _beliefs(conflict, found, speech))
    states = _states(found)
    blocks: list[Block] = [
        Paragraph((INTRODUCTION,)),
        Items(beliefs),
        _table(material, found, speech, states),
    ]
    courses = tuple((text,) for text in _courses(found, speech, states))
    if courses:
        blocks.append(Items(courses, ("Where somebody would be surprised:",)))
    return (Section("beliefs", TITLE, tuple(blocks)),)


def _beliefs(conflict: Conflict, found: Hypergame, speech: Speech) -> Iterator[str]:
    for view in found.views:
        who = name_of(speech.case, view.actor)
        for other, preferences in conflict.beliefs.get(view.actor, {}).items():
            whom = name_of(speech.case, other)
            wishes = series([f"that {speech.outcome(p.prefer)}" for p in preferences])
            wrong = other in view.mistaken
            told = (
                f"as coded, {whom} ranks the outcomes otherwise" if wrong else "as coded, it does"
            )
            yield (
                f"{who} believes that {whom} prefers, the most important first, {wishes}; {told}."
                if wishes
                else f"{who} believes that {whom} prefers nothing in particular; {told}."
            )
        unseen = int((~view.sees).sum())
        if unseen:
            formulas = conflict.unseen.get(view.actor, ())
            which = ", or in which ".join(speech.outcome(each) for each in formulas)
            yield (
                f"{who} does not reckon with {unseen:,} of {counted(len(view.sees), 'state')}: "
                f"those in which {which}."
            )


def _states(found: Hypergame) -> list[int]:
    """Give the states that last, would last or are expected to; those that last come first."""
    holds, true = found.holds(Concept.NASH), found.truth.equilibria(Concept.NASH)
    told = holds | true
    for view in found.views:
        told = told | view.expects(Concept.NASH)
    states = [int(place) + 1 for place in told.nonzero()[0]]
    return sorted(states, key=lambda state: (not holds[state - 1], not true[state - 1], state))


def _table(material: Material, found: Hypergame, speech: Speech, states: Sequence[int]) -> Table:
    holds, true = found.holds(Concept.NASH), found.truth.equilibria(Concept.NASH)
    hidden = len(states) - SHOWN
    rows: tuple[tuple[Prose, ...], ...] = tuple(
        (
            (Strong(letter), f" {_described(found, speech, state)}"),
            (_expecting(found, speech, state),),
            ("yes" if holds[state - 1] else "no",),
            ("yes" if true[state - 1] else "no",),
            (_share(material, state),),
        )
        for letter, state in zip(LETTERS, states, strict=False)
    )
    head = ("Outcome", "Expected by", "Lasts", "Would if all knew", "Equilibrium in")
    caption = "What is expected to last, what lasts, and what would if all were known."
    more = f" {capital(number(hidden))} more are left out here." if hidden > 0 else ""
    if (
        material.solved is not None and material.solved.outcomes.combinations == 1
    ):  # then it says what the column before it says
        return Table(caption + more, head[:-1], tuple(row[:-1] for row in rows))
    of = combined(speech.case)
    shares = f" Last, the share of the combinations of {of} in which it is an equilibrium."
    return Table(caption + shares + more, head, rows, numeric=frozenset({len(head) - 1}))


def _share(material: Material, state: int) -> str:
    """Give the share of combinations in which a state is an equilibrium, as far as it is known."""
    if material.drawn is not None:
        return about(material.drawn.share(state, Concept.NASH))
    if material.solved is None:
        return ""
    outcomes = material.solved.outcomes
    return percent(outcomes.share(outcomes.where(state, Concept.NASH)))


def _expecting(found: Hypergame, speech: Speech, state: int) -> str:
    views: list[View] = [v for v in found.views if v.expects(Concept.NASH)[state - 1]]
    if len(views) == len(found.views):
        return "everyone"
    return series([name_of(speech.case, view.actor) for view in views]) or "nobody"


def _described(found: Hypergame, speech: Speech, state: int) -> str:
    """Give a state by the labels of what each party does in it."""
    by_owner: dict[str, list[str]] = {}
    for option in map(speech.option, found.taken(state)):
        by_owner.setdefault(speech.owners(option), []).append(option.label or option.text)
    each = [f"{capital(owners)}: {series(labels)}" for owners, labels in by_owner.items()]
    return "; ".join(each) or "Nobody does anything"


def _courses(found: Hypergame, speech: Speech, states: Sequence[int]) -> Iterator[str]:
    """Say what parties do that others do not expect: as things stand, and in what is imagined."""
    told = found.prospects[Concept.NASH]
    where = {state: f"In outcome {letter}" for letter, state in zip(LETTERS, states, strict=False)}
    if found.status_quo is not None:
        where = {found.status_quo: "As things stand"} | {
            state: lead for state, lead in where.items() if state != found.status_quo
        }
    for state, lead in where.items():
        for actor in found.actors if state in told else ():
            own, others = found.judged(Concept.NASH, state, actor)
            expected = [
                f"{series([name_of(speech.case, name) for name in names])} "
                f"{'expects' if len(names) == 1 else 'expect'} it to "
                f"{_doing(found, speech, state, each)}"
                for each, names in others.items()
                if each != own
            ]
            if expected and not (own.stays and lead.startswith("In")):
                sees = found.sees(actor, state)
                does = f"would {_doing(found, speech, state, own)}" if sees else BLIND
                yield f"{lead}, {name_of(speech.case, actor)} {does}; {'; '.join(expected)}."


def _doing(found: Hypergame, speech: Speech, state: int, prospect: Prospect) -> str:
    """Give what an actor does, to put after "would" or "to"."""
    if prospect.stays or not prospect.to:
        return "stay" if prospect.stays else "move away"
    before, after = found.taken(state), found.taken(prospect.to[0])
    begins = [speech.option(o).text for o in after if o not in before]
    ends = [speech.option(o).text for o in before if o not in after]
    parts = [series(begins)] * bool(begins) + [f"no longer {series(ends, 'or')}"] * bool(ends)
    return " and ".join(parts)
