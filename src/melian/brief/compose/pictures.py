"""Two figures of a brief: the argument behind a finding, and what the levers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.audit import explain
from melian.brief.figures.argument_map import (
    ArgumentEdge,
    ArgumentGraph,
    ArgumentNode,
    Role,
    argument_map,
)
from melian.brief.figures.lever_bars import LeverRow, lever_bars
from melian.case.wording import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.audit.result import Finding
    from melian.brief.document import Figure
    from melian.brief.gathering import Aim, Pull
    from melian.case.model import Case


def argument(case: Case, finding: Finding, numbers: Mapping[str, int]) -> Figure:
    """Draw the argument behind a finding."""
    found = explain.argument(case, finding)
    graph = ArgumentGraph(
        title="Why this does not hold together",
        nodes=tuple(
            ArgumentNode(node.id, node.text, Role(str(node.role)), node.records)
            for node in found.nodes
        ),
        edges=tuple(ArgumentEdge(tail, head) for tail, head in found.edges),
        numbers=numbers,
    )
    return argument_map(graph, anchor=f"argument-{finding.id}")


def levers(case: Case, aim: Aim) -> Figure:
    """Draw in how many combinations each lever makes the target sure."""
    before = aim.reach.assured
    groups = ("alone", "exchange", "all")
    ordered = sorted(aim.pulls, key=lambda p: (groups.index(p.together), -p.reach.assured))
    rows = [LeverRow(_title(case, pull), before, pull.reach.assured) for pull in ordered]
    return lever_bars(rows, "the outcome sought")


def _title(case: Case, pull: Pull) -> str:
    if pull.together == "all":
        return f"All {len(pull.levers)} together"
    words = [lever.label or lever.id.replace("-", " ") for lever in pull.levers]
    if pull.together == "exchange":
        return f"{words[0]}, exchanged for: {words[1]}"
    return f"{words[0]} ({name_of(case, pull.levers[0].by)})"
