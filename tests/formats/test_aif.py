"""AIF graphs: a debate as OVA exports it, what is not used of one, and cases there and back."""

from __future__ import annotations

import copy
import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian import verbs
from melian.case.dates import parse_date
from melian.case.formula import parse as formula
from melian.case.formula import signed
from melian.case.model import Actor, Rule, Statement
from melian.formats import registry
from melian.formats.aif import parse, written
from melian.problems import OutsideError

sys.path.append(str(Path(__file__).parents[1] / "case"))
from case_strategies import cases
from test_argdown_writing import held

# Mona Vey: the quay is full. Bela: two berths are empty, so it is not. The port denies the berths.
NODES = [
    ("11", "L", "Mona Vey: The quay is full today"),
    ("12", "YA", "Asserting"),
    ("13", "I", "the quay is full"),
    ("21", "L", "Bela: Two berths are empty"),
    ("22", "YA", "Asserting"),
    ("23", "I", "two berths are empty"),
    ("31", "L", "Bela: so the quay is not full"),
    ("32", "YA", "Asserting"),
    ("33", "I", "the quay  is not full"),
    ("41", "RA", "Default Inference"),
    ("42", "TA", "Default Transition"),
    ("43", "YA", "Arguing"),
    ("51", "CA", "Default Conflict"),
    ("52", "CA", "Default Conflict"),
    ("61", "I", "the berths are too short"),
    ("62", "CA", "Default Conflict"),
    ("71", "L", "Bela: Is the port open?"),
    ("72", "YA", "Pure Questioning"),
    ("73", "I", "the port is open"),
    ("81", "L", "Port : I disagree"),
    ("82", "YA", "Disagreeing"),
]
EDGES = """11-12 12-13 21-22 22-23 31-32 32-33 23-41 41-33 21-42 42-31 42-43 43-41 33-51 51-13 13-52
    52-33 61-62 62-41 71-72 72-73 81-82 82-23"""
DEBATE = {
    "nodes": [
        {"nodeID": name, "text": text, "type": kind, "timestamp": "2021-05-02 10:00:00"}
        for name, kind, text in NODES
    ],
    "edges": [
        {"edgeID": str(number), "fromID": start, "toID": end, "formEdgeID": None}
        for number, (start, end) in enumerate(pair.split("-") for pair in EDGES.split())
    ],
    "schemefulfillments": None,
    "participants": [{"participantID": 7, "firstname": "Mona", "surname": "Vey"}],
    "locutions": [{"nodeID": "11", "personID": "7", "start": "2021-04-06 09:30:00", "end": None}],
}


def claims(*texts):
    return tuple(signed(formula(text)) for text in texts)


def converted(root):
    return parse(json.dumps(root), "debate")


def test_a_debate_becomes_a_case():
    case, problems = converted(DEBATE)
    assert case.actors == {
        name: Actor(name, called, "group")
        for name, called in {"mona-vey": "Mona Vey", "bela": "Bela", "port": "Port"}.items()
    }
    assert {c.name: c.text for c in case.concepts.values()} == {
        "the-quay-is-full": "the quay is full",
        "two-berths-are-empty": "two berths are empty",
        "the-quay-is-not-full": "the quay is not full",
        "the-berths-are-too-short": "the berths are too short",
        "the-port-is-open": "the port is open",
    }
    assert {replace(s, id="") for s in case.statements} == {
        Statement("", "mona-vey", *claims("the-quay-is-full"), parse_date("2021-04-06")),
        Statement("", "bela", *claims("two-berths-are-empty")),
        Statement("", "port", *claims("not two-berths-are-empty")),
        Statement(
            "", "bela", *claims("the-quay-is-not-full"), None, claims("two-berths-are-empty")
        ),
    }
    assert {rule.id: rule for rule in case.rules} == {
        "inference-41": Rule(
            "inference-41",
            conditions=claims("two-berths-are-empty"),
            unless=claims("the-berths-are-too-short"),
            then=formula("the-quay-is-not-full"),
        ),
        "excludes(the-quay-is-not-full, the-quay-is-full)": Rule(
            "excludes(the-quay-is-not-full, the-quay-is-full)",
            excludes=claims("the-quay-is-not-full", "the-quay-is-full"),
        ),
    }
    (problem,) = problems
    assert "assert nothing, and are left out: pure questioning." in problem.message


def test_a_conflict_one_way_is_an_attack():
    root = copy.deepcopy(DEBATE)
    root["edges"] = [e for e in root["edges"] if "52" not in (e["fromID"], e["toID"])]
    case, _ = converted(root)
    assert (
        Rule(
            "the-quay-is-not-full then not the-quay-is-full",
            conditions=claims("the-quay-is-not-full"),
            then=formula("not the-quay-is-full"),
        )
        in case.rules
    )


def test_a_graph_without_a_dialogue_is_its_authors():
    root = {
        "AIF": {
            "nodes": [
                {"nodeID": 0, "text": "it rains", "type": "I"},
                {"nodeID": 1, "text": "the street is wet", "type": "I"},
                {"nodeID": 2, "text": "Cause To Effect", "type": "RA"},
                {"nodeID": 3, "text": "it  rains", "type": "I"},
                {"nodeID": 4, "text": "Default Rephrase", "type": "MA"},
            ],
            "edges": [
                {"edgeID": 0, "fromID": 0, "toID": 2},
                {"edgeID": 1, "fromID": 2, "toID": 1},
                {"edgeID": 2, "fromID": 1, "toID": 4},
                {"edgeID": 3, "fromID": 4, "toID": 3},
            ],
        },
        "text": "it rains",
    }
    case, problems = converted(root)
    assert [(s.actor, str(s.claim), s.source) for s in case.statements] == [
        ("author", "it-rains", "debate"),
        ("author", "the-street-is-wet", "debate"),
    ]
    assert [rule.id for rule in case.rules] == ["cause-to-effect-2", "default-rephrase-4"]
    assert [p.code for p in problems] == ["no-speaker"]


@pytest.mark.parametrize(
    ("nodes", "edges", "words"),
    [
        ([("99", "RA", "Default Inference")], [], "Inference 99 is left out. It lacks a premise"),
        ([("99", "PA", "Default Preference")], [], "Preference 99 is left out."),
        ([], [("11", "404")], "An edge from 11 to 404 is left out. One of its ends is no node."),
        ([("98", "L", "whispers")], [("98", "12")], "Locution 98 is left out. It does not say who"),
    ],
)
def test_what_is_not_used_is_said(nodes, edges, words):
    root = copy.deepcopy(DEBATE)
    root["nodes"] += [{"nodeID": n, "type": k, "text": t} for n, k, t in nodes]
    root["edges"] += [{"edgeID": "x", "fromID": a, "toID": b} for a, b in edges]
    _, problems = converted(root)
    assert any(problem.message.startswith(words) for problem in problems), problems
    assert all(problem.location.file == "debate.json" for problem in problems)


@pytest.mark.parametrize(
    ("root", "sentence"),
    [
        ([], 'holds no AIF graph: it has no "nodes".'),
        ({"AIF": {}}, 'holds no AIF graph: it has no "nodes".'),
        ({"nodes": {}}, "nodes is {}; it must be a list."),
        ({"nodes": [{"text": "a", "type": "I"}]}, 'has no "nodeID" in nodes[0]; add it.'),
        ({"nodes": [{"nodeID": "1", "text": 2, "type": "I"}]}, "nodes[0].text is 2; it must be a"),
        ({"nodes": [], "edges": [{"fromID": "1"}]}, 'has no "toID" in edges[0]; add it.'),
    ],
)
def test_files_of_another_shape_are_refused_with_the_place(root, sentence):
    with pytest.raises(OutsideError) as caught:
        converted(root)
    assert sentence in str(caught.value)


def test_the_format_is_told_by_its_content(tmp_path):
    path = tmp_path / "debate.json"
    path.write_text(json.dumps(DEBATE))
    assert registry.of_file(path).name == "aif"
    path.write_text(json.dumps({"AIF": DEBATE}))
    assert registry.of_file(path).name == "aif"


@settings(deadline=None, max_examples=60)
@given(cases())
def test_what_is_written_is_read_back(case):
    case = replace(case, conflict=None, levers={}, deeds=())
    back, problems = parse(written(case), "case")
    assert problems == ()
    assert held(back) == held(case)


def test_the_built_in_case_as_others_see_it():
    """Without what stands beside the nodes for us, the graph is still sound AIF."""
    case = verbs.open_case("nato-russia-2008").case
    root = json.loads(written(case))
    kinds = {node["nodeID"]: node["type"] for node in root["nodes"]}
    assert len(kinds) == len(root["nodes"])
    joints = Counter((kinds[e["fromID"]], kinds[e["toID"]]) for e in root["edges"])
    assert set(joints) <= {
        *(("L", "YA"), ("YA", "I"), ("I", "RA"), ("RA", "I"), ("I", "CA"), ("CA", "I")),
        ("CA", "RA"),
    }
    assert joints["L", "YA"] == joints["YA", "I"] == len(case.statements)
    assert joints["CA", "RA"] >= sum(len(rule.unless) for rule in case.rules)
    leaves = Counter(e["fromID"] for e in root["edges"])
    assert all(leaves[name] == 1 for name, kind in kinds.items() if kind in {"RA", "CA", "YA"})
    said = {each["nodeID"]: each["personID"] for each in root["locutions"]}
    assert said.keys() == {name for name, kind in kinds.items() if kind == "L"}
    names = {p["participantID"]: p["firstname"] for p in root["participants"]}
    spoken = Counter(case.actors[s.actor].name for s in case.statements)
    assert Counter(names[person] for person in said.values()) == spoken


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 99) | st.sampled_from(["I", "RA", "11", "CA", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["nodeID", "text", "type", "title", "data"]), inner)
    ),
    max_leaves=6,
)
PLACES = [
    *(["nodes"], ["nodes", 2], ["nodes", 2, "nodeID"], ["nodes", 2, "type"], ["nodes", 9, "text"]),
    *(["edges"], ["edges", 3], ["edges", 3, "fromID"], ["edges", 3, "toID"], ["melian"]),
    *(["nodes", 2, "melian"], ["nodes", 9, "melian"], ["locutions"], ["locutions", 0, "start"]),
    *(["participants"], ["participants", 0, "participantID"], ["locutions", 0, "personID"]),
]


@settings(deadline=None)
@given(st.sampled_from(PLACES), anything)
def test_whatever_stands_there_nothing_else_than_a_sentence_is_raised(path, value):
    root = copy.deepcopy(DEBATE)
    *way, last = path
    place = root
    for step in way:
        place = place[step]
    place[last] = value
    try:
        converted(root)
    except OutsideError as error:
        assert str(error).endswith(".")  # noqa: PT017 - most values are wrong, some are right
