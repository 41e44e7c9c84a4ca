"""One word, different definitions: where what actors mean by a term meets, and where it parts.

Contested concepts are told by their parts (Gallie, "Essentially Contested Concepts", 1956): a part
that both have, a part that only one has, a part that one asserts and the other denies, and parts
that the rules of the case do not let stand together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from melian.audit.base import Background
from melian.audit.result import Commitment
from melian.audit.search.sat import conflicts
from melian.case.checks.terms import meet
from melian.case.formula import Signed
from melian.case.model import Fact, Statement
from melian.case.speaking import bare, party_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.audit.encoding import Element
    from melian.case.grounding import GroundRule
    from melian.case.model import Case, Deed, Definition

LIMIT = 1_000
"""How many ways in which the parts of two definitions exclude each other are looked for."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Parts of two definitions that cannot stand together, by facts and rules of the case.

    Take any part, fact or rule away and the rest can.
    """

    of_one: tuple[Signed, ...]
    of_other: tuple[Signed, ...]
    facts: tuple[Fact, ...]
    rules: tuple[GroundRule, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """Two definitions of one term.

    Attributes:
        term: the word, as the case names it.
        one, other: the definitions; of one actor, where it changed its mind.
        shared: parts that both have.
        only_one, only_other: parts that one has and the other is silent on.
        opposed: parts of the first that the other denies.
        exclusions: parts that the case's facts and rules do not let stand together. A fact that
            either actor contests, or that does not hold in both their periods, is not used.
        overlap: parts shared, over all parts (Jaccard 1901); 1 when they are the same.
        statements: ids of statements by each party that use a part of either definition.
        deeds: ids of deeds by each party that show one.
        complete: whether all exclusions are listed.
    """

    term: str
    one: Definition
    other: Definition
    shared: tuple[Signed, ...]
    only_one: tuple[Signed, ...]
    only_other: tuple[Signed, ...]
    opposed: tuple[Signed, ...]
    exclusions: tuple[Exclusion, ...]
    overlap: float
    statements: tuple[tuple[str, ...], tuple[str, ...]]
    deeds: tuple[tuple[str, ...], tuple[str, ...]]
    complete: bool = True

    @property
    def parts(self) -> int:
        """How many parts the two have between them; a part and its denial are two."""
        silent = len(self.only_one) + len(self.only_other)
        return len(self.shared) + silent + 2 * len(self.opposed)


def contested_terms(case: Case) -> tuple[Contest, ...]:
    """Give every two definitions of a term that are held at one time, or by one actor in turn.

    Args:
        case: the case, sound.
    """
    pairs = [
        (term, one, other)
        for term, definitions in case.terms.items()
        for one, other in combinations(definitions, 2)
        if one.actor == other.actor or meet(one.period, other.period)
    ]
    if not pairs:
        return ()
    background = Background(_with_parts(case))
    return tuple(_contest(case, background, *pair) for pair in pairs)


def parts(case: Case, definition: Definition) -> tuple[Signed, ...]:
    """Give the parts of a definition, each once; a principle is meant for every instance."""
    plain = (Signed(bare(case, each.atom), each.positive) for each in definition.means)
    return tuple(dict.fromkeys(plain))


def _with_parts(case: Case) -> Case:
    """Give the case with the parts as statements, so that rules are made for their instances."""
    meant = tuple(
        Statement("", definition.actor, claim)
        for definitions in case.terms.values()
        for definition in definitions
        for claim in definition.means
    )
    return replace(case, statements=(*case.statements, *meant))


def _contest(
    case: Case, background: Background, term: str, one: Definition, other: Definition
) -> Contest:
    first, second = parts(case, one), parts(case, other)
    found, complete = _exclusions(case, background, (one, other), first, second)
    every = {*first, *second}
    return Contest(
        term,
        one,
        other,
        shared=tuple(p for p in first if p in second),
        only_one=tuple(p for p in first if p not in second and -p not in second),
        only_other=tuple(p for p in second if p not in first and -p not in first),
        opposed=tuple(p for p in first if -p in second),
        exclusions=found,
        overlap=len({*first} & {*second}) / len(every) if every else 1.0,
        statements=(_spoken(case, one, every), _spoken(case, other, every)),
        deeds=(_shown(case, one, every), _shown(case, other, every)),
        complete=complete,
    )


def _exclusions(
    case: Case,
    background: Background,
    both: Sequence[Definition],
    first: Sequence[Signed],
    second: Sequence[Signed],
) -> tuple[tuple[Exclusion, ...], bool]:
    every = tuple(dict.fromkeys((*first, *second)))
    base = background.base("", tuple(Commitment("", part) for part in every))
    found = conflicts(base.groups, limit=LIMIT)
    sets = ([base.elements[number] for number in one] for one in found.sets)
    kept = (_exclusion(case, both, first, second, one) for one in sets)
    return tuple(each for each in kept if each is not None), found.complete


def _exclusion(
    case: Case,
    both: Sequence[Definition],
    first: Sequence[Signed],
    second: Sequence[Signed],
    elements: Sequence[Element],
) -> Exclusion | None:
    """Give what a conflict says of the two definitions; None where it is not between them.

    A flat denial needs no rule and is told as such; a conflict within one definition is that
    actor's own affair; what either contests, or what is past, is no fact between them.
    """
    claims = [each.claim for each in elements if isinstance(each, Commitment)]
    facts = tuple(each for each in elements if isinstance(each, Fact))
    rules = tuple(each for each in elements if not isinstance(each, Commitment | Fact))
    within = all(c in first for c in claims) or all(c in second for c in claims)
    idle = any(
        _disputes(case, one.actor, fact) or not meet(fact.period, one.period)
        for one in both
        for fact in facts
    )
    if not rules or within or idle:
        return None
    return Exclusion(
        tuple(c for c in claims if c in first),
        tuple(c for c in claims if c in second),
        facts,
        rules,
    )


def _disputes(case: Case, actor: str, fact: Fact) -> bool:
    return any(actor == who or actor in party_of(case, who, None) for who in fact.contested_by)


def _spoken(case: Case, definition: Definition, every: set[Signed]) -> tuple[str, ...]:
    return tuple(
        statement.id
        for statement in case.statements
        if _by(case, definition, statement)
        and _touches(case, (statement.claim, *statement.because, *statement.conditions), every)
    )


def _shown(case: Case, definition: Definition, every: set[Signed]) -> tuple[str, ...]:
    return tuple(
        deed.id
        for deed in case.deeds
        if _by(case, definition, deed) and _touches(case, deed.shows, every)
    )


def _by(case: Case, definition: Definition, record: Statement | Deed) -> bool:
    """Tell whether a record is the defining actor's, or by who speaks for it, in its period."""
    actor = definition.actor
    own = record.actor == actor or actor in party_of(case, record.actor, record.date)
    return own and (record.date is None or definition.period.overlaps(record.date))


def _touches(case: Case, claims: Sequence[Signed], every: set[Signed]) -> bool:
    atoms = {part.atom for part in every}
    return any(bare(case, claim.atom) in atoms for claim in claims)
