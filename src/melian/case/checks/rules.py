"""Rules and principles give their reason, and use the variables they announce."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.formula import atoms
from melian.case.model import Principle
from melian.case.place import where
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case, Rule


def check(case: Case) -> Iterator[Problem]:
    """Give a warning for each rule without ``why``, and each variable that is not used."""
    rules: tuple[Rule | Principle, ...] = (*case.rules, *case.principles.values())
    for rule in rules:
        if not rule.why:
            hint = "Add why: and the reason, so that readers can judge it."
            message = f"This {_kind(rule)} does not say why it holds."
            yield Problem(where(rule.at), "no-why", message, hint, Severity.WARNING)
        yield from _unused(rule)


def _kind(rule: Rule | Principle) -> str:
    return "principle" if isinstance(rule, Principle) else "rule"


def _unused(rule: Rule | Principle) -> Iterator[Problem]:
    claims = [*rule.conditions, *rule.unless]
    if isinstance(rule, Principle):
        variables, part = rule.params, ""
    else:
        variables, part = rule.variables, "for"
        claims += rule.excludes
    used = {arg for claim in claims for arg in claim.atom.args}
    used |= {arg for atom in (atoms(rule.then) if rule.then else ()) for arg in atom.args}
    for name in variables:
        if name not in used:
            message = f'The variable "{name[:60]}" occurs nowhere in this {_kind(rule)}.'
            hint = "Use it as an argument, or take it out."
            at = where(rule.at, part, name)
            yield Problem(at, "unused-variable", message, hint, Severity.WARNING)
