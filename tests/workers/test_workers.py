"""Work spread over processes: in order, the same as here, and nothing lost when one dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from random import Random

import numpy as np
import pytest

from melian.audit.result import Audit
from melian.case.formula import And, Atom, Not, Or
from melian.case.model import Case, Conflict, Option, Preference
from melian.conflict.result import Concept
from melian.problems import OutsideError, UsageError
from melian.readings.draws.drawing import draw
from melian.readings.outcomes import outcomes
from melian.workers import pool, serial

NOBODY = Audit((), {}, complete=True)
CONCEPTS = [Concept.NASH, Concept.SEQ]


def doubtful_case(seed, options=9, wishes=9, doubts=9):
    """Three actors with preferences of two options each, most of which nobody is sure of."""
    rng = Random(seed)
    names = [f"{'abc'[i % 3]}{i}" for i in range(options)]

    def literal():
        atom = Atom(rng.choice(names))
        return atom if rng.random() < 0.5 else Not(atom)

    def wish(place):
        kind = rng.choice([And, Or])
        return Preference(kind((literal(), literal())), uncertain=place < doubts)

    preferences = {actor: tuple(wish(place) for place in range(wishes)) for actor in "abc"}
    conflict = Conflict({n: Option(n, (n[0],), n) for n in names}, preferences=preferences)
    return Case("doubtful", conflict=conflict)


def same(one, other):
    assert (one.draws, one.profiles, one.possible) == (other.draws, other.profiles, other.possible)
    for concept in CONCEPTS:
        assert np.array_equal(one.stable[concept], other.stable[concept])
    assert np.array_equal(one.under_all, other.under_all)
    assert np.array_equal(one.sure, other.sure)
    assert np.array_equal(one.ruled_out, other.ruled_out)


@pytest.fixture(scope="module")
def two():
    with pool(2) as spread:
        yield spread


def square(number):
    return number * number, os.getpid()


def test_results_come_in_the_order_of_the_tasks(two):
    found = list(two(square, range(40)))
    assert [each for each, _ in found] == [each for each, _ in serial(square, range(40))]
    assert os.getpid() not in {pid for _, pid in found}


def test_draws_are_the_same_on_two_workers_bit_for_bit(two):
    case = doubtful_case(1, options=6)
    same(
        draw(case, NOBODY, CONCEPTS, draws=400, seed=3, spread=two),
        draw(case, NOBODY, CONCEPTS, draws=400, seed=3),
    )


def test_all_combinations_are_the_same_on_two_workers(two):
    case = doubtful_case(2, options=6, wishes=5, doubts=3)
    there, here = outcomes(case, NOBODY, spread=two), outcomes(case, NOBODY)
    assert there.combos == here.combos
    assert there.equilibria.keys() == here.equilibria.keys()
    for concept, table in here.equilibria.items():
        assert np.array_equal(there.equilibria[concept], table)


def refuse(number):
    raise UsageError(f"task {number} is refused")


def fail(number):
    raise ZeroDivisionError(f"task {number} fails")


def test_what_a_task_refuses_is_told_as_it_is(two):
    with pytest.raises(UsageError, match="task 0 is refused"):
        list(two(refuse, range(3)))


def test_what_fails_in_a_worker_is_a_sentence(two):
    with pytest.raises(OutsideError, match=r"cannot do their task \(ZeroDivisionError: task 0"):
        list(two(fail, range(3)))


def test_a_worker_that_is_killed_loses_nothing():
    """It is killed when the first result is there, with tasks of its own still to do."""
    case = doubtful_case(3)
    here = draw(case, NOBODY, CONCEPTS, draws=400, seed=5)
    assert here.profiles > 390  # so that there is something to do
    died = []

    def spread(function, tasks):
        for number, result in enumerate(over(function, tasks)):
            if number == 0:
                died.append(kill_one(over._client))
            yield result

    with pool(2) as over:
        there = draw(case, NOBODY, CONCEPTS, draws=400, seed=5, spread=spread)
        ((pid, left),) = died
        over._client.wait_for_workers(2, timeout=60)
        assert pid not in over._client.run(os.getpid).values()
    assert left  # it had not done its share
    same(there, here)


def kill_one(client):
    address, pid = next(iter(client.run(os.getpid).items()))
    left = client.processing()[address]
    os.kill(pid, signal.SIGKILL)
    return pid, left


ENDED = """
import os
from melian.workers import pool
if __name__ == "__main__":
    with pool(2) as spread:
        for result in spread(os.path.exists, ["/proc/1"] * 4):
            print(result)
        print(*spread._client.run(os.getpid).values())
"""


def test_no_process_is_left_over_and_nothing_is_said(tmp_path):
    (tmp_path / "program.py").write_text(ENDED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(tmp_path / "program.py")],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    *results, pids = done.stdout.splitlines()
    assert len(results) == 4
    assert done.stderr == ""
    for pid in map(int, pids.split()):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


INTERRUPTED = """
import gc, signal, sys, time
from multiprocessing import active_children
from melian.workers import pool

signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it

def slowly(number):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        pass

if __name__ == "__main__":
    keeping = [[] for _ in range(300_000)]  # collecting garbage takes a while
    with pool(2) as spread:
        print(*(child.pid for child in active_children()), flush=True)
        if sys.argv[1] == "waiting":
            list(spread(slowly, range(4)))
        until = time.monotonic() + 60
        while time.monotonic() < until:
            gc.collect()
"""


@pytest.mark.parametrize("what", ["waiting", "working"])
@pytest.mark.parametrize("after", [0, 0.7])
def test_ctrl_c_ends_all_processes_of_the_terminal_in_silence(tmp_path, what, after):
    """It goes to every process of the group, as from a terminal."""
    (tmp_path / "program.py").write_text(INTERRUPTED, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-W", "error", str(tmp_path / "program.py"), what],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        try:
            pids = run.stdout.readline().split()
            assert len(pids) == 2
            time.sleep(after)
            os.killpg(run.pid, signal.SIGINT)
            _, told = run.communicate(timeout=40)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)
    assert run.returncode == -signal.SIGINT
    chained = told.count("During handling of the above exception")  # where Ctrl-C came in one
    assert told.count("Traceback") == 1 + chained  # the interrupted program's own, which ends it
    assert told.splitlines().count("KeyboardInterrupt") == 1
    assert told.splitlines()[-1] == "KeyboardInterrupt"
    for pid in map(int, pids):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_one_worker_is_no_other_process():
    with pool() as spread:
        assert spread is serial


@pytest.mark.parametrize("number", [0, -1, 257])
def test_a_number_of_workers_that_makes_no_sense_is_refused(number):
    with pytest.raises(UsageError, match=f"{number} workers cannot be started"), pool(number):
        pass


def test_workers_here_and_a_cluster_there_are_one_too_many():
    with pytest.raises(UsageError, match="not both"), pool(2, "tcp://127.0.0.1:1"):
        pass


@pytest.mark.parametrize(
    "address",
    [
        "nowhere",
        " ",
        "http://[",
        "inproc://x",
        "tcp://a b:1",
        "$(id):1",
        "tcp://127.0.0.1:99999",
        "host:0",
        "host:65536",
        "tcp://host:٨",
        "::1:1",
    ],
)
def test_what_is_no_address_of_a_cluster_is_refused(address):
    told = "is no address of a cluster.*such as tcp://host:8786"
    with pytest.raises(UsageError, match=told), pool(1, address):
        pass


def test_a_cluster_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr("melian.workers._SECONDS", 1)
    told = "No Dask cluster answers at tcp://127.0.0.1:1. Give the address"
    with pytest.raises(OutsideError, match=told), pool(1, "tcp://127.0.0.1:1"):
        pass


def test_without_dask_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = r'--workers needs Dask.* pip install "melian\[scale\]"'
    with pytest.raises(OutsideError, match=told), pool(2):
        pass
    with pytest.raises(OutsideError, match="--scheduler needs Dask"), pool(1, "tcp://host:8786"):
        pass


def test_a_cluster_that_runs_is_joined_and_left_running(two):
    address = two._client.scheduler.address
    with pool(1, address) as spread:
        assert [each for each, _ in spread(square, range(5))] == [0, 1, 4, 9, 16]
    assert [each for each, _ in two(square, [7])] == [49]


def test_a_cluster_without_workers_is_told(monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("melian.workers._SECONDS", 1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0") as cluster,
        pytest.raises(OutsideError, match="has no workers; start some with: dask worker"),
        pool(1, cluster.scheduler_address),
    ):
        pass
