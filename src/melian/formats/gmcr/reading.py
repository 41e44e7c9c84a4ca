"""From the JSON of gmcr-py to a case.

* Options stand decision maker by decision maker, as gmcr-py sorts them when it loads a file, so
  that state numbers are the same in both programs.
* Conditions (conjunctions of ``[option, "Y" or "N"]``, and compounds: disjunctions of those)
  become formulas. A ranking by hand becomes one preference per rank: to be in one of its states.
* An option of several decision makers is one that each of them may move.
* Coalitions are those who may act together, and states that a decision maker misperceives are
  those that it does not see.
"""

from __future__ import annotations

import re
from itertools import chain, compress, count
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from melian.case.checks.feasibility import no_state
from melian.case.decoding import legible
from melian.case.formula import And, Atom, Not, Or
from melian.case.model import Actor, Case, Conflict, Option, Preference
from melian.formats import json_tree
from melian.problems import Location, Problem, Severity, TooLarge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from melian.case.formula import Formula
    from melian.case.model import Direction
    from melian.formats.json_tree import Node

    Conjunction = tuple[tuple[int, bool], ...]
    Condition = tuple[Conjunction, ...]

_DIRECTIONS: dict[str, Direction | None] = {"both": None, "fwd": "forward", "back": "backward"}
_RESERVED = frozenset({"and", "or", "not"})
_LONGEST_ID = 40
MOST_OPTIONS = 16  # in a ranking by hand, which lists every feasible state
MOST_STATES = 1 << 14


def read(path: Path) -> tuple[Case, tuple[Problem, ...]]:
    """Give the case in a ``.gmcr`` file, and what of it is not used.

    Raises:
        OutsideError: the file cannot be read, is not JSON, or is not shaped as gmcr-py does it;
            the sentence says what and where.
    """
    return convert(json_tree.read(path), legible(path.stem))


def parse(text: str, name: str = "conflict") -> tuple[Case, tuple[Problem, ...]]:
    """Give the case that the text of a ``.gmcr`` file says, as :func:`read` does for a file."""
    return convert(json_tree.parse(text, f"{name}.gmcr"), name)


def convert(root: Node, name: str) -> tuple[Case, tuple[Problem, ...]]:
    """Give the case that the content of a ``.gmcr`` file says, and what of it is not used."""
    options, makers = list(root["options"]), list(root["decisionMakers"])
    owned = [_owned(maker["options"], len(options)) for maker in makers]
    order = tuple(dict.fromkeys([*chain(*owned), *range(len(options))]))
    actors = ids([m["name"].text() for m in makers], "actor")
    called = ids([options[i]["name"].text() for i in order], "option")
    names = dict(zip(order, called, strict=True))
    owners = {i: tuple(compress(actors, (i in mine for mine in owned))) for i in order}
    impossible = [_condition(c, names) for c in root.items("infeasibles")]
    ways = {names[i]: options[i]["permittedDirection"].word(_DIRECTIONS) for i in order}
    texts = {names[i]: Option(names[i], owners[i], options[i]["name"].text()) for i in order}
    preferences = _preferences(root, makers, impossible, names)
    conflict = Conflict(
        options=MappingProxyType(texts),
        infeasible=tuple(_formula(c, names) for c in impossible),
        irreversible=MappingProxyType({option: way for option, way in ways.items() if way}),
        preferences=MappingProxyType(dict(zip(actors, preferences, strict=True))),
        coalitions=_coalitions(root, actors),
        unseen=MappingProxyType(dict(_unseen(actors, makers, names))),
    )
    people = {a: Actor(a, m["name"].text(), "group") for a, m in zip(actors, makers, strict=True)}
    case = Case(name, title=name, actors=MappingProxyType(people), conflict=conflict)
    problems = chain(
        _unshown(root, [*options, *makers]),
        _no_state(root, conflict),
        _unused(root, [names[i] for i in order if not owners[i]]),
    )
    return case, tuple(problems)


def _owned(numbers: Node, size: int) -> list[int]:
    found = [number.number(0, size - 1, "an option") for number in numbers]
    if len(set(found)) < len(found):
        raise numbers.wrong("a list of options, each of them once")
    return found


def ids(names: Iterable[str], kind: str) -> list[str]:
    """Give an id for each name: its words with hyphens between them, numbered if met before."""
    found: dict[str, None] = {}
    for number, name in enumerate(names, start=1):
        stem = "-".join(re.findall(r"[^\W_]+", name.lower()))[:_LONGEST_ID].strip("-")
        stem = f"{kind}-{stem or number}" if stem in {"", *_RESERVED} else stem
        free = chain([stem], (f"{stem}-{n}" for n in count(2)))
        found[next(i for i in free if i not in found)] = None
    return list(found)


def _condition(node: Node, options: Collection[int]) -> Condition:
    """Give a condition as a disjunction of conjunctions of (option, taken)."""
    if not node.is_object:
        return (_conjunction(node, options),)
    if not node["compound"].truth():
        raise node["compound"].wrong("true")
    return tuple(_conjunction(member, options) for member in node["members"])


def _conjunction(node: Node, options: Collection[int]) -> Conjunction:
    pairs = [list(pair) for pair in node]
    if not pairs or any(len(pair) != len(("option", "letter")) for pair in pairs):
        raise node.wrong('pairs of an option\'s number and "Y" or "N"')
    return tuple(
        (option.number(0, len(options) - 1, "an option"), letter.word({"Y": True, "N": False}))
        for option, letter in pairs
    )


def _formula(condition: Condition, names: Mapping[int, str]) -> Formula:
    return _one(Or, [_one(And, [_signed(names[i], y) for i, y in c]) for c in condition])


def _one(kind: type[And | Or], parts: Sequence[Formula]) -> Formula:
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def _signed(name: str, taken: bool) -> Formula:
    return Atom(name) if taken else Not(Atom(name))


def _preferences(
    root: Node, makers: Sequence[Node], impossible: Sequence[Condition], names: Mapping[int, str]
) -> list[tuple[Preference, ...]]:
    """Give each decision maker's preferences, most important first."""
    if not _either(root, "useManualPreferenceRanking", "useManualPreferenceVectors").truth():
        each = [[_formula(_condition(c, names), names) for c in m["preferences"]] for m in makers]
    else:
        states = _states(impossible, names)
        rankings = [_either(m, "preferenceRanking", "preferenceVector") for m in makers]
        each = [_ranking(ranking, states) for ranking in rankings]
    return [tuple(map(Preference, preferences)) for preferences in each]


def _either(node: Node, key: str, formerly: str) -> Node:
    return node[formerly if key not in node and formerly in node else key]


def _states(impossible: Iterable[Condition], names: Mapping[int, str]) -> list[Formula]:
    """Give the feasible states in the order of their numbers, each as the formula true of it."""
    if len(names) > MOST_OPTIONS:
        raise _too_many(f"{len(names)} options", f"{MOST_OPTIONS} options")
    decimals = np.arange(1 << len(names))
    taken = {option: decimals >> bit & 1 == 1 for bit, option in enumerate(names)}
    feasible = np.ones(len(decimals), dtype=np.bool_)
    for conjunction in chain(*impossible):
        feasible &= ~np.logical_and.reduce([taken[i] == y for i, y in conjunction])
    if np.count_nonzero(feasible) > MOST_STATES:
        raise _too_many(f"{np.count_nonzero(feasible):,} states", f"{MOST_STATES:,} states")
    letters = np.stack([taken[option] for option in names], axis=1)[feasible].tolist()
    # All states share these, and all rankings share the states, so that each is held once.
    signed = [(_signed(name, taken=False), _signed(name, taken=True)) for name in names.values()]
    return [
        _one(And, [pair[y] for pair, y in zip(signed, state, strict=True)]) for state in letters
    ]


def _too_many(found: str, most: str) -> TooLarge:
    return TooLarge(
        f"A ranking by hand of {found} is too long; at most {most} are read. "
        "Rank by preference statements instead."
    )


def _ranking(node: Node, states: Sequence[Formula]) -> list[Formula]:
    """Give one formula per rank, the best first: to be in one of its states."""
    ranks = [list(rank) if rank.is_list else [rank] for rank in node]
    numbers = [[n.number(1, len(states), "a feasible state") for n in rank] for rank in ranks]
    if sorted(chain(*numbers)) != list(range(1, len(states) + 1)):
        raise node.wrong(f"a ranking that holds each state from 1 to {len(states)} once")
    return [_one(Or, [states[n - 1] for n in rank]) for rank in numbers if rank]


def _coalitions(root: Node, actors: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    found = []
    for node in root.items("coalitions"):
        numbers = list(node) if node.is_list else [node]
        members = dict.fromkeys(n.number(0, len(actors) - 1, "a decision maker") for n in numbers)
        if len(members) > 1:
            found.append(tuple(actors[number] for number in members))
    return tuple(dict.fromkeys(found))


def _unseen(
    actors: Sequence[str], makers: Sequence[Node], names: Mapping[int, str]
) -> Iterator[tuple[str, tuple[Formula, ...]]]:
    """Give the states that each decision maker does not see, where there are any."""
    for actor, maker in zip(actors, makers, strict=True):
        conditions = [_condition(c, names) for c in maker.items("misperceptions")]
        if conditions:
            yield actor, tuple(_formula(condition, names) for condition in conditions)


def _unshown(root: Node, named: Iterable[Node]) -> Iterator[Problem]:
    """Give the names that hold what a terminal would obey instead of showing it."""
    for name in (node["name"] for node in named):
        if name.value != name.text():
            yield Problem(
                Location(root.file),
                "control-character",
                f"{name.where} holds a character that is not shown but obeyed.",
                "Delete it; it was read as a space.",
                Severity.WARNING,
            )


def _no_state(root: Node, conflict: Conflict) -> Iterator[Problem]:
    if no_state(conflict):
        yield Problem(
            Location(root.file),
            "no-feasible-state",
            "No state is feasible: the conditions in infeasibles leave none.",
            "Take one of them out of infeasibles.",
        )


def _unused(root: Node, nobodys: Sequence[str]) -> Iterator[Problem]:
    """Give what the file says and melian makes no use of."""
    at = Location(root.file)
    for option in nobodys:
        yield Problem(
            at,
            "option-without-owner",
            f'No decision maker has the option "{option}", so it never changes.',
            "Add its number to the options of a decision maker.",
            Severity.WARNING,
        )
