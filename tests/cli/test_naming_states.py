"""A state is named in the same four ways wherever a command asks for one."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.case.loading import load_text
from melian.cli.app import app
from melian.problems import TooLarge, UsageError
from melian.verbs.naming_states import number_of, options_taken

HEAD = """title: The ferry
question: Does it sail?
actors: {ferry: Ferry, port: Port}
conflict:
  options: {ferry: {sail: sail, wait: wait}, port: {open: open}}
  infeasible: [sail and wait]
  preferences: {ferry: [sail and open], port: [sail and open]}
"""
COMMANDS = {
    "evolution": ("--start", lambda data: data["start"]["options"]),
    "inverse": ("--state", lambda data: data["states"][0]["options"]),
    "stability": ("--state", lambda data: data["state"]["options"]),
}


@pytest.fixture
def case(tmp_path):
    (tmp_path / "case.yaml").write_text(HEAD, encoding="utf-8")
    return str(tmp_path)


def asked(case, command, name):
    option, _ = COMMANDS[command]
    return CliRunner().invoke(app, [command, case, option, name, "--json"])


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("open, sail", "YNY"),
        (" wait,open ,", "NYY"),
        ("YNY", "YNY"),
        ("NNN", "NNN"),
        ("nothing", "NNN"),
        ("1", "NNN"),
        ("6", "NYY"),  # what is infeasible, 3 and 7 in binary, has no number
    ],
)
def test_four_ways_are_understood_everywhere(case, command, typed, meant):
    result = asked(case, command, typed)
    assert result.exit_code == 0, result.output
    assert COMMANDS[command][1](json.loads(result.stdout)) == meant


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("sial", 'Did you mean "sail"?'),
        ("YN", '"YN" is not an option of the conflict.'),
        ("sail, 2", '"2" is not an option of the conflict.'),
        ("7", "There is no state 7; they are numbered 1 to 6"),
        ("0", "There is no state 0;"),
        ("9" * 5000, "There is no state 999999999999;"),
    ],
)
def test_what_is_no_state_is_answered_with_all_four_ways(case, command, typed, said):
    error = asked(case, command, typed).exception
    assert isinstance(error, UsageError)
    assert said in str(error)
    assert (
        'Name a state by the options taken in it, with commas, as in "sail"; by a Y or N for each, '
        "as in YNN; by its number, as in 1; or as nothing."
    ) in str(error)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_infeasible_state_is_refused_with_what_rules_it_out(case, command):
    error = asked(case, command, "sail, wait").exception
    assert isinstance(error, UsageError)
    assert 'is infeasible: the case rules out "sail and wait"' in str(error)


def test_the_name_of_an_option_comes_first():
    options = ', "2": two, nothing: nought, YNYY: why, odd: odd}}'
    text = HEAD.replace(", wait: wait}, port: {open: open}}", options)
    text = text.replace("  infeasible: [sail and wait]\n", "").replace("[sail and open]", "[sail]")
    conflict = load_text(text).case.conflict
    assert tuple(conflict.options) == ("sail", "2", "nothing", "YNYY", "odd")
    for name in ("2", "nothing", "YNYY"):
        assert options_taken(conflict, name) == (name,)
    assert options_taken(conflict, "3") == ("2",)
    assert options_taken(conflict, "NNYNY") == ("nothing", "odd")
    assert number_of(conflict, ("sail", "2")) == 4


def test_numbers_are_for_conflicts_whose_states_can_be_listed():
    many = ", ".join(f"o{n}: do {n}" for n in range(60))
    text = HEAD.replace("{sail: sail, wait: wait}", f"{{sail: sail, wait: wait, {many}}}")
    conflict = load_text(text).case.conflict
    assert options_taken(conflict, "o7, sail") == ("o7", "sail")
    assert options_taken(conflict, "nothing") == ()
    assert options_taken(conflict, "Y" * 63) == tuple(conflict.options)
    with pytest.raises(TooLarge):
        options_taken(conflict, "5")
