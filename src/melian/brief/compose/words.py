"""The turns of phrase that all parts of a brief share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from melian.audit.distinctions import Defence
from melian.audit.explain import records_of, steps
from melian.brief.compose.clauses import Clauses
from melian.brief.compose.wishes import wishes
from melian.brief.document import Cite
from melian.case.model import Fact
from melian.case.wording import concept_text, name_of, of_itself, series

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from melian.audit.result import Audit, Commitment, Finding, Standing
    from melian.brief.document import Prose
    from melian.case.model import Case, Definition, Hypothesis, Lever
    from melian.readings.conditions import Condition, Conditions, HangsOn

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ALTERNATIVES = 4


def number(count: int) -> str:
    """Give a count in words up to ten, in figures beyond.

    >>> number(3), number(1200)
    ('three', '1,200')
    """
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """Give a count and its noun.

    >>> plural(1, "place"), plural(12, "party", "parties")
    ('one place', '12 parties')
    """
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def capital(text: str) -> str:
    """Give the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def fact_id(fact: Fact) -> str:
    """Give the id of a fact among the records of a brief."""
    return f"fact:{fact.atom}"


def hypothesis_id(hypothesis: Hypothesis) -> str:
    """Give the id of an explanation among the records of a brief."""
    return f"hypothesis:{hypothesis.id}"


def definition_id(term: str, definition: Definition, case: Case) -> str:
    """Give the id of a definition among the records of a brief."""
    return f"term:{term}:{case.terms[term].index(definition) + 1}"


def lever_id(lever: Lever) -> str:
    """Give the id of a lever among the records of a brief.

    A statement that somebody makes only once the lever is pulled has the same id.
    """
    return f"lever:{lever.id}"


def record_ids(case: Case) -> tuple[str, ...]:
    """Give the ids of all records of a case in the order in which a brief numbers them."""
    return (
        *(statement.id for statement in case.statements),
        *(deed.id for deed in case.deeds),
        *(fact_id(fact) for fact in case.facts.values()),
        *(hypothesis_id(hypothesis) for hypothesis in case.hypotheses.values()),
        *(definition_id(term, each, case) for term, all_ in case.terms.items() for each in all_),
        *(lever_id(lever) for lever in case.levers.values()),
    )


def joined(parts: Sequence[Prose], between: str = ", ", last: str = " and ") -> Prose:
    """Give several proses as one enumeration."""
    out: list[object] = []
    for index, part in enumerate(parts):
        if index:
            out.append(last if index == len(parts) - 1 else between)
        out.extend(part)
    return tuple(out)  # type: ignore[arg-type]


class Speech(Clauses):
    """Sentences about one case: its actors by name, its commitments with their citations."""

    def __init__(self, case: Case, audit: Audit, cited: Case | None = None) -> None:
        """Index the commitments of the audited actors.

        Args:
            case: the case spoken about.
            audit: of that case.
            cited: the case whose records the brief prints, when it is another.
        """
        super().__init__(case)
        self._audit = audit
        self.statements = {statement.id: statement for statement in case.statements}
        self.records = records_of(case)
        self.deeds = {deed.id: deed for deed in case.deeds}
        self.numbers: Mapping[str, int] = {
            record: number for number, record in enumerate(record_ids(cited or case), start=1)
        }
        self._commitments: Mapping[tuple[str, str], Commitment] = {
            (actor, commitment.id): commitment
            for actor, standing in audit.actors.items()
            for commitment in standing.commitments
        }

    @cached_property
    def defence(self) -> Defence:
        """What could be said in defence of the case's parties, worked out when first asked."""
        return Defence(self.case, self._audit)

    def steps(self, finding: Finding) -> tuple[str, ...]:
        """Give the derivation of a finding in sentences."""
        return steps(self.case, finding, self.records)

    def voices(self, standing: Standing) -> tuple[str, ...]:
        """Give the actors whose words bind a party, in the order in which they first speak."""
        said = dict.fromkeys(s for c in standing.commitments for s in c.statements)
        return tuple(dict.fromkeys(self.statements[s].actor for s in said if s in self.statements))

    def cite(self, *parts: Commitment | Fact) -> Cite:
        """Cite all that backs commitments and facts, as far as the brief prints it."""
        records: list[str] = []
        for part in parts:
            if isinstance(part, Fact):
                records.append(fact_id(part))
            else:
                records += [*part.statements, *part.warrants, *part.deeds]
        return Cite(tuple(r for r in dict.fromkeys(records) if r in self.numbers))

    def commitment(self, actor: str, commitment: str) -> Commitment:
        """Give a commitment by its id."""
        return self._commitments[actor, commitment]

    def commitments(self, actor: str) -> tuple[Commitment, ...]:
        """Give all commitments of an audited actor."""
        standing = self._audit.actors.get(actor)
        return standing.commitments if standing else ()

    def that(self, commitment: Commitment, by: Collection[str] | None = None) -> str:
        """Give a commitment as a clause about its actor: ``that it is a great power``.

        Args:
            commitment: of a party, which is "it" where the sentence is about it.
            by: whom the sentence is about, by id, if anybody; the party itself, when left out.
        """
        clause = f"that {self.clause(commitment, by)}"
        if commitment.conditions:
            given = series([concept_text(self.case, c) for c in commitment.conditions])
            clause += f", once {given}"
        return clause

    def clause(self, commitment: Commitment, by: Collection[str] | None = None) -> str:
        """Give what a commitment says; its actor is "it", unless the sentence is about others."""
        clause = concept_text(self.case, commitment.claim)
        if by is not None and set(by) != {commitment.actor}:
            return clause
        who = name_of(self.case, commitment.actor)
        return of_itself(clause, who, self.names)

    def holds(self, conditions: Sequence[Condition]) -> Prose:
        """Give what one actor keeps and drops: ``holds that ... and gives up the claim that``.

        What it prefers comes last: ``prefers that ... and cares more that ... than that ...``.
        """
        parts: list[Prose] = []
        for kept, verb in ((True, "holds"), (False, "gives up the claim")):
            claims: list[Prose] = [
                (self.that(commitment), self.cite(commitment))
                for condition in conditions
                if condition.kept is kept and isinstance(condition.mark, str)
                for commitment in [self.commitment(condition.actor, condition.mark)]
            ]
            if claims:
                parts.append((f"{verb} ", *joined(claims)))
        return joined([*parts, *wishes(self, conditions)])

    def conditions(self, conditions: Conditions, subject: str = "") -> Prose:
        """Give conditions that are met together, actor by actor; the subject is "it"."""
        by_actor: dict[str, list[Condition]] = {}
        for condition in conditions:
            by_actor.setdefault(condition.actor, []).append(condition)
        ordered = sorted(by_actor, key=lambda actor: actor != subject)
        return joined(
            [
                (f"{'it' if a == subject else name_of(self.case, a)} ", *self.holds(by_actor[a]))
                for a in ordered
            ],
            ", ",
            ", and ",
        )

    def hangs_on(self, hangs: HangsOn, subject: str = "") -> Prose:
        """Give what something hangs on: ``if ..., or if ... and ...``.

        Args:
            hangs: the conditions.
            subject: the actor the sentence is about, who is called "it".
        """
        if hangs.cover == ((),):
            return ("whatever the reading",)
        if not hangs.cover:
            return ("under no reading",)
        shown: list[Prose] = [
            ("if ", *self.conditions(each, subject)) for each in hangs.cover[:ALTERNATIVES]
        ]
        more = len(hangs.cover) - len(shown)
        if more:
            shown.append((f"in {plural(more, 'further case')}",))
        return joined(shown, "; ", "; or ")
