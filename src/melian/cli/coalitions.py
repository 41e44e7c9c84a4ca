"""How stability against coalitions is printed: what lasts, and who would upset what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from melian.case.wording import counted, name_of, series
from melian.cli.telling import change, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.case.model import Case, Option
    from melian.conflict.coalitions.stability import CoalitionStability, Members, Upset

SHOWN = 8

Coalitions = Annotated[
    list[str] | None,
    typer.Option(
        "--coalition",
        help="Who may act together, as in nato,ukraine; may be repeated. Those of the case, when "
        "left out; all that there can be with all, and none with none.",
    ),
]


def unasked_sentences(case: Case, groups: Sequence[Members]) -> tuple[str, ...]:
    """Give the sentences that say that coalitions of a case cannot be asked, and why."""
    from melian.cli.seeking import only_single

    if not groups:
        return ()
    why = "A coalition takes states one by one, and in this conflict several count as one."
    return only_single(case, groups), why


def print_upsets(case: Case, result: CoalitionStability) -> None:
    """Print which equilibria of single parties each coalition would leave, and by what moves."""
    say("Only states that no party alone and none of the coalitions would leave are listed.")
    if len(result.joint) < len(result.stable):
        say("Under sim, which is not defined for coalitions, only single parties are asked.")
    idle = []
    for members in result.coalitions:
        upsets = [u for u in result.upsets if u.coalition == members and u.states]
        if upsets:
            _print_one(case, result, upsets)
        else:
            idle.append(_together(case, members))
    if idle:
        say(f"No equilibrium of single parties would be left by {'; or by '.join(idle)}.")


def _print_one(case: Case, result: CoalitionStability, upsets: Sequence[Upset]) -> None:
    """Say which equilibria a coalition would leave, those under most concepts first."""
    concepts = {s: [u for u in upsets if s in u.moves] for u in upsets for s in u.moves}
    count = len({state for upset in upsets for state in upset.states})
    left = counted(count, "equilibrium", "equilibria")
    say(f"{_together(case, upsets[0].coalition)} would leave {left} of single parties:")
    order = sorted(concepts, key=lambda state: (-len(concepts[state]), state))
    for state in order[:SHOWN]:
        under = series([upset.concept.value for upset in concepts[state]])
        taken = ", ".join(result.taken(state)) or "nothing"
        say(f"state {state} ({taken}), under {under}:", 2)
        for end, lasts in dict.fromkeys(_end(result, upset, state) for upset in concepts[state]):
            steps = _steps(case, result, upsets[0].coalition, state, end)
            say(f"{steps}: state {end}{', which lasts' if lasts else ''}", 4)
    if count > SHOWN:
        say(f"and {count - SHOWN:,} more; see --json.", 2)


def _end(result: CoalitionStability, upset: Upset, state: int) -> tuple[int, bool]:
    """Give where a coalition moves to, and whether that is an equilibrium, which is preferred.

    A move from one equilibrium to another is an equilibrium jump (Kilgour, Hipel, Fang & Peng
    2001).
    """
    lasting, ends = result.equilibria(upset.concept), upset.moves[state]
    return next(((end, True) for end in ends if lasting[end - 1]), (ends[0], False))


def _together(case: Case, members: Members) -> str:
    """Give a coalition in words: "NATO together with Ukraine"."""
    first, *others = [name_of(case, member) for member in members]
    return f"{first} together with {series(others)}"


def _steps(case: Case, result: CoalitionStability, members: Members, start: int, end: int) -> str:
    """Say which member takes and drops what between two states."""
    options = case.conflict.options.values() if case.conflict else ()
    found = []
    for member in members:
        own = [option.id for option in options if _mover(option, members) == member]
        if told := change(result, start, end, own, "s"):
            found.append(f"{name_of(case, member)} {told}")
    return "; ".join(found)


def _mover(option: Option, members: Members) -> str:
    """Give the first of the members that owns an option, or "" if none does."""
    return next((member for member in members if member in option.owners), "")
