"""Clauses about what the owners of options would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.formula import And, Atom, Iff, Implies, Not, Or
from melian.case.model import Option
from melian.case.wording import known_names, name_of, series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from melian.case.formula import Formula
    from melian.case.model import Case


class Clauses:
    """Clauses about one case, its actors by name.

    Attributes:
        case: the case spoken about.
        names: by which its actors are known.
    """

    def __init__(self, case: Case) -> None:
        """Take the case spoken about."""
        self.case = case
        self.names = tuple(known_names(case))

    def option(self, option: str) -> Option:
        """Give an option of the conflict by its id."""
        conflict = self.case.conflict
        return conflict.options[option] if conflict else Option(option, (), option)

    def owners(self, option: Option) -> str:
        """Give who can take an option."""
        return series([name_of(self.case, owner) for owner in option.owners]) or "Nobody"

    def outcome(self, formula: Formula) -> str:
        """Give a formula over options as a clause: ``if NATO ..., Russia would not ...``."""
        match formula:
            case Atom():
                return self.would([self.option(formula.name)])
            case Not(Atom() as atom):
                return self.would([self.option(atom.name)], taken=False)
            case Not(part):
                return f"it would not come about that {self.outcome(part)}"
            case And(parts):
                return self._together(parts) or " and ".join(self.outcome(p) for p in parts)
            case Or(parts):
                return f"either {' or '.join(self.outcome(part) for part in parts)}"
            case Implies(left, right):
                return f"{self.outcome(right)} if {self.outcome(left)}"
            case Iff(left, right):
                return f"{self.outcome(right)} just when {self.outcome(left)}"

    def _together(self, parts: Sequence[Formula]) -> str:
        """Give what is done and left, each owner named once; "" where more than that is asked."""
        asked: list[tuple[Option, bool]] = []
        for part in parts:
            match part:
                case Atom(name) | Not(Atom(name)):
                    asked.append((self.option(name), isinstance(part, Atom)))
                case _:
                    return ""
        return " and ".join(self.doing(asked))

    def would(self, options: Iterable[Option], *, taken: bool = True) -> str:
        """Give what the owners of options would do, or would not: ``Russia would ...``."""
        return series(self.clauses(options, taken=taken))

    def clauses(self, options: Iterable[Option], *, taken: bool = True) -> list[str]:
        """Give a clause per owner: what it would do, or would not."""
        return self.doing([(option, taken) for option in options])

    def doing(self, options: Iterable[tuple[Option, bool]]) -> list[str]:
        """Give a clause per owner: what it would do, and what it would not.

        Args:
            options: each with whether it is taken.
        """
        by_owner: dict[str, dict[bool, list[str]]] = {}
        for option, taken in options:
            own = by_owner.setdefault(self.owners(option), {})
            own.setdefault(taken, []).append(option.text)
        return [f"{who} {' and '.join(_would(own))}" for who, own in by_owner.items()]


def _would(own: Mapping[bool, Sequence[str]]) -> Iterator[str]:
    """Give what somebody would do, and what it would not, as predicates."""
    for taken, texts in own.items():
        yield f"would {series(texts)}" if taken else f"would not {series(texts, 'or')}"
