"""What a case is made of: frozen values, each knowing where in the files it stands.

The classes follow the files: ``case.yaml`` is :class:`Case` without its records, a row of
``statements.csv`` is a :class:`Statement`, and so on. Every ``at`` is the place in the files; it
takes no part in equality, so that a case read back from what was written equals the first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from melian.case.dates import ALWAYS, Date, Period
from melian.case.event_conditions import Condition
from melian.case.formula import Atom, Formula, Signed
from melian.problems import Location

if TYPE_CHECKING:
    from collections.abc import Mapping

NOWHERE = Location("")
EVENT_VARIABLES = ("actor", "target")
"""What stands for the actor and the target of an event in what a rule on events shows."""

Rank = Literal["", "top", "senior", "junior"]
Grade = Literal["", "A", "B", "C", "D", "E", "F"]
ActorKind = Literal["state", "organisation", "person", "group"]
Strength = Literal["strict", "presumptive"]
Direction = Literal["forward", "backward"]
Basis = Literal["reported", "inferred"]
Lasts = Literal["on", "day"]


def _at() -> Location:
    return field(default=NOWHERE, compare=False, repr=False)


def _empty() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Tie:
    """A person speaks for, or an actor is a member of, another actor during a period."""

    actor: str
    period: Period = ALWAYS
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, organisation, group or person.

    ``rank`` is how much a speaker's words weigh: top decides, senior speaks with a mandate.
    """

    id: str
    name: str
    kind: ActorKind = "state"
    role: str = ""
    rank: Rank = ""
    speaks_for: tuple[Tie, ...] = ()
    member_of: tuple[Tie, ...] = ()
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Concept:
    """A proposition one can assert or deny; ``text`` reads on after the word "that"."""

    name: str
    params: tuple[str, ...]
    text: str
    denied: str = ""
    label: str = ""
    scope: str = ""
    at: Location = _at()

    @property
    def is_catchword(self) -> bool:
        """Whether the text is no clause, but a name: the label says the same, word for word.

        So it is in tables of statements, whose coders name concepts freely.
        """
        return bool(self.text) and self.label == self.text and not self.denied and not self.params


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds between concepts whoever speaks.

    Attributes:
        variables: names that stand for any instance (``for: [x]``).
        excludes: signed concepts that cannot all hold; or else
        conditions, unless, then: if all conditions hold and no exception does, ``then`` holds.
        source, locator: where the rule is drawn; the coder's own rule has none.
    """

    id: str
    excludes: tuple[Signed, ...] = ()
    conditions: tuple[Signed, ...] = ()
    unless: tuple[Signed, ...] = ()
    then: Formula | None = None
    variables: tuple[str, ...] = ()
    strength: Strength = "presumptive"
    why: str = ""
    defence: str = ""
    source: str = ""
    locator: str = ""
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Principle:
    """A rule with variables that binds whoever invokes it, for every instance."""

    name: str
    params: tuple[str, ...]
    then: Formula
    conditions: tuple[Signed, ...] = ()
    unless: tuple[Signed, ...] = ()
    text: str = ""
    strength: Strength = "presumptive"
    why: str = ""
    defence: str = ""
    source: str = ""
    locator: str = ""
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something taken as true (or false) whoever speaks, with its source.

    ``period`` is when it is so.
    """

    atom: Atom
    value: bool
    source: str = ""
    locator: str = ""
    contested_by: tuple[str, ...] = ()
    note: str = ""
    period: Period = ALWAYS
    at: Location = _at()

    @property
    def claim(self) -> Signed:
        """The fact as a signed concept."""
        return Signed(self.atom, self.value)


@dataclass(frozen=True, slots=True)
class Option:
    """What an actor may do or leave; ``text`` reads on after the word "would"."""

    id: str
    owners: tuple[str, ...]
    text: str
    label: str = ""
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Preference:
    """A preference over options, held because of concepts (always, when ``because`` is None).

    Attributes:
        probability: how likely it is, 0 to 1, that the actor holds it where what it is held
            because of is so; None when there is no doubt.
        uncertain: nobody knows whether the actor holds it.
        group: preferences of one actor with the same number above 0 stand next to each other,
            and their order is not known.
    """

    prefer: Formula
    because: Formula | None = None
    why: str = ""
    probability: Fraction | None = None
    uncertain: bool = False
    group: int = 0
    at: Location = _at()

    @property
    def chance(self) -> Fraction:
        """How likely it is held; where nobody knows, one half by convention."""
        if self.uncertain:
            return Fraction(1, 2)
        return Fraction(1) if self.probability is None else self.probability


@dataclass(frozen=True, slots=True)
class Conflict:
    """Who can do what, what cannot be, and what each actor prefers, most important first.

    Attributes:
        status_quo: the options that are taken now; none of them is (), and None is not to say.
        target: the outcome that levers are asked to bring about, as a formula over options.
        coalitions: who may act together.
        beliefs: by actor, what it believes that others prefer; of whom it says nothing, it
            believes what is so.
        unseen: by actor, states that it does not know of: those in which a formula is true.
        indistinguishable: formulas; all states in which one of them is true count as one state.
    """

    options: Mapping[str, Option] = field(default_factory=_empty)
    infeasible: tuple[Formula, ...] = ()
    irreversible: Mapping[str, Direction] = field(default_factory=_empty)
    status_quo: tuple[str, ...] | None = None
    preferences: Mapping[str, tuple[Preference, ...]] = field(default_factory=_empty)
    target: Formula | None = None
    coalitions: tuple[tuple[str, ...], ...] = ()
    beliefs: Mapping[str, Mapping[str, tuple[Preference, ...]]] = field(default_factory=_empty)
    unseen: Mapping[str, tuple[Formula, ...]] = field(default_factory=_empty)
    indistinguishable: tuple[Formula, ...] = ()
    at: Location = _at()

    @property
    def actors(self) -> tuple[str, ...]:
        """The decision makers: all who own an option or have preferences, in file order."""
        owners = (owner for option in self.options.values() for owner in option.owners)
        return tuple(dict.fromkeys([*owners, *self.preferences]))


@dataclass(frozen=True, slots=True)
class PreferenceChange:
    """A lever's effect on one actor's preferences: add or move ``prefer``, or drop it.

    ``above`` and ``below`` name the preference it is placed next to; without them it goes on top,
    and next to one that is not there, last.
    """

    actor: str
    prefer: Formula
    action: Literal["place", "drop"] = "place"
    above: Formula | None = None
    below: Formula | None = None
    because: Formula | None = None
    why: str = ""
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class CommitmentChange:
    """A lever's effect on one actor's commitments: what it comes to assert, or to give up."""

    actor: str
    claim: Signed
    action: Literal["asserts", "gives-up"]
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Lever:
    """A move open to somebody that changes preferences, feasibility, facts or commitments.

    Attributes:
        by: the actor who can make the move.
        does: what it does, in the infinitive.
        label: a few words for figures, or "".
        returns: what it gets in return (a lever, an option, or words), or "".
        effect: changes of preferences and of commitments.
        establishes: facts it makes true or false.
        rules_out, allows: feasibility formulas it adds or removes.
    """

    id: str
    by: str
    does: str
    label: str = ""
    returns: str = ""
    source: str = ""
    locator: str = ""
    effect: tuple[PreferenceChange | CommitmentChange, ...] = ()
    establishes: tuple[Signed, ...] = ()
    rules_out: tuple[Formula, ...] = ()
    allows: tuple[Formula, ...] = ()
    why: str = ""
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class EventRule:
    """What the events of a table show, where a condition is true of them.

    In what they show, ``actor`` and ``target`` stand for those of the event. ``lasts`` tells what
    goes on, like any deed, from what is over with its day.
    """

    id: str
    when: Condition
    shows: tuple[Signed, ...]
    lasts: Lasts = "on"
    why: str = ""
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class EventCoding:
    """How event tables become deeds: names by actor (or instance), and rules."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=_empty)
    rules: tuple[EventRule, ...] = ()
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """An explanation of what an actor says and does; ``text`` reads on after the word "that".

    Attributes:
        about: the actor it explains, or "". Explanations of the same actor are weighed against
            each other.
        prior: how likely it is before any evidence, above 0 and below 1; None when it shares
            evenly what the others leave.
        source, locator: who puts it forward; the coder's own has none.
    """

    id: str
    text: str
    label: str = ""
    about: str = ""
    prior: float | None = None
    source: str = ""
    locator: str = ""
    why: str = ""
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely something is: above 0 and below 1, and the word for it when one was given.

    :mod:`melian.case.likelihood` has the words.
    """

    value: float
    word: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something observed, or something missing, and how likely it is under each explanation.

    Exactly one of ``item``, ``actor`` or ``missing`` says what it is.

    Attributes:
        name: what ``beside`` of other items calls it; made of what it is, when not given.
        likely: by hypothesis.
        item: the id of a statement or deed, or the head of a fact.
        actor, claims: the finding of this actor between these commitments.
        missing: what has not been observed, in words.
        beside: names of items that show the same over again; together they count as one.
    """

    name: str
    likely: Mapping[str, Likelihood]
    item: str = ""
    actor: str = ""
    claims: tuple[Signed, ...] = ()
    missing: str = ""
    beside: tuple[str, ...] = ()
    why: str = ""
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Definition:
    """What an actor means by a term: the concepts, asserted or denied, that make it up."""

    actor: str
    means: tuple[Signed, ...]
    period: Period = ALWAYS
    source: str = ""
    locator: str = ""
    note: str = ""
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked about a milestone: whether an actor makes some claims more often after it.

    ``name`` is what the claims are together: "Russia's arguments against enlargement".
    """

    name: str
    actor: str
    claims: tuple[Signed, ...]
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that happened, before and after which it is asked what was said.

    ``period`` is from its first day to its last; ``asks`` are what is asked first.
    """

    id: str
    name: str
    period: Period
    asks: tuple[Ask, ...] = ()
    source: str = ""
    locator: str = ""
    note: str = ""
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Source:
    """A citable document: the CSL-JSON fields that citations use, and all the others.

    ``grade`` is how reliable it is, A to F as in the NATO system (STANAG 2511).
    """

    id: str
    title: str = ""
    author: str = ""
    issued: Date | None = None
    publisher: str = ""
    url: str = ""
    type: str = "document"
    grade: Grade = ""
    fields: Mapping[str, object] = field(default_factory=_empty)
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Statement:
    """An actor asserts or denies a concept, on a date, in a source at a locator.

    Attributes:
        since, until: from when and until when it binds, where that is not from its date on.
        retracts: ids of the records that it takes back or replaces.
        basis: tells what the source reports from what the coder infers from it.
    """

    id: str
    actor: str
    claim: Signed
    date: Date | None = None
    because: tuple[Signed, ...] = ()
    conditions: tuple[Signed, ...] = ()
    since: Date | None = None
    until: Date | None = None
    retracts: tuple[str, ...] = ()
    level: str = ""
    scope: str = ""
    frame: str = ""
    venue: str = ""
    source: str = ""
    locator: str = ""
    quote: str = ""
    coder: str = ""
    basis: Basis = "reported"
    note: str = ""
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Deed:
    """An actor does something to a target on a date, which shows concepts to hold or not.

    ``since`` and ``until`` are from when and until when it goes on, where that is not from its
    date on.
    """

    id: str
    actor: str
    action: str
    target: str = ""
    date: Date | None = None
    shows: tuple[Signed, ...] = ()
    since: Date | None = None
    until: Date | None = None
    source: str = ""
    locator: str = ""
    note: str = ""
    at: Location = _at()


@dataclass(frozen=True, slots=True)
class Case:
    """One dispute under study.

    Mappings keep the order of the file; records keep the order of their table.
    """

    id: str
    title: str = ""
    question: str = ""
    period: Period = ALWAYS
    actors: Mapping[str, Actor] = field(default_factory=_empty)
    instances: Mapping[str, str] = field(default_factory=_empty)
    concepts: Mapping[str, Concept] = field(default_factory=_empty)
    rules: tuple[Rule, ...] = ()
    principles: Mapping[str, Principle] = field(default_factory=_empty)
    facts: Mapping[Atom, Fact] = field(default_factory=_empty)
    conflict: Conflict | None = None
    levers: Mapping[str, Lever] = field(default_factory=_empty)
    events: EventCoding | None = None
    hypotheses: Mapping[str, Hypothesis] = field(default_factory=_empty)
    evidence: tuple[Evidence, ...] = ()
    terms: Mapping[str, tuple[Definition, ...]] = field(default_factory=_empty)
    milestones: Mapping[str, Milestone] = field(default_factory=_empty)
    sources: Mapping[str, Source] = field(default_factory=_empty)
    statements: tuple[Statement, ...] = ()
    deeds: tuple[Deed, ...] = ()
