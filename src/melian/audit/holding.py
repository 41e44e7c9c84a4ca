"""Whether a few elements can hold together, and what follows from them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from pysat.solvers import Minisat22

from melian.audit.encoding import Vocabulary, clauses
from melian.audit.search.work import PRICE
from melian.effort import OutOfWork, Work

if TYPE_CHECKING:
    from collections.abc import Iterable

    from melian.audit.encoding import Element
    from melian.audit.search.clauses import Clause
    from melian.case.formula import Signed

_STEPS = 1_000_000
"""What one question may take; a few dozen elements that are hard to satisfy may never answer."""


def can_hold(elements: Iterable[Element], claims: Iterable[Signed] = ()) -> bool:
    """Tell whether elements can hold together while all the claims do.

    A question that would take too much work is answered with no.
    """
    vocabulary = Vocabulary()
    groups = [clauses(element, vocabulary) for element in elements]
    units: list[Clause] = [(vocabulary.literal(claim),) for claim in claims]
    with Minisat22(bootstrap_with=[*itertools.chain(*groups), *units]) as solver:
        try:
            return Work(_STEPS, PRICE).solve(solver)
        except OutOfWork:
            return False
