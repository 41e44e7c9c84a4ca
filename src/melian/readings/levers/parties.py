"""How the parties rank the states in one version of a case, each by its own forks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from melian.audit.result import Standing
from melian.readings import profiles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from melian.readings.choices import Choice
    from melian.readings.levers.versions import Version
    from melian.readings.profiles import View
    from melian.readings.workings import Workings

    Numbers = NDArray[np.int64]


def _one() -> Numbers:
    return np.zeros(1, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """One actor in one version of a case; one without forks, as it stands.

    Attributes:
        choices: its forks.
        which: per combination of their sides, the way in which it ranks the states.
        ways: how many ways there are.
    """

    choices: tuple[Choice, ...] = ()
    which: Numbers = field(default_factory=_one)
    ways: int = 1

    def split(self, which: Numbers, ways: int) -> Party:
        """Tell its ways apart by something else as well: way * ways + which."""
        return replace(self, which=self.which * ways + which, ways=self.ways * ways)


def names_of(*versions: Version) -> tuple[str, ...]:
    """Give the decision makers of some versions of a case."""
    conflicts = (version.case.conflict for version in versions)
    actors = (conflict.actors for conflict in conflicts if conflict is not None)
    return tuple(dict.fromkeys(chain.from_iterable(actors)))


def parties_of(version: Version, workings: Workings) -> dict[str, Party]:
    """Give the decision makers of a version, in the order in which profiles are numbered."""
    conflict, found = version.case.conflict, dict[str, Party]()
    if conflict is not None:
        on = workings.solver(conflict).graph
        for actor in conflict.actors:
            view = _view(actor, version, workings)
            ranked = workings.ranked(on, view)
            found[actor] = Party(view.choices, ranked.which, len(ranked.ranks))
    return found


def profile(parties: Mapping[str, Party], names: Sequence[str], ways: Numbers) -> Numbers:
    """Give the numbers of the profiles that ways make, shape (n,).

    Args:
        parties: of the version that is meant, in order.
        names: whose way each column is.
        ways: shape (n, names); where there is none, any number stands for it.
    """
    number = np.zeros(len(ways), dtype=np.int64)
    for name, party in parties.items():
        number = number * party.ways + np.maximum(ways[:, names.index(name)], 0)
    return number


def seen_by(
    giver: str, version: Version, workings: Workings
) -> tuple[tuple[NDArray[np.int32], ...], Numbers]:
    """Give the ways in which an actor ranks all states, and which in each of its combinations.

    States that are not feasible are ranked as well: levers may make them so.
    """
    if version.case.conflict is None:
        return (), _one()
    on = workings.solver(version.case.conflict).graph
    view = _view(giver, version, workings)
    ranked = profiles.ranked(replace(on, feasible=np.ones_like(on.feasible)), view)
    return ranked.ranks, ranked.which


def _view(actor: str, version: Version, workings: Workings) -> View:
    case, audit = version.case, version.audit
    wanted = case.conflict.preferences.get(actor, ()) if case.conflict else ()
    standing = audit.actors.get(actor, Standing(actor, ()))
    return workings.view(case, audit, standing, wanted)
