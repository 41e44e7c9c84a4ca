"""Every concept that is used is described, and takes the arguments it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.checks.uses import Nearest, concept_uses
from melian.case.wording import counted
from melian.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.checks.uses import Use
    from melian.case.model import Case


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for every unknown concept and every wrong number of arguments."""
    for_concepts = Nearest(case.concepts)
    for_all = Nearest({**case.concepts, **case.principles})
    for use in concept_uses(case):
        name = use.atom.name
        if name in case.concepts:
            yield from _arguments(use, case.concepts[name].params)
        elif use.invokes and name in case.principles:
            if use.atom.args:
                yield from _arguments(use, case.principles[name].params)
        else:
            nearest = for_all if use.invokes else for_concepts
            yield _unknown(use, nearest, is_principle=name in case.principles)


def _unknown(use: Use, nearest: Nearest, *, is_principle: bool) -> Problem:
    name = use.atom.name
    if is_principle:
        message = f'"{name[:60]}" is a principle; only a concept can stand here.'
        hint = "State as a fact what it rests on or leads to."
    else:
        message = f'There is no concept "{name[:60]}".'
        hint = nearest.hint(name, f"Add {name[:40]} under concepts.")
    return Problem(use.where(), "unknown-concept", message, hint)


def _arguments(use: Use, params: tuple[str, ...]) -> Iterator[Problem]:
    given = len(use.atom.args)
    if given != len(params):
        name = use.atom.name
        wanted = counted(len(params), "argument") if params else "no arguments"
        message = f'"{name[:60]}" takes {wanted}; here it has {given}.'
        hint = f"Write {name[:40]}{'(' + ', '.join(params) + ')' if params else ''}."
        yield Problem(use.where(), "wrong-arguments", message, hint)
