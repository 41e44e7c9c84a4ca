"""Where positions do not hold together, since when, how gravely, and the proof of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.problems import OutsideError, UsageError, did_you_mean
from melian.verbs.files import put_text, reason, short

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from melian.audit.measures import Inconsistency
    from melian.audit.result import Audit, Finding
    from melian.case.dates import Period
    from melian.case.model import Case


def period(at: str = "", since: str = "", until: str = "") -> Period:
    """Give the period that dates as people type them mean: a moment, or from one to another.

    Raises:
        UsageError: one of them is no date, or they do not go together.
    """
    from melian.case.dates import Period, parse_date

    if at and (since or until):
        raise UsageError("Give either a moment (--at) or a window (--from, --until), not both.")
    try:
        start, end = (parse_date(text) if text else None for text in (at or since, at or until))
    except ValueError as error:
        raise UsageError(f"{error}.") from None
    if start is not None and end is not None and start.first > end.last:
        raise UsageError(f"The window ends ({until}) before it starts ({since}).")
    return Period(start, end)


def audit(
    case: Case,
    actors: Collection[str] | None = None,
    within: Period | None = None,
    *,
    limit: int = 10_000,
    work: int | None = None,
) -> Audit:
    """Find where each party's position does not hold together.

    Args:
        case: as opened.
        actors: parties to audit; all of them when left out.
        within: the moment or window to look at; all time, when left out.
        limit: how many findings a party may have.
        work: how many steps each stage of the audit may take.

    Raises:
        UsageError: an actor is not in the case.
    """
    from melian.audit import audit as run
    from melian.case.spans import EVER, span_of

    window = EVER if within is None else span_of(within)
    return run(case, actors, limit=limit, window=window, steps=work)


SEVERITY_PARTS = (
    "strict",
    "direct",
    "backed",
    "undisputed",
    "ranked",
    "sourced",
    "undeclared",
)
"""What the severity of a finding is made of."""


ORDERS = ("severity", *SEVERITY_PARTS, "involvement", "since")
"""What findings can be ordered by."""


def ordered(audited: Audit, by: str) -> tuple[Finding, ...]:
    """Give the findings of an audit in another order.

    Args:
        audited: the audit.
        by: severity or a part of it, gravest first; involvement (how much of the party's
            inconsistency its commitments are in), highest first; since (when it came into
            force), earliest first.

    Raises:
        UsageError: there is no such order.
    """
    if by == "severity":
        return audited.findings
    if by == "since":
        return tuple(sorted(audited.findings, key=lambda f: f.spans))
    if by == "involvement":
        shares = {a: each.involvement for a, each in inconsistency(audited).items()}
        return tuple(
            sorted(
                audited.findings,
                key=lambda f: -sum(shares[f.actor][c.id] for c in f.commitments),
            )
        )
    if by not in SEVERITY_PARTS:
        hint = did_you_mean(by, ORDERS, f"Findings can be ordered by {', '.join(ORDERS)}.")
        raise UsageError(f'Findings cannot be ordered by "{by[:40]}". {hint}')
    return tuple(sorted(audited.findings, key=lambda f: -f.severity.parts[by]))


def inconsistency(audited: Audit) -> Mapping[str, Inconsistency]:
    """Measure how inconsistent each party of an audit is, as a whole and from day to day."""
    from melian.audit.measures import inconsistency as run

    return run(audited)


def certificates(case: Case, audited: Audit, folder: Path) -> tuple[Path, ...]:
    """Write a certificate for each finding into a folder, and give the files.

    Raises:
        OutsideError: the folder cannot be written to.
    """
    from melian.audit.certificate import certificate, file_name, text_of

    texts = {
        folder / file_name(finding): text_of(certificate(case, finding))
        for finding in audited.findings
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise OutsideError(f"{short(folder)} cannot be written: {reason(error)}.") from error
    for path, text in texts.items():
        put_text(text, path)
    return tuple(texts)
