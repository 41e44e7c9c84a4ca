"""Conflicts too large for arrays: states as formulas, stability by calls of a SAT solver."""
