"""Entries with known keys, and mappings whose keys the analyst chooses.

An entry is described once, as a list of :class:`Field`; what reads it and the JSON Schema are both
made from that description.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from melian.case.place import Place
from melian.case.shapes import Shape
from melian.case.yaml_tree import MappingNode, Node, ScalarNode, SequenceNode
from melian.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from melian.case.notes import Notes
    from melian.case.shapes import ScalarShape, Schema

T = TypeVar("T")
Pair = tuple[ScalarNode, Node]


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an entry.

    Attributes:
        key: as it is typed.
        shape: what its value looks like.
        doc: a sentence for the schema and for the reference.
        attr: the attribute of the model it fills, where it has another name; or what gives
            its value, where the model keeps it in another form.
        usual: the value that need not be written.
        empty: whether an empty value says something, so that it is written; None never is.
        required: without it the entry is left out.
        vital: when its value cannot be read, the entry would mean something else than what was
            typed, and is left out.
    """

    key: str
    shape: Shape[Any]
    doc: str
    attr: str | Callable[[Any], Any] = ""
    usual: Any = ""
    empty: bool = False
    required: bool = False
    vital: bool = False

    @property
    def name(self) -> str:
        """The argument it fills when the entry is made."""
        return self.attr if isinstance(self.attr, str) and self.attr else self.key

    def of(self, entry: Any) -> Any:
        """Give its value in an entry, or nothing where it need not be written."""
        value = self.attr(entry) if callable(self.attr) else getattr(entry, self.name)
        says = self.empty or isinstance(value, bool | Fraction)
        return None if value == self.usual or not (value or says) else value


@dataclass(frozen=True, slots=True)
class Entry(Shape[T], Generic[T]):
    """An entry with known keys.

    Attributes:
        name: what it is called in the schema.
        doc: a sentence for the schema.
        make: builds the value from the attributes and from ``at``.
        fields: the keys.
        short: the key that a bare text stands for, where that is allowed.
        sound: tells whether the value makes sense as a whole, or notes why not.
        lenient: whether half an entry is better than none.
        unmake: takes away what ``make`` adds by itself, before the value is written.
    """

    name: str
    doc: str
    make: Callable[..., T]
    fields: tuple[Field, ...]
    short: str = ""
    sound: Callable[[T, Notes], bool] | None = None
    lenient: bool = False
    unmake: Callable[[T], T] | None = None

    def read(self, node: Node, notes: Notes) -> T | None:
        """Give the value, or note why there is none."""
        return self.read_under(None, {}, node, notes)

    def read_under(
        self, head: ScalarNode | None, given: Mapping[str, Any], node: Node, notes: Notes
    ) -> T | None:
        """Give the value of an entry that stands under a key.

        Args:
            head: the key, when there is one; the entry is then located there.
            given: attributes that the key says.
            node: what stands under it.
            notes: takes the problems.
        """
        pairs = self._pairs(node, notes)
        if pairs is None:
            return None
        at = head or node
        values = self._values(pairs, at, notes)
        if values is not None:
            value = self.make(**given, **values, at=_place(at, head, pairs, notes))
            if self.sound is None or self.sound(value, notes):
                return value
        notes.left_out.append(notes.text[node.start : node.end])
        return None

    def _pairs(self, node: Node, notes: Notes) -> tuple[Pair, ...] | None:
        if isinstance(node, MappingNode):
            return node.entries
        if isinstance(node, ScalarNode) and (node.empty or self.short):
            key = ScalarNode(self.short, node.start, node.start, node.line, node.column)
            return () if node.empty else ((key, node),)
        kind = "text" if isinstance(node, ScalarNode) else "list"
        keys = ", ".join(field.key for field in self.fields[:4])
        hint = f"Write keys with values, such as {keys}."
        notes.error(node, "not-a-mapping", f"Here stands a {kind} instead of {self.doc}.", hint)
        return None

    def _values(self, pairs: tuple[Pair, ...], at: Node, notes: Notes) -> dict[str, Any] | None:
        known = {field.key: field for field in self.fields}
        values: dict[str, Any] = {}
        good = True
        for key, node in pairs:
            field = known.get(key.text)
            if field is None:
                _unknown_key(key, tuple(known), notes)
            elif not (isinstance(node, ScalarNode) and node.empty):
                value = field.shape.read(node, notes)
                if value is None:
                    good = good and not (field.required or field.vital)
                values[field.key] = value
        for field in self.fields:
            if field.required and field.key not in values:
                good = False
                hint = f'Add "{field.key}": {field.doc[0].lower()}{field.doc[1:]}'
                notes.error(at, "missing-key", f'"{field.key}" is missing in {self.doc}.', hint)
        read = {known[key].name: value for key, value in values.items() if value is not None}
        return read if good or self.lenient else None

    def write(self, value: T) -> Any:
        """Give the keys that say something; the short form, where that is all there is."""
        plain = self.unmake(value) if self.unmake else value
        said = ((field, field.of(plain)) for field in self.fields)
        keys = {field.key: field.shape.write(each) for field, each in said if each is not None}
        return keys[self.short] if set(keys) == {self.short} else keys

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema, which goes into the definitions under the entry's name."""
        if self.name not in definitions:
            definitions[self.name] = {}  # in its place before those it mentions
            whole = self._object(definitions)
            short = next((f.shape for f in self.fields if f.key == self.short), None)
            if short is not None:
                whole = {"anyOf": [short.schema(definitions), whole]}
            definitions[self.name] = {"description": _capital(self.doc) + ".", **whole}
        return {"$ref": f"#/$defs/{self.name}"}

    def _object(self, definitions: dict[str, Schema]) -> Schema:
        properties = {
            field.key: {**field.shape.schema(definitions), "description": field.doc}
            for field in self.fields
        }
        required = [field.key for field in self.fields if field.required]
        return {
            "type": "object",
            "properties": properties,
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _unknown_key(key: ScalarNode, known: tuple[str, ...], notes: Notes) -> None:
    hint = did_you_mean(key.text, known, f"Possible here: {', '.join(known)}.")
    notes.error(key, "unknown-key", f'The key "{key.text[:60]}" is not known here.', hint)


def _place(at: Node, head: ScalarNode | None, pairs: tuple[Pair, ...], notes: Notes) -> Place:
    parts = {key.text: (node.start, node.end) for key, node in pairs}
    if head is not None:
        parts[""] = head.start, head.end
    return Place(notes.file, at.line, at.column, notes.text, at.start, parts)


@dataclass(frozen=True, slots=True)
class OneOf(Shape[T], Generic[T]):
    """An entry of one of several kinds, told apart by the key that only one of them has.

    Attributes:
        kinds: the kinds by that key.
        kind_of: gives the key for a value.
    """

    kinds: Mapping[str, Entry[Any]]
    kind_of: Callable[[T], str]

    def read(self, node: Node, notes: Notes) -> T | None:
        """Give the value of the kind whose key is there."""
        keys = [k.text for k, _ in node.entries] if isinstance(node, MappingNode) else []
        found = [key for key in self.kinds if key in keys]
        if len(found) == 1:
            value: T | None = self.kinds[found[0]].read(node, notes)
            return value
        named = " and ".join(f'"{key}"' for key in found)
        message = f"{named} cannot stand together." if found else "It does not say what changes."
        hint = f"Write one of the keys {', '.join(self.kinds)}."
        notes.error(node, "which-kind", message, hint)
        return None

    def write(self, value: T) -> Any:
        """Give the keys of its kind."""
        return self.kinds[self.kind_of(value)].write(value)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        return {"anyOf": [kind.schema(definitions) for kind in self.kinds.values()]}


@dataclass(frozen=True, slots=True)
class Head:
    """What a key says about the entry under it.

    Attributes:
        given: the attributes it gives to the entry.
        kept: what entries are kept by; no two may be alike.
        typed: the key for an entry, as it is typed.
    """

    given: Callable[[Any], Mapping[str, Any]]
    kept: Callable[[Any], Any]
    typed: Callable[[Any], Any]


def itself(key: Any) -> Any:
    """Give the key as it is, which is what most entries are kept by."""
    return key


BY_ID = Head(lambda name: {"id": name}, itself, attrgetter("id"))


@dataclass(frozen=True, slots=True)
class Keyed(Shape[dict[Any, T]], Generic[T]):
    """Keys that the analyst chooses, each with a value of the same shape.

    Attributes:
        key: what a key looks like.
        value: what stands under it.
        head: what the key says about the :class:`Entry` under it.
    """

    key: ScalarShape[Any]
    value: Shape[T]
    head: Head | None = None

    def read(self, node: Node, notes: Notes) -> dict[Any, T] | None:
        """Give the values by key; what cannot be read is left out."""
        if isinstance(node, ScalarNode) and node.empty:
            return {}
        if not isinstance(node, MappingNode):
            kind = "list" if isinstance(node, SequenceNode) else "text"
            hint = f"Write keys with values: {self.key.expected}, a colon and what it is."
            notes.error(node, "not-a-mapping", f"Here stands a {kind} instead of keys.", hint)
            return None
        return dict(self._entries(node, notes))

    def _entries(self, node: MappingNode, notes: Notes) -> Iterator[tuple[Any, T]]:
        seen: dict[Any, ScalarNode] = {}
        for name, each in node.entries:
            key = self.key.read(name, notes)
            if key is None:
                continue
            by = self.head.kept(key) if self.head else key
            if seen.setdefault(by, name) is not name:
                message = f'"{name.text[:60]}" stands here for the second time.'
                hint = f"Join the two; the first is on line {seen[by].line}, and it counts."
                notes.error(name, "duplicate-key", message, hint)
                continue
            value = self._value(key, name, each, notes)
            if value is not None:
                yield by, value

    def _value(self, key: Any, name: ScalarNode, node: Node, notes: Notes) -> T | None:
        if self.head is None or not isinstance(self.value, Entry):
            return self.value.read(node, notes)
        value: T | None = self.value.read_under(name, self.head.given(key), node, notes)
        return value

    def write(self, value: Mapping[Any, T]) -> dict[str, Any]:
        """Give the values by key, as it is typed."""
        typed = self.head.typed if self.head else None
        return {
            str(typed(each) if typed else key): self.value.write(each)
            for key, each in value.items()
        }

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        names = self.key.schema(definitions)
        value = self.value.schema(definitions)
        return {"type": "object", "propertyNames": names, "additionalProperties": value}
