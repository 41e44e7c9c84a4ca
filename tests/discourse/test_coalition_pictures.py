"""Pictures of coalitions, read back from their SVG: who is drawn, in what order, who is not."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from planted_debates import DESIGN, debate

from melian.brief.compose.coalition_pictures import (
    coalition_map,
    coalition_tree,
    drawn_together,
    tie_plot,
)
from melian.discourse.coalitions.engine import Search, coalitions
from melian.discourse.coalitions.tie_intervals import tie_intervals
from melian.discourse.resampling import Resampling

DRAWS = Resampling(times=10)


@pytest.fixture(scope="module")
def crowd():
    return coalitions(debate(1, camps=(14, 14, 14), noise=0.02), DESIGN, by=DRAWS)


def read(figure):
    """Give the words of a picture, in order, without what is read when one points at it."""
    root = ET.fromstring(figure.svg)  # noqa: S314 - we wrote it
    return [
        text
        for each in root.iter()
        if not each.tag.endswith("title") and (text := " ".join((each.text or "").split()))
    ]


def test_of_many_those_who_speak_most_are_shown_by_coalition(crowd):
    figure = drawn_together(crowd, crowd.sureness)
    said = read(figure)
    heads = [f"coalition {each.number}" for each in crowd.coalitions]
    assert [word for word in said if word in heads] == heads
    shown = {str(actor) for actor in crowd.basis.actors} & set(said)
    assert len(shown) == 28
    assert "14 actors with fewer statements are not drawn." in figure.caption
    said_by = dict(zip(map(str, crowd.basis.actors), crowd.basis.said.tolist(), strict=True))
    least = min(said_by[name] for name in shown)
    assert all(number <= least for name, number in said_by.items() if name not in shown)


def test_the_tree_names_its_leaves_in_their_order(crowd):
    names = [str(crowd.basis.actors[leaf]) for leaf in crowd.tree.order]
    said = read(coalition_tree(crowd))
    drawn = [word for word in dict.fromkeys(said) if word in set(names)]
    assert drawn in (names, names[::-1])


def test_the_map_names_coalitions_and_counts_who_is_left_out():
    few = coalitions(debate(2, camps=(3, 3), noise=0.02), DESIGN, Search(least=9))
    figure = coalition_map(few)
    said = " ".join(read(figure))
    assert all(f"{each.number}: {each.name}" in said for each in few.coalitions)
    assert all(str(actor) in said for actor in few.basis.actors)
    left = len(few.left.few)
    assert (f"{left} actor" in figure.caption) == (left > 0)


def test_intervals_are_those_of_the_strongest_ties():
    ties = tie_intervals(debate(3, camps=(4, 4), noise=0.1), DESIGN, DRAWS)
    said = read(tie_plot(ties))
    for n in ties.strongest[:40].tolist():
        assert f"{ties.actors[ties.one[n]]} - {ties.actors[ties.other[n]]}" in said


def test_agreement_alone_has_no_clash_in_its_map():
    both = debate(4, camps=(4, 0, 0, 4), noise=0.1)
    alike = coalitions(both, DESIGN, Search(standing="congruence"))
    assert "clash" not in " ".join(read(coalition_map(alike)))
    assert "clash" in " ".join(read(coalition_map(coalitions(both, DESIGN))))
