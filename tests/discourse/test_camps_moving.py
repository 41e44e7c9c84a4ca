"""Camps through time: who stays, who goes over when, and who turns round on what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from melian.discourse.networks.building import Design
from melian.discourse.polarisation.camps import Wanted, camps
from melian.discourse.polarisation.moving import Cut, course
from melian.discourse.polarisation.reversing import reversals
from melian.discourse.resampling import Resampling
from melian.discourse.statements.reading import parse
from melian.discourse.statements.table import UNDATED, number_variable, table, text_variable
from melian.problems import UsageError

DESIGN = Design(rows="actor", qualifier="sign", normalization="average")
MONDAY = date(2024, 1, 1)


def debate(said):
    """Make a table of days, actors, concepts and signs."""
    days, actors, concepts, signs = zip(*said, strict=True)
    seconds = [
        UNDATED if day is None else int((day - date(1970, 1, 1)).days) * 86_400 for day in days
    ]
    return table(
        [f"s{number}" for number in range(len(said))],
        np.array(seconds, dtype=np.int64),
        np.arange(len(said), dtype=np.int32),
        {
            "actor": text_variable(actors),
            "concept": text_variable(concepts),
            "sign": number_variable(signs, "boolean"),
        },
    )


def weeks(stands, concepts=3):
    """Make a debate in which actors say weekly what their camp does: "AAB", one letter a week."""
    return debate(
        [
            (MONDAY + timedelta(days=7 * week + place % 5), actor, f"c{concept}", int(camp == "A"))
            for actor, camps_by_week in stands.items()
            for week, camp in enumerate(camps_by_week)
            for place, concept in enumerate(range(concepts))
            if camp != "."
        ]
    )


STANDS = {
    "a1": "AAAAAA",
    "a2": "AAAAAA",
    "a3": "AAAA..",
    "b1": "BBBBBB",
    "b2": "BBBBBB",
    "goes": "AAABBB",
    "late": "...BBB",
    "back": "ABAAAA",
}


def followed(said, cut, by=None, **words):
    whole = camps(said, DESIGN, Wanted(**words))
    return course(said, whole, cut, by)


def named(found):
    """Give the letters of each actor, by the letters that a1 was given."""
    letters = {each.actor: each.camps for each in found.journeys}
    assert set(letters["a1"]) == {letters["a1"][0]}  # names do not change
    name = {letters["a1"][0]: "A", None: "."}
    return {a: "".join(name.get(camp, "B") for camp in camps) for a, camps in letters.items()}


@pytest.mark.parametrize("by", [None, Resampling(times=20)])
def test_who_stays_and_who_goes_over(by) -> None:
    found = followed(weeks(STANDS), Cut("weeks", 1), by)
    assert named(found) == STANDS
    by_actor = {each.actor: each for each in found.journeys}
    assert by_actor["b1"].loyalty == 1 == by_actor["late"].loyalty
    assert by_actor["goes"].loyalty == 0.5
    assert by_actor["goes"].main is None
    assert by_actor["back"].loyalty == pytest.approx(5 / 6)
    assert [each.actor for each in found.switches] == ["back", "back", "goes"]
    (over,) = by_actor["goes"].switches
    assert over.left == (date(2024, 1, 15), date(2024, 1, 21))
    assert over.joined == (date(2024, 1, 22), date(2024, 1, 28))
    assert all(moment.camps.exact for moment in found.moments)
    assert all((moment.certainty is None) == (by is None) for moment in found.moments)
    assert found.moments[0].carried is not None


def test_nobody_goes_over_while_all_agree() -> None:
    """In weeks 3 and 4 all say the same; one goes over for good in week 4 where they part again."""
    stands = {"a1": "AAAAAA", "a2": "AAAAAA", "a3": "AAAAAA", "b1": "BBAABB", "b2": "BBAABB"}
    found = followed(weeks(stands | {"goes": "AAAABB"}, concepts=5), Cut("weeks", 1))
    assert [moment.two_camps for moment in found.moments] == [True, True, False, False, True, True]
    assert [moment.united for moment in found.united] == ["two camps fit no better than one"] * 2
    assert all(moment.camps is not None and not moment.stands for moment in found.united)
    assert {each.actor: each.loyalty for each in found.journeys} == {
        **dict.fromkeys(stands, 1.0),
        "goes": 0.5,
    }
    (over,) = found.switches
    assert over.actor == "goes"
    assert not over.overlap
    assert over.between == (date(2024, 1, 11), date(2024, 2, 1))


def test_what_chance_does_as_well_is_no_camps() -> None:
    """Senses are tossed: each window has a best division, and hardly any more than chance."""
    rng = np.random.default_rng(7)
    said = debate(
        [
            (MONDAY + timedelta(days=7 * week), f"x{actor}", f"c{concept}", int(rng.integers(2)))
            for week in range(12)
            for actor in range(6)
            for concept in range(4)
        ]
    )
    found = followed(said, Cut("weeks", 1))
    divided = [moment for moment in found.moments if moment.camps and moment.camps.polarisation > 0]
    assert len(divided) > 8
    assert sum(moment.two_camps for moment in found.moments) <= 3  # of 12, at 1 in 20
    assert {moment.united for moment in divided} >= {"no more than chance"}
    assert all(moment.chance.above > 0.05 for moment in divided if not moment.two_camps)
    assert all(moment.chance.above <= 0.05 for moment in divided if moment.two_camps)


def test_switches_between_windows_that_overlap_are_in_order() -> None:
    stands = {**STANDS, "goes": "AAABBBBB", "a1": "A" * 8, "b1": "B" * 8, "b2": "B" * 8}
    found = followed(weeks(stands, concepts=4), Cut("weeks", 3, 1))
    over = [each for each in found.switches if each.actor == "goes"]
    assert len(over) == 1
    (one, other) = over[0].between
    assert over[0].overlap
    assert over[0].joined[0] <= over[0].left[1]
    assert one < date(2024, 1, 22) < other  # it is from this day on in the other


def test_who_says_now_this_now_that_is_undecided() -> None:
    stands = {k: v for k, v in STANDS.items() if k[0] in "ab"}
    said = [
        (MONDAY + timedelta(days=7 * week), actor, f"c{concept}", int(camp == "A"))
        for actor, letters in stands.items()
        for week, camp in enumerate(letters)
        for concept in range(4)
        if camp != "."
    ]
    said += [
        (MONDAY + timedelta(days=7 * week), "torn", f"c{concept}", concept % 2)
        for week in range(6)
        for concept in range(4)
    ]
    found = followed(debate(said), Cut("weeks", 2))
    assert "torn" not in {each.actor for each in found.journeys}
    assert "torn" in {stand.actor for moment in found.moments for stand in moment.stands}
    assert not [each for each in found.switches if each.actor == "torn"]


def test_thin_windows_are_refused_with_a_reason() -> None:
    few = followed(weeks({"a1": "AA", "b1": "BB", "b2": "BB"}, concepts=8), Cut("weeks", 1))
    assert [moment.thin for moment in few.moments] == [
        "fewer than 4 actors with 2 statements or more"
    ] * 2
    assert few.moments[0].camps is None
    assert few.journeys == () == few.switches
    little = followed(weeks(STANDS, concepts=2), Cut("weeks", 1))
    assert {moment.thin for moment in little.moments} == {"fewer than 20 statements"}


def test_undated_statements_are_counted() -> None:
    said = weeks(STANDS)
    undated = debate([(None, "a1", "c1", 1), (None, "b1", "c1", 0)])
    with pytest.raises(UsageError, match="No statement has a date"):
        followed(undated, Cut("weeks", 1), least=1)
    assert followed(said, Cut("weeks", 1)).outside == 0


def test_reversals_are_those_that_are_clean() -> None:
    day = [MONDAY + timedelta(days=n) for n in range(9)]
    said = debate(
        [
            (day[0], "Port", "dues", 0),
            (day[1], "Port", "dues", 0),
            (day[4], "Port", "dues", 1),
            (day[0], "Port", "quay", 1),
            (day[5], "Port", "quay", 1),
            (day[0], "Town", "dues", 1),
            (day[2], "Town", "dues", 0),
            (day[3], "Town", "dues", 1),
            (day[2], "Ships", "quay", 1),
            (day[2], "Ships", "quay", 0),
            (day[1], "Ships", "dues", 1),
            (day[8], "Ships", "dues", 0),
            (None, "Ships", "crew", 0),
            (day[3], "Ships", "crew", 1),
        ]
    )
    found = reversals(said, DESIGN)
    assert found.torn == 2  # the town on dues, the ships on the quay
    port, ships = found.found
    assert (port.actor, port.concept, port.denies) == ("Port", "dues", False)
    assert (port.until, port.since) == (day[1], day[4])
    assert (port.before, port.after) == (("s0", "s1"), ("s2",))
    assert (ships.actor, ships.concept, ships.denies) == ("Ships", "dues", True)
    assert (ships.before, ships.after) == (("s10",), ("s11",))


def test_two_members_who_differ_are_no_turn() -> None:
    rows = (
        "1,2011-03-01,Ann,Port,dues,0",
        "2,2011-03-05,Bob,Port,dues,1",
        "3,2011-03-01,Ann,Ships,dues,0",
        "4,2011-03-05,Ships,Ships,dues,1",
        "5,2011-03-06,Ann,Ships,dues,1",
    )
    head = "statement_id,date,person,organization,concept,agreement"
    said, problems = parse("\n".join((head, *rows)) + "\n", "quay.csv")
    assert problems == ()
    port, ships = reversals(said, replace(DESIGN, rows="organization")).found
    assert (port.voices_before, port.voices_after) == (("Ann",), ("Bob",))
    assert port.other_voices
    assert ships.voices_after == ("Ships", "Ann")
    assert not ships.other_voices
    unnamed, _ = parse(
        "date,organization,concept,agreement\n2011-03-01,Port,dues,0\n2011-03-05,Port,dues,1\n",
        "quay.csv",
    )
    (port,) = reversals(unnamed, replace(DESIGN, rows="organization")).found
    assert port.voices_before == ()
    assert not port.other_voices
