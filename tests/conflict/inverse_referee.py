"""Inverse analysis the slow way: every list there can be, solved from the definitions.

Nothing of the engine is used: states are sets of options taken, statements are Python functions of
them, moves and legal sequences are spelt out (Fang, Hipel & Kilgour 1993, chapters 3 and 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, permutations, product
from typing import TYPE_CHECKING

from melian.case.formula import And, Atom, Iff, Implies, Not, Or

if TYPE_CHECKING:
    from random import Random

    from melian.case.formula import Formula

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim")


@dataclass(frozen=True)
class Game:
    """Who owns what, what can be, and everyone's statements; nothing has been solved yet."""

    options: tuple[str, ...]
    owners: tuple[frozenset[str], ...]  # per actor
    ways: dict[str, int]  # 0 both, 1 only taken, -1 only dropped
    states: tuple[frozenset[str], ...]
    lists: tuple[tuple[Formula, ...], ...]  # per actor, most important first

    def can(self, i, s, t):
        changed = s ^ t
        return s != t and all(
            o in self.owners[i] and (self.ways[o] == 0 or (o in t) == (self.ways[o] == 1))
            for o in changed
        )

    @lru_cache(maxsize=1)  # noqa: B019
    def moves(self):
        return [
            {s: [t for t in self.states if self.can(i, s, t)] for s in self.states}
            for i in range(len(self.owners))
        ]


Game.__hash__ = object.__hash__


def true(formula, state):
    match formula:
        case Atom(name):
            return name in state
        case Not(part):
            return not true(part, state)
        case And(parts):
            return all(true(part, state) for part in parts)
        case Or(parts):
            return any(true(part, state) for part in parts)
        case Implies(left, right):
            return true(right, state) or not true(left, state)
        case Iff(left, right):
            return true(left, state) == true(right, state)


class Solved:
    """One profile of lists, as ranks of the states."""

    def __init__(self, game, ranks):
        self.game, self.rank = game, ranks
        self.actors = range(len(ranks))
        self.moves = game.moves()
        self.gains = [
            {s: [t for t in ts if r[t] > r[s]] for s, ts in m.items()}
            for r, m in zip(ranks, self.moves, strict=True)
        ]

    def ends(self, i, start, steps):
        todo, seen = [(start, i)], {(start, i)}
        while todo:
            state, last = todo.pop()
            for j in self.actors:
                if j not in (i, last):
                    new = {(t, j) for t in steps[j][state]} - seen
                    seen |= new
                    todo += new
        return {state for state, _ in seen}

    def nash(self, i, s):
        return not self.gains[i][s]

    def gmr(self, i, s, steps=None):
        r = self.rank[i]
        return all(
            any(r[u] <= r[s] for u in self.ends(i, t, steps or self.moves))
            for t in self.gains[i][s]
        )

    def seq(self, i, s):
        return self.gmr(i, s, self.gains)

    def smr(self, i, s):
        r = self.rank[i]
        return all(
            any(
                all(r[v] <= r[s] for v in (u, *self.moves[i][u]))
                for u in self.ends(i, t, self.moves)
            )
            for t in self.gains[i][s]
        )

    def sim(self, i, s):
        r, possible = self.rank[i], set(self.game.states)
        answers = list(product(*([s, *self.gains[j][s]] for j in self.actors if j != i)))
        for t in self.gains[i][s]:
            ends = {s ^ frozenset().union(s ^ t, *(s ^ a for a in answer)) for answer in answers}
            if not any(u in possible and r[u] <= r[s] for u in ends):
                return False
        return True

    def holds(self, concept, s):
        return all(getattr(self, concept)(i, s) for i in self.actors)


class Referee:
    """Every profile of lists, with what it costs; profiles that rank alike are solved once."""

    def __init__(self, game, offered=None, free=None):
        self.game = game
        offered = offered or [()] * len(game.lists)
        every = range(len(game.lists))
        free = set(every if free is None else free)
        each = [
            list(variants(game.lists[i], offered[i])) if i in free else [(game.lists[i], 0)]
            for i in every
        ]
        self.profiles = [
            (tuple(one for one, _ in chosen), sum(cost for _, cost in chosen))
            for chosen in product(*each)
        ]
        self.solved, self.answers = {}, {}

    @cache  # noqa: B019
    def met(self, formula):
        return [true(formula, s) for s in self.game.states]

    @cache  # noqa: B019
    def ranks(self, statements):
        """The place of each state: first by the first statement, ties by the second, and so on."""
        values = list(zip(*map(self.met, statements), strict=True)) or [()] * len(self.game.states)
        places = {value: place for place, value in enumerate(sorted(set(values)))}
        return tuple(places[value] for value in values)

    def holds(self, lists, concept, state):
        ranks = tuple(map(self.ranks, lists))
        if ranks not in self.solved:
            each = [dict(zip(self.game.states, row, strict=True)) for row in ranks]
            self.solved[ranks] = Solved(self.game, each)
        key = ranks, concept, state
        if key not in self.answers:
            self.answers[key] = self.solved[ranks].holds(concept, state)
        return self.answers[key]

    def fewest(self, concept, state):
        """The least cost at which a state is an equilibrium, and all lists of that cost."""
        costs = sorted({cost for _, cost in self.profiles})
        for least in costs:
            found = [
                lists
                for lists, cost in self.profiles
                if cost == least and self.holds(lists, concept, state)
            ]
            if found:
                return least, set(found)
        return None, set()


def variants(own, offered):
    """Every list made of all of one's own statements and some of those offered, with its cost."""
    for size in range(len(offered) + 1):
        for extra in combinations(offered, size):
            for order in permutations([*own, *extra]):
                stays = common([f for f in order if f in own], own)
                yield order, size + len(own) - stays


def common(one, two):
    """The length of the longest common subsequence."""
    row = [0] * (len(two) + 1)
    for x in one:
        before, row = row, [0]
        for n, y in enumerate(two, start=1):
            row.append(before[n - 1] + 1 if x == y else max(before[n], row[-1]))
    return row[-1]


def random_game(rnd: Random, actors: int, options: int, statements: int) -> Game:
    names = tuple("abcdef"[:options])
    owner = [n if n < actors else rnd.randrange(-1, actors) for n in range(options)]
    shared = rnd.random() < 0.2
    owners = tuple(
        frozenset(
            o
            for o, first in zip(names, owner, strict=True)
            if first == i or (shared and rnd.random() < 0.3)
        )
        for i in range(actors)
    )
    locked = rnd.choice([0.0, 0.0, 0.4])
    ways = {o: rnd.choice([1, -1]) if rnd.random() < locked else 0 for o in names}
    every = sorted(
        (frozenset(o for n, o in enumerate(names) if d >> n & 1) for d in range(1 << options)),
        key=lambda s: sum(1 << names.index(o) for o in s),
    )
    sparse = rnd.choice([0.0, 0.0, 0.25])
    states = tuple(s for s in every if rnd.random() >= sparse) or (every[0],)
    lists = tuple(random_list(rnd, names, size) for size in random_sizes(rnd, actors, statements))
    return Game(names, owners, ways, states, lists)


def random_sizes(rnd: Random, actors: int, most: int) -> list[int]:
    """How many statements each actor has: now and then one of them has none."""
    sizes = [most] * actors
    if rnd.random() < 0.25:
        sizes[rnd.randrange(actors)] = 0
    return sizes


def random_list(rnd: Random, names: tuple[str, ...], size: int) -> tuple[Formula, ...]:
    found: dict[Formula, None] = {}
    while len(found) < size:
        found[random_formula(rnd, names)] = None
    return tuple(found)


def random_formula(rnd: Random, names: tuple[str, ...]) -> Formula:
    one, two, three = (
        Atom(n) if rnd.random() < 0.5 else Not(Atom(n)) for n in rnd.choices(names, k=3)
    )
    return rnd.choice(
        [
            one,
            And((one, two)),
            Or((one, two)),
            Implies(one, two),
            Iff(one, two),
            And((one, two, three)),
        ]
    )
