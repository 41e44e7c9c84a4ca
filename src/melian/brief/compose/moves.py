"""Moves in words, and which of the smallest sets of them come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.wording import name_of

if TYPE_CHECKING:
    from melian.case.model import Case, Lever
    from melian.readings.levers.result import DrawnPull, Pull, Search


def smallest(aim: Search) -> tuple[Pull, ...]:
    """Give all smallest sets that suffice, where one lever does not; exchanges first."""
    sets = [pull for pull in aim.smallest if len(pull.levers) > 1]
    return tuple(sorted(sets, key=lambda pull: not _closed(pull)))


def _closed(pull: Pull) -> bool:
    """Tell whether all that is to be returned for levers is among them."""
    return pull.reciprocity is not None and pull.reciprocity.levers == pull.ids


def clause(case: Case, lever: Lever, verb: str) -> str:
    """Give a move as a clause: who, a verb such as "could", and what."""
    return f"{name_of(case, lever.by)} {verb} {lever.does.rstrip('.')}"


def is_exchange(pull: Pull | DrawnPull) -> bool:
    """Tell whether all levers are returned for one another."""
    return {lever.returns for lever in pull.levers} >= set(pull.ids)


def exchanged(clauses: list[str], pull: Pull | DrawnPull) -> str:
    """Join the clauses of levers pulled together."""
    return (", and in exchange " if is_exchange(pull) else ", and ").join(clauses)


def together(case: Case, pull: Pull | DrawnPull, verb: str) -> str:
    """Say who does what when levers are pulled together: "A could do this, and B could ..."."""
    return exchanged([clause(case, lever, verb) for lever in pull.levers], pull)
