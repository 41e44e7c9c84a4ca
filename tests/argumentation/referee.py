"""A referee of disputes, who knows only the rules of the games."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from melian.argumentation.disputes import Move
    from melian.case.framework import Framework


def referee(given: Framework, moves: tuple[Move, ...], winner: str, roots: list[int]) -> None:
    """Check that the winner answers each attack on what it says, and that all attacks are made."""
    assert [move.number for move in moves] == list(range(1, len(moves) + 1))
    attacks = set(given.attacks)
    by_number = {move.number: move for move in moves}
    assert [m.argument for m in moves if not m.answers] == roots
    for move in moves:
        if move.answers:
            target = by_number[move.answers]
            assert target.number < move.number
            assert target.side != move.side
            assert (move.argument, target.argument) in attacks
        if move.before:
            earlier = by_number[move.before]
            assert earlier.number < move.number
            assert (earlier.side, earlier.argument) == (move.side, move.argument)
            assert not earlier.before
    for move in moves:
        against = [each for each in moves if each.answers == move.number]
        if move.before:
            assert not against
        elif move.side == winner:
            attackers = [a for a, b in given.attacks if b == move.argument]
            assert sorted(each.argument for each in against) == sorted(attackers)
        else:
            assert len(against) == 1
