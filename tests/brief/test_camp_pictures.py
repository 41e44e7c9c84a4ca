"""Two camps as pictures: what is drawn is what was found, counted in the drawing itself."""

from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np
import pytest

from melian.brief.compose.camp_pictures import camp_map, course_figures
from melian.discourse.networks.building import Design
from melian.discourse.polarisation.camps import Wanted, camps
from melian.discourse.polarisation.moving import Cut, course
from melian.discourse.statements.table import number_variable, table, text_variable

DESIGN = Design(rows="actor", qualifier="sign", normalization="average")
MONDAY = date(2024, 1, 1)
STANDS = {"a1": "AAAA", "a2": "AAAA", "a3": "AAAA", "b1": "BBAB", "b2": "BBAB", "goes": "AAAB"}


def debate(said):
    days, actors, concepts, signs = zip(*said, strict=True)
    return table(
        [f"s{number}" for number in range(len(said))],
        np.array([(day - date(1970, 1, 1)).days * 86_400 for day in days], dtype=np.int64),
        np.arange(len(said), dtype=np.int32),
        {
            "actor": text_variable(actors),
            "concept": text_variable(concepts),
            "sign": number_variable(signs, "boolean"),
        },
    )


@pytest.fixture(scope="module")
def said():
    """All agree in the third week; one goes over in the fourth; one says now this, now that."""
    rows = [
        (MONDAY + timedelta(days=7 * week), actor, f"c{concept}", int(camp == "A"))
        for actor, weeks in STANDS.items()
        for week, camp in enumerate(weeks)
        for concept in range(4)
    ]
    rows += [(MONDAY, "torn", f"c{number % 4}", (number + 1) % 2) for number in range(5)]
    return debate([*rows, (MONDAY, "once", "c1", 1)])


def titles(svg):
    return re.findall(r"<title>([^<]*)</title>", svg)


def test_the_map_has_every_actor_in_its_camp_and_says_who_is_not_firm(said) -> None:
    found = camps(said, DESIGN, Wanted())
    figure = camp_map(said, found)
    assert any(not each.firm for each in found.members if not each.part)
    told = {
        line.split(":")[0]: line for line in titles(figure.svg) if re.match(r"\w+: \d+ st", line)
    }
    assert set(told) == {each.actor for each in found.members}
    for each in found.members:
        line = told[each.actor]
        assert f"{each.statements} statements" in line
        assert (f"camp {each.camp}" in line) is not each.part
        if not each.part:
            assert ("not firmly in it" in line) is not each.firm
    assert "1 actor with fewer than 2 statements is not drawn" in figure.caption
    loose = [each.actor for each in found.members if not each.firm and not each.part]
    assert f"Not firmly in it: {loose[0]}" in figure.alt


def test_the_course_shows_where_there_are_not_two_camps(said) -> None:
    found = course(said, camps(said, DESIGN, Wanted()), Cut("weeks", 1))
    assert [moment.two_camps for moment in found.moments] == [True, True, False, True]
    line, strip = course_figures(found)
    hollow = re.findall(r"<circle [^>]*stroke-width", line.svg)
    assert len(hollow) == 2  # one window, and the legend
    assert "1 window of 4: no two camps, or no more than chance gives." in line.caption
    tiles = re.findall(r">\s*([AB])\s*<", strip.svg)
    stood = sum(camp is not None for each in found.journeys for camp in each.camps)
    assert len(tiles) == stood + 2  # and the legend
    assert "goes" in strip.alt
    assert "1 switches camp" in strip.alt


def test_where_nothing_can_be_divided_nobody_is_drawn_in_a_camp() -> None:
    said = debate([(MONDAY, who, f"{who}{n}", n % 2) for who in ("x", "y") for n in range(4)])
    found = camps(said, DESIGN, Wanted())
    assert found.undivided
    assert "camp A" not in camp_map(said, found).svg
