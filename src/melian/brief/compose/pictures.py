"""The figures of a brief: from results to what the drawing functions take."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from melian.audit import explain
from melian.brief.compose.words import Speech, concept_label, name, side_label
from melian.brief.figures.argument_map import (
    ArgumentEdge,
    ArgumentGraph,
    ArgumentNode,
    Role,
    argument_map,
)
from melian.brief.figures.lever_bars import LeverRow, lever_bars
from melian.brief.figures.outcome_grid import Holds, OutcomeRow, ReadingColumn, outcome_grid
from melian.brief.figures.stance_matrix import ConceptRow, Party, Stance, stance_matrix
from melian.case.formula import Atom, atoms
from melian.case.speaking import party_of
from melian.case.wording import series
from melian.conflict.result import Concept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.audit.result import Audit, Finding
    from melian.brief.document import Figure
    from melian.brief.gathering import Material, Move
    from melian.case.model import Case, Conflict
    from melian.readings.outcomes import Outcomes

COLUMNS = 32
OUTCOMES = 10
OVERLAP = "Several outcomes can be stable at once, so that the shares may add up to more than all."
PARTIES = 10
ROWS = 42
_HOLDS = (Holds.NO, Holds.WEAKER, Holds.NASH, Holds.ALL)


def argument(case: Case, finding: Finding, numbers: Mapping[str, int]) -> Figure:
    """Draw the argument behind a finding."""
    found = explain.argument(case, finding)
    graph = ArgumentGraph(
        title="Why this does not hold together",
        nodes=tuple(
            ArgumentNode(node.id, node.text, Role(str(node.role)), node.records)
            for node in found.nodes
        ),
        edges=tuple(ArgumentEdge(tail, head) for tail, head in found.edges),
        numbers=numbers,
    )
    return argument_map(graph, anchor=f"argument-{finding.id}")


@dataclass(frozen=True, slots=True, eq=False)
class _Outcome:
    """A row of the grid: states that agree on the moves in question.

    Attributes:
        taken: those of the moves in question that are made.
        states: numbers of the states.
        levels: per combination, how firmly one of them holds, as an index into ``_HOLDS``.
    """

    taken: tuple[str, ...]
    states: tuple[int, ...]
    levels: NDArray[np.int64]


def grid(material: Material) -> Figure:
    """Draw which outcomes hold under which combinations of readings.

    Outcomes are told apart by the moves that the target is about, and by those that exclude them;
    without a target, by all moves.
    """
    outcomes, case = material.outcomes, material.case
    assert outcomes is not None and case.conflict is not None  # noqa: PT018, S101 - checked
    rows = _outcomes(outcomes, _in_question(case.conflict))
    levels = np.array([row.levels for row in rows])
    noticed = _noticed(outcomes, levels)
    columns: dict[tuple[int, ...], list[int]] = {}
    for index, combo in enumerate(outcomes.combos):
        key = tuple(outcomes.choices[c].sides.index(combo[c]) for c in noticed)
        columns.setdefault(key, []).append(index)
    heaviest = sorted(columns.items(), key=lambda item: -_weight(outcomes, item[1]))[:COLUMNS]
    speech = Speech(case, material.audit)
    readings = [
        ReadingColumn(
            tuple(
                side_label(speech, outcomes.choices[c], outcomes.choices[c].sides[taken])
                for c, taken in zip(noticed, key, strict=True)
            ),
            _weight(outcomes, members),
        )
        for key, members in heaviest
    ]
    drawn = [
        OutcomeRow(
            _short(case, row.taken),
            _several(len(row.states)),
            outcomes.share(row.levels >= _HOLDS.index(Holds.NASH)),
            tuple(_HOLDS[row.levels[members[0]]] for _, members in heaviest),
        )
        for row in rows
    ]
    names = [f"{name(case, outcomes.choices[c].actor)} holds" for c in noticed]
    figure = outcome_grid(drawn, readings, names, total=outcomes.combinations)
    return replace(figure, caption=f"{figure.caption} {OVERLAP}")


def _several(states: int) -> str:
    return "one state" if states == 1 else f"{states} states, by what else is done"


def _in_question(conflict: Conflict) -> frozenset[str]:
    """Give the options that outcomes are told apart by."""
    if conflict.target is None:
        return frozenset(conflict.options)
    asked = {atom.name for atom in atoms(conflict.target)}
    owners = {owner for option in asked for owner in conflict.options[option].owners}
    for formula in conflict.infeasible:
        names = {atom.name for atom in atoms(formula)}
        if names & asked and all(owners >= set(conflict.options[n].owners) for n in names):
            asked = asked | names
    return frozenset(asked)


def _outcomes(outcomes: Outcomes, moves: frozenset[str]) -> list[_Outcome]:
    """Give the outcomes that are Nash equilibria somewhere, widest share first."""
    tables = list(outcomes.equilibria.values())
    nash = outcomes.equilibria[Concept.NASH]
    levels = np.logical_or.reduce(tables).astype(np.int64) + nash + outcomes.under_all
    groups: dict[tuple[str, ...], list[int]] = {}
    for state in outcomes.stable(Concept.NASH):
        key = tuple(option for option in outcomes.taken(state) if option in moves)
        groups.setdefault(key, []).append(state)
    rows = [
        _Outcome(
            taken,
            tuple(states),
            levels[:, [state - 1 for state in states]].max(axis=1)[outcomes.profile],
        )
        for taken, states in groups.items()
    ]
    firm = _HOLDS.index(Holds.NASH)
    return sorted(rows, key=lambda row: -outcomes.share(row.levels >= firm))[:OUTCOMES]


def _noticed(outcomes: Outcomes, levels: NDArray[np.int64]) -> list[int]:
    """Give the choices that make a difference to the levels; the weightiest first."""
    kept = list(range(len(outcomes.choices)))
    for choice in reversed(range(len(outcomes.choices))):
        others = [c for c in kept if c != choice]
        if _decided(outcomes, levels, others):
            kept = others
    return sorted(kept, key=lambda c: -_difference(outcomes, levels, c))


def _decided(outcomes: Outcomes, levels: NDArray[np.int64], by: Sequence[int]) -> bool:
    seen: dict[tuple[object, ...], bytes] = {}
    for index, combo in enumerate(outcomes.combos):
        column = levels[:, index].tobytes()
        if seen.setdefault(tuple(combo[c] for c in by), column) != column:
            return False
    return True


def _difference(outcomes: Outcomes, levels: NDArray[np.int64], choice: int) -> float:
    means = [
        levels[:, [i for i, combo in enumerate(outcomes.combos) if combo[choice] == side]].mean(1)
        for side in outcomes.choices[choice].sides
    ]
    return float(np.ptp(np.array(means), axis=0).sum())


def _weight(outcomes: Outcomes, members: Sequence[int]) -> int:
    return int(outcomes.weights[list(members)].sum())


def _short(case: Case, taken: Iterable[str]) -> str:
    conflict = case.conflict
    assert conflict is not None  # noqa: S101 - there are outcomes of it
    by_owner: dict[str, list[str]] = {}
    for option in taken:
        found = conflict.options[option]
        owner = series([name(case, o) for o in found.owners])
        by_owner.setdefault(owner, []).append(found.label or found.text)
    told = "; ".join(f"{owner}: {', '.join(does)}" for owner, does in by_owner.items())
    return told or "None of these moves"


def moves(material: Material) -> Figure:
    """Draw what each lever does for the target."""
    assert material.reach is not None  # noqa: S101 - moves are only made with a target
    before = material.reach.assured
    ordered = sorted(material.moves, key=lambda m: (len(m.levers), -m.reach.assured))
    rows = [LeverRow(_title(material.case, m), before, m.reach.assured) for m in ordered]
    return lever_bars(rows, "the outcome sought")


def _title(case: Case, move: Move) -> str:
    if len(move.levers) > 2:  # noqa: PLR2004 - more than an exchange
        return f"All {len(move.levers)} together"
    words = [lever.id.replace("-", " ") for lever in move.levers]
    first = words[0][:1].upper() + words[0][1:]
    if len(words) > 1:
        return f"{first} for {words[1]}"
    return f"{first} ({name(case, move.levers[0].by)})"


def stances(case: Case, audit: Audit) -> Iterator[Figure]:
    """Draw who says what on which concept, as far as it fits on a page.

    The concepts that findings turn on come first, then those spoken of most; they are grouped by
    the scope they are about.
    """
    cells = _cells(case)
    if not cells:
        return
    parties = Counter(party for _, party in cells)
    columns = [party for party, _ in parties.most_common(PARTIES)]
    chosen = _rows(case, audit, cells)
    scopes = {atom: _scope(case, atom) for atom in chosen}
    order = sorted(
        chosen, key=lambda atom: list(dict.fromkeys(scopes.values())).index(scopes[atom])
    )
    rows = [ConceptRow(str(atom), concept_label(case, atom), scopes[atom]) for atom in order]
    drawn = {(str(atom), party): Stance(**count) for (atom, party), count in cells.items()}
    yield stance_matrix([Party(p, name(case, p)) for p in columns], rows, drawn)


def _cells(case: Case) -> Mapping[tuple[Atom, str], Counter[str]]:
    """Count, per concept and party, how often it is asserted, denied and shown."""
    cells: dict[tuple[Atom, str], Counter[str]] = {}
    for statement in case.statements:
        for party in party_of(case, statement.actor, statement.date):
            for claim in (statement.claim, *statement.because):
                kind = "asserts" if claim.positive else "denies"
                cells.setdefault((_bare(case, claim.atom), party), Counter())[kind] += 1
    for deed in case.deeds:
        for party in party_of(case, deed.actor, deed.date):
            for claim in deed.shows:
                kind = "shown" if claim.positive else "shown_against"
                cells.setdefault((_bare(case, claim.atom), party), Counter())[kind] += 1
    return cells


def _bare(case: Case, atom: Atom) -> Atom:
    """Give a principle without the instance it was invoked for."""
    return Atom(atom.name) if atom.name in case.principles else atom


def _rows(case: Case, audit: Audit, cells: Mapping[tuple[Atom, str], Counter[str]]) -> list[Atom]:
    counts: Counter[Atom] = Counter()
    for (atom, _), count in cells.items():
        counts[atom] += count.total()
    tense = {c.claim.atom for finding in audit.findings for c in finding.commitments}
    ranked = sorted(counts, key=lambda atom: (atom not in tense, -counts[atom]))
    kept = set(ranked[:ROWS])
    names = list(case.concepts)
    return sorted(kept, key=lambda a: names.index(a.name) if a.name in names else len(names))


def _scope(case: Case, atom: Atom) -> str:
    concept = case.concepts.get(atom.name)
    if concept is None:
        return "Principles"
    return f"{concept.scope.capitalize()} questions" if concept.scope else "General questions"
