"""From a case to the JSON of gmcr-py.

gmcr-py sorts options decision maker by decision maker when it loads a file; they are written in
that order, so that the states have the same numbers there as here once the file is read again.
Preferences become conditions, disjunctions of conjunctions; what is infeasible, and what somebody
does not see, becomes one conjunction an entry, as gmcr-py has no disjunctions there.

gmcr-py weighs preferences by powers of 2 in 63 bits. Where an actor has more of them, or one that
would become too long, the rankings are written as rankings by hand and used as such.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from melian.case.deciding import conflict_of
from melian.formats.gmcr.normal import MOST_ATOMS, conjunctions, true_where
from melian.formats.gmcr.reading import MOST_OPTIONS, MOST_STATES, ids
from melian.problems import TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.case.formula import Formula
    from melian.case.model import Case, Conflict, Option
    from melian.formats.gmcr.normal import Conjunction

    Condition = tuple[Conjunction, ...]
    Columns = dict[str, NDArray[np.bool_]]

VERSION = "0.4.1"
"""Of gmcr-py, whose files these are like."""

MOST_CONDITIONS = 63
"""How many preferences of one actor gmcr-py can weigh."""

_DIRECTIONS = {None: "both", "forward": "fwd", "backward": "back"}


def written(case: Case) -> str:
    """Give the conflict of a case as the text of a ``.gmcr`` file; all preferences count as held.

    Raises:
        UsageError: the case has no conflict.
        TooLarge: it cannot be written as gmcr-py has it.
    """
    return json.dumps(_content(case, conflict_of(case)), ensure_ascii=False, indent=1) + "\n"


def _content(case: Case, conflict: Conflict) -> dict[str, Any]:
    options = sorted_options(conflict)
    number = {option.id: place for place, option in enumerate(options)}
    by_hand = bool(too_long(conflict))
    states = _states(conflict, list(number), needed=by_hand)
    return {
        "program": "gmcr-py",
        "version": VERSION,
        "options": [
            {
                "name": shown(option),
                "permittedDirection": _DIRECTIONS[conflict.irreversible.get(option.id)],
            }
            for option in options
        ],
        "decisionMakers": [
            {
                "name": _name(case.actors[actor].name if actor in case.actors else "", actor),
                "options": [number[o.id] for o in options if o.owners[:1] == (actor,)],
                "preferences": [_compound(one, number) for one in _conditions(conflict, actor)],
                "misperceptions": _entries(conflict.unseen.get(actor, ()), number),
                **_ranking(conflict, actor, states),
            }
            for actor in conflict.actors
        ],
        "infeasibles": _entries(conflict.infeasible, number),
        "useManualPreferenceRanking": by_hand,
        "coalitions": _partition(conflict),
    }


def sorted_options(conflict: Conflict) -> tuple[Option, ...]:
    """Give the options actor by actor, each with its first owner; those that nobody has, last."""
    place = {actor: n for n, actor in enumerate(conflict.actors)}
    owners = {option.id: option.owners[:1] for option in conflict.options.values()}
    return tuple(
        sorted(
            conflict.options.values(),
            key=lambda option: place[owners[option.id][0]] if owners[option.id] else len(place),
        )
    )


def shown(option: Option) -> str:
    """Give what an option is called in the file: its text or label, if they give its id again."""
    return _name(option.text, _name(option.label, option.id))


def _name(words: str, name: str) -> str:
    """Give words for an id, where the id is made of them again when the file is read."""
    return words if words and ids([words], "") == [ids([name], "")[0]] else name


def too_long(conflict: Conflict) -> int:
    """Count the preferences that gmcr-py cannot weigh, and that rankings by hand stand in for."""
    too_many = (
        max(len(_conditions(conflict, actor)) - MOST_CONDITIONS, 0) for actor in conflict.actors
    )
    formulas = (p.prefer for each in conflict.preferences.values() for p in each)
    return sum(too_many) + sum(conjunctions(formula) is None for formula in formulas)


def _conditions(conflict: Conflict, actor: str) -> list[Condition]:
    """Give an actor's preferences, each once, without those that tell no states apart."""
    found: dict[frozenset[frozenset[tuple[str, bool]]], Condition] = {}
    for preference in conflict.preferences.get(actor, ()):
        condition = conjunctions(preference.prefer)
        if condition and () not in condition:
            found.setdefault(frozenset(map(frozenset, condition)), condition)
    return list(found.values())


def _compound(condition: Condition, number: Mapping[str, int]) -> Any:
    members = [_pairs(one, number) for one in condition]
    return members[0] if len(members) == 1 else {"compound": True, "members": members}


def _pairs(conjunction: Conjunction, number: Mapping[str, int]) -> list[list[int | str]]:
    return sorted([number[name], "Y" if taken else "N"] for name, taken in conjunction)


def _entries(formulas: Iterable[Formula], number: Mapping[str, int]) -> list[Any]:
    """Give states to leave out: an entry for each conjunction, as none may be a disjunction."""
    found = []
    for formula in formulas:
        condition = conjunctions(formula)
        if condition is None:
            raise TooLarge(
                f'"{str(formula)[:60]}" names more than {MOST_ATOMS} options and is no disjunction '
                "of conjunctions, so that gmcr-py cannot have it. Write it as one, or as several "
                "formulas."
            )
        if () in condition:  # all states; gmcr-py has no condition without an option
            first = next(iter(number))
            condition = (((first, False),), ((first, True),))
        found += [_pairs(one, number) for one in condition]
    return found


def _states(conflict: Conflict, options: Sequence[str], *, needed: bool) -> Columns | None:
    """Give, per option, in which feasible states it is taken; None where they are too many.

    Raises:
        TooLarge: they are too many, and needed.
    """
    columns = None
    if len(options) <= MOST_OPTIONS:
        decimals = np.arange(1 << len(options))
        columns = {option: decimals >> bit & 1 == 1 for bit, option in enumerate(options)}
        feasible = np.ones(len(decimals), dtype=np.bool_)
        for formula in conflict.infeasible:
            feasible &= ~true_where(formula, columns)
        columns = {option: taken[feasible] for option, taken in columns.items()}
        columns = None if np.count_nonzero(feasible) > MOST_STATES else columns
    if columns is None and needed:
        raise TooLarge(
            "Some preferences are too long or too many for gmcr-py to weigh, and the states too "
            f"many to rank by hand: at most {MOST_OPTIONS} options and {MOST_STATES:,} states. "
            "Write shorter preferences."
        )
    return columns


def _ranking(conflict: Conflict, actor: str, states: Columns | None) -> dict[str, Any]:
    """Give an actor's ranking of the states, best first and ties together, and as payoffs."""
    if states is None:
        return {}
    size = len(next(iter(states.values())))
    formulas = [p.prefer for p in conflict.preferences.get(actor, ())]
    met = np.array([np.zeros(size), *(true_where(f, states) for f in formulas)], dtype=np.bool_)
    rows, rank = np.unique(met.T, axis=0, return_inverse=True)
    rank = rank.reshape(-1)
    groups = [(np.flatnonzero(rank == one) + 1).tolist() for one in reversed(range(len(rows)))]
    return {
        "preferenceRanking": [group[0] if len(group) == 1 else group for group in groups],
        "payoffs": (rank + 1).tolist(),
    }


def together(conflict: Conflict) -> list[tuple[str, ...]]:
    """Give the coalitions that can stand in one partition: no actor is in two of them."""
    found: list[tuple[str, ...]] = []
    for coalition in conflict.coalitions:
        if not any(set(coalition) & set(other) for other in found):
            found.append(coalition)
    return found


def _partition(conflict: Conflict) -> list[int | list[int]]:
    place = {actor: n for n, actor in enumerate(conflict.actors)}
    joined = {
        min(each): each for each in (sorted(map(place.__getitem__, c)) for c in together(conflict))
    }
    others = set(chain(*joined.values()))
    return [joined.get(n, n) for n in place.values() if n in joined or n not in others]
