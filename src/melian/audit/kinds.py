"""Which of the seven kinds a conflict is of, read off the set.

The first that fits, in this order:

1. **word against deed**: a commitment of the set is shown by deeds and said nowhere;
2. **double standard**: the set applies a principle to an instance, and it is the party that
   stands against what the principle says there (where several principles pull apart they are
   arguments that exclude each other; where facts alone speak against a principle, nobody has
   refused anything): see :mod:`melian.audit.standards`;
3. **disavowal**: a claim and its denial without any rule, where one side is only ever used as a
   reason, or where the claim is a principle;
4. **level split**: every statement behind the set carries a level, and at no single level is all
   of it said;
5. **reversal**: a claim and its denial without any rule, by at least one common speaker, all of
   one side before all of the other;
6. **dissent**: no single speaker says all of it (a party's own words count as one speaker);
7. **exclusive arguments**: anything else.

A conflict is minimal, so whatever is said at one level, or by one speaker, holds together as soon
as it is not the whole set: "consistent within, not in the union" needs no test of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.audit.result import Kind
from melian.audit.standards import is_double

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from melian.audit.clash import Clash
    from melian.case.dates import Date
    from melian.case.model import Statement

_Said = tuple[tuple["Statement", ...], ...]


def kind_of(clash: Clash) -> Kind:
    """Give the kind of a conflict: the first that fits."""
    return next((kind for kind, fits in _ORDER if fits(clash)), Kind.EXCLUSIVE_ARGUMENTS)


def earlier_first(said: _Said) -> tuple[int, int] | None:
    """Give which of two commitments was made before the other, or nothing when they overlap."""
    for first, second in ((0, 1), (1, 0)):
        before, after = _dates(said[first]), _dates(said[second])
        if before and after and max(d.last for d in before) < min(d.first for d in after):
            return first, second
    return None


def _dates(statements: Sequence[Statement]) -> list[Date]:
    """Give the dates of the statements; none when one of them has no date."""
    dates = [statement.date for statement in statements if statement.date is not None]
    return dates if len(dates) == len(statements) else []


def _is_word_against_deed(clash: Clash) -> bool:
    pairs = zip(clash.commitments, clash.said, strict=True)
    return any(commitment.deeds and not words for commitment, words in pairs)


def _is_disavowal(clash: Clash) -> bool:
    if not clash.is_denial:
        return False
    bound, principles = clash.commitments, clash.case.principles
    return any((c.warrants and not c.statements) or c.claim.atom.name in principles for c in bound)


def _is_level_split(clash: Clash) -> bool:
    given = all(statement.level for words in clash.said for statement in words)
    return given and _shares_no(lambda statement: statement.level, clash.said)


def _is_reversal(clash: Clash) -> bool:
    return clash.is_denial and not _is_dissent(clash) and earlier_first(clash.said) is not None


def _is_dissent(clash: Clash) -> bool:
    return _shares_no(lambda statement: statement.actor, clash.said)


def _shares_no(trait: Callable[[Statement], str], said: _Said) -> bool:
    """Tell whether every commitment is said somewhere, but no one trait goes with all of them."""
    traits = [{trait(statement) for statement in words} for words in said]
    return all(traits) and not set.intersection(*traits)


_ORDER: tuple[tuple[Kind, Callable[[Clash], bool]], ...] = (
    (Kind.WORD_AGAINST_DEED, _is_word_against_deed),
    (Kind.DOUBLE_STANDARD, is_double),
    (Kind.DISAVOWAL, _is_disavowal),
    (Kind.LEVEL_SPLIT, _is_level_split),
    (Kind.REVERSAL, _is_reversal),
    (Kind.DISSENT, _is_dissent),
)
