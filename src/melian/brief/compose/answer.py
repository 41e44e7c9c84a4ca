"""The answer in five sentences: what hangs on what, what is sure, what fails, what could help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.drawn import expected as sampled
from melian.brief.compose.drawn_levers import likeliest
from melian.brief.compose.levers import summary
from melian.brief.compose.moved import turned
from melian.brief.compose.outcomes import leading, settled
from melian.brief.compose.positions import places
from melian.brief.compose.standing import opposed
from melian.brief.compose.words import capital, joined, number, plural
from melian.brief.document import Cite, Refer, Strong
from melian.brief.drawing import percent
from melian.case.formula import atoms
from melian.case.wording import name_of, series, whose
from melian.conflict.result import Concept
from melian.readings.wording import combined

if TYPE_CHECKING:
    from melian.brief.compose.words import Speech
    from melian.brief.debate import Debate
    from melian.brief.document import Prose
    from melian.brief.gathering import Material, Solved
    from melian.case.model import Case, Conflict
    from melian.readings.conditions import HangsOn
    from melian.readings.outcomes import Outcomes
    from melian.readings.outlook import Outlook


MOST_NAMED = 5


def answer(material: Material, speech: Speech) -> tuple[Prose, ...]:
    """Give the answer, one prose a sentence, at most five."""
    solved = material.solved
    expected = _expected(solved, speech) if solved else []
    if material.drawn is not None:
        expected = sampled(material.drawn, speech, target=material.moved is None)
    closing = summary(solved.aim, speech) if solved and solved.aim else ""
    if material.moved is not None:
        closing = likeliest(material.moved, speech)
    refused: list[Prose] = [("What can be expected is not solved: ", material.unsolved)]
    return (
        *expected,
        *([] if material.case.conflict else _debated(material.debate)),
        _unsound(material),
        *([(closing,)] if closing else []),
        *(refused if material.unsolved else []),
    )


def _debated(found: Debate | None) -> tuple[Prose, ...]:
    """Say who stands against whom, and who turned, where nothing is asked of outcomes."""
    if found is None:
        return ()
    return (*opposed(found), *turned(found))


def _expected(solved: Solved, speech: Speech) -> list[Prose]:
    """Say what the open options hang on, those in the target first, and then what is sure."""
    outcomes = solved.outcomes
    hanging = _hanging(solved, speech)
    sentences: list[Prose] = [(*each, ".") for each in hanging[:1]]
    if hanging[1:]:
        sentences.append((*joined(hanging[1:3], "; ", "; "), "."))
    sure = settled(solved.outlook, solved.conflict, speech)
    if sure:
        sentences.append(_sure(sure, outcomes, speech.case))
    elif not hanging and outcomes.stable(Concept.NASH):
        sentences.append(leading(solved, speech))
    return sentences


def _sure(told: str, outcomes: Outcomes, case: Case) -> Prose:
    if outcomes.combinations == 1:
        return (Strong(told), " in every equilibrium.")
    count = "both" if outcomes.combinations == 2 else f"all {number(outcomes.combinations)}"
    end = f" (in {count} combinations of {combined(case)})."
    return (f"{_whatever(outcomes)}, ", Strong(_uncapital(told, case)), end)


def _whatever(outcomes: Outcomes) -> str:
    sides = "whichever side of its own contradictions each party comes down on"
    wishes = "whatever it turns out to prefer where that is uncertain"
    torn = any(len(c.sides) > 1 for c in outcomes.choices if c.component is not None)
    if not outcomes.uncertain:
        return capital(sides)
    return capital(f"{sides}, and {wishes}" if torn else wishes.replace("it turns", "each turns"))


def _uncapital(text: str, case: Case) -> str:
    """Give the text for the middle of a sentence; names keep their capital."""
    names = tuple(actor.name for actor in case.actors.values())
    return text if text.startswith(names) else text[:1].lower() + text[1:]


def _hanging(solved: Solved, speech: Speech) -> list[Prose]:
    """Say what the open options hang on; those that hang on the same in one breath."""
    conflict = solved.conflict
    aim = {atom.name for atom in atoms(conflict.target)} if conflict.target else set[str]()
    alike: dict[bytes, list[Outlook]] = {}
    for view in solved.outlook:
        if view.settled is None and view.taken.any():
            alike.setdefault(view.taken.tobytes(), []).append(view)
    found = [(group[0].hangs_on, group) for group in alike.values()]
    found.sort(key=lambda pair: (not any(v.option in aim for v in pair[1]), _length(pair[0])))
    return [
        (
            Strong(capital(speech.would([conflict.options[v.option] for v in group]))),
            _often(solved.outcomes, group[0]),
            *speech.hangs_on(hangs, _subject(conflict, group)),
        )
        for hangs, group in found
    ]


def _often(outcomes: Outcomes, view: Outlook) -> str:
    """Say how often, where that hangs on uncertain preferences, which have a weight."""
    marks = (c.mark for conditions in view.hangs_on.cover for c in conditions)
    if all(isinstance(mark, str) for mark in marks):
        return " "
    return f" in {percent(outcomes.share(view.taken))} of the combinations, "


def _subject(conflict: Conflict, group: list[Outlook]) -> str:
    """Give the one actor that all these options belong to, or "" when there are several."""
    owners = {owner for view in group for owner in conflict.options[view.option].owners}
    return owners.pop() if len(owners) == 1 else ""


def _length(hangs: HangsOn) -> tuple[int, int]:
    return sum(len(conditions) for conditions in hangs.cover), len(hangs.cover)


def _unsound(material: Material) -> Prose:
    case, findings = material.case, material.audit.findings
    if not material.audit.actors:
        return ("No statement or deed is coded, so nothing is said of the parties' positions.",)
    if not findings and not material.audit.complete:
        return ("No clash of positions was found as far as the search went, which was cut short.",)
    if not findings:
        return ("What is coded of each party holds together.",)
    counts = {actor: len(material.findings(actor)) for actor in material.audit.actors}
    (first, most), *rest = sorted(counts.items(), key=lambda item: -item[1])
    components = len(material.audit.actors[first].components)
    text = f"{capital(whose(name_of(case, first)))} positions {places(most, components)}"
    others = [f"{whose(name_of(case, actor))} in {number(n)}" for actor, n in rest if n]
    if len(others) > MOST_NAMED:
        fewer = plural(sum(n for _, n in rest[MOST_NAMED - 1 :]), "place")
        others = [
            *others[: MOST_NAMED - 1],
            f"those of {number(len(others) - MOST_NAMED + 1)} others in {fewer}",
        ]
    if others:
        text += f"; {series(others)}"
    plainest = findings[0]
    return (
        f"{text}. The plainest: ",
        Refer(plainest.title.rstrip("."), f"finding-{plainest.id}"),
        Cite((*plainest.statements, *plainest.deeds)),
        ".",
    )
