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
from melian.case.wording import name_of, series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.audit.result import Finding
    from melian.brief.document import Figure
    from melian.case.model import Case, Lever
    from melian.readings.levers.result import DrawnPull, DrawnSearch, Pull, Search


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


def levers(case: Case, aim: Search | DrawnSearch) -> Figure:
    """Draw how sure each lever makes the target, and the smallest sets that suffice."""
    before = aim.baseline.holds_in("assured")
    rows = [_row(case, pull, before) for pull in aim.alone]
    rows.sort(key=lambda row: (-row.after, -(row.possible or 0)))
    rows += [_row(case, pull, before) for pull in aim.smallest if len(pull.levers) > 1]
    return lever_bars(rows, "the outcome sought")


def _row(case: Case, pull: Pull | DrawnPull, before: float) -> LeverRow:
    sure, possible = pull.holds_in("assured"), pull.holds_in("possible")
    return LeverRow(_title(case, pull), before, sure, possible)


def _title(case: Case, pull: Pull | DrawnPull) -> str:
    words = [label_of(lever) for lever in pull.levers]
    by = series(list(dict.fromkeys(name_of(case, lever.by) for lever in pull.levers)))
    return f"{' + '.join(words)} ({by})"


def label_of(lever: Lever) -> str:
    """Give a few words for a lever: its label, or its id in words."""
    return lever.label or lever.id.replace("-", " ")
