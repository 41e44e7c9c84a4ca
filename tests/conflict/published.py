"""Four published conflicts, with the equilibria that the textbook definitions give.

A state is written as Y and N in the order of the options; rankings run from best to worst, with
states that tie in one inner list.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from melian.conflict.model import Graph, GraphModel

WAYS = {"both": 0, "only taken": 1, "only dropped": -1}


@dataclass(frozen=True)
class Published:
    """A conflict as printed, and its equilibria per concept."""

    name: str
    citation: str
    options: dict[str, tuple[str, str]]  # name: (owner, how it may change)
    rankings: dict[str, list[str | list[str]]]
    equilibria: dict[str, str]

    @property
    def states(self) -> list[str]:
        """The feasible states, in ascending order of their decimals."""
        ranking = next(iter(self.rankings.values()))
        return sorted((s for tie in ranking for s in self.tied(tie)), key=lambda s: s[::-1])

    @staticmethod
    def tied(tie: str | list[str]) -> list[str]:
        return [tie] if isinstance(tie, str) else tie

    def model(self) -> GraphModel:
        options, actors = list(self.options), list(self.rankings)
        feasible = np.zeros(1 << len(options), dtype=bool)
        ranks = np.zeros((len(actors), 1 << len(options)), dtype=np.int32)
        for row, ranking in enumerate(self.rankings.values()):
            for rank, tie in enumerate(reversed(ranking), start=1):
                for state in self.tied(tie):
                    ranks[row, decimal(state)] = rank
                    feasible[decimal(state)] = True
        owned = tuple(
            sum(1 << b for b, (who, _) in enumerate(self.options.values()) if who == actor)
            for actor in actors
        )
        ways = tuple(WAYS[way] for _, way in self.options.values())
        return GraphModel(Graph(tuple(actors), tuple(options), owned, feasible, ways), ranks)


def decimal(state: str) -> int:
    return sum(1 << bit for bit, letter in enumerate(state) if letter == "Y")


PRISONERS = Published(
    name="prisoners-dilemma",
    citation="Fang, Hipel & Kilgour, Interactive Decision Making (1993)",
    options={"first cooperates": ("first", "both"), "second cooperates": ("second", "both")},
    rankings={"first": ["NY", "YY", "NN", "YN"], "second": ["YN", "YY", "NN", "NY"]},
    equilibria={"nash": "NN", "gmr": "NN YY", "smr": "NN YY", "seq": "NN YY", "sim": "NN YY"},
)

_LEFT = ["NNNYN", "YNNYN", "NNNYY", "YNNYY"]  # the company has left

ELMIRA = Published(
    name="elmira",
    citation=(
        "Hipel, Fang, Kilgour & Haight, Environmental conflict resolution using the graph model "
        "(IEEE SMC 1993); Fang, Hipel & Kilgour (1993). The state in which the company "
        "has left is four states here, one for each setting of the other options."
    ),
    options={
        "modify": ("ministry", "only taken"),
        "delay": ("company", "only dropped"),
        "accept": ("company", "both"),
        "abandon": ("company", "only taken"),
        "insist": ("town", "both"),
    },
    rankings={
        "ministry": [
            *["NNYNY", "NNYNN", "YNYNN", "YNYNY", "NYNNY", "NYNNN", "YYNNN", "YYNNY"],
            _LEFT,
        ],
        "company": [
            *["NYNNN", "YNYNN", "YNYNY", "NYNNY"],
            _LEFT,
            *["YYNNN", "NNYNN", "NNYNY", "YYNNY"],
        ],
        "town": [
            *["NNYNY", "NNYNN", "NYNNY", "NYNNN", "YNYNY", "YYNNY", "YNYNN", "YYNNN"],
            _LEFT,
        ],
    },
    equilibria={
        "nash": "NYNNY YNYNY NNNYN YNNYN NNNYY YNNYY",
        "seq": "NYNNY YNYNY NNNYN YNNYN NNNYY YNNYY",
        "sim": "NYNNY YNYNY NNNYN YNNYN NNNYY YNNYY",
        "gmr": "NYNNN YNYNN NYNNY YNYNY NNNYN YNNYN NNNYY YNNYY",
        "smr": "NYNNN YNYNN NYNNY YNYNY NNNYN YNNYN NNNYY YNNYY",
    },
)

CUBA = Published(
    name="cuban-missile-crisis",
    citation="after Fraser & Hipel, Conflict Analysis: Models and Resolutions (1984), ch. 1",
    options={
        "air strike": ("us", "only taken"),
        "blockade": ("us", "both"),
        "withdraw": ("ussr", "both"),
        "escalate": ("ussr", "both"),
    },
    rankings={
        "us": [
            *["NNYN", "NYYN", "YNYN", "YYYN", "NYNN", "YNNN", "YYNN", "NNNN"],
            *["YYNY", "YNNY", "NYNY", "NNNY"],
        ],
        "ussr": [
            *["NNNN", "NNYN", "NYYN", "NYNN", "YNYN", "YNNN", "YYYN", "YYNN"],
            *["YYNY", "YNNY", "NYNY", "NNNY"],
        ],
    },
    equilibria={
        "nash": "YNYN",
        "sim": "YNYN",
        "seq": "NNYN YNYN NYYN",
        "gmr": "NNNN YNNN NYNN NNYN YNYN NYYN YYYN",
        "smr": "NNNN YNNN NYNN NNYN YNYN NYYN YYYN",
    },
)

EUPHRATES = Published(
    name="syria-iraq",
    citation="Syria and Iraq over the waters of the Euphrates, 1975; an example of gmcr-py",
    options={
        "release water": ("syria", "both"),
        "escalate": ("syria", "both"),
        "attack": ("iraq", "both"),
    },
    rankings={
        "syria": ["NNN", "NYN", "NYY", "YNN", "NNY", "YNY"],
        "iraq": ["YNN", "NNY", "NYY", "NNN", "YNY", "NYN"],
    },
    equilibria={"nash": "NYY", "gmr": "NNN NYY", "smr": "NYY", "seq": "NYY", "sim": "NYY"},
)

ALL = [PRISONERS, ELMIRA, CUBA, EUPHRATES]
