"""Who acts together, believes something of others, or does not see all, decides in the conflict."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from melian.case.checks.actors import KEYED
from melian.case.checks.feasibility import no_state
from melian.case.formula import truth
from melian.case.place import where
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.case.model import Case, Conflict

KEYS = ("coalitions", "beliefs", "unseen")


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for who does not decide, for lone coalitions, and for beliefs and blindness.

    Whether the status quo is seen is a warning only.
    """
    conflict = case.conflict
    if conflict is None:
        return
    for part, names in zip(KEYS, _named(conflict), strict=True):
        for name in names:
            if name in case.actors and name not in conflict.actors:
                message = f'"{name[:60]}" has neither options nor preferences in the conflict.'
                hint = "Take it out here, or add what it may do or what it prefers."
                at = where(conflict.at, part, name, key=part in KEYED)
                yield Problem(at, "not-deciding", message, hint)
    yield from _lone(conflict)
    yield from _of_itself(conflict)
    yield from _blind(conflict)


def _named(conflict: Conflict) -> Iterator[Iterable[str]]:
    yield dict.fromkeys(chain(*conflict.coalitions))
    yield dict.fromkeys([*conflict.beliefs, *chain(*conflict.beliefs.values())])
    yield conflict.unseen


def members(coalition: Iterable[str]) -> tuple[str, ...]:
    """Give the members of a coalition, each once.

    >>> members(["nato", "ukraine", "nato"])
    ('nato', 'ukraine')
    """
    return tuple(dict.fromkeys(coalition))


def _lone(conflict: Conflict) -> Iterator[Problem]:
    for coalition in map(members, conflict.coalitions):
        if len(coalition) < 2:
            who = f"only {coalition[0][:60]}" if coalition else "nobody"
            message = f"A coalition needs two members or more, and this has {who}."
            hint = "Write a list of actors for each coalition: coalitions: [[nato, ukraine]]."
            at = where(conflict.at, "coalitions", "".join(coalition))
            yield Problem(at, "lone-coalition", message, hint)


def _of_itself(conflict: Conflict) -> Iterator[Problem]:
    for actor, believed in conflict.beliefs.items():
        if actor in believed:
            message = f"{actor[:60]} cannot be wrong here about what it prefers itself."
            hint = f"Write below {actor[:40]} what it believes of others."
            at = where(conflict.at, "beliefs", actor, key=True)
            yield Problem(at, "belief-of-itself", message, hint)


def _blind(conflict: Conflict) -> Iterator[Problem]:
    quo = conflict.status_quo
    for actor, formulas in conflict.unseen.items():
        at = where(conflict.at, "unseen", actor, key=True)
        if sees_nothing(conflict, actor):
            message = f"{actor[:60]} would see no state at all."
            hint = "Take one of the formulas below it out."
            yield Problem(at, "sees-nothing", message, hint)
        elif quo is not None and any(truth(f, lambda a: a.name in quo) for f in formulas):
            message = f"{actor[:60]} does not see the status quo."
            hint = "Unseen states are those that an actor does not reckon with."
            yield Problem(at, "unseen-status-quo", message, hint, Severity.WARNING)


def sees_nothing(conflict: Conflict, actor: str) -> bool:
    """Tell whether an actor sees none of the states that can be, where some can be.

    Never so where the formulas name too many options.
    """
    left = replace(conflict, infeasible=(*conflict.infeasible, *conflict.unseen.get(actor, ())))
    return no_state(left) and not no_state(conflict)
