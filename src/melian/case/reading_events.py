"""The section ``events`` of ``case.yaml``: what events of a table are taken to show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args

from melian.case import event_conditions
from melian.case.entries import Entry, Field, Keyed
from melian.case.formula import FormulaError
from melian.case.model import EventCoding, EventRule, Lasts
from melian.case.shapes import Choice, ListOf, Name, ScalarShape, SignedText, Text, note_formula

if TYPE_CHECKING:
    from melian.case.event_conditions import Condition
    from melian.case.notes import Notes
    from melian.case.place import Place
    from melian.case.shapes import Schema
    from melian.case.yaml_tree import ScalarNode

TEXT = Text()


@dataclass(frozen=True, slots=True)
class ConditionText(ScalarShape["Condition"]):
    """A condition on events."""

    expected = "a condition such as actor in russia and cameo in 163"

    def of(self, node: ScalarNode, text: str, notes: Notes) -> Condition | None:
        """Give the condition, if it is one."""
        try:
            return event_conditions.parse(text)
        except FormulaError as error:
            note_formula(node, text, error, notes)
            return None

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema; the language itself is beyond it."""
        definitions["condition-on-events"] = {
            "description": "Comparisons such as actor in russia, cameo in 163, 17..19, plover in "
            'COERCE, goldstein < 0, date in 2008-05..2008-08, text has "visa"; and, or, not, '
            "parentheses.",
            "type": "string",
            "minLength": 1,
        }
        return {"$ref": "#/$defs/condition-on-events"}


def _rule(at: Place, id: str = "", **values: Any) -> EventRule:  # noqa: A002 - the key's name
    rule = EventRule(id, at=at, **values)
    return rule if id else replace(rule, id=str(rule.when))


RULE = Entry(
    "event-rule",
    "a rule on events: what they show",
    _rule,
    (
        Field("id", TEXT, "A name of its own; when not given, it goes by its condition."),
        Field("when", ConditionText(), "The events it is about.", required=True),
        Field(
            "shows",
            ListOf(SignedText(), whole=True),
            "What they show to hold or not; actor and target stand for those of the event.",
            required=True,
        ),
        Field(
            "lasts",
            Choice(get_args(Lasts)),
            "on, when what is shown goes on (when not given); day, when it is over with its day.",
            usual="on",
            vital=True,
        ),
        Field("why", TEXT, "Why they show it."),
    ),
    unmake=lambda rule: replace(rule, id="") if rule.id == str(rule.when) else rule,
)

EVENTS = Entry(
    "events",
    "the coding of event tables: whose names they use, and what events show",
    EventCoding,
    (
        Field(
            "names",
            Keyed(Name(), ListOf(TEXT)),
            "How tables name an actor or instance; * stands for any letters; "
            '"not ..." takes a name away.',
        ),
        Field("rules", ListOf(RULE), "What events show."),
    ),
)
