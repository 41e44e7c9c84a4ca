"""What a ``.gmcr`` file cannot hold of a case, besides what is no part of its conflict."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.formats.gmcr.writing import shown, together, too_long

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from melian.case.model import Case, Conflict, Preference


def _held(has: Callable[[Preference], object]) -> Callable[[Case], int]:
    return lambda case: sum(bool(has(preference)) for preference in _preferences(case))


def _preferences(case: Case) -> Iterator[Preference]:
    for each in case.conflict.preferences.values() if case.conflict else ():
        yield from each


def _of(count: Callable[[Conflict], int]) -> Callable[[Case], int]:
    return lambda case: count(case.conflict) if case.conflict else 0


def _wordings(conflict: Conflict) -> int:
    return sum(option.text != shown(option) for option in conflict.options.values())


def _further_owners(conflict: Conflict) -> int:
    return sum(max(len(option.owners) - 1, 0) for option in conflict.options.values())


def _bystanders(case: Case) -> int:
    deciding = case.conflict.actors if case.conflict else ()
    return sum(actor not in deciding for actor in case.actors)


COUNTS: Mapping[str, Callable[[Case], int]] = MappingProxyType(
    {
        "statement": lambda case: len(case.statements),
        "concept": lambda case: len(case.concepts),
        "source": lambda case: len(case.sources),
        "actor outside the conflict": _bystanders,
        "wording of an option": _of(_wordings),
        "further owner of an option": _of(_further_owners),
        "option that nobody has": _of(lambda c: sum(not o.owners for o in c.options.values())),
        "reason of a preference": _held(lambda p: p.because is not None),
        "note on a preference": _held(lambda p: p.why),
        "doubt about a preference": _held(
            lambda p: p.probability is not None or p.uncertain or p.group
        ),
        "preference in its own words, as rankings stand in for it": _of(too_long),
        "coalition that overlaps another": _of(lambda c: len(c.coalitions) - len(together(c))),
        "status quo": _of(lambda c: c.status_quo is not None),
        "target": _of(lambda c: c.target is not None),
    }
)
"""By the word for one of them, how many a case has."""
