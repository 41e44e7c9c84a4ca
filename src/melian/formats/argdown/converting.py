"""From a map to a case."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from melian.case.model import Case
from melian.formats.argdown.meaning import Meanings, text_of
from melian.formats.argdown.ruling import Rules
from melian.formats.argdown.saying import Sayings

if TYPE_CHECKING:
    from melian.case.notes import Notes
    from melian.formats.argdown.form import ArgumentMap


def convert(drawn: ArgumentMap, name: str, notes: Notes) -> Case:
    """Give the case that a map draws; what of it has no place there goes into the notes."""
    meanings = Meanings(drawn, notes)
    sayings = Sayings(drawn, meanings, notes)
    rules = Rules(drawn, meanings, sayings, notes)
    statements = sayings.done(name)
    described = (s.data.get("case") for s in drawn.sections)
    about: dict[str, Any] = next((each for each in described if isinstance(each, dict)), {})
    instances = about.get("instances")
    return Case(
        name,
        title=text_of(about, "title") or drawn.title or name,
        question=text_of(about, "question"),
        period=sayings.period(text_of(about, "period"), sayings.start),
        actors=MappingProxyType(sayings.actors),
        instances=MappingProxyType(dict(instances) if isinstance(instances, dict) else {}),
        concepts=MappingProxyType(meanings.concepts),
        rules=rules.done(),
        principles=MappingProxyType(meanings.principles),
        facts=MappingProxyType(sayings.facts),
        sources=MappingProxyType(sayings.sources),
        statements=statements,
    )
