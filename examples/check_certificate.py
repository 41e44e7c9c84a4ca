"""Check certificates of melian audit, without melian: python check_certificate.py FILE..."""
import json
import sys
from pathlib import Path

def follows(step, clauses):  # denying it breaks a clause, by conclusions that leave no choice
    true, size = {-x for x in step}, -1
    while size < (size := len(true)):
        true |= {x for c in clauses for x in c if all(-y in true for y in c if y != x)}
    return any(-x in true for x in true)

def words(clause, atoms):  # a clause spelt out; an empty one, or numbers for nothing, are refused
    if not clause or any(type(x) is not int or x == 0 for x in clause):
        raise ValueError(f"{clause} is no clause")
    return " or ".join(f"{'not ' * (x < 0)}[{atoms[str(abs(x))]}]" for x in clause)

def told(paper):  # what a certificate says, and what is wrong: no proof, or an element not needed
    parts, proof, atoms = paper["elements"], paper["proof"], paper["atoms"]
    spelt = [words(x, atoms) for x in [*proof, *(p["without"] for p in parts)] if x]
    yield f"  {paper['sentence']} ({len(parts)} elements, {len(spelt)} lists of literals)"
    for n, p in enumerate(parts, 1):
        yield f"  {n}. {p['says']} " + "; ".join(words(c, atoms) for c in p["clauses"] + p["beside"])
        rest = [c for e in parts if e is not p for c in e["clauses"] + e["beside"]]
        true = set(p["without"])
        if any(-x in true for x in true) or not all(true.intersection(c) for c in rest):
            yield f"  FAILS: that the others hold together without {n} is not shown"
    known = [c for p in parts for c in p["clauses"]]
    if proof[-1:] != [[]] or not all(follows(s, known + proof[:n]) for n, s in enumerate(proof)):
        yield "  FAILS: a step of the proof does not follow, or it ends in no contradiction"

bad = [] if sys.argv[1:] else ["no file is named"]
once = lambda pairs: dict(zip(dict(pairs), [value for _, value in pairs], strict=True))  # each key
for path in sys.argv[1:]:
    try:
        lines = [*told(json.loads(Path(path).read_text("utf-8"), object_pairs_hook=once))]
    except Exception as error:  # what cannot be read proves nothing
        lines = [f"  FAILS: {error!r}"]
    print(*("".join(c if c.isprintable() else "?" for c in x) for x in [path, *lines]), sep="\n")
    bad += [ascii(path) for line in lines if line.startswith("  FAILS")][:1]
sys.exit("\n".join(f"FAILS: {path}" for path in bad) or print(f"OK: {len(sys.argv) - 1} hold"))
