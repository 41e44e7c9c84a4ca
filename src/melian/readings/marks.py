"""What can be so or not so of a party, and tells its sides apart: marks.

A mark is one of three things: a commitment that is kept, by its id; a preference that is held; one
preference that stands above another. Marks of preferences are told apart by what the preferences
say and not by their place, so that they stay the same when others come or go.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from melian.case.model import Preference


@dataclass(frozen=True, slots=True)
class Held:
    """An actor holds one of its preferences.

    Attributes:
        preference: as the case has it.
        nth: how many of the actor's preferences before it are the same.
        place: its index among the actor's preferences.
    """

    preference: Preference
    nth: int = 0
    place: int = field(default=0, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out the hash once: there are as many look-ups as combinations of sides."""
        object.__setattr__(self, "_hash", hash((self.preference, self.nth)))

    def __hash__(self) -> int:
        """Give the hash of what is compared."""
        return self._hash

    def __reduce__(self) -> tuple[object, ...]:
        """Leave the hash behind: in another process it is another."""
        return Held, (self.preference, self.nth, self.place)

    def __str__(self) -> str:
        """Give what is preferred, as a formula."""
        return str(self.preference.prefer)


@dataclass(frozen=True, slots=True)
class Above:
    """One of two preferences of an actor, whose order is not known, stands above the other."""

    upper: Held
    lower: Held

    def __str__(self) -> str:
        """Give the two as formulas."""
        return f"{self.upper} > {self.lower}"


Mark = str | Held | Above
