"""Names with a figure and its interval: ranked, to scale, thin ones counted."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictured import SVG, named, names, parsed, sound

from melian.brief.figures.interval_plot import MOST, Estimate, IntervalTable, interval_plot
from melian.brief.figures.scales import marks_on

value = st.one_of(st.none(), st.floats(-1000, 1000, allow_subnormal=False))
rows = st.builds(
    lambda name, v, wide, group: Estimate(
        name,
        v,
        None if v is None or wide is None else v - wide,
        None if v is None or wide is None else v + wide,
        group,
    ),
    names,
    value,
    st.one_of(st.none(), st.floats(0, 50)),
    st.one_of(st.none(), st.integers(0, 2)),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(rows, max_size=12), names, names)
def test_any_plot_is_sound_names_everyone_and_repeats(estimates, left, right):
    table = IntervalTable("Where", tuple(estimates), "position", left, right, ("a", "b", "c"))
    figure = interval_plot(table)
    sound(figure, 150)
    assert all(named(figure, each.name) for each in estimates if each.value is not None)
    thin = sum(each.value is None for each in estimates)
    if thin:
        assert figure.caption.startswith(f"{thin} other")
    assert interval_plot(table).svg == figure.svg


def marks(figure) -> dict[str, tuple[float, float, float, float]]:
    """Give, for each name, its point, the ends of its interval, and how far down it is."""
    found = {}
    for group in parsed(figure.svg).iter(f"{SVG}g"):
        lines = [e for e in group.iter(f"{SVG}line") if e.get("class") == "edge"]
        point = group.find(f"{SVG}circle")
        name = "".join(group[0].itertext()).rsplit(": ", 1)[0]
        ends = (float(lines[0].get("x1")), float(lines[0].get("x2")))
        found[name] = (float(point.get("cx")), *ends, float(point.get("cy")))
    return found


def test_points_and_ends_stand_to_scale_the_highest_on_top():
    table = [("low", -1.0, 0.5), ("mid", 0.0, 0.25), ("high", 2.0, 1.0)]
    estimates = tuple(Estimate(n, v, v - w, v + w) for n, v, w in table)
    found = marks(interval_plot(IntervalTable("x", estimates, "position")))
    unit = (found["high"][0] - found["low"][0]) / 3
    for name, v, w in table:
        x, low, high, _ = found[name]
        assert x == pytest.approx(found["mid"][0] + v * unit, abs=0.2)
        assert (low, high) == pytest.approx((x - w * unit, x + w * unit), abs=0.2)
    assert [name for name, _ in sorted(found.items(), key=lambda f: f[1][3])] == [
        "high",
        "mid",
        "low",
    ]


def test_of_400_the_surest_are_drawn_and_the_others_counted():
    estimates = tuple(Estimate(f"e{n}", n, n - n / 7, n + n / 7) for n in range(400))
    figure = interval_plot(IntervalTable("x", estimates, "position"))
    sound(figure)
    assert set(marks(figure)) == {f"e{n}" for n in range(MOST)}
    assert figure.caption == f"{400 - MOST} others with wider intervals are not drawn."


def test_words_tell_the_ends_and_the_poles():
    estimates = tuple(Estimate(c, n) for n, c in enumerate("abcdefgh"))
    figure = interval_plot(IntervalTable("x", estimates, "position", "against", "for"))
    assert figure.alt == (
        "Position of 8, highest: h 7, g 6 and f 5; lowest: a 0, b 1 and c 2. "
        "To the left: against; to the right: for."
    )
    none = interval_plot(IntervalTable("x", (Estimate("a", None),), "share", thin="too few"))
    assert none.alt == "Share cannot be told: too few."


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_marks_on_a_scale_are_even_and_within(low, wide):
    found = marks_on(low, low + wide)
    assert 2 <= len(found) <= 7
    steps = {round((b - a) / (found[1] - found[0]), 3) for a, b in itertools.pairwise(found)}
    assert steps == {1.0}
    assert low - wide * 1e-6 <= found[0] <= found[-1] <= low + wide * (1 + 1e-6)
