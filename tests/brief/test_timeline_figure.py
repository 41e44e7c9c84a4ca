"""Figures over time: bars as high as counts, days where they belong, labels apart."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictured import classed, named, names, numbers, sound

from melian.brief.drawing import SMALL, text_width
from melian.brief.figures.level_line import Level, LevelLine, level_line
from melian.brief.figures.time_axis import TimeScale, ticks
from melian.brief.figures.timeline import MOST, Change, Counts, Milestone, Span, Timeline, timeline

days = st.dates(date(1990, 1, 1), date(2030, 1, 1))


def weeks(count: int, first: date = date(2011, 3, 7)) -> tuple[Span, ...]:
    begun = (first + timedelta(days=7 * n) for n in range(count))
    return tuple(Span(day, day + timedelta(days=6)) for day in begun)


@st.composite
def timelines(draw):
    units = weeks(draw(st.integers(0, 30)), draw(days))
    rows = [
        Counts(
            draw(names),
            tuple(draw(st.lists(st.integers(0, 500), min_size=len(units), max_size=len(units)))),
            tuple(draw(st.lists(st.sampled_from(units), max_size=2))) if units else (),
            tuple(Change(u.first, u.first, u.last) for u in units[:1]),
        )
        for _ in range(draw(st.integers(0, 5)))
    ]
    marks = st.builds(Milestone, st.sampled_from([u.last for u in units]) if units else days, names)
    return Timeline("When", units, tuple(rows), tuple(draw(st.lists(marks, max_size=8))))


@settings(max_examples=50, deadline=None)
@given(timelines())
def test_any_timeline_is_sound_names_everything_and_repeats(given_):
    figure = timeline(given_)
    sound(figure, 200)
    if given_.units and given_.rows:
        assert all(named(figure, row.name) for row in given_.rows)
    assert timeline(given_).svg == figure.svg


def test_bars_are_as_high_as_counts_and_stand_where_their_weeks_are():
    row = Counts("x", (4, 0, 8, 2))
    figure = timeline(Timeline("x", weeks(4), (row,), unit="week"))
    bars = classed(figure, "rect", "mover-1")[:3]
    tall = [float(bar.get("height")) for bar in bars]
    assert tall == pytest.approx([15, 30, 7.5])
    left = [float(bar.get("x")) for bar in bars]
    wide = float(bars[0].get("width")) + 1
    assert left[1] - left[0] == pytest.approx(2 * wide, abs=0.3)
    assert left[2] - left[1] == pytest.approx(wide, abs=0.3)
    assert figure.alt == "x: 14 statements, most in the week from 21 March 2011 (8)."


def test_400_rows_are_cut_and_counted():
    rows = tuple(Counts(f"row {n}", (1, 2)) for n in range(400))
    figure = timeline(Timeline("x", weeks(2), rows))
    sound(figure)
    assert f"{400 - MOST} others are not drawn." in figure.caption


def test_bursts_and_changes_are_drawn_and_told():
    span = weeks(6)
    row = Counts(
        "x",
        (1, 1, 9, 9, 1, 1),
        (Span(span[2].first, span[3].last),),
        (Change(span[2].first, span[1].first, span[3].last),),
    )
    figure = timeline(Timeline("x", span, (row,)))
    assert "a burst from 21 March 2011, a change on 21 March 2011" in figure.alt
    assert len(classed(figure, "line", "accent-edge")) == 2  # the burst, and the legend
    shade, bars = classed(figure, "rect", "wash")[0], classed(figure, "rect", "mover-1")
    assert float(shade.get("x")) == pytest.approx(float(bars[2].get("x")), abs=1)
    end = float(shade.get("x")) + float(shade.get("width"))
    assert end == pytest.approx(float(bars[3].get("x")) + float(bars[3].get("width")), abs=1)


def test_milestones_outside_are_counted():
    marks = (Milestone(date(2000, 1, 1), "before"), Milestone(date(2011, 3, 8), "within"))
    figure = timeline(Timeline("x", weeks(2), (Counts("x", (1, 2)),), marks))
    assert named(figure, "8 March 2011: within")
    assert "1 milestone before or after is not drawn." in figure.caption
    assert not named(figure, "1 January 2000")


@settings(max_examples=150, deadline=None)
@given(days, st.integers(1, 40_000), st.floats(120, 520))
def test_ticks_begin_units_of_the_calendar_and_their_words_are_apart(first, count, wide):
    scale = TimeScale(first, first + timedelta(days=count), 150, 150 + wide)
    found = ticks(scale)
    ends = [
        (scale.x(day) - text_width(text, SMALL) / 2, scale.x(day) + text_width(text, SMALL) / 2)
        for day, text in found
    ]
    assert all(one[1] < other[0] for one, other in pairwise(ends))
    assert all(scale.first <= day <= scale.last for day, _ in found)
    assert all(
        str(day.year) in text or day.year == found[n - 1][0].year
        for n, (day, text) in enumerate(found)
        if n
    )
    if found:
        assert str(found[0][0].year) in found[0][1]
    if count > 800 and wide > 300:
        assert all(day.day == 1 for day, _ in found)
        assert len(found) >= 2


def levels(values, step=30):
    first = date(2011, 1, 1)
    return tuple(
        Level(
            first + timedelta(days=step * n),
            value,
            None if value is None else value - 0.1,
            None if value is None else value + 0.1,
        )
        for n, value in enumerate(values)
    )


values = st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=40)


@settings(max_examples=60, deadline=None)
@given(values, st.lists(st.builds(Milestone, days, names), max_size=5), names)
def test_any_line_is_sound_and_repeats(given_, marks, name):
    line = LevelLine("Over time", levels(given_), "level", (0.0, name), (1.0, name), tuple(marks))
    figure = level_line(line)
    sound(figure, 140)
    assert level_line(line).svg == figure.svg
    gaps = sum(value is None for value in given_)
    if gaps:
        assert numbers(figure.caption)[:1] == [gaps]


def test_the_line_is_broken_where_there_is_no_figure():
    figure = level_line(LevelLine("x", levels([0.2, 0.4, None, None, 0.9, 0.7]), "level"))
    lines = list(classed(figure, "path", "mover-1-edge"))
    assert len(lines) == 2
    assert len(classed(figure, "rect", "wash")) == 3  # two windows, and the legend
    assert figure.alt == (
        "Level: 0.2 on 1 January 2011, 0.7 on 31 May 2011; highest on 1 May 2011 (0.9), lowest on "
        "1 January 2011 (0.2). 2 windows of 6 without a figure: too few statements."
    )


def test_higher_figures_stand_higher():
    figure = level_line(LevelLine("x", levels([0.0, 0.5, 1.0]), "level"))
    dots = [float(e.get("cy")) for e in classed(figure, "circle", "mover-1")]
    assert dots[0] - dots[1] == pytest.approx(dots[1] - dots[2], abs=0.2)
    assert dots[0] - dots[2] == pytest.approx(180, abs=0.2)


def test_no_figure_at_all_gives_a_sentence():
    figure = level_line(LevelLine("x", levels([None, None]), "polarisation", thin="too few"))
    assert figure.alt == "Polarisation cannot be told: too few."
    sound(figure)
