"""The seven kinds, each on a small case of its own, and what a finding says of itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from melian.audit import audit
from melian.audit.commitments import commitments
from melian.audit.result import Kind, Standing
from melian.case.loading import load_text
from melian.problems import UsageError

if TYPE_CHECKING:
    from melian.audit.result import Audit, Finding
    from melian.case.model import Case

CASE = """
title: A harbour
question: Who may use it?
period: 2019/2021
actors:
  aria: {name: Aria, kind: state}
  minister: {name: Mona Vey, kind: person, speaks_for: [aria]}
  admiral: {name: Otto Lund, kind: person, speaks_for: [aria]}
  bela: Bela
instances: {north: North Quay, south: South Quay}
concepts:
  safe: {text: The harbour is safe, denied: the harbour is not safe}
  closed: The harbour must be closed
  open-to(x): ships of x may enter
  votes(x): the people of x have voted for it
  decides(x): it is right that x decides
principles:
  vote-decides(x): {text: whoever lives at x decides, if: votes(x), then: decides(x)}
rules:
  - {excludes: [safe, closed], id: safe-or-closed, why: Nobody closes what is safe.}
facts:
  votes(north): true
  votes(south): {value: true, contested_by: [bela]}
"""
HEADER = "id,actor,date,sign,concept,because,if,level\n"


def the_case(statements: str, deeds: str = "") -> Case:
    deeds_csv = f"id,actor,action,date,shows\n{deeds}" if deeds else ""
    loaded = load_text(CASE, statements_csv=HEADER + statements, deeds_csv=deeds_csv)
    assert not [p for p in loaded.problems if p.severity == "error"]
    return loaded.case


def the_finding(statements: str, deeds: str = "") -> Finding:
    (finding,) = audit(the_case(statements, deeds)).findings
    return finding


SEVEN = {
    Kind.EXCLUSIVE_ARGUMENTS: (
        "s1,aria,2020,+,safe,,,\ns2,aria,2020,+,closed,,,\n",
        "",
        "Aria holds both that the harbour is safe and that the harbour must be closed.",
    ),
    Kind.DOUBLE_STANDARD: (
        "s1,aria,2020,+,decides(north),vote-decides,,\ns2,aria,2020,-,decides(south),,,\n",
        "",
        (
            "Aria applies to North Quay a standard that it refuses South Quay: "
            "that whoever lives at South Quay decides."
        ),
    ),
    Kind.DISAVOWAL: (
        "s1,aria,2020,+,open-to(bela),safe,,\ns2,aria,2020,-,safe,,,\n",
        "",
        "Aria gives as a reason that the harbour is safe, and elsewhere holds the opposite.",
    ),
    Kind.WORD_AGAINST_DEED: (
        "s1,aria,2020,+,open-to(bela),,,\n",
        "d1,aria,turns a ship back,2020,not open-to(bela)\n",
        (
            "Aria says that ships of Bela may enter, "
            "but acts as though it is not the case that ships of Bela may enter."
        ),
    ),
    Kind.LEVEL_SPLIT: (
        "s1,aria,2020,+,safe,,,operational\ns2,aria,2020,+,closed,,,political\n",
        "",
        (
            "Aria holds at the operational level that the harbour is safe, "
            "and at the political level that the harbour must be closed."
        ),
    ),
    Kind.REVERSAL: (
        "s1,minister,2020-03-02,+,safe,,,\ns2,minister,2021-01,-,safe,,,\n",
        "",
        (
            "Aria first held that the harbour is safe, "
            "and since January 2021 that the harbour is not safe."
        ),
    ),
    Kind.DISSENT: (
        "s1,minister,2020,+,safe,,,\ns2,admiral,2020,+,closed,,,\n",
        "",
        (
            "Aria speaks with several voices: Mona Vey says that the harbour is safe; "
            "Otto Lund says that the harbour must be closed."
        ),
    ),
}


@pytest.mark.parametrize("kind", SEVEN, ids=str)
def test_each_kind_is_told_from_the_others(kind: Kind) -> None:
    statements, deeds, title = SEVEN[kind]
    finding = the_finding(statements, deeds)
    assert finding.kind is kind
    assert finding.title == title


@pytest.mark.parametrize(
    ("kind", "statements"),
    [
        # the same words at two levels and by two speakers: where it was said comes first
        (
            Kind.LEVEL_SPLIT,
            "s1,minister,2020,+,safe,,,operational\ns2,admiral,2020,+,closed,,,political\n",
        ),
        # one level in common, so the levels do not split it
        (
            Kind.EXCLUSIVE_ARGUMENTS,
            (
                "s1,aria,2020,+,safe,,,operational\ns2,aria,2020,+,closed,,,political\n"
                "s3,aria,2020,+,closed,,,operational\n"
            ),
        ),
        # one speaker says both, though another says one of them too
        (
            Kind.EXCLUSIVE_ARGUMENTS,
            "s1,minister,2020,+,safe,,,\ns2,admiral,2020,+,safe,,,\ns3,admiral,2020,+,closed,,,\n",
        ),
        # a year against a month in it: neither is before the other
        (Kind.EXCLUSIVE_ARGUMENTS, "s1,aria,2020,+,safe,,,\ns2,aria,2020-03,-,safe,,,\n"),
        # said again after the denial: no reversal
        (
            Kind.EXCLUSIVE_ARGUMENTS,
            "s1,aria,2019,+,safe,,,\ns2,aria,2020,-,safe,,,\ns3,aria,2021,+,safe,,,\n",
        ),
        # different speakers do not reverse each other
        (Kind.DISSENT, "s1,minister,2020,+,safe,,,\ns2,admiral,2021,-,safe,,,\n"),
        # a principle invoked here and rejected there
        (
            Kind.DISAVOWAL,
            "s1,aria,2020,+,decides(north),vote-decides,,\ns2,aria,2021,-,vote-decides,,,\n",
        ),
        # against a fact
        (Kind.EXCLUSIVE_ARGUMENTS, "s1,aria,2020,-,votes(north),,,\n"),
    ],
)
def test_neighbouring_kinds(kind: Kind, statements: str) -> None:
    assert the_finding(statements).kind is kind


def test_a_finding_says_what_it_rests_on() -> None:
    finding = the_finding(
        "s1,minister,2020,+,decides(north),vote-decides(north),,\ns2,aria,2020,-,decides(south),,,\n"
    )
    assert re.fullmatch(r"aria\.not-decides-south\.vote-decides\.[0-9a-f]{6}", finding.id)
    assert [c.id for c in finding.commitments] == ["vote-decides", "not decides(south)"]
    assert [str(f.claim) for f in finding.facts] == ["votes(south)"]
    assert [r.id for r in finding.rules] == ["vote-decides(south)"]
    assert finding.statements == ("s1", "s2")
    assert finding.speakers == ("minister", "aria")
    assert finding.repairs == (
        ("vote-decides",),
        ("not decides(south)",),
        ("votes(south)",),
        ("vote-decides(south)",),
    )
    parts = finding.severity
    assert (parts.strict, parts.direct, parts.backed, parts.undisputed) == (0, 1, 0.5, 0)


def test_an_exception_that_the_party_asserts_dissolves_the_finding() -> None:
    rule = "{id: safe-or-closed, if: safe, unless: open-to(bela), then: not closed}"
    text = re.sub(r"\{excludes: .*\}", rule, CASE)
    words = "s1,aria,2020,+,safe,,,\ns2,aria,2020,+,closed,,,\n"
    assert len(audit(load_text(text, statements_csv=HEADER + words).case).findings) == 1
    words += "s3,aria,2020,+,open-to(bela),,,\n"
    assert not audit(load_text(text, statements_csv=HEADER + words).case).findings


def test_a_conditional_commitment_binds_when_its_condition_does() -> None:
    words = "s1,aria,2020,+,closed,,open-to(bela),\ns2,aria,2020,+,safe,,,\n"
    assert not audit(the_case(words)).findings
    finding = the_finding(words + "s3,aria,2020,+,open-to(bela),,,\n")
    assert {c.id for c in finding.commitments} == {
        "closed if open-to(bela)",
        "safe",
        "open-to(bela)",
    }


def test_the_order_of_records_changes_no_finding() -> None:
    words = "".join(text for text, _, _ in SEVEN.values()).splitlines()
    case = the_case("".join(f"t{n}{line[2:]}\n" for n, line in enumerate(words)))
    first = audit(case)
    assert first == audit(case)
    turned = audit(replace(case, statements=case.statements[::-1]))
    assert shape(turned) == shape(first)
    assert len(first.findings) == 3


def shape(result: Audit) -> dict[str, tuple[Kind, float, set[frozenset[str]]]]:
    return {
        f.id: (f.kind, f.severity.score, {frozenset(repair) for repair in f.repairs})
        for f in result.findings
    }


def test_only_the_parties_asked_for_are_audited() -> None:
    case = the_case("s1,aria,2020,+,safe,,,\ns2,bela,2020,+,safe,,,\n")
    assert list(audit(case).actors) == ["aria", "bela"]
    assert list(audit(case, ["bela"]).actors) == ["bela"]
    with pytest.raises(UsageError, match=r'no actor "bella" in the case. Did you mean "bela"\?'):
        audit(case, ["bella"])


def test_a_person_is_audited_under_whom_it_speaks_for() -> None:
    case = the_case("s1,minister,2020,+,safe,,,\n")
    told = r"^Mona Vey speaks for Aria; audit aria instead\.$"
    with pytest.raises(UsageError, match=told):
        audit(case, ["minister"])


def test_an_actor_without_commitments_stands_with_none() -> None:
    result = audit(the_case("s1,aria,2020,+,safe,,,\n"), ["bela"])
    assert dict(result.actors) == {"bela": Standing("bela", ())}
    assert result.complete


def test_nothing_added_to_a_case_changes_an_id() -> None:
    words = "s1,aria,2020,+,safe,,,\ns2,aria,2020,+,closed,,,\n"
    (before,) = audit(the_case(words)).findings
    rule = "rules:\n  - {if: safe, then: not closed, id: of-the-same-claims}\n"
    text = CASE.replace("rules:\n", rule).replace("facts:\n", "facts:\n  open-to(bela): true\n")
    more = words + "s3,aria,2021,-,safe,,,\ns4,admiral,2020,+,safe,,,\n"
    after = audit(load_text(text, statements_csv=HEADER + more).case).findings
    assert len({finding.id for finding in after}) == len(after) == 3
    assert before.rules in [finding.rules for finding in after if finding.id == before.id]


def test_a_fact_is_not_held_against_who_disputes_it() -> None:
    words = "s1,{0},2020,-,votes(south),,,\n"
    (against_aria,) = audit(the_case(words.format("aria"))).findings
    disputed = "although the people of South Quay have voted for it (which Bela disputes)."
    assert against_aria.title.endswith(disputed)
    assert against_aria.repairs == (("not votes(south)",), ("votes(south)",))
    assert not audit(the_case(words.format("bela"))).findings
    spoken_for = CASE.replace("contested_by: [bela]", "contested_by: [minister]")
    case = load_text(spoken_for, statements_csv=HEADER + words.format("admiral")).case
    assert not audit(case).findings


def test_a_longer_name_is_not_taken_for_the_speaker() -> None:
    text = CASE.replace("The harbour is safe", "Aria Shipping is safe")
    text = text.replace("{north:", "{firm: Aria Shipping, north:")
    words = "s1,aria,2020,+,safe,,,\ns2,aria,2020,+,closed,,,\n"
    (finding,) = audit(load_text(text, statements_csv=HEADER + words).case).findings
    assert finding.title.startswith("Aria holds both that Aria Shipping is safe and that")


def test_results_cannot_be_changed() -> None:
    case = the_case("s1,aria,2020,+,safe,,,\n")
    for actors in (audit(case).actors, commitments(case)):
        with pytest.raises(TypeError, match="does not support item assignment"):
            actors["bela"] = actors["aria"]  # type: ignore[index]


def test_a_reached_limit_is_told() -> None:
    case = the_case("s1,aria,2020,+,safe,,,\ns2,aria,2020,+,closed,,,\ns3,aria,2020,-,safe,,,\n")
    assert audit(case).complete
    cut = audit(case, limit=1)
    assert not cut.complete
    assert len(cut.findings) == 1
