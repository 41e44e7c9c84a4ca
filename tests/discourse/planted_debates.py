"""Debates whose camps are known, and networks made into what methods look at."""

from __future__ import annotations

import numpy as np

from melian.discourse.coalitions.basis import Basis
from melian.discourse.networks.building import Design
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.discourse.ties import Ties

DESIGN = Design(
    rows="actor",
    columns="concept",
    qualifier="sign",
    normalization="average",
    duplicates="document",
)


def debate(seed, camps=(5, 5, 5), *, noise=0.05, each=12, concepts=8, documents=60):
    """Give a table of statements: each camp has a sense of its own on every concept.

    With a noise of 0.5, all senses are thrown.
    """
    rng = np.random.default_rng(seed)
    creed = np.array([[(camp >> bit) & 1 for bit in range(2)] for camp in range(len(camps))])
    creed = np.tile(creed, concepts // 2)
    who, what, sign = [], [], []
    for camp, size in enumerate(camps):
        for one in range(size):
            for concept in rng.integers(concepts, size=each).tolist():
                who.append(f"{'abcd'[camp]}{one}")
                what.append(f"concept {concept}")
                sign.append(int(creed[camp, concept] ^ (rng.random() < noise)))
    count = len(who)
    coders = [f"coder {n}" for n in rng.integers(4, size=count).tolist()]
    return table(
        [f"s{n}" for n in range(count)],
        rng.integers(0, 90, size=count) * 86_400,
        rng.integers(0, documents, size=count).astype(np.int32),
        {
            "actor": text_variable(who),
            "concept": text_variable(what),
            "coder": text_variable(coders),
            "sign": number_variable(sign, "boolean"),
        },
    )


def basis_of(agreement, clash=None):
    """Make a network into a basis; nobody says anything."""
    agreement = np.asarray(agreement, dtype=float)
    count = len(agreement)
    against = np.zeros_like(agreement) if clash is None else np.asarray(clash, dtype=float)
    ties = Ties(tuple(range(count)), agreement, against, np.arange(0))
    return Basis(ties, np.zeros((count, 1, 1)), ("",), (1,))


def random_network(seed, count=12, density=0.4, weighted=True):
    """Give a symmetric matrix, not below zero."""
    rng = np.random.default_rng(seed)
    tied = np.triu(rng.random((count, count)) < density, 1)
    weights = np.where(tied, rng.uniform(0.2, 3, size=(count, count)) if weighted else 1.0, 0.0)
    return weights + weights.T
