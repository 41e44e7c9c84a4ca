"""What was found about coalitions, in sentences."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from melian.case.wording import counted, sentence, series
from melian.discourse.coalitions.methods import MAXIMISING
from melian.discourse.coalitions.sureness import DOUBTFUL, STABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.discourse.coalitions.brokers import Broker
    from melian.discourse.coalitions.engine import Coalition, Coalitions
    from melian.discourse.coalitions.storylines import Stand
    from melian.discourse.coalitions.tie_intervals import TieIntervals

MOST_NAMED = 8


def overview(found: Coalitions) -> tuple[str, ...]:
    """Say who is grouped, by what, how far methods agree, and how much survives draws."""
    sentences = [_left_out(found), _shown(found), _agreeing(found), _unasked(found)]
    sentences.append(_surviving(found))
    return tuple(text for text in sentences if text)


def _left_out(found: Coalitions) -> str:
    few, alone = len(found.left.few), len(found.left.untied)
    parts = []
    if few:
        least = counted(found.search.least, "statement")
        parts.append(f"{counted(few, 'actor has', 'actors have')} fewer than {least}")
    if alone:
        parts.append(
            f"{counted(alone, 'actor')} with enough stand{'' if alone > 1 else 's'} with nobody"
        )
    told = f"{'; '.join(parts)}: left out" if parts else ""
    if not found.coalitions:
        left = len(found.basis)
        some = f"{counted(left, 'actor')} {_are(left)} left, too few to group"
        last = sentence(some if left else "nobody is left to be grouped")
        return f"{sentence(told)} {last}" if told else last
    return sentence(told) if told else ""


def _shown(found: Coalitions) -> str:
    """Say whose groups are given, and why."""
    if found.agreement is None:
        return ""
    shown = found.agreement.shown
    if found.search.method is not None:
        why = "as asked"
    elif found.search.groups is not None:
        why = "which, of the methods that can be asked for a number of groups, agrees most with all"
    else:
        why = "which agrees most with the other methods"
    groups = counted(len(found.coalitions), "coalition")
    if len(found.coalitions) == 1:
        groups = "one group, and so in no coalitions that could be told apart"
    return (
        f"{counted(len(found.basis), 'actor')} in {groups}, by {shown.method}, {why} "
        f"(modularity {shown.modularity:.2f})."
    )


def _agreeing(found: Coalitions) -> str:
    agreement = found.agreement
    if agreement is None:
        return ""
    count = len(found.groupings)
    these = "this" if len(found.coalitions) == 1 else "these coalitions"
    if len(agreement.with_it) < 2:
        return f"Of {count} methods, no other finds {these}, or nearly."
    agreeing = len(agreement.with_it)
    told = f"{agreeing} of {count} methods agree on {these}: {series(agreement.with_it)}."
    if MAXIMISING.issuperset(agreement.with_it):
        told += " All of these look for the highest modularity."
    if agreeing == count:
        told = f"All {count} methods agree on {these}."
    if not agreement.elsewhere:
        return f"{told} They do not differ on anybody."
    names = some_of([str(actor) for actor in agreement.elsewhere])
    return f"{told} They differ on {names}."


def _surviving(found: Coalitions) -> str:
    """Say how many coalitions survive draws; or why nothing is drawn."""
    if found.undrawn:
        return f"How sure this is cannot be said. {found.undrawn}"
    sure = found.sureness
    if sure is None or len(found.coalitions) == 1:
        return ""
    known = [value for value in sure.stability if not isnan(value)]
    stable = sum(value >= STABLE for value in known)
    middling = sum(DOUBTFUL <= value < STABLE for value in known)
    verb = "survive" if stable > 1 else "survives"
    drawn = f"{sure.by.unit} are drawn again {counted(sure.by.times, 'time')}"
    parts = [f"{stable or 'none'} {verb} when {drawn} (stability of at least {STABLE})"]
    if middling:
        parts.append(f"{middling} {_are(middling)} in doubt ({DOUBTFUL} to {STABLE})")
    if poor := len(known) - stable - middling:
        parts.append(f"{poor} {_are(poor)} not to be trusted (below {DOUBTFUL})")
    if unknown := len(sure.stability) - len(known):
        parts.append(f"{unknown} {_are(unknown)} too thin to say")
    told = f"Of {counted(len(sure.stability), 'coalition')}, {'; '.join(parts)}."
    if 2 * poor > len(known):
        more = 2 * found.search.least + 1
        told += f" Those of actors with more statements may be surer: --least {more}."
    return told


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def stability_words(coalition: Coalition) -> str:
    """Say what becomes of a coalition in draws; "" where none were made."""
    value = coalition.stability
    if value is None or coalition.recovered is None or coalition.dissolved is None:
        return ""
    if isnan(value):
        return "Too little is known of its members to say how sure it is: few are in most draws."
    if value >= STABLE:
        verdict = "it survives"
    elif value >= DOUBTFUL:
        verdict = "something is there, and who belongs to it is in doubt"
    else:
        verdict = "not to be trusted"
    times = f"it comes back exactly in {coalition.recovered:.0%} of the draws"
    return f"Stability {value:.2f}: {verdict}; {times} and dissolves in {coalition.dissolved:.0%}."


def sense(stand: Stand, *, signed: bool) -> str:
    """Say in which sense a concept is spoken of: what a sign says, or the level itself."""
    if signed and stand.level in {0, 1}:
        return "assert" if stand.level else "deny"
    return str(stand.level)


def core_words(coalition: Coalition) -> str:
    """Name its core, where that is neither all nor nobody."""
    core = len(coalition.core)
    value = coalition.stability
    if value is None or isnan(value) or core == len(coalition.members):
        return ""
    if not core:
        return "It has no core: no member is with most of the others in most draws."
    return f"Its core, together in most draws: {some_of([str(actor) for actor in coalition.core])}."


def broker_words(found: Coalitions) -> str:
    """Say who links coalitions most, and how."""
    first = next(iter(found.brokers), None)
    if first is None or not first.betweenness:
        return "Nobody is between others who are not tied to each other."
    roles = _roles(first)
    return (
        f"{first.actor} (coalition {first.group + 1}) links most: {first.betweenness:.0%} of the "
        f"shortest ways between others lead through it"
        + (f"; it stands {roles}." if roles else ".")
    )


def _roles(broker: Broker) -> str:
    own, liaison = broker.roles.gatekeeper, broker.roles.liaison
    parts = []
    if own:
        parts.append(f"between its own coalition and another for {counted(own, 'pair')}")
    if liaison:
        parts.append(f"between two other coalitions for {liaison:,}")
    return series(parts)


def ties_words(found: TieIntervals) -> str:
    """Say how many ties are firm."""
    if not len(found):
        return "No two actors are tied."
    firm = int(found.firm.sum())
    return (
        f"{firm:,} of {counted(len(found), 'tie')} {'is' if firm == 1 else 'are'} firm: the "
        f"{found.by.level:.0%} interval of {counted(found.by.times, 'draw')} of {found.by.unit} "
        "excludes zero."
    )


def _unasked(found: Coalitions) -> str:
    """Say which methods cannot give the number of groups that is wanted."""
    if found.search.groups is None or found.agreement is None:
        return ""
    missed = [each.method for each in found.groupings if each.count != found.search.groups]
    if not missed:
        return ""
    return f"{series(missed)} cannot make {found.search.groups} groups of these actors."


def some_of(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Name the first of some, and say how many others there are."""
    if len(names) <= most + 1:
        return series(names)
    return f"{', '.join(names[:most])} and {len(names) - most:,} others"
