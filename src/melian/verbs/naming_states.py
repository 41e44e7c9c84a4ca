"""States and formulas as people type them on the command line.

A state is named by the options taken in it, by a Y or N for each option, by its number, or as
"nothing", where nothing is done. What is an option's name is taken for that first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from melian.case.formula import Formula
    from melian.case.model import Conflict

    Taken = tuple[str, ...]

NOTHING = "nothing"

_DIGITS = 12  # of a number; there are never so many states that more are needed


def options_taken(conflict: Conflict, text: str) -> Taken:
    """Give the options taken in a state that somebody typed.

    Args:
        conflict: whose state it is.
        text: "a, b", or a Y or N for each option, or the state's number, or "nothing".

    Raises:
        UsageError: it is none of these.
        TooLarge: it is a number, and there are too many states to number them.
    """
    options, typed = list(conflict.options), text.strip()
    if typed in options:
        return (typed,)
    if typed in {"", NOTHING}:
        return ()
    if len(typed) == len(options) and set(typed) <= {"Y", "N"}:
        return tuple(o for o, letter in zip(options, typed, strict=True) if letter == "Y")
    if typed.isdecimal():
        return _numbered(conflict, typed)
    taken = [name.strip() for name in typed.split(",") if name.strip()]
    for name in taken:
        if name not in options:
            known = f"The options are {', '.join(options)}."
            hint = did_you_mean(name, options, known)
            raise UsageError(
                f'"{name[:60]}" is not an option of the conflict. {hint} {ways(conflict)}'
            )
    return tuple(dict.fromkeys(taken))


def ways(conflict: Conflict, option: str = "") -> str:
    """Say how a state may be named.

    Args:
        conflict: whose states they are.
        option: of the command line, that takes the name.
    """
    lead, letters = f"{option} " if option else "", "Y".ljust(len(conflict.options), "N")
    return (
        "Name a state by the options taken in it, with commas, as in "
        f'{lead}"{next(iter(conflict.options))}"; by a Y or N for each, as in {lead}{letters}; by '
        f"its number, as in {lead}1; or as {lead}{NOTHING}."
    )


def number_of(conflict: Conflict, taken: Taken) -> int:
    """Give the number of the state in which exactly these options are taken.

    Raises:
        UsageError: it is infeasible.
        TooLarge: there are too many states to number them.
    """
    from melian.conflict.building import graph, state_number

    number = state_number(graph(conflict), taken)
    if number is None:
        raise UsageError(f"{_named(taken)} is infeasible: {_ruled_out(conflict, taken)}.")
    return number


def formula_typed(text: str) -> Formula:
    """Give the formula over options that somebody typed.

    Raises:
        UsageError: it is none.
    """
    from melian.case.formula import FormulaError, parse

    try:
        return parse(text)
    except FormulaError as error:
        raise UsageError(
            f'"{text[:80]}" is not a formula over options. {error} {error.hint}'
        ) from None


def _numbered(conflict: Conflict, text: str) -> Taken:
    from melian.conflict.building import graph

    on = graph(conflict)
    number = int(text) if len(text) <= _DIGITS else 0
    if not 1 <= number <= len(on.decimals):
        raise UsageError(
            f"There is no state {text[:_DIGITS]}; they are numbered 1 to {len(on.decimals):,}, as "
            f"melian stability lists them. {ways(conflict)}"
        )
    decimal = int(on.decimals[number - 1])
    return tuple(option for bit, option in enumerate(on.options) if decimal >> bit & 1)


def _named(taken: Taken) -> str:
    return f'The state "{", ".join(taken)}"' if taken else "The state in which nothing is done"


def _ruled_out(conflict: Conflict, taken: Taken) -> str:
    from melian.case.formula import truth

    for formula in conflict.infeasible:
        if truth(formula, lambda atom: str(atom) in taken):
            return f'the case rules out "{formula}"'
    return "the case rules it out"
