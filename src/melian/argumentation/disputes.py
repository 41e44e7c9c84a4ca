"""Disputes over an argument: who attacks with what, and what answers that.

A proponent puts an argument forward; an opponent answers with everything that attacks it; the
proponent answers each attack with one argument, which is attacked in turn. The proponent wins when
every attack is answered. If it only ever answers with arguments of lower rank, the dispute wins the
grounded game, and the argument is justified; if it answers with members of one admissible set, it
wins the credulous game, and the argument can be maintained (Modgil & Caminada 2009). What a side
has put forward once is referred to when it comes up again: what answered it then answers it now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from melian.case.framework import Framework

Side = Literal["proponent", "opponent"]


@dataclass(frozen=True, slots=True)
class Move:
    """An argument put forward in a dispute.

    Attributes:
        number: its place, from 1.
        side: whose move it is.
        argument: the number of the argument.
        answers: the number of the move that it attacks; 0 when it attacks none.
        before: the number of the move in which this side put the same argument forward first; 0
            when it is new. What answers that move answers this one.
    """

    number: int
    side: Side
    argument: int
    answers: int = 0
    before: int = 0


def dispute(
    framework: Framework, argument: int, members: Collection[int], ranks: Sequence[int] = ()
) -> tuple[Move, ...]:
    """Give a dispute that the proponent of an argument wins.

    Args:
        framework: the arguments and attacks.
        argument: what the proponent puts forward first.
        members: what the proponent may use: an admissible set that holds the argument, or all that
            is labelled in.
        ranks: of the grounded labelling, for the grounded game.
    """
    attackers = framework.attackers()

    def answer(attacker: int, said: Collection[int]) -> int:
        known = [each for each in attackers[attacker] if each in members]
        if ranks:
            return min(known, key=lambda each: ranks[each])
        again = [each for each in known if each in said]
        return min(again or known, key=lambda each: len(attackers[each]))

    moves = [Move(1, "proponent", argument)]
    said, met = {argument: 1}, dict[int, int]()
    open_ = [(each, 1) for each in reversed(attackers[argument])]
    while open_:
        attacker, attacks = open_.pop()
        at = len(moves) + 1
        moves.append(Move(at, "opponent", attacker, attacks, met.get(attacker, 0)))
        if met.setdefault(attacker, at) != at:
            continue
        reply = answer(attacker, said)
        moves.append(Move(at + 1, "proponent", reply, at, said.get(reply, 0)))
        if said.setdefault(reply, at + 1) == at + 1:
            open_ += [(each, at + 1) for each in reversed(attackers[reply])]
    return tuple(moves)


def defeat(
    framework: Framework,
    arguments: Collection[int],
    members: Collection[int],
    ranks: Sequence[int],
) -> tuple[Move, ...]:
    """Give disputes over arguments that are labelled out, one after the other, each of them lost.

    The opponent attacks each with an argument that is labelled in, and then plays the grounded
    game over that one as its proponent would.

    Args:
        framework: the arguments and attacks.
        arguments: what the proponent puts forward, all of it labelled out.
        members: all that is labelled in.
        ranks: of the grounded labelling.
    """
    attackers, moves = framework.attackers(), list[Move]()
    for number in arguments:
        first = len(moves) + 1
        best = min((a for a in attackers[number] if a in members), key=lambda a: ranks[a])
        won = dispute(framework, best, members, ranks)
        moves.append(Move(first, "proponent", number))
        moves += [_turned(move, first) for move in won]
    return tuple(moves)


def _turned(move: Move, shift: int) -> Move:
    """Give a move of the dispute over an attack as a move of the dispute over what it attacks."""
    return replace(
        move,
        number=move.number + shift,
        side="opponent" if move.side == "proponent" else "proponent",
        answers=move.answers + shift,
        before=move.before + shift if move.before else 0,
    )
