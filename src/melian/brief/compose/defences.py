"""What would dissolve a finding, in prose: the best defence of whoever it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.words import joined, plural
from melian.case.wording import concept_text, name_of, series

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from melian.audit.distinctions import Distinction
    from melian.audit.result import Finding
    from melian.brief.compose.words import Speech
    from melian.brief.document import Prose

DISSOLVING = 4
DIFFERENCES = 2


def defence(speech: Speech, finding: Finding) -> Prose:
    """Say what would dissolve a finding, and where a distinction could be drawn; or nothing."""
    found = speech.defence.distinctions(finding)
    dissolving: list[Prose] = [
        (f"that {concept_text(speech.case, each.claim)}{_standing(speech, each)}",)
        for each in found
        if each.how != "difference"
    ]
    differences: list[Prose] = [
        _difference(speech, finding, each) for each in found if each.how == "difference"
    ]
    which = "A distinction" if len(differences) == 1 else "Distinctions"
    return joined(
        [
            (f"{lead}: ", *_or(prose, most), ".")
            for lead, prose, most in (
                ("What would dissolve it", dissolving, DISSOLVING),
                (f"{which} that could be argued", differences, DIFFERENCES),
            )
            if prose
        ],
        " ",
        " ",
    )


def contested(speech: Speech, by: Collection[str], verb: str) -> str:
    """Give who contests something: ``Bela disputes``, ``Bela and Cara dispute``."""
    return f"{_names(speech, by)} {verb}{'s' if len(by) == 1 else ''}"


def _or(parts: list[Prose], most: int) -> Prose:
    shown, more = parts[:most], len(parts) - most
    if more > 0:
        shown.append((f"{plural(more, 'further claim')} like these",))
    return joined(shown, "; ", "; or ")


def _standing(speech: Speech, each: Distinction) -> str:
    """Say how a claim that would dissolve a finding stands in the case."""
    exception = each.how == "exception"
    fact = speech.case.facts.get(each.claim.atom)
    if each.standing == "open":
        return " (an exception that nobody has claimed)"
    if each.standing == "denied":
        they = contested(speech, each.by, "say") if each.by else ""
        who = (
            "the case takes the opposite as a fact" if fact is not None else f"{they} the opposite"
        )
        return f" (an exception, though {who})" if exception else f" ({who})"
    verb = "dispute" if fact is not None and fact.claim == each.claim else "maintain"
    who = contested(speech, each.by, verb)
    return f" (an exception that {who})" if exception else f", as {who}"


def _difference(speech: Speech, finding: Finding, each: Distinction) -> Prose:
    standard = speech.defence.standard(finding)
    of_there = set(each.claim.atom.args).intersection(*map(set, standard.there))
    others = standard.here if of_there else standard.there
    fact = speech.case.facts.get(each.claim.atom)
    said = speech.defence.commitment(finding.actor, each.claim)
    backing = fact if fact is not None and fact.claim == each.claim else said
    cited: Prose = () if backing is None else (speech.cite(backing),)
    elsewhere = series([_names(speech, instance) for instance in others])
    that = f"that {concept_text(speech.case, each.claim)}"
    return (that, *cited, f", which is not said of {elsewhere}")


def _names(speech: Speech, instances: Iterable[str]) -> str:
    return series([name_of(speech.case, each) for each in instances])
