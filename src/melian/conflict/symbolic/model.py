"""The graph model as formulas over options: nothing in it grows with the number of states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.case.formula import atoms, truth
from melian.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from melian.case.formula import Atom, Formula
    from melian.case.model import Conflict, Direction

_WAY: Mapping[Direction | None, int] = {None: 0, "forward": 1, "backward": -1}


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A formula over options, and the options that it names.

    Attributes:
        formula: its names are options.
        places: by name, which option it is.
        support: the options named, ascending.
    """

    formula: Formula
    places: Mapping[str, int]
    support: tuple[int, ...]

    def holds(self, state: int) -> bool:
        """Tell whether it is true in a state, given as its decimal."""

        def taken(atom: Atom) -> bool:
            return bool(state >> self.places[str(atom)] & 1)

        return truth(self.formula, taken) is True


@dataclass(frozen=True, slots=True, eq=False)
class SymbolicModel:
    """Who can move what, and who prefers what, for any number of options.

    A state is its decimal: option i is bit i.

    Attributes:
        actors: the decision makers.
        options: the options, in the order of the case.
        owned: per actor, the options that it can change, ascending.
        ways: per option 0 (may be taken and dropped), +1 (only taken), -1 (only dropped).
        infeasible: what cannot be.
        preferences: per actor, most important first.
        coalitions: who may act together, which no search asks about.
    """

    actors: tuple[str, ...]
    options: tuple[str, ...]
    owned: tuple[tuple[int, ...], ...]
    ways: tuple[int, ...]
    infeasible: tuple[Statement, ...]
    preferences: tuple[tuple[Statement, ...], ...]
    coalitions: tuple[tuple[str, ...], ...] = ()

    def others(self, actor: int) -> tuple[int, ...]:
        """Give all actors but one."""
        return tuple(j for j in range(len(self.actors)) if j != actor)

    def feasible(self, state: int) -> bool:
        """Tell whether a state can be."""
        return not any(each.holds(state) for each in self.infeasible)

    def rank(self, actor: int, state: int) -> tuple[bool, ...]:
        """Give which preferences of an actor are true in a state: the larger, the better."""
        return tuple(each.holds(state) for each in self.preferences[actor])

    def statement(self, formula: Formula) -> Statement:
        """Give a formula with the options that it names.

        Raises:
            UsageError: it names something that is no option.
        """
        return _statement(formula, {name: place for place, name in enumerate(self.options)})

    def decimal(self, taken: Iterable[str]) -> int:
        """Give the state in which exactly these options are taken.

        Raises:
            UsageError: a name is no option.
        """
        places = {name: place for place, name in enumerate(self.options)}
        return sum(1 << _place(name, places) for name in set(taken))


def symbolic_model(conflict: Conflict) -> SymbolicModel:
    """Give the graph model of a conflict, every preference held, without listing its states.

    Raises:
        UsageError: a formula names something that is no option, or several states count as one.
    """
    if conflict.indistinguishable:
        raise UsageError(
            "A search by solver takes states one by one, and in this conflict several count as "
            "one. Leave out indistinguishable from a copy of the case, and ask that one."
        )
    places = {name: place for place, name in enumerate(conflict.options)}
    owners = [option.owners for option in conflict.options.values()]
    return SymbolicModel(
        actors=conflict.actors,
        options=tuple(conflict.options),
        owned=tuple(
            tuple(place for place, each in enumerate(owners) if actor in each)
            for actor in conflict.actors
        ),
        ways=tuple(_WAY[conflict.irreversible.get(o)] for o in conflict.options),
        infeasible=tuple(_statement(formula, places) for formula in conflict.infeasible),
        preferences=tuple(
            tuple(_statement(p.prefer, places) for p in conflict.preferences.get(actor, ()))
            for actor in conflict.actors
        ),
        coalitions=conflict.coalitions,
    )


def _statement(formula: Formula, places: Mapping[str, int]) -> Statement:
    support = sorted({_place(str(atom), places) for atom in atoms(formula)})
    return Statement(formula, places, tuple(support))


def _place(name: str, places: Mapping[str, int]) -> int:
    if name not in places:
        hint = did_you_mean(name, places, f"The options are {', '.join(places) or 'none'}.")
        raise UsageError(f'"{name}" is not an option of the conflict. {hint}')
    return places[name]
