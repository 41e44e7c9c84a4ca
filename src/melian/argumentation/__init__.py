"""Which arguments stand, given which attack which: extensions, acceptance, and disputes over one.

:func:`extensions` lists the sets of arguments that can be maintained together, :func:`acceptance`
says which arguments are in some or in all of them, :func:`grounded` labels without searching.
"""

from melian.argumentation.accepting import acceptance
from melian.argumentation.extending import admissible, extensions, one_extension
from melian.argumentation.grounded import grounded
from melian.argumentation.result import Acceptance, Extensions, Label, Labelling, Semantics

__all__ = [
    "Acceptance",
    "Extensions",
    "Label",
    "Labelling",
    "Semantics",
    "acceptance",
    "admissible",
    "extensions",
    "grounded",
    "one_extension",
]
