"""How mentions and relations make a map: titles for what has none, and relations joined.

What Argdown 1.7 does to relations once all are read is done here in the same order: what an
argument with premises supports or attacks becomes a relation of its conclusion, what undercuts it
one to its last inference; in strict mode relations between statements become logical ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from melian.formats.argdown.form import (
    ArgumentMap,
    End,
    MapArgument,
    MapStatement,
    Mention,
    Relation,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from melian.formats.argdown.form import (
        RelationKind,
        Section,
        Span,
        Step,
    )
    from melian.problems import Location


@dataclass(slots=True)
class Draft:
    """A mention while it is read."""

    at: Location
    role: str = ""
    title: str = ""
    text: str = ""
    spans: list[Span] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    is_reference: bool = False
    section: int = -1

    def done(self) -> Mention:
        """Give the mention as it was read."""
        return Mention(
            self.title,
            self.text,
            tuple(self.spans),
            self.is_reference,
            self.role,
            tuple(self.tags),
            MappingProxyType(self.data),
            self.section,
            self.at,
        )


@dataclass(slots=True)
class Settings:
    """What the front matter says of how the map is to be read."""

    strict: bool = False
    tags_in_text: bool = True
    transform: bool = True


class Building:
    """A map while it is read."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.settings = Settings()
        self.title = ""
        self.statements: dict[str, list[Draft]] = {}
        self.arguments: dict[str, list[Draft]] = {}
        self.steps: dict[str, list[Step]] = {}
        self.sections: list[Section] = []
        self.inference: End | None = None  # the last one read
        self._relations: list[Relation] = []
        self._known: set[tuple[RelationKind, End, End]] = set()
        self._reached: set[tuple[RelationKind, End]] = set()
        self._untitled = 0

    def new_title(self) -> str:
        """Give the next title for what has none."""
        self._untitled += 1
        return f"Untitled {self._untitled}"

    def end(self, draft: Draft) -> End:
        """Give the statement or argument that a mention is of, as the end of a relation."""
        draft.title = draft.title or self.new_title()
        if draft.role == "argument-description":
            self.arguments.setdefault(draft.title, [])
            return End("argument", draft.title)
        self.statements.setdefault(draft.title, [])
        return End("equivalence-class", draft.title)

    def add(self, draft: Draft) -> End:
        """Add a mention that has been read to its end."""
        end = self.end(draft)
        draft.section = len(self.sections) - 1
        of = self.arguments if end.kind == "argument" else self.statements
        of[end.title].append(draft)
        return end

    def add_section(self, section: Section) -> None:
        """Add a heading below the last one of a higher level."""
        parent = len(self.sections) - 1
        while parent >= 0 and self.sections[parent].level >= section.level:
            parent = self.sections[parent].parent
        self.sections.append(replace(section, parent=parent))

    def relate(self, kind: RelationKind, source: End, target: End, at: Location) -> None:
        """Add a relation, unless it is there already."""
        back = (kind, target, source)
        there = (kind, source, target) in self._known
        there = there or (kind == "contradictory" and back in self._known)
        if there or (source == target and (kind, target) in self._reached):
            return  # one to itself is only kept by Argdown where it is the first of its kind
        self._known.add((kind, source, target))
        self._reached.add((kind, target))
        self._relations.append(Relation(kind, source, target, at))

    def done(self) -> ArgumentMap:
        """Give the whole map."""
        statements = {t: MapStatement(t, _mentions(d)) for t, d in self.statements.items()}
        arguments = {
            title: MapArgument(title, _mentions(drafts), tuple(self.steps.get(title, ())))
            for title, drafts in self.arguments.items()
        }
        return ArgumentMap(
            self.title,
            MappingProxyType(statements),
            MappingProxyType(arguments),
            tuple(self._joined()),
            tuple(self.sections),
        )

    def _joined(self) -> list[Relation]:
        relations = self._relations
        if self.settings.transform:
            relations = list(dict.fromkeys(map(self._transformed, relations)))
        if self.settings.strict:
            relations = _logical(relations)
        kept = [r for r in relations if not self._redundant(r, relations)]
        return [r for r in kept if r.source != r.target]  # nothing is said by those

    def _transformed(self, relation: Relation) -> Relation:
        source, target = relation.source, relation.target
        if source.kind == "argument" and (steps := self.steps.get(source.title)):
            source = End("equivalence-class", steps[-1].title)
        if target.kind == "argument" and relation.kind == "undercut":
            last = len(self.steps.get(target.title, ())) - 1
            target = End("inference", target.title, last) if last >= 0 else target
        return replace(relation, source=source, target=target)

    def _redundant(self, relation: Relation, among: Iterable[Relation]) -> bool:
        """Tell whether an attack on an argument is already one on a premise of it."""
        steps = self.steps.get(relation.target.title)
        if (
            relation.kind != "attack"
            or relation.source.kind != "equivalence-class"
            or relation.target.kind != "argument"
            or not steps
        ):
            return False
        premises = {step.title for step in steps if step.inference is None}
        return any(_opposed(other, relation.source) in premises for other in among)


def _mentions(drafts: Iterable[Draft]) -> tuple[Mention, ...]:
    return tuple(draft.done() for draft in drafts)


def _logical(relations: Iterable[Relation]) -> list[Relation]:
    found: dict[Relation, None] = {}
    for relation in relations:
        between = {relation.source.kind, relation.target.kind} == {"equivalence-class"}
        if between and relation.kind == "support":
            found[replace(relation, kind="entails")] = None
        elif between and relation.kind == "attack":
            there = replace(relation, kind="contrary")
            back = replace(there, source=there.target, target=there.source)
            if back not in found:
                found[there] = None
        else:
            found[relation] = None
    return list(found)


def _opposed(relation: Relation, statement: End) -> str | None:
    """Give the statement that a statement attacks or excludes in a relation."""
    source, target = relation.source, relation.target
    if source.kind != "equivalence-class" or target.kind != "equivalence-class":
        return None
    if source == statement and relation.kind in {"attack", "contrary", "contradictory"}:
        return target.title
    if target == statement and relation.kind in {"contrary", "contradictory"}:
        return source.title
    return None
