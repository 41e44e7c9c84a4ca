"""Several figures in one drawing: none over another, each with what stands above it."""

from __future__ import annotations

from itertools import pairwise

from pictured import SVG, parsed

from melian.brief.figures.interval_plot import Estimate, IntervalTable, interval_plot
from melian.brief.figures.stacking import stacked
from melian.brief.figures.switching import Strip, Switching, Tile, switching


def test_figures_stand_one_below_the_other():
    names = tuple(Estimate(f"e{n}", n) for n in range(7))
    wide = tuple(str(n) for n in range(80))
    figures = [
        interval_plot(IntervalTable("One & two", names, "position"), anchor="one"),
        switching(Switching("Wide", wide, (Strip("x", (Tile(0),) * 80),), ("a",)), anchor="two"),
        interval_plot(IntervalTable("Three", (), "position"), anchor="three"),
    ]
    root = parsed(stacked("All", figures))
    inner = root.findall(f"{SVG}svg")
    spans = [(float(s.get("y")), float(s.get("y")) + float(s.get("height"))) for s in inner]
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    assert float(root.get("height")) >= spans[-1][1]
    assert float(root.get("width")) == float(inner[1].get("width")) > 680
    heads = ["".join(text.itertext()) for text in root.findall(f"{SVG}text")]
    assert {"One & two", "Wide", "Three"} <= set(heads)
    assert "Three. Position cannot be told" in root.find(f"{SVG}desc").text
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids)) == 2 * 4


def test_none_gives_a_sentence():
    root = parsed(stacked("All", []))
    assert "There is nothing to draw." in "".join(root.itertext())
