"""The figure of stances: who says what on which concept."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from melian.brief.compose.labels import concept_label
from melian.brief.figures.stance_matrix import ConceptRow, Party, Stance, stance_matrix
from melian.case.formula import Atom
from melian.case.speaking import party_of
from melian.case.wording import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from melian.audit.result import Audit
    from melian.brief.document import Figure
    from melian.case.model import Case

PARTIES = 10
ROWS = 42


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
    yield stance_matrix([Party(p, name_of(case, p)) for p in columns], rows, drawn)


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
    """Choose the concepts to draw, and put them in the order of the case."""
    counts: Counter[Atom] = Counter()
    for (atom, _), count in cells.items():
        counts[atom] += count.total()
    tense = {c.claim.atom for finding in audit.findings for c in finding.commitments}
    ranked = sorted(counts, key=lambda atom: (atom not in tense, -counts[atom], atom))
    order = {concept: place for place, concept in enumerate(case.concepts)}
    return sorted(ranked[:ROWS], key=lambda atom: (order.get(atom.name, len(order)), atom))


def _scope(case: Case, atom: Atom) -> str:
    concept = case.concepts.get(atom.name)
    if concept is None:
        return "Principles"
    return f"{concept.scope.capitalize()} questions" if concept.scope else "General questions"
