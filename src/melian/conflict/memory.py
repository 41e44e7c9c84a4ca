"""How much memory a model takes, said before any of it is taken."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from melian.conflict.result import Concept
from melian.problems import TooLarge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

MOST_OPTIONS = 30  # a state is the place of an entry in arrays, and such places are halves of words

_UNKNOWN = 2**31  # bytes allowed where nobody says how many there are
_SHARE = 0.75  # of what is available
_SPELT = 2**50  # bytes; beyond that many GB, a power of two says more
_BLOCKS = 2**25  # bytes of what is looked at in one go, whatever the model

_MEMINFO = Path("/proc/meminfo")
_GROUPS = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
)


def allowed() -> int:
    """Give how many bytes a model may take unless the caller says: three quarters of what is free.

    What is free is what the system reports as available, within the limits of a container; 2 GiB
    where it does not tell.
    """
    free = min((*_available(), *_within_group()), default=0)
    return int(free * _SHARE) if free else _UNKNOWN


def _available() -> Iterator[int]:
    try:
        lines = _MEMINFO.read_text(encoding="ascii").splitlines()
        yield next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable"))
    except (OSError, ValueError, IndexError, StopIteration):
        yield from _installed()


def _installed() -> Iterator[int]:
    try:
        yield os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (AttributeError, OSError, ValueError):
        return


def _within_group() -> Iterator[int]:
    for most, used in _GROUPS:
        try:
            yield max(int(Path(most).read_text()) - int(Path(used).read_text()), 1)
        except (OSError, ValueError):  # no such file, or "max"
            continue


def needed(
    owned: Sequence[int],
    irreversible: Sequence[int],
    concepts: Collection[Concept] = (),
    *,
    classes: bool = False,
) -> int:
    """Give how many bytes it takes at most to build a model, and to solve it.

    Args:
        owned: per actor, the bits of its options.
        irreversible: per option 0 where it may be taken and dropped.
        concepts: under which it is solved.
        classes: whether several decimals count as one state.
    """
    actors = len(owned)
    held = 10 + 8 * actors + 2 * actors * len(concepts)  # bytes per state, ranks and answers
    passing, fixed = 24, 0
    if {Concept.SEQ, Concept.SIM} & set(concepts):
        sorted_rows = sum(_sorted_rows(mask, irreversible) for mask in owned)
        held, passing = held + sorted_rows, 48 + 4 * actors
    if Concept.SIM in concepts:
        passing, fixed = max(passing, 40 + 16 * actors), _BLOCKS
        fixed += _several_owners(owned, len(irreversible))
    if classes:
        held, passing = held + 8, passing + (48 + 12 * actors if concepts else 0)
    return (held + passing << len(irreversible)) + fixed


def _sorted_rows(mask: int, irreversible: Sequence[int]) -> int:
    """Give the bytes per state of an actor's rows: half again for each irreversible option."""
    locked = sum(1 for bit, way in enumerate(irreversible) if way and mask >> bit & 1)
    each: int = (9 if locked else 8) * 3**locked
    return each >> locked


def _several_owners(owned: Sequence[int], options: int) -> int:
    """Give the bytes of SIM's sets of joint answers, where an option has several owners."""
    owners = [sum(mask >> bit & 1 for mask in owned) for bit in range(options)]
    if max(owners, default=0) <= 1:
        return 0
    shared = sum(1 << bit for bit, count in enumerate(owners) if count != 1)
    context = 1 << shared.bit_count()
    fewest = min((1 << (mask & ~shared).bit_count() for mask in owned), default=1)
    own = [1 << mask.bit_count() for mask in owned]
    sets = max((1 << options) // (fewest * context) // 8, 8)
    # An option of the context is changed by the actor, by others only, or by nobody.
    changes: int = 3 ** shared.bit_count()
    return (sum(own) + 2 * max(own, default=0) + sets * (changes + 4)) << options


def guard(
    owned: Sequence[int],
    irreversible: Sequence[int],
    concepts: Collection[Concept] = (),
    limit: int | None = None,
    *,
    classes: bool = False,
) -> None:
    """Refuse a model that would not fit, before any memory is taken.

    Args:
        owned: per actor, the bits of its options.
        irreversible: per option 0 where it may be taken and dropped.
        concepts: under which it is meant to be solved.
        limit: bytes it may take; what :func:`allowed` gives, when left out.
        classes: whether several decimals count as one state.

    Raises:
        TooLarge: the model needs more; the text says how much, and what to do.
    """
    limit = allowed() if limit is None else limit
    takes = needed(owned, irreversible, concepts, classes=classes)
    options = len(irreversible)
    if takes <= limit and options <= MOST_OPTIONS:
        return
    under = f" under {', '.join(concepts)}" if concepts else ""
    raise TooLarge(
        f"{options} options make 2^{options} states; solving them for {len(owned)} decision "
        f"makers{under} takes {memory(takes)} of memory, and {memory(limit)} are allowed. "
        f"{_instead(owned, irreversible, concepts, limit)}"
    )


def _instead(
    owned: Sequence[int], irreversible: Sequence[int], concepts: Collection[Concept], limit: int
) -> str:
    fewer = [concept for concept in concepts if concept is not Concept.SIM]
    if fewer and len(fewer) < len(concepts) and len(irreversible) <= MOST_OPTIONS:
        takes = needed(owned, irreversible, fewer)
        if takes <= limit:
            return f"Leave sim out of the concepts: then it takes {memory(takes)}."
    return (
        "Leave out options that decide little, merge options that are always taken together, or "
        "look only for equilibria of one kind: melian stability with --where takes any number."
    )


def memory(size: int) -> str:
    """Give a number of bytes as a sentence says it, however large it is.

    >>> memory(5 * 2**29), memory(64 << 1000)
    ('2.5 GB', '2^1006 bytes')
    """
    if size >= _SPELT:
        return f"2^{size.bit_length() - 1} bytes"
    return f"{size / 2**30:,.1f} GB"
