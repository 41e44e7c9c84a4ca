"""The figures that docs/irps-discourse.md quotes are those that the commands on that page print.

Each test takes a table of the page, runs the command that the page names for it, and compares. What
is drawn at random is recomputed where that takes seconds.
"""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from melian.cli.app import app

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "irps-discourse.md").read_text(encoding="utf-8")
TABLE = ROOT.parent / "shared" / "anchors" / "discourse" / "irps_nuclear.csv"
MONTHS = {"March": 3, "April": 4, "May": 5, "June": 6}


def printed(command: str, *more: str) -> dict:
    """Give as data what a command of the page prints, on the table where it is."""
    assert f"\n{command}\n" in PAGE, f"the page does not name the command: {command}"
    if not TABLE.is_file():
        pytest.skip(f"the table of the debate is not here: {TABLE}")
    words = [str(TABLE) if w == "irps_nuclear.csv" else w for w in shlex.split(command)[1:]]
    done = CliRunner().invoke(app, [*words, *more, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def quoted(*head: str) -> list[list[str]]:
    """Give the rows of the table of the page that has these headings."""
    lines = PAGE.split("| " + " | ".join(head) + " |\n", 1)[1].splitlines()[1:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    assert rows
    return rows


def number(value: float, places: int) -> str:
    shown = round(value, places) + 0.0  # no minus before a zero
    return f"{shown:.{places}f}".replace("-", "\N{MINUS SIGN}")


def between(ends: list[float], places: int = 3) -> str:
    return " to ".join(number(end, places) for end in ends)


def test_ties() -> None:
    found = printed(
        "melian network irps_nuclear.csv --rows organization --type subtract "
        "--normalize average --duplicates document"
    )
    names, matrix = found["rows"], found["matrix"]
    pairs = sorted(
        ((matrix[i][j], names[i], names[j]) for j in range(len(names)) for i in range(j)),
        reverse=True,
    )
    rows = quoted("strongest agreement", "tie")
    assert rows == [[f"{one}, {other}", f"{tie:.2f}"] for tie, one, other in pairs[: len(rows)]]


def test_coalitions_and_who_links_them() -> None:
    found = printed(
        "melian coalitions irps_nuclear.csv --rows organization --least 5", "--draws", "0"
    )
    members = [row[1] for row in quoted("coalition", "members", "stability")]
    assert members == [", ".join(each["members"]) for each in found["coalitions"]]
    brokers = sorted(found["brokers"], key=lambda each: -each["betweenness"])
    rows = quoted("who", "share")
    assert rows == [
        [each["actor"], f"{100 * each['betweenness']:.0f}%"] for each in brokers[: len(rows)]
    ]
    assert found["consensus"]["differing"] == ["BDEW", "BUND", "IG BCE"]
    assert len(found["consensus"]["agreeing"]) == 4
    assert len(found["actors"]) == 31
    assert len(found["left_out"]["few"]) == 159


@pytest.mark.parametrize("place", [0, 1, 2])
def test_camps(place: int) -> None:
    options = ("--least 5", "--least 5 --disputed 0.2", "--least 3 --disputed 0.2")[place]
    found = printed(f"melian polarisation irps_nuclear.csv --rows organization {options}")
    row = quoted("over", "least", "polarisation", "draws", "by chance", "the smaller camp")[place]
    chance = found["chance"]
    assert row[1:] == [
        str(found["least"]),
        number(found["polarisation"], 3),
        between(found["interval"]["same_camps"]),
        f"{number(chance['mean'], 3)} ({between(chance['within'])})",
        ", ".join(min(found["camps"].values(), key=len)),
    ]
    assert found["exact"] is True
    fits = {each["actor"]: f"{50 * (1 + each['fit']):.0f}" for each in found["firmness"]}
    if place == 1:
        assert [fits[who] for who in ("FDP", "CDU", "SPD", "Grüne")] == ["55", "62", "81", "74"]
        for sentence in ("with 55 % of its ties only", "with 62 %", "with 81 and 74 %"):
            assert sentence in PAGE


def test_windows_and_who_changes_sides() -> None:
    found = printed(
        "melian polarisation irps_nuclear.csv --rows organization --least 3 --disputed 0.2 "
        "--window 6 --step 2"
    )
    expected = []
    for each in found["windows"]:
        _, month, day = map(int, each["first"].split("-"))
        name = next(name for name, count in MONTHS.items() if count == month)
        expected.append(
            [
                f"{day} {name}",
                str(each["statements"]),
                str(each["actors"]),
                number(each["polarisation"], 3),
                between(each["interval"]["same_camps"]),
            ]
        )
    assert quoted("from", "claims", "actors", "polarisation", "draws") == expected
    (switch,) = found["switches"]
    assert (switch["actor"], switch["before"], switch["after"]) == ("FDP", "A", "B")
    assert switch["between"] == ["2011-04-10", "2011-05-08"]
    assert "between 10 April and 8 May" in PAGE
    stands = [s for each in found["windows"] for s in each["stands"]]
    assert {s["camp"] for s in stands if s["actor"] == "Bundesregierung"} <= {"A", ""}


def test_who_turned_round() -> None:
    found = printed(
        "melian polarisation irps_nuclear.csv --rows organization --least 5", "--draws", "0"
    )["reversals"]
    own = {
        (
            each["actor"],
            each["concept"],
            "for" if each["denies"] else "against",
            each["until"],
            each["since"],
        )
        for each in found
        if not each["other_voices"]
    }
    assert {tuple(row) for row in quoted("actor", "on", "was", "until", "since")} == own
    assert sum(each["other_voices"] for each in found) == 9
    assert "Nine more are listed" in PAGE


def test_positions() -> None:
    found = printed("melian scaling irps_nuclear.csv --rows organization --left Grüne --right Eon")
    places = {each["actor"]: each for each in found["positions"]}
    for actor, position, interval in quoted("actor", "position", "interval"):
        (coordinate,), (ends,) = places[actor]["coordinates"], places[actor]["intervals"]
        assert (position, interval) == (
            number(coordinate, 2),
            between([ends["low"], ends["high"]], 2),
        )
    assert f"holds {100 * found['dimensions'][0]['share']:.0f}% of what tells" in PAGE
    damages = next(
        each for each in found["concepts"] if (each["concept"], each["sense"]) ==
        ("Schadensersatz", 1)
    )  # fmt: skip
    assert f"{100 * damages['contributions'][0]:.0f}% of it is one concept, damages" in PAGE


def test_bursts() -> None:
    found = printed("melian trends irps_nuclear.csv --rows organization", "--all", "--draws", "1")
    bursts = [
        [
            re.sub(r'^on "(.*)"$', r"\1", each["label"]),
            each["first"],
            each["last"],
            f"{each['count']} of {each['of']}",
        ]
        for each in found["bursts"]
    ]
    for row in quoted("what", "from", "to", "claims"):
        assert row in bursts


def test_the_deadline_comes_up_more_from_22_may_on() -> None:
    found = printed(
        "melian trends irps_nuclear.csv --rows organization --concepts 'Ausstieg (mit Deadline)'"
    )
    (change,) = (each for each in found["changes"] if each["holds"])
    assert (change["date"], change["earliest"], change["latest"]) == (
        "2011-05-22",
        "2011-05-18",
        "2011-05-30",
    )
    said = f"there are {change['after']:.2f} claims a day on it, after {change['before']:.2f}"
    assert f"{said} (p {change['corrected']:.3f})" in PAGE


def test_agendas() -> None:
    found = printed("melian agenda irps_nuclear.csv --rows organization", "--draws", "0")
    held = [each for each in found["differences"] if each["holds"]]
    expected = [
        [
            each["more"]["actor"],
            each["value"],
            *(f"{each[side]['count']} of {each[side]['coded']}" for side in ("more", "less")),
        ]
        for each in held
    ]
    assert quoted("who", "speaks more of", "of its claims", "of all others'") == expected
    assert all(each["less"]["actor"] == "" for each in held)
    breadth = {each["actor"]: f"{each['breadth']['effective']:.1f}" for each in found["actors"]}
    assert f"as if of {breadth['CDU']} issues" in PAGE
    assert f"the FDP of {breadth['FDP']}, the Greens of {breadth['Grüne']}" in PAGE


def test_openings() -> None:
    found = printed("melian openings irps_nuclear.csv --rows organization")["openings"]
    kinds = [each["kind"] for each in found]
    told = f"{len(found)} openings: {kinds.count('concessive')} concessions"
    assert told in PAGE
    assert f"and {kinds.count('cooperative')} of common ground" in PAGE
    cited = {s["id"] if isinstance(s, dict) else s for each in found for s in each["statements"]}
    for number_ in (143, 262, 963, 122, 183, 1093, 36, 130, 199, 179, 328, 817):
        assert f"irps-nuclear-{number_}" in cited


def test_the_pictures_are_light_and_their_commands_stand_beside_them() -> None:
    folder = ROOT / "docs" / "pictures"
    beside = (folder / "README.md").read_text(encoding="utf-8")
    drawn = sorted(folder.glob("*.svg"))
    assert {f"pictures/{file.name}" for file in drawn} == set(
        re.findall(r"pictures/[\w-]+\.svg", PAGE)
    )
    for file in drawn:
        assert file.stat().st_size < 60_000
        assert f"-o {file.name}`" in beside
