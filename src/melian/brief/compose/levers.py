"""What could move it: the levers, alone, exchanged and all together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose import pictures
from melian.brief.compose.words import Speech, capital, plural
from melian.brief.document import Group, Items, Paragraph, Section
from melian.brief.drawing import percent
from melian.case.wording import name_of, sentence

if TYPE_CHECKING:
    from melian.brief.document import Block, Prose
    from melian.brief.gathering import Aim, Material, Pull
    from melian.case.model import Case

CONDITIONS_SHOWN = 4


def movable(material: Material, speech: Speech) -> Section:
    """Say which levers bring the target about, in how many combinations of readings."""
    title = "What could move it"
    aim = material.solved.aim if material.solved else None
    if aim is None:
        text = (
            "The case names no target, so its levers are not weighed."
            if material.case.levers
            else "The case names no levers that could change the outcome."
        )
        return Section("levers", title, (Paragraph((text,)),))
    blocks: list[Block] = [Paragraph((_standing(aim, speech),))]
    if aim.pulls:
        blocks.append(pictures.levers(material.case, aim))
    working = [pull for pull in aim.alone() if aim.gain(pull) > 0]
    working.sort(key=lambda pull: (-pull.reach.assured, -pull.reach.possible))
    blocks += [_pull(material.case, aim, pull) for pull in (*working, *aim.exchanges())]
    idle = [pull for pull in aim.alone() if aim.gain(pull) <= 0]
    if idle:
        blocks.append(_idle(material.case, idle))
    blocks += [Paragraph((_together(p),)) for p in aim.pulls if p.together == "all"]
    return Section("levers", title, tuple(blocks))


def _standing(aim: Aim, speech: Speech) -> str:
    return (
        f"The outcome sought is that {speech.outcome(aim.target)}. As things stand it is sure in "
        f"{percent(aim.reach.assured)} of the {aim.reach.combinations:,} combinations of readings "
        f"(every Nash equilibrium is like that), and possible in {percent(aim.reach.possible)} "
        "(some equilibrium is)."
    )


def _pull(case: Case, aim: Aim, pull: Pull) -> Group:
    texts = [f"{name_of(case, lever.by)} could {lever.does}" for lever in pull.levers]
    exchange = pull.together == "exchange"
    reasons = () if exchange else (_return(case, pull), *_whys(pull))
    tail = " ".join(["", *(text for text in reasons if text)])
    prose = (*_effect(case, aim, pull), *([tail] if tail else []))
    anchor = "lever-" + "+".join(lever.id for lever in pull.levers)
    title = sentence(", and in return ".join(texts))
    return Group(anchor, title, (Paragraph(prose),), "An exchange" if exchange else "A lever")


def _whys(pull: Pull) -> list[str]:
    return [sentence(lever.why) for lever in pull.levers if lever.why]


def _effect(case: Case, aim: Aim, pull: Pull) -> Prose:
    """Say how far levers bring the target about, and on which readings that still hangs."""
    before, after = aim.reach, pull.reach
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
    then = Speech(pull.case, pull.audit, cited=case)
    return (f"{text} It is then sure ", *then.hangs_on(after.hangs_on), ".")


def _changed(word: str, before: float, after: float) -> str:
    if before == after:
        return f"stays {word} in {percent(after)}"
    return f"becomes {word} in {percent(after)} instead of {percent(before)}"


def _return(case: Case, pull: Pull) -> str:
    lever = pull.levers[0]
    if not lever.returns:
        return ""
    back = case.levers.get(lever.returns)
    if back is not None:
        return sentence(f"in return {name_of(case, back.by)} could {back.does}")
    return sentence(f"in return {name_of(case, lever.by)} would get {lever.returns}")


def _idle(case: Case, idle: list[Pull]) -> Items:
    items: tuple[Prose, ...] = tuple(
        (sentence(f"{name_of(case, p.levers[0].by)} could {p.levers[0].does}"),) for p in idle
    )
    lead = (
        f"{capital(plural(len(idle), 'lever'))} would each leave both shares as they are, as "
        "coded, if pulled alone:"
    )
    return Items(items, (lead,))


def _together(pull: Pull) -> str:
    return (
        f"All {len(pull.levers)} levers together make the outcome sought sure in "
        f"{percent(pull.reach.assured)} of the combinations, and possible in "
        f"{percent(pull.reach.possible)}."
    )


def summary(aim: Aim, speech: Speech) -> str:
    """Say in one sentence what could move it, for the answer; "" where there are no levers."""
    if not aim.pulls:
        return ""
    single = aim.alone()
    best = max(single, key=lambda pull: (pull.reach.assured, pull.reach.possible))
    share = percent(aim.reach.assured)
    now = f"That {speech.outcome(aim.target)} is sure in {share} of the combinations"
    if aim.gain(best) <= 0:
        return f"{now}, and no lever alone would change that."
    told = f"{now} as things stand, and in {percent(best.reach.assured)} {_if(speech.case, best)}"
    top = max(aim.exchanges(), key=lambda pull: pull.reach.assured, default=best)
    if top.reach.assured > best.reach.assured:
        told += f"; in {percent(top.reach.assured)} {_if(speech.case, top)}"
    idle = sum(aim.gain(pull) <= 0 for pull in single)
    tail = f"; alone, {plural(idle, 'lever')} would change nothing" if idle else ""
    return f"{told}{tail}."


def _if(case: Case, pull: Pull) -> str:
    first, *rest = [f"{name_of(case, lever.by)} were to {lever.does}" for lever in pull.levers]
    return f"if {first}" + "".join(f", and in exchange {other}" for other in rest)
