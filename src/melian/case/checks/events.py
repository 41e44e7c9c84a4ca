"""What the coding of events names is there, and every rule on events can be true of some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.cameo import codes
from melian.case.checks.uses import Nearest
from melian.case.event_conditions import comparisons
from melian.case.event_judging import within
from melian.case.event_names import excluded, pattern
from melian.case.model import EVENT_VARIABLES
from melian.case.place import where
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.event_conditions import Comparison
    from melian.case.model import Case, EventCoding, EventRule


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for each unknown party, each name of two parties, each rule in vain."""
    if case.events is None:
        return
    yield from _unknown(case, case.events)
    yield from _claimed_twice(case.events)
    named = _reached(case, case.events)
    for rule in case.events.rules:
        yield from _in_vain(rule, named, (*case.actors, *case.instances))


def _unknown(case: Case, coding: EventCoding) -> Iterator[Problem]:
    known = {**case.actors, **case.instances}
    nearest = Nearest(known)
    named = [(name, coding.at, "names") for name in coding.names]
    for rule in coding.rules:
        named += [(item, rule.at, "when") for this in _parties(rule) for item in this.items]
    for name, at, part in named:
        if name not in known:
            message = f'There is no actor or instance "{name[:60]}".'
            hint = nearest.hint(name, f"Add {name[:40]} under actors, or under instances.")
            yield Problem(where(at, part, name), "unknown-actor", message, hint)


def _parties(rule: EventRule) -> Iterator[Comparison]:
    return (this for this in comparisons(rule.when) if this.field in EVENT_VARIABLES)


def _claimed_twice(coding: EventCoding) -> Iterator[Problem]:
    first: dict[object, str] = {}
    for actor, texts in coding.names.items():
        for text in texts:
            if excluded(text):
                continue
            other = first.setdefault(pattern(text), actor)
            if other != actor:
                message = f'"{text[:60]}" stands for {other[:40]} as well as for {actor[:40]}.'
                hint = "Take it away from one of them; otherwise it stands for none."
                yield Problem(where(coding.at, "names", actor), "name-of-two", message, hint)


def _reached(case: Case, coding: EventCoding) -> set[str]:
    """Give all that some name stands for, or that is tied to such an actor at any time."""
    named = {actor for actor, texts in coding.names.items() if not all(map(excluded, texts))}
    queue = sorted(named)
    for each in queue:
        actor = case.actors.get(each)
        ties = (*actor.speaks_for, *actor.member_of) if actor else ()
        fresh = {tie.actor for tie in ties} - named
        named |= fresh
        queue.extend(sorted(fresh))
    return named


def _in_vain(rule: EventRule, named: set[str], known: tuple[str, ...]) -> Iterator[Problem]:
    for this in comparisons(rule.when):
        for item in this.items:
            if this.field == "cameo" and not _any_code(item):
                message = f"CAMEO has no code that is {item} or begins so."
                hint = "Look it up in docs/events.md; 163 is it and all below it."
                yield _warning(rule, item, "no-such-code", message, hint)
            elif this.field in EVENT_VARIABLES and item in known and item not in named:
                message = (
                    f"No name in a table stands for {item[:40]}; the comparison is never true."
                )
                hint = f"Add its names under events: names: {{{item[:40]}: [...]}}."
                yield _warning(rule, item, "no-names", message, hint)


def _any_code(item: str) -> bool:
    first, _, last = item.partition("..")
    return any(within(code, first, last or first) for code in codes())


def _warning(rule: EventRule, item: str, code: str, message: str, hint: str) -> Problem:
    return Problem(where(rule.at, "when", item), code, message, hint, Severity.WARNING)
