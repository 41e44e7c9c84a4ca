"""The words of Argdown: a text is cut into tokens that know where they stand.

The tokens are those of Argdown 1.7 (https://argdown.org/syntax), the first that fits in its order.
What a token is may depend on the one before it: relations, lists, headings and numbers open a
line, and the indentation before them opens and closes levels.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST = 1_000  # characters of a title, a tag or a link

_CONTROL = r"@#*_\[\],.:;</>\-(){}"
_CLOSES = r"(?:[ \t]|(?=[\n)}_.,!?;:*-])|\Z)"
_NAME = rf"(?:[^\n]{{1,{LONGEST}}}?)"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; ``kind`` is its Argdown name, in words."""

    kind: str
    image: str
    start: int
    line: int
    column: int


def _rx(pattern: str) -> Callable[[str, int], re.Match[str] | None]:
    return re.compile(pattern).match


_RELATION = _rx(r"([ \t]*)(\+>|->|<\+|\+|<-|-|><|_>|<_|_(?=\s))")
_RELATIONS = {
    "+>": "incoming support",
    "->": "incoming attack",
    "<+": "outgoing support",
    "+": "outgoing support",
    "<-": "outgoing attack",
    "-": "outgoing attack",
    "><": "contradiction",
    "_>": "incoming undercut",
    "<_": "outgoing undercut",
    "_": "outgoing undercut",
}
_LISTS = (
    ("ordered item", _rx(r"([ \t]*)\d+\.(?=\s)")),
    ("unordered item", _rx(r"([ \t]*)\*(?=\s)")),
)
_EMPTYLINE = _rx(r"(?:[ \t]*\n){2,}")
_INFERENCE = _rx(r"[ \t]*--")
_INFERENCE_END = ("inference end", _rx("-{2,}"))
_HEADING = _rx(r"#+ ")
_NUMBER = _rx(r"[ \t]*\(\d+\)")
_RANGES = tuple(
    (kind, _rx(rf"{mark}(?!\s)"), _rx(mark + _CLOSES))
    for kind, mark in (
        ("bold *", r"\*\*"),
        ("bold _", "__"),
        ("italic *", r"\*"),
        ("italic _", "_"),
    )
)
_TEXT = (
    ("spaces", _rx(r"[ \t]+")),
    ("text", _rx(rf"[^\\\n{_CONTROL}]+")),
    ("text", _rx(rf"[{_CONTROL}][ \t]?")),
)
_NEWLINE = ("newline", _rx(r"[ \t]*\n"))
_ESCAPED = ("escaped", _rx(r"\\[^\n] *"))
_SPECIAL = ("special", _rx(rf"\.\S{{1,{LONGEST}}}?\.[ \t]?|:\S{{1,{LONGEST}}}?:[ \t]?"))
_NAMES = (
    ("link", _rx(rf"\[[^\]]{{1,{LONGEST}}}\]\([^)]{{1,{LONGEST}}}\)[ \t]?")),
    (
        "tag",
        _rx(
            rf"#(?:\([^)]{{1,{LONGEST}}}\)"
            r"|[a-zA-z0-9\-\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF]+)[ \t]?"
        ),
    ),
    ("statement definition", _rx(rf"\[{_NAME}\]:")),
    ("statement reference", _rx(rf"\[[^-][^\n]{{0,{LONGEST}}}?\]")),
    ("statement mention", _rx(rf"@\[{_NAME}\][ \t]?")),
    ("argument definition", _rx(rf"<{_NAME}>:")),
    ("argument reference", _rx(rf"<[^-][^\n]{{0,{LONGEST}}}?>")),
    ("argument mention", _rx(rf"@<{_NAME}>[ \t]?")),
)
_FRONT = re.compile(r"===+.*?===+", re.DOTALL)
_AFTER_BRACE = _rx(r"\s*[,}]")
_ENDS_DATA = _rx(r"\s[^,}]")
_COMMENTS = (("<!--", "-->", True), ("/*", "*/", True), ("//", "\n", False))
_CLOSING = {"[": "]", "<": ">"}
_BEFORE_NAME = frozenset("*_[#@<")


class Scanner:
    """Cuts one text into tokens."""

    def __init__(self, text: str) -> None:
        """Take a text whose lines end with a line feed."""
        self.text = text
        self.tokens: list[Token] = []
        self._lines = [0, *(m.end() for m in re.finditer("\n", text))]
        braces = [m.start() for m in re.finditer("}", text)]
        self._stops = [i for i in braces if _ENDS_DATA(text, i + 1)]
        self._braces = [i for i in braces if not _AFTER_BRACE(text, i + 1)]
        self._levels = [0]
        self._open: list[str] = []  # ranges: bold and italic
        self._inferring = False
        self._absent: dict[str, int] = {}  # from where on a closing mark does not occur

    def place(self, offset: int) -> tuple[int, int]:
        """Give the line and column of an offset, both from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def run(self) -> list[Token]:
        """Give the tokens of the whole text."""
        at = 0
        while at < len(self.text):
            at = self._next(at)
        if self._last == "emptyline":
            self.tokens.pop()
        self._dedent(0, len(self.text))
        return self.tokens

    @property
    def _last(self) -> str:
        return self.tokens[-1].kind if self.tokens else ""

    @property
    def _on_new_line(self) -> bool:
        return self._last in {"", "newline"}

    def _add(self, kind: str, start: int, end: int) -> int:
        self.tokens.append(Token(kind, self.text[start:end], start, *self.place(start)))
        return end

    def _next(self, at: int) -> int:
        """Add the token that begins here, and give where it ends."""
        end = self._comment(at)
        if end is not None:
            return end
        end = self._in_inference(at) if self._inferring else None
        if end is None and not self._inferring:
            end = self._blocks(at) or self._inline(at)
        return self._plain(at) if end is None else end

    def _plain(self, at: int) -> int:
        for kind, match in _TEXT:
            found = match(self.text, at)
            if found and kind == "spaces":
                return found.end()
            if found:
                return self._add(kind, at, found.end())
        return self._add("stray", at, at + 1)

    def _comment(self, at: int) -> int | None:
        if self.text[at] not in "</":
            return None
        for start, stop, whole in _COMMENTS:
            if self.text.startswith(start, at):
                end = self._find(stop, at + len(start))
                if end >= 0:
                    return self._after_comment(end + len(stop) * whole)
        return None

    def _find(self, mark: str, at: int) -> int:
        if at >= self._absent.get(mark, len(self.text)):
            return -1
        found = self.text.find(mark, at)
        if found < 0:
            self._absent[mark] = at
        return found

    def _after_comment(self, end: int) -> int:
        """Give where a comment ends: one that has a line to itself takes the line end with it."""
        if self._last == "emptyline":
            while self.text.startswith("\n", end):
                end += 1
        elif self._last == "newline":
            found = _NEWLINE[1](self.text, end)
            if found and not _NEWLINE[1](self.text, found.end()):
                return found.end()
        return end

    def _in_inference(self, at: int) -> int | None:
        if _EMPTYLINE(self.text, at):
            self._inferring = False  # no inference goes beyond an empty line
            return None
        for kind, match in (_NEWLINE, _ESCAPED, _SPECIAL, _INFERENCE_END):
            found = match(self.text, at)
            if found:
                self._inferring = kind != "inference end"
                return self._add(kind, at, found.end())
        end = self._data(at)
        if end is not None:
            return self._add("data", at, end)
        return self._add("comma", at, at + 1) if self.text[at] == "," else None

    def _data(self, at: int) -> int | None:
        """Give where data in braces end: at the last brace before one that text follows."""
        if self.text[at] != "{":
            return None
        stop = bisect_left(self._stops, at + 1)
        limit = self._stops[stop] if stop < len(self._stops) else len(self.text)
        last = bisect_right(self._braces, limit) - 1
        if last >= 0 and self._braces[last] > at:
            return self._braces[last] + 1
        return None

    def _blocks(self, at: int) -> int | None:
        """Find what opens a line, and data and line ends."""
        if self.text[at] == "=":
            found = _FRONT.match(self.text, at)
            return self._add("front matter", at, found.end()) if found else None
        end = self._data(at)
        if end is not None:
            return self._add("data", at, end)
        for kind, match in (_ESCAPED, _SPECIAL):
            found = match(self.text, at)
            if found:
                return self._add(kind, at, found.end())
        end = self._line_end(at)
        if end is not None or not (self._on_new_line or self._last == "emptyline"):
            return end
        return self._opener(at)

    def _line_end(self, at: int) -> int | None:
        if self.text[at] not in " \t\n":
            return None
        found = _EMPTYLINE(self.text, at)
        if found and self._last != "emptyline":
            if found.end() < len(self.text):
                self._dedent(0, at)
            self._open.clear()
            return self._add("emptyline", at, found.end())
        found = _NEWLINE[1](self.text, at)
        return self._add("newline", at, found.end()) if found else None

    def _opener(self, at: int) -> int | None:
        if self._on_new_line:
            found = _INFERENCE(self.text, at)
            if found:
                self._dedent(0, at)
                self._inferring = True
                return self._add("inference start", at, found.end())
        found = _RELATION(self.text, at)
        if found:
            self._indent(len(found[1]), at)
            return self._add(_RELATIONS[found[2]], at, found.end())
        found = _HEADING(self.text, at)
        if found:
            return self._add("heading", at, found.end())
        found = _NUMBER(self.text, at)
        if found:
            self._dedent(0, at)
            return self._add("number", at, found.end())
        for kind, match in _LISTS:
            found = match(self.text, at)
            if found:
                self._indent(len(found[1]) + 1, at)
                return self._add(kind, at, found.end())
        return None

    def _indent(self, level: int, at: int) -> None:
        if level > self._levels[-1]:
            self._levels.append(level)
            self._add("indent", at, at)
        else:
            self._dedent(level, at)

    def _dedent(self, level: int, at: int) -> None:
        while len(self._levels) > 1 and level < self._levels[-1]:
            self._levels.pop()
            self._add("dedent", at, at)

    def _inline(self, at: int) -> int | None:
        if self.text[at] not in _BEFORE_NAME:
            return None
        for kind, end in self._inline_tokens(at):
            return self._add(kind, at, end)
        return None

    def _inline_tokens(self, at: int) -> Iterator[tuple[str, int]]:
        if self.text[at] in "*_":
            yield from self._range_tokens(at)
            return
        closing = _CLOSING.get(self.text[at + (self.text[at] == "@") : at + 2][:1])
        if closing is not None and self._find(closing, at) < 0:
            return
        for kind, match in _NAMES:
            found = match(self.text, at)
            if found:
                yield kind, found.end()

    def _range_tokens(self, at: int) -> Iterator[tuple[str, int]]:
        for kind, _, closes in _RANGES:
            found = closes(self.text, at)
            if found and self._open[-1:] == [kind]:
                self._open.pop()
                yield f"{kind} end", found.end()
        for kind, opens, _ in _RANGES:
            found = opens(self.text, at)
            if found:
                self._open.append(kind)
                yield f"{kind} start", found.end()
