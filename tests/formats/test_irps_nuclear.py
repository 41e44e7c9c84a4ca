"""A real debate, audited: the figures of its page, by another count of the same table."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from melian import verbs

if TYPE_CHECKING:
    from melian.audit.result import Finding
    from melian.case.model import Case

ROOT = Path(__file__).parents[2]
TABLE = ROOT.parent / "shared" / "anchors" / "discourse" / "irps_nuclear.csv"
PAGE = (ROOT / "docs" / "irps-nuclear.md").read_text(encoding="utf-8")

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    if not TABLE.is_file():
        pytest.skip(f"the table of the debate is not here: {TABLE}")
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def audited(folder: Path, rules: str = "", **columns: str) -> tuple[Case, tuple[Finding, ...]]:
    verbs.import_file(TABLE, folder, columns=columns)
    path = folder / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8") + rules, encoding="utf-8")
    opened = verbs.open_case(str(folder))
    assert opened.problems == ()
    return opened.case, verbs.audit(opened.case).findings


def kinds_by_hand(rows: Rows, party: str) -> Counter[tuple[str, str, str]]:
    """Tell who both agrees and disagrees with a concept, and how, from the table alone."""
    said: dict[tuple[str, str], dict[str, Rows]] = defaultdict(lambda: {"0": [], "1": []})
    for row in rows:
        said[row[party], row["concept"]][row["agreement"]].append(row)
    found: Counter[tuple[str, str, str]] = Counter()
    for (who, concept), sides in said.items():
        if sides["0"] and sides["1"]:
            con, pro = ({row["person"] for row in sides[side]} for side in "01")
            no, yes = ([row["date"] for row in sides[side]] for side in "01")
            apart = max(no) < min(yes) or max(yes) < min(no)
            kind = "reversal" if apart else "exclusive_arguments"
            found[who, concept, kind if con & pro else "dissent"] += 1
    return found


def kinds_found(case: Case, findings: tuple[Finding, ...]) -> Counter[tuple[str, str, str]]:
    return Counter(
        (
            case.actors[finding.actor].name,
            case.concepts[finding.commitments[0].claim.atom.name].text,
            finding.kind.value,
        )
        for finding in findings
        if not finding.rules
    )


def test_everything_is_imported_once(rows: Rows, tmp_path: Path) -> None:
    case, _ = audited(tmp_path / "case")
    people, heads = ({row[key] for row in rows} for key in ("person", "organization"))
    assert {actor.name for actor in case.actors.values()} == people | heads
    assert len(case.actors) == len(people | heads) == 355
    assert {c.text for c in case.concepts.values()} == {row["concept"] for row in rows}
    assert [
        (
            s.id,
            str(s.date),
            case.actors[s.actor].name,
            case.concepts[s.claim.atom.name].text,
            str(int(s.claim.positive)),
        )
        for s in case.statements
    ] == [
        (f"irps-nuclear-{r['statement_id']}", r["date"], r["person"], r["concept"], r["agreement"])
        for r in rows
    ]
    assert not verbs.import_file(TABLE, tmp_path / "case").files


@pytest.mark.parametrize(
    ("party", "total", "reversals"), [("organization", 34, 5), ("person", 17, 10)]
)
def test_denials_are_those_of_the_table(
    rows: Rows, tmp_path: Path, party: str, total: int, reversals: int
) -> None:
    columns = {"organization": "person"} if party == "person" else {}
    found = kinds_found(*audited(tmp_path / "case", **columns))
    assert found == kinds_by_hand(rows, party)
    kinds = Counter(kind for _, _, kind in found.elements())
    assert (kinds.total(), kinds["reversal"]) == (total, reversals)
    assert f"{total} findings" in PAGE
    if party == "organization":
        for kind, count in kinds.items():
            assert f"| {kind.replace('_', ' ')} | {count} |" in PAGE


def test_rules_add_what_they_should(rows: Rows, tmp_path: Path) -> None:
    """Compare with sets of the claims of each organisation, one line a rule."""
    block = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None
    assert [rule["id"] for rule in yaml.safe_load(block[1])["rules"]] == list(BY_RULE)
    _, findings = audited(tmp_path / "case", block[1])
    said: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        said[row["organization"]].add((row["concept"], row["agreement"]))
    expected = Counter(
        (rule,) for claims in said.values() for rule, pair in BY_RULE.items() if pair <= claims
    )
    chain = {("Ausstieg (sofort)", "1"), ("Laufzeitverlängerung", "1")}
    both = sum(chain <= claims for claims in said.values())
    expected["at-once-is-quick", "quick-or-longer"] += both
    found = Counter(tuple(sorted(r.id for r in f.rules)) for f in findings if f.rules)
    assert found == expected
    assert f"there are {len(findings)} findings: the 34, and {found.total()} more" in PAGE
    for rule in BY_RULE:
        count = sum(number for rules, number in found.items() if rule in rules)
        assert f"| `{rule}` | {count} |" in PAGE


BY_RULE: dict[str, set[tuple[str, str]]] = {
    "at-once-is-quick": {("Ausstieg (sofort)", "1"), ("Ausstieg (schnell)", "0")},
    "quick-or-longer": {("Ausstieg (schnell)", "1"), ("Laufzeitverlängerung", "1")},
    "final-or-longer": {("Ausstieg (endgültig)", "1"), ("Laufzeitverlängerung", "1")},
    "closed-is-switched-off": {
        ("endgültige Stilllegung der Altmeiler", "1"),
        ("Abschalten der Altmeiler", "0"),
    },
    "dates-are-a-deadline": {("Feste Abschaltdaten", "1"), ("Ausstieg (mit Deadline)", "0")},
}


def test_what_the_page_quotes_stands_in_the_table(rows: Rows) -> None:
    quoted = [tuple(row) for row in re.findall(QUOTED, PAGE, re.MULTILINE)]
    assert len(quoted) == 24
    assert set(quoted) <= {tuple(row.values()) for row in rows}
    findings: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for number, _, _, party, concept, _ in quoted:
        findings[party, concept].append(number)
    for (party, concept), numbers in findings.items():  # nothing of the finding is left out
        all_of_it = [
            row["statement_id"]
            for row in rows
            if (row["organization"], row["concept"]) == (party, concept)
        ]
        assert numbers == all_of_it


QUOTED = r"^\| (\d+) \| ([\d-]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([01]) \|$"
