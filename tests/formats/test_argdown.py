"""What becomes of an Argdown map in a case, from its text or from its JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from argdown_maps import MAPS

from melian.case.dates import parse_date, parse_period
from melian.case.decoding import LARGEST
from melian.case.formula import parse as formula
from melian.case.formula import signed
from melian.case.model import Actor, Fact, Rule, Source, Statement, Tie
from melian.formats import json_tree, registry
from melian.formats.argdown import from_json, parse, read
from melian.problems import OutsideError, Severity

EXAMPLES = Path(__file__).parents[3] / "shared" / "anchors" / "audit" / "cases" / "argdown"


def claim(text):
    return signed(formula(text))


def claims(*texts):
    return tuple(map(claim, texts))


def rules(text):
    case, problems = parse(text)
    assert [p for p in problems if p.code != "no-speaker"] == []
    return {rule.id: rule for rule in case.rules}


@pytest.mark.parametrize("name", ["legalisation-softdrugs", "semmelweis_betz", "state-censorship"])
def test_text_and_json_give_the_same_case(name):
    if not EXAMPLES.is_dir():
        pytest.skip(f"no examples to compare with: {EXAMPLES} is not there")
    plain, _ = read(EXAMPLES / f"{name}.argdown")
    from_file, _ = read(EXAMPLES / f"{name}.json")
    assert _orderless(plain) == _orderless(from_file)
    assert plain.title != plain.id, "the front matter has a title, the JSON has none"
    assert len(plain.rules) > 10


def _orderless(case):
    """The case without its title, with nothing in an order."""
    statements = frozenset(replace(s, id="") for s in case.statements)
    parts = dict(case.concepts), dict(case.actors), dict(case.sources)
    return (*parts, frozenset(case.rules), statements)


@pytest.mark.parametrize(
    ("sign", "rule"),
    [
        ("+", Rule("b then a", conditions=claims("b"), then=formula("a"))),
        ("<+", Rule("b then a", conditions=claims("b"), then=formula("a"))),
        ("+>", Rule("a then b", conditions=claims("a"), then=formula("b"))),
        ("-", Rule("b then not a", conditions=claims("b"), then=formula("not a"))),
        ("->", Rule("a then not b", conditions=claims("a"), then=formula("not b"))),
        ("><", Rule("excludes(a, b)", excludes=claims("a", "b"))),
    ],
)
def test_relations_become_rules(sign, rule):
    assert list(rules(f"[A]\n  {sign} [B]").values()) == [rule]


def test_in_strict_mode_support_is_strict_and_attacks_exclude():
    found = rules("===\nmodel: {mode: strict}\n===\n\n[A]\n  + [B]\n  - [C]")
    assert found["b then a"].strength == "strict"
    assert found["excludes(c, a)"] == Rule("excludes(c, a)", excludes=claims("c", "a"))


def test_premises_and_conclusions_become_rules():
    found = rules(
        "<Who pays docks!>: Dues are for docking. {source: ledger, locator: p. 4}\n\n"
        "(1) [Pays]\n(2) [Free]\n----\n(3) [Docks]\n(4) [Loads]\n"
        "-- by custom {uses: [3, 4, 1]} --\n  <_ [Storm]\n(5) [Leaves]"
    )
    assert found == {
        "who-pays-docks-3": Rule(
            "who-pays-docks-3",
            conditions=claims("pays", "free"),
            then=formula("docks"),
            source="ledger",
        ),
        "who-pays-docks": Rule(
            "who-pays-docks",
            conditions=claims("docks", "loads", "pays"),
            unless=claims("storm"),
            then=formula("leaves"),
            why="Dues are for docking.",
            source="ledger",
        ),
    }


def test_without_uses_a_conclusion_rests_on_what_came_since_the_one_before():
    found = rules("<X>\n\n(1) [A]\n----\n(2) [B]\n(3) [C]\n----\n(4) [D]\n----\n(5) [E]")
    assert found["x"].conditions == claims("d")
    assert found["x-4"].conditions == claims("b", "c")
    assert found["x-2"].conditions == claims("a")


def test_an_argument_without_premises_is_a_concept_and_undercuts_are_exceptions():
    case, _ = parse("[A]: a\n  + <B>: b\n    <_ <C>: c\n  - <D>: d")
    assert {c.name: c.text for c in case.concepts.values()} == dict(
        zip("abcd", "abcd", strict=True)
    )
    assert {r.id: r.unless for r in case.rules} == {
        "b then a": claims("c"),
        "d then not a": (),
    }


def test_an_attack_on_an_argument_with_premises_is_an_exception_to_it():
    found = rules("<X>\n\n(1) [A]\n----\n(2) [B]\n\n[C]\n  -> <X>\n  _> <X>")
    assert found["x"].unless == claims("c")


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("<X>\n\n(1) [A]\n----\n(2) [B]\n\n[C]\n  +> <X>", 8, 3, "which premise"),
        ("[A]\n  _> [B]", 2, 3, "Only arguments can be undercut"),
        ("<A>\n  _> <B>", 2, 3, "draws no rule"),
    ],
)
def test_relations_that_mean_nothing_here_are_said(text, line, column, words):
    _, problems = parse(text, "map")
    (problem,) = (p for p in problems if p.code == "relation-unused")
    assert (problem.location.line, problem.location.column) == (line, column)
    assert problem.location.file == "map.argdown"
    assert words in problem.message


def test_what_nobody_says_is_the_authors_and_that_is_said():
    case, problems = parse("[A]: a #pro\n  + <B>: b", "quay")
    assert case.actors == {"author": Actor("author", "the author of the map", "person")}
    assert case.statements == (
        Statement("s1", "author", claim("a"), source="quay", note="#pro"),
        Statement("s2", "author", claim("b"), source="quay"),
    )
    assert case.sources == {"quay": Source("quay", "quay")}
    (problem,) = problems
    assert problem.severity is Severity.WARNING
    assert problem.message.startswith("2 statements name nobody")


def test_who_says_what_stands_in_data_in_a_tag_or_above_it():
    case, problems = parse(
        "# The Port {actor: port, kind: organisation, role: host, speaks_for: bela-town 2021..}\n\n"
        "[A]\n\n## Inside\n\n[B]: b\n\n# Others\n\n"
        '[C] {actor: Bela Town, date: "2021-04", source: The Ledger, locator: p. 4, because: b,'
        " if: [a, not b], level: political, quote: so, basis: inferred, id: s9}\n\n"
        "<D>: d #actor-port #pro\n\n<E>: e {proponent: port}"
    )
    assert problems == ()
    assert case.actors == {
        "port": Actor(
            "port",
            "The Port",
            "organisation",
            "host",
            speaks_for=(Tie("bela-town", parse_period("2021..")),),
        ),
        "bela-town": Actor("bela-town", "Bela Town", "group"),
    }
    assert {(s.actor, str(s.claim)) for s in case.statements} == {
        *(("port", "a"), ("port", "b"), ("bela-town", "c"), ("port", "d"), ("port", "e")),
    }
    assert next(s for s in case.statements if s.id == "s9") == Statement(
        "s9",
        "bela-town",
        claim("c"),
        parse_date("2021-04"),
        claims("b"),
        claims("a", "not b"),
        level="political",
        source="the-ledger",
        locator="p. 4",
        quote="so",
        basis="inferred",
    )
    assert case.sources == {"the-ledger": Source("the-ledger", "The Ledger")}


def test_titles_become_ids_of_their_own():
    case, _ = parse("[Offener Häfen!]: a\n\n[Offener Häfen?]: b\n\n[not]: c\n\n[?]: d\n\n<?>: e")
    assert list(case.concepts) == [
        *("offener-häfen", "offener-häfen-2", "concept-not", "concept-1", "concept-2"),
    ]
    case, _ = parse("Ships of Bela may dock.\n\n[A]\n  + the quay is long enough for all of them")
    assert "ships-of-bela-may-dock" in case.concepts
    assert "the-quay-is-long-enough-for-all-of-them" in case.concepts


def test_the_text_is_the_canonical_mention_without_markup():
    case, _ = parse(MAPS["the same said twice"])
    assert case.concepts["a"].text == "second"
    case, _ = parse("[A]: a *b* #c @[D e] f\\* #(g h)\n\n[D e]")
    assert case.concepts["a"].text == "a b D e f*"


def test_facts_stand_in_data():
    case, _ = parse("[A] {fact: {value: true, source: ledger, contested_by: [port]}}\n\n[B]: b")
    assert case.facts == {formula("a"): Fact(formula("a"), value=True, source="ledger",
                                             contested_by=("port",))}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("{actor: x, date: soon}", "bad-date"),
        ("{actor: x, because: a b}", "bad-formula"),
        ("{actor: x, if: a or b}", "not-signed"),
    ],
)
def test_data_that_cannot_be_read_are_said(data, code):
    case, problems = parse(f"\n[A] {data}")
    (problem,) = problems
    assert (problem.code, problem.location.line, problem.location.column) == (code, 2, 1)
    assert len(case.statements) == 1


JSON = {
    "statements": {
        "A": {
            "members": [
                {
                    "text": "🚢 @[B] sails #pro",
                    "role": "top-level-statement",
                    "ranges": [
                        {"type": "italic", "start": 0, "stop": 1},
                        {"type": "statement-mention", "title": "B", "start": 3, "stop": 6},
                        {"type": "tag", "tag": "pro", "start": 14, "stop": 17},
                    ],
                    "tags": ["pro"],
                    "section": "s1",
                    "data": {"date": "2021-04-06T00:00:00.000Z"},
                }
            ]
        },
        "B": {"members": []},
    },
    "arguments": {
        "X": {
            "members": [],
            "pcs": [
                {"title": "A", "role": "premise"},
                {"title": "B", "inference": {"inferenceRules": [], "data": {"uses": [1]}}},
            ],
        }
    },
    "relations": [
        {"relationType": "contradictory", "from": "A", "fromType": "equivalence-class",
         "to": "B", "toType": "equivalence-class"},
        {"relationType": "undercut", "from": "B", "fromType": "equivalence-class",
         "to": "X", "toType": "inference", "conclusionIndex": 1},
    ],
    "sections": [{"id": "s1", "title": "Port", "level": 1, "data": {"actor": "port"}}],
}  # fmt: skip


def converted(root):
    return from_json(json_tree.parse(json.dumps(root), "map.json"), "map")


def test_json_is_read_with_javascripts_offsets_and_dates():
    case, problems = converted(JSON)
    assert problems == ()
    assert case.concepts["a"].text == "🚢 B sails"
    said = {s.actor: s for s in case.statements}
    assert (said["port"].date, said["port"].note) == (parse_date("2021-04-06"), "#pro")
    assert {r.id: r for r in case.rules} == {
        "x": Rule("x", conditions=claims("a"), then=formula("b"), unless=claims("b")),
        "excludes(a, b)": Rule("excludes(a, b)", excludes=claims("a", "b")),
    }


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (["statements", "A", "members", 0, "section"], "s9", 'section is "s9"; it must be the id'),
        (["relations", 0, "from"], "Z", 'from is "Z"; it must be a title among'),
        (["relations", 1, "conclusionIndex"], 0, "it must be a title among"),
        (["relations", 0, "relationType"], "likes", 'it must be "support" or'),
        (["arguments", "X", "pcs", 0, "title"], "Z", "it must be a title among the statements"),
        (["statements"], [], "statements is []; it must be an object"),
        (["sections", 0, "level"], 0, "it must be the number of the level of a heading"),
    ],
)
def test_json_of_another_shape_is_refused_with_its_place(path, value, sentence):
    root = json.loads(json.dumps(JSON))
    *way, last = path
    place = root
    for step in way:
        place = place[step]
    place[last] = value
    with pytest.raises(OutsideError) as caught:
        converted(root)
    assert sentence in str(caught.value)
    assert "map.json" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# Map\n\n[A]: a\n", "argdown"),
        ("<A>\n  - [B]\n", "argdown"),
        ("(1) a\n(2) b\n----\n(3) c\n", "argdown"),
        (json.dumps(JSON), "argdown"),
        ('{"options": [], "decisionMakers": []}', "gmcr"),
    ],
)
def test_the_content_of_a_file_tells_its_format(text, name, tmp_path):
    path = tmp_path / "map.txt"
    path.write_text(text, encoding="utf-8")
    assert registry.of_file(path).name == name


def test_a_map_that_looks_like_none_is_told_by_its_ending(tmp_path):
    path = tmp_path / "map.AD"
    path.write_text("[A] b\n")
    assert registry.of_file(path).name == "argdown"


@pytest.mark.parametrize("text", ["# Title\n\nSee [here].\n\n[here]: https://a.example\n- [x] b\n"])
def test_markdown_is_no_map(text):
    assert not registry.named("argdown").recognises(text.encode())


def test_files_that_are_no_maps_are_said(tmp_path):
    with pytest.raises(OutsideError, match="cannot be read: No such file"):
        read(tmp_path / "none.argdown")
    (tmp_path / "other.json").write_text('{"options": []}')
    with pytest.raises(OutsideError, match="holds no Argdown map; write one with: argdown json"):
        read(tmp_path / "other.json")
    with (tmp_path / "huge.ad").open("wb") as huge:
        huge.truncate(LARGEST + 1)
    with pytest.raises(OutsideError, match="more than 20 MB"):
        read(tmp_path / "huge.ad")
    (tmp_path / "small.ad").write_bytes(
        b"\xef\xbb\xbf[A]: \xe2\x80\xaeb\x00\r\n  + [C]: \xc3\xa9\r\n"
    )
    case, problems = read(tmp_path / "small.ad")
    assert {p.code for p in problems} == {"control-character", "no-speaker"}
    assert {(p.location.line, p.location.column) for p in problems} == {(1, 1), (1, 6), (1, 8)}
    assert case.concepts["c"].text == "é"
    (tmp_path / "latin.ad").write_bytes(b"[A]: \xe9")
    case, problems = read(tmp_path / "latin.ad")
    assert case.concepts["a"].text == "é"
    assert "not-utf-8" in {p.code for p in problems}
