"""The graph of states and the evolution graph: sound drawings of exactly the moves there are."""

from __future__ import annotations

import re
from random import Random
from xml.etree import ElementTree as ET

import pytest
from test_figures import SVG, assert_sound, parsed

from melian.brief.drawing import DASHES, MOVERS, mover_dash, mover_paint, standalone
from melian.brief.figures.evolution_graph import EvolutionGraph, Place, Stride, evolution_graph
from melian.brief.figures.state_circle import StateArc
from melian.brief.figures.state_graph import MOST, StateGraph, StateNode, initials, state_graph
from melian.brief.html import html
from melian.brief.printing import PRINTERS

NASTY = '<b>&"Port"</b>'
NAMES = ("Norvik", "Nordhavn", "The Fishers' Union", NASTY, "A", "B")


def random_states(seed):
    rnd = Random(seed)
    count, options = rnd.randint(1, MOST), rnd.randint(2, 14)
    movers = tuple(
        ["Norvik", "Nordhavn", "The Fishers' Union", NASTY, "A", "B"][: rnd.randint(1, 6)]
    )
    numbers = rnd.sample(range(1, 200), count)
    nodes = tuple(
        StateNode(
            number,
            "".join(rnd.choice("YN") for _ in range(options)),
            equilibrium=rnd.random() < 0.3,
            status_quo=place == 1,
        )
        for place, number in enumerate(numbers)
    )
    pairs = [(a, b) for a in numbers for b in numbers if a != b]
    arcs = tuple(
        StateArc(rnd.randrange(len(movers)), *pair)
        for pair in rnd.sample(pairs, min(len(pairs), rnd.randint(0, 80)))
    )
    names = tuple(f"option {n}" for n in range(options))
    return StateGraph("States", movers, names, nodes, arcs, "Nash", rnd.choice([0, 1, 120]))


def random_evolution(seed):
    """Ways that begin in state 1 and share their first steps, now and then with a step back."""
    rnd = Random(seed)
    movers = ("Norvik", "The Fishers' Union", NASTY)
    strides, known = {}, [1]
    for _ in range(rnd.randint(0, 9)):
        start, end = rnd.choice(known), rnd.choice([*known, len(known) + 1])
        if end in (start, 1):
            continue
        known = list(dict.fromkeys([*known, end]))
        mover = rnd.randrange(3)
        does = rnd.choice(["quay", "no longer: dredge the northern channel", NASTY])
        strides[mover, start, end] = Stride(mover, start, end, does, rnd.choice([None, 0.25, 1.0]))
    places = tuple(
        Place(
            n,
            "Norvik: quay; The Fishers' Union: strike",
            rnd.choice([None, 0.5]),
            rnd.random() < 0.5,
        )
        for n in known
    )
    return EvolutionGraph("Ahead", movers, places, tuple(strides.values()), rnd.choice([0, 1, 3]))


@pytest.mark.parametrize("seed", range(40))
def test_state_graphs_are_sound(seed):
    assert_sound(state_graph(random_states(seed)))


@pytest.mark.parametrize("seed", range(40))
def test_evolution_graphs_are_sound(seed):
    assert_sound(evolution_graph(random_evolution(seed)))


def heads(figure):
    """Count the arrow heads: closed paths in the colour of a mover."""
    return [
        p.get("class") for p in parsed(figure.svg).iter(f"{SVG}path") if p.get("d").endswith("z")
    ]


@pytest.mark.parametrize("seed", range(20))
def test_state_graphs_draw_a_head_for_every_move(seed):
    graph = random_states(seed)
    drawn = heads(state_graph(graph))
    assert sorted(drawn) == sorted(mover_paint(arc.mover) for arc in set(graph.arcs))
    circles = list(parsed(state_graph(graph).svg).iter(f"{SVG}circle"))
    full = [c for c in circles if c.get("r") == "13"]
    inner = [c for c in circles if c.get("r") == "10"]
    assert (len(full), len(inner)) == (len(graph.nodes), sum(n.equilibrium for n in graph.nodes))


def test_state_graphs_join_moves_there_and_back_in_one_line():
    nodes = (StateNode(1, "N"), StateNode(2, "Y"))
    arcs = (StateArc(0, 1, 2), StateArc(0, 2, 1), StateArc(1, 1, 2))
    figure = state_graph(StateGraph("S", ("A", "B"), ("o",), nodes, arcs, "Nash"))
    lines = [p for p in parsed(figure.svg).iter(f"{SVG}path") if p.get("fill") == "none"]
    assert [p.get("class") for p in lines] == ["mover-1-edge", "mover-2-edge"]
    assert len({p.get("d") for p in lines}) == 2, "they do not lie on each other"


def test_state_graphs_say_every_move_in_words():
    nodes = (StateNode(4, "NY", status_quo=True), StateNode(7, "YY", equilibrium=True))
    graph = StateGraph(
        "S", ("Norvik", "Port"), ("pay", "open"), nodes, (StateArc(0, 4, 7),), "Nash", 1
    )
    assert state_graph(graph).alt == (
        "2 states and 1 move. State 4, NY (status quo): Norvik to 7. State 7, YY (equilibrium): "
        "no move leads on. Letters, first to last: pay, open. 1 other state is not drawn."
    )


@pytest.mark.parametrize("seed", range(20))
def test_evolution_graphs_draw_two_lines_a_step_and_one_head(seed):
    graph = random_evolution(seed)
    figure = evolution_graph(graph)
    expected = sorted(mover_paint(stride.mover) for stride in graph.strides)
    assert sorted(heads(figure)) == expected
    lines = [p for p in parsed(figure.svg).iter(f"{SVG}path") if p.get("fill") == "none"]
    assert sorted(p.get("class") for p in lines) == sorted(f"{e}-edge" for e in expected * 2)
    for stride in graph.strides:
        assert f"From state {stride.start}, " in figure.alt


def test_evolution_graphs_put_states_below_those_they_come_from():
    places = (Place(1, "a"), Place(2, "b"), Place(3, "c", 0.5, equilibrium=True))
    strides = (Stride(0, 1, 2, "x"), Stride(1, 2, 3, "y"), Stride(1, 1, 3, "z"))
    figure = evolution_graph(EvolutionGraph("E", ("A", "B"), places, strides))
    y = {
        "".join(text.itertext()): float(text.find(f"{SVG}tspan").get("y"))
        for text in parsed(figure.svg).iter(f"{SVG}text")
    }
    assert y["1: a"] < y["x"] == y["z"] < y["2"]
    assert y["3: c"] == pytest.approx(y["2"] + 11 * 1.3), "one move is the fewest"
    assert y["2"] < y["y"]


def test_movers_differ_in_print_and_in_colour_before_any_pair_is_repeated():
    pairs = [(mover_paint(n), mover_dash(n)) for n in range(MOVERS * len(DASHES))]
    assert len(set(pairs)) == len(pairs)
    assert len({mover_dash(n) for n in range(len(DASHES))}) == len(DASHES)


def test_initials_tell_names_apart():
    assert initials(["us", "ussr"]) == ("us", "uss")
    assert initials(["Norvik"]) == ("N",)


@pytest.mark.parametrize(
    "figure", [state_graph(random_states(3)), evolution_graph(random_evolution(3))]
)
def test_standalone_files_have_the_colours_of_the_page(figure):
    text = standalone(figure.svg)
    root = ET.fromstring(text)  # noqa: S314 - we wrote it
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title").text
    style = root.find(f"{SVG}style").text
    dark = dict(re.findall(r"\.([\w-]+)\{(?:fill|stroke):(#\w{6})\}", style))
    page = {}
    sheet = html_sheet()
    variables = dict(re.findall(r"--([\w-]+): light-dark\(#\w{6}, (#\w{6})\)", sheet))
    for name, variable in re.findall(
        r"svg \.([\w-]+) \{ (?:fill|stroke): var\(--([\w-]+)\)", sheet
    ):
        page[name] = variables[variable]
    used = {name for e in root.iter() for name in (e.get("class") or "").split()}
    assert used <= dark.keys() <= page.keys() | {"ink-edge"}
    assert {name: dark[name] for name in page if name in dark} == page


def html_sheet():
    from harbour import brief

    assert PRINTERS[".html"] is html
    return re.search(r"<style>(.*?)</style>", html(brief()), re.DOTALL).group(1)
