"""What may explain a party's inconsistency, and what parties mean by a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.verbs.auditing import audit

if TYPE_CHECKING:
    from melian.audit.result import Audit
    from melian.audit.terms import Contest
    from melian.case.model import Case
    from melian.hypotheses.result import Why


def why(case: Case, audited: Audit | None = None) -> Why:
    """Weigh the explanations that a case codes, with its findings as evidence."""
    from melian.hypotheses import weigh

    return weigh(case, audited or audit(case))


def terms(case: Case) -> tuple[Contest, ...]:
    """Compare what the parties of a case mean by a word."""
    from melian.audit.terms import contested_terms

    return contested_terms(case)
