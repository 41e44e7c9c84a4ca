"""Argument graphs in AIF: the JSON of AIFdb and OVA, bare or within ``{"AIF": ...}`` (xAIF).

The Argument Interchange Format (Chesnevar et al. 2006; Rahwan and Reed 2009) joins information
(I) by inferences (RA), conflicts (CA) and rephrasings (MA); illocutions (YA) anchor it in what is
said (L), and inferences in the transitions (TA) between what is said. The graph is read as an
argument map, which becomes a case as those of Argdown do; ``docs/argdown.md`` has the table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from melian.case.decoding import legible
from melian.case.notes import Notes
from melian.formats import json_tree
from melian.formats.aif_writing import OWN, written
from melian.formats.argdown.converting import convert
from melian.formats.argdown.data import from_json
from melian.formats.argdown.form import (
    ArgumentMap,
    End,
    Inference,
    MapArgument,
    MapStatement,
    Mention,
    Relation,
    Section,
    Step,
)
from melian.formats.argdown.saying import REASONS
from melian.problems import Location, OutsideError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from melian.case.model import Case
    from melian.formats.json_tree import Node
    from melian.problems import Problem

__all__ = ["parse", "read", "written"]

_ASSERTING = frozenset(
    ["asserting", "agreeing", "arguing", "restating", "conceding", "accepting", "illocuting"]
)
_DENYING = frozenset(["disagreeing", "denying", "rejecting"])
_SPOKEN = re.compile(r"\s*([^:]{1,60}?)\s*:\s+(?=\S)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PLAIN_INFERENCE = re.compile(r"(default )?inference|ra", re.IGNORECASE)


def read(path: Path) -> tuple[Case, tuple[Problem, ...]]:
    """Give the case in an AIF file, and what of the file is not used.

    Raises:
        OutsideError: the file cannot be read, is not JSON, or is not shaped as AIF.
    """
    return _read(json_tree.read(path), legible(path.stem))


def parse(text: str, name: str = "graph") -> tuple[Case, tuple[Problem, ...]]:
    """Give the case that an AIF text says, as :func:`read` does for a file."""
    return _read(json_tree.parse(text, f"{name}.json"), name)


def _read(root: Node, name: str) -> tuple[Case, tuple[Problem, ...]]:
    inner = root["AIF"] if root.is_object and "AIF" in root else root
    if not inner.is_object or "nodes" not in inner:
        raise OutsideError(f'"{root.file}" holds no AIF graph: it has no "nodes".')
    notes = Notes(root.file)
    return convert(_Graph(inner, notes).drawn(), name, notes), tuple(notes.problems)


class _Graph:
    """The nodes of a file by id, with what leads to and from each."""

    def __init__(self, root: Node, notes: Notes) -> None:
        self.root = root
        self.notes = notes
        self.at = Location(root.file)
        self.nodes = {_id(node["nodeID"]): node for node in root["nodes"]}
        self.kinds = {name: _kind(node) for name, node in self.nodes.items()}
        self.after: defaultdict[str, list[str]] = defaultdict(list)
        self.before: defaultdict[str, list[str]] = defaultdict(list)
        for edge in root.items("edges"):
            start, end = _id(edge["fromID"]), _id(edge["toID"])
            if start in self.nodes and end in self.nodes:
                self.after[start].append(end)
                self.before[end].append(start)
            else:
                self._unused(f"an edge from {start} to {end}", "One of its ends is no node.")
        self.titles = {name: _title(self.nodes[name]) for name in self.of("I")}
        self.dialogue = bool(self.of("L"))
        self.people = dict(self._people())
        self.spoken = dict(self._spoken())

    def of(self, *kinds: str) -> list[str]:
        return [name for name, kind in self.kinds.items() if kind in kinds]

    def near(self, names: list[str], *kinds: str) -> list[str]:
        return [name for name in names if self.kinds[name] in kinds]

    def _unused(self, what: str, why: str) -> None:
        message = f"{what[:1].upper()}{what[1:]} is left out. {why}"
        self.notes.error(self.at, "node-unused", message, "Look at the graph in OVA.")

    # Who speaks

    def _people(self) -> Iterator[tuple[str, str]]:
        for person in self.root.items("participants"):
            parts = (_text(person, key) for key in ("firstname", "surname"))
            yield _id(person["participantID"]), " ".join(" ".join(parts).split())

    def _spoken(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give who says each locution, and when."""
        listed = {_id(each["nodeID"]): each for each in self.root.items("locutions")}
        for name in self.of("L"):
            own = _data(_own(self.nodes[name]))
            entry = listed.get(name)
            person = _id(entry["personID"]) if entry is not None and "personID" in entry else ""
            found = _SPOKEN.match(self.nodes[name]["text"].text())
            actor = self.people.get(person) or (found[1] if found else "")
            date = _date(entry) if entry is not None else ""
            yield name, own or {"actor": actor, "date": date}

    # The map

    def drawn(self) -> ArgumentMap:
        mentions: dict[str, list[Mention]] = {}
        for name, title in self.titles.items():
            mentions.setdefault(title, []).extend(self._described(name, title))
        for title, mention in self._said():
            mentions[title].append(mention)
        arguments, inferences = self._arguments()
        return ArgumentMap(
            statements=MappingProxyType(
                {title: MapStatement(title, tuple(each)) for title, each in mentions.items()}
            ),
            arguments=MappingProxyType(arguments),
            relations=tuple(self._relations(inferences)),
            sections=tuple(self._sections()),
        )

    def _sections(self) -> Iterator[Section]:
        for about in _list(_own(self.root).get("sections")):
            if isinstance(about, dict) and isinstance(about.get("data"), dict):
                yield Section(str(about.get("title", "")), 1, about["data"], at=self.at)

    def _described(self, name: str, title: str) -> Iterator[Mention]:
        node, own = self.nodes[name], _own(self.nodes[name])
        # In a dialogue, what nobody says is only implied.
        quiet = {"implied": "true"} if self.dialogue else {}
        text = " ".join(node["text"].text().split())
        yield Mention(title, text, data=MappingProxyType({**quiet, **_data(own)}), at=self.at)
        for more in _list(own.get("also")):
            if isinstance(more, dict):
                yield Mention(title, is_reference=True, data=MappingProxyType(more), at=self.at)

    def _said(self) -> Iterator[tuple[str, Mention]]:
        silent: set[str] = set()
        for name in self.of("YA"):
            words = _text(self.nodes[name], "text").lower().split()
            sign = "+" if _ASSERTING & {*words} else "-" if _DENYING & {*words} else ""
            for target in self.near(self.after[name], "I"):
                for source in self.near(self.before[name], "L"):
                    data = self.spoken[source]
                    if not sign:
                        silent.add(" ".join(words) or "without a name")
                    elif not data.get("actor"):
                        self._unused(f"locution {source}", "It does not say who speaks.")
                    else:
                        yield self.titles[target], self._mention(target, data, sign)
        if silent:
            shown = ", ".join(sorted(silent))[:200]
            message = f"Some illocutions assert nothing, and are left out: {shown}."
            self.notes.warning(self.at, "illocution-unused", message, "")

    def _mention(self, target: str, data: Mapping[str, Any], sign: str) -> Mention:
        title = self.titles[target]
        reasons = self._reasons(target, str(data.get("actor", "")))
        extra = {"sign": "-"} if sign == "-" else {REASONS: reasons} if reasons else {}
        return Mention(
            title, is_reference=True, data=MappingProxyType({**data, **extra}), at=self.at
        )

    def _reasons(self, conclusion: str, actor: str) -> list[str]:
        """Give the premises from which a speaker draws a conclusion in a transition."""
        found: list[str] = []
        for inference in self.near(self.before[conclusion], "RA"):
            for illocution in self.near(self.before[inference], "YA"):
                turns = self.near(self.before[illocution], "TA")
                ends = [e for t in turns for e in (*self.before[t], *self.after[t])]
                if any(self.spoken[e].get("actor") == actor for e in self.near(ends, "L")):
                    found += (self.titles[p] for p in self.near(self.before[inference], "I"))
        return list(dict.fromkeys(found))

    def _arguments(self) -> tuple[dict[str, MapArgument], dict[str, list[End]]]:
        arguments: dict[str, MapArgument] = {}
        inferences: dict[str, list[End]] = {}
        for name in self.of("RA", "MA"):
            premises = [Step(self.titles[p]) for p in self.near(self.before[name], "I")]
            conclusions = self.near(self.after[name], "I")
            if not premises or not conclusions:
                self._unused(f"inference {name}", "It lacks a premise or a conclusion.")
            for number, conclusion in enumerate(conclusions):
                title = self._inference_title(name, number, arguments)
                steps = (*premises, Step(self.titles[conclusion], Inference()))
                if premises:
                    mention = self._described_inference(name, title)
                    arguments[title] = MapArgument(title, (mention,), steps)
                    end = End("inference", title, len(premises))
                    inferences.setdefault(name, []).append(end)
        return arguments, inferences

    def _inference_title(self, name: str, number: int, taken: Mapping[str, object]) -> str:
        own = _own(self.nodes[name]).get("title")
        scheme = _text(self.nodes[name], "text")
        words = "inference" if _PLAIN_INFERENCE.fullmatch(scheme.strip()) else scheme
        title = str(own) if own and not number else f"{words} {name} {number or ''}".strip()
        return title if title not in taken else f"{title} ({name})"

    def _described_inference(self, name: str, title: str) -> Mention:
        own = _own(self.nodes[name])
        why, data = str(own.get("why", "")), MappingProxyType(_data(own))
        return Mention(title, why, is_reference=not why, data=data, at=self.at)

    def _relations(self, inferences: Mapping[str, list[End]]) -> Iterator[Relation]:
        pairs = [
            (self.titles[source], target)
            for name in self.of("CA")
            for source in self.near(self.before[name], "I")
            for target in self.after[name]
        ]
        attacks = {(s, self.titles[t]) for s, t in pairs if t in self.titles}
        done: set[frozenset[str]] = set()
        for source, target in pairs:
            start = End("equivalence-class", source)
            for end in inferences.get(target, ()):
                yield Relation("undercut", start, end, self.at)
            other = self.titles.get(target)
            if other is None or other == source:
                continue
            both = (other, source) in attacks
            if not both or frozenset((source, other)) not in done:
                done.add(frozenset((source, other)))
                end = End("equivalence-class", other)
                yield Relation("contradictory" if both else "attack", start, end, self.at)
        for name in self.of("PA"):
            self._unused(f"preference {name}", "A case prefers outcomes, not claims.")


def _id(node: Node) -> str:
    if type(node.value) is int:
        return str(node.value)
    return node.text()


def _kind(node: Node) -> str:
    return node["type"].text().strip().upper()


def _text(node: Node, key: str) -> str:
    return node[key].text() if key in node and node[key].value is not None else ""


def _own(node: Node) -> dict[str, Any]:
    found = from_json(node[OWN].value) if OWN in node else {}
    return found if isinstance(found, dict) else {}


def _data(own: Mapping[str, Any]) -> dict[str, Any]:
    found = own.get("data")
    return found if isinstance(found, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _title(node: Node) -> str:
    own = _own(node).get("title")
    return str(own) if own else " ".join(node["text"].text().split()) or _id(node["nodeID"])


def _date(entry: Node) -> str:
    given = (_text(entry, key) for key in ("start", "timestamp"))
    found = next(filter(None, map(_DAY.match, given)), None)
    return found[0] if found else ""
