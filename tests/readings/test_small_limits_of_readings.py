"""What is shared and what is told are bounded; neither bound changes an answer."""

from __future__ import annotations

import pytest
from test_evolution_of_readings import analysed
from test_levers_exhaustive import assert_agrees, random_case

from melian.conflict.evolution import Moves
from melian.conflict.result import Concept
from melian.readings import workings
from melian.readings.evolution import status_quo as evolution


@pytest.mark.parametrize("kept", [0, 300, 2000])
def test_workings_that_forget_all_the_time_answer_alike(monkeypatch, kept):
    """What is forgotten may leave its place in memory, and so its id, to something else."""
    forgotten = []
    forget = workings.Workings._forget

    def counted(self, beyond):
        forgotten.append(self._size > beyond)
        forget(self, beyond)

    monkeypatch.setattr(workings, "_KEPT", kept)
    monkeypatch.setattr(workings, "_ANSWERS", kept)
    monkeypatch.setattr(workings.Workings, "_forget", counted)
    for seed in range(2000, 2024):
        concept = (Concept.NASH, Concept.SEQ, Concept.GMR)[seed % 3]
        assert_agrees(random_case(seed, levers=3, doubts=seed % 2 == 0), concept, "assured")
    assert any(forgotten)


def steps(arrival):
    moves = arrival.route.moves
    return [(m.step.actor, m.step.start, m.step.end) for m in moves]


def test_routes_are_looked_for_to_those_that_come_about_most_often(monkeypatch):
    beyond = 0
    for seed in range(30):
        _, _, whole = analysed(seed, Moves.ALL)
        monkeypatch.setattr(evolution, "MOST_ROUTED", 2)
        _, _, part = analysed(seed, Moves.ALL)
        monkeypatch.undo()
        assert [a.number for a in part.arrivals] == [a.number for a in whole.arrivals]
        assert [steps(a) for a in part.arrivals[:2]] == [steps(a) for a in whole.arrivals[:2]]
        assert all(a.route is None for a in part.arrivals[2:])
        assert all(a.route is not None for a in whole.arrivals)
        beyond += len(part.arrivals) > 2
    assert beyond
