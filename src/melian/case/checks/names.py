"""A name means one thing: no principle is called like a concept, no instance like an actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.place import where
from melian.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for each name that means two things."""
    for name, principle in case.principles.items():
        if name in case.concepts:
            message = f'"{name[:60]}" is a concept as well as a principle.'
            yield Problem(where(principle.at), "name-taken", message, "Rename one of them.")
    for name in case.instances:
        if name in case.actors:
            message = f'"{name[:60]}" is an instance as well as an actor.'
            hint = "Take it out of instances: actors can be arguments, too."
            yield Problem(where(case.actors[name].at), "name-taken", message, hint)
