"""Nobody speaks for, or is a member of, itself in a roundabout way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.place import where
from melian.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from melian.case.model import Actor, Case, Tie

MOST_CIRCLES = 50


def check(case: Case) -> Iterator[Problem]:
    """Give one problem for each circle of ties."""
    yield from _circles(case, "speaks for", lambda actor: actor.speaks_for)
    yield from _circles(case, "is a member of", lambda actor: actor.member_of)


def _circles(case: Case, verb: str, ties: Callable[[Actor], tuple[Tie, ...]]) -> Iterator[Problem]:
    following = {
        name: {tie.actor: tie for tie in ties(actor) if tie.actor in case.actors}
        for name, actor in case.actors.items()
    }
    for _ in range(MOST_CIRCLES):
        if not _peel(following):
            return
        path = _walk(following)
        message = f" {verb} ".join([*path, path[0]]) + ": that is a circle."
        tie = following[path[0]][path[1] if len(path) > 1 else path[0]]
        yield Problem(where(tie.at), "circle", message[:400], "Take one of these ties out.")
        for name in path:
            del following[name]


def _peel(following: dict[str, dict[str, Tie]]) -> bool:
    """Take away all who lead nowhere, until those on circles (and before them) are left."""
    before: dict[str, list[str]] = {}
    for name, others in following.items():
        for other in others:
            before.setdefault(other, []).append(name)
    gone = [name for name, others in following.items() if not others.keys() & following.keys()]
    counts = {name: len(others.keys() & following.keys()) for name, others in following.items()}
    for name in gone:
        del following[name]
        for earlier in before.get(name, ()):
            counts[earlier] -= 1
            if counts[earlier] == 0:
                gone.append(earlier)
    return bool(following)


def _walk(following: Mapping[str, Mapping[str, Tie]]) -> list[str]:
    path: dict[str, None] = {}
    name = next(iter(following))
    while name not in path:
        path[name] = None
        name = next(other for other in following[name] if other in following)
    names = list(path)
    return names[names.index(name) :]
