"""Every option that is used is one that an actor has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.checks.uses import Nearest, option_uses
from melian.case.place import where
from melian.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for every unknown option, and for every option nobody owns."""
    options = case.conflict.options if case.conflict is not None else {}
    nearest = Nearest(options)
    for use in option_uses(case):
        if use.atom.args:
            message = f'"{str(use.atom)[:60]}" has arguments; options have none.'
            yield Problem(use.where(), "wrong-arguments", message, f"Write {use.atom.name[:40]}.")
        elif use.atom.name not in options:
            message = f'There is no option "{use.atom.name[:60]}".'
            hint = nearest.hint(use.atom.name, "Add it under options, below the actor who has it.")
            yield Problem(use.where(), "unknown-option", message, hint)
    for option in options.values():
        if not option.owners:
            message = f'Nobody has the option "{option.id}".'
            hint = "Write it below the actor who has it."
            yield Problem(where(option.at), "option-without-owner", message, hint)
