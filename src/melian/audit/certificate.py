"""A finding as a certificate: data that a stranger can check with a few lines of a program.

It says in words what each element of the finding says and who said it, and in numbers why they
cannot all hold (a refutation) and how all but each one can (an assignment). What the numbers stand
for is written out, so that a person can check that they mean what the words say.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from melian.audit.encoding import Vocabulary, clauses
from melian.audit.refutation import needed, refutation, witness
from melian.audit.result import Commitment
from melian.case.formula import Signed
from melian.case.grounding import GroundRule
from melian.case.model import Fact, Principle
from melian.case.wording import concept_text, name_of, rule_text, sentence, series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.audit.encoding import Element
    from melian.audit.result import Finding
    from melian.audit.search.clauses import Clause, Group
    from melian.case.model import Case, Deed, Statement

FORM = "melian certificate 1"
LONGEST = 120

_NUMBERS = re.compile(r"\[\n[-\d,\s]*\]")


def certificate(case: Case, finding: Finding) -> dict[str, Any]:
    """Give the certificate of a finding, as JSON-ready data.

    The clauses of an element are those that the contradiction needs; ``beside`` are all others
    that it says. ``without`` are literals that satisfy every clause of all other elements.

    Raises:
        MelianError: the finding cannot be certified.
    """
    elements: tuple[Element, ...] = (*finding.commitments, *finding.facts, *finding.rules)
    vocabulary = Vocabulary()
    groups = tuple(_telling(clauses(element, vocabulary)) for element in elements)
    used = needed(groups)
    every = [clause for group in used for clause in group]
    parts = [
        {
            "is": _kind(element),
            "says": _says(case, element),
            "records": list(_records(case, element)),
            "clauses": [list(clause) for clause in mine],
            "beside": [list(clause) for clause in group if clause not in mine],
            "without": list(witness(_others(groups, number))),
        }
        for number, (element, group, mine) in enumerate(zip(elements, groups, used, strict=True))
    ]
    return {
        "form": FORM,
        "case": case.title or case.id,
        "id": finding.id,
        "actor": name_of(case, finding.actor),
        "kind": finding.kind.value,
        "sentence": finding.title,
        "atoms": _atoms(case, groups, vocabulary),
        "elements": parts,
        "proof": [list(step) for step in refutation(every)],
    }


def _telling(group: Group) -> Group:
    """Give the clauses that say something: none that holds whatever is the case."""
    return tuple(clause for clause in group if not any(-literal in clause for literal in clause))


def text_of(data: dict[str, Any]) -> str:
    """Give a certificate as JSON that a person can read: each clause on a line."""
    laid_out = json.dumps(data, ensure_ascii=False, indent=1)
    return _NUMBERS.sub(lambda found: " ".join(found[0].split()), laid_out) + "\n"


def file_name(finding: Finding) -> str:
    """Give a name for a file that holds the certificate of a finding.

    It keeps the end of the finding's id, which tells it from all others.
    """
    safe = re.sub(r"[^\w.-]+", "-", finding.id).strip("-.")
    head, _, tail = safe.rpartition(".")
    return f"{head[: LONGEST - len(tail)]}.{tail}.json"


def _others(groups: tuple[Group, ...], number: int) -> list[Clause]:
    return [clause for n, group in enumerate(groups) if n != number for clause in group]


def _atoms(case: Case, groups: Iterable[Group], vocabulary: Vocabulary) -> dict[str, str]:
    """Give what each number stands for; the negative number stands for the opposite."""
    numbers = {abs(literal) for group in groups for clause in group for literal in clause}
    return {str(number): _atom(case, number, vocabulary) for number in sorted(numbers)}


def _atom(case: Case, number: int, vocabulary: Vocabulary) -> str:
    atom = vocabulary.atom(number)
    if atom is None:
        return "(a part of a rule)"
    return f"{atom}: {concept_text(case, Signed(atom))}"


def _kind(element: Element) -> str:
    match element:
        case Commitment():
            return "commitment"
        case Fact():
            return "fact"
        case GroundRule():
            return "principle" if isinstance(element.origin, Principle) else "rule"


def _says(case: Case, element: Element) -> str:
    match element:
        case Commitment():
            claim = concept_text(case, element.claim)
            conditions = series([concept_text(case, each) for each in element.conditions])
            provided = f", provided that {conditions}" if conditions else ""
            return sentence(f"{name_of(case, element.actor)} holds that {claim}{provided}")
        case Fact():
            contested = ", though it is contested" if element.contested_by else ""
            return sentence(
                f"it is taken as true that {concept_text(case, element.claim)}{contested}"
            )
        case GroundRule():
            strength = element.origin.strength
            return sentence(f"it is taken to hold ({strength}) that {rule_text(case, element)}")


# The records behind an element


def _records(case: Case, element: Element) -> Iterator[dict[str, str]]:
    match element:
        case Commitment():
            statements = {each.id: each for each in case.statements}
            deeds = {each.id: each for each in case.deeds}
            for ids, how in ((element.statements, "says so"), (element.warrants, "argues from it")):
                yield from (_of_statement(case, statements[i], how) for i in ids)
            yield from (_of_deed(case, deeds[i]) for i in element.deeds)
        case Fact():
            yield from _cited(case, str(element.claim), element.source, element.locator)
        case GroundRule(id=id_, origin=origin):
            yield from _cited(case, id_, origin.source, origin.locator)


def _of_statement(case: Case, statement: Statement, how: str) -> dict[str, str]:
    return _filled(
        id=statement.id,
        who=name_of(case, statement.actor),
        how=how,
        when=str(statement.date or ""),
        source=_source(case, statement.source),
        locator=statement.locator,
        quote=statement.quote,
    )


def _of_deed(case: Case, deed: Deed) -> dict[str, str]:
    return _filled(
        id=deed.id,
        who=name_of(case, deed.actor),
        how=f"shows it: {deed.action}",
        when=str(deed.date or ""),
        source=_source(case, deed.source),
        locator=deed.locator,
    )


def _cited(case: Case, id_: str, source: str, locator: str) -> Iterator[dict[str, str]]:
    yield _filled(id=id_, source=_source(case, source), locator=locator)


def _source(case: Case, source: str) -> str:
    return case.sources[source].title or source if source in case.sources else source


def _filled(**said: str) -> dict[str, str]:
    return {key: text for key, text in said.items() if text}
