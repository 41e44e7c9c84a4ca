"""From events to deeds: what the rules of a case make of the rows of an event table.

* An event becomes a deed when a rule is true of it, its actor is one of the case and its date falls
  into the period of the case. What it shows is what all rules that are true of it show.
* Events of one actor, action, target and day that show the same are one deed, which says how often
  it was reported: newspapers print the same news, and a deed is not done twice for it.
* Where rules would have an event show something and its opposite, it shows nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.case.cameo import PLOVER, words_of
from melian.case.event_judging import Seen, judge
from melian.case.event_names import Circles, Names
from melian.case.event_strangers import Strangers
from melian.case.formula import Atom
from melian.case.model import EVENT_VARIABLES, Deed
from melian.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from melian.case.event import Event
    from melian.case.event_judging import Judge
    from melian.case.formula import Signed
    from melian.case.model import Case, EventRule, Lasts

    Key = tuple[str, str, str, str, str, tuple[Signed, ...], Lasts]

NO_RULE = "no rule is true of them"
OUTSIDE = "they are outside the period of the case"
NO_ACTOR = "a rule is true of them, but no name of the case stands for their actor"
NO_TARGET = "what they show needs a target, and no name of the case stands for it"
BOTH = "rules would have them show something and its opposite"
_MOST_LISTED = 5


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule was true: of how many events, which made how many deeds."""

    events: int = 0
    deeds: int = 0


@dataclass(frozen=True, slots=True)
class Mapped:
    """What became of the events of a table.

    Attributes:
        deeds: in the order in which the table reports them first.
        read: how many events there were.
        mapped: how many of them are reported in the deeds.
        rules: by id, how often each rule was true of an event that became a deed.
        left_out: by reason, how many events became none.
        unnamed, unnamed_targets: names of actors, and of targets, that stand for nobody in the case
            (:class:`melian.case.event_strangers.Strangers`), the most frequent first.
        problems: contradictory rules and ambiguous names, at their first row.
    """

    deeds: tuple[Deed, ...]
    read: int
    mapped: int
    rules: Mapping[str, RuleCount]
    left_out: Mapping[str, int]
    unnamed: tuple[tuple[str, int], ...] = ()
    unnamed_targets: tuple[tuple[str, int], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What the deeds say about the table they come from.

    Attributes:
        file: its name, for problems.
        source: its id among the sources of the case.
        prefix: what the ids of the deeds begin with.
    """

    file: str
    source: str
    prefix: str = "event"


@dataclass(slots=True)
class _Group:
    """The events that are one deed."""

    event: Event
    seen: Seen
    shows: tuple[Signed, ...]
    lasts: Lasts
    count: int = 0
    rules: set[str] = field(default_factory=set)
    places: list[str] = field(default_factory=list)

    def add(self, event: Event, rules: Iterable[str]) -> None:
        self.count += 1
        self.rules.update(rules)
        if len(self.places) < _MOST_LISTED:
            self.places.append(event.id or str(event.line))


def deeds_of(case: Case, events: Iterable[Event], table: Table) -> Mapped:
    """Give the deeds that the rules of a case make of events.

    Args:
        case: sound, as :func:`melian.case.sound.sound` gives it.
        events: in the order of the table; they are read once, and not kept.
        table: where they come from.
    """
    mapping = _Mapping(case, table)
    for event in events:
        mapping.take(event)
    return mapping.result()


class _Mapping:
    """The state of a mapping between two events."""

    def __init__(self, case: Case, table: Table) -> None:
        self.case = case
        self.table = table
        coding = case.events
        self.names = Names(coding.names if coding else {})
        self.circles = Circles(case)
        self.rules: list[tuple[EventRule, Judge]] = [
            (rule, judge(rule.when)) for rule in (coding.rules if coding else ())
        ]
        self.groups: dict[Key, _Group] = {}
        self.read = 0
        self.left_out: Counter[str] = Counter()
        self.strangers = Strangers(self.names, case.period)
        self.events: Counter[str] = Counter()
        self.clashes: Counter[tuple[str, ...]] = Counter()
        self.first_clash: dict[tuple[str, ...], int] = {}
        self.first_lines: dict[str, int] = {}

    def take(self, event: Event) -> None:
        """Take one more event."""
        self.read += 1
        reason = self._reason_against(event)
        if reason:
            self.left_out[reason] += 1

    def _reason_against(self, event: Event) -> str:
        """Add the event to the deeds, or say why it is none of them."""
        seen = self._seen(event)
        true = [rule for rule, judged in self.rules if judged(seen)]
        self.strangers.take(event, seen, ruled=bool(true))
        if not true:
            return NO_RULE
        if not self.case.period.overlaps(event.date):
            return OUTSIDE
        if seen.actor not in self.case.actors:
            return NO_ACTOR
        shown = [(rule, shows) for rule in true if (shows := self._shows(rule, seen)) is not None]
        if not shown:
            return NO_TARGET
        return self._group(seen, shown)

    def _seen(self, event: Event) -> Seen:
        actor, target = self.names.of(event.actor), self.names.of(event.target)
        for name in (event.actor, event.target):
            if name in self.names.ambiguous:
                self.first_lines.setdefault(name, event.line)
        circles, when = self.circles, event.date
        return Seen(event, actor, target, circles.of(actor, when), circles.of(target, when))

    def _shows(self, rule: EventRule, seen: Seen) -> tuple[Signed, ...] | None:
        """Give what a rule shows of an event, or nothing where it needs a target that is none."""
        stands_for = dict(zip(EVENT_VARIABLES, (seen.actor, seen.target), strict=True))
        named = (self.case.actors, self.case.instances)
        stands_for = {k: v for k, v in stands_for.items() if not any(k in names for names in named)}

        def instance(claim: Signed) -> Signed:
            args = tuple(stands_for.get(arg, arg) for arg in claim.atom.args)
            return replace(claim, atom=Atom(claim.atom.name, args))

        shows = tuple(instance(claim) for claim in rule.shows)
        return None if any("" in claim.atom.args for claim in shows) else shows

    def _group(self, seen: Seen, shown: list[tuple[EventRule, tuple[Signed, ...]]]) -> str:
        event = seen.event
        claims = tuple(dict.fromkeys(claim for _, shows in shown for claim in shows))
        rules = tuple(rule.id for rule, _ in shown)
        if any(-claim in claims for claim in claims):
            self.clashes[rules] += 1
            self.first_clash.setdefault(rules, event.line)
            return BOTH
        lasts: Lasts = "day" if all(rule.lasts == "day" for rule, _ in shown) else "on"
        whom = seen.target, "" if seen.target else event.target
        key = (seen.actor, action_of(event), *whom, str(event.date), claims, lasts)
        group = self.groups.setdefault(key, _Group(event, seen, claims, lasts))
        group.add(event, rules)
        self.events.update(rules)
        return ""

    def result(self) -> Mapped:
        """Give what became of all events so far."""
        made = Counter(rule for group in self.groups.values() for rule in group.rules)
        counts = {rule.id: RuleCount(self.events[rule.id], made[rule.id]) for rule, _ in self.rules}
        return Mapped(
            tuple(self._deeds()),
            self.read,
            sum(group.count for group in self.groups.values()),
            MappingProxyType(counts),
            MappingProxyType(dict(self.left_out)),
            self.strangers.actors(),
            self.strangers.targets(),
            tuple(sorted((*self._clash_problems(), *self._name_problems()))),
        )

    def _deeds(self) -> Iterator[Deed]:
        taken: set[str] = set()
        for group in self.groups.values():
            name = f"{self.table.prefix}-{group.event.mark}"
            number = 1
            while (fresh := name if number == 1 else f"{name}-{number}") in taken:
                number += 1
            taken.add(fresh)
            yield _deed(group, fresh, self.table.source)

    def _clash_problems(self) -> Iterator[Problem]:
        for rules, count in self.clashes.items():
            named = " and ".join(f'"{rule[:60]}"' for rule in rules)
            more = f" (and of {count - 1:,} more)" if count > 1 else ""
            message = f"The rules {named} are true of this event{more}, and show opposites."
            hint = "It is left out; write the conditions so that they exclude each other."
            yield Problem(self._at(self.first_clash[rules]), "opposite-rules", message, hint)

    def _name_problems(self) -> Iterator[Problem]:
        for name, actors in self.names.ambiguous.items():
            message = f'"{name[:60]}" may stand for {" or ".join(actors)}, and stands for none.'
            hint = "Add it as it is written to the names of one of them, under events in case.yaml."
            at = self._at(self.first_lines[name])
            yield Problem(at, "ambiguous-name", message, hint, Severity.WARNING)

    def _at(self, line: int) -> Location:
        return Location(self.table.file, line)


def _deed(group: _Group, name: str, source: str) -> Deed:
    event = group.event
    return Deed(
        name,
        group.seen.actor,
        action_of(event),
        group.seen.target,
        event.date,
        group.shows,
        until=event.date if group.lasts == "day" else None,
        source=source,
        locator=_locator(group),
        note=_note(group),
    )


def action_of(event: Event) -> str:
    """Give what the actor does, in words and with its code.

    >>> from melian.case.dates import parse_date
    >>> from melian.case.event import Event
    >>> action_of(Event(2, "", "", parse_date("2008-05-01"), "Russia", cameo="163"))
    'imposes an embargo, a boycott or sanctions [CAMEO 163]'
    """
    if event.cameo:
        return f"{words_of(event.cameo)} [CAMEO {event.cameo}]"
    mode = f" ({event.mode.lower()})" if event.mode else ""
    return f"{PLOVER[event.plover]}{mode} [PLOVER {event.plover}]"


def _locator(group: _Group) -> str:
    kind = "event" if group.event.id else "line"
    more = group.count - len(group.places)
    listed = f"{', '.join(group.places)}{f' and {more} more' if more else ''}"
    return f"{kind}{'s' if group.count > 1 else ''} {listed}"


def _note(group: _Group) -> str:
    """Give what the table says: its words for the event, its names, and how often."""
    event = group.event
    names = f"{event.actor} to {event.target}" if event.target else event.actor
    times = f"reported {group.count} times that day" if group.count > 1 else ""
    return "; ".join(part for part in (event.text, names, times) if part)
