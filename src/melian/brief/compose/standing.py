"""Who stands with whom: coalitions, how sure they are, and how far two camps oppose each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.debate_map import network_graph
from melian.brief.compose.words import capital, joined, number, plural
from melian.brief.document import Cite, Fold, Items, Paragraph, Refer, Section, Strong
from melian.brief.drawing import percent
from melian.brief.figures.network_map import network_map
from melian.brief.figures.tie_table import tie_table
from melian.case.wording import counted, series
from melian.discourse.coalitions.wording import stability_words
from melian.discourse.polarisation.issues import issues

if TYPE_CHECKING:
    from melian.brief.debate import Debate
    from melian.brief.document import Block, Prose
    from melian.discourse.coalitions.engine import Coalition, Coalitions
    from melian.discourse.coalitions.storylines import Stand
    from melian.discourse.polarisation.camps import Camps, Member
    from melian.discourse.polarisation.issues import Issue, Voices

SPEAKERS = 5
NAMED = 8
STANDS = 3
ONE_SIDED = 2 / 3
"""From this share of all statements on, a debate is told mostly by one party."""

ALONE = 0.05
"""A polarisation that chance reaches in more deals than this share says nothing."""


def standing(found: Debate | None) -> tuple[Section, ...]:
    """Say who stands with whom; nothing where nobody says anything."""
    if found is None:
        return ()
    blocks: list[Block] = [Paragraph((_voices(found),))]
    grouped = found.coalitions
    if not grouped.coalitions:
        blocks.append(Paragraph((_ungrouped(grouped),)))
        return (Section("standing", "Who stands with whom", tuple(blocks)),)
    graph = network_graph(found)
    blocks += [
        Items(tuple(_coalition(found, each) for each in grouped.coalitions), _methods(grouped)),
        network_map(graph, anchor="network"),
        Fold("ties", "The strongest ties, and what they rest on", (tie_table(graph),)),
        *(Paragraph(prose) for prose in (*_camps(found), *_brokers(grouped), *_left(grouped))),
    ]
    return (Section("standing", "Who stands with whom", tuple(blocks)),)


def _voices(found: Debate) -> str:
    """Say who speaks, and whether it is mostly one."""
    named = [f"{voice.actor} ({voice.statements:,})" for voice in found.voices[:SPEAKERS]]
    more = len(found.voices) - len(named)
    if more:
        named.append(plural(more, "other"))
    some = counted(found.statements, "statement")
    told = f"{capital(plural(len(found.voices), 'party', 'parties'))} made the {some} that count"
    lead = f"{told}: {series(named)}."
    first = found.voices[0]
    if len(found.voices) > 1 and first.statements > ONE_SIDED * found.statements:
        lead += (
            f" Nearly all are of {first.actor}, so that they show what it says, and hardly "
            "who stands with whom."
            if first.statements > 0.8 * found.statements
            else f" Most are of {first.actor}."
        )
    return lead


def _ungrouped(grouped: Coalitions) -> str:
    few = len(grouped.left.few)
    why = []
    if few:
        say = "makes" if few == 1 else "make"
        why.append(
            f"{plural(few, 'party', 'parties')} {say} fewer than "
            f"{counted(grouped.search.least, 'statement')}"
        )
    if grouped.left.untied:
        names = series([str(who) for who in grouped.left.untied])
        stand = "stands" if len(grouped.left.untied) == 1 else "stand"
        why.append(f"{names} {stand} with nobody who says more")
    reason = f": {series(why)}" if why else ""
    return f"No coalitions can be told from them{reason}."


def _methods(grouped: Coalitions) -> Prose:
    """Say how many methods find these groups."""
    agreement = grouped.agreement
    if agreement is None:
        return ()
    some = plural(len(grouped.coalitions), "coalition")
    alike, asked = len(agreement.with_it), len(grouped.groupings)
    lead = f"Who agrees with whom more than with the rest: {some}"
    if alike <= 1:
        care = "Methods of finding them do not agree, so read them with care"
        return (f"{lead}. {care} (these are of {agreement.shown.method}).",)
    return (f"{lead}, which {number(alike)} of {number(asked)} methods find alike.",)


def _coalition(found: Debate, each: Coalition) -> Prose:
    names = [str(who) for who in each.members[:NAMED]]
    more = len(each.members) - len(names)
    who = series([*names, f"{more:,} more"] if more else names)
    stands = [_stand(found, stand) for stand in each.stands_for[:STANDS]]
    apart: Prose = (" What sets them apart: ", *joined(stands, "; ", "; "), ".") if stands else ()
    return (
        Strong(who),
        f" ({counted(each.statements, 'statement')}).",
        *apart,
        f" {stability_words(each)}",
    )


def _stand(found: Debate, stand: Stand) -> Prose:
    sense = _sense(found, stand)
    ours = f"{number(stand.members)} of {number(stand.of_members)} {sense} “{stand.concept}”"
    return (f"{ours}, {_others(stand)}", Cite(_first_of_each(found, stand.statements)))


def _others(stand: Stand) -> str:
    does = "does" if stand.others < 2 else "do"
    some = number(stand.others) if stand.others else "none"
    return f"{some} of the {number(stand.of_others)} others {does}"


def _sense(found: Debate, stand: Stand) -> str:
    if found.table.variable(found.design.qualifier).kind != "boolean":
        return f"are at {stand.level} on"
    return "assert" if stand.level else "deny"


def _first_of_each(found: Debate, statements: tuple[str, ...]) -> tuple[str, ...]:
    """Give the first statement of each speaker among some: who says so, and where."""
    spoken: dict[str, str] = {}
    for name in statements:
        spoken.setdefault(found.speaker(name), name)
    return tuple(spoken.values())


def opposed(found: Debate) -> tuple[Prose, ...]:
    """Say in a sentence who stands against whom, where that is more than chance."""
    camps, dealt = found.camps, found.by_chance
    if camps is None or dealt is None or dealt.above > ALONE:
        return ()
    sides = joined([_camp(camps, "A"), _camp(camps, "B")], last=" stand against ")
    return ((*sides, " over ", Refer("what is disputed", "standing"), "."),)


def _camps(found: Debate) -> tuple[Prose, ...]:
    """Say how far two camps oppose each other, and whether chance would do as much."""
    camps, dealt = found.camps, found.by_chance
    if camps is None or dealt is None:
        return ()
    figure = f"{camps.polarisation:.2f}"
    proof = "no division fits better" if camps.exact else f"at most {camps.bound:.2f}"
    scale = "on a scale from 0, where all agree, to 1, where two equal camps agree on nothing"
    over = f"Over what is disputed (without the {plural(len(camps.agreed), 'concept')} on which "
    over += "fewer than a fifth go against the rest), polarisation"
    lead = f"{over if camps.agreed else 'Polarisation'} is {figure} ({proof}) {scale}"
    nobody = f"the same statements would give {dealt.mean:.2f} if nobody stood for anything"
    if dealt.above > ALONE:
        return ((f"{lead}, and {nobody}: no two camps can be told from them.",),)
    sides = joined([_camp(camps, "A"), _camp(camps, "B")], last=" against ")
    fits: Prose = (
        f"{lead}; {nobody}. The two camps that fit best: ",
        *sides,
        "." + _torn(camps),
        _scattered(found),
    )
    divide = [_issue(each) for each in issues(found.table, camps)[:STANDS]]
    return (
        (fits, ("What divides them most: ", *joined(divide, "; ", "; "), "."))
        if divide
        else (fits,)
    )


def _scattered(found: Debate) -> str:
    """Say where it may be chance that those who agree on one concept agree on others."""
    dealt = found.by_positions
    if dealt is None or dealt.above <= ALONE:
        return ""
    return (
        f" Were the positions on each concept dealt out among those who speak on it, it would be "
        f"{dealt.mean:.2f}: that those who agree on one concept agree on others may be chance."
    )


def _issue(issue: Issue) -> Prose:
    """Say what either camp says of a concept, by how many of its members."""
    return joined(
        [
            (f"“{issue.concept}”, with {_said(issue.a)} in the one", _cited(issue.a)),
            (f"{_said(issue.b)} in the other", _cited(issue.b)),
        ],
        last=", ",
    )


def _said(voices: Voices) -> str:
    affirm, deny = (number(n) if n else "none" for n in (voices.affirm, voices.deny))
    return f"{affirm} for it and {deny} against it"


def _cited(voices: Voices) -> Cite:
    return Cite((*voices.affirming, *voices.denying))


def _camp(camps: Camps, camp: str) -> Prose:
    firm = [_name(e) for e in camps.members if e.camp == camp and e.firm and not e.part]
    more = len(firm) - NAMED
    named = [*firm[:NAMED], *([f"{more:,} more"] if more > 0 else [])]
    return (Strong(series(named)),)


def _name(member: Member) -> str:
    return str(member.actor)


def _torn(camps: Camps) -> str:
    loose = [_name(each) for each in camps.members if not each.firm and not each.part]
    if not loose:
        return ""
    some = series(loose[:NAMED])
    more = f" and {len(loose) - NAMED:,} more" if len(loose) > NAMED else ""
    return f" Not firmly in either: {some}{more}."


def _brokers(grouped: Coalitions) -> tuple[Prose, ...]:
    """Name who links coalitions."""
    between = [b for b in grouped.brokers if b.roles.between][:3]
    if len(grouped.coalitions) < 2 or not between:
        return ()
    told = series([f"{b.actor} ({percent(b.betweenness)} of the shortest ways)" for b in between])
    return ((f"Between coalitions, these link most: {told}.",),)


def _left(grouped: Coalitions) -> tuple[Prose, ...]:
    few = len(grouped.left.few)
    if not few:
        return ()
    are = "is" if few == 1 else "are"
    some = capital(plural(few, "party", "parties"))
    least = counted(grouped.search.least, "statement")
    return ((f"{some} with fewer than {least} {are} not grouped.",),)
