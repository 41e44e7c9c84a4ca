"""Networks as files: for spreadsheets, for programs that analyse or draw graphs, and as data."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from melian.problems import TooLarge, UsageError
from melian.verbs.networks import network, networks
from melian.verbs.words import known

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from melian.discourse.networks.building import Network
    from melian.discourse.networks.windows import Window
    from melian.discourse.statements.table import Table
    from melian.formats.graphs.graph import Graph
    from melian.verbs.networks import Moving

FORMATS = ("csv", "json", "graphml", "gexf", "svg", "matrix.svg", "events")
"""What a network is written as; events are the statements that count, one a line; as .svg, it is a
map of who is tied to whom, as .matrix.svg a matrix."""

DOUBLE = {".events.csv": "events", ".matrix.svg": "matrix.svg"}
"""Endings of two parts that say a format."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a text.

    Attributes:
        form: one of :data:`FORMATS`.
        title: what the statements are of.
        statements: whether ties come with the statements behind them; None for whether they can,
            in formats that have room for them (.graphml, .gexf).
    """

    form: str
    title: str = ""
    statements: bool | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A network as text, and whether what stands behind ties had to be left out."""

    text: str
    short: bool = False


def network_format(asked: str, file: Path | None) -> str:
    """Give the format that is asked for, or that the ending of a file says; none for neither.

    Raises:
        UsageError: there is no such format.
    """
    if asked:
        return known("--format", asked, FORMATS)
    if file is None:
        return ""
    name = file.name.lower()
    for ending, form in DOUBLE.items():
        if name.endswith(ending):
            return form
    ending = name.rpartition(".")[2]
    if "." in name and ending in FORMATS and ending not in DOUBLE.values():
        return ending
    raise UsageError(
        f'"{file.name}" does not say what to write. End it in .csv, .json, .graphml, .gexf, '
        ".svg, .matrix.svg or .events.csv, or say it with --format."
    )


def network_data(found: Network, table: Table | None = None) -> dict[str, Any]:
    """Give a network as data; with the statements behind the ties, if their table is given.

    Raises:
        TooLarge: there are too many of them.
    """
    from melian.discourse.networks.form import network_form

    return network_form(found, table)


def series_data(
    series: Sequence[tuple[Window, Network]], moving: Moving, table: Table | None = None
) -> dict[str, Any]:
    """Give the networks of windows as data, likewise."""
    from melian.discourse.networks.form import series_form

    return series_form(series, moving.unit, moving.width, moving.kernel, table)


def network_text(table: Table, found: Network, wanted: Wanted) -> Written:
    """Give a network as the text of a file.

    Raises:
        UsageError: there is no such format.
        TooLarge: there are too many statements behind the ties, and they are asked for.
    """
    if wanted.form == "events":
        from melian.discourse.statements.writing import statements_csv

        return Written(statements_csv(table, found.statements))
    if wanted.form == "csv":
        from melian.discourse.networks.form import network_csv

        return Written(network_csv(found))
    if wanted.form in {"svg", "matrix.svg"}:
        from melian.verbs.discourse_pictures import network_picture

        return Written(network_picture(table, found, "map" if wanted.form == "svg" else "matrix"))
    if wanted.form == "json":
        return _json(network_data(found, table if wanted.statements else None))
    from melian.discourse.networks.graph import graph_of, parts_of

    parts = {name: network(table, each) for name, each in parts_of(found.design).items()}
    return _graph(
        wanted, lambda behind: graph_of(table, found, parts, wanted.title, statements=behind)
    )


def series_text(
    table: Table, series: Sequence[tuple[Window, Network]], moving: Moving, wanted: Wanted
) -> Written:
    """Give the networks of windows as the text of a file; as .csv, a tie a line.

    Raises:
        UsageError: the format has no room for time.
        TooLarge: there are too many statements behind the ties, and they are asked for.
    """
    if wanted.form in {"events", "graphml", "matrix.svg"}:
        told = {
            "events": "A list of statements has no windows",
            "graphml": "GraphML has no time",
            "matrix.svg": "The picture of a matrix has no time",
        }
        raise UsageError(f"{told[wanted.form]}. Leave out --window, or write .gexf, .csv or .json.")
    if wanted.form == "csv":
        from melian.discourse.networks.form import series_csv

        return Written(series_csv(series))
    if wanted.form == "svg":
        from melian.verbs.discourse_pictures import series_picture

        return Written(series_picture(table, series))
    if wanted.form == "json":
        return _json(series_data(series, moving, table if wanted.statements else None))
    from melian.discourse.networks.graph import graph_over_time, parts_of

    of = parts_of(series[0][1].design) if series else {}
    parts = {name: networks(table, each, moving) for name, each in of.items()}
    each = [{name: parts[name][number][1] for name in parts} for number in range(len(series))]
    how: dict[str, str | int] = {"unit": moving.unit, "width": moving.width, "step": moving.step}
    how |= {"kernel": moving.kernel} if moving.kernel else {}

    def built(behind: bool) -> Graph:
        graph = graph_over_time(table, series, each, wanted.title, statements=behind)
        return replace(graph, attributes={**graph.attributes, **how})

    return _graph(wanted, built)


def _json(data: dict[str, Any]) -> Written:
    return Written(json.dumps(data, ensure_ascii=False) + "\n")


def _graph(wanted: Wanted, built: Callable[[bool], Graph]) -> Written:
    """Write a graph; without the statements where they are too many and nobody asked for them."""
    from melian.formats.graphs.gexf import gexf
    from melian.formats.graphs.graphml import graphml

    write = graphml if wanted.form == "graphml" else gexf
    try:
        return Written(write(built(wanted.statements is not False)))
    except TooLarge:
        if wanted.statements:
            raise
    return Written(write(built(False)), short=True)
