"""Every argument is an actor, an instance or a variable of its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.checks.uses import Nearest, concept_uses
from melian.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for every argument that stands for nothing."""
    known = {**case.actors, **case.instances}
    nearest = Nearest(known)
    for use in concept_uses(case):
        for name in use.atom.args:
            if name not in known and name not in use.variables:
                message = f'"{name[:60]}" is neither an actor nor an instance.'
                or_variable = ", or under for, if it stands for any" if use.part == "then" else ""
                otherwise = f"Add {name[:40]} under instances{or_variable}."
                hint = nearest.hint(name, otherwise)
                yield Problem(use.where(name), "unknown-instance", message, hint)
