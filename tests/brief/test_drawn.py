"""The brief of a case with more combinations than can be solved: shares with intervals."""

from __future__ import annotations

import json

from test_compose import CASE, brief_of

from melian.brief import gathering
from melian.brief.html import html
from melian.brief.markdown import markdown
from melian.brief.printing import printer
from melian.brief.terminal import terminal
from melian.readings.levers.result import Search
from melian.readings.profiles import LEAST
from melian.verbs import open_case, outcomes

DOUBTS = "".join(
    f"      - {{prefer: {'close' if n % 2 else 'not close'}, probability: 0.{n % 7 + 1}}}\n"
    for n in range(17)
)
WIDE = CASE.replace("    port:\n      - {prefer: close, because: full}\n",
                    f"    port:\n{DOUBTS}      - {{prefer: close, because: full}}\n")  # fmt: skip


def told():
    return " ".join(markdown(brief_of(WIDE)).split())


def test_the_brief_comes_out_with_intervals():
    text = told()
    assert "make 262,144 combinations of readings and preferences, too many to solve each" in text
    assert "2,000 of them were drawn (seed 0)" in text
    assert "the interval behind a share holds the exact one in about 19 samples of 20" in text
    assert "17 statements are uncertain" in text
    assert "| Bela: pay its dues | 100% (99% to 100%) | 0% (0% to 1%) |" in text
    assert "| Portia would close the harbour and Bela would pay its dues |" in text
    assert "a sample, and not complete" in text


def test_the_answer_says_what_can_be_expected():
    answer = told().split("## The answer")[1].split("##")[0]
    assert "of the combinations by a sample of them" in answer
    assert "That Portia would not close the harbour is sure in" in answer
    assert "contradict" in answer or "clash" in answer


def test_the_status_quo_is_told():
    assert "If things stayed as they are, Portia would close the harbour. That can last in 0%" in (
        told()
    )


def test_the_data_are_those_of_the_sample():
    made = brief_of(WIDE)
    found = made.data["outcomes"]
    assert json.loads(printer(".json")(made))["title"] == "The harbour"
    assert (found["draws"], found["complete"]) == (2000, False)


def test_all_printers_print_it():
    made = brief_of(WIDE)
    assert "too many to solve each" in html(made)
    assert terminal(made, 80, case="x") is not None


def test_a_brief_draws_where_it_would_take_long_to_solve_each(tmp_path, monkeypatch):
    """And the command solves each all the same."""
    assert "too many to solve each" not in markdown(brief_of(CASE))
    monkeypatch.setattr(gathering, "EXACTLY", LEAST)
    assert "2,000 of them were drawn (seed 0)" in " ".join(markdown(brief_of(CASE)).split())
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    assert outcomes(open_case(str(tmp_path)).case).complete


def test_an_interval_in_a_table_stands_on_one_line():
    page = html(brief_of(WIDE))
    assert '<td class="numeric">' in page
    assert "(99% to 100%)</td>" in page
    assert "td.numeric { white-space: nowrap; }" in page


def lines_on_levers():
    return told().split("## What could move it")[1].split(" ## ")[0]


def test_the_levers_are_told_with_intervals():
    """The same draws as those of the outcomes: the share as things stand is the same in both."""
    text, found = lines_on_levers(), brief_of(WIDE).data
    now, one = found["levers"]["baseline"], found["levers"]["alone"][0]
    sure = found["outcomes"]["target"]["assured"]
    assert (now["assured"], now["interval"]["assured"]) == (sure["share"], sure["interval"])
    assert "These are shares of 2,000 draws (seed 0)" in text
    assert "is not told from a sample" in text
    assert f"{one['assured']:.0%}" in text
    assert "fails in some draw" in text or "in every draw" in text
    assert found["levers"]["complete"] is False


def test_every_move_leads_back_to_the_lever():
    records = {record.id: record.number for record in brief_of(WIDE).records}
    text = lines_on_levers()
    for name, number in records.items():
        if name.startswith("lever:"):
            assert f"[{number}]" in text.replace("\\", "")


def test_a_lever_that_makes_combinations_too_many_is_not_left_out(monkeypatch):
    """Where a single lever cannot be solved exactly, all are looked at in a sample."""
    exact = brief_of(CASE).data["levers"]
    assert "draws" not in exact
    monkeypatch.setattr(Search, "misses", True)
    made = brief_of(CASE)
    assert made.data["levers"]["draws"] == 2000
    assert "draws" not in made.data["outcomes"]
    assert "2,000 draws" in markdown(made)
