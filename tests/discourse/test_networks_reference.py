"""Networks done right, against the definitions written out statement by statement."""

from __future__ import annotations

import math
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import numpy as np
import pytest

from melian.discourse.networks import one_mode, two_mode
from melian.discourse.networks.building import Design, network
from melian.discourse.statements.selection import SCOPES
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.problems import UsageError

LEVELS = {"boolean": [0, 1], "integer": [-2, -1, 0, 3], "text": ["a", "b", "c"]}


def rows_of(rnd, kind):
    start = datetime(2006, 12, 20, tzinfo=UTC)
    documents = sorted(start + timedelta(hours=rnd.randrange(24 * 500)) for _ in range(9))
    count = rnd.randrange(60)
    return [
        {
            "when": documents[document],
            "document": document,
            "who": rnd.choice(["", *"pqrst"]) if rnd.random() < 0.2 else rnd.choice("pqrst"),
            "what": rnd.choice("wxyz"),
            "how": rnd.choice(LEVELS[kind]),
        }
        for document in sorted(rnd.randrange(9) for _ in range(count))
    ]


def columns_of(rows, kind):
    how = [row["how"] for row in rows]
    return table(
        [str(n) for n in range(len(rows))],
        np.array([int(row["when"].timestamp()) for row in rows], dtype=np.int64),
        np.array([row["document"] for row in rows], dtype=np.int32),
        {
            "who": text_variable([row["who"] for row in rows]),
            "what": text_variable([row["what"] for row in rows]),
            "how": text_variable(how) if kind == "text" else number_variable(how, kind),
        },
    )


def scope_of(row, scope):
    when = row["when"]
    return {
        "document": row["document"],
        "day": when.date(),
        "week": when.isocalendar()[:2],
        "month": (when.year, when.month),
        "year": when.year,
        "range": None,
    }[scope]


def counted(rows, scope, *, ignored):
    """Give the rows that count: those that say who, and each once in its scope."""
    seen, kept = set(), []
    for row in rows:
        said = (row["who"], row["what"], None if ignored else row["how"])
        key = None if scope == "include" else (said, scope_of(row, scope))
        if row["who"] and (key is None or key not in seen):
            seen.add(key)
            kept.append(row)
    return kept


def distance(one, other, every, kind):
    if kind == "text":
        return float(one != other)
    width = max(every) - min(every) if every else 0
    return abs(one - other) / width if width else 0.0


def weight(aggregation, apart):
    return {
        "congruence": 1 - apart,
        "conflict": apart,
        "subtract": 1 - 2 * apart,
        "ignore": 1,
    }[aggregation]


def tie(mine, other, aggregation, normalization, apart):
    """Work out one tie from the statements of both."""
    ignored = aggregation == "ignore"

    def said(rows):
        kinds = Counter((r["what"], None if ignored else r["how"]) for r in rows)
        return dict.fromkeys(kinds, 1) if normalization == "jaccard" else kinds

    one, two = said(mine), said(other)
    total = sum(
        one[a] * two[b] * weight(aggregation, 0 if ignored else apart(a[1], b[1]))
        for a, b in product(one, two)
        if a[0] == b[0]
    )
    by = {
        "none": 1,
        "average": (len(mine) + len(other)) / 2,
        "jaccard": len(one.keys() | two.keys()),
        "cosine": math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in two.values())),
    }[normalization]
    return total / by


@pytest.mark.parametrize("kind", LEVELS)
def test_one_mode_networks_are_what_their_definition_says(kind):
    rnd = Random(f"one {kind}")
    for _ in range(15):
        rows = rows_of(rnd, kind)
        every = LEVELS["boolean"] if kind == "boolean" else [row["how"] for row in rows]
        for aggregation, normalization in product(one_mode.AGGREGATIONS, one_mode.NORMALIZATIONS):
            scope = rnd.choice(SCOPES)
            kept = counted(rows, scope, ignored=aggregation == "ignore")
            found = network(
                columns_of(rows, kind),
                Design(
                    rows="who",
                    columns="what",
                    qualifier="how",
                    aggregation=aggregation,
                    normalization=normalization,
                    duplicates=scope,
                ),
            )
            names = sorted({row["who"] for row in kept})
            assert list(found.rows) == list(found.columns) == names
            said = {name: [row for row in kept if row["who"] == name] for name in names}
            wanted = [
                [
                    0
                    if a == b
                    else tie(
                        said[a],
                        said[b],
                        aggregation,
                        normalization,
                        lambda x, y, every=every: distance(x, y, every, kind),
                    )
                    for b in names
                ]
                for a in names
            ]
            assert (
                np.abs(found.matrix - np.array(wanted).reshape(found.matrix.shape)).max(initial=0)
                < 1e-9
            ), (aggregation, normalization, scope)


def cell(rows, aggregation, levels, kind):
    how = [row["how"] for row in rows]
    if aggregation == "ignore":
        return len(how)
    if aggregation == "subtract":
        return sum(how) if kind == "integer" else how.count(1) - how.count(0)
    return sum(2 ** (len(levels) - 1 - n) for n, level in enumerate(levels) if level in how)


@pytest.mark.parametrize("kind", LEVELS)
def test_two_mode_networks_are_what_their_definition_says(kind):
    rnd = Random(f"two {kind}")
    for _ in range(20):
        rows = rows_of(rnd, kind)
        levels = LEVELS["boolean"] if kind == "boolean" else sorted({row["how"] for row in rows})
        for aggregation, share in product(two_mode.AGGREGATIONS, two_mode.NORMALIZATIONS):
            if kind == "text" and aggregation == "subtract":
                continue
            scope = rnd.choice(SCOPES)
            kept = counted(rows, scope, ignored=aggregation == "ignore")
            wanted = Design(
                mode="two",
                rows="who",
                columns="what",
                qualifier="how",
                aggregation=aggregation,
                normalization=share,
                duplicates=scope,
            )
            found = network(columns_of(rows, kind), wanted)
            who, what = (sorted({row[each] for row in kept}) for each in ("who", "what"))
            assert (list(found.rows), list(found.columns)) == (who, what)
            here = {
                (a, b): [r for r in kept if (r["who"], r["what"]) == (a, b)]
                for a, b in product(who, what)
            }
            plain = {at: cell(given, aggregation, levels, kind) for at, given in here.items()}
            ties = {
                at: (plain[at] > 0 if aggregation == "combine" else len(here[at])) for at in here
            }
            for (x, a), (y, b) in product(enumerate(who), enumerate(what)):
                by = {
                    "none": 1,
                    "activity": sum(ties[a, other] for other in what),
                    "prominence": sum(ties[other, b] for other in who),
                }[share]
                assert found.matrix[x, y] == pytest.approx(plain[a, b] / by)


def test_texts_are_not_subtracted():
    rows = rows_of(Random(3), "text")
    wanted = Design(mode="two", rows="who", columns="what", qualifier="how", aggregation="subtract")
    with pytest.raises(UsageError, match="Texts cannot be subtracted"):
        network(columns_of(rows, "text"), wanted)


def test_isolates_and_periods():
    rows = [
        {"when": datetime(2007, 1, d, tzinfo=UTC), "document": d, "who": w, "what": "x", "how": 1}
        for d, w in [(1, "p"), (2, "q"), (3, "r")]
    ]
    second = int(rows[1]["when"].timestamp())
    design = {"rows": "who", "columns": "what", "qualifier": "how"}
    found = network(columns_of(rows, "boolean"), Design(**design, start=second))
    assert found.rows == ("q", "r")
    assert found.statements.tolist() == [1, 2]
    kept = Design(**design, isolates=True, excluded={"who": ["r"]})
    assert network(columns_of(rows, "boolean"), kept).rows == ("p", "q", "r")
