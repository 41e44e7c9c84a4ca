"""The agenda: how broad it is, from which side it is spoken of, and what opens a way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.brief.compose.words import capital, joined, number, plural
from melian.brief.document import Cite, Group, Items, Paragraph, Section, Strong, Table
from melian.brief.drawing import percent
from melian.case.wording import counted, series
from melian.discourse.agenda.wording import breadth_in_words, broader_in_words, claim_in_words
from melian.discourse.openings.form import takers_in_words, why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.brief.debate import Debate
    from melian.brief.document import Block, Prose
    from melian.discourse.agenda.claims import Claim
    from melian.discourse.agenda.result import Agenda, Agendas
    from melian.discourse.agenda.shares import Share, Shares
    from melian.discourse.openings.result import Opening, Openings

ROWS = 10
VALUES = 4
TOLD = 5
OPENINGS = 5

_KINDS = {
    "conditional": "Said under a condition",
    "concessive": "Said against its own line",
    "cooperative": "Said with the other side",
}


def agenda(found: Debate | None) -> tuple[Section, ...]:
    """Say what is spoken of, how broadly and from which side; and which statements open a way."""
    if found is None or found.agendas is None:
        return ()
    agendas = found.agendas
    blocks: list[Block] = [Paragraph((_breadth(agendas.all),)), _table(agendas)]
    blocks += [Paragraph(each) for each in _aspects(found, agendas)]
    blocks += _broader(agendas)
    blocks += _differences(agendas)
    if found.openings is not None and found.openings.openings:
        blocks.append(_openings(found.openings))
    return (Section("agenda", "The agenda", tuple(blocks)),)


def _breadth(given: Agenda) -> str:
    known = given.breadth
    if known is None or not given.broad_enough:
        return (
            f"The {counted(given.statements, 'statement')} that count are on "
            f"{counted(known.issues if known else 0, 'concept')}, of which too few come up twice "
            "to say how broad the agenda is."
        )
    return (
        f"The {counted(known.statements, 'statement')} are on {counted(known.issues, 'concept')}, "
        f"as broad an agenda as {_effective(given)} of them spoken of equally often would be."
    )


def _table(agendas: Agendas) -> Table:
    """Give breadth per party, and what it speaks of most."""
    rows = [_row(each) for each in agendas.actors[:ROWS]]
    more = len(agendas.actors) + agendas.others - len(rows)
    caption = "Who speaks of how much, and of what most (with 95% intervals)"
    if more > 0:
        caption += f"; {plural(more, 'party', 'parties')} with fewer statements are left out"
    head = ("", "statements", "concepts", "effective number", "most often")
    return Table(caption, head, tuple(rows), frozenset({1, 2, 3}))


def _row(each: Agenda) -> tuple[Prose, ...]:
    known = each.breadth
    broad = _effective(each) if known and each.broad_enough else "too few"
    ranked = sorted((s for s in each.issues.shares if s.value and s.count), key=lambda s: -s.count)
    most = series([f"“{s.value}” {_share(s)}" for s in ranked[:2]]) if each.issues.enough else ""
    issues = f"{known.issues:,}" if known else "0"
    return ((each.actor,), (f"{each.statements:,}",), (issues,), (broad,), (most or "too few",))


def _effective(given: Agenda) -> str:
    """Give the effective number of concepts as counted, with its interval."""
    value = 0.0 if given.breadth is None else given.breadth.effective
    if given.intervals is None:
        return f"{value:.1f}"
    span = given.intervals.effective
    return f"{value:.1f} ({span.low:.1f} to {span.high:.1f})"


def _share(share: Share) -> str:
    low, high = 100 * share.interval.low, 100 * share.interval.high
    return f"{percent(share.share)} ({low:.0f} to {high:.0f})"


def _aspects(found: Debate, agendas: Agendas) -> Iterator[Prose]:
    """Say of each thing that was coded how it is shared out, and of how much it was not."""
    for shares in agendas.all.aspects:
        if not shares.enough:
            if shares.coded:
                some = counted(shares.coded, "statement")
                yield (f"{capital(shares.aspect)}: coded of {some} only, too few to give shares.",)
            continue
        ranked = sorted(shares.shares, key=lambda each: -each.count)[:VALUES]
        parts: list[Prose] = [
            (f"{each.value} {_share(each)}", _having(found, shares.aspect, each.value))
            for each in ranked
            if each.count
        ]
        yield (Strong(_heading(shares)), f" {_coded(shares)}: ", *joined(parts), ".")


def _heading(shares: Shares) -> str:
    told = {
        "scope": "What it is about",
        "level": "Where it is said",
        "frame": "How parties present themselves",
    }
    return told.get(shares.aspect, capital(shares.aspect))


def _coded(shares: Shares) -> str:
    left = f"; {percent(shares.uncoded)} are not coded" if shares.uncoded else ""
    return f"(of {counted(shares.coded, 'statement')}{left})"


def _having(found: Debate, aspect: str, value: str) -> Cite:
    """Cite the first statements that are coded so."""
    variable = found.table.variable(aspect)
    code = variable.levels.index(value)
    rows = np.flatnonzero(variable.codes == code).tolist()
    return Cite(tuple(dict.fromkeys(found.table.ids[row] for row in rows)))


def _differences(agendas: Agendas) -> list[Block]:
    """Say who speaks of something more than another, or that it cannot be told."""
    claims = (*agendas.differences, *agendas.changes)
    tested = [claim for claim in claims if claim.verdict != "too few"]
    held = [claim for claim in tested if claim.holds]
    if held:
        items = tuple(_claim(claim, agendas) for claim in held[:TOLD])
        return [Items(items, ("Differences that are not chance, for all that was compared:",))]
    if not tested:
        few = "Parties other than the first make too few statements" if claims else ""
        return [Paragraph((f"{few} to say that any two differ in this.",))] if few else []
    some = plural(len(tested), "comparison")
    return [Paragraph((f"That two parties differ in this is sure in none of {some}.",))]


def _claim(claim: Claim, agendas: Agendas) -> Prose:
    said = claim_in_words(claim, agendas.periods)
    cite = Cite(tuple(dict.fromkeys(claim.statements)))
    return (Strong(capital(said.who)), f" {said.what} ({said.figures})", cite, ".")


def _broader(agendas: Agendas) -> list[Block]:
    """Say whose agenda is broader, and that it cannot be told."""
    blocks: list[Block] = []
    for claims, which in ((agendas.broader_actors, "actors"), (agendas.broader_periods, "periods")):
        held = [broader_in_words(c, agendas.periods) for c in claims if c.holds][:TOLD]
        if held:
            items = tuple((Strong(capital(s.who)), f" {s.what} ({s.figures}).") for s in held)
            blocks.append(Items(items, (breadth_in_words(claims, which),)))
        elif any(claim.verdict != "too few" for claim in claims):
            blocks.append(Paragraph((breadth_in_words(claims, which),)))
    return blocks


def _openings(found: Openings) -> Group:
    """List what is said under a condition, against one's own line, or with the other side."""
    blocks: list[Block] = []
    for kind, lead in _KINDS.items():
        every = [each for each in found.openings if each.kind == kind]
        told = every if kind == "conditional" else sorted(every, key=_surest)[:OPENINGS]
        if told:
            more = f" ({number(len(told))} of {number(len(every))})" if told != every else ""
            blocks.append(Items(tuple(_opening(each) for each in told), (f"{lead}{more}:",)))
    note = "Whether an opening is meant as an offer or as a warning is for the reader to judge."
    return Group("openings", "Openings", (*blocks, Paragraph((note,))))


def _surest(each: Opening) -> tuple[int, int]:
    """Put first what goes against a line that is spoken most, or with whom one clashes most."""
    ties = [taker.tie for taker in each.takers if taker.tie is not None and taker.why == "line"]
    against = each.line.all if each.line is not None else 0
    return (min(ties, default=0), -against) if each.kind == "cooperative" else (-against, 0)


def _opening(each: Opening) -> Prose:
    cite = Cite(tuple(dict.fromkeys(s.id for s in each.statements)))
    takers = takers_in_words(each.takers)
    could = f" Who could take it up: {takers}." if takers else ""
    verb = "asserts" if each.positive else "denies"
    return (Strong(each.actor), f" {verb} “{each.concept}”", cite, f": {why(each)}.{could}")
