"""Where a case uses the names it defines; what the rules about names have in common."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from melian.case.formula import Atom, atoms
from melian.case.model import EVENT_VARIABLES, CommitmentChange, PreferenceChange
from melian.case.place import where
from melian.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from melian.case.formula import Formula, Signed
    from melian.case.model import Case, Conflict, Lever, Preference, Principle, Rule, Statement
    from melian.problems import Location

MOST_COMPARISONS = 30_000


@dataclass(frozen=True, slots=True)
class Use:
    """A concept at the place where it is used.

    Attributes:
        atom: the concept with its arguments, or a principle where ``invokes``.
        at: the entry that uses it; ``part`` is the key or column in it.
        variables: names that stand for any instance there.
        invokes: whether a principle may stand in the place of a concept, as it may wherever
            commitments are spoken of; facts are about concepts only.
    """

    atom: Atom
    at: Location
    part: str
    variables: tuple[str, ...] = ()
    invokes: bool = True

    def where(self, word: str = "") -> Location:
        """Give the place of a word of it; of its name, when no word is given."""
        return where(self.at, self.part, word or self.atom.name)


def concept_uses(case: Case) -> Iterator[Use]:
    """Give every use of a concept, in the order of the files."""
    for rule in case.rules:
        yield from _signed(rule.excludes, rule.at, "excludes", rule.variables)
        yield from _in_rule(rule, rule.variables)
    for principle in case.principles.values():
        yield from _in_rule(principle, principle.params)
    for atom, fact in case.facts.items():
        yield Use(atom, fact.at, "", invokes=False)
    if case.conflict is not None:
        for preference in chain(*_preferences(case.conflict)):
            yield from _formula(preference.because, preference.at, "because")
    for lever in case.levers.values():
        yield from _in_lever(lever)
    yield from _explained(case)
    for milestone in case.milestones.values():
        for ask in milestone.asks:
            yield from _signed(ask.claims, ask.at, "claims")
    yield from _in_records(case)


def _in_records(case: Case) -> Iterator[Use]:
    """Give the uses in records, and in the rules by which events become records."""
    for rule in case.events.rules if case.events else ():
        yield from _signed(rule.shows, rule.at, "shows", EVENT_VARIABLES)
    for statement in case.statements:
        yield from _in_statement(statement)
    for deed in case.deeds:
        yield from _signed(deed.shows, deed.at, "shows")


def _explained(case: Case) -> Iterator[Use]:
    for evidence in case.evidence:
        yield from _signed(evidence.claims, evidence.at, "finding")
    for definitions in case.terms.values():
        for definition in definitions:
            yield from _signed(definition.means, definition.at, "means")


def _formula(
    formula: Formula | None, at: Location, part: str, variables: tuple[str, ...] = ()
) -> Iterator[Use]:
    if formula is not None:
        for atom in atoms(formula):
            yield Use(atom, at, part, variables)


def _signed(
    claims: Iterable[Signed],
    at: Location,
    part: str,
    variables: tuple[str, ...] = (),
    *,
    invokes: bool = True,
) -> Iterator[Use]:
    for claim in claims:
        yield Use(claim.atom, at, part, variables, invokes)


def _in_rule(rule: Rule | Principle, variables: tuple[str, ...]) -> Iterator[Use]:
    yield from _signed(rule.conditions, rule.at, "if", variables)
    yield from _signed(rule.unless, rule.at, "unless", variables)
    yield from _formula(rule.then, rule.at, "then", variables)


def _in_lever(lever: Lever) -> Iterator[Use]:
    for change in lever.effect:
        if isinstance(change, CommitmentChange):
            part = "asserts" if change.action == "asserts" else "gives_up"
            yield Use(change.claim.atom, change.at, part)
        else:
            yield from _formula(change.because, change.at, "because")
    yield from _signed(lever.establishes, lever.at, "establishes", invokes=False)


def _in_statement(statement: Statement) -> Iterator[Use]:
    yield Use(statement.claim.atom, statement.at, "concept")
    yield from _signed(statement.because, statement.at, "because")
    yield from _signed(statement.conditions, statement.at, "if")


def option_uses(case: Case) -> Iterator[Use]:
    """Give every use of an option outside ``options``, in the order of the file."""
    if case.conflict is not None:
        yield from _in_conflict(case.conflict)
    for lever in case.levers.values():
        for change in preference_changes(lever):
            part = "drop" if change.action == "drop" else "prefer"
            yield from _formula(change.prefer, change.at, part)
            yield from _formula(change.above, change.at, "above")
            yield from _formula(change.below, change.at, "below")
        for formula in lever.rules_out:
            yield from _formula(formula, lever.at, "rules_out")


def preference_changes(lever: Lever) -> Iterator[PreferenceChange]:
    """Give the changes of preferences among a lever's effects."""
    return (change for change in lever.effect if isinstance(change, PreferenceChange))


def _in_conflict(conflict: Conflict) -> Iterator[Use]:
    for formula in conflict.infeasible:
        yield from _formula(formula, conflict.at, "infeasible")
    for formula in conflict.indistinguishable:
        yield from _formula(formula, conflict.at, "indistinguishable")
    for part, names in (
        ("irreversible", conflict.irreversible),
        ("status_quo", conflict.status_quo or ()),
    ):
        for name in names:
            yield Use(Atom(name), conflict.at, part)
    for preference in chain(*_preferences(conflict)):
        yield from _formula(preference.prefer, preference.at, "prefer")
    yield from _formula(conflict.target, conflict.at, "target")
    for formula in chain(*conflict.unseen.values()):
        yield from _formula(formula, conflict.at, "unseen")


def _preferences(conflict: Conflict) -> Iterator[tuple[Preference, ...]]:
    """Give the preferences of each actor, and those that others believe it to have."""
    yield from conflict.preferences.values()
    for beliefs in conflict.beliefs.values():
        yield from beliefs.values()


class Nearest:
    """Finds, for a wrong name, the known one that may be meant.

    Comparing is dear, so after a good many names the general advice has to do; in a case with
    that many wrong names, something else is wrong.
    """

    def __init__(self, known: Collection[str]) -> None:
        """Compare with these names."""
        self._known = known
        self._left = MOST_COMPARISONS // (len(known) + 1)
        self._hints: dict[str, str] = {}

    def hint(self, word: str, otherwise: str) -> str:
        """Give ``Did you mean "x"?`` for the nearest known name, or the other sentence."""
        if word not in self._hints and self._left > 0:
            self._left -= 1
            self._hints[word] = did_you_mean(word, self._known, "")
        return self._hints.get(word) or otherwise
