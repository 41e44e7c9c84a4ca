"""The dendrogram: brackets that do not cross, heights where they belong, a cut that parts."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictured import SVG, classed, named, names, parsed, sound
from scipy.cluster.hierarchy import fcluster, leaves_list, linkage

from melian.brief.figures.dendrogram import MOST, Leaf, Merge, Tree, dendrogram
from melian.problems import UsageError


def tree(count: int, seed: int = 1, labels=None, groups: int = 3) -> tuple[Tree, np.ndarray]:
    points = np.random.default_rng(seed).random((count, 2))
    found = linkage(points, "average") if count > 1 else np.zeros((0, 4))
    parts = fcluster(found, groups, "maxclust") - 1 if count > 1 else [0] * count
    cut = float(found[-groups : -groups + 2, 2].mean()) if count > groups else None
    leaves = tuple(Leaf(labels[n] if labels else f"leaf {n}", int(parts[n])) for n in range(count))
    merges = tuple(Merge(int(a), int(b), float(h), int(s)) for a, b, h, s in found)
    return Tree("Who is near", leaves, merges, cut, groups=("one", "two", "three")), found


@settings(max_examples=40, deadline=None)
@given(st.lists(names, max_size=20), st.integers(0, 99))
def test_any_tree_is_sound_names_everyone_and_repeats(labels, seed):
    given_, _ = tree(len(labels), seed, labels)
    figure = dendrogram(given_)
    sound(figure, 140)
    assert all(named(figure, label) for label in labels)
    assert dendrogram(given_).svg == figure.svg


def rows(figure) -> list[str]:
    """Give the names down the left."""
    found = []
    for group in parsed(figure.svg).iter(f"{SVG}g"):
        text = group.find(f"{SVG}text")
        if text is not None and text.get("text-anchor") == "end":
            found.append((float(text[0].get("y")), "".join(text.itertext())))
    return [name for _, name in sorted(found)]


def brackets(figure) -> list[tuple[float, ...]]:
    paths = [e.get("d") for e in parsed(figure.svg).iter(f"{SVG}path")]
    ours = (re.fullmatch(r"M(\S+) (\S+)H(\S+)V(\S+)H(\S+)", d) for d in paths)
    return [tuple(map(float, m.groups())) for m in ours if m]


@pytest.mark.parametrize("seed", range(5))
def test_the_leaves_stand_as_the_tree_has_them_and_brackets_at_their_heights(seed):
    given_, found = tree(25, seed)
    figure = dendrogram(given_)
    order = [f"leaf {n}" for n in leaves_list(found)]
    assert rows(figure) == order
    drawn = brackets(figure)
    assert len(drawn) == 24
    xs = np.array(sorted(bracket[2] for bracket in drawn))
    heights = np.sort(found[:, 2])
    assert np.corrcoef(xs, heights)[0, 1] > 0.9999


def test_brackets_do_not_cross():
    given_, _ = tree(40, 3)
    upright = [(x, min(a, b), max(a, b)) for _, a, x, b, _ in brackets(dendrogram(given_))]
    level = [(y, x0, x) for x0, y, x, b, x1 in brackets(dendrogram(given_))]
    level += [(b, x1, x) for x0, y, x, b, x1 in brackets(dendrogram(given_))]
    for x, top, bottom in upright:
        for y, start, end in level:
            assert not (top + 0.1 < y < bottom - 0.1 and start + 0.2 < x < end - 0.2)


def test_the_cut_lies_between_what_it_keeps_and_what_it_parts():
    given_, _ = tree(25)
    figure = dendrogram(given_)
    cut = next(float(e.get("x1")) for e in classed(figure, "line", "accent-edge"))
    above = [m for m in given_.merges if m.height > given_.cut]
    right = [bracket for bracket in brackets(figure) if bracket[2] > cut]
    assert len(right) == len(above) == 2


def test_400_leaves_share_rows_with_those_nearest_to_them():
    given_, found = tree(400)
    figure = dendrogram(given_)
    sound(figure)
    assert len(rows(figure)) == MOST
    clusters = fcluster(found, MOST, "maxclust")
    sizes = sorted(np.bincount(clusters)[1:].tolist())
    said = sorted(
        1 + int(m.group(1)) if (m := re.search(r"and (\d+) others?$", name)) else 1
        for name in rows(figure)
    )
    assert said == sizes
    assert "400 names in 80 rows" in figure.caption


def test_words_say_who_is_nearest_and_who_is_last():
    leaves = tuple(Leaf(c, g) for c, g in zip("abcd", (0, 0, 1, 1), strict=True))
    merges = (Merge(0, 1, 0.5, 2), Merge(2, 3, 1.0, 2), Merge(4, 5, 3.25, 4))
    figure = dendrogram(Tree("x", leaves, merges, 2.0, groups=("left", "right")))
    assert figure.alt == (
        "Nearest: a and b (distance 0.5). left: a and b. right: c and d. "
        "Joined last, at 3.25: a and b with 2 others."
    )


def test_one_and_no_leaf_give_a_sentence():
    assert dendrogram(Tree("x", (Leaf("a"),), ())).alt == "a stands alone."
    assert dendrogram(Tree("x", (), ())).alt == "There is no one to join."


@pytest.mark.parametrize(
    "merges",
    [
        (),
        (Merge(0, 0, 1.0),),
        (Merge(0, 3, 1.0), Merge(1, 2, 2.0)),
        (Merge(0, 1, 1), Merge(0, 2, 2)),
    ],
)
def test_a_tree_that_is_none_is_refused(merges):
    leaves = (Leaf("a"), Leaf("b"), Leaf("c"))
    with pytest.raises(UsageError, match="merge"):
        dendrogram(Tree("x", leaves, merges))
