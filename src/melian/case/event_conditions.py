"""The language of ``when``: which events of a table a rule is about.

Comparisons, joined by ``and or not`` and parentheses::

    actor in russia and cameo in 163, 17..19 and not (goldstein > 0 or text has "visa")

* ``actor``, ``target`` are ``in`` ids of actors;
* ``cameo`` is ``in`` codes, each of which holds all that begin with it, and ranges of codes;
* ``plover`` and ``mode`` are ``in`` words, ``date`` is ``in`` periods;
* ``goldstein`` is compared with a number by ``< <= > >= =``;
* the other fields, which are texts, ``has`` a text within, in small or capital letters.

What a table does not say is neither true nor false (Kleene's three values): only what is true of an
event applies to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

from melian.case.cameo import PLOVER, ROOTS
from melian.case.dates import parse_period
from melian.case.formula import DEEPEST, LONGEST, FormulaError
from melian.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lark import Lark, Token
    from lark.exceptions import UnexpectedInput

GRAMMAR = r"""
?start: some
?some: every ("or" every)*
?every: unary ("and" unary)*
?unary: comparison | "not" unary -> opposite | "(" some ")"
comparison: WORD HOW item ("," item)*
HOW: "in" | "has" | /[<>]=?|=/
?item: WORD | QUOTED
WORD: /[^\s()",<>=]+/
QUOTED: /"[^"]*"/
%ignore /\s+/
"""

#: The fields that are texts, with the attribute of an event each reads.
TEXTS = {
    "text": "text",
    "actor-name": "actor",
    "target-name": "target",
    "sector": "sector",
    "target-sector": "target_sector",
    "country": "country",
    "target-country": "target_country",
    "context": "context",
}
ORDERS = ("<", "<=", ">", ">=", "=")
_CODE = re.compile(r"\d{2,4}")
_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of an event, compared with items, at least one of which must fit.

    Attributes:
        field: what is looked at.
        how: ``in``, ``has`` or a comparison.
        items: as they are typed, without quotation marks.
    """

    field: str
    how: str
    items: tuple[str, ...]

    def __str__(self) -> str:
        """Give the comparison as it is typed."""
        items = (f'"{item}"' if self.how == "has" else item for item in self.items)
        return f"{self.field} {self.how} {', '.join(items)}"


@dataclass(frozen=True, slots=True)
class Opposite:
    """What is true where its part is not."""

    part: Condition

    def __str__(self) -> str:
        """Give the condition as it is typed."""
        return f"not {_inner(self.part, self)}"


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts."""

    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        """Give the condition as it is typed."""
        return " and ".join(_inner(part, self) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of the parts."""

    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        """Give the condition as it is typed."""
        return " or ".join(_inner(part, self) for part in self.parts)


Condition = Comparison | Opposite | Every | Some
_STRENGTH: dict[type, int] = {Some: 1, Every: 2, Opposite: 3, Comparison: 4}


def _inner(part: Condition, outer: Condition) -> str:
    needs = _STRENGTH[type(part)] < _STRENGTH[type(outer)] or (
        type(part) is type(outer) and not isinstance(outer, Opposite)
    )
    return f"({part})" if needs else str(part)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from lark import Lark, Transformer, v_args

    @v_args(inline=True)
    class Build(Transformer[Any, Condition]):
        def comparison(self, field: Token, how: Token, *items: Token) -> Comparison:
            return _sound(field, how, items)

        def opposite(self, part: Condition) -> Condition:
            return Opposite(part)

        def every(self, *parts: Condition) -> Condition:
            return Every(parts)

        def some(self, *parts: Condition) -> Condition:
            return Some(parts)

    return Lark(GRAMMAR, parser="lalr", transformer=Build())


@lru_cache(maxsize=1024)
def parse(text: str) -> Condition:
    """Give the condition that a text says.

    Raises:
        FormulaError: the text is not a condition; it says where and what to type instead.

    >>> print(parse('actor in russia and (cameo in 163,17..19 or not text has "visa")'))
    actor in russia and (cameo in 163, 17..19 or not text has "visa")
    """
    if len(text) > LONGEST:
        message = f"The condition has {len(text)} characters; at most {LONGEST} are read."
        raise FormulaError(message, 1, "Split it into several rules.")
    from lark.exceptions import UnexpectedInput

    try:
        found: Condition = _parser().parse(text)  # type: ignore[assignment]
    except UnexpectedInput as error:
        _explain(text, error)
    if max(depth for _, depth in _walk(found)) > DEEPEST:
        message = f"The condition is nested more than {DEEPEST} deep."
        raise FormulaError(message, 1, "Split it into several rules.")
    return found


def _explain(text: str, error: UnexpectedInput) -> NoReturn:
    hint = (
        'Write comparisons such as actor in russia, cameo in 163, goldstein < 0 or text has "visa".'
    )
    if not text.strip():
        raise FormulaError("The condition is empty.", 1, hint) from error
    at: int | None = error.pos_in_stream
    ended = at is None or at < 0 or getattr(getattr(error, "token", None), "type", "") == "$END"
    column = len(text.rstrip()) + 1 if ended else int(at or 0) + 1
    rest = text[column - 1 :].split(maxsplit=1)
    place = "stops too early" if ended or not rest else f'cannot be read at "{rest[0][:20]}"'
    raise FormulaError(f'The condition "{text.strip()[:60]}" {place}.', column, hint) from error


def _walk(condition: Condition) -> Iterator[tuple[Condition, int]]:
    stack = [(condition, 1)]
    while stack:
        node, depth = stack.pop()
        yield node, depth
        parts = (node.part,) if isinstance(node, Opposite) else getattr(node, "parts", ())
        stack.extend((part, depth + 1) for part in reversed(parts))


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Give every comparison of a condition, from left to right."""
    return (node for node, _ in _walk(condition) if isinstance(node, Comparison))


# What each field may be compared with


def _sound(field: Token, how: Token, items: tuple[Token, ...]) -> Comparison:
    """Give the comparison, if its field knows such a comparison and such items."""
    name = str(field)
    if name not in FIELDS:
        hint = did_you_mean(name, FIELDS, f"There are {', '.join(FIELDS)}.")
        _refuse(field, f'Events have no "{name[:40]}".', hint)
    ways, check = FIELDS[name]
    if how not in ways:
        hint = f"Write {name} {ways[0]} and what to compare it with."
        _refuse(how, f'"{name}" does not go with "{how}".', hint)
    if how in ORDERS and len(items) > 1:
        _refuse(
            items[1], f'"{name} {how}" takes one number.', "Write a comparison for each number."
        )
    return Comparison(
        name, str(how), tuple(check(item, str(item).strip('"').strip()) for item in items)
    )


def _refuse(at: Token, message: str, hint: str) -> NoReturn:
    raise FormulaError(message, at.column or 1, hint)


def _code(item: Token, text: str) -> str:
    first, dots, last = text.partition("..")
    for code in (first, last) if dots and last else (first,):
        if not _CODE.fullmatch(code) or code[:2] not in ROOTS:
            zero = code.isdecimal() and len(code) == 1
            otherwise = "Write two to four digits; the first two are 01 to 20."
            hint = f"Write 0{code}, if you mean that." if zero else otherwise
            _refuse(item, f'"{code[:20]}" is no code of CAMEO.', hint)
    if last and not (first <= last or first.startswith(last)):
        _refuse(item, f'The range "{text}" ends before it starts.', f"Write {last}..{first}.")
    return text


def _type(item: Token, text: str) -> str:
    if text.upper() not in PLOVER:
        hint = did_you_mean(text.upper(), PLOVER, f"There are {', '.join(PLOVER)}.")
        _refuse(item, f'"{text[:40]}" is no type of PLOVER.', hint)
    return text.upper()


def _period(item: Token, text: str) -> str:
    try:
        return str(parse_period(text))
    except ValueError as error:
        message = f"{str(error).partition('; ')[0]}."
        _refuse(item, message, "Write 2008-05..2008-08, 2008-05.., 2008 or a day.")


def _number(item: Token, text: str) -> str:
    if not _NUMBER.fullmatch(text):
        _refuse(item, f'"{text[:20]}" is not a number.', "Write a number such as -5 or 2.5.")
    return text


def _words(item: Token, text: str) -> str:
    if not text:
        _refuse(item, "The text to look for is empty.", 'Write it in quotes: text has "visa".')
    return text


FIELDS: dict[str, tuple[tuple[str, ...], Callable[[Token, str], str]]] = {
    "actor": (("in",), _words),
    "target": (("in",), _words),
    "cameo": (("in",), _code),
    "plover": (("in",), _type),
    "mode": (("in",), _words),
    "date": (("in",), _period),
    "goldstein": (ORDERS, _number),
    **dict.fromkeys(TEXTS, (("has",), _words)),
}
