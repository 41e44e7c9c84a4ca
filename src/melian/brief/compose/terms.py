"""One word, two meanings: what two parties mean by a term, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.audit.terms_wording import rests_on
from melian.brief.compose.words import capital, definition_id, fact_id, number
from melian.brief.document import Cite, Group, Paragraph, Section, Table
from melian.case.dates import ALWAYS
from melian.case.formula import Signed
from melian.case.speaking import bare
from melian.case.wording import (
    concept_name,
    concept_text,
    name_of,
    sentence,
    series,
    when_meant,
    whose,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.audit.terms import Contest, Exclusion
    from melian.brief.compose.words import Speech
    from melian.brief.document import Block, Prose
    from melian.case.formula import Atom


def meanings(speech: Speech, contests: Sequence[Contest]) -> tuple[Section, ...]:
    """Say of each contested term what both mean by it, and where they part.

    The section is left out when no term is defined by two.
    """
    if not contests:
        return ()
    groups = tuple(_Told(speech, each).group(n) for n, each in enumerate(contests, start=1))
    return (Section("terms", "One word, two meanings", groups),)


class _Told:
    """One contest in prose."""

    def __init__(self, speech: Speech, contest: Contest) -> None:
        self.speech, self.case, self.contest = speech, speech.case, contest
        self.word = contest.term.replace("-", " ")
        self.sides = (contest.one, contest.other)
        self.names = tuple(name_of(self.case, each.actor) for each in self.sides)
        self.when = tuple(when_meant(self.case, contest.term, each) for each in self.sides)
        self.titles = tuple(
            f"{name} ({when})" if when else name
            for name, when in zip(self.names, self.when, strict=True)
        )

    def group(self, serial: int) -> Group:
        """Give the parts as a table, then what follows from them."""
        whom = (
            f"{' and '.join(self.titles)} {'meant' if self.names[0] == self.names[1] else 'mean'}"
        )
        blocks: list[Block] = [self._table(), Paragraph(self._shared())]
        blocks += [Paragraph(self._exclusion(each)) for each in self.contest.exclusions]
        if not self.contest.complete:
            blocks.append(Paragraph(("Not all ways in which they clash were searched.",)))
        return Group(
            f"term-{serial}-{self.contest.term}", f"What {whom} by “{self.word}”", tuple(blocks)
        )

    def _table(self) -> Table:
        atoms = dict.fromkeys(
            bare(self.case, claim.atom) for side in self.sides for claim in side.means
        )
        rows = tuple(
            (
                (capital(concept_name(self.case, atom)),),
                *(self._stand(index, atom) for index in (0, 1)),
            )
            for atom in atoms
        )
        heads = [
            name if each.period == ALWAYS else f"{name}, {each.period}"
            for name, each in zip(self.names, self.sides, strict=True)
        ]
        return Table(f"The parts of “{self.word}”", ("Part of the meaning", *heads), rows)

    def _stand(self, side: int, atom: Atom) -> Prose:
        """Say whether a part belongs to a meaning, is denied by it or is not spoken of."""
        held = {bare(self.case, c.atom): c.positive for c in self.sides[side].means}
        if atom not in held:
            return ("not in it",)
        said = [*self._statements(side, atom), *self._deeds(side, atom)]
        records = said or [definition_id(self.contest.term, self.sides[side], self.case)]
        return "held" if held[atom] else "denied", Cite(tuple(records))

    def _statements(self, side: int, atom: Atom) -> list[str]:
        ids = self.contest.statements[side]
        each = (self.speech.statements[s] for s in ids)
        return [s.id for s in each if self._touches(atom, (s.claim, *s.because, *s.conditions))]

    def _deeds(self, side: int, atom: Atom) -> list[str]:
        each = (self.speech.deeds[deed] for deed in self.contest.deeds[side])
        return [deed.id for deed in each if self._touches(atom, deed.shows)]

    def _touches(self, atom: Atom, claims: Sequence[Signed]) -> bool:
        return any(bare(self.case, claim.atom) == atom for claim in claims)

    def _shared(self) -> Prose:
        contest = self.contest
        shared = number(len(contest.shared)) if contest.shared else "none"
        cites = tuple(definition_id(contest.term, each, self.case) for each in self.sides)
        total = f"{number(contest.parts)} parts, a part and its denial being two"
        text = f"Of {total}, they share {shared}"
        for positive, (yes, no) in ((True, self.titles), (False, self.titles[::-1])):
            parts = [Signed(p.atom) for p in contest.opposed if p.positive is positive]
            if parts:
                claims = series([f"that {concept_text(self.case, part)}" for part in parts])
                text += f"; {yes} asserts and {no} denies {claims}"
        return (text, Cite(cites), ".")

    def _exclusion(self, exclusion: Exclusion) -> Prose:
        """Say which parts exclude each other, why, and what can be said against that."""
        first = series([f"that {concept_text(self.case, c)}" for c in exclusion.of_one])
        second = series([f"that {concept_text(self.case, c)}" for c in exclusion.of_other])
        facts = tuple(fact_id(fact) for fact in exclusion.facts)
        own = any(not rule.origin.source for rule in exclusion.rules)
        defences = [sentence(r.origin.defence) for r in exclusion.rules if r.origin.defence]
        tail = " (The rule is the coder's.)" if own else ""
        defence = f" In its defence: {' '.join(dict.fromkeys(defences))}" if defences else ""
        one, other = self.names
        before, after = (f" {when}" if when else "" for when in self.when)
        return (
            (
                f"{whose(one)} part{before}, {first}, and {whose(other)}{after}, {second}, "
                "exclude each other"
            ),
            Cite(facts),
            f". {' '.join(rests_on(self.case, exclusion))}{tail}{defence}",
        )
