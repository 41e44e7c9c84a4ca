"""Whom a statement binds, and to what: persons speak for organisations, with dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.formula import Atom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.dates import Date
    from melian.case.model import Case


def party_of(case: Case, actor: str, when: Date | None) -> tuple[str, ...]:
    """Give the actors that are bound by what ``actor`` says on a date.

    They are the ends of the chains of ``speaks_for`` that hold on that date (on any date, when
    it is None), in the order of the file; the actor itself where it speaks for nobody. A tie to
    an actor that the case does not have is passed over, as the checks report it.

    >>> from melian.case.model import Actor, Case, Tie
    >>> rogozin = Actor("rogozin", "Rogozin", "person", speaks_for=(Tie("russia"),))
    >>> case = Case("c", actors={"russia": Actor("russia", "Russia"), "rogozin": rogozin})
    >>> party_of(case, "rogozin", None)
    ('russia',)
    """
    if actor not in case.actors or not case.actors[actor].speaks_for:
        return (actor,)
    seen = {actor}
    ends: dict[str, None] = {}
    queue = [actor]
    for speaker in queue:
        bound = tuple(_speaks_for(case, speaker, when))
        if not bound:
            ends[speaker] = None
        fresh = [each for each in dict.fromkeys(bound) if each not in seen]
        seen.update(fresh)
        queue.extend(fresh)
    return tuple(ends) or (actor,)  # a circle has no end: each in it speaks for itself


def bare(case: Case, atom: Atom) -> Atom:
    """Give what naming an atom refers to: a principle without its arguments, all else as it is.

    Whoever invokes a principle is bound by it for every instance, not only for the one named.

    >>> from melian.case.formula import parse
    >>> from melian.case.model import Case, Principle
    >>> will = Principle("people-decide", ("x",), then=parse("may-leave(x)"))
    >>> case = Case("c", principles={"people-decide": will})
    >>> str(bare(case, parse("people-decide(kosovo)"))), str(bare(case, parse("may-leave(kosovo)")))
    ('people-decide', 'may-leave(kosovo)')
    """
    return Atom(atom.name) if atom.name in case.principles else atom


def _speaks_for(case: Case, actor: str, when: Date | None) -> Iterator[str]:
    ties = case.actors[actor].speaks_for if actor in case.actors else ()
    for tie in ties:
        if tie.actor in case.actors and (when is None or tie.period.overlaps(when)):
            yield tie.actor
