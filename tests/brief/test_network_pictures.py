"""Networks of statements as pictures: every tie that is drawn is one of the network."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pictured import SVG, classed, named, numbers, parsed, pointed_at, sound

from melian.brief.compose.network_pictures import (
    matrix_figure,
    network_figure,
    window_figures,
)
from melian.brief.compose.scale_pictures import scale_figure
from melian.discourse.networks import windows
from melian.discourse.networks.building import Design, network
from melian.discourse.resampling import Resampling
from melian.discourse.scaling.of_profiles import profile_scale
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.problems import UsageError
from melian.verbs.discourse_pictures import network_picture

DESIGN = Design(rows="organization", columns="concept", qualifier="agreement")


def said(*triples):
    """Give a table of who says what in which sense, each in a document of its own."""
    who, what, sense = zip(*triples, strict=True)
    return table(
        [f"s{n}" for n in range(len(who))],
        np.arange(len(who), dtype=np.int64) * 86_400,
        np.arange(len(who), dtype=np.int32),
        {
            "organization": text_variable(who),
            "concept": text_variable(what),
            "agreement": number_variable(sense, "boolean"),
        },
    )


DEBATE = said(
    ("Greens", "exit", 1),
    ("Greens", "exit", 1),
    ("Greens", "coal", 0),
    ("Union", "exit", 1),
    ("Union", "coal", 1),
    ("Firm", "exit", 0),
    ("Firm", "coal", 1),
    ("Alone", "fish", 1),
)


def test_the_map_has_the_ties_of_the_network_with_their_signs():
    found = network(DEBATE, replace(DESIGN, aggregation="subtract"))
    figure = network_figure(DEBATE, found)
    sound(figure)
    # Greens and Union: twice the same on exit, once the opposite on coal.
    assert figure.alt == (
        "4 organizations and 2 ties. Strongest agreement: Greens with Union (1). "
        "Strongest clash: Firm with Greens (3). Without any tie: Alone."
    )
    assert pointed_at(figure)["Greens: 3 statements"] == 1
    only = network_figure(DEBATE, network(DEBATE, replace(DESIGN, aggregation="conflict")))
    assert "agreement" not in only.alt + only.caption
    assert "Firm with Greens (3)" in only.alt
    assert len(classed(only, "line", "accent-edge")) == 3 + 1  # and the legend


def test_the_two_mode_map_says_who_is_for_and_against():
    found = network(DEBATE, replace(DESIGN, mode="two", aggregation="subtract"))
    figure = network_figure(DEBATE, found)
    sound(figure)
    assert "coal: support by Firm and Union; rejection by Greens." in figure.alt
    assert "fish: support by Alone." in figure.alt


def cells(figure) -> dict[str, str]:
    titles = ["".join(title.itertext()) for title in parsed(figure.svg).iter(f"{SVG}title")]
    return dict(title.rsplit(": ", 1) for title in titles if " / " in title)


@pytest.mark.parametrize(
    ("mode", "aggregation", "sign"),
    [("one", "subtract", 1), ("one", "conflict", -1), ("two", "subtract", 1), ("two", "ignore", 1)],
)
def test_the_matrix_has_every_figure_of_the_network(mode, aggregation, sign):
    found = network(DEBATE, replace(DESIGN, mode=mode, aggregation=aggregation))
    figure = matrix_figure(DEBATE, found)
    sound(figure)
    expected = {
        f"{row} / {column}": f"{sign * found.matrix[n, m]:.0f}".replace("-", "−")
        for n, row in enumerate(found.rows)
        for m, column in enumerate(found.columns)
        if found.matrix[n, m]
    }
    assert cells(figure) == expected


def test_large_networks_are_cut_and_counted():
    rng = np.random.default_rng(4)
    many = said(
        *(
            (f"A{rng.integers(90)}", f"C{rng.integers(70)}", int(rng.integers(2)))
            for _ in range(900)
        )
    )
    for mode in ("one", "two"):
        found = network(many, replace(DESIGN, mode=mode, aggregation="subtract"))
        for draw in (network_figure, matrix_figure):
            figure = draw(many, found)
            sound(figure)
            shown = sum(named(figure, str(name)) for name in (*found.rows[:5], *found.rows[-5:]))
            assert shown < 10
            assert sum(numbers(figure.caption)) > 50


def test_nothing_gives_a_sentence():
    nobody = said(("A", "x", 1))
    found = network(nobody, DESIGN)
    sound(network_figure(nobody, found))
    sound(matrix_figure(nobody, found))
    empty = replace(found, rows=(), columns=(), matrix=np.zeros((0, 0)))
    assert network_figure(nobody, empty).alt == "There are no organizations."
    assert matrix_figure(nobody, empty).alt == "There is nothing to compare."


def test_combinations_of_levels_are_refused():
    found = network(DEBATE, replace(DESIGN, mode="two", aggregation="combine"))
    with pytest.raises(UsageError, match="--aggregation subtract"):
        network_picture(DEBATE, found)


def test_a_picture_stands_alone_as_a_file():
    found = network(DEBATE, DESIGN)
    for which in ("map", "matrix"):
        text = network_picture(DEBATE, found, which)
        assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>')
        root = parsed(text)
        assert root.find(f"{SVG}title").text == "Who agrees with whom"
        told = [" ".join("".join(t.itertext()).split()) for t in root.findall(f"{SVG}text")]
        assert told[0] == "Who agrees with whom"
        assert "pairs of statements" in told[1]
    with pytest.raises(UsageError, match='does not know "tree"'):
        network_picture(DEBATE, found, "tree")


def test_positions_are_those_of_the_scale():
    rng = np.random.default_rng(8)
    many = said(
        *(
            (name, f"c{n % 9}", int(rng.random() < side))
            for name, side in {"A": 0.1, "B": 0.4, "C": 0.9}.items()
            for n in range(36)
        )
    )
    scale = profile_scale(many, DESIGN, left="A", by=Resampling(times=50))
    figure = scale_figure(scale)
    sound(figure)
    for each in scale.positions:
        value = f"{each.value:.2f}".replace("-", "−")
        assert named(figure, f"{each.actor}: {value} (")
    assert (
        f"To the left: as {scale.poles.left}; to the right: as {scale.poles.right}." in figure.alt
    )


def test_maps_of_windows_name_their_days():
    found = replace(DESIGN, aggregation="subtract")
    series = list(windows.networks(DEBATE, found, "days", 4, 4))
    figures = window_figures(DEBATE, series)
    assert [figure.title for figure in figures] == [
        "1 January 1970 to 4 January 1970: 4 statements",
        "5 January 1970 to 8 January 1970: 4 statements",
    ]
    for figure in figures:
        sound(figure)
    with pytest.raises(UsageError, match="25 maps"):
        window_figures(DEBATE, series[:1] * 25)
    two = list(windows.networks(DEBATE, replace(found, mode="two"), "days", 9))
    with pytest.raises(UsageError, match="Leave out two-mode"):
        window_figures(DEBATE, two)
