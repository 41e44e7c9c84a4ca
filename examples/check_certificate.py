"""Check certificates of melian audit, without melian: python check_certificate.py FILE..."""

import json
import sys
from pathlib import Path


def follows(step, clauses):
    """Tell whether denying the step breaks a clause, by conclusions that leave no choice."""
    true, left, sure = {-x for x in step}, [], {0}
    while sure and all(left):
        left = [{x for x in c if -x not in true} for c in clauses if not true.intersection(c)]
        sure = {x for c in left if len(c) == 1 for x in c}
        true |= sure
    return not all(left) or any(-x in true for x in true)


def words(clause, atoms):
    """Spell a clause out; refuse an empty one, and numbers that stand for nothing."""
    if not clause or any(type(x) is not int or x == 0 for x in clause):
        raise ValueError(f"{clause} is no clause")
    return " or ".join(f"{'not ' * (x < 0)}[{atoms[str(abs(x))]}]" for x in clause)


def told(paper):
    """Give what a certificate says, and what is wrong: no proof, or an element not needed."""
    parts, proof, atoms = paper["elements"], paper["proof"], paper["atoms"]
    _ = [words(x, atoms) for x in [*proof, *(part["without"] for part in parts)] if x]
    yield f"  {paper['sentence']}"
    for n, part in enumerate(parts, 1):
        yield f"  {n}. {part['says']}"
        yield from (f"     {words(c, atoms)}" for c in part["clauses"] + part["beside"])
        rest = [c for e in parts if e is not part for c in e["clauses"] + e["beside"]]
        true = set(part["without"])
        if any(-x in true for x in true) or not all(true.intersection(c) for c in rest):
            yield f"  FAILS: that the others hold together without {n} is not shown"
    known = [c for part in parts for c in part["clauses"]]
    for n, step in enumerate(proof):
        yield from [] if follows(step, known + proof[:n]) else [f"  FAILS: step {n + 1} of proof"]
    yield from [] if proof[-1:] == [[]] else ["  FAILS: the proof ends in no contradiction"]


def once(pairs):
    """Give an object of JSON; zip refuses one that has a key twice."""
    return dict(zip(dict(pairs), [value for _, value in pairs], strict=True))


bad = [] if sys.argv[1:] else ["no file is named"]
for path in sys.argv[1:]:
    try:
        lines = [*told(json.loads(Path(path).read_text("utf-8"), object_pairs_hook=once))]
    except Exception as error:  # noqa: BLE001 - what cannot be read proves nothing
        lines = [f"  FAILS: {error!r}"]
    print(*("".join(c if c.isprintable() else "?" for c in x) for x in [path, *lines]), sep="\n")
    bad += [ascii(path) for line in lines if line.startswith("  FAILS")][:1]
sys.exit("\n".join(f"FAILS: {path}" for path in bad) or print(f"OK: {len(sys.argv) - 1} hold"))
