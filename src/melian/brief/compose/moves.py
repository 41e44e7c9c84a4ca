"""What could move it: the levers, alone, exchanged and all together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose import pictures
from melian.brief.compose.words import Speech, name, percent, plural
from melian.brief.document import Cite, Group, Items, Paragraph, Section
from melian.case.formula import And, Atom, Not, Or
from melian.case.wording import sentence, series

if TYPE_CHECKING:
    from melian.brief.document import Block, Prose
    from melian.brief.gathering import Material, Move
    from melian.case.formula import Formula
    from melian.case.model import Case, Conflict
    from melian.readings.levers import Reach


def movable(material: Material, speech: Speech) -> Section:
    """Say which moves bring the target about, in how many combinations of readings."""
    title = "What could move it"
    conflict = material.case.conflict
    if conflict is None or conflict.target is None or material.reach is None:
        text = (
            "The case names no target, so the moves open to the parties are not weighed."
            if material.case.levers
            else "The case names no moves that could change the outcome."
        )
        return Section("moves", title, (Paragraph((text,)),))
    blocks: list[Block] = [Paragraph((_standing(material, speech, conflict),))]
    if material.moves:
        blocks.append(pictures.moves(material))
    working = [m for m in _single(material) if gain(material, m) > 0]
    working.sort(key=lambda m: -gain(material, m))
    blocks += [_move(material, move) for move in working]
    blocks += [_move(material, move) for move in material.moves if _is_exchange(material, move)]
    idle = [m for m in _single(material) if gain(material, m) <= 0]
    if idle:
        blocks.append(_idle(material, idle))
    together = [m for m in material.moves if len(m.levers) > 2]  # noqa: PLR2004
    blocks += [Paragraph((_together(move),)) for move in together]
    return Section("moves", title, tuple(blocks))


def _single(material: Material) -> list[Move]:
    return [move for move in material.moves if len(move.levers) == 1]


def _is_exchange(material: Material, move: Move) -> bool:
    return len(move.levers) == 2 and len(material.case.levers) > 2  # noqa: PLR2004


def gain(material: Material, move: Move) -> float:
    """Give by how much a move raises the target's reach: assured first, possible added."""
    assert material.reach is not None  # noqa: S101 - moves are only made with a target
    assured = move.reach.assured - material.reach.assured
    return assured + (move.reach.possible - material.reach.possible)


def target_words(conflict: Conflict, speech: Speech) -> str:
    """Give the target in words: ``NATO would ..., and Russia would not ...``."""
    assert conflict.target is not None  # noqa: S101 - callers have checked
    return _words(conflict.target, conflict, speech)


def _words(formula: Formula, conflict: Conflict, speech: Speech) -> str:
    match formula:
        case Atom(name):
            return speech.would([conflict.options[name]])
        case Not(Atom(name)):
            return speech.would([conflict.options[name]], taken=False)
        case And(parts):
            return " and ".join(_words(part, conflict, speech) for part in parts)
        case Or(parts):
            return "either " + " or ".join(_words(part, conflict, speech) for part in parts)
        case _:
            return str(formula)


def _standing(material: Material, speech: Speech, conflict: Conflict) -> str:
    reach = material.reach
    assert reach is not None  # noqa: S101 - the caller has checked
    words = target_words(conflict, speech)
    return (
        f"The outcome sought is that {words}. As things stand, some Nash equilibrium is like that "
        f"in {percent(reach.possible)} of the {reach.combinations:,} combinations of readings, "
        f"and every one is in {percent(reach.assured)}."
    )


def _move(material: Material, move: Move) -> Group:
    case = material.case
    first = move.levers[0]
    texts = [f"{name(case, lever.by)} could {lever.does}" for lever in move.levers]
    why = " ".join(sentence(lever.why) for lever in move.levers if lever.why)
    prose: list[object] = [f"{_effect(move.reach, material.reach)} {_return(case, move)} {why}"]
    if first.source:
        prose = [" ".join(str(prose[0]).split())]
    anchor = "-and-".join(lever.id for lever in move.levers)
    kicker = "An exchange" if len(move.levers) > 1 else "A move"
    body = Paragraph(tuple(prose))  # type: ignore[arg-type]
    return Group(f"move-{anchor}", sentence("; ".join(texts)), (body,), kicker)


def _effect(after: Reach, before: Reach | None) -> str:
    assert before is not None  # noqa: S101 - moves are only made with a target
    return (
        f"With it every equilibrium is of the kind sought in {percent(after.assured)} of the "
        f"combinations, where it was {percent(before.assured)}, and some equilibrium in "
        f"{percent(after.possible)}, where it was {percent(before.possible)}."
    )


def _return(case: Case, move: Move) -> str:
    if len(move.levers) != 1 or not move.levers[0].returns:
        return ""
    returns = move.levers[0].returns
    if returns in case.levers:
        other = case.levers[returns]
        return sentence(f"in return {name(case, other.by)} could {other.does}")
    return sentence(f"what it would get in return: {returns}")


def _idle(material: Material, idle: list[Move]) -> Items:
    items: tuple[Prose, ...] = tuple(
        (sentence(f"{name(material.case, m.levers[0].by)} could {m.levers[0].does}"),) for m in idle
    )
    lead = f"{plural(len(idle), 'move').capitalize()} would not widen the target's reach alone:"
    return Items(items, (lead,))


def _together(move: Move) -> str:
    return (
        f"All {len(move.levers)} moves together make the target an equilibrium in "
        f"{percent(move.reach.possible)} of the combinations, and the only kind of equilibrium "
        f"in {percent(move.reach.assured)}."
    )


def summary(material: Material) -> str:
    """Say in one sentence what could move it, for the answer."""
    conflict = material.case.conflict
    if conflict is None or material.reach is None or not material.moves:
        return ""
    speech = Speech(material.case, material.audit)
    single = _single(material)
    best = max(single, key=lambda m: (m.reach.assured, m.reach.possible))
    idle = sum(gain(material, m) <= 0 for m in single)
    lever = best.levers[0]
    words = target_words(conflict, speech)
    if gain(material, best) <= 0:
        return f"No single move would make it likelier that {words}."
    tail = f"; {plural(idle, 'other move')} would do nothing on {_own(idle)} own" if idle else ""
    return (
        f"That {words} is sure in {percent(material.reach.assured)} of the combinations as things "
        f"stand, and in {percent(best.reach.assured)} if {name(material.case, lever.by)} were to "
        f"{lever.does}{tail}."
    )


def _own(count: int) -> str:
    return "its" if count == 1 else "their"


__all__ = ["Cite", "gain", "movable", "series", "summary", "target_words"]
