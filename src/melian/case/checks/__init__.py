"""What must hold between the parts of a case: one rule a file, each a plain function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.checks import (
    acting,
    actors,
    arguments,
    because,
    believing,
    concepts,
    cycles,
    events,
    evidence,
    feasibility,
    hypotheses,
    ids,
    likeness,
    milestones,
    names,
    options,
    params,
    preferences,
    retractions,
    rules,
    sides,
    sources,
    targets,
    telling_apart,
    terms,
    times,
    unused,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from melian.case.model import Case
    from melian.problems import Problem

    Check = Callable[[Case], Iterator[Problem]]

#: Every check of a case.
ALL: tuple[Check, ...] = (
    acting.check,
    actors.check,
    arguments.check,
    because.check,
    believing.check,
    concepts.check,
    cycles.check,
    events.check,
    evidence.check,
    feasibility.check,
    hypotheses.check,
    ids.check,
    likeness.check,
    milestones.check,
    names.check,
    options.check,
    params.check,
    retractions.check,
    rules.check,
    sides.check,
    sources.check,
    targets.check,
    telling_apart.check,
    terms.check,
    times.check,
    unused.check,
    preferences.check,
)
