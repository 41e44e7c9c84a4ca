"""``melian stability`` with --where, --state and the like, and on conflicts of many options."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app

CASE = "nato-russia-2008"


def run(*args):
    return CliRunner().invoke(app, ["stability", *args])


def data(*args):
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def words(result):
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


@pytest.fixture
def large(tmp_path):
    """Twenty games of chicken between two, in a file: forty options."""
    count = 40
    wishes = [
        [
            condition
            for n in range(0, count, 2)
            for condition in (
                {"compound": True, "members": [[[n, "Y"]], [[n + 1, "Y"]]]},
                [[n + who, "N"]],
            )
        ]
        for who in (0, 1)
    ]
    content = {
        "options": [{"name": f"way {i}", "permittedDirection": "both"} for i in range(count)],
        "decisionMakers": [
            {"name": name, "options": list(range(who, count, 2)), "preferences": wishes[who]}
            for who, name in enumerate(["Row", "Column"])
        ],
        "infeasibles": [],
        "useManualPreferenceRanking": False,
    }
    path = tmp_path / "chicken.gmcr"
    path.write_text(json.dumps(content))
    return str(path)


@pytest.mark.parametrize("where", ["partner", "partner and adapt", "not confront", "join"])
def test_both_engines_find_the_equilibria_that_all_of_them_would_be_filtered_to(where):
    everything = data(CASE)
    letters = {each["number"]: each["options"] for each in everything["states"]}
    taken = {each["options"]: set(each["taken"]) for each in data(CASE, "--where", where)["states"]}
    explicit = data(CASE, "--where", where)
    symbolic = data(CASE, "--where", where, "--symbolic", "--limit", "1000")
    assert (explicit["engine"], symbolic["engine"]) == ("explicit", "symbolic")
    assert explicit["complete"]
    assert symbolic["complete"]
    for concept, numbers in explicit["equilibria"].items():
        assert set(numbers) <= set(everything["equilibria"][concept])
        assert sorted(letters[n] for n in numbers) == sorted(symbolic["equilibria"][concept])
    wanted = {"partner": {"partner"}, "partner and adapt": {"partner", "adapt"}, "join": {"join"}}
    for options in taken.values():
        assert wanted.get(where, set()) <= options
        assert where != "not confront" or "confront" not in options


def test_every_state_is_explained_as_the_whole_says():
    everything = data(CASE)
    for number in (1, 53, 73, 78, 144):
        letters = everything["states"][number - 1]["options"]
        told = data(CASE, "--state", letters)
        assert told["state"]["options"] == letters
        for concept, each in everything["stability"].items():
            for actor, numbers in each.items():
                verdict = told["stability"][concept][actor]
                assert verdict["stable"] == (number in numbers)
                assert verdict["stable"] or (verdict["gain"] and not verdict["replies"])
            assert told["equilibrium"][concept] == (number in everything["equilibria"][concept])


def test_people_read_why_a_state_is_stable_or_is_not():
    said = words(run(CASE, "--state", "engage, confront, back-breakaways, apply"))
    assert said.startswith("State NNYYNNYNY: engage, confront, back-breakaways, apply")
    assert "nash: not stable: it gains if it takes offer-map." in said
    assert "stable: it gains if it takes offer-map, but then Georgia takes press." in said
    assert "nash, gmr, smr, seq, sim: stable: it gains by no move." in said
    assert said.endswith("An equilibrium under gmr, smr. No equilibrium under nash, seq, sim.")


def test_people_read_that_there_is_none_and_that_this_is_certain():
    said = words(run(CASE, "--where", "join"))
    assert "nash: no equilibrium in which join. That is certain." in said


def test_of_many_options_nash_is_found_and_the_rest_is_asked_for(large):
    result = run(large, "--limit", "5")
    said = words(result)
    assert "nash: the first 5. There are others; --limit finds more." in said
    assert "For the other concepts, say what to look for with --where, or name a --state." in said
    few = data(large, "--where", " and ".join(f"way-{n}" for n in range(0, 36, 2)))
    assert len(few["equilibria"]["nash"]) == 4
    assert few["ended"]["nash"] == "all"
    assert {len(each["options"]) for each in few["states"]} == {40}
    both = run(large, "--where", "way-0 and way-1", "--concept", "nash", "--count", "--json")
    counted = json.loads(both.stdout)
    assert counted["equilibria"] == {"nash": 0}
    assert counted["complete"]


def test_a_limit_alone_still_tells_of_every_concept():
    few = data(CASE, "--limit", "2")
    assert {name: len(each) for name, each in few["equilibria"].items()} == {
        "nash": 1,
        "gmr": 2,
        "smr": 2,
        "seq": 1,
        "sim": 1,
    }
    assert few["ended"]["gmr"] == "limit"


def test_what_all_have_in_common_is_said_once(large):
    said = words(run(large, "--where", " and ".join(f"way-{n}" for n in range(0, 38, 2))))
    assert "Taken in all of them: way-0, way-2," in said


def test_one_state_of_many_options_is_explained(large):
    letters = "Y" * 20 + "N" * 20  # the options of one stand before those of the other
    told = data(large, "--state", letters)
    assert all(told["equilibrium"].values())
    said = words(run(large, "--state", "N" + letters[1:]))
    assert "nash: not stable: it gains if it takes way-" in said


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--where", "partner and"], '"partner and" is not a formula over options.'),
        (["--where", "partnr"], 'Did you mean "partner"?'),
        (["--state", "stay"], '"stay" is not an option of the conflict.'),
        (["--state", "confront, adapt"], 'the case rules out "confront and adapt"'),
        (["--state", "adapt", "--where", "join"], "--state explains one state"),
        (["--where", "join", "--coalition", "nato,russia"], "leave out --coalition"),
        (["--where", "join", "--table"], "leave out --table"),
    ],
)
def test_what_makes_no_sense_is_said(args, sentence):
    result = run(CASE, *args)
    assert result.exit_code != 0
    assert sentence in str(result.exception)


def test_work_that_does_not_suffice_leaves_the_answer_open():
    result = run(CASE, "--where", "partner", "--symbolic", "--concept", "seq", "--work", "500")
    assert "Whether there are others is open." in words(result)
    assert not data(CASE, "--where", "partner", "--symbolic", "--work", "500")["complete"]


def test_equilibria_without_number_are_counted_and_not_listed(tmp_path):
    """Sixty options that nobody cares about, one that its owner wants."""
    options = ", ".join(f"x{number}: do {number}" for number in range(60))
    (tmp_path / "case.yaml").write_text(
        "title: t\nquestion: q\nactors: {a: A, b: B}\nconflict:\n"
        f"  options:\n    a: {{want: want it, {options}}}\n"
        "  preferences:\n    a: [want]\n    b: [want]\n",
        encoding="utf-8",
    )
    found = json.loads(run(str(tmp_path), "--count").stdout)
    assert found["equilibria"] == {"nash": 2**60}
    assert found["complete"]
