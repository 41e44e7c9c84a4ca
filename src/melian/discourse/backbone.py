"""Which concepts the structure of a network hangs on: its backbone, concept by concept.

The network is that of actors by all concepts. Again and again, the concept is left out without
which the network of the rest is nearest to the whole (several, if they tie); those that stay
longest carry the structure, those that go first are redundant. It is the nested backbone of DNA
(Leifeld and others, rDNA 3, ``dna_backbone``).

How far two networks are apart is told by their spectra: the eigenvalues of the Laplacian of each,
ties below zero taken for none, in order and scaled to sum to one; the distance is Euclidean.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from melian.discourse.networks import as_dna
from melian.discourse.networks.building import counted, tensor_of
from melian.discourse.networks.one_mode import one_mode
from melian.discourse.networks.tensor import Tensor
from melian.discourse.statements.selection import within
from melian.problems import TooLarge, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.networks.one_mode import Aggregation, Normalization
    from melian.discourse.statements.table import Table, Value

    Spectrum = Callable[[NDArray[np.float64]], NDArray[np.float64]]

MOST_WORK = 2 * 10**11
"""Networks that are compared, times the cube of the number of actors; a minute or two."""

_SAME = 1e-12  # losses that differ by less are ties


@dataclass(frozen=True, slots=True)
class Step:
    """What is left out next.

    Attributes:
        concepts: those left out, one unless several tie.
        left: how many concepts are left.
        loss: how far the network of those is from that of all.
        redundant_loss: how far the network of all that were left out so far is from it.
        statements: how many are on those that are left.
    """

    concepts: tuple[Value, ...]
    left: int
    loss: float
    redundant_loss: float
    statements: int


@dataclass(frozen=True, slots=True)
class Backbone:
    """The concepts of a network, from the one it can spare to those it hangs on.

    Attributes:
        design: of the network.
        actors: how many there are.
        tied: how many of them are tied to any other, by ties above zero.
        statements: how many count.
        steps: what is left out, in order.
    """

    design: Design
    actors: int
    tied: int
    statements: int
    steps: tuple[Step, ...]


def backbone(table: Table, design: Design) -> Backbone:
    """Give the backbone of a one-mode network.

    Args:
        table: the statements.
        design: of the network of all concepts. By the rules of DNA the spectrum is that of DNA,
            which forgets to take the network from its degrees: their shares, at city-block
            distance.

    Raises:
        UsageError: it is the design of a two-mode network.
        TooLarge: there are too many actors and concepts.
    """
    if design.mode != "one":
        raise UsageError("A backbone is that of a one-mode network. Take another --type.")
    loaded = np.flatnonzero(within(table, design.start, design.until))
    kept = counted(table, loaded, design)
    counts = tensor_of(table, design, loaded, kept)
    actors, concepts, _ = counts.counts.shape
    work = concepts * (concepts + 3) // 2 * actors**3
    if work > MOST_WORK and not design.as_dna:
        raise TooLarge(
            f"{concepts:,} concepts of {actors:,} actors take too long. Take a shorter period "
            "(--from, --until), organizations for persons (--rows), or leave out values."
        )
    whole = _network(counts, design)
    tied = int(((whole > 0).sum(axis=1) > 0).sum())
    return Backbone(design, actors, tied, len(kept), tuple(_steps(counts, whole, design)))


def _network(counts: Tensor, design: Design) -> NDArray[np.float64]:
    do = as_dna.one_mode if design.as_dna else one_mode
    aggregation = cast("Aggregation", design.aggregation)
    return do(counts, aggregation, cast("Normalization", design.normalization))


def _steps(counts: Tensor, network: NDArray[np.float64], design: Design) -> list[Step]:
    """Leave out concepts until none is left."""
    each = counts.counts.sum(axis=(0, 2))
    far = _distances(counts, network, design)
    kept, found = np.ones(len(each), dtype=np.bool_), []
    while kept.any():
        places = np.flatnonzero(kept)
        losses = np.array([far(_without(kept, place)) for place in places.tolist()])
        gone = places[losses <= losses.min() + _SAME]
        kept[gone] = False
        found.append(
            Step(
                concepts=tuple(counts.columns[place] for place in gone.tolist()),
                left=int(kept.sum()),
                loss=far(kept),
                redundant_loss=far(~kept),
                statements=int(each[kept].sum()),
            )
        )
    return found


def _without(kept: NDArray[np.bool_], place: int) -> NDArray[np.bool_]:
    found = kept.copy()
    found[place] = False
    return found


def _distances(
    counts: Tensor, network: NDArray[np.float64], design: Design
) -> Callable[[NDArray[np.bool_]], float]:
    """Give how far the network of some concepts is from that of all."""
    spectrum = as_dna.spectrum if design.as_dna else laplacian_spectrum
    distance = as_dna.distance if design.as_dna else _euclidean
    whole = spectrum(network)

    def far(chosen: NDArray[np.bool_]) -> float:
        some = Tensor(counts.rows, counts.columns, counts.qualifier, counts.counts[:, chosen])
        return distance(whole, spectrum(_network(some, design)))

    return far


def laplacian_spectrum(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the eigenvalues of a network's Laplacian, ascending, scaled to sum to one.

    Ties below zero count as none. A network without ties has zeros only.
    """
    ties = np.maximum(matrix, 0)
    degrees = ties.sum(axis=1)
    tied = degrees > 0  # the others have 0 for an eigenvalue
    found = np.zeros(len(ties))
    if tied.any():
        some = ties[np.ix_(tied, tied)]
        values = np.linalg.eigvalsh(np.diag(degrees[tied]) - some)
        found[len(found) - len(values) :] = values / degrees.sum()
    return found


def _euclidean(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float(np.linalg.norm(one - other))


def backbone_form(found: Backbone) -> dict[str, Any]:
    """Give a backbone as plain data: what ``melian backbone --json`` prints."""
    design = found.design
    return {
        "method": "nested",
        "actors": found.actors,
        "tied": found.tied,
        "statements": found.statements,
        "type": design.aggregation,
        "normalization": design.normalization,
        "variables": {
            "rows": design.rows,
            "columns": design.columns,
            "qualifier": design.qualifier,
        },
        "duplicates": design.duplicates,
        "rules": design.rules,
        "steps": [asdict(step) for step in found.steps],
    }
