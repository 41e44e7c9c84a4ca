"""Frameworks from the literature, by name, with the extensions that are published or plain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from melian.argumentation import Semantics, acceptance, extensions
from melian.case.framework import Framework

ANCHORS = Path(__file__).parents[3] / "shared" / "anchors" / "audit" / "cases"

# name: arguments, attacks, then grounded, preferred, stable as words of one letter an argument
TEXTBOOK = {
    # Reiter & Criscuolo 1981; as a framework: Dung 1995, example 9
    "nixon diamond": ("pq", "pq qp", "", "p q", "p q"),
    # Dung 1995, example 4: I, A and I again, where the last word is not answered
    "dung's chain": ("abc", "ba cb", "ac", "ac", "ac"),
    # Dung 1995, section 2.2: no stable set, an empty preferred one
    "odd cycle": ("abc", "ab bc ca", "", "-", ""),
    "even cycle": ("abcd", "ab bc cd da", "", "ac bd", "ac bd"),
    "self attacker": ("ab", "aa ab", "", "-", ""),
    "self attacker beaten": ("ab", "aa ba", "b", "b", "b"),
    # Baroni, Caminada & Giacomin 2011, figure 3: floating acceptance
    "floating acceptance": ("abcd", "ab ba ac bc cd", "", "ad bd", "ad bd"),
    # Baroni, Caminada & Giacomin 2011, figure 5: a cycle of three below a choice
    "a choice over a cycle": ("abcde", "ab ba bc cd de ec", "", "a bd", "bd"),
    # Caminada 2006: a semi-stable set, which is no stable one
    "no stable but semi-stable": ("abc", "aa ab bc cb", "", "c", ""),
}


def letters(sets, given: Framework) -> list[str]:
    return sorted("".join(given.names(one)) for one in sets)


@pytest.mark.parametrize("name", TEXTBOOK)
def test_textbook(name: str) -> None:
    arguments, attacks, *expected = TEXTBOOK[name]
    number = {letter: n for n, letter in enumerate(arguments)}
    given = Framework(tuple(arguments), tuple((number[a], number[b]) for a, b in attacks.split()))
    for semantics, words in zip(
        (Semantics.GROUNDED, Semantics.PREFERRED, Semantics.STABLE), expected, strict=True
    ):
        wanted = [words] if semantics is Semantics.GROUNDED else words.split()
        found = extensions(given, semantics)
        assert letters(found.sets, given) == sorted(w.strip("-") for w in wanted), semantics


def test_floating_acceptance__a_claim_holds_whichever_way_it_is_reached() -> None:
    given = Framework(tuple("abcd"), ((0, 1), (1, 0), (0, 2), (1, 2), (2, 3)))
    found = acceptance(given, Semantics.PREFERRED)
    assert given.names(found.skeptical) == ["d"]
    assert given.names(found.credulous) == ["a", "b", "d"]


def reference_cases() -> list[Path]:
    return sorted((ANCHORS).glob("af-*/*.json"))


def test_every_reference_case_has_the_extensions_that_are_known() -> None:
    if not ANCHORS.is_dir():
        pytest.skip("the reference cases are not beside this folder")
    assert len(reference_cases()) >= 15
    for path in reference_cases():
        known = json.loads(path.read_text(encoding="utf-8"))
        given = read_plainly(path.with_suffix(".apx"))
        for semantics in (Semantics.PREFERRED, Semantics.STABLE):
            found = {frozenset(given.names(one)) for one in extensions(given, semantics).sets}
            listed = set(map(frozenset, known[semantics.value]))
            assert len(found) == known[f"n_{semantics.value}"], path.name
            assert listed <= found, path.name
        lowest = extensions(given, Semantics.GROUNDED).sets
        assert [set(given.names(one)) for one in lowest] == [set(known["grounded"])]
        if "credulous_preferred" in known:
            accepted = acceptance(given, Semantics.PREFERRED)
            assert set(given.names(accepted.credulous)) == set(known["credulous_preferred"])
            assert set(given.names(accepted.skeptical)) == set(known["skeptical_preferred"])


def read_plainly(path: Path) -> Framework:
    lines = path.read_text(encoding="utf-8").split()
    names = [line[4:-2] for line in lines if line.startswith("arg")]
    ends = [line[4:-2].split(",") for line in lines if line.startswith("att")]
    return Framework(tuple(names), tuple((names.index(a), names.index(b)) for a, b in ends))
