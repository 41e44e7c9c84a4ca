"""The heat map: a cell for each figure, its sign told twice, and what is left out counted."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pictured import SVG, classed, named, names, parsed, pointed_at, sound

from melian.brief.figures.heat_map import MOST_COLUMNS, MOST_ROWS, HeatName, HeatTable, heat_map

cells = st.one_of(st.none(), st.integers(-2000, 2000), st.floats(-1, 1), st.just(float("nan")))


@st.composite
def tables(draw, most=9):
    groups = st.sampled_from(["", "camp A", "B" * 50])
    rows = tuple(HeatName(draw(names), draw(groups)) for _ in range(draw(st.integers(0, most))))
    if draw(st.booleans()):
        columns = rows
    else:
        columns = tuple(HeatName(draw(names)) for _ in range(draw(st.integers(0, most))))
    body = tuple(tuple(draw(cells) for _ in columns) for _ in rows)
    return HeatTable("Who with whom", rows, columns, body)


@settings(max_examples=80, deadline=None)
@given(tables())
def test_any_map_is_sound_names_everyone_and_repeats(table):
    figure = heat_map(table)
    sound(figure, 130)
    if table.rows and table.columns:
        assert all(named(figure, name.label) for name in (*table.rows, *table.columns))
    assert heat_map(table).svg == figure.svg


def numbered(rows: int, columns: int, size: float = 1.0) -> HeatTable:
    """Give a table whose figures grow with the numbers of row and column, of either sign."""
    body = tuple(
        tuple(size * (n + m + 1) * (-1) ** (n + m) for m in range(columns)) for n in range(rows)
    )
    return HeatTable(
        "x",
        tuple(HeatName(f"row {n}") for n in range(rows)),
        tuple(HeatName(f"column {m}") for m in range(columns)),
        body,
    )


def test_400_by_60_are_cut_to_those_with_the_largest_figures():
    figure = heat_map(numbered(400, 60))
    sound(figure)
    told = pointed_at(figure)
    rows = [n for n in range(400) if told[f"row {n}"]]
    assert rows == list(range(400 - MOST_ROWS, 400))
    cut = f"{400 - MOST_ROWS} rows and {60 - MOST_COLUMNS} columns with smaller figures left out."
    assert cut in figure.caption
    assert cut in figure.alt


def shown(figure) -> dict[str, object]:
    """Give the cells by what is told of them."""
    groups = parsed(figure.svg).iter(f"{SVG}g")
    return {"".join(g[0].itertext()): g for g in groups if " / " in "".join(g[0].itertext())}


def test_numbers_stand_in_the_cells_where_they_fit():
    table = numbered(3, 4)
    found = shown(heat_map(table))
    assert len(found) == 12
    for n, row in enumerate(table.cells):
        for m, cell in enumerate(row):
            said = f"−{-cell:.0f}" if cell < 0 else f"{cell:.0f}"
            group = found[f"row {n} / column {m}: {said}"]
            assert "".join(group.find(f"{SVG}text").itertext()) == said
            paint = "mover-1" if cell > 0 else "mover-2"
            assert group.find(f"{SVG}rect").get("class") == paint


def test_a_stroke_marks_what_is_below_zero_where_numbers_do_not_fit():
    table = numbered(6, 25, 1000.5)
    found = shown(heat_map(table))
    assert len(found) == 150
    for said, group in found.items():
        assert group.find(f"{SVG}text") is None
        assert (group.find(f"{SVG}line") is not None) == ("−" in said)


def test_the_larger_a_figure_the_darker_its_cell_for_either_sign():
    table = numbered(1, 12, 3.0)
    found = shown(heat_map(table))
    dark = [
        float(group.find(f"{SVG}rect").get("fill-opacity", 1))
        for _, group in sorted(found.items(), key=lambda each: int(each[0].split()[4].strip(":")))
    ]
    assert dark == sorted(dark)
    assert len(set(dark)) == 5


def test_the_diagonal_is_no_cell_and_what_cannot_be_compared_is_a_dot():
    both = tuple(HeatName(c) for c in "abc")
    table = HeatTable("x", both, both, ((9.0, 2.0, None), (2.0, 9.0, 0.0), (None, 0.0, 9.0)))
    figure = heat_map(table)
    assert sorted(shown(figure)) == ["a / b: 2", "b / a: 2"]
    assert len(classed(figure, "circle", "quiet")) == 3  # two, and the legend
    assert figure.alt == ("3 rows by 3 columns. Most agreement: a and b (2). No clash anywhere.")


def test_groups_have_headings_and_lines_between_them():
    rows = tuple(HeatName(f"r{n}", "one" if n < 2 else "two") for n in range(4))
    table = HeatTable("x", rows, rows, tuple((1.0,) * 4 for _ in rows))
    figure = heat_map(table)
    assert pointed_at(figure)["one"] == pointed_at(figure)["two"] == 1
    lines = classed(figure, "line", "edge")
    upright = [line for line in lines if line.get("x1") == line.get("x2")]
    level = [line for line in lines if line.get("y1") == line.get("y2")]
    assert (len(upright), len(level)) == (1, 1)


def test_nothing_gives_a_sentence():
    figure = heat_map(HeatTable("x", (), (), ()))
    sound(figure)
    assert figure.alt == "There is nothing to compare."
