"""Who said what: every record of the case as a citable line, and how far it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.audit.periods import taken_back
from melian.brief.compose.words import (
    capital,
    definition_id,
    fact_id,
    hypothesis_id,
    lever_id,
    number,
    plural,
    record_ids,
)
from melian.brief.document import Items, Record, Reference
from melian.case.dates import ALWAYS
from melian.case.model import Statement
from melian.case.speaking import party_of
from melian.case.wording import concept_text, name_of, series, whose
from melian.readings.wording import combined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from melian.brief.document import Block
    from melian.case.model import Case, Deed


def records(case: Case) -> tuple[Record, ...]:
    """Give all that a brief can cite, numbered in the order of :func:`words.record_ids`."""
    made = [
        *_statements(case),
        *_deeds(case),
        *_facts(case),
        *_hypotheses(case),
        *_terms(case),
        *_levers(case),
    ]
    return tuple(
        Record(**{**fields, "number": number})  # type: ignore[arg-type]
        for number, fields in enumerate(made, start=1)
    )


def references(case: Case) -> Mapping[str, Reference]:
    """Give the sources of a case as citations print them."""
    return {
        source.id: Reference(
            source.id,
            source.title or source.id,
            source.author,
            source.issued,
            source.publisher,
            source.url,
        )
        for source in case.sources.values()
    }


def _statements(case: Case) -> Iterator[Mapping[str, object]]:
    remarks = _Remarks(case)
    for statement in case.statements:
        yield {
            "id": statement.id,
            "kind": "statement",
            "who": _speaker(case, statement),
            "what": _said(case, statement),
            "when": statement.date.in_words if statement.date else "",
            "source": statement.source,
            "locator": statement.locator,
            "quote": statement.quote,
            "level": statement.level,
            "note": remarks.of(statement),
        }


class _Remarks:
    """Where records were said, when they bind and what they take back, with the coder's notes."""

    def __init__(self, case: Case) -> None:
        self.taken_back = taken_back(case)
        self.numbers = {record: number for number, record in enumerate(record_ids(case), start=1)}

    def of(self, record: Statement | Deed) -> str:
        parts = [record.venue] if isinstance(record, Statement) else []
        parts.append(f"from {record.since.in_words}" if record.since else "")
        parts.append(f"until {record.until.in_words}" if record.until else "")
        if record.id in self.taken_back:
            parts.append(f"taken back by {self._numbered([self.taken_back[record.id].id])}")
        if isinstance(record, Statement) and record.retracts:
            parts.append(f"takes back {self._numbered(record.retracts)}")
        return " · ".join(part for part in (*parts, record.note) if part)

    def _numbered(self, records: Iterable[str]) -> str:
        return series([str(self.numbers[each]) for each in records if each in self.numbers])


def _speaker(case: Case, record: Statement | Deed) -> str:
    parties = [p for p in party_of(case, record.actor, record.date) if p != record.actor]
    who = name_of(case, record.actor)
    return f"{who}, for {series([name_of(case, p) for p in parties])}" if parties else who


def _said(case: Case, statement: Statement) -> str:
    verb = "says" if statement.basis == "reported" else "can be read as saying"
    text = f"{verb} that {concept_text(case, statement.claim)}"
    if statement.conditions:
        text += f", once {series([concept_text(case, c) for c in statement.conditions])}"
    if statement.because:
        reasons = series([f"that {concept_text(case, c)}" for c in statement.because])
        text += f", on the ground {reasons}"
    return text


def _deeds(case: Case) -> Iterator[Mapping[str, object]]:
    remarks = _Remarks(case)
    for deed in case.deeds:
        shown = series([f"that {concept_text(case, claim)}" for claim in deed.shows])
        yield {
            "id": deed.id,
            "kind": "deed",
            "who": _speaker(case, deed),
            "what": act(case, deed) + (f", which shows {shown}" if shown else ""),
            "when": deed.date.in_words if deed.date else "",
            "source": deed.source,
            "locator": deed.locator,
            "note": remarks.of(deed),
        }


def act(case: Case, deed: Deed) -> str:
    """Give what was done and, where the words do not say it, to whom."""
    target = name_of(case, deed.target) if deed.target else ""
    known = not target or target.split()[-1] in deed.action
    return deed.action if known else f"{deed.action} (towards {target})"


def _facts(case: Case) -> Iterator[Mapping[str, object]]:
    for fact in case.facts.values():
        contested = series([name_of(case, actor) for actor in fact.contested_by])
        yield {
            "id": fact_id(fact),
            "kind": "fact",
            "who": "Taken as fact" if not contested else f"Taken as fact, contested by {contested}",
            "what": f"that {concept_text(case, fact.claim)}",
            "when": "",
            "source": fact.source,
            "locator": fact.locator,
            "note": fact.note,
        }


def _hypotheses(case: Case) -> Iterator[Mapping[str, object]]:
    for hypothesis in case.hypotheses.values():
        yield {
            "id": hypothesis_id(hypothesis),
            "kind": "explanation",
            "who": "An explanation" if hypothesis.source else "An explanation of the coder's",
            "what": f"that {hypothesis.text.rstrip('.')}",
            "when": "",
            "source": hypothesis.source,
            "locator": hypothesis.locator,
        }


def _terms(case: Case) -> Iterator[Mapping[str, object]]:
    for term, definitions in case.terms.items():
        for definition in definitions:
            parts = series([f"that {concept_text(case, claim)}" for claim in definition.means])
            yield {
                "id": definition_id(term, definition, case),
                "kind": "definition",
                "who": name_of(case, definition.actor),
                "what": f"means by “{term.replace('-', ' ')}” {parts}",
                "when": "" if definition.period == ALWAYS else str(definition.period),
                "source": definition.source,
                "locator": definition.locator,
                "note": definition.note,
            }


def _levers(case: Case) -> Iterator[Mapping[str, object]]:
    for lever in case.levers.values():
        yield {
            "id": lever_id(lever),
            "kind": "lever",
            "who": f"A move open to {name_of(case, lever.by)}",
            "what": f"to {lever.does.rstrip('.')}",
            "when": "",
            "source": lever.source,
            "locator": lever.locator,
        }


def limits(case: Case) -> tuple[Block, ...]:
    """Say how far the brief carries: whose words it rests on, and what is contested."""
    points = [
        point for point in (_sides(case), _sourced(case), _coders(case), _contested(case)) if point
    ]
    if case.conflict is not None:
        points += [
            "What the parties prefer, and in which order, is the analyst's judgement.",
            _shares(case),
        ]
    return (Items(tuple((point,) for point in points)),) if points else ()


def _shares(case: Case) -> str:
    """Say what a share is made of."""
    if combined(case) == "readings":
        return "A share counts combinations of readings, each once. It is not a probability."
    wishes = (
        [w for each in case.conflict.preferences.values() for w in each] if case.conflict else []
    )
    parts = ["readings count alike"]
    if any(wish.probability is not None for wish in wishes):
        parts.append("preferences count by the probability that the case gives them")
    if any(wish.uncertain or wish.group for wish in wishes):
        parts.append("where nobody knows, all that may be counts alike, by convention")
    return f"A share is no better than the weights in it: {'; '.join(parts)}."


def _sides(case: Case) -> str:
    counts: dict[str, int] = {}
    for statement in case.statements:
        for party in party_of(case, statement.actor, statement.date):
            counts[party] = counts.get(party, 0) + 1
    if not counts:
        return ""
    most, total = max(counts.items(), key=lambda item: item[1]), sum(counts.values())
    if len(counts) == 1:
        return f"All statements come from {name_of(case, most[0])}; no other side is heard."
    share = most[1] / total
    if share < 0.6:
        return ""
    return (
        f"{most[1]} of {total} statements are {whose(name_of(case, most[0]))}. Whoever is quoted "
        "most is also caught out most: the counts of findings do not compare the parties."
    )


def _sourced(case: Case) -> str:
    used = {s.source for s in case.statements} | {d.source for d in case.deeds}
    used.discard("")
    if len(used) != 1:
        return f"The records come from {plural(len(used), 'source')}." if used else ""
    (only,) = used
    source = case.sources.get(only)
    title = (source and source.title) or only
    if source is not None and source.type == "dataset":
        return (
            f"Every record comes from one table, {title}, which does not say from which documents; "
            "who chose and coded them is not to be told from it."
        )
    return f"Every record comes from one source, {title}, and shares its bias."


def _coders(case: Case) -> str:
    sources = [rule.source for rule in case.rules]
    sources += [principle.source for principle in case.principles.values()]
    own = sources.count("")
    inferred = sum(statement.basis == "inferred" for statement in case.statements)
    parts = [
        f"{number(own)} of {number(len(sources))} rules are the coder's own" if own else "",
        f"{number(inferred)} of {number(len(case.statements))} statements are inferred, and say so"
        if inferred
        else "",
    ]
    told = series([part for part in parts if part])
    return f"{capital(told)}." if told else ""


def _contested(case: Case) -> str:
    facts = [fact for fact in case.facts.values() if fact.contested_by]
    if not facts:
        return ""
    told = series([f"that {concept_text(case, fact.claim)}" for fact in facts])
    return capital(f"it is taken as fact, but contested, {told}.")
