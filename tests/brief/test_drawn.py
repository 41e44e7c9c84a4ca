"""The brief of a case with more combinations than can be solved: shares with intervals."""

from __future__ import annotations

import json

from test_compose import CASE, brief_of

from melian.brief.html import html
from melian.brief.markdown import markdown
from melian.brief.printing import printer
from melian.brief.terminal import terminal

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
    assert "what levers change in them is not weighed" in text
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
