"""What an audit answers: commitments, findings, components and readings."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from melian.case.spans import EVER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.case.formula import Signed
    from melian.case.grounding import GroundRule
    from melian.case.model import Fact
    from melian.case.spans import Span, Spans


Direction = Literal["refused", "granted", ""]
"""Whether a double standard denies what a principle grants, or claims what it does not."""


class Kind(StrEnum):
    """The seven ways in which a position fails to hold together.

    :mod:`melian.audit.kinds` says what each of them is.
    """

    EXCLUSIVE_ARGUMENTS = "exclusive_arguments"
    DOUBLE_STANDARD = "double_standard"
    DISAVOWAL = "disavowal"
    WORD_AGAINST_DEED = "word_against_deed"
    LEVEL_SPLIT = "level_split"
    REVERSAL = "reversal"
    DISSENT = "dissent"


@dataclass(frozen=True, slots=True)
class Commitment:
    """A signed concept an actor is bound to, and everything that binds it.

    Attributes:
        actor: the party that is bound (persons' words bind whom they speak for).
        claim: the concept, asserted or denied. A principle invoked is a claim of its name.
        conditions: it is bound only if these hold; usually empty.
        statements: ids of the statements that say it outright.
        warrants: ids of the statements that use it as a reason (``because``).
        deeds: ids of the deeds that show it.
        spans: the days on which it binds; none, when it was taken back as soon as it was made.
    """

    actor: str
    claim: Signed
    conditions: tuple[Signed, ...] = ()
    statements: tuple[str, ...] = ()
    warrants: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    spans: Spans = (EVER,)

    @property
    def id(self) -> str:
        """The claim as typed, with its conditions: ``not should-join(ukraine)``."""
        tail = f" if {' and '.join(map(str, self.conditions))}" if self.conditions else ""
        return f"{self.claim}{tail}"


@dataclass(frozen=True, slots=True)
class Severity:
    """How grave a finding is, never without its parts; each part lies between 0 and 1.

    Attributes:
        strict: share of its rules that are strict (1 when it needs no rule).
        direct: 2 over the number of commitments it needs (1 for two or fewer).
        backed: how often its least repeated commitment was made, n / (n + 1).
        undisputed: share of its facts that nobody contests (1 when it needs no fact).
        ranked: rank of the highest speaker of the commitment whose speakers rank lowest (1 top,
            2/3 senior, 1/3 junior; 1 where no rank is coded).
        sourced: grade of the best source of the commitment that is sourced worst (1 for A, less
            for each letter down to E; 1 where no grade is coded).
        undeclared: share of its commitments no record of which was ever taken back.
    """

    strict: float
    direct: float
    backed: float
    undisputed: float
    ranked: float = 1.0
    sourced: float = 1.0
    undeclared: float = 1.0

    @property
    def parts(self) -> dict[str, float]:
        """The parts by name, in a fixed order."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def score(self) -> float:
        """The mean of the parts."""
        return sum(self.parts.values()) / len(self.parts)


@dataclass(frozen=True, slots=True)
class Incompatible:
    """A minimal set of commitments, facts and rules that cannot hold together.

    Attributes:
        id: the actor, the claims, and a short hash of the whole set, so that no other record,
            fact or rule of the case can change it.
        actor: whose commitments they are.
        title: one sentence for a reader, without ids.
        commitments, facts, rules: the set. Remove any one and the rest can hold together.
        speakers: actors whose statements or deeds back it, in order of first appearance.
    """

    id: str
    actor: str
    title: str
    commitments: tuple[Commitment, ...]
    facts: tuple[Fact, ...]
    rules: tuple[GroundRule, ...]
    speakers: tuple[str, ...]

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of all statements that back its commitments."""
        each = (s for c in self.commitments for s in (*c.statements, *c.warrants))
        return tuple(dict.fromkeys(each))

    @property
    def deeds(self) -> tuple[str, ...]:
        """Ids of all deeds that back its commitments."""
        return tuple(dict.fromkeys(d for c in self.commitments for d in c.deeds))


@dataclass(frozen=True, slots=True)
class Finding(Incompatible):
    """A minimal set that an actor was bound to on one and the same day: it is inconsistent.

    Attributes:
        kind: which of the seven it is.
        spans: the days on which all of it is in force.
        repairs: each a minimal set of things to give up (ids of commitments, contested facts
            and presumptive rules) that makes the whole component consistent, fewest first.
        component: index of the component in the actor's :class:`Standing`.
        direction: of a double standard, whether the party refuses an instance what its principle
            grants it or grants it what the principle does not; "" where that is not clear.
    """

    kind: Kind
    spans: Spans
    repairs: tuple[tuple[str, ...], ...]
    severity: Severity
    component: int
    direction: Direction = ""


@dataclass(frozen=True, slots=True)
class Change(Incompatible):
    """A minimal set that was never in force on one day: a position changed, and nothing hidden.

    Attributes:
        how: ``declared``, when a part of it was taken back; ``development``, when what was
            said, or what was the case, had come to its end by itself.
        taken_back: ids of the statements that took a part of it back.
    """

    how: Literal["declared", "development"]
    taken_back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One coherent side of a component: what a party keeps of it, and what it drops."""

    keeps: frozenset[str]
    drops: frozenset[str]


@dataclass(frozen=True, slots=True)
class Component:
    """Commitments tied together by findings; its readings are independent of all others.

    Attributes:
        findings: ids of the findings in it.
        commitments: ids of the commitments that occur in those findings.
        readings: the maximal consistent subsets of those commitments, facts and rules granted.
        complete: whether it was searched to the end, and all readings are listed.
    """

    findings: tuple[str, ...]
    commitments: tuple[str, ...]
    readings: tuple[Reading, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """How one actor stands: all it is bound to, and where that does not hold together.

    Attributes:
        actor: who it is.
        commitments: all that it is bound to.
        components: where that does not hold together.
        unsearched: ids of the commitments in parts that were not searched to the end; no other
            can be in a finding that is missing.
    """

    actor: str
    commitments: tuple[Commitment, ...]
    components: tuple[Component, ...] = ()
    unsearched: tuple[str, ...] = ()

    @property
    def readings(self) -> int:
        """How many readings the actor has; a product over components, never a list."""
        return math.prod(len(component.readings) for component in self.components)


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings of a case, gravest first, how each actor stands, and what it changed."""

    findings: tuple[Finding, ...]
    actors: Mapping[str, Standing]
    complete: bool
    changes: tuple[Change, ...] = ()
    binding: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    method: str = (
        "all minimal inconsistent sets, by semantic resolution and, where that is cut short, by "
        "MARCO over SAT as well; each certified by SAT"
    )
