"""Reading ``.gmcr`` files: what they say, what is not used, and what is wrong with them."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.case.decoding import LARGEST
from melian.case.formula import parse as formula
from melian.case.model import Preference
from melian.conflict.building import model
from melian.conflict.result import Concept
from melian.conflict.stability import stability
from melian.formats.gmcr import parse, read
from melian.problems import OutsideError, Severity, TooLarge

SHARED = Path(__file__).parents[3] / "shared" / "anchors" / "conflict" / "expected"

CHICKEN = {
    "program": "gmcr-py",
    "version": "0.4.1",
    "options": [
        {"name": "Swerve", "permittedDirection": "both"},
        {"name": "Swerve", "permittedDirection": "fwd"},
    ],
    "decisionMakers": [
        {"name": "Red car", "options": [0], "preferences": [[[1, "Y"]], [[0, "N"], [1, "Y"]]]},
        {
            "name": "Blue car",
            "options": [1],
            "preferences": [{"compound": True, "members": [[[0, "Y"]], [[1, "Y"], [0, "N"]]]}],
        },
    ],
    "infeasibles": [[[0, "N"], [1, "N"]]],
    "useManualPreferenceRanking": False,
    "coalitions": [0, 1],
}


def changed(path, value):
    """CHICKEN with another value at one place, given as keys and indexes."""
    root = copy.deepcopy(CHICKEN)
    *way, last = path
    place = root
    for step in way:
        place = place[step]
    place[last] = value
    return root


def converted(root):
    return parse(json.dumps(root), "chicken")


def test_a_file_becomes_a_case():
    case, problems = converted(CHICKEN)
    conflict = case.conflict
    assert problems == ()
    assert (case.id, case.title) == ("chicken", "chicken")
    assert [(a.id, a.name) for a in case.actors.values()] == [
        ("red-car", "Red car"),
        ("blue-car", "Blue car"),
    ]
    assert [(o.id, o.text, o.owners) for o in conflict.options.values()] == [
        ("swerve", "Swerve", ("red-car",)),
        ("swerve-2", "Swerve", ("blue-car",)),
    ]
    assert conflict.irreversible == {"swerve-2": "forward"}
    assert conflict.infeasible == (formula("not swerve and not swerve-2"),)
    assert conflict.preferences["red-car"] == (
        Preference(formula("swerve-2")),
        Preference(formula("not swerve and swerve-2")),
    )
    assert conflict.preferences["blue-car"] == (
        Preference(formula("swerve or swerve-2 and not swerve")),
    )


def test_options_are_sorted_decision_maker_by_decision_maker():
    root = changed(["decisionMakers", 0, "options"], [1])
    root["decisionMakers"][1]["options"] = [0]
    conflict = converted(root)[0].conflict
    assert [(o.id, o.owners) for o in conflict.options.values()] == [
        ("swerve", ("red-car",)),
        ("swerve-2", ("blue-car",)),
    ]
    assert conflict.irreversible == {"swerve": "forward"}, "option 1 of the file comes first now"


def test_an_option_of_two_decision_makers_is_owned_by_both():
    conflict = converted(changed(["decisionMakers", 1, "options"], [0, 1]))[0].conflict
    assert conflict.options["swerve"].owners == ("red-car", "blue-car")


def test_a_ranking_by_hand_becomes_one_preference_a_rank():
    root = changed(["useManualPreferenceRanking"], True)
    root["decisionMakers"][0]["preferenceRanking"] = [2, [1, 3]]
    root["decisionMakers"][1]["preferenceRanking"] = [3, 2, 1]
    case, _ = converted(root)
    preferences = [str(p.prefer) for p in case.conflict.preferences["red-car"]]
    assert preferences == [
        "not swerve and swerve-2",
        "swerve and not swerve-2 or swerve and swerve-2",
    ]
    ranks = model(case.conflict).ranks
    assert ranks.tolist() == [[0, 1, 2, 1], [0, 1, 2, 3]]


def test_the_old_names_of_a_ranking_are_read():
    root = changed(["useManualPreferenceVectors"], True)
    del root["useManualPreferenceRanking"]
    root["decisionMakers"][0]["preferenceVector"] = [1, 2, 3]
    root["decisionMakers"][1]["preferenceVector"] = [[1, 2, 3]]
    assert model(converted(root)[0].conflict).ranks.tolist() == [[0, 3, 2, 1], [0, 1, 1, 1]]


@pytest.mark.parametrize("name", ["and", "NOT", "!?", ""])
def test_names_that_are_no_ids_get_one(name):
    conflict = converted(changed(["options", 0, "name"], name))[0].conflict
    first = next(iter(conflict.options.values()))
    assert first.text == name
    assert formula(f"not {first.id}")


@pytest.mark.parametrize(
    ("path", "value", "code", "words"),
    [
        (["decisionMakers", 0, "options"], [], "option-without-owner", '"swerve-2"'),
    ],
)
def test_what_is_not_used_is_said(path, value, code, words):
    (problem,) = converted(changed(path, value))[1]
    assert (problem.code, problem.severity) == (code, Severity.WARNING)
    assert words in problem.message
    assert problem.location.file == "chicken.gmcr"


def test_what_somebody_does_not_see_and_who_acts_together_is_read():
    root = changed(["decisionMakers", 1, "misperceptions"], [[[1, "Y"], [0, "N"]], [[0, "Y"]]])
    conflict = converted({**root, "coalitions": [[1, 0]]})[0].conflict
    assert conflict.unseen == {"blue-car": (formula("swerve-2 and not swerve"), formula("swerve"))}
    assert conflict.coalitions == (("blue-car", "red-car"),)
    assert converted(CHICKEN)[0].conflict.coalitions == ()


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (["coalitions"], [[0, 2]], "coalitions[0][1] is 2; it must be the number of a decision m"),
        (["options"], {}, "options is {}; it must be a list."),
        (["options", 1], 7, "options[1] is 7; it must be an object."),
        (["options", 0, "name"], None, "options[0].name is null; it must be a text."),
        (
            ["options", 0, "permittedDirection"],
            "up",
            'options[0].permittedDirection is "up"; it must be "both" or "fwd" or "back".',
        ),
        (
            ["decisionMakers", 1, "options"],
            [2],
            "decisionMakers[1].options[0] is 2; it must be the number of an option, 0 to 1.",
        ),
        (
            ["decisionMakers", 0, "options"],
            [True],
            "options[0] is true; it must be the number of an option",
        ),
        (["infeasibles"], [[[0, "X"]]], 'infeasibles[0][0][1] is "X"; it must be "Y" or "N".'),
        (["infeasibles"], [[]], "infeasibles[0] is []; it must be pairs of"),
        (["infeasibles"], [[[0]]], "infeasibles[0] is [[0]]; it must be pairs of"),
        (
            ["decisionMakers", 0, "preferences"],
            [{"compound": False, "members": []}],
            "preferences[0].compound is false; it must be true.",
        ),
        (["useManualPreferenceRanking"], 1, "useManualPreferenceRanking is 1; it must be true or"),
        (["useManualPreferenceRanking"], True, 'has no "preferenceRanking" in decisionMakers[0]'),
    ],
)
def test_what_is_wrong_is_said_with_its_place(path, value, sentence):
    with pytest.raises(OutsideError) as caught:
        converted(changed(path, value))
    assert sentence in str(caught.value)
    assert '"chicken.gmcr"' in str(caught.value)


@pytest.mark.parametrize("ranking", [[1, 2], [1, 2, 2], [1, 2, [3, 3]]])
def test_a_ranking_that_misses_or_repeats_a_state_is_refused(ranking):
    root = changed(["useManualPreferenceRanking"], True)
    root["decisionMakers"][0]["preferenceRanking"] = [[1, 2, 3]]
    root["decisionMakers"][1]["preferenceRanking"] = ranking
    with pytest.raises(OutsideError, match="each state from 1 to 3 once"):
        converted(root)


def test_a_ranking_by_hand_of_many_options_is_refused_before_it_is_spelled_out():
    root = changed(["useManualPreferenceRanking"], True)
    root["options"] = [{"name": f"o{i}", "permittedDirection": "both"} for i in range(40)]
    root["decisionMakers"][0]["preferenceRanking"] = [1]
    with pytest.raises(TooLarge, match=r"40 options is too long.*preference statements instead"):
        converted(root)
    root["options"] = root["options"][:15]
    with pytest.raises(TooLarge, match=r"24,576 states is too long; at most 16,384 states"):
        converted(root)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is not JSON at line 1, column 1"),
        ('{"options": [}', "is not JSON at line 1, column 14"),
        ("[" * 100_000, "too deep to be read; make it flatter"),
        ("9" * 5_000, "a number has 5,000 digits, and at most"),
        ("[]", "the whole is []; it must be an object."),
        ('{"options": [], "options": []}', '"options" stands twice in one object; keep one.'),
        ('{"options": [{"a": 1, "b\\u001b": 2, "b\\u001b": 3}]}', '"b " stands twice'),
        ('{"options": NaN}', "NaN is not a number."),
        ('{"options": [-Infinity]}', "-Infinity is not a number."),
        ('{"options": "\\u009b\\u202e\\ud800"}', 'options is "   "; it must be a list.'),
    ],
)
def test_what_is_not_json_is_said(text, sentence):
    with pytest.raises(OutsideError) as caught:
        parse(text)
    assert sentence in str(caught.value)


def test_an_option_listed_twice_by_one_decision_maker_is_refused():
    root = changed(["decisionMakers", 0, "options"], [0, 0])
    with pytest.raises(OutsideError, match=r"options is \[0, 0\]; .* each of them once"):
        converted(root)


def test_a_file_whose_conditions_leave_no_state_is_said():
    conditions = [[[0, "Y"]], [[0, "N"], [1, "Y"]]]
    _, problems = converted(changed(["infeasibles"], conditions))
    assert "no-feasible-state" not in [p.code for p in problems]
    _, problems = converted(changed(["infeasibles"], [*conditions, [[0, "N"]]]))
    (problem,) = (p for p in problems if p.code == "no-feasible-state")
    assert problem.severity is Severity.ERROR


def test_names_hold_nothing_that_a_terminal_would_obey():
    root = changed(["decisionMakers", 0, "name"], "A\x1b[31m\u202eB")
    case, problems = converted(root)
    assert next(iter(case.actors.values())).name == "A [31m B"
    (problem,) = (p for p in problems if p.code == "control-character")
    assert problem.message.startswith("decisionMakers[0].name holds")


def test_files_that_cannot_be_read_are_said(tmp_path):
    with pytest.raises(OutsideError, match="cannot be read: No such file"):
        read(tmp_path / "none.gmcr")
    with (tmp_path / "huge.gmcr").open("wb") as huge:
        huge.truncate(LARGEST + 1)
    with pytest.raises(OutsideError, match="more than 20 MB"):
        read(tmp_path / "huge.gmcr")
    (tmp_path / "latin.gmcr").write_bytes(b'{"options": "\xe9"}')
    with pytest.raises(OutsideError, match="not text in UTF-8"):
        read(tmp_path / "latin.gmcr")
    (tmp_path / "marked.gmcr").write_bytes(b"\xef\xbb\xbf" + json.dumps(CHICKEN).encode())
    assert read(tmp_path / "marked.gmcr")[0].title == "marked"


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["Y", "N", "both", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
PLACES = [
    *(["options"], ["options", 0], ["options", 1, "name"], ["options", 0, "permittedDirection"]),
    *(["decisionMakers"], ["decisionMakers", 0], ["decisionMakers", 1, "preferences"]),
    *(["decisionMakers", 0, "options"], ["decisionMakers", 1, "preferences", 0, "members"]),
    *(["decisionMakers", 0, "name"], ["decisionMakers", 0, "misperceptions"]),
    *(["infeasibles"], ["infeasibles", 0, 0], ["coalitions"], ["useManualPreferenceRanking"]),
]


@settings(deadline=None)
@given(st.sampled_from(PLACES), anything)
def test_whatever_stands_there_nothing_else_than_a_sentence_is_raised(path, value):
    try:
        case, _ = converted(changed(path, value))
    except OutsideError as error:
        assert str(error).endswith(".")  # noqa: PT017 - most values are wrong, some are right
    else:
        stability(model(case.conflict))


RANKED_BY_STATEMENTS = ["Prisoners", "Cuban", "SyriaIraq"]


@pytest.mark.parametrize(
    ("name", "by_hand"),
    [
        *((name, False) for name in RANKED_BY_STATEMENTS),
        *((name, True) for name in (*RANKED_BY_STATEMENTS, "Elmira")),
    ],
)
def test_shared_models_written_as_files_give_their_answers(name, by_hand):
    if not SHARED.is_dir():
        pytest.skip(f"no answers to compare with: {SHARED} is not there")
    truth = json.loads((SHARED / f"{name}.json").read_text())
    built = model(converted(_file(truth, by_hand))[0].conflict)
    assert built.graph.decimals.tolist() == [s["decimal"] for s in truth["states"]]
    result = stability(built)
    for concept in Concept:
        key = "Nash" if concept is Concept.NASH else concept.upper()
        found = np.flatnonzero(result.equilibria(concept)) + 1
        assert found.tolist() == truth["textbook_equilibria"][key]


def _file(truth, by_hand):
    size, feasible = len(truth["options"]), {s["yn"] for s in truth["states"]}
    every = ["".join("NY"[d >> b & 1] for b in range(size)) for d in range(1 << size)]
    return {
        "options": truth["options"],
        "decisionMakers": [
            {
                "name": maker["name"],
                "options": maker["options"],
                "preferences": [_condition(text) for text in maker["statements"]],
                "preferenceRanking": maker["preferenceRanking_best_first"],
            }
            for maker in truth["decisionMakers"]
        ],
        "infeasibles": [_conjunction(letters) for letters in every if letters not in feasible],
        "useManualPreferenceRanking": by_hand,
    }


def _condition(text):
    members = [_conjunction(part) for part in text.split(", ")]
    return members[0] if len(members) == 1 else {"compound": True, "members": members}


def _conjunction(pattern):
    return [[i, letter] for i, letter in enumerate(pattern) if letter != "-"]
