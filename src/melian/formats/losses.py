"""What a format cannot hold of a case: things of which kinds stay behind, and how many of each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.formats.gmcr.leaving import COUNTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from melian.case.model import Case, Source, Statement

FRAMEWORK = "framework"
"""What a bare argumentation framework goes by here; it is no format in the registry."""


def left_behind(case: Case, format_name: str) -> Mapping[str, int]:
    """Give how many things of each kind a file in a format does not hold.

    Args:
        case: that is written.
        format_name: of the registry, or :data:`FRAMEWORK`.

    Returns:
        By the word for one of them; kinds of which the case has none are left out.
    """
    counts = {kind: _ALL[kind](case) for kind in LOSSES[format_name]}
    return MappingProxyType({kind: count for kind, count in counts.items() if count})


def told(counts: Mapping[str, int]) -> str:
    """Give what stays behind as a clause; "" for nothing.

    >>> told({"deed": 2, "retraction": 1, "item of evidence": 3})
    '2 deeds, 1 retraction, 3 items of evidence'
    """
    return ", ".join(f"{n:,} {kind if n == 1 else _plural(kind)}" for kind, n in counts.items())


def _plural(kind: str) -> str:
    first, *rest = kind.split(" ", 1)
    return " ".join([f"{first}s", *rest])


def _said(has: Callable[[Statement], object]) -> Callable[[Case], int]:
    return lambda case: sum(bool(has(statement)) for statement in case.statements)


def _options(case: Case) -> int:
    return len(case.conflict.options) if case.conflict else 0


def _preferences(case: Case) -> int:
    return sum(map(len, case.conflict.preferences.values())) if case.conflict else 0


def _beliefs(case: Case) -> int:
    believed = case.conflict.beliefs.values() if case.conflict else ()
    return sum(len(preferences) for beliefs in believed for preferences in beliefs.values())


def _unseen(case: Case) -> int:
    return sum(map(len, case.conflict.unseen.values())) if case.conflict else 0


def _counting_as_one(case: Case) -> int:
    return len(case.conflict.indistinguishable) if case.conflict else 0


def _definitions(case: Case) -> int:
    return sum(map(len, case.terms.values()))


def _own_fields(source: Source) -> int:
    return len(source.fields)


_COUNTS: Mapping[str, Callable[[Case], int]] = MappingProxyType(
    {
        "date of a statement": _said(lambda s: s.date),
        "reason": lambda case: sum(len(s.because) for s in case.statements),
        "statement under conditions": _said(lambda s: s.conditions),
        "period of a statement": _said(lambda s: s.since or s.until),
        "retraction": _said(lambda s: s.retracts),
        "level": _said(lambda s: s.level),
        "scope": _said(lambda s: s.scope),
        "frame": _said(lambda s: s.frame),
        "venue": _said(lambda s: s.venue),
        "source of a statement": _said(lambda s: s.source),
        "quote": _said(lambda s: s.quote),
        "mark of inference": _said(lambda s: s.basis == "inferred"),
        "note": _said(lambda s: s.note),
        "deed": lambda case: len(case.deeds),
        "fact": lambda case: len(case.facts),
        "rule": lambda case: len(case.rules),
        "principle": lambda case: len(case.principles),
        "option": _options,
        "preference": _preferences,
        "coalition": lambda case: len(case.conflict.coalitions) if case.conflict else 0,
        "belief": _beliefs,
        "formula of unseen states": _unseen,
        "formula of states that count as one": _counting_as_one,
        "lever": lambda case: len(case.levers),
        "rule on events": lambda case: len(case.events.rules) if case.events else 0,
        "explanation": lambda case: len(case.hypotheses),
        "item of evidence": lambda case: len(case.evidence),
        "definition": _definitions,
        "milestone": lambda case: len(case.milestones),
        "field of sources": lambda case: sum(map(_own_fields, case.sources.values())),
    }
)
_ALL = {**_COUNTS, **COUNTS}
_IN_CONFLICT = ("option", "preference", "coalition", "formula of unseen states")

_BESIDES = (
    "option",
    "preference",
    "coalition",
    "belief",
    "formula of unseen states",
    "formula of states that count as one",
    "lever",
    "rule on events",
    "explanation",
    "item of evidence",
    "definition",
    "milestone",
)
_OF_STATEMENTS = tuple(kind for kind in _COUNTS if kind not in {*_BESIDES, "field of sources"})

LOSSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "statements": (*(k for k in _OF_STATEMENTS if k != "date of a statement"), *_BESIDES),
        "argdown": ("deed", *_BESIDES, "field of sources"),
        "aif": ("deed", *_BESIDES, "field of sources"),
        "gmcr": (
            *COUNTS,
            *("deed", "fact", "rule", "principle"),
            *(kind for kind in _BESIDES if kind not in _IN_CONFLICT),
        ),
        FRAMEWORK: (
            "date of a statement",
            *("period of a statement", "retraction", "level", "source of a statement", "quote"),
            *_BESIDES,
        ),
    }
)
"""By format, the kinds of things that it has no place for."""
