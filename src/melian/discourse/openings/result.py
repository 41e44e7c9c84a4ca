"""What an opening is: the statements, why they count, and who could take them up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["conditional", "concessive", "cooperative"]
KINDS: tuple[Kind, ...] = ("conditional", "concessive", "cooperative")

Ground = Literal["condition", "own line", "other side", "level"]
"""Why something counts: it is said under a condition, it goes against the party's own line, it is
the line of a party that it otherwise clashes with, or it is at odds with the party's politics."""

LEAST = 3
"""So many statements at least make a line, and so many pairs of statements a tie."""

SHARE = (2, 3)
"""At least this share of the statements, as a fraction, is in the sense of a line."""

OPERATIONAL, POLITICAL = "operational", "political"
"""The levels that are told apart: where work is done together, and where it is spoken of."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement: its id, who spoke, when and where."""

    id: str
    speaker: str
    date: str
    source: str
    locator: str


@dataclass(frozen=True, slots=True)
class Line:
    """How often a party says something, of how often it speaks of the concept at all."""

    same: int
    all: int

    @property
    def clear(self) -> bool:
        """Whether that is a line: enough statements, and most of them in this sense."""
        part, whole = SHARE
        return self.all >= LEAST and whole * self.same >= part * self.all


@dataclass(frozen=True, slots=True)
class Taker:
    """A party that could take an opening up.

    Attributes:
        actor: who.
        why: named (by the condition), option (owns it), lever (can bring it about), line (it is its
            own line), said (it says the same, too seldom or not clearly enough for a line).
        line: how it speaks of the concept; None where it is asked for something else.
        tie: agreement less clash with the party over all other concepts; None likewise.
        what: the option or lever.
    """

    actor: str
    why: Literal["named", "option", "lever", "line", "said"]
    line: Line | None = None
    tie: int | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """A party says something from which others could go on.

    Attributes:
        kind: conditional, concessive or cooperative.
        ground: why it counts.
        actor: the party.
        concept: what it speaks of, in words.
        positive: whether it asserts it.
        claim: what it says, in words.
        statements: all in which it does, in order.
        conditions: under which it does, in words.
        line: how its statements on the concept are; None where that is not looked at.
        against: what it says at the political level that is contrary, and how often.
        takers: who could take it up; those whose line it is first.
    """

    kind: Kind
    ground: Ground
    actor: str
    concept: str
    positive: bool
    claim: str
    statements: tuple[Cited, ...]
    conditions: tuple[str, ...] = ()
    line: Line | None = None
    against: tuple[tuple[str, Line], ...] = ()
    takers: tuple[Taker, ...] = ()

    @property
    def date(self) -> str:
        """When it is said first, as dates are typed; "" where no statement is dated."""
        return min((each.date for each in self.statements if each.date), default="")


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Statements of which it cannot be told whether they are openings.

    Attributes:
        thin: its party says too little on the concept to have a line.
        divided: its party says enough, in both senses, and has none.
        untied: it is the line of others, but what both say of other things is too little to tell
            whether they agree.
        unpolitical: it is at the operational level, and its party says too little of the same at
            the political one, though something.
    """

    thin: int
    divided: int
    untied: int
    unpolitical: int


@dataclass(frozen=True, slots=True)
class Openings:
    """The openings in the statements of a case.

    Attributes:
        openings: by kind, and then by date.
        statements: how many were looked at: all that count, those under conditions included.
        unjudged: of how many it cannot be told.
        rows, columns, qualifier, duplicates: what was looked at, and what counts once.
        least: so many statements at least make a line.
        share: at least so much of them has to be in its sense.
    """

    openings: tuple[Opening, ...]
    statements: int
    unjudged: Unjudged
    rows: str
    columns: str
    qualifier: str
    duplicates: str
    method: str = "rules on what was coded, the same for every party"
    least: int = LEAST
    share: tuple[int, int] = SHARE
    exact: bool = True
    complete: bool = True
