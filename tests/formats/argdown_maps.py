"""Maps of our own, and what @argdown/cli 1.7.5 reads in them: mentions, steps, relations.

A mention is (text, line, column); a conclusion is (title, *rules of its inference); a relation is
(from, kind, to, kind of what it leads to), with the number of the conclusion where it leads to an
inference.
"""

from __future__ import annotations

MAPS = {
    "relations of every kind": r"""
[Open harbour]: The harbour is open to all ships. #aria
  + <Trade needs ships>: Without foreign ships nobody trades here.
    _> [Ships bring plague]: Foreign ships bring the plague.
  - [Quay is full]: The quay is full.
    - the quay has two empty berths
  >< [Closed harbour]: The harbour is closed.
  +> [Dues fall]
  -> <Silt>
  <+ [Dredged]
  <- [Storm]: A storm broke the mole.
""",
    "premises and conclusions": r"""
<Dues decide>: Who pays dues may dock.

(1) [Bela pays]: Bela pays its dues.
(2) Whoever pays dues may dock.
----
(3) [Bela docks]: Ships of Bela may dock.
  +> [Open harbour]

<Quarantine>

(1) [Plague]: There is plague in Bela.
  - <No case since May>
(2) [Bela docks]
-- modus tollens, custom {uses: [1, 2]} --
  <_ <Old custom>: The custom is void since the treaty.
(3) Ships of Bela spread the plague.
----
(4) [Closed harbour]
""",
    "an argument attacked by name": r"""
<Silt>: Silt closes the basin.

(1) [Silt rises]
----
(2) [Basin closed]

<Dredger>
  - <Silt>
  -> <Silt>
  _> <Silt>

[Tide]
  -> <Silt>
""",
    "strict": r"""
===
title: Strict
model:
  mode: strict
===

[A]
  + [B]
  - [C]
  >< [D]
  -> [C]

[C]
  -> [A]
""",
    "no tags in texts": r"""
===
model:
    removeTagsFromText: true
===

[A]: One #(two words) and two. #three

<B>: b #three
""",
    "arguments keep their relations": r"""
===
model: {transformArgumentRelations: false}
===

<A>

(1) one
----
(2) two

<A>
  +> [C]
  <_ <D>
""",
    "text of every kind": r"""
// a comment to begin with

[A]: A *slanted* and a __bold__ word, a \*star\*, e.g. this one: so
it goes on <!-- hidden --> here, with a [link](http://example.org) and
@[B] and @<C> in it. .E. x :->: y /* gone */ #t-1

[B]: b & c; d (e) = f + g - h

<C>: see "it" | 100 % {source: "ledger, p. 4", page: 4, on: 2021-04-06, seen: true, by: [x, y]}
""",
    "sections": r"""
# Aria {actor: aria}

[A]: a

## Inner part #x

<B>: b

### Third

[A]: again

# @[A] in Bela
{actor: bela}

[A] {isInGroup: true}

c
""",
    "lists and blank lines": r"""
  * one
  * [Two]
    + three
  * <Four>


  1. five
  2. six



seven

/* alone */

eight // to the end
""",
    "undercuts below a conclusion": r"""
(1) [P]
----
(2) [Q]
  _ [R]
  <_ <S>: s
    +> [T]

[U]
  <_ [V]
""",
    "the same said twice": r"""
[A]: first
  + [B]
  + [B]
  >< [C]

[C]
  >< [A]

[A]: second {isCanonical: true}

[A]: third

[B]
  +> [A]
""",
    "premises attacked twice": r"""
<X>

(1) [P]
(2) [O]
----
(3) [K]

[N]
  -> [P]
  -> <X>
  -> [M]
""",
    "data in blocks": r"""
[A]: a
{
  actor: aria
  why: |
    long
}
  + [B]: b {k: {l: [1, {m: 2}]}}

<C> #t {x: "}not the end"}
  + [A]
""",
    "emoji and other alphabets": r"""
[Ναυς]: Το πλοίο 🚢 φεύγει #λιμάνι now @[Ναυς] 🚢 @<Être> end
  - <Être>: déjà vu
""",
}

READ = {
    "relations of every kind": {
        "statements": {
            "Open harbour": [("The harbour is open to all ships. #aria", 2, 1)],
            "Ships bring plague": [("Foreign ships bring the plague.", 4, 8)],
            "Quay is full": [("The quay is full.", 5, 5)],
            "Untitled 1": [("the quay has two empty berths", 6, 7)],
            "Closed harbour": [("The harbour is closed.", 7, 6)],
            "Dues fall": [("", 8, 6)],
            "Dredged": [("", 10, 6)],
            "Storm": [("A storm broke the mole.", 11, 6)],
        },
        "arguments": {
            "Trade needs ships": ([("Without foreign ships nobody trades here.", 3, 5)], []),
            "Silt": ([("", 9, 6)], []),
        },
        "relations": [
            ("Dredged", "support", "Open harbour", "equivalence-class"),
            ("Open harbour", "attack", "Silt", "argument"),
            ("Open harbour", "contradictory", "Closed harbour", "equivalence-class"),
            ("Open harbour", "support", "Dues fall", "equivalence-class"),
            ("Quay is full", "attack", "Open harbour", "equivalence-class"),
            ("Storm", "attack", "Open harbour", "equivalence-class"),
            ("Trade needs ships", "support", "Open harbour", "equivalence-class"),
            ("Trade needs ships", "undercut", "Ships bring plague", "equivalence-class"),
            ("Untitled 1", "attack", "Quay is full", "equivalence-class"),
        ],
        "sections": [],
        "tags": ["aria"],
    },
    "premises and conclusions": {
        "statements": {
            "Bela pays": [("Bela pays its dues.", 4, 5)],
            "Untitled 1": [("Whoever pays dues may dock.", 5, 5)],
            "Bela docks": [("Ships of Bela may dock.", 7, 5), ("", 14, 5)],
            "Open harbour": [("", 8, 6)],
            "Plague": [("There is plague in Bela.", 12, 5)],
            "Untitled 2": [("Ships of Bela spread the plague.", 17, 5)],
            "Closed harbour": [("", 19, 5)],
        },
        "arguments": {
            "Dues decide": (
                [("Who pays dues may dock.", 2, 1)],
                ["Bela pays", "Untitled 1", ("Bela docks",)],
            ),
            "Quarantine": (
                [("", 10, 1)],
                [
                    "Plague",
                    "Bela docks",
                    ("Untitled 2", "modus tollens", "custom"),
                    ("Closed harbour",),
                ],
            ),
            "No case since May": ([("", 13, 5)], []),
            "Old custom": ([("The custom is void since the treaty.", 16, 6)], []),
        },
        "relations": [
            ("Bela docks", "support", "Open harbour", "equivalence-class"),
            ("No case since May", "attack", "Plague", "equivalence-class"),
            ("Old custom", "undercut", "Quarantine", "inference", 2),
        ],
        "sections": [],
        "tags": [],
    },
    "an argument attacked by name": {
        "statements": {
            "Silt rises": [("", 4, 5)],
            "Basin closed": [("", 6, 5)],
            "Tide": [(" ", 13, 1)],
        },
        "arguments": {
            "Silt": (
                [
                    ("Silt closes the basin.", 2, 1),
                    ("", 9, 5),
                    ("", 10, 6),
                    ("", 11, 6),
                    ("", 14, 6),
                ],
                ["Silt rises", ("Basin closed",)],
            ),
            "Dredger": ([(" ", 8, 1)], []),
        },
        "relations": [
            ("Basin closed", "attack", "Dredger", "argument"),
            ("Dredger", "attack", "Silt", "argument"),
            ("Dredger", "undercut", "Silt", "inference", 1),
            ("Tide", "attack", "Silt", "argument"),
        ],
        "sections": [],
        "tags": [],
    },
    "strict": {
        "statements": {
            "A": [(" ", 8, 1), ("", 15, 6)],
            "B": [("", 9, 5)],
            "C": [("", 10, 5), ("", 12, 6), (" ", 14, 1)],
            "D": [("", 11, 6)],
        },
        "arguments": {},
        "relations": [
            ("A", "contradictory", "D", "equivalence-class"),
            ("B", "entails", "A", "equivalence-class"),
            ("C", "contrary", "A", "equivalence-class"),
        ],
        "sections": [],
        "tags": [],
    },
    "no tags in texts": {
        "statements": {"A": [("One and two. ", 7, 1)]},
        "arguments": {"B": ([("b ", 9, 1)], [])},
        "relations": [],
        "sections": [],
        "tags": ["two words", "three"],
    },
    "arguments keep their relations": {
        "statements": {
            "Untitled 1": [("one", 8, 5)],
            "Untitled 2": [("two", 10, 5)],
            "C": [("", 13, 6)],
        },
        "arguments": {
            "A": ([("", 6, 1), (" ", 12, 1)], ["Untitled 1", ("Untitled 2",)]),
            "D": ([("", 14, 6)], []),
        },
        "relations": [
            ("A", "support", "C", "equivalence-class"),
            ("D", "undercut", "A", "argument"),
        ],
        "sections": [],
        "tags": [],
    },
    "text of every kind": {
        "statements": {
            "A": [
                (
                    (
                        "A slanted and a bold word, a *star*, e.g. this "
                        "one: so it goes on here, with a link and @[B] and "
                        "@<C> in it. ∃ x → y #t-1"
                    ),
                    4,
                    1,
                )
            ],
            "B": [("b & c; d (e) = f + g - h", 8, 1)],
        },
        "arguments": {"C": ([('see "it" | 100 % ', 10, 1)], [])},
        "relations": [],
        "sections": [],
        "tags": ["t-1"],
    },
    "sections": {
        "statements": {
            "A": [("a", 4, 1), ("again", 12, 1), ("", 17, 1)],
            "Untitled 1": [("c", 19, 1)],
        },
        "arguments": {"B": ([("b", 8, 1)], [])},
        "relations": [],
        "sections": [("Aria", 1), ("Inner part #x", 2), ("Third", 3), ("@[A] in Bela", 1)],
        "tags": ["x"],
    },
    "lists and blank lines": {
        "statements": {
            "Untitled 1": [("one", 2, 5)],
            "Two": [(" ", 3, 5)],
            "Untitled 2": [("three", 4, 7)],
            "Untitled 3": [("five", 8, 6)],
            "Untitled 4": [("six", 9, 6)],
            "Untitled 5": [("seven", 13, 1)],
            "Untitled 6": [("eight ", 17, 1)],
        },
        "arguments": {"Four": ([("", 5, 5)], [])},
        "relations": [("Untitled 2", "support", "Two", "equivalence-class")],
        "sections": [],
        "tags": [],
    },
    "undercuts below a conclusion": {
        "statements": {
            "P": [("", 2, 5)],
            "Q": [(" ", 4, 5)],
            "R": [("", 5, 5)],
            "T": [("", 7, 8)],
            "U": [(" ", 9, 1)],
            "V": [("", 10, 6)],
        },
        "arguments": {"Untitled 1": ([], ["P", ("Q",)]), "S": ([("s", 6, 6)], [])},
        "relations": [
            ("R", "undercut", "Untitled 1", "inference", 1),
            ("S", "support", "T", "equivalence-class"),
            ("S", "undercut", "Untitled 1", "inference", 1),
            ("V", "undercut", "Untitled 1", "inference", 1),
        ],
        "sections": [],
        "tags": [],
    },
    "the same said twice": {
        "statements": {
            "A": [("first", 2, 1), ("", 8, 6), ("second ", 10, 1), ("third", 12, 1), ("", 15, 6)],
            "B": [("", 3, 5), ("", 4, 5), (" ", 14, 1)],
            "C": [("", 5, 6), (" ", 7, 1)],
        },
        "arguments": {},
        "relations": [
            ("A", "contradictory", "C", "equivalence-class"),
            ("B", "support", "A", "equivalence-class"),
        ],
        "sections": [],
        "tags": [],
    },
    "premises attacked twice": {
        "statements": {
            "P": [("", 4, 5), ("", 10, 6)],
            "O": [("", 5, 5)],
            "K": [("", 7, 5)],
            "N": [(" ", 9, 1)],
            "M": [("", 12, 6)],
        },
        "arguments": {"X": ([("", 2, 1), ("", 11, 6)], ["P", "O", ("K",)])},
        "relations": [
            ("N", "attack", "M", "equivalence-class"),
            ("N", "attack", "P", "equivalence-class"),
        ],
        "sections": [],
        "tags": [],
    },
    "data in blocks": {
        "statements": {"A": [("a ", 2, 1), ("", 11, 5)], "B": [("b ", 8, 5)]},
        "arguments": {"C": ([("#t ", 10, 1)], [])},
        "relations": [
            ("A", "support", "C", "argument"),
            ("B", "support", "A", "equivalence-class"),
        ],
        "sections": [],
        "tags": ["t"],
    },
    "emoji and other alphabets": {
        "statements": {"Ναυς": [("Το πλοίο 🚢 φεύγει #λιμάνι now @[Ναυς] 🚢 @<Être> end", 2, 1)]},
        "arguments": {"Être": ([("déjà vu", 3, 5)], [])},
        "relations": [("Être", "attack", "Ναυς", "equivalence-class")],
        "sections": [],
        "tags": ["λιμάνι"],
    },
}
