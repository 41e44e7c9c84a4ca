"""What could move it: the levers, alone, exchanged and all together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose import pictures
from melian.brief.compose.words import Speech, capital, name, percent, plural
from melian.brief.document import Group, Items, Paragraph, Section
from melian.case.formula import And, Atom, Not, Or
from melian.case.wording import sentence

if TYPE_CHECKING:
    from melian.brief.document import Block, Prose
    from melian.brief.gathering import Material, Move
    from melian.case.formula import Formula
    from melian.case.model import Case, Conflict

CONDITIONS_SHOWN = 4


def movable(material: Material, speech: Speech) -> Section:
    """Say which moves bring the target about, in how many combinations of readings."""
    title = "What could move it"
    conflict = material.case.conflict
    if conflict is None or conflict.target is None or material.reach is None:
        text = (
            "The case names no target, so its levers are not weighed."
            if material.case.levers
            else "The case names no levers that could change the outcome."
        )
        return Section("moves", title, (Paragraph((text,)),))
    blocks: list[Block] = [Paragraph((_standing(material, speech, conflict),))]
    if material.moves:
        blocks.append(pictures.moves(material))
    working = [m for m in _single(material) if gain(material, m) > 0]
    working.sort(key=lambda m: (-m.reach.assured, -m.reach.possible))
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
        f"The outcome sought is that {words}. As things stand it is sure in "
        f"{percent(reach.assured)} of the {reach.combinations:,} combinations of readings (every "
        f"Nash equilibrium is like that), and possible in {percent(reach.possible)} (some "
        "equilibrium is)."
    )


def _move(material: Material, move: Move) -> Group:
    case = material.case
    texts = [f"{name(case, lever.by)} could {lever.does}" for lever in move.levers]
    exchange = len(move.levers) > 1
    reasons = () if exchange else (_return(case, move), *_whys(move))
    tail = " ".join(["", *(text for text in reasons if text)])
    prose = (*_effect(material, move), *([tail] if tail else []))
    anchor = "-and-".join(lever.id for lever in move.levers)
    kicker = "An exchange" if exchange else "A lever"
    title = sentence(", and in return ".join(texts))
    return Group(f"move-{anchor}", title, (Paragraph(prose),), kicker)


def _whys(move: Move) -> list[str]:
    return [sentence(lever.why) for lever in move.levers if lever.why]


def _effect(material: Material, move: Move) -> Prose:
    """Say how far a move brings the target about, and on which readings that still hangs."""
    before, after = material.reach, move.reach
    assert before is not None  # noqa: S101 - moves are only made with a target
    text = (
        f"The outcome sought {_changed('sure', before.assured, after.assured)} of the combinations "
        f"of readings, and {_changed('possible', before.possible, after.possible)}."
    )
    if not after.hangs_on.cover or after.hangs_on.cover == ((),):
        return (text,)
    if (
        before.assured == after.assured
        or sum(len(conditions) for conditions in after.hangs_on.cover) > CONDITIONS_SHOWN
    ):
        return (text,)
    then = Speech(move.case, move.audit, cited=material.case)
    return (f"{text} It is then sure ", *then.hangs_on(after.hangs_on), ".")


def _changed(word: str, before: float, after: float) -> str:
    if before == after:
        return f"stays {word} in {percent(after)}"
    return f"becomes {word} in {percent(after)} instead of {percent(before)}"


def _return(case: Case, move: Move) -> str:
    if len(move.levers) != 1 or not move.levers[0].returns:
        return ""
    returns = move.levers[0].returns
    if returns in case.levers:
        other = case.levers[returns]
        return sentence(f"in return {name(case, other.by)} could {other.does}")
    return sentence(f"in return {name(case, move.levers[0].by)} would get {returns}")


def _idle(material: Material, idle: list[Move]) -> Items:
    items: tuple[Prose, ...] = tuple(
        (sentence(f"{name(material.case, m.levers[0].by)} could {m.levers[0].does}"),) for m in idle
    )
    lead = (
        f"{capital(plural(len(idle), 'lever'))} would leave both shares as they are, as coded, for "
        "nothing that decides the outcome rests on what they change:"
    )
    return Items(items, (lead,))


def _together(move: Move) -> str:
    return (
        f"All {len(move.levers)} levers together make the outcome sought sure in "
        f"{percent(move.reach.assured)} of the combinations, and possible in "
        f"{percent(move.reach.possible)}."
    )


def summary(material: Material) -> str:
    """Say in one sentence what could move it, for the answer."""
    conflict = material.case.conflict
    if conflict is None or material.reach is None or not material.moves:
        return ""
    speech = Speech(material.case, material.audit)
    single = _single(material)
    best = max(single, key=lambda m: (m.reach.assured, m.reach.possible))
    words = target_words(conflict, speech)
    now = f"That {words} is sure in {percent(material.reach.assured)} of the combinations"
    if gain(material, best) <= 0:
        return f"{now}, and no lever alone would change that."
    told = f"{now} as things stand, and in {percent(best.reach.assured)} {_if(material, best)}"
    exchanges = [m for m in material.moves if _is_exchange(material, m)]
    top = max(exchanges, key=lambda m: m.reach.assured, default=best)
    if top.reach.assured > best.reach.assured:
        told += f"; in {percent(top.reach.assured)} {_if(material, top)}"
    idle = sum(gain(material, m) <= 0 for m in single)
    tail = f"; alone, {plural(idle, 'lever')} would change nothing" if idle else ""
    return f"{told}{tail}."


def _if(material: Material, move: Move) -> str:
    first, *rest = [
        f"{name(material.case, lever.by)} were to {lever.does}" for lever in move.levers
    ]
    return f"if {first}" + "".join(f", and in exchange {other}" for other in rest)
