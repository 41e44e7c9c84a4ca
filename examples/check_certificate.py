"""Check certificates of melian audit, without melian: python check_certificate.py FILE..."""

import json
import sys
from pathlib import Path


def follows(step, clauses):
    """Tell whether denying the step breaks a clause, by conclusions that leave no choice."""
    true, before = {-x for x in step}, None
    while true != before:
        before = set(true)
        for clause in (c for c in clauses if not true.intersection(c)):
            left = {x for x in clause if -x not in true}
            if not left:
                return True
            true |= left if len(left) == 1 else set()
    return False


def faults(paper):
    """Give what is wrong: a proof that is none, an element that is not needed."""
    parts, known = paper["elements"], [c for e in paper["elements"] for c in e["clauses"]]
    for number, step in enumerate(paper["proof"], 1):
        yield from [] if follows(step, known) else [f"step {number} of the proof does not follow"]
        known.append(step)
    yield from [] if paper["proof"][-1:] == [[]] else ["the proof ends in no contradiction"]
    for n, part in enumerate(parts, 1):
        rest = [c for e in parts if e is not part for c in e["clauses"] + e["beside"]]
        true = set(part["without"])
        if any(-x in true for x in true) or not all(true.intersection(c) for c in rest):
            yield f"that the others hold together without {n} is not shown"


papers = {path: json.loads(Path(path).read_text("utf-8")) for path in sys.argv[1:]}
for paper in papers.values():
    says = [f"  {n}. {element['says']}" for n, element in enumerate(paper["elements"], 1)]
    print(paper["sentence"], *says, *(f"  FAILS: {f}" for f in faults(paper)), sep="\n")
wrong = [path for path, paper in papers.items() if list(faults(paper))]
sys.exit("\n".join(f"FAILS: {path}" for path in wrong) or print(f"OK: {len(papers)} hold"))
