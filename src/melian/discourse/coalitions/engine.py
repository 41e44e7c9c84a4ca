"""Coalitions of a table of statements, in one call: who, on what, through whom, how surely."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from melian.case.wording import series
from melian.discourse.coalitions.basis import basis, chosen
from melian.discourse.coalitions.brokers import brokers
from melian.discourse.coalitions.comparing import (
    GOOD,
    adjusted_rand,
    matched,
    mean_agreement,
    together,
    variation_of_information,
)
from melian.discourse.coalitions.grouping import members_of
from melian.discourse.coalitions.methods import COUNTED, asked, grouping
from melian.discourse.coalitions.storylines import stands
from melian.discourse.coalitions.sureness import sureness
from melian.discourse.coalitions.tree import dendrogram
from melian.discourse.resampling import SEED
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from melian.discourse.coalitions.basis import Basis, Chosen, Standing
    from melian.discourse.coalitions.brokers import Broker
    from melian.discourse.coalitions.methods import Grouping, Method
    from melian.discourse.coalitions.storylines import Stand
    from melian.discourse.coalitions.sureness import Sureness
    from melian.discourse.coalitions.tree import Dendrogram
    from melian.discourse.networks.building import Design
    from melian.discourse.resampling import Resampling
    from melian.discourse.statements.table import Table, Value

LEAST = 2
"""Who has fewer statements is not grouped, unless it is said otherwise."""

FEWEST = 3
"""Fewer actors are not grouped: two are either tied or not."""

NAMED = 3
"""So many members name a coalition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How coalitions are looked for.

    Attributes:
        standing: what ties two actors.
        least: how many statements an actor has at least.
        method: whose groups are given; those that agree most with the other methods', if None.
        groups: how many groups; what each method finds, if None. Methods that cannot be asked for
            a number are then not asked at all.
        seed: of what is random in methods.
    """

    standing: Standing = "subtract"
    least: int = LEAST
    method: Method | None = None
    groups: int | None = None
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Coalition:
    """Actors who stand together, and for what.

    Attributes:
        number: from 1, the largest first.
        members: who, those with most statements first.
        statements: how many statements of theirs count.
        stands_for: what sets them apart, most first.
        stability: how much of it is found again in draws, from 0 to 1; None where none were made.
        recovered: the share of draws in which it comes back exactly.
        dissolved: the share of draws in which it dissolves.
        core: its members who are in one group with the others in most draws, on average; nobody
            where none were made.
    """

    number: int
    members: tuple[Value, ...]
    statements: int
    stands_for: tuple[Stand, ...]
    stability: float | None
    recovered: float | None
    dissolved: float | None
    core: tuple[Value, ...] = ()

    @property
    def name(self) -> str:
        """Its members with most statements, and how many others there are."""
        others = len(self.members) - NAMED
        if others > 1:
            return f"{', '.join(map(str, self.members[:NAMED]))} and {others} others"
        return series([str(member) for member in self.members])


@dataclass(frozen=True, eq=False)
class Agreement:
    """How far the methods agree.

    Attributes:
        rand: the adjusted Rand index of each two, 1 where they are the same.
        information: the normalised variation of information, 0 where they are the same.
        together: in which share of the methods each two actors are in one group.
        shown: which method's groups are given.
        with_it: the methods whose groups agree well with these (adjusted Rand index of at least
            0.8), itself among them.
        elsewhere: the actors that one of those puts into another group.
        support: of each actor, in which share of all methods it is in the group that matches.
    """

    rand: NDArray[np.float64]
    information: NDArray[np.float64]
    together: NDArray[np.float64]
    shown: Grouping
    with_it: tuple[Method, ...]
    elsewhere: tuple[Value, ...]
    support: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Coalitions:
    """Who stands with whom, by several methods.

    Attributes:
        design, search, by: how it was asked; what is drawn again, None where nothing.
        basis: the actors that are grouped, and their ties.
        left: who is not grouped, and why.
        groupings: what each method finds.
        agreement: how far they agree; None where too few are left to be grouped.
        coalitions: the groups that are given, the largest first.
        brokers: all actors as links, those that link most first.
        tree: of the actors, by what they say.
        sureness: what came of draws.
        undrawn: why there are none.
    """

    design: Design
    search: Search
    by: Resampling | None
    basis: Basis
    left: Chosen
    groupings: tuple[Grouping, ...] = ()
    agreement: Agreement | None = None
    coalitions: tuple[Coalition, ...] = ()
    brokers: tuple[Broker, ...] = ()
    tree: Dendrogram | None = None
    sureness: Sureness | None = None
    undrawn: str = ""


def coalitions(
    table: Table, design: Design, search: Search | None = None, by: Resampling | None = None
) -> Coalitions:
    """Find the coalitions of a debate.

    Args:
        table: the statements.
        design: who is tied by what.
        search: how they are looked for.
        by: what is drawn again to say how sure they are; nothing, when left out.

    Raises:
        UsageError: a variable is not there, a number makes no sense, or the method cannot be asked.
        TooLarge: the network would not fit.
    """
    search = search or Search()
    _make_sense(search)
    everybody = basis(table, design, search.standing)
    left = chosen(everybody, search.least)
    among = everybody.among(left.places)
    found = Coalitions(design, search, by, among, left)
    if len(among) < FEWEST:
        return found
    groupings = _groupings(among, search)
    agreement = _agreement(among, groupings, _shown(groupings, search))
    sure, undrawn = _sure(table, found, agreement.shown)
    return replace(
        found,
        groupings=groupings,
        agreement=agreement,
        coalitions=_coalitions(table, found, agreement.shown, sure),
        brokers=brokers(among, agreement.shown.labels),
        tree=dendrogram(among.actors, among.profiles),
        sureness=sure,
        undrawn=undrawn,
    )


def _make_sense(search: Search) -> None:
    if search.least < 1:
        raise UsageError("An actor is grouped by one statement at the least: --least 1.")
    if search.groups is not None and search.groups < 2:
        raise UsageError("There are two groups at the least: --groups 2.")
    if search.groups is not None and search.method and search.method not in COUNTED:
        raise UsageError(
            f"{search.method} finds its own number of groups; ask another for so many: "
            f"{', '.join(sorted(COUNTED))}."
        )


def _groupings(among: Basis, search: Search) -> tuple[Grouping, ...]:
    """Ask each method that can be asked; the one that is wanted in any case."""
    methods = [method for method in asked(len(among)) if search.groups is None or method in COUNTED]
    if search.method is not None and search.method not in methods:
        methods.append(search.method)
    return tuple(grouping(among, m, search.seed, search.groups) for m in methods)


def _shown(groupings: tuple[Grouping, ...], search: Search) -> Grouping:
    """Choose whose groups are given: of the method that is wanted, or that most agree with.

    Where a number of groups is wanted, those that have it come first.
    """
    for each in groupings:
        if each.method == search.method:
            return each
    agreed = [float(a) for a in mean_agreement([each.labels for each in groupings])]
    return max(
        groupings,
        key=lambda g: (
            search.groups in {None, g.count},
            round(agreed[groupings.index(g)], 9),
            round(g.modularity, 9),
        ),
    )


def _agreement(among: Basis, groupings: tuple[Grouping, ...], shown: Grouping) -> Agreement:
    labels = [each.labels for each in groupings]
    rand = _matrix(labels, adjusted_rand)
    alike = rand[groupings.index(shown)] >= GOOD
    fits = np.array([matched(shown.labels, other) == shown.labels for other in labels])
    moved = np.flatnonzero(~fits[alike].all(axis=0))
    return Agreement(
        rand,
        _matrix(labels, variation_of_information),
        together(labels),
        shown,
        tuple(g.method for g, well in zip(groupings, alike.tolist(), strict=True) if well),
        tuple(among.actors[place] for place in moved.tolist()),
        fits.mean(axis=0),
    )


def _matrix(
    labels: Sequence[NDArray[np.intp]],
    measure: Callable[[NDArray[np.intp], NDArray[np.intp]], float],
) -> NDArray[np.float64]:
    return np.array([[measure(one, other) for other in labels] for one in labels])


def _sure(table: Table, found: Coalitions, shown: Grouping) -> tuple[Sureness | None, str]:
    """Draw again, or say why that cannot be done."""
    if found.by is None or not found.by.times:
        return None, ""
    how = (found.search.standing, shown.method, found.search.groups)
    try:
        return sureness(table, found.design, (found.left.places, shown.labels), how, found.by), ""
    except UsageError as error:
        return None, str(error)


def _coalitions(
    table: Table, found: Coalitions, shown: Grouping, sure: Sureness | None
) -> tuple[Coalition, ...]:
    said = found.basis.said
    each = stands(table, found.design, found.basis, shown.labels)
    groups = []
    for number, stand in enumerate(each):
        members = sorted(members_of(shown.labels, number), key=lambda place: (-said[place], place))
        groups.append(
            Coalition(
                number + 1,
                tuple(found.basis.actors[place] for place in members),
                int(said[members].sum()),
                stand,
                *_of(sure, number),
                core=_core(found.basis, sure, members),
            )
        )
    return tuple(groups)


def _of(sure: Sureness | None, number: int) -> tuple[float | None, float | None, float | None]:
    if sure is None:
        return None, None, None
    return sure.stability[number], sure.recovered[number], sure.dissolved[number]


def _core(basis: Basis, sure: Sureness | None, members: Sequence[int]) -> tuple[Value, ...]:
    """Give those members who are with the others in more than half of the draws, on average."""
    if sure is None or len(members) < 2:
        return ()
    among = np.nan_to_num(sure.together[np.ix_(members, members)])
    np.fill_diagonal(among, 0)
    share = among.sum(axis=1) / (len(members) - 1)
    return tuple(
        basis.actors[place] for place, most in zip(members, share > 0.5, strict=True) if most
    )
