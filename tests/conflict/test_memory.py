"""What a model is said to take, against what it does take."""

from __future__ import annotations

import tracemalloc
from random import Random
from types import MappingProxyType

import pytest

from melian.case.formula import And, Atom, Not
from melian.case.model import Conflict, Option, Preference
from melian.conflict import memory
from melian.conflict.building import graph, model
from melian.conflict.memory import allowed, guard, needed
from melian.conflict.result import Concept
from melian.conflict.stability import stability
from melian.problems import TooLarge

SMALL = 1 << 20  # bytes of what does not grow with the states


def conflict(actors, options, irreversible=0, shared=0, classes=0):
    rnd = Random(f"{actors}/{options}/{irreversible}/{shared}")
    names = [f"o{i}" for i in range(options)]
    owners = {n: (f"a{i * actors // options}",) for i, n in enumerate(names)}
    for name in rnd.sample(names, shared):
        owners[name] = ("a0", "a1")
    preferences = {
        f"a{i}": tuple(
            Preference(
                And(tuple(rnd.choice([Atom(n), Not(Atom(n))]) for n in rnd.sample(names, 2)))
            )
            for _ in range(2 * options)
        )
        for i in range(actors)
    }
    return Conflict(
        options=MappingProxyType({n: Option(n, owners[n], "") for n in names}),
        irreversible=MappingProxyType(dict.fromkeys(rnd.sample(names, irreversible), "forward")),
        preferences=MappingProxyType(preferences),
        indistinguishable=tuple(map(Atom, names[:classes])),
    )


def peak(run):
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "of",
    [(1, 15), (2, 16), (3, 15), (5, 15), (2, 15, 6), (3, 12, 0, 2), (3, 15, 0, 0, 1)],
    ids=lambda of: "-".join(map(str, of)),
)
@pytest.mark.parametrize(
    "concepts", [(), ("nash",), ("gmr", "smr"), ("seq",), ("sim",), tuple(Concept)]
)
def test_no_more_is_taken_than_is_said_and_not_much_less(of, concepts):
    asked, wanted = conflict(*of), tuple(map(Concept, concepts))
    on = graph(asked)
    said = needed(on.owned, on.irreversible, wanted, classes=on.classes is not None)

    def run():
        built = model(asked, concepts=wanted)
        return stability(built, wanted) if wanted else built

    taken = peak(run)
    assert taken <= said + SMALL
    if Concept.SIM not in wanted:  # which takes blocks of a fixed size besides
        assert taken > said / 3


def test_a_model_too_large_is_refused_with_what_it_needs_and_what_is_allowed():
    with pytest.raises(TooLarge, match=r"2\^20 states; .* for 34 .* takes 0\.3 GB of memory, and "
                       r"0\.2 GB are allowed\. Leave out options"):  # fmt: skip
        guard([1] * 34, [0] * 20, limit=2**28)
    guard([1] * 34, [0] * 20, limit=2**29)


def test_a_model_that_fits_without_sim_is_told_so():
    with pytest.raises(
        TooLarge, match=r"under nash, sim takes .* Leave sim out .* takes 0\.1 GB\."
    ):
        guard([1, 2], [0] * 20, [Concept.NASH, Concept.SIM], limit=2**26)


def test_more_options_than_places_in_arrays_are_refused_whatever_is_allowed():
    with pytest.raises(TooLarge, match=r"31 options make 2\^31 states"):
        guard([1], [0] * 31, limit=2**60)


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine that says of its memory what a test has it say."""

    def says(meminfo=None, most=None, used="0"):
        for name, text in (("meminfo", meminfo), ("max", most), ("current", used)):
            (tmp_path / name).unlink(missing_ok=True)
            if text is not None:
                (tmp_path / name).write_text(text)

    monkeypatch.setattr(memory, "_MEMINFO", tmp_path / "meminfo")
    monkeypatch.setattr(memory, "_GROUPS", ((tmp_path / "max", tmp_path / "current"),))
    return says


def test_three_quarters_of_what_is_available_are_allowed(machine):
    machine("MemTotal: 9000 kB\nMemAvailable:    4000 kB\n")
    assert allowed() == 3000 << 10


def test_a_container_may_allow_less(machine):
    machine("MemAvailable: 4000 kB\n", most=str(2000 << 10), used=str(400 << 10))
    assert allowed() == 1200 << 10
    machine("MemAvailable: 4000 kB\n", most="max\n")
    assert allowed() == 3000 << 10


@pytest.mark.parametrize("meminfo", [None, "", "MemAvailable:\n", "MemAvailable: lots kB\n"])
def test_half_of_what_is_installed_counts_where_nothing_is_said(machine, monkeypatch, meminfo):
    machine(meminfo)
    monkeypatch.setattr(memory.os, "sysconf", {"SC_PAGE_SIZE": 8, "SC_PHYS_PAGES": 1000}.get)
    assert allowed() == 3000


def test_two_gigabytes_are_allowed_where_nothing_is_known(machine, monkeypatch):
    machine()
    monkeypatch.delattr(memory.os, "sysconf", raising=False)
    assert allowed() == 2**31
