"""The built-in case: complete, sound, in its own words, and saying what its source says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from melian import verbs
from melian.audit.result import Kind
from melian.conflict.result import Concept
from melian.readings.outlook import outlook

MEMO = Path(__file__).parents[3] / "shared" / "cases" / "nato-russia-2008" / "memo.txt"
OWN_INCONSISTENCIES = {
    "allies at one level, an unfriendly West at the other": {"nato-ally", "nato-hostile"},
    "an enemy of which each part is a partner": {"nato-hostile", "works-with(nato-members)"},
    "omnipotent and a relic": {"nato-omnipotent", "nato-relic"},
    "Kosovo may not do what Abkhazia may": {"kosovo-precedent", "not may-secede(kosovo)"},
    "the majority decides in Ukraine, not in Georgia": {
        "public-support-decides",
        "not should-join(georgia)",
    },
    "democracy invoked and disavowed": {
        "democracy-bears-on-security",
        "not democracy-bears-on-security",
    },
    "membership proves no democracy": {"democracy-required", "not membership-proves-democracy"},
    "open borders and visas": {"near-neighbours-open", "not open-border(georgia)"},
    "Georgia's economic good and severed links": {
        "cares-for-economy(georgia)",
        "not cares-for-economy(georgia)",
    },
    "no pressure and lasting troops": {"no-armed-pressure(abkhazia)", "troops-stay(abkhazia)"},
    "end NATO and be its partner": {"nato-past", "partnership-wanted"},
    "pragmatic and imperial": {"pragmatic-actor", "not nato-ships-thinkable"},
    "pragmatic and nostalgic": {"pragmatic-actor", "past-guides"},
    "a great power in its neighbourhood only": {"great-power", "neighbourhood-only"},
    "territory is no remedy, garrisons are": {"territory-no-remedy", "garrisons-secure"},
    "NATO: an open door with a condition": {"door-open", "peace-before-entry"},
}


@pytest.fixture(scope="module")
def case():
    opened = verbs.open_case("nato-russia-2008")
    assert opened.problems == ()
    return opened.case


@pytest.fixture(scope="module")
def found(case):
    return verbs.audit(case)


@pytest.mark.parametrize("claims", OWN_INCONSISTENCIES.values(), ids=OWN_INCONSISTENCIES)
def test_findings__hold_each_of_the_memos_inconsistencies(found, claims):
    assert claims in [{c.id for c in finding.commitments} for finding in found.findings]


def test_findings__of_every_kind_but_reversal(found):
    assert {finding.kind for finding in found.findings} == set(Kind) - {Kind.REVERSAL}


def test_findings__have_titles_without_ids(case, found):
    names = {n for n in (*case.concepts, *case.principles) if "-" in n}
    for finding in found.findings:
        assert not names & set(re.findall(r"[\w-]+", finding.title))


def hangs(outcomes, option):
    """What an option hangs on, as sets of commitments kept (True) and dropped (False)."""
    (view,) = [view for view in outlook(outcomes, Concept.NASH) if view.option == option]
    return {frozenset((c.mark, c.kept) for c in conditions) for conditions in view.hangs_on.cover}


def test_outcomes__what_the_three_choices_hang_on(case, found):
    outcomes = verbs.outcomes(case, found)
    settled = {view.option: view.settled for view in outlook(outcomes, Concept.NASH)}
    assert settled["join"] is False
    assert hangs(outcomes, "confront") == {
        frozenset({("nato-omnipotent", True), ("door-open", True)}),
        frozenset({("nato-hostile", True), ("partnership-wanted", False)}),
    }
    assert hangs(outcomes, "adapt") == {
        frozenset({("nato-hostile", False), ("nato-relic", True)}),
        frozenset({("nato-hostile", False), ("peace-before-entry", True)}),
    }


def test_levers__two_pairs_suffice_and_no_lever_alone(case):
    found = verbs.levers(case, largest=2)
    assert {pull.ids for pull in found.smallest} == {
        ("pacific-contacts", "global-agenda"),
        ("global-agenda", "look-beyond"),
    }
    assert all(pull.assured < 1 for pull in found.alone)
    assert found.idle == ("afghan-transit",)


def test_levers__an_exchange_of_transits_is_not_to_natos_gain_everywhere(case):
    """Easing transit widens what may follow: in some readings NATO could end lower than now."""
    found = verbs.levers(case, largest=1)
    judged = {pull.ids[0]: pull.reciprocity for pull in found.alone}
    assert judged["kaliningrad-transit"].levers == ("kaliningrad-transit", "afghan-transit")
    assert judged["kaliningrad-transit"].reciprocal is False
    assert judged["joint-declaration"].reciprocal is True


def test_readme__names_all_that_codes_the_memo(case):
    text = (verbs.locate("nato-russia-2008") / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`([^`]+)`", text))
    coded = [s.id for s in case.statements] + [d.id for d in case.deeds]
    coded += [*case.levers, *case.principles, *(str(atom) for atom in case.facts)]
    coded += [rule.id for rule in case.rules]
    assert set(coded) <= told


def test_locators__count_the_paragraphs_of_the_memo(case):
    if not MEMO.exists():
        pytest.skip("the memo that the case is coded from is not beside this repository")
    indented = [line for line in MEMO.read_text(encoding="utf-8").splitlines() if line]
    records = (*case.statements, *case.deeds, *case.facts.values(), *case.levers.values())
    numbers = {int(record.locator.removeprefix("par. ")) for record in records}
    assert numbers == set(range(1, 18))
    assert len(indented) > len(numbers)


def test_wording__takes_no_sentence_from_the_memo():
    if not MEMO.exists():
        pytest.skip("the memo that the case is coded from is not beside this repository")
    memo = shingles(MEMO.read_text(encoding="utf-8"))
    for path in verbs.locate("nato-russia-2008").iterdir():
        assert not memo & shingles(path.read_text(encoding="utf-8")), path.name


def shingles(text, size=6):
    words = re.findall(r"[a-z]+", text.lower())
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}
