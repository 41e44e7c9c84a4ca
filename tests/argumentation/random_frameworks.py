"""Random frameworks, and their extensions by trying every set, straight from the definitions."""

from __future__ import annotations

from itertools import combinations
from random import Random

from melian.case.framework import Framework


def framework(seed: int, most: int = 8) -> Framework:
    """Give a framework of up to so many arguments, with self-attacks, sparse or dense."""
    rnd = Random(seed)
    size = rnd.randint(0, most)
    density = rnd.choice([0.08, 0.15, 0.25, 0.4])
    pairs = [(a, b) for a in range(size) for b in range(size) if rnd.random() < density]
    rnd.shuffle(pairs)
    return Framework(tuple(f"x{n}" for n in range(size)), tuple(pairs))


def by_definition(framework: Framework) -> dict[str, set[frozenset[int]]]:
    """Give all extensions by name of semantics (Dung 1995), of all subsets."""
    everything = range(len(framework.arguments))
    attacks = set(framework.attacks)
    sets = [frozenset(s) for k in range(len(everything) + 1) for s in combinations(everything, k)]

    def attacked(by: frozenset[int]) -> set[int]:
        return {b for a, b in attacks if a in by}

    def defends(one: frozenset[int], argument: int) -> bool:
        return all(a in attacked(one) for a, b in attacks if b == argument)

    free = [s for s in sets if not s & attacked(s)]
    admissible = [s for s in free if all(defends(s, a) for a in s)]
    complete = [s for s in admissible if all(a in s for a in everything if defends(s, a))]
    return {
        "admissible": set(admissible),
        "complete": set(complete),
        "grounded": {min(complete, key=len)},
        "preferred": {s for s in admissible if not any(s < other for other in admissible)},
        "stable": {s for s in free if s | attacked(s) == set(everything)},
    }
