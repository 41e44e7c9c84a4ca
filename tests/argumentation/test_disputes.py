"""Disputes over arguments of random frameworks, before a referee."""

from __future__ import annotations

import pytest
from random_frameworks import by_definition, framework
from referee import referee

from melian.argumentation import Label, admissible, grounded
from melian.argumentation.disputes import Move, defeat, dispute
from melian.case.framework import Framework

SEEDS = range(400)


def test_what_is_justified_wins_the_grounded_game() -> None:
    """No line of the dispute, followed through what is referred to, has a move of it twice."""
    for seed in SEEDS:
        given = framework(seed)
        labelling = grounded(given)
        inside = labelling.where(Label.IN)
        for argument in inside:
            moves = dispute(given, argument, inside, labelling.ranks)
            referee(given, moves, "proponent", [argument])
            assert all(no_circle(moves, number) for number in range(1, len(moves) + 1))


def no_circle(moves: tuple[Move, ...], number: int, above: frozenset[int] = frozenset()) -> bool:
    """Follow a move down every line; a proponent's argument must not recur (Modgil & Caminada)."""
    move = moves[number - 1]
    if move.side == "proponent":
        if move.argument in above:
            return False
        above |= {move.argument}
    below = [m.number for m in moves if m.answers == (move.before or number)]
    return all(no_circle(moves, each, above) for each in below)


def test_what_is_maintained_wins_the_credulous_game() -> None:
    played = 0
    for seed in SEEDS:
        given = framework(seed)
        for argument in range(len(given.arguments)):
            members = admissible(given, argument)
            if members is None:
                continue
            moves = dispute(given, argument, members)
            referee(given, moves, "proponent", [argument])
            said = frozenset(m.argument for m in moves if m.side == "proponent")
            if seed < 80:
                assert said in by_definition(given)["admissible"]
            played += 1
    assert played > 500


def test_what_is_defeated_loses_every_dispute() -> None:
    played = 0
    for seed in SEEDS:
        given = framework(seed)
        labelling = grounded(given)
        out, inside = labelling.where(Label.OUT), labelling.where(Label.IN)
        if out:
            moves = defeat(given, out, inside, labelling.ranks)
            referee(given, moves, "opponent", list(out))
            played += len(out)
    assert played > 100


UNFAIR = {
    "the last attack is left unanswered": lambda m: m[:-1],
    "attacks are left out": lambda m: m[:1],
    "it answers with what attacks nothing": lambda m: (*m[:2], Move(3, "proponent", 0, 2)),
    "it answers itself": lambda m: (*m[:2], Move(3, "opponent", 2, 2)),
}


@pytest.mark.parametrize("change", UNFAIR.values(), ids=UNFAIR)
def test_the_referee_is_no_pushover(change) -> None:
    chain = Framework(("a", "b", "c"), ((2, 1), (1, 0)))
    moves = dispute(chain, 0, [0, 2])
    referee(chain, moves, "proponent", [0])
    with pytest.raises(AssertionError):
        referee(chain, change(moves), "proponent", [0])
