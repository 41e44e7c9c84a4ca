"""What is uncertain about preferences, as the brief and the terminal say it."""

from __future__ import annotations

import pytest
from test_compose import CASE, brief_of
from typer.testing import CliRunner

from melian.brief.html import html
from melian.brief.markdown import markdown
from melian.cli.app import app

LIKELY = "- {prefer: close, because: full, probability: 0.7}"
MAYBE = "- {prefer: close, because: full, uncertain: true}"
ORDER = "- any_order: [{prefer: close, because: full}, {prefer: not close, because: idle}]"


def doubtful(item):
    first, second = "- {prefer: close, because: full}", "- {prefer: not close, because: idle}"
    if item == ORDER:  # both claims are kept, so that the order decides
        return CASE.replace(f"      {second}\n", "").replace(first, item).replace(
            "excludes: [full, idle]", "excludes: [full, not idle]"
        )  # fmt: skip
    return CASE.replace(first, item)


def said(item):
    return " ".join(markdown(brief_of(doubtful(item))).split())


@pytest.mark.parametrize(
    ("item", "sentence", "condition"),
    [
        (
            LIKELY,
            "Portia prefers that it would close the harbour, with a probability of 70%.",
            (
                "Portia would close the harbour** in 35% of the combinations, if it holds "
                "that the harbour is full "
                "[1](#record-s1) and prefers that it would close the harbour."
            ),
        ),
        (
            MAYBE,
            "It is not known whether Portia prefers that it would close the harbour.",
            "and prefers that it would close the harbour.",
        ),
        (
            ORDER,
            (
                "It is not known what matters more to Portia: that it would close the harbour or "
                "that it would not close the harbour."
            ),
            (
                "Portia would close the harbour** in 50% of the combinations, if it cares "
                "more that it would close the harbour "
                "than that it would not close the harbour."
            ),
        ),
    ],
)
def test_the_brief_says_what_is_uncertain_and_what_hangs_on_it(item, sentence, condition):
    told = said(item).replace("\\", "")
    assert sentence in told
    assert condition in told.replace("[[1](#record-s1)]", "[1](#record-s1)")
    assert "that is a convention and not a finding" in told
    html(brief_of(doubtful(item)))


def test_the_brief_counts_what_is_uncertain():
    assert "Of what they prefer, one statement is uncertain." in said(LIKELY)
    assert "Of what they prefer, one order is not known." in said(ORDER)
    assert (
        "make four combinations of readings and preferences, and three different conflicts"
        in said(LIKELY)
    )


def test_the_figure_shows_the_share_of_each_column():
    drawn = html(brief_of(doubtful(LIKELY)))
    assert "share of combinations" in drawn
    assert "prefers: Close" in drawn
    assert all(f">{share}%<" in drawn for share in (35, 15))


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (LIKELY, 'Portia keeps idle; or Portia does not have the preference "close"'),
        (MAYBE, 'Portia does not have the preference "close"'),
        (ORDER, 'Portia puts "close" before "not close"'),
    ],
)
def test_the_terminal_says_what_an_outcome_hangs_on(item, words, tmp_path):
    (tmp_path / "case.yaml").write_text(doubtful(item), encoding="utf-8")
    (tmp_path / "statements.csv").write_text(
        "id,actor,sign,concept\ns1,port,+,full\ns2,port,+,idle\n", encoding="utf-8"
    )
    result = CliRunner().invoke(app, ["outcomes", str(tmp_path)], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    assert words in " ".join(result.output.split())
    assert "that is a convention and not a finding" in result.output
