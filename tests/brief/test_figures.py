"""The drawings: parsable, named, inside their frame, no label over another."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from harbour import brief as harbour
from harbour import figures, levers, outcomes, stances
from hypothesis import given, settings
from hypothesis import strategies as st
from test_printers import Page

from melian.brief.citations import anchor
from melian.brief.drawing import SMALL, Box, element, percent, text_width, words, wrap
from melian.brief.figures.argument_map import (
    ArgumentEdge,
    ArgumentGraph,
    ArgumentNode,
    Role,
    argument_map,
)
from melian.brief.figures.lever_bars import LeverRow, lever_bars
from melian.brief.figures.outcome_grid import Holds, OutcomeRow, ReadingColumn, outcome_grid
from melian.brief.figures.stance_matrix import ConceptRow, Party, Stance, stance_matrix
from melian.brief.html import html
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.brief.document import Figure

SVG = "{http://www.w3.org/2000/svg}"
SAMPLES = figures()


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - we wrote it


def labels(svg: str) -> Iterator[tuple[str, Box]]:
    """Give every line of text with the box it fills, by the measure of the helper."""
    for text in parsed(svg).iter(f"{SVG}text"):
        size = float(text.get("font-size", "12"))
        bold = text.get("font-weight") == "600"
        lines = text.findall(f"{SVG}tspan") or [text]
        for line in lines:
            said = "".join(line.itertext())
            wide = text_width(said, size, bold=bold)
            x, y = float(line.get("x")), float(line.get("y"))
            x -= {"middle": wide / 2, "end": wide}.get(text.get("text-anchor"), 0)
            box = Box(x, y - size * 0.8, wide, size)
            yield said, turned(box, text.get("transform"))


def turned(box: Box, transform: str | None) -> Box:
    if transform is None:
        return box
    angle, about_x, about_y = map(float, re.findall(r"-?[\d.]+", transform))
    assert angle == -90
    # (x, y) goes to (about_x + (y - about_y), about_y - (x - about_x))
    x = about_x + box.y - about_y
    y = about_y - (box.x + box.width - about_x)
    return Box(x, y, box.height, box.width)


def assert_sound(figure: Figure) -> None:
    root = parsed(figure.svg)
    width, height = map(float, root.get("viewBox").split()[2:])
    assert root.find(f"{SVG}title").text.split() == figure.title.split()
    assert " ".join(root.find(f"{SVG}desc").text.split()) == " ".join(figure.alt.split())
    assert figure.alt.endswith(".")
    found = list(labels(figure.svg))
    for said, box in found:
        assert box.x >= -0.01, said
        assert box.x + box.width <= width + 0.01, said
        assert box.y >= -0.01, said
        assert box.y + box.height <= height, said
    for (one, a), (other, b) in combinations(found, 2):
        assert not a.overlaps(b), (one, other)
    sizes = [float(e.get("font-size")) for e in root.iter() if e.get("font-size")]
    assert min(sizes) >= 11


@pytest.mark.parametrize("figure", SAMPLES, ids=lambda figure: figure.id)
def test_samples_are_sound(figure):
    assert_sound(figure)


def test_figures_fit_a_page_and_their_links_lead_to_records():
    page = Page(html(harbour(SAMPLES)))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    inside = [h[1:] for h in page.values("href") if h.startswith("#")]
    assert set(inside) <= set(ids)
    assert ids.count("map-passage-desc") == 1
    linked = re.findall(r'href="#([^"]+)"', SAMPLES[4].svg)
    expected = {anchor(r) for r in harbour().records if r.number in {6, 12, 18, 24, 23, 7, 14}}
    assert set(linked) == expected


def test_every_paint_has_a_class_in_the_page_and_a_colour_of_its_own():
    style = re.search(r"<style>(.*?)</style>", html(harbour()), re.DOTALL).group(1)
    known = set(re.findall(r"svg \.([\w-]+)", style))
    for figure in SAMPLES:
        for found in parsed(figure.svg).iter():
            paints = (found.get("class") or "").split()
            assert set(paints) <= known
            assert not paints or found.get("fill") or found.get("stroke")


def counted(svg: str, tag: str, **attributes: str) -> int:
    return sum(
        all(e.get(name) == value for name, value in attributes.items())
        for e in parsed(svg).iter(f"{SVG}{tag}")
    )


def test_outcome_grid_draws_a_mark_for_each_cell():
    sides = [(a, b) for a in "xy" for b in "pq"]
    columns = [ReadingColumn(side, weight=i + 1) for i, side in enumerate(sides)]
    rows = [
        OutcomeRow("One", "", 1.0, (Holds.ALL, Holds.ALL, Holds.NASH, Holds.WEAKER)),
        OutcomeRow("Two", "A waits", 0.4, (Holds.NO, Holds.NO, Holds.NO, Holds.WEAKER)),
    ]
    figure = outcome_grid(rows, columns, ["First", "Second"])
    assert_sound(figure)
    legend = 1
    assert counted(figure.svg, "circle", **{"class": "ink edge"}) == 2 + legend
    assert counted(figure.svg, "circle", r="4.5") == 3 + 2 * legend
    assert counted(figure.svg, "circle", r="2.48") == 2 + legend
    assert figure.alt == (
        "2 outcomes, drawn under 10 combinations of readings over First and Second. "
        "One holds under every combination: under all five concepts in 3, as a Nash "
        "equilibrium short of all five in 3 and under weaker concepts only in 4 of "
        "those drawn. Two (A waits) holds under 40% of all combinations: under weaker concepts "
        "only in 4 of those drawn."
    )
    cut = outcome_grid(rows, columns, ["First", "Second"], total=64)
    assert cut.caption.endswith("stand for 10 of 64 combinations; the others are not drawn.")
    assert cut.alt.endswith("the others are not drawn.")


def test_outcome_grid_sorts_columns_and_keeps_each_cell_with_its_column():
    columns = [ReadingColumn((s,)) for s in ("b", "a", "b", "a")]
    rows = [OutcomeRow("One", "", 0.5, (Holds.ALL, Holds.NO, Holds.ALL, Holds.NO))]
    svg = outcome_grid(rows, columns, ["Side"]).svg
    full = [e for e in parsed(svg).iter(f"{SVG}circle") if e.get("class") == "ink edge"]
    xs = sorted(float(e.get("cx")) for e in full)[1:]  # the first is the legend's
    heads = {said: box for said, box in labels(svg) if said in {"a", "b"}}
    assert abs(heads["b"].x + heads["b"].width / 2 - sum(xs) / 2) < 1
    assert heads["b"].x < heads["a"].x


def test_outcome_grid_names_what_does_not_fit():
    column = ReadingColumn(("x",))
    with pytest.raises(UsageError, match="give one side for each"):
        outcome_grid([], [column], [])
    with pytest.raises(UsageError, match="give one cell for each"):
        outcome_grid([OutcomeRow("One", "", 1, ())], [column], ["First"])


def test_stance_matrix_says_each_stance_in_words():
    cells = {
        ("c", "a"): Stance(asserts=2, shown_against=1),
        ("c", "b"): Stance(denies=1),
        ("d", "b"): Stance(shown=3),
    }
    parties = [Party("a", "Aland"), Party("b", "Bruin")]
    concepts = [ConceptRow("c", "The quay opens"), ConceptRow("d", "It rains"),
                ConceptRow("e", "It snows")]  # fmt: skip
    figure = stance_matrix(parties, concepts, cells)
    assert_sound(figure)
    assert figure.alt == (
        "The quay opens: Aland asserts it (2) and shows the contrary by deeds (1); "
        "Bruin denies it (1). It rains: Bruin shows it by deeds (3). "
        "It snows: no one speaks to it."
    )
    numbers = Counter(said for said, _ in labels(figure.svg) if said.isdigit())
    assert numbers == Counter(["3", "1", "3"])


def test_lever_bars_place_dots_by_share():
    figure = lever_bars([LeverRow("Pull", 0.25, 0.75), LeverRow("Push", 0.5, 0.5)], "peace")
    assert_sound(figure)
    ticks = {s: b.x + b.width / 2 for s, b in labels(figure.svg) if s in {"0%", "100%"}}
    scale = ticks["100%"] - ticks["0%"]
    circles = list(parsed(figure.svg).iter(f"{SVG}circle"))[:4]
    shares = [(float(e.get("cx")) - ticks["0%"]) / scale for e in circles]
    assert shares == pytest.approx([0.25, 0.75, 0.5, 0.5], abs=0.002)
    assert "Pull: the share in which peace holds rises from 25% to 75%." in figure.alt
    assert "Push: peace holds in 50% of combinations, as before." in figure.alt


def test_lever_bars_go_on_to_what_is_possible_and_tell_alike_rows_at_once():
    rows = [
        LeverRow("Pull", 0.25, 0.5, 0.75),
        LeverRow("Push", 0.25, 0.25, 0.25),
        LeverRow("Wait", 0.25, 0.25, 0.25),
    ]
    figure = lever_bars(rows, "peace")
    assert_sound(figure)
    ticks = {s: b.x + b.width / 2 for s, b in labels(figure.svg) if s in {"0%", "100%"}}
    scale = ticks["100%"] - ticks["0%"]
    bars = list(parsed(figure.svg).iter(f"{SVG}rect"))
    assert len(bars) == 2, "one range, and one in the legend"
    assert (float(bars[0].get("x")) - ticks["0%"]) / scale == pytest.approx(0.5, abs=0.002)
    assert float(bars[0].get("width")) / scale == pytest.approx(0.25, abs=0.002)
    assert "rises from 25% to 50%, and it is possible in 75%." in figure.alt
    assert "Push and Wait: peace is sure in 25% of combinations, as before" in figure.alt


def test_argument_map_names_an_edge_to_nowhere():
    with pytest.raises(UsageError, match='"z", which is no node'):
        argument_map(ArgumentGraph("T", (), (ArgumentEdge("z", "z"),)))


def test_argument_map_says_what_rests_on_what():
    nodes = (
        ArgumentNode("a", "It rains.", Role.SAID),
        ArgumentNode("b", "Rain wets", Role.RULE),
        ArgumentNode("c", "It is wet", Role.DERIVED),
    )
    edges = (ArgumentEdge("a", "c"), ArgumentEdge("b", "c"))
    figure = argument_map(ArgumentGraph("T", nodes, edges))
    said = "“It is wet” (follows) rests on “It rains” (said) and “Rain wets” (rule)."
    assert figure.alt == said


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn", "Mn", "Me"])
TEXT = st.one_of(
    st.text(LETTERS, min_size=1, max_size=30).filter(str.strip),
    st.lists(st.sampled_from(["harm", "WWWWWWWWWWWWWWWWWWW", "quay", "by-law"]), min_size=1,
             max_size=14).map(" ".join),
)  # fmt: skip
QUICK = settings(max_examples=25, deadline=None)


@st.composite
def grids(draw):
    levels = draw(st.integers(0, 4))
    sides = [draw(st.lists(TEXT, min_size=1, max_size=3, unique=True)) for _ in range(levels)]
    columns = draw(
        st.lists(
            st.builds(
                ReadingColumn,
                st.tuples(*(st.sampled_from(s) for s in sides)),
                st.integers(1, 9),
            ),
            min_size=1,
            max_size=32,
        )
    )
    holds = st.lists(st.sampled_from(Holds), min_size=len(columns), max_size=len(columns))
    row = st.builds(OutcomeRow, TEXT, TEXT, st.floats(0, 1), holds.map(tuple))
    return draw(st.lists(row, max_size=4)), columns, [draw(TEXT) for _ in range(levels)]


@QUICK
@given(grids())
def test_any_outcome_grid_is_sound(grid):
    assert_sound(outcome_grid(*grid))


@QUICK
@given(st.data())
def test_any_stance_matrix_is_sound(data):
    parties = [Party(str(i), n) for i, n in enumerate(data.draw(st.lists(TEXT, max_size=10)))]
    concepts = [
        ConceptRow(str(i), text, group)
        for i, (text, group) in enumerate(
            data.draw(st.lists(st.tuples(TEXT, st.one_of(st.just(""), TEXT)), max_size=6))
        )
    ]
    count = st.integers(0, 99)
    stance = st.builds(Stance, count, count, count, count)
    cells = {(c.id, p.id): data.draw(stance) for c in concepts for p in parties}
    assert_sound(stance_matrix(parties, concepts, cells))


@QUICK
@given(
    st.lists(
        st.builds(LeverRow, TEXT, st.floats(0, 1), st.floats(0, 1), st.none() | st.floats(0, 1)),
        max_size=6,
    ),
    TEXT,
)
def test_any_lever_chart_is_sound(rows, target):
    assert_sound(lever_bars(rows, target))


@st.composite
def arguments(draw):
    texts = draw(st.lists(TEXT, min_size=1, max_size=9))
    names = [str(i) for i in range(len(texts))]
    records = [f"r{i}" for i in range(12)]
    nodes = tuple(
        ArgumentNode(name, text, draw(st.sampled_from(Role)),
                     tuple(draw(st.lists(st.sampled_from(records), max_size=12))))
        for name, text in zip(names, texts, strict=True)
    )  # fmt: skip
    ends = st.sampled_from(names)
    edges = tuple(draw(st.lists(st.builds(ArgumentEdge, ends, ends), max_size=12)))
    return ArgumentGraph(draw(TEXT), nodes, edges, {r: i + 90 for i, r in enumerate(records)})


def sampled(route: str) -> Iterator[tuple[float, float]]:
    """Give points along a path of M, V and C."""
    x = y = 0.0
    for command, given_text in re.findall(r"([MVC])([^MVC]*)", route):
        numbers = [float(n) for n in given_text.split()]
        if command == "M":
            x, y = numbers
        elif command == "V":
            start, y = y, numbers[0]
            yield from ((x, start + (y - start) * t / 8) for t in range(9))
        else:
            x1, y1, x2, y2, x3, y3 = numbers
            for t in (i / 16 for i in range(17)):
                a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
                yield a * x + b * x1 + c * x2 + d * x3, a * y + b * y1 + c * y2 + d * y3
            x, y = x3, y3


@QUICK
@given(arguments())
def test_any_argument_map_is_sound_and_its_arrows_pass_no_node(argument):
    figure = argument_map(argument)
    assert_sound(figure)
    root = parsed(figure.svg)
    nodes = [r for r in root.iter(f"{SVG}rect") if "paper" in r.get("class")
             or "wash" in r.get("class")]  # fmt: skip
    assert len(nodes) == len(argument.nodes)
    boxes = [Box(*(float(r.get(n)) for n in ("x", "y", "width", "height"))) for r in nodes]
    for a, b in combinations(boxes, 2):
        assert not a.overlaps(b)
    for _, box in labels(figure.svg):
        assert sum(
            b.x <= box.x and box.x + box.width <= b.x + b.width + 0.01
            and b.y <= box.y and box.y + box.height <= b.y + b.height
            for b in boxes
        ) == 1  # fmt: skip
    routes = [p.get("d") for p in root.iter(f"{SVG}path") if p.get("class") == "quiet-edge"]
    assert len(routes) == sum(edge.tail != edge.head for edge in argument.edges)
    for x, y in (point for route in routes for point in sampled(route)):
        for b in boxes:
            inside = b.x < x < b.x + b.width and b.y + 0.02 < y < b.y + b.height - 0.02
            assert not inside


def test_nothing_in_a_figure_is_markup():
    evil = "<script>alert('&')</script>\x00\ufffe"
    party, concept = Party("p", evil), ConceptRow("c", evil, evil)
    node = ArgumentNode("n", evil, Role.CLASH, ("r",))
    drawn = [
        stance_matrix([party], [concept], {("c", "p"): Stance(1)}, anchor="a"),
        outcome_grid([OutcomeRow(evil, evil, 1, (Holds.ALL,))], [ReadingColumn((evil,))], [evil]),
        lever_bars([LeverRow(evil, 0, 1)], evil),
        argument_map(ArgumentGraph(evil, (node,), (), {"r": 1})),
    ]
    for figure in drawn:
        tags = {e.tag for e in parsed(figure.svg).iter()}
        assert f"{SVG}script" not in tags
        assert "alert" in figure.svg


@given(TEXT, st.floats(8, 400))
def test_wrapping_loses_no_letter_and_keeps_the_width(text, width):
    lines = wrap(text, width, SMALL)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert text_width(line, SMALL) <= width or len(line) == 1


@given(TEXT)
def test_text_survives_the_builder(text):
    found = parsed(element("text", words(text), note=text))
    assert found.text == text
    assert found.get("note").split() == text.split()


def test_measured_width_is_that_of_helvetica():
    # from the metrics published with the face: advance widths in thousandths
    helvetica = {"a": 556, "i": 222, "W": 944, "M": 833, " ": 278, "0": 556, "%": 889, "m": 833}
    for letter, units in helvetica.items():
        assert units <= text_width(letter, 1000) <= 1.35 * units


def test_shares_read_as_people_say_them():
    assert [percent(s) for s in (0, 0.001, 0.125, 0.5, 0.9999, 1)] == [
        "0%", "1%", "13%", "50%", "99%", "100%",
    ]  # fmt: skip


def test_figures_are_frozen_and_repeatable():
    assert [stances(), outcomes(), levers()] == list(SAMPLES[:3])
    with pytest.raises(dataclasses.FrozenInstanceError):
        SAMPLES[0].svg = ""
