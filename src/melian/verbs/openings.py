"""Openings: what is said under conditions, against one's own line, or with the other side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from melian.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.case.model import Case
    from melian.discourse.networks.building import Design
    from melian.discourse.openings.result import Openings
    from melian.discourse.statements.table import Table
    from melian.verbs.opening import Opened

ORGANISATIONS = ("organization", "organisation")
"""What tables call those for whom somebody speaks; they are the actors of the case."""


def openings(opened: Opened, design: Design, actors: Sequence[str] = ()) -> Openings:
    """Give the openings in the statements of a case.

    Args:
        opened: the case.
        design: who speaks of what, in which sense, when, and what counts once.
        actors: the parties whose openings are wanted, by id or name; all, when left out.

    Raises:
        UsageError: a variable or an actor is not there, or the sense is no yes or no.
        TooLarge: there is too much to count.
    """
    from melian.discourse.openings.engine import openings as found
    from melian.discourse.statements.of_case import statements_of

    table = statements_of(opened.case)
    design = _for_whom(table, design)
    only = [_named(opened.case, table, design, actor) for actor in actors]
    return found(opened.case, table, design, only or None)


def _for_whom(table: Table, design: Design) -> Design:
    """Take the organisation that a table names for the actor: a case binds it to what is said."""
    named = design.rows in ORGANISATIONS and design.rows not in table.variables
    return replace(design, rows="actor") if named else design


def _named(case: Case, table: Table, design: Design, actor: str) -> str:
    """Give the name of whom an id or a name means."""
    known = [str(level) for level in table.variable(design.rows).levels]
    if actor in case.actors and case.actors[actor].name in known:
        return case.actors[actor].name
    if actor in known:
        return actor
    if actor in case.actors:
        name = case.actors[actor].name
        raise UsageError(f"Nothing is said in the name of {name} that is coded.")
    hint = did_you_mean(actor, [*case.actors, *known], f"Such as: {', '.join(known[:10])}.")
    raise UsageError(f'There is no actor "{actor[:60]}". {hint}')


def openings_data(found: Openings) -> dict[str, Any]:
    """Give openings as data."""
    from melian.discourse.openings.form import openings_form

    return openings_form(found)
