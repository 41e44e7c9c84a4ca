"""Text that XML 1.0 can hold: all but some control characters, which a file cannot say.

They are written as U+FFFD, the sign for what cannot be shown (XML 1.0, section 2.2).
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = {"\r": "&#13;"}
_QUOTED = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", **_BREAKS}


def text(value: str) -> str:
    """Give a text as it stands between two tags."""
    return escape(_UNSAYABLE.sub("\N{REPLACEMENT CHARACTER}", value), _BREAKS)


def quoted(value: str) -> str:
    """Give a text as the value of an attribute, in quotation marks."""
    return f'"{escape(_UNSAYABLE.sub(chr(0xFFFD), value), _QUOTED)}"'


def said(value: str | float) -> str:
    """Give a value as the text that says it: numbers so that they are read as the same."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)
