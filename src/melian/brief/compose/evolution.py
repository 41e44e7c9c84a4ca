"""How it could come about: who would move from the status quo, where and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.grounds import cited
from melian.brief.compose.ways import evolution_figure
from melian.brief.compose.words import capital, joined, number, plural
from melian.brief.document import Items, Paragraph, Section, Strong
from melian.brief.drawing import percent
from melian.case.formula import Atom, Not, atoms
from melian.case.wording import formula_text, name_of, of_itself, series
from melian.readings.wording import combined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.brief.compose.words import Speech
    from melian.brief.document import Block, Prose
    from melian.brief.gathering import Material, Solved
    from melian.case.formula import Formula
    from melian.readings.evolution.routes import Decisive, Move, Route
    from melian.readings.evolution.status_quo import Arrival, StatusQuoAnalysis

TOLD = 3
LONGEST = 160  # letters of what is preferred, in words; longer ones are not told


def coming_about(material: Material, speech: Speech) -> tuple[Section, ...]:
    """Say where moves that pay would lead; nothing where there is no status quo to begin from."""
    solved = material.solved
    if solved is None or solved.ahead is None:
        return ()
    ahead = solved.ahead
    blocks: list[Block] = [Paragraph((_opening(ahead, combined(speech.case)),))]
    if ahead.arrivals:
        if any(arrival.fewest for arrival in ahead.arrivals):
            blocks.append(evolution_figure(speech.case, solved.conflict, ahead))
        told = [_arrival(speech, solved, arrival) for arrival in ahead.arrivals[:TOLD]]
        blocks.append(Items(tuple(told), (_lead(ahead),)))
    closing = _closing(ahead)
    if closing:
        blocks.append(Paragraph((closing,)))
    return (Section("coming-about", "How it could come about", tuple(blocks)),)


def _opening(ahead: StatusQuoAnalysis, of: str) -> str:
    outcomes = ahead.outcomes
    lead = "If every party moved as long as it gained by moving, nobody twice in a row,"
    if not ahead.arrivals:
        tail = " under any reading" if outcomes.combinations > 1 else ""
        return f"{lead} the status quo would lead to no equilibrium{tail}: moves would not end."
    some = plural(len(ahead.arrivals), "equilibrium", "equilibria")
    if outcomes.combinations == 1:
        return f"{lead} the status quo would lead to {some}."
    where = (
        f"under every combination of {of}"
        if ahead.settled.all()
        else f"in {percent(outcomes.share(ahead.settled))} of the combinations of {of}"
    )
    return (
        f"{lead} the status quo would lead to an equilibrium {where}. Over all combinations {some} "
        "can come about."
    )


def _lead(ahead: StatusQuoAnalysis) -> str:
    if len(ahead.arrivals) == 1:
        return "The shortest way:"
    if len(ahead.arrivals) <= TOLD:
        return "The shortest ways:"
    return f"The shortest ways to the {number(TOLD)} that come about most often:"


def _arrival(speech: Speech, solved: Solved, arrival: Arrival) -> Prose:
    outcomes, route = solved.outcomes, arrival.route
    share: Prose = ()
    if outcomes.combinations > 1:
        comes, stable = (percent(outcomes.share(met)) for met in (arrival.met, arrival.stable))
        also = f" (it is an equilibrium in {stable})" if stable != comes else ""
        where = "every combination" if arrival.met.all() else f"{comes} of the combinations"
        share = (Strong(f"In {where}{also}"), ": ")
    if route is None or not route.moves:
        return (*share, "things stay as they are." if share else "Things stay as they are.")
    return (*share, *_steps(speech, route, capitals=not share))


def _steps(speech: Speech, route: Route, *, capitals: bool) -> Prose:
    parts: list[Prose] = []
    for place, move in enumerate(route.moves):
        told = _step(speech, move)
        first = "then " if place else ""
        parts.append((first, *told))
    joint = joined(parts, "; ", "; ")
    return (capital(str(joint[1])), *joint[2:], ".") if capitals else (*joint, ".")


def _step(speech: Speech, move: Move) -> Prose:
    """Say who does what, and why; what decides it comes first where it is one of the things done.

    Of a ranking that is spelt out, no reason is given.
    """
    who = name_of(speech.case, move.step.actor)
    if not move.reasons:
        return (f"{who} would {deeds(speech, move.takes, move.drops)}",)
    preference = move.reasons[0].preference
    grounds = _grounds(speech, move.step.actor, move.reasons[0])
    first = _named(preference.prefer)
    takes = tuple(option for option in move.takes if option != first)
    drops = tuple(option for option in move.drops if option != first)
    if (takes, drops) != (move.takes, move.drops):
        above = "above all " if takes or drops else ""
        no_longer = "no longer " if first in move.drops else ""
        told = f"{who} would {above}{no_longer}{speech.option(first).text}"
        rest = f"and would {deeds(speech, takes, drops)}" if takes or drops else ""
        return (told, *grounds, *([f"{', ' if grounds else ' '}{rest}"] if rest else []))
    told = f"{who} would {deeds(speech, move.takes, move.drops)}"
    wanted = of_itself(speech.outcome(preference.prefer), who, speech.names)
    if len(wanted) > LONGEST:
        return (told,)
    return (f"{told}, as it prefers that {wanted}", *grounds)


def _named(formula: Formula) -> str:
    """Give the option that a formula asks to take, or to leave; "" where it asks for more."""
    match formula:
        case Atom() | Not(Atom()):
            return next(atoms(formula)).name
    return ""


def deeds(speech: Speech, takes: Sequence[str], drops: Sequence[str]) -> str:
    """Give what is taken up and given up, to put after "would"."""
    taken, dropped = ([speech.option(o).text for o in options] for options in (takes, drops))
    parts = [*([series(taken)] if taken else []), *([series(dropped, "or")] if dropped else [])]
    if dropped:
        parts[-1] = f"no longer {parts[-1]}"
    return " and ".join(parts)


def _grounds(speech: Speech, actor: str, reason: Decisive) -> Prose:
    """Say on which claims a preference rests, and cite them."""
    because = reason.preference.because
    if because is None:
        return ()
    who = name_of(speech.case, actor)
    held = of_itself(formula_text(speech.case, because), who, speech.names)
    often = (
        "" if reason.share > 1 - 1e-9 else "in most of them " if reason.share > 0.5 else "often "
    )
    return (f", {often}holding that {held}", cited(speech, actor, because))


def _closing(ahead: StatusQuoAnalysis) -> str:
    told = []
    more = len(ahead.arrivals) - TOLD
    if more > 0:
        told.append(
            f"{capital(plural(more, 'more equilibrium', 'more equilibria'))} can come about."
        )
    never = len(ahead.unreached)
    if never:
        some = plural(never, "equilibrium", "equilibria")
        never_do = "does" if never == 1 else "do"
        told.append(f"{capital(some)} of some reading never {never_do} so from the status quo.")
    return " ".join(told)
