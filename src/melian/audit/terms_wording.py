"""Why parts of two definitions exclude each other, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.wording import concept_text, rule_text, sentence, why_text

if TYPE_CHECKING:
    from melian.audit.terms import Exclusion
    from melian.case.grounding import GroundRule
    from melian.case.model import Case


def rests_on(case: Case, exclusion: Exclusion) -> tuple[str, ...]:
    """Give the facts that an exclusion rests on, then its rules; none twice."""
    facts = [f"it is taken as a fact that {concept_text(case, f.claim)}" for f in exclusion.facts]
    rules = [_ruled(case, exclusion, rule) for rule in exclusion.rules]
    return tuple(dict.fromkeys([*map(sentence, facts), *rules]))


def _ruled(case: Case, exclusion: Exclusion, rule: GroundRule) -> str:
    """Give what a rule says and why; only why, where it says no more than that they exclude."""
    why = why_text(case, rule)
    parts = {*exclusion.of_one, *exclusion.of_other}
    plain = not rule.unless and not rule.conditions and {*rule.excludes} == parts
    said = "" if why and plain else sentence(rule_text(case, rule))
    return " ".join(each for each in (said, sentence(why) if why else "") if each)
