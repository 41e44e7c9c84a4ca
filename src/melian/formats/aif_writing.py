"""From a case to AIF: the map that Argdown would draw of it, as a graph.

What AIF has no words for stands beside each node under a key of ours, which others pass over.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from melian.case.notes import Notes
from melian.formats.argdown.form import canonical, plain_text
from melian.formats.argdown.syntax import parse
from melian.formats.argdown.writing import written as as_argdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from melian.case.model import Case
    from melian.formats.argdown.form import ArgumentMap, MapArgument, MapStatement, Mention

OWN = "melian"


def written(case: Case) -> str:
    """Give a case as the JSON of AIFdb, in the order of its Argdown map."""
    drawn = parse(as_argdown(case), Notes(""))
    graph = _Graph()
    graph.draw(drawn, case)
    return json.dumps(graph.content(drawn), ensure_ascii=False, indent=1) + "\n"


@dataclass(slots=True)
class _Graph:
    nodes: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)
    locutions: list[dict[str, Any]] = field(default_factory=list)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    information: dict[str, str] = field(default_factory=dict)
    inferences: dict[str, str] = field(default_factory=dict)

    def node(self, kind: str, text: str, own: dict[str, Any] | None = None) -> str:
        name = str(len(self.nodes) + 1)
        kept = {key: value for key, value in (own or {}).items() if value}
        self.nodes.append(
            {"nodeID": name, "text": text, "type": kind} | ({OWN: kept} if kept else {})
        )
        return name

    def path(self, *names: str) -> None:
        for start, end in pairwise(names):
            edge = {"edgeID": str(len(self.edges) + 1), "fromID": start, "toID": end}
            self.edges.append(edge)

    def draw(self, drawn: ArgumentMap, case: Case) -> None:
        for number, actor in enumerate(case.actors.values(), 1):
            self.people[actor.id] = {
                "participantID": str(number),
                "firstname": actor.name,
                "surname": "",
            }
        for statement in drawn.statements.values():
            self._information(statement)
        for statement in drawn.statements.values():
            self._locutions(statement)
        for argument in drawn.arguments.values():
            self._inference(argument)
        for relation in drawn.relations:
            source = self.information[relation.source.title]
            if relation.kind == "undercut":
                conflict = self.node("CA", "Default Conflict")
                self.path(source, conflict, self.inferences[relation.target.title])
            else:
                self._contradiction(source, self.information[relation.target.title])

    def _contradiction(self, one: str, other: str) -> None:
        self.path(one, self.node("CA", "Default Conflict"), other)
        self.path(other, self.node("CA", "Default Conflict"), one)

    def _information(self, statement: MapStatement) -> None:
        counts = canonical(statement.mentions)
        rest = [m for m in statement.mentions if m is not counts and "actor" not in m.data]
        own = {
            "title": statement.title,
            "data": dict(counts.data) if counts is not None else {},
            "also": [dict(m.data) for m in rest if m.data],
        }
        text = plain_text(counts) if counts is not None else statement.title
        self.information[statement.title] = self.node("I", text, own)

    def _locutions(self, statement: MapStatement) -> None:
        about = self.information[statement.title]
        text = self.nodes[int(about) - 1]["text"]
        for mention in statement.mentions:
            if "actor" in mention.data:
                self._locution(mention, text, about)

    def _locution(self, mention: Mention, text: str, about: str) -> None:
        actor = str(mention.data["actor"])
        number = str(len(self.people) + 1)
        person = {"participantID": number, "firstname": actor, "surname": ""}
        person = self.people.setdefault(actor, person)
        words = f"{person['firstname']}: {text}"
        name = self.node("L", words, {"data": dict(mention.data)})
        self.path(name, self.node("YA", "Asserting"), about)
        said = {"nodeID": name, "personID": person["participantID"]}
        self.locutions.append(said | _dated(mention))

    def _inference(self, argument: MapArgument) -> None:
        counts = canonical(argument.mentions)
        own = {
            "title": argument.title,
            "why": plain_text(counts) if counts is not None else "",
            "data": _merged(argument.mentions),
        }
        name = self.node("RA", "Default Inference", own)
        self.inferences[argument.title] = name
        *premises, conclusion = (self.information[step.title] for step in argument.steps)
        for premise in premises:
            self.path(premise, name)
        self.path(name, conclusion)

    def content(self, drawn: ArgumentMap) -> dict[str, Any]:
        sections = [{"title": s.title, "data": dict(s.data)} for s in drawn.sections if s.data]
        return {
            "nodes": self.nodes,
            "edges": self.edges,
            "schemefulfillments": [],
            "participants": list(self.people.values()),
            "locutions": self.locutions,
            OWN: {"sections": sections},
        }


def _dated(mention: Mention) -> dict[str, str]:
    date = mention.data.get("date")
    return {"start": str(date)} if date else {}


def _merged(mentions: Iterable[Mention]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for mention in mentions:
        found |= mention.data
    return found
