"""An argumentation framework: arguments and which attack which (Dung 1995), nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Framework:
    """Arguments by name, and attacks by their numbers.

    Attributes:
        arguments: the names, each once; an argument's number is its place, from 0.
        attacks: pairs of numbers, (attacker, attacked), each once.
    """

    arguments: tuple[str, ...]
    attacks: tuple[tuple[int, int], ...] = ()

    def attackers(self) -> list[list[int]]:
        """Give the attackers of each argument, in the order of the attacks."""
        found: list[list[int]] = [[] for _ in self.arguments]
        for attacker, attacked in self.attacks:
            found[attacked].append(attacker)
        return found

    def targets(self) -> list[list[int]]:
        """Give what each argument attacks, in the order of the attacks."""
        found: list[list[int]] = [[] for _ in self.arguments]
        for attacker, attacked in self.attacks:
            found[attacker].append(attacked)
        return found

    def names(self, numbers: Iterable[int]) -> list[str]:
        """Give the names of arguments, in the order of their numbers.

        >>> Framework(("a", "b"), ((0, 1),)).names({1, 0})
        ['a', 'b']
        """
        return [self.arguments[number] for number in sorted(numbers)]
