"""The formula language of rules, feasibility, preferences and targets.

``and or not -> <->``, parentheses, names, and names with arguments::

    confront and not (adapt or join)
    supports-membership(georgia) -> should-join(georgia)

``->`` binds to the right; the order of strength is ``not``, ``and``, ``or``, ``->``, ``<->``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

from melian.problems import MelianError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lark import Lark
    from lark.exceptions import UnexpectedInput

LONGEST = 4_000
DEEPEST = 60

GRAMMAR = r"""
?start: iff
?iff: implies ("<->" implies)*
?implies: or_ | or_ "->" implies -> implies
?or_: and_ ("or" and_)*
?and_: unary ("and" unary)*
?unary: atom | "not" unary -> not_ | "(" iff ")"
atom: NAME ["(" NAME ("," NAME)* ")"]
NAME: /\w+(-\w+)*/
%ignore /\s+/
"""


class FormulaError(MelianError):
    """A text is not a formula.

    Attributes:
        column: where, counted from 1 within the text.
        hint: what to type instead.
    """

    def __init__(self, message: str, column: int, hint: str) -> None:
        """Keep the place and the remedy beside the sentence."""
        super().__init__(message)
        self.column = column
        self.hint = hint


@dataclass(frozen=True, slots=True, order=True)
class Atom:
    """A name, perhaps with arguments: ``confront``, ``may-secede(kosovo)``."""

    name: str
    args: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Give the atom as it is typed."""
        return f"{self.name}({', '.join(self.args)})" if self.args else self.name


@dataclass(frozen=True, slots=True)
class Not:
    """The denial of a formula."""

    part: Formula

    def __str__(self) -> str:
        """Give the formula as it is typed."""
        return f"not {_inner(self.part, self)}"


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple[Formula, ...]

    def __str__(self) -> str:
        """Give the formula as it is typed."""
        return " and ".join(_inner(p, self) for p in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: tuple[Formula, ...]

    def __str__(self) -> str:
        """Give the formula as it is typed."""
        return " or ".join(_inner(p, self) for p in self.parts)


@dataclass(frozen=True, slots=True)
class Implies:
    """The right side whenever the left."""

    left: Formula
    right: Formula

    def __str__(self) -> str:
        """Give the formula as it is typed."""
        return f"{_inner(self.left, self)} -> {_inner(self.right, self)}"


@dataclass(frozen=True, slots=True)
class Iff:
    """Both sides or neither."""

    left: Formula
    right: Formula

    def __str__(self) -> str:
        """Give the formula as it is typed."""
        return f"{_inner(self.left, self)} <-> {_inner(self.right, self)}"


Formula = Atom | Not | And | Or | Implies | Iff

_STRENGTH: dict[type, int] = {Iff: 1, Implies: 2, Or: 3, And: 4, Not: 5, Atom: 6}


def _inner(part: Formula, outer: Formula) -> str:
    needs = _STRENGTH[type(part)] < _STRENGTH[type(outer)] or (
        type(part) is type(outer) and not isinstance(outer, Not)
    )
    return f"({part})" if needs else str(part)


@dataclass(frozen=True, slots=True, order=True)
class Signed:
    """A concept asserted or denied: what a commitment is to."""

    atom: Atom
    positive: bool = True

    def __str__(self) -> str:
        """Give ``concept`` or ``not concept``."""
        return str(self.atom) if self.positive else f"not {self.atom}"

    def __neg__(self) -> Signed:
        """Give the same concept with the opposite sign."""
        return Signed(self.atom, not self.positive)

    @property
    def formula(self) -> Formula:
        """The same as a formula."""
        return self.atom if self.positive else Not(self.atom)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from lark import Lark, Transformer, v_args

    @v_args(inline=True)
    class Build(Transformer[Any, Formula]):
        def atom(self, name: str, *args: str | None) -> Atom:
            return Atom(str(name), tuple(str(a) for a in args if a is not None))

        def not_(self, part: Formula) -> Formula:
            return Not(part)

        def and_(self, *parts: Formula) -> Formula:
            return And(parts)

        def or_(self, *parts: Formula) -> Formula:
            return Or(parts)

        def implies(self, left: Formula, right: Formula) -> Formula:
            return Implies(left, right)

        def iff(self, first: Formula, *rest: Formula) -> Formula:
            for part in rest:
                first = Iff(first, part)
            return first

    return Lark(GRAMMAR, parser="lalr", transformer=Build())


@lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """Give the formula that a text says.

    Args:
        text: for example ``confront and not join``.

    Raises:
        FormulaError: the text is not a formula; it says where and what to type instead.

    >>> print(parse("a and (b or not c(d)) -> e"))
    a and (b or not c(d)) -> e
    """
    if len(text) > LONGEST:
        message = f"The formula has {len(text)} characters; at most {LONGEST} are read."
        raise FormulaError(message, 1, "Split it into several.")
    from lark.exceptions import UnexpectedInput

    try:
        formula: Formula = _parser().parse(text)  # type: ignore[assignment]
    except UnexpectedInput as error:
        _explain(text, error)
    if _depth(formula) > DEEPEST:
        message = f"The formula is nested more than {DEEPEST} deep."
        raise FormulaError(message, 1, "Split it into several.")
    return formula


def _explain(text: str, error: UnexpectedInput) -> NoReturn:
    if not text.strip():
        message, hint = "The formula is empty.", "Write a name, such as confront."
        raise FormulaError(message, 1, hint) from error
    at: int | None = error.pos_in_stream  # None at the end of the text, whatever the stub says
    ended = at is None or at < 0 or not text[at:].strip()
    column = len(text.rstrip()) + 1 if ended else int(at or 0) + 1
    if ended:
        message = f'The formula "{text.strip()[:60]}" stops too early.'
        hint = "Close the parenthesis, or complete the last part."
    else:
        rest = text[column - 1 :].split()
        message = f'The formula "{text.strip()[:60]}" cannot be read at "{rest[0][:20]}".'
        hint = "Join names with and, or, not, ->, <->; write names with hyphens, not spaces."
    raise FormulaError(message, column, hint) from error


def _children(formula: Formula) -> tuple[Formula, ...]:
    match formula:
        case Atom():
            return ()
        case Not(part):
            return (part,)
        case And(parts) | Or(parts):
            return parts
        case Implies(left, right) | Iff(left, right):
            return (left, right)


def _depth(formula: Formula) -> int:
    deepest, stack = 0, [(formula, 1)]
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        stack.extend((child, depth + 1) for child in _children(node))
    return deepest


def atoms(formula: Formula) -> Iterator[Atom]:
    """Give every atom of the formula, from left to right, repeats included."""
    if isinstance(formula, Atom):
        yield formula
    for child in _children(formula):
        yield from atoms(child)


def substitute(formula: Formula, binding: Mapping[str, str]) -> Formula:
    """Give the formula with the variables among its arguments replaced.

    >>> print(substitute(parse("may-secede(x) -> recognised(x)"), {"x": "kosovo"}))
    may-secede(kosovo) -> recognised(kosovo)
    """
    match formula:
        case Atom(name, args):
            return Atom(name, tuple(binding.get(a, a) for a in args))
        case Not(part):
            return Not(substitute(part, binding))
        case And(parts):
            return And(tuple(substitute(p, binding) for p in parts))
        case Or(parts):
            return Or(tuple(substitute(p, binding) for p in parts))
        case Implies(left, right):
            return Implies(substitute(left, binding), substitute(right, binding))
        case Iff(left, right):
            return Iff(substitute(left, binding), substitute(right, binding))


def truth(formula: Formula, value: Callable[[Atom], bool | None]) -> bool | None:
    """Give the truth of a formula where some atoms are neither true nor false.

    Kleene's strong three-valued logic: ``None`` stands for "not known".

    >>> truth(parse("a or b"), {Atom("a"): True}.get)
    True
    >>> truth(parse("not b"), {Atom("a"): True}.get) is None
    True
    """
    match formula:
        case Atom():
            return value(formula)
        case Not(part):
            inner = truth(part, value)
            return None if inner is None else not inner
        case And(parts):
            values = [truth(p, value) for p in parts]
            return False if False in values else None if None in values else True
        case Or(parts):
            values = [truth(p, value) for p in parts]
            return True if True in values else None if None in values else False
        case Implies(left, right):
            return truth(Or((Not(left), right)), value)
        case Iff(left, right):
            sides = truth(left, value), truth(right, value)
            return None if None in sides else sides[0] == sides[1]


def signed(formula: Formula) -> Signed | None:
    """Give the formula as a signed concept, or nothing when it is more than that."""
    match formula:
        case Atom():
            return Signed(formula)
        case Not(Atom() as atom):
            return Signed(atom, positive=False)
        case _:
            return None
