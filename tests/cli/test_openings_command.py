"""``melian openings``: from a case, a table or a database to what others could go on from."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

TABLE = Path(__file__).parents[3] / "shared" / "anchors" / "discourse" / "irps_nuclear.csv"
HEAD = "statement_id,date,person,organization,concept,agreement\n"


def run(*words: Any) -> Any:
    done = CliRunner().invoke(app, ["openings", *map(str, words)])
    if isinstance(done.exception, MelianError):
        raise done.exception
    return done


def test_the_built_in_case_is_told_and_given() -> None:
    done = run("nato-russia-2008", "--actor", "russia")
    assert done.exit_code == 0
    assert "Conditional" in done.stdout
    assert "5 openings in" in done.stdout
    data = json.loads(run("nato-russia-2008", "--json").stdout)
    assert Counter(each["kind"] for each in data["openings"]) == {
        "conditional": 4,
        "cooperative": 1,
    }
    assert data["least_statements"] == 3


def test_a_table_has_no_conditions_and_the_rest_works(tmp_path: Path) -> None:
    rows = [f"{n},2020-01-0{n},Ida,Port,Deich,{int(n == 4)}" for n in range(1, 6)]
    rows += [f"{n},2020-02-0{n},Mona,Ships,Deich,1" for n in range(6, 9)] + ["9,2020,Tom,,Deich,?"]
    path = tmp_path / "quay.csv"
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    done = run(path, "--json")
    assert done.exit_code == 1  # the last row is wrong
    (opening,) = json.loads(done.stdout)["openings"]
    assert opening["why"] == "4 of its 5 statements on it deny it; this is the line of Ships"
    assert [each["id"] for each in opening["statements"]] == ["quay-4"]
    shown = run(path).stdout
    assert "quay-4" in shown
    assert "1 opening in 8 statements." in shown
    path.write_text(HEAD, encoding="utf-8")
    assert "There is no statement to look at." in run(path).stdout
    with pytest.raises(MelianError, match="There is no actor"):
        run(path, "--actor", "Nobody")


def test_concessions_of_a_real_debate_are_those_of_its_table() -> None:
    if not TABLE.is_file():
        pytest.skip(f"the table of the debate is not here: {TABLE}")
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    counts = Counter((r["organization"], r["concept"], r["agreement"]) for r in rows)
    expected = set()
    for (who, what, sense), same in counts.items():
        against = counts[who, what, "1" if sense == "0" else "0"]
        if same + against >= 3 and 3 * against >= 2 * (same + against):
            expected.add((who, what, sense == "1", same, same + against))
    data = json.loads(run(TABLE, "--json").stdout)
    found = {
        (o["actor"], o["concept"], o["asserts"], o["line"]["same"], o["line"]["all"])
        for o in data["openings"]
        if o["kind"] == "concessive"
    }
    assert found == expected
    thin = [n for (who, what, _), n in counts.items()
            if counts[who, what, "0"] + counts[who, what, "1"] < 3]  # fmt: skip
    assert data["not_judged"]["thin"] == sum(thin)
    assert data["statements"] == len(rows)


def test_the_organisation_of_a_table_is_the_party(tmp_path: Path) -> None:
    path = tmp_path / "quay.csv"
    days = "".join(f"{n},2011-03-0{n},P{n},Port,dues,{int(n < 4)}\n" for n in range(1, 6))
    path.write_text(HEAD + days, encoding="utf-8")
    by_actor = json.loads(run(path, "--json").stdout)
    by_organisation = json.loads(run(path, "--rows", "organization", "--json").stdout)
    assert by_organisation == by_actor
    assert {each["actor"] for each in by_actor["openings"]} <= {"Port"}
    assert by_actor["statements"] == 5
