"""Analyse a dispute from what its parties say and do."""

__version__ = "0.1.0"
