"""Changes of preferences in words: what to put where."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from melian.case.formula import And, Or, signed
from melian.conflict.preferences import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from melian.case.formula import Formula
    from melian.conflict.inverse.result import Inverse, Rearranged, Step

_STATES = 6  # that are told by number, where a formula spells them out


def statement_names(result: Inverse) -> Mapping[str, tuple[str, ...]]:
    """Give each actor's statements as they are typed; a ranking spelt out, by its states."""
    return {
        actor: tuple(_name(result, formula) for formula in formulas)
        for actor, formulas in result.statements.items()
    }


def _name(result: Inverse, formula: Formula) -> str:
    spelt = formula.parts if isinstance(formula, Or) else (formula,)
    if len(spelt) <= _STATES and all(_is_state(part, result.options) for part in spelt):
        numbers = np.flatnonzero(evaluate(formula, result.options)[result.decimals]) + 1
        if len(numbers):
            return states(tuple(map(int, numbers)))
    return str(formula)


def _is_state(formula: Formula, options: Sequence[str]) -> bool:
    """Tell whether a formula says of each of several options whether it is taken."""
    if not isinstance(formula, And):
        return False
    signs = [signed(part) for part in formula.parts]
    return {sign.atom.name for sign in signs if sign} == set(options) and None not in signs


def states(numbers: Sequence[int]) -> str:
    """Give states that stand in one place.

    >>> states((3,)), states((3, 5))
    ('state 3', 'states 3, 5')
    """
    word = "states" if len(numbers) > 1 else "state"
    return f"{word} {', '.join(map(str, numbers))}"


def told(change: Rearranged, names: Sequence[str]) -> str:
    """Give how one actor's list changes, as an instruction.

    Args:
        change: of the list.
        names: of its items, and of those that might be added.

    >>> from melian.conflict.inverse.result import Rearranged, Step
    >>> told(Rearranged(3, (Step(2, (0, 1)),), ((2, 0, 1), (0, 2, 1))), ["a", "b", "c"])
    'put "c" above "b"'
    """
    if len(change.steps) == 1:
        (step,) = change.steps
        others = [names[item] for item in change.orders[0] if item != step.item]
        return f"{_verb(change, step)} {_quoted(names[step.item])} {_where(step.places, others)}"
    order = change.orders[0]
    parts = []
    for step in change.steps:
        following = order[order.index(step.item) + 1 :]
        where = f"just above {_quoted(names[following[0]])}" if following else "last"
        parts.append(f"{_verb(change, step)} {_quoted(names[step.item])} {where}")
    more = len(change.orders) - 1
    ways = f" (or in {more:,} other way{'s' if more > 1 else ''})" if more else ""
    return "; ".join(parts) + ways


def _verb(change: Rearranged, step: Step) -> str:
    return "put" if step.item < change.own else "add"


def _quoted(name: str) -> str:
    return name if name.startswith(("state ", "states ")) else f'"{name}"'


def _where(places: Sequence[int], others: Sequence[str]) -> str:
    """Give places among other items, such as ``above "b"``."""
    return " or ".join(chain.from_iterable(_span(span, others) for span in _spans(places)))


def _spans(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = places[0]
    for one, two in zip(places, [*places[1:], None], strict=True):
        if two != one + 1:
            yield first, one
            first = two if two is not None else one


def _span(span: tuple[int, int], others: Sequence[str]) -> Iterator[str]:
    first, last = span
    end = len(others)
    if (first, last) == (0, end):
        yield "anywhere"
    elif last == 0:
        yield "on top"
    elif first == end:
        yield "last"
    elif first == 0:
        yield f"above {_quoted(others[last])}"
    elif last == end:
        yield f"below {_quoted(others[first - 1])}"
    else:
        yield f"between {_quoted(others[first - 1])} and {_quoted(others[last])}"
