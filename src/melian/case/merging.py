"""One case added to another: what is new goes in, and what is there stays as the analyst left it.

* What is described (actors, concepts, rules, sources ...) goes by its id. Where the id is there
  already, what is there stays, and it is said when the two differ.
* Records (statements, deeds) whose id is there with another content are something else, and get
  an id of their own: ``s1`` becomes ``s1-2``.
* The title, question and period of a case are its own; they are taken over where it has none.

Adding the same twice adds nothing the second time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from melian.case.entries import Keyed
from melian.case.loading import CASE_FILE, load_text
from melian.case.model import Deed, Statement
from melian.case.printing import print_case, row_of, written_source
from melian.case.reading import CASE
from melian.case.shapes import ListOf
from melian.case.table_writing import add_columns, append_rows
from melian.case.tables import DEED, STATEMENT
from melian.case.writing import add_entries, set_value
from melian.case.yaml_tree import MappingNode, SequenceNode, data, read_tree
from melian.problems import MelianError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from melian.case.entries import Entry, Field
    from melian.case.loading import Loaded
    from melian.case.model import Case

R = TypeVar("R", Statement, Deed)
Fate = Literal["added", "present", "kept", "renamed", "left-out"]

QUESTION = "What does each party hold, and does it hold together?"
"""Asked of a new case when what it is made from asks nothing."""

_SOURCES = "sources.yaml"
_TABLES: tuple[tuple[str, Entry[Any]], ...] = (("statements", STATEMENT), ("deeds", DEED))
_RECORDS = frozenset({"statements", "deeds"})
_OWN = frozenset({"title", "question", "period"})


@dataclass(frozen=True, slots=True)
class Part:
    """What became of one part of the case that was to be added.

    Attributes:
        section: where it stands in a case: actors, concepts, statements ...
        id: what it goes by.
        fate: added; present (the same is there); kept (what is there differs, and stays); renamed
            (added under another id); left-out (it cannot be written in a case).
        name: its id in the case, where that is another.
    """

    section: str
    id: str
    fate: Fate
    name: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """A case with another one added to it.

    Attributes:
        loaded: the case as it then reads, with what is wrong in it.
        texts: the files that change, by name.
        parts: what became of each part that was to be added.
    """

    loaded: Loaded
    texts: Mapping[str, str]
    parts: tuple[Part, ...]

    def with_fate(self, fate: Fate) -> dict[str, list[Part]]:
        """Give the parts that had a fate, by section."""
        found: dict[str, list[Part]] = {}
        for part in self.parts:
            if part.fate == fate:
                found.setdefault(part.section, []).append(part)
        return found


def merged(loaded: Loaded, addition: Case) -> Merge:
    """Add a case to one that was loaded.

    Args:
        loaded: the case to add to; ``Loaded(Case("name"))`` for one that is still to be made.
        addition: what to add; it may name what only the other case describes.

    Raises:
        MelianError: a file of the case cannot be added to as it stands.
    """
    new = _as_read(addition)
    lost = _left_out(addition, new)
    if not loaded.texts:
        new = replace(new, title=new.title or loaded.case.id, question=new.question or QUESTION)
    sorting = _Sorting(loaded, new)
    texts = sorting.texts()
    after = {name: text for name, text in texts.items() if text != loaded.texts.get(name)}
    again = _read(texts, loaded.case.id)
    _same(again.case, sorting.wanted())
    return Merge(again, MappingProxyType(after), (*sorting.parts, *lost))


def _read(texts: Mapping[str, str], name: str) -> Loaded:
    by_key = {file.replace(".", "_"): text for file, text in texts.items()}
    return load_text(by_key.pop("case_yaml", ""), **by_key, name=name)


def _as_read(case: Case) -> Case:
    """Give the case as it reads once it is written, without what no file can hold."""
    return _read(print_case(case), case.id).case


class _Sorting:
    """What of a case another one lacks, and what becomes of the rest."""

    def __init__(self, loaded: Loaded, new: Case) -> None:
        self.loaded = loaded
        self.parts: list[Part] = []
        self.described = [(f, self._lacking(f, new)) for f in CASE.fields if f.of(new) is not None]
        there = self._typed(_SOURCES, ())
        self.sources = self._sift("sources", loaded.case.sources, new.sources, there)
        taken: dict[str, Statement | Deed] = {r.id: r for r in loaded.case.statements}
        taken |= {r.id: r for r in loaded.case.deeds}
        found = {s: self._records(s, getattr(new, s), taken) for s, _ in _TABLES}
        self.records = {s: [_retracting(r, self.parts) for r in rs] for s, rs in found.items()}

    def _lacking(self, field: Field, new: Case) -> Any:
        """Give what the section of case.yaml lacks, in the form in which the model keeps it."""
        section, theirs, ours = field.key, field.of(new), field.of(self.loaded.case)
        if isinstance(field.shape, Keyed):
            return self._sift(section, ours or {}, theirs, self._typed(CASE_FILE, (section,)))
        if isinstance(field.shape, ListOf):
            by_id = self._sift(section, _by_id(ours or ()), _by_id(theirs), ())
            return tuple(by_id.values())
        if section not in _OWN:
            fate: Fate = "present" if ours == theirs else "kept"
            self.parts.append(Part(section, section, "added" if ours is None else fate))
        return theirs if ours is None else None

    def _sift(
        self,
        section: str,
        ours: Mapping[Any, Any],
        theirs: Mapping[Any, Any],
        typed: Collection[str],
    ) -> dict[Any, Any]:
        """Give the entries whose key is not there; ``typed`` are keys that stand in the text."""
        lacking: dict[Any, Any] = {}
        for key, value in theirs.items():
            if key not in ours and str(key) not in typed:
                lacking[key] = value
                fate: Fate = "added"
            else:
                fate = "present" if ours.get(key) == value else "kept"
            self.parts.append(Part(section, str(key), fate))
        return lacking

    def _typed(self, file: str, path: tuple[str, ...]) -> Collection[str]:
        """Give the keys of a mapping as they stand in a text, read or not."""
        whole = data(read_tree(self.loaded.texts.get(file, "")).root)
        for step in path:
            whole = whole.get(step) if isinstance(whole, dict) else None
        return whole.keys() if isinstance(whole, dict) else ()

    def _records(
        self, section: str, theirs: Iterable[R], taken: dict[str, Statement | Deed]
    ) -> list[R]:
        lacking: list[R] = []
        for record in theirs:
            name, present = _name_for(record, taken)
            fate: Fate = "present" if present else "added" if name == record.id else "renamed"
            if not present:
                taken[name] = replace(record, id=name)
                lacking.append(replace(record, id=name))
            self.parts.append(Part(section, record.id, fate, name if name != record.id else ""))
        return lacking

    def texts(self) -> dict[str, str]:
        """Give the texts of all files of the case, with what it lacked."""
        texts = dict(self.loaded.texts)
        texts[CASE_FILE] = self._case_yaml()
        if self.sources:
            new = {key: written_source(source) for key, source in self.sources.items()}
            texts[_SOURCES] = _with_sources(texts.get(_SOURCES, ""), new)
        for section, kind in _TABLES:
            file = f"{section}.csv"
            if self.records[section]:
                texts[file] = _with_rows(texts.get(file, ""), kind, self.records[section])
        return texts

    def _case_yaml(self) -> str:
        text = self.loaded.texts.get(CASE_FILE, "")
        if not text:
            return print_case(replace(self.wanted(), statements=(), deeds=()))[CASE_FILE]
        for field, lacking in self.described:
            if lacking:
                text = _with_section(text, field, lacking)
        return text

    def wanted(self) -> Case:
        """Give the case that the texts are to read as."""
        case = self.loaded.case
        values: dict[str, Any] = {}
        for field, lacking in self.described:
            ours = getattr(case, field.name)
            if isinstance(lacking, dict):
                values[field.name] = MappingProxyType({**ours, **lacking})
            elif isinstance(lacking, tuple):
                values[field.name] = (*ours, *lacking)
            elif lacking is not None:
                values[field.name] = lacking
        return replace(
            case,
            **values,
            sources=MappingProxyType({**case.sources, **self.sources}),
            statements=(*case.statements, *self.records["statements"]),
            deeds=(*case.deeds, *self.records["deeds"]),
        )


def _name_for(record: Statement | Deed, taken: Mapping[str, Statement | Deed]) -> tuple[str, bool]:
    """Give the id under which a record is there, or else one that is free; and which of the two."""
    for number in count(1):
        name = record.id if number == 1 else f"{record.id}-{number}"
        if name not in taken or _content(taken[name]) == _content(record):
            return name, name in taken
    raise AssertionError  # numbers do not end


def _content(record: Statement | Deed) -> Statement | Deed:
    """Give a record without ids: its own, and those it names, which may be others here."""
    if isinstance(record, Statement):
        return replace(record, id="", retracts=())
    return replace(record, id="")


def _retracting(record: R, parts: Iterable[Part]) -> R:
    """Give a record that takes back, by their ids in the case, what it took back before."""
    if not isinstance(record, Statement) or not record.retracts:
        return record
    names = {part.id: part.name or part.id for part in parts if part.section in _RECORDS}
    return replace(record, retracts=tuple(names.get(each, each) for each in record.retracts))


def _by_id(items: Iterable[Any]) -> dict[str, Any]:
    """Give the items of a list by their id, or by what they say where they have none."""
    return {getattr(item, "id", "") or repr(item): item for item in items}


def _with_section(text: str, field: Field, lacking: Any) -> str:
    value = field.shape.write(lacking)
    if isinstance(lacking, dict | tuple):
        return add_entries(text, (field.key,), value)
    root = read_tree(text).root
    if isinstance(root, MappingNode) and root.get(field.key) is not None:
        return set_value(text, (field.key,), value)
    return add_entries(text, (), {field.key: value})


def _with_sources(text: str, new: dict[str, Any]) -> str:
    if isinstance(read_tree(text).root, SequenceNode):
        return add_entries(text, (), [{"id": key, **value} for key, value in new.items()])
    return add_entries(text, (), new)


def _with_rows(text: str, kind: Entry[Any], records: Sequence[Any]) -> str:
    columns = [field.key for field in kind.fields]
    rows = [dict(zip(columns, row_of(kind, record), strict=True)) for record in records]
    if not text.strip():
        return append_rows(",".join(columns) + "\n", rows)
    used = [column for column in columns if any(row[column] for row in rows)]
    said = [{column: row[column] for column in used} for row in rows]
    return append_rows(add_columns(text, used), said)


def _same(found: Case, wanted: Case) -> None:
    """Make sure that a case reads as it is to read.

    Raises:
        MelianError: it does not; the sentence says where.
    """
    if found == wanted:
        return
    files = {"sources": _SOURCES, "statements": "statements.csv", "deeds": "deeds.csv"}
    wrong = [f for key, f in files.items() if getattr(found, key) != getattr(wanted, key)]
    raise MelianError(
        f"{(wrong or [CASE_FILE])[0]} cannot be added to as it stands: what is there would come to "
        "mean something else. See what melian check says of it, and mend that first."
    )


def _left_out(addition: Case, read: Case) -> tuple[Part, ...]:
    """Give what a case lost on its way through the files."""
    sections: dict[str, str] = {f.key: f.name for f in CASE.fields if f.key not in _OWN}
    lost: list[Part] = []
    for key, name in (*sections.items(), *((s, s) for s in ("sources", "statements", "deeds"))):
        before, after = _names(getattr(addition, name)), _names(getattr(read, name))
        if len(after) < len(before):
            lost += [Part(key, each, "left-out") for each in before if each not in after]
    return tuple(lost)


def _names(section: Any) -> list[str]:
    match section:
        case tuple():
            return list(_by_id(section))
        case None:
            return []
        case _ if hasattr(section, "items"):
            return [str(key) for key in section]
        case _:
            return ["it"]
