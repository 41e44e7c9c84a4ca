"""Clauses as the search takes them: literals are non-zero integers, as in DIMACS."""

from __future__ import annotations

Clause = tuple[int, ...]
"""Literals of which one must hold."""

Group = tuple[Clause, ...]
"""Clauses that stand or fall together."""
