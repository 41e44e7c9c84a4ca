"""The derivation and the argument of every finding, open or on demand."""

from __future__ import annotations

import json
import re

import pytest

from melian.brief.compose import compose
from melian.brief.data import json_text
from melian.brief.document import Figure, Fold, Group
from melian.brief.gathering import gather
from melian.brief.html import html
from melian.brief.markdown import markdown
from melian.case.loading import load_text
from melian.verbs import open_case

TWICE = """
title: The harbour
question: Will the harbour close?
actors: {aria: {name: Aria, kind: state}, aria-mining: Aria Mining}
concepts:
  great: {text: Aria is great, denied: Aria is small}
  rich: {text: Aria is rich, denied: Aria is poor}
  mines: {text: Aria Mining is sound, denied: Aria Mining is broke}
"""


@pytest.fixture(scope="module")
def brief():
    return compose(gather(open_case("nato-russia-2008").case))


def folds(blocks):
    for block in blocks:
        if isinstance(block, Fold):
            yield block
        if isinstance(block, Group):
            yield from folds(block.blocks)


def test_every_finding_has_its_steps_and_its_picture(brief) -> None:
    page = html(brief)
    findings = brief.data["audit"]["findings"]
    assert len(findings) >= 10
    for finding in findings:
        anchor = re.escape(f"steps-{finding['id']}")
        picture = re.escape(f'<figure id="argument-{finding["id"]}')
        assert re.search(rf'<details class="fold" id="{anchor}', page)
        assert re.search(picture, page)


def test_steps_are_numbered_everywhere(brief) -> None:
    positions = next(section for section in brief.sections if section.id == "positions")
    folded = list(folds(positions.blocks))
    steps = folded[0].blocks[0]
    assert steps.numbered
    assert f"1. {steps.items[0][0][:20]}" in markdown(brief)
    assert '"type": "fold"' in json_text(brief)
    assert json.loads(json_text(brief))


def test_pictures_on_demand_are_left_out_of_markdown(brief) -> None:
    positions = next(section for section in brief.sections if section.id == "positions")
    closed = [f for f in folds(positions.blocks) if any(isinstance(b, Figure) for b in f.blocks)]
    assert closed
    text = markdown(brief)
    for fold in closed:
        assert fold.summary in text
        assert all(b.id not in text for b in fold.blocks if isinstance(b, Figure))


def test_a_party_is_called_it_in_every_clause_about_it_and_a_namesake_in_none() -> None:
    rows = (
        "s1,aria,2021,+,great\ns2,aria,2021,-,great\ns3,aria,2021,+,rich\ns4,aria,2021,-,rich\n"
        "s5,aria,2021,+,mines\ns6,aria,2021,-,mines\n"
    )
    loaded = load_text(TWICE, statements_csv="id,actor,date,sign,concept\n" + rows)
    page = html(compose(gather(loaded.case)))
    assert "that it is great" in page
    assert "that it is rich" in page
    assert "that Aria Mining is sound" in page
    assert "that it Mining" not in page
