"""Preferences in ``case.yaml``: statements in order, and what is uncertain about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any

from melian.case.entries import Entry, Field
from melian.case.model import Preference
from melian.case.shapes import Flag, FormulaText, ListOf, ScalarShape, Shape, Text
from melian.case.yaml_tree import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.case.notes import Notes
    from melian.case.place import Place
    from melian.case.shapes import Schema
    from melian.case.yaml_tree import Node

OVER_CONCEPTS, OVER_OPTIONS = FormulaText("concepts"), FormulaText("options")

MOST_TOGETHER = 7
"""So many preferences may stand in any order: they have 5,040 orders."""

_ANY_ORDER = "any_order"
# Short on purpose, as weights are multiplied exactly; not \d, which takes the digits of any script.
_NUMBER = r"([0-9]{1,3}(\.[0-9]{0,9})?|\.[0-9]{1,9})"
_RATIO = r"[0-9]{1,12}/0*[1-9][0-9]{0,11}"
_SHARE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<percent>%)?|(?P<ratio>{_RATIO})")


class Share(ScalarShape[Fraction]):
    """A number from 0 to 1, kept exactly: a decimal, a percentage or a fraction."""

    expected = "a number from 0 to 1, such as 0.7, 70% or 2/3"

    def of(self, node: ScalarNode, text: str, notes: Notes) -> Fraction | None:
        """Give the number, if it is one."""
        share = _share(text)
        if share is not None and 0 <= share <= 1:
            return share
        what = "is no probability" if share is None else "does not lie between 0 and 1"
        hint = f"Write {self.expected}; or uncertain: true, where nobody can say."
        notes.error(node, "bad-probability", f'"{text[:60]}" {what}.', hint)
        return None

    def write(self, value: Fraction) -> float | str:
        """Give the decimal that means the same, or the fraction."""
        return float(value) if _share(str(float(value))) == value else str(value)

    def schema(self, definitions: dict[str, Schema]) -> Schema:  # noqa: ARG002 - the signature of all shapes
        """Give the schema."""
        text = {
            "type": "string",
            "pattern": rf"^\s*({_NUMBER}\s*%?|{_RATIO})\s*$",
        }
        return {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, text]}


def _share(text: str) -> Fraction | None:
    """Give the number that a text means, whatever its size.

    >>> _share("12.5 %"), _share("2/3"), _share("likely")
    (Fraction(1, 8), Fraction(2, 3), None)
    """
    found = _SHARE.fullmatch(text)
    if found is None:
        return None
    if found["ratio"]:
        return Fraction(found["ratio"])
    return Fraction(found["number"]) / (100 if found["percent"] else 1)


BECAUSE = Field(
    "because",
    OVER_CONCEPTS,
    "What it is held because of; always held, when not given.",
    vital=True,
)
PREFERENCE_WHY = Field("why", Text(), "Why it is preferred, in words.")


def _is_clear(preference: Preference, notes: Notes) -> bool:
    """Tell whether what is uncertain about a preference is said once."""
    if preference.probability is None or not preference.uncertain:
        return True
    hint = "Leave one of them out: uncertain is for what nobody can put a number on."
    message = "A preference has either a probability or is uncertain, not both."
    notes.error(preference.at, "probability-of-uncertain", message, hint)
    return False


PREFERENCE = Entry(
    "preference",
    "a preference over options",
    Preference,
    (
        Field("prefer", OVER_OPTIONS, "What is preferred.", required=True),
        BECAUSE,
        Field(
            "probability",
            Share(),
            "How likely it is held, where what it is held because of is so; 0 to 1.",
            vital=True,
        ),
        Field(
            "uncertain",
            Flag(),
            "Whether nobody knows if it is held; both then count alike.",
            usual=False,
            vital=True,
        ),
        PREFERENCE_WHY,
    ),
    short="prefer",
    sound=_is_clear,
)


@dataclass(frozen=True, slots=True)
class _Group:
    """Preferences as they stand under ``any_order``."""

    members: tuple[Preference, ...]
    at: Place

    @property
    def in_any_order(self) -> bool:
        """Whether they have several orders, and not more than can be looked at."""
        return 1 < len(self.members) <= MOST_TOGETHER


def _has_orders(group: _Group, notes: Notes) -> bool:
    """Note a group that has one order only, or more than can be looked at."""
    count = len(group.members)
    if count < 2:
        message = "What stands alone in any_order has only one order."
        hint = "Write the preference without any_order, or add those it may stand before or after."
        notes.warning(group.at, "one-in-any-order", message, hint)
    if count > MOST_TOGETHER:
        message = f"{count} preferences in any order have more orders than are looked at."
        hint = f"Put at most {MOST_TOGETHER} into one any_order; these are taken as they stand."
        notes.error(group.at, "too-many-orders", message, hint)
    return True


ANY_ORDER = Entry(
    "preferences-in-any-order",
    "preferences whose order is not known",
    _Group,
    (
        Field(
            _ANY_ORDER,
            ListOf(PREFERENCE),
            "Preferences of like importance: which goes first is not known; all orders count.",
            "members",
            required=True,
        ),
    ),
    sound=_has_orders,
)


@dataclass(frozen=True, slots=True)
class Preferences(Shape[tuple[Preference, ...]]):
    """An actor's preferences, most important first, some perhaps in any order."""

    def read(self, node: Node, notes: Notes) -> tuple[Preference, ...] | None:
        """Give the preferences that can be read; groups are numbered from 1."""
        if isinstance(node, ScalarNode) and node.empty:
            return ()
        nodes = node.items if isinstance(node, SequenceNode) else (node,)
        return tuple(_numbered(_each(each, notes) for each in nodes))

    def write(self, value: tuple[Preference, ...]) -> list[Any]:
        """Give the preferences as a list, those in any order below their key."""
        written: list[Any] = []
        for group, members in groupby(value, key=lambda each: each.group):
            texts = [PREFERENCE.write(each) for each in members]
            written += [{_ANY_ORDER: texts}] if group else texts
        return written

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        item = {"anyOf": [PREFERENCE.schema(definitions), ANY_ORDER.schema(definitions)]}
        return {"anyOf": [item, {"type": "array", "items": item}]}


@dataclass(frozen=True, slots=True)
class Belief(Preferences):
    """What an actor believes that another prefers: that it prefers nothing has to be said."""

    def read(self, node: Node, notes: Notes) -> tuple[Preference, ...] | None:
        """Give the preferences that can be read; where none of them can, nothing is believed."""
        return Preferences.read(self, node, notes) or (() if _is_empty(node) else None)


PREFERENCES = Preferences()
BELIEF = Belief()


def _is_empty(node: Node) -> bool:
    """Tell whether nothing is written here, or a list of nothing."""
    if isinstance(node, SequenceNode):
        return not node.items
    return isinstance(node, ScalarNode) and node.empty


def _each(node: Node, notes: Notes) -> _Group | Preference | None:
    """Give what an item of the list is: one preference, or several in any order."""
    keys = [key.text for key, _ in node.entries] if isinstance(node, MappingNode) else []
    return (ANY_ORDER if _ANY_ORDER in keys else PREFERENCE).read(node, notes)


def _numbered(items: Iterable[_Group | Preference | None]) -> Iterator[Preference]:
    number = 0
    for item in items:
        if isinstance(item, Preference):
            yield item
        elif item is not None:
            number += item.in_any_order
            group = number if item.in_any_order else 0
            yield from (replace(member, group=group) for member in item.members)
