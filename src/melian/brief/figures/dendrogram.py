"""The dendrogram: which actors are joined first, and at what distance the groups are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import SMALL, WIDTH, drawing, element, label, line
from melian.brief.figures.lettering import (
    figure_of,
    note,
    pointed,
    quiet,
    shortened,
    some,
    told,
    widest,
)
from melian.brief.figures.marks import entry, legend, mark, mark_entry
from melian.brief.figures.scales import marks_on
from melian.case.wording import counted
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from melian.brief.figures.marks import Entry

MOST = 80
ROW = 18.0
TOP = 26.0
NAMES = 220.0
RIGHT = WIDTH - 16.0
TOLD = 5


@dataclass(frozen=True, slots=True)
class Merge:
    """Two are joined: leaves by their number, earlier merges by theirs after the leaves.

    As a row of what SciPy calls a linkage: a, b, height, and the size of what comes of it.
    """

    a: int
    b: int
    height: float
    size: int = 0


@dataclass(frozen=True, slots=True)
class Leaf:
    """One of those that are joined, and its group (from 0) after the cut."""

    label: str
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """What is drawn.

    Attributes:
        title: a headline.
        leaves: by their number.
        merges: one fewer than leaves, from the nearest on.
        cut: the height above which merges do not count; None where it is not cut.
        height: what heights are: "distance".
        groups: names of the groups.
    """

    title: str
    leaves: tuple[Leaf, ...]
    merges: tuple[Merge, ...]
    cut: float | None = None
    height: str = "distance"
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    most: float

    def x(self, height: float) -> float:
        share = min(max(height, 0.0), self.most) / self.most
        return round(self.left + share * (RIGHT - self.left), 1)


def dendrogram(tree: Tree, *, anchor: str = "dendrogram") -> Figure:
    """Give the picture: names down the left, merges to the right, the further the later.

    Of more than 80 leaves, those joined first stand in one row, named for one of them.

    Raises:
        UsageError: the merges do not join the leaves, each once.
    """
    inside = _members(tree)
    alt = _alt(tree, inside)
    if not tree.leaves:
        text, height = note(alt, WIDTH, 4)
        return Figure(
            anchor, tree.title, "", alt, drawing(anchor, tree.title, alt, [text], height=height)
        )
    rows = _rows(tree, inside)
    names = {node: _name(tree, inside[node]) for node in rows}
    cut = widest([shortened(name, NAMES) for name in (*names.values(), tree.height)])
    frame = _Frame(cut + 26, max((m.height for m in tree.merges), default=0.0) or 1.0)
    at = {node: TOP + ROW * (place + 0.5) for place, node in enumerate(rows)}
    bottom = TOP + ROW * len(rows) + 4
    parts = [*_scale(tree, frame, bottom)]
    parts += [*_merges(tree, frame, at)]
    for node in rows:
        parts.append(_leaf(tree, names[node], inside[node], at[node], cut))
    signs, end = legend([*_legend(tree)], bottom + 40)
    caption = _caption(tree, len(rows))
    svg = drawing(anchor, tree.title, alt, [*parts, *signs], height=end)
    return Figure(anchor, tree.title, caption, alt, svg)


def _members(tree: Tree) -> list[tuple[int, ...]]:
    """Give the leaves in each node: leaves themselves, then merges, from the top down in order."""
    count = len(tree.leaves)
    found: list[tuple[int, ...]] = [(leaf,) for leaf in range(count)]
    used: set[int] = set()
    for merge in tree.merges:
        if merge.a == merge.b or {merge.a, merge.b} & used or not _known(merge, len(found)):
            raise UsageError("A merge joins what is not there, or is joined already.")
        used |= {merge.a, merge.b}
        found.append(found[merge.a] + found[merge.b])
    if len(tree.merges) != max(count - 1, 0):
        raise UsageError(f"{count} leaves are joined by {max(count - 1, 0)} merges.")
    return found


def _known(merge: Merge, count: int) -> bool:
    return 0 <= merge.a < count and 0 <= merge.b < count


def _rows(tree: Tree, inside: Sequence[tuple[int, ...]]) -> list[int]:
    """Give the nodes that have a row each, in order: the leaves, or what the last merges join."""
    open_nodes = [len(inside) - 1]
    while len(open_nodes) < min(MOST, len(tree.leaves)):
        late = max(open_nodes)
        merge = tree.merges[late - len(tree.leaves)]
        place = open_nodes.index(late)
        open_nodes[place : place + 1] = [merge.a, merge.b]
    return open_nodes


def _name(tree: Tree, members: Sequence[int]) -> str:
    name = tree.leaves[members[0]].label
    return name if len(members) == 1 else f"{name} and {counted(len(members) - 1, 'other')}"


def _leaf(tree: Tree, name: str, members: Sequence[int], y: float, edge: float) -> str:
    whole = "; ".join(tree.leaves[n].label for n in members)
    groups = {tree.leaves[n].group for n in members}
    text = label([shortened(name, NAMES)], edge, y + 4, size=SMALL, text_anchor="end")
    group = next(iter(groups)) if len(groups) == 1 else None
    sign = mark(group, edge + 14, y, 5.0) if tree.groups else ""
    return pointed(whole, text, sign)


def _merges(tree: Tree, frame: _Frame, at: Mapping[int, float]) -> Iterator[str]:
    """Draw each merge as a bracket; it stands half way between what it joins."""
    level = dict(at)
    reach = dict.fromkeys(at, 0.0)
    for number, merge in enumerate(tree.merges, start=len(tree.leaves)):
        if merge.a not in level or merge.b not in level:
            continue
        x = frame.x(merge.height)
        (ya, xa), (yb, xb) = ((level[n], frame.x(reach[n])) for n in (merge.a, merge.b))
        later = tree.cut is not None and merge.height > tree.cut
        yield element(
            "path",
            d=f"M{xa:g} {ya:g}H{x:g}V{yb:g}H{xb:g}",
            fill="none",
            paint="quiet-edge" if later else "edge",
            stroke_width=1.0 if later else 1.5,
        )
        level[number], reach[number] = (ya + yb) / 2, merge.height


def _scale(tree: Tree, frame: _Frame, bottom: float) -> Iterator[str]:
    """Draw the axis of heights, and where the tree is cut."""
    for value in marks_on(0.0, frame.most):
        x = frame.x(value)
        yield line(x, TOP, x, bottom)
        yield quiet(figure_of(value), x, bottom + 13, text_anchor="middle")
    yield quiet(shortened(tree.height, NAMES), 0, bottom + 13)
    if tree.cut is not None:
        x = frame.x(tree.cut)
        yield line(x, TOP - 8, x, bottom, "accent-edge", stroke_width=1.5, stroke_dasharray="6 4")
        text = f"cut at {figure_of(tree.cut)}"
        middle = min(max(x, widest([text]) / 2), WIDTH - widest([text]) / 2)
        yield label(
            [text], round(middle, 1), TOP - 12, paint="accent", size=SMALL, text_anchor="middle"
        )


def _legend(tree: Tree) -> Iterator[Entry]:
    present = {leaf.group for leaf in tree.leaves}
    for number, name in enumerate(tree.groups):
        if number in present:
            yield mark_entry(number, name)
    if tree.groups and None in present:
        yield mark_entry(None, "in none of them")
    if tree.cut is not None and any(merge.height > tree.cut for merge in tree.merges):
        yield entry(
            lambda x, y: line(x, y - 4, x + 24, y - 4, "quiet-edge"), 24, "joined above the cut"
        )


def _caption(tree: Tree, rows: int) -> str:
    said = "The further left a bracket stands, the nearer are those whom it joins."
    if rows < len(tree.leaves):
        said += (
            f" {len(tree.leaves):,} names in {rows} rows: those joined first share a row, "
            "and are not named one by one."
        )
    return said


def _alt(tree: Tree, inside: Sequence[tuple[int, ...]]) -> str:
    """Say who is joined first, into which groups the cut parts them, and who is joined last."""
    if not tree.leaves:
        return "There is no one to join."
    if not tree.merges:
        return f"{told(tree.leaves[0].label)} stands alone."
    first = tree.merges[0]
    near = some([tree.leaves[n].label for n in (*inside[first.a], *inside[first.b])])
    sentences = [f"Nearest: {near} ({tree.height} {figure_of(first.height)})."]
    for number, name in enumerate(tree.groups[:TOLD]):
        members = [leaf.label for leaf in tree.leaves if leaf.group == number]
        if members:
            sentences.append(f"{told(name)}: {some(members)}.")
    last = tree.merges[-1]
    small, large = sorted((inside[last.a], inside[last.b]), key=len)
    sentences.append(
        f"Joined last, at {figure_of(last.height)}: {some([tree.leaves[n].label for n in small])} "
        f"with {counted(len(large), 'other')}."
    )
    return " ".join(sentences)
