"""Rules and principles for the instances in use, without variables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from melian.case.formula import Formula, Signed
    from melian.case.model import Principle, Rule


@dataclass(frozen=True, slots=True)
class GroundRule:
    """A rule or principle for one instance.

    Attributes:
        id: the rule's id with the instance: ``public-support-decides(ukraine)``.
        origin: the rule or principle it is an instance of.
        excludes, conditions, unless, then: as in :class:`melian.case.model.Rule`.
    """

    id: str
    origin: Rule | Principle
    excludes: tuple[Signed, ...] = ()
    conditions: tuple[Signed, ...] = ()
    unless: tuple[Signed, ...] = ()
    then: Formula | None = None
