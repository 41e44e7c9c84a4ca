"""Which claims survive attack, and the extensions of bare frameworks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from melian.argumentation import Extensions
    from melian.audit.arguing.claims import Survival
    from melian.case.dates import Period
    from melian.case.framework import Framework
    from melian.case.model import Case


def claims(
    case: Case, party: str = "", *, alone: bool = False, within: Period | None = None
) -> Survival:
    """Find which claims survive attack.

    Args:
        case: as opened.
        party: whose claims; those of all parties, when left out.
        alone: set them against each other only, and not against what other parties say.
        within: the moment to look at: what is in force on its last day; the
            end of the period under study, when left out.

    Raises:
        UsageError: the party is not in the case, or only speaks for another.
    """
    from melian.audit.arguing.survival import survival
    from melian.audit.commitments import commitments
    from melian.audit.engine import checked
    from melian.case.dates import ALWAYS
    from melian.case.spans import span_of

    if party:
        checked(case, [party], commitments(case))
    moment = span_of(case.period if within in {None, ALWAYS} else within)
    return survival(case, party if alone else None, moment)


def all_extensions(framework: Framework) -> tuple[Extensions, ...]:
    """Find the grounded, the preferred and the stable extensions of a framework."""
    from melian.argumentation import Semantics, extensions

    wanted = (Semantics.GROUNDED, Semantics.PREFERRED, Semantics.STABLE)
    return tuple(extensions(framework, semantics) for semantics in wanted)
