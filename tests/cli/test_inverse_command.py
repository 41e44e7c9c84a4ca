"""``melian inverse`` as a user types it: two drivers, and who would have to want what."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

CASE = """
title: The bridge
question: Who gives way on the bridge?
actors: {red: {name: Red car, kind: person}, blue: {name: Blue car, kind: person}}
conflict:
  options: {red: {red-stops: stop}, blue: {blue-stops: stop}}
  preferences:
    red: [blue-stops, not red-stops]
    blue: [red-stops, not blue-stops]
  target: red-stops and blue-stops
levers:
  fine: {by: blue, does: call the police, effect: {red: [{prefer: red-stops or not blue-stops}]}}
"""


@pytest.fixture
def case(tmp_path):
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    return str(tmp_path)


def run(*args):
    result = CliRunner().invoke(app, ["inverse", *args])
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def data(*args):
    result = CliRunner().invoke(app, ["inverse", *args, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def fails(*args):
    result = CliRunner().invoke(app, ["inverse", *args])
    assert isinstance(result.exception, MelianError)
    return str(result.exception)


def test_no_order_of_two_wishes_about_two_cars_makes_both_stop(case):
    said = run(case)
    assert "Can be made an equilibrium: 0; whatever the order, cannot: 1." in said
    assert (
        "State 4: red-stops, blue-stops never: whatever the order, a move pays: "
        "Red car to state 3 (blue-stops)."
    ) in said


def test_the_reason_for_never_is_minimal_and_told_in_json(case):
    (state,) = data(case)["states"]
    assert (state["cost"], state["never"], state["complete"]) == (None, True, True)
    assert state["because"] in (
        [{"actor": "red", "gains_by_moving_to": 3}],
        [{"actor": "blue", "gains_by_moving_to": 2}],
    )


def test_additions_make_both_stop_and_a_lever_is_one_of_them(case):
    said = run(case, "--additions")
    assert "2 changes; no fewer do" in said
    (state,) = data(case, "--additions")["states"]
    assert state["cost"] == 2
    assert state["every_change"]
    reds = {step for change in state["changes"] for step in change["actors"]["red"]["added"]}
    assert reds == {"red-stops", "red-stops or not blue-stops"}
    for change in state["changes"]:
        assert change["actors"]["blue"]["added"] == ["blue-stops"]
        assert change["actors"]["blue"]["do"] == 'add "blue-stops" above "not blue-stops"'
        for order in change["actors"]["blue"]["orders"]:
            assert order.index("blue-stops") < order.index("not blue-stops")


def test_it_is_stable_as_it_is_under_a_weaker_concept(case):
    assert "is an equilibrium as it is." in run(case, "--concept", "gmr")


def test_one_state_is_named_by_its_options_or_its_number(case):
    assert data(case, "--state", "nothing")["states"][0]["number"] == 1
    assert data(case, "--state", "blue-stops")["states"] == data(case, "--state", "3")["states"]


def test_who_may_change_is_narrowed(case):
    (state,) = data(case, "--additions", "--actor", "red")["states"]
    assert state["never"], "blue drives on whatever red wants"
    assert state["because"] == [{"actor": "blue", "gains_by_moving_to": 2}]


def test_rankings_are_counted_with_the_nearest_beside(case):
    red, blue = data(case, "--rankings")["rankings"]
    assert red["varied"] == {"red": [1, 4]}
    assert red["total"] == blue["total"] == 24
    assert red["counts"]["nash"] == 0, "blue would still drive on"
    assert red["nearest"]["nash"] == {"cost": None, "changes": [], "every_change": True}
    (both,) = data(case, "--rankings", "--actor", "red,blue", "--concept", "nash")["rankings"]
    assert both["total"] == 24 * 24
    assert both["counts"] == {"nash": 12 * 12}
    assert both["nearest"]["nash"]["cost"] == 2
    said = run(case, "--rankings", "--actor", "red,blue")
    assert "Ranked anew by Red car (places 1 to 4), Blue car (places 1 to 4): 576 rankings." in said
    assert "Red car: put state 3 below state 4; Blue car: put state 2 below state 4" in said


def test_a_search_that_is_cut_short_says_so(case):
    result = CliRunner().invoke(app, ["inverse", case, "--additions", "--work", "25"])
    assert result.exit_code == 0
    assert "1 state not settled; a larger --work searches on" in result.stderr
    found = data(case, "--additions", "--work", "25")
    assert found["complete"] is False
    assert found["states"][0]["cost"] is None
    assert found["states"][0]["never"] is False


def test_the_best_change_known_is_given_where_the_work_runs_out():
    asked = ("nato-russia-2008", "--state", "5", "--concept", "seq", "--work")
    for work in range(200, 1000, 10):
        (state,) = data(*asked, str(work))["states"]
        if state["at_most"] is not None:
            break
    (change,) = state["changes"]
    assert (state["cost"], state["complete"], state["every_change"]) == (None, False, False)
    assert change["cost"] == state["at_most"] > state["at_least"]
    said = run(*asked, str(work))
    assert f"State 5: adapt {state['at_most']} changes do it; whether 1 to " in said
    assert "Can be made an equilibrium: 1;" in said
    assert next(iter(change["actors"].values()))["do"] in said


def test_an_actor_without_preferences_is_no_stumbling_block(tmp_path):
    text = CASE.replace("    blue: [red-stops, not blue-stops]\n", "")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    for concept in ("nash", "gmr", "smr", "seq", "sim"):
        (state,) = data(str(tmp_path), "--concept", concept)["states"]
        assert state["cost"] is not None or state["never"]


def test_a_limit_on_ways_says_that_there_are_more(case):
    (state,) = data(case, "--additions", "--limit", "1")["states"]
    assert state["every_change"] is False
    assert sum(change["ways"] for change in state["changes"]) == 1
    assert "in 1 or more ways" in run(case, "--additions", "--limit", "1")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--target", "red-stop"], 'Did you mean "red-stops"?'),
        (["--target", "red-stops and"], "The formula"),
        (["--target", "red-stops and not red-stops"], "No feasible state satisfies"),
        (["--target", "red-stops", "--state", "1"], "Give --target or --state, not both."),
        (["--state", "9"], "There is no state 9; they are numbered 1 to 4"),
        (["--state", "green"], '"green" is not an option'),
        (["--actor", "reds"], 'Did you mean "red"?'),
        (["--concept", "sequ"], 'Did you mean "seq"?'),
        (["--concept", "nash,seq"], "Give one --concept"),
        (["--places", "1-3"], "--places is for --rankings"),
        (["--rankings", "--places", "some"], "Give the first and the last, 1 being the best: 1-6."),
        (["--rankings", "--places", "2-9"], "there are no places 2 to 9"),
        (["--rankings", "--additions"], "do not go together"),
    ],
)
def test_what_cannot_be_asked_is_said(case, args, said):
    assert said in fails(case, *args)


def test_without_a_target_it_asks_for_one(tmp_path):
    text = CASE.replace("  target: red-stops and blue-stops\n", "")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    assert '--target "not red-stops", or name one state with --state' in fails(str(tmp_path))


def test_the_built_in_case_names_what_to_move():
    said = run("nato-russia-2008")
    assert 'NATO: put "offer-map" below "not offer-map"' in said


def test_help_has_an_example():
    result = CliRunner().invoke(app, ["inverse", "--help"])
    assert "melian inverse nato-russia-2008" in result.stdout


HAND = {
    "options": [
        {"name": "Stop", "permittedDirection": "both"},
        {"name": "Wait", "permittedDirection": "both"},
    ],
    "decisionMakers": [
        {"name": "Red car", "options": [0], "preferences": [], "preferenceRanking": [3, 4, 1, 2]},
        {
            "name": "Blue car",
            "options": [1],
            "preferences": [],
            "preferenceRanking": [2, [1, 4], 3],
        },
    ],
    "infeasibles": [],
    "useManualPreferenceRanking": True,
}


def test_a_ranking_by_hand_is_told_by_its_states(tmp_path):
    file = tmp_path / "bridge.gmcr"
    file.write_text(json.dumps(HAND), encoding="utf-8")
    said = run(str(file), "--state", "stop, wait", "--actor", "red-car")
    assert "never: whatever the order, a move pays: Blue car to state 2 (stop)." in said
    said = run(str(file), "--state", "4")
    assert "2 changes; no fewer do" in said
    assert "Red car: put state 3 below state 4; Blue car: put state 2 below states 1, 4" in said


def test_states_that_no_moves_lead_to_are_told_apart(tmp_path):
    taken = "conflict:\n  status_quo: [red-stops]\n  irreversible: {red-stops: forward}"
    (tmp_path / "case.yaml").write_text(CASE.replace("conflict:", taken), encoding="utf-8")
    states = data(str(tmp_path), "--target", "blue-stops or not blue-stops")["states"]
    assert {each["options"]: each["cannot_come_about"] for each in states} == {
        "NN": True,
        "YN": False,
        "NY": True,
        "YY": False,
    }
    said = run(str(tmp_path), "--target", "not red-stops")
    assert "these cannot come about, as no moves lead to them from the status quo: 1, 3." in said
    assert "cannot come about" not in run(str(tmp_path))


def test_it_is_said_that_preferences_in_doubt_count_as_held(case, tmp_path):
    said = "Every preference counts as held, those included that hang on readings"
    assert said not in run(case)
    doubted = CASE.replace("red: [blue-stops,", "red: [{prefer: blue-stops, uncertain: true},")
    (tmp_path / "case.yaml").write_text(doubted, encoding="utf-8")
    assert said in run(str(tmp_path))
