"""Camps over time: a tile for each window, and switches counted as they are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pictured import SVG, named, names, parsed, sound

from melian.brief.figures.switching import MOST, Strip, Switching, Tile, switching

tiles = st.one_of(st.none(), st.builds(Tile, st.integers(0, 3), st.booleans()))


@st.composite
def strips(draw):
    windows = tuple(draw(st.lists(names, max_size=8)))
    found = tuple(
        Strip(draw(names), tuple(draw(tiles) for _ in windows))
        for _ in range(draw(st.integers(0, 8)))
    )
    return Switching("Camps", windows, found, ("one", "two", "three", "four"))


@settings(max_examples=80, deadline=None)
@given(strips())
def test_any_strips_are_sound_name_everyone_and_repeat(given_):
    figure = switching(given_)
    sound(figure, 260)
    if given_.windows:
        assert all(named(figure, strip.name) for strip in given_.strips)
    assert switching(given_).svg == figure.svg


@given(st.lists(tiles, max_size=12))
def test_a_switch_is_a_firm_camp_after_another_firm_camp(given_):
    last, count = None, 0
    for tile in given_:
        if tile is None or not tile.firm:
            continue
        count += last is not None and last != tile.camp
        last = tile.camp
    assert Strip("x", tuple(given_)).switches == count


def test_letters_and_edges_tell_camps_and_firmness():
    strip = Strip("x", (Tile(0), Tile(1, firm=False), None, Tile(1)))
    figure = switching(Switching("x", ("a", "b", "c", "d"), (strip,), ("one", "two")))
    group = next(parsed(figure.svg).iter(f"{SVG}g"))
    texts = ["".join(text.itertext()) for text in group.findall(f"{SVG}text")]
    assert texts == ["x", "A", "B", "B"]
    dashed = [rect.get("stroke-dasharray") is not None for rect in group.findall(f"{SVG}rect")]
    assert dashed == [False, True, False]
    assert len(group.findall(f"{SVG}circle")) == 1
    assert figure.alt == "1 actor in 4 windows: 1 switches camp. x: one, then two from d."


def test_of_400_those_who_switch_are_drawn_and_the_others_counted():
    still = [Strip(f"still {n}", (Tile(0),) * 6) for n in range(380)]
    moving = [Strip(f"moving {n}", (Tile(0), Tile(1)) * 3) for n in range(20)]
    given_ = Switching("x", tuple("abcdef"), (*still, *moving), ("one", "two"))
    figure = switching(given_)
    sound(figure)
    assert all(named(figure, strip.name) for strip in moving)
    assert figure.caption.endswith(f"{400 - MOST} others are not drawn.")
    assert "400 actors in 6 windows: 20 switch camp." in figure.alt


def test_very_many_windows_make_the_picture_wider():
    given_ = Switching(
        "x", tuple(f"{n}" for n in range(80)), (Strip("x", (Tile(0),) * 80),), ("a",)
    )
    figure = switching(given_)
    sound(figure)
    assert float(parsed(figure.svg).get("width")) > 680
