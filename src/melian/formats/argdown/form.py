"""An argument map as Argdown has it: statements, arguments, relations, sections.

Argdown's own names are kept: an equivalence class is all the mentions of one statement title, a
premise-conclusion structure is the list of numbered statements below an argument, and relations
join the two kinds and the inferences between them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from melian.case.model import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.problems import Location

RelationKind = Literal["support", "attack", "entails", "contrary", "contradictory", "undercut"]
EndKind = Literal["equivalence-class", "argument", "inference"]
SpanKind = Literal["tag", "statement-mention", "argument-mention"]


def _empty() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that is markup: a tag, or the name of another statement or argument."""

    kind: SpanKind
    start: int
    stop: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place at which a statement or an argument is written.

    Attributes:
        title: of the statement or argument.
        text: as written, markup of tags and names included, line ends as spaces.
        spans: where in the text such markup stands.
        is_reference: whether only the title is written.
        role: ``premise``, ``main-conclusion`` ..., as Argdown calls it, or "".
        data: what stands in braces: texts, lists and mappings.
        section: the number of the heading above it, from 0; -1 when there is none.
    """

    title: str
    text: str = ""
    spans: tuple[Span, ...] = ()
    is_reference: bool = False
    role: str = ""
    tags: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=_empty)
    section: int = -1
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Inference:
    """What leads to a conclusion: the rules named, and the numbers of the statements used."""

    rules: tuple[str, ...] = ()
    uses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered statement of an argument; a conclusion has an inference."""

    title: str
    inference: Inference | None = None


@dataclass(frozen=True, slots=True)
class MapStatement:
    """An equivalence class: all the mentions of one title."""

    title: str
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class MapArgument:
    """An argument with its descriptions, and its premise-conclusion structure, if it has one."""

    title: str
    mentions: tuple[Mention, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """What a relation starts from or leads to; ``step`` is the conclusion of an inference."""

    kind: EndKind
    title: str
    step: int = -1


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of the map."""

    kind: RelationKind
    source: End
    target: End
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading; ``parent`` is the number of the one above it, or -1."""

    title: str
    level: int
    data: Mapping[str, Any] = field(default_factory=_empty)
    parent: int = -1
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ArgumentMap:
    """A whole map, in the order of the text."""

    title: str = ""
    statements: Mapping[str, MapStatement] = field(default_factory=_empty)
    arguments: Mapping[str, MapArgument] = field(default_factory=_empty)
    relations: tuple[Relation, ...] = ()
    sections: tuple[Section, ...] = ()


def canonical(mentions: tuple[Mention, ...]) -> Mention | None:
    """Give the mention whose text counts: one marked ``isCanonical``, or else the last with text.

    So does Argdown.
    """
    written = [mention for mention in reversed(mentions) if not mention.is_reference]
    marked = (m for m in written if str(m.data.get("isCanonical", "")).lower() == "true")
    return next(marked, written[0] if written else None)


def plain_text(mention: Mention) -> str:
    """Give the text without tags, and with titles in the place of the names of others.

    >>> plain_text(Mention("a", "Ships wait #pro ", (Span("tag", 11, 16),)))
    'Ships wait'
    """
    parts, end = [], 0
    for span in mention.spans:
        after = " " if mention.text[: span.stop].endswith(" ") else ""
        parts += [mention.text[end : span.start], span.title, after]
        end = span.stop
    return " ".join("".join([*parts, mention.text[end:]]).split())
