"""How texts and data are spelled in Argdown, so that they are read back as they were."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Data = str | list[str] | Mapping[str, "Data"]

_MARKUP = re.compile(
    r"[\\#*_\[<{]"  # what markup begins with
    r"|(?<=/)/"  # a comment
    r"|\.(?=\S+?\.)|:(?=\S+?:)"  # the short name of a sign
    r"|=(?===)|(?<===)=|(?<==)=(?==)"  # front matter
)
# What would end data, open a tag, or be no printable part of a line of YAML.
_UNPRINTABLE = re.compile(
    "[{}\\[\\]<>=\x7f-\xa0\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


def escaped(text: str) -> str:
    r"""Give a text in one line with a backslash before what would be markup.

    >>> print(escaped("see [1],  a*b"))
    see \[1], a\*b
    """
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


def is_exact(text: str) -> bool:
    """Tell whether a text survives being put on one line."""
    return text == " ".join(text.split())


def braces(data: Mapping[str, Data]) -> str:
    """Give data in braces, without what is empty.

    >>> braces({"actor": "port", "date": "", "if": ["a", "not b"]})
    '{"actor": "port", "if": ["a", "not b"]}'
    """
    parts = (f"{_quoted(key)}: {_value(value)}" for key, value in data.items() if value)
    return f"{{{', '.join(parts)}}}"


def _value(value: Data) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_quoted, value))}]"
    return braces(value)


def _quoted(text: str) -> str:
    shown = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", shown)


def title(text: str) -> str:
    """Give a text as the title of an argument: nothing that ends it, or makes a relation of it."""
    return " ".join(re.sub(r"[<>\[\]@]", " ", text).split()).lstrip("-+_ ")[:200].strip()
