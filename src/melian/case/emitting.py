"""Plain values as YAML text, for what is written into a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Value = str | bool | float | None | Sequence["Value"] | Mapping[str, "Value"]

WIDEST = 100
INDENTED = 12  # what lines are indented by, more or less
LONGEST_KEY = 1000  # YAML reads a longer one only behind a question mark
_NO_FOLDING = 1_000_000_000


class _Dumper(yaml.CSafeDumper):
    """Writes every text on one line, so that lines can be indented and spliced."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature of PyYAML
        """Write everything out: a case has no aliases."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    on_one_line = len(text.splitlines()) < 2 and text.isprintable()
    style = None if on_one_line else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def flow(value: Value) -> str:
    """Give the value on one line.

    >>> flow({"name": "Russia", "member_of": ["un", "no"], "ok": True})
    "{name: Russia, member_of: [un, 'no'], ok: true}"
    """
    return _dump([value])[1:-1]


def block(value: Value) -> list[str]:
    """Give the value as lines, short collections of texts on one line.

    >>> block({"by": "nato", "effect": {"russia": [{"drop": "x"}]}})
    ['by: nato', 'effect:', '  russia: [{drop: x}]']
    """
    match value:
        case dict() if value:
            return [line for key, each in value.items() for line in entry(key, each)]
        case list() if value:
            return [line for each in value for line in item(each)]
        case _:
            return [line_of(value)]


def line_of(value: Value) -> str:
    """Give a value that stands alone behind its key: a text needs fewer quotes there."""
    return flow(value) if isinstance(value, dict | list) else _dump(value).removesuffix("\n...")


def fits_one_line(value: Value, room: int) -> bool:
    """Tell whether a value is better written on one line of so many characters."""
    if not isinstance(value, dict | list) or not value:
        return True
    parts = value.values() if isinstance(value, dict) else value
    flat = not any(isinstance(part, dict | list) and _deep(part) for part in parts)
    return flat and len(flow(value)) <= room


def _deep(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else value
    return any(isinstance(part, dict | list) for part in parts)


def entry(key: str, value: Value, *, spread: bool = False) -> list[str]:
    """Give a key with its value as lines; ``spread`` lays the value out below the key."""
    name = line_of(key)
    if len(name) > LONGEST_KEY:
        return [f"? {name}", *_behind(":", value)]
    spread = spread and isinstance(value, dict | list) and bool(value)
    if not spread and fits_one_line(value, WIDEST - INDENTED - len(name)):
        return [f"{name}: {line_of(value)}"]
    return [f"{name}:", *(f"  {line}" for line in block(value))]


def item(value: Value) -> list[str]:
    """Give an item of a list as lines."""
    return _behind("-", value)


def _behind(mark: str, value: Value) -> list[str]:
    if fits_one_line(value, WIDEST - INDENTED):
        return [f"{mark} {line_of(value)}"]
    first, *rest = block(value)
    return [f"{mark} {first}", *(f"  {line}" for line in rest)]


def _dump(value: Value) -> str:
    text: str = yaml.dump(
        value,
        Dumper=_Dumper,
        default_flow_style=True,
        allow_unicode=True,
        sort_keys=False,
        width=_NO_FOLDING,
    )
    return text.removesuffix("\n")
