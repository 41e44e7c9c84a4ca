"""From the statements of a case to its openings.

The kinds are of what negotiators look for in what the other side says: a condition under which it
would go along (Putnam, "Diplomacy and Domestic Politics", International Organization 42, 1988, on
what moves a win-set); a concession, which goes against one's own line; and common ground with an
opponent on a single issue. The rules are melian's own, fixed, and the same for every party.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from melian.case.grounding import ground
from melian.case.wording import concept_name, name_of
from melian.discourse.networks.building import counted, tensor_of
from melian.discourse.openings.conditions import asked_of, contrary, words
from melian.discourse.openings.lines import Lines
from melian.discourse.openings.result import (
    KINDS,
    LEAST,
    OPERATIONAL,
    POLITICAL,
    Cited,
    Line,
    Opening,
    Openings,
    Unjudged,
)
from melian.discourse.ties import eligible
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.case.formula import Signed
    from melian.case.model import Case, Statement
    from melian.discourse.networks.building import Design
    from melian.discourse.statements.table import Table


@dataclass(frozen=True, slots=True)
class _Group:
    """What one party says of one concept in one sense."""

    actor: int
    concept: int
    positive: bool
    said: tuple[Statement, ...]


def openings(
    case: Case, table: Table, design: Design, only: Collection[str] | None = None
) -> Openings:
    """Give the openings of all parties, or of some.

    Args:
        case: where conditions, levels and sources are.
        table: its statements (:func:`~melian.discourse.statements.of_case.statements_of`).
        design: who speaks of what, in which sense, when, and what counts once.
        only: the parties whose openings are wanted, by name; all count as those to take them up.

    Raises:
        UsageError: a variable is not there, or the sense is no yes or no.
        TooLarge: there is too much to count.
    """
    if table.variable(design.qualifier).kind != "boolean":
        raise UsageError(
            f'"{design.qualifier[:40]}" is not a yes or no, which openings ask for; try sign.'
        )
    given = _Given(case, table, design, only, {each.id: each for each in case.statements})
    may = eligible(table, design)
    under = np.array([bool(given.statement(row).conditions) for row in may], dtype=np.bool_)
    kept = counted(table, may[~under], replace(design, aggregation="subtract"))
    search, asked = _Search(given, kept), given.wanted(may[under])
    found = [*search.conditional(asked), *search.concessive(), *search.cooperative()]
    found.sort(key=lambda each: (KINDS.index(each.kind), each.date or "~", each.actor, each.claim))
    return Openings(
        tuple(found),
        len(asked) + len(given.wanted(kept)),
        search.unjudged(),
        design.rows,
        design.columns,
        design.qualifier,
        design.duplicates,
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """The case, its statements as a table and by id, and what is looked at."""

    case: Case
    table: Table
    design: Design
    only: Collection[str] | None
    by_id: Mapping[str, Statement]

    def statement(self, row: int) -> Statement:
        """Give the statement of a row."""
        return self.by_id[self.table.ids[row]]

    def names(self, row: int) -> tuple[str, str, bool]:
        """Give who speaks, of what, and in which sense."""
        design, table = self.design, self.table
        who, what = (table.variable(name) for name in (design.rows, design.columns))
        sense = table.variable(design.qualifier).codes[row] == 1
        return str(who.levels[who.codes[row]]), str(what.levels[what.codes[row]]), bool(sense)

    def wanted(self, rows: NDArray[np.intp]) -> list[int]:
        """Give the rows of those whose openings are wanted."""
        return [
            row for row in rows.tolist() if self.only is None or self.names(row)[0] in self.only
        ]


class _Search:
    """The statements that count, and what was found in them."""

    def __init__(self, given: _Given, kept: NDArray[np.intp]) -> None:
        self.given, self.case = given, given.case
        self.lines = Lines(tensor_of(given.table, given.design, kept, kept))
        self.groups = self._grouped(given.wanted(kept))
        self._unjudged = dict.fromkeys(("thin", "divided", "untied", "unpolitical"), 0)

    def _grouped(self, rows: Sequence[int]) -> list[_Group]:
        actors = {name: place for place, name in enumerate(self.lines.actors)}
        concepts = {name: place for place, name in enumerate(self.lines.concepts)}
        found: dict[tuple[str, str, bool], list[Statement]] = defaultdict(list)
        for row in rows:
            found[self.given.names(row)].append(self.given.statement(row))
        return [
            _Group(actors[who], concepts[what], positive, tuple(said))
            for (who, what, positive), said in found.items()
        ]

    def unjudged(self) -> Unjudged:
        """Give of how many statements it could not be told."""
        return Unjudged(**self._unjudged)

    # What is said under conditions

    def conditional(self, rows: Sequence[int]) -> Iterator[Opening]:
        """Give what each party says under conditions, the same under the same together."""
        found: dict[tuple[str, str, bool, tuple[Signed, ...]], list[Statement]] = defaultdict(list)
        for row in rows:
            statement = self.given.statement(row)
            found[*self.given.names(row), tuple(sorted(statement.conditions))].append(statement)
        for (who, what, positive, conditions), said in found.items():
            asked = (taker for each in said for taker in asked_of(self.case, each, who))
            yield Opening(
                "conditional",
                "condition",
                who,
                what,
                positive,
                self._claim(said, what, positive=positive),
                self._cited(said),
                conditions=tuple(words(self.case, each) for each in conditions),
                takers=tuple(dict.fromkeys(asked)),
            )

    # What is said against one's own line

    def concessive(self) -> Iterator[Opening]:
        """Give what parties say against their own line; count where they have none."""
        for group in self.groups:
            own = self.lines.line(group.actor, group.concept, positive=group.positive)
            if own.all < LEAST:
                self._unjudged["thin"] += own.same
            elif Line(own.all - own.same, own.all).clear:
                takers = self.lines.takers(group.actor, group.concept, positive=group.positive)
                yield replace(
                    self._opening(group), kind="concessive", ground="own line", takers=takers
                )
            elif not own.clear:
                self._unjudged["divided"] += own.same

    # What is said with the other side

    def cooperative(self) -> Iterator[Opening]:
        """Give what parties say that is the line of an opponent, or at odds with their politics."""
        for group in self.groups:
            found = self._with_opponents(group)
            if found is not None:
                yield found
        yield from self._at_work()

    def _with_opponents(self, group: _Group) -> Opening | None:
        """Give an opening where others hold the same line who are opponents elsewhere."""
        lines, sense = self.lines, group.positive
        holders = [each for each in lines.holders(group.concept, positive=sense).tolist()
                   if each != group.actor]  # fmt: skip
        ties = {each: lines.tie(group.actor, each, group.concept) for each in holders}
        if holders and all(pairs < LEAST for _, pairs in ties.values()):
            self._unjudged["untied"] += len(group.said)
            return None
        opponents = [each for each, (net, pairs) in ties.items() if net < 0 and pairs >= LEAST]
        opponents.sort(key=lambda each: (ties[each][0], lines.actors[each]))
        if not opponents:
            return None
        takers = [lines.taker(group.actor, e, group.concept, positive=sense) for e in opponents]
        return replace(self._opening(group), takers=tuple(takers))

    def _at_work(self) -> Iterator[Opening]:
        """Give what is said at the operational level against the party's own political line."""
        rules = ground(self.case).rules
        political = self._political()
        for group in self.groups:
            said = tuple(each for each in group.said if each.level == OPERATIONAL)
            if not said:
                continue
            known = {
                claim: political[group.actor, concept_name(self.case, claim.atom)]
                for claim in sorted(contrary(rules, (each.claim for each in said)))
            }
            senses = {claim: _line(found, claim) for claim, found in known.items()}
            against = [(words(self.case, c), line) for c, line in senses.items() if line.clear]
            if against:
                takers = self.lines.takers(group.actor, group.concept, positive=group.positive)
                opening = replace(self._opening(group), statements=self._cited(said))
                yield replace(opening, ground="level", against=tuple(against), takers=takers)
            elif any(0 < line.all < LEAST for line in senses.values()):
                self._unjudged["unpolitical"] += len(said)

    def _political(self) -> Mapping[tuple[int, str], Mapping[bool, int]]:
        """Count what each party says at the political level, by concept and sense."""
        found: dict[tuple[int, str], dict[bool, int]] = defaultdict(lambda: {True: 0, False: 0})
        for group in self.groups:
            for said in group.said:
                if said.level == POLITICAL:
                    concept = concept_name(self.case, said.claim.atom)
                    found[group.actor, concept][said.claim.positive] += 1
        return found

    # What all openings say

    def _opening(self, group: _Group) -> Opening:
        concept = self.lines.concepts[group.concept]
        return Opening(
            "cooperative",
            "other side",
            self.lines.actors[group.actor],
            concept,
            group.positive,
            self._claim(group.said, concept, positive=group.positive),
            self._cited(group.said),
            line=self.lines.line(group.actor, group.concept, positive=group.positive),
        )

    def _claim(self, said: Sequence[Statement], concept: str, *, positive: bool) -> str:
        """Give what is said in words: those of the case, where concepts are what is spoken of."""
        design = self.given.design
        if design.columns == "concept" and design.qualifier == "sign":
            return words(self.case, said[0].claim)
        return concept if positive else f"not: {concept}"

    def _cited(self, said: Sequence[Statement]) -> tuple[Cited, ...]:
        return tuple(
            Cited(
                each.id,
                name_of(self.case, each.actor),
                str(each.date or ""),
                each.source,
                each.locator,
            )
            for each in said
        )


def _line(counts: Mapping[bool, int], claim: Signed) -> Line:
    return Line(counts[claim.positive], counts[True] + counts[False])
