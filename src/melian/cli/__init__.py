"""The command line: one module per group of commands, each a thin coat over a verb."""

from melian.cli.app import main

__all__ = ["main"]
