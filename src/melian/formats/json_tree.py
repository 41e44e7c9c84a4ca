"""JSON that knows where it is: each value with its place, so that a mistake can be pointed at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from melian.case.decoding import legible
from melian.formats.file_text import content_of
from melian.problems import OutsideError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

LONGEST = 1000
"""A whole number has so many digits at the most."""

_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a JSON file, and where it stands: ``options[2].name``.

    Every method raises :class:`melian.problems.OutsideError` when the value is not of that kind;
    the sentence names the file and the place, and says what should stand there.
    """

    value: Any
    file: str
    where: str = ""

    def __iter__(self) -> Iterator[Node]:
        """Give the items of a list."""
        items = self._of(list)
        return (Node(v, self.file, f"{self.where}[{i}]") for i, v in enumerate(items))

    def __contains__(self, key: str) -> bool:
        """Tell whether an object has a key."""
        return key in self._of(dict)

    def __getitem__(self, key: str) -> Node:
        """Give what stands under a key of an object."""
        if key not in self:
            raise OutsideError(f'"{self.file}" has no "{key}" in {self.where or "it"}; add it.')
        return Node(self.value[key], self.file, f"{self.where}.{key}" if self.where else key)

    def items(self, key: str) -> Iterable[Node]:
        """Give the items of the list under a key, none when the key is absent."""
        return self[key] if key in self else ()  # noqa: SIM401 - a Node is no dict

    @property
    def is_list(self) -> bool:
        """Whether the value is a list."""
        return isinstance(self.value, list)

    @property
    def is_object(self) -> bool:
        """Whether the value is an object."""
        return isinstance(self.value, dict)

    def text(self) -> str:
        """Give a text, as far as it can be shown."""
        return legible(self._of(str))

    def truth(self) -> bool:
        """Give true or false."""
        return bool(self._of(bool))

    def number(self, lowest: int, highest: int, of: str) -> int:
        """Give a whole number between two bounds; ``of`` says what it is the number of."""
        if type(self.value) is int and lowest <= self.value <= highest:
            return self.value
        raise self.wrong(f"the number of {of}, {lowest} to {highest}")

    def word(self, known: Mapping[str, Any]) -> Any:
        """Give what a word stands for."""
        if isinstance(self.value, str) and self.value in known:
            return known[self.value]
        raise self.wrong(" or ".join(f'"{word}"' for word in known))

    def wrong(self, wanted: str) -> OutsideError:
        """Give the error that says what should stand here."""
        shown = legible(json.dumps(self.value, ensure_ascii=False))
        shown = shown if len(shown) <= 40 else f"{shown[:37]}..."
        place = self.where or "the whole"
        return OutsideError(f'In "{self.file}", {place} is {shown}; it must be {wanted}.')

    def _of(self, kind: type) -> Any:
        if not isinstance(self.value, kind):
            raise self.wrong(_KINDS[kind])
        return self.value


def read(path: Path) -> Node:
    """Give the content of a JSON file.

    Raises:
        OutsideError: the file cannot be read, is too large, or is not JSON.
    """
    name = legible(str(path))
    try:
        return parse(content_of(path).decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        raise OutsideError(
            f'"{name}" is not text in UTF-8 (byte {error.start}); save it as JSON in UTF-8.'
        ) from error


def parse(text: str, file: str) -> Node:
    """Give the content of a JSON text.

    Raises:
        OutsideError: the text is not JSON, or an object has a key twice; the sentence says where
            or which.
    """
    try:
        return Node(
            json.loads(
                text,
                object_pairs_hook=_object,
                parse_int=_integer,
                parse_constant=_constant,
            ),
            file,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise OutsideError(f'"{file}" is not JSON at {place}: {error.msg}.') from error
    except RecursionError as error:
        raise OutsideError(
            f'"{file}" has lists or objects in each other, too deep to be read; make it flatter.'
        ) from error
    except ValueError as error:
        raise OutsideError(f'"{file}" is not JSON that can be read: {error}.') from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f'"{legible(key[:40])}" stands twice in one object; keep one')
        found[key] = value
    return found


def _integer(digits: str) -> int:
    if (count := len(digits.lstrip("-"))) > LONGEST:
        message = f"a number has {count:,} digits, and at most {LONGEST:,} are read"
        raise ValueError(message)
    return int(digits)


def _constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")
