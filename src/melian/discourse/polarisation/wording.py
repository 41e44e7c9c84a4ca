"""What camps, draws and chance come to, in sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from melian.case.wording import counted, series
from melian.discourse.polarisation.standing import OFTEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from melian.discourse.polarisation.camps import Camps, Member
    from melian.discourse.polarisation.certainty import Certainty, Chance
    from melian.discourse.polarisation.form import Misfit, Polarised
    from melian.discourse.polarisation.issues import Issue
    from melian.discourse.polarisation.moving import Course, Cut, Switch
    from melian.discourse.resampling import Interval

MOST_NAMED = 8
MOST_ISSUES = 3
LITTLE_CLASH = 0.3

_MEANS = {
    "opposition": "0 means that two camps fit no better than one, 1 that two equal camps agree "
    "within, and clash between, on all that they speak of.",
    "modularity": "0 is what chance gives by how much each is tied, 1 is two equal camps that are "
    "tied within only, and clash between only.",
}


def sentences(found: Polarised) -> Iterator[str]:
    """Say how polarised a debate is, how sure that is, and what to mind."""
    camps = found.camps
    if camps.undivided:
        yield _nothing(camps)
        return
    yield f"{_how_much(camps)} {_MEANS[camps.wanted.measure]}"
    yield from _on_what(found.issues)
    yield f"{_percent(camps.clash)} of what ties two actors is clash."
    yield from _on_the_disputed(camps)
    if found.chance is not None:
        yield _by_chance(found.chance)
    if found.positions is not None:
        yield _by_positions(found.positions)
    if found.certainty is not None:
        yield _by_draws(found.certainty)
    if found.undrawn:
        yield found.undrawn
    yield from _notes(camps)


def _nothing(camps: Camps) -> str:
    least = camps.wanted.least
    if not camps.members:
        return (
            f"There is nobody to put into a camp: no actor makes {counted(least, 'statement')} or "
            "more that count. Ask less of them: --least 1."
            if least > 1
            else "There is nobody to put into a camp: no statement counts."
        )
    if camps.pairs:
        return (
            "There are no camps: each two actors who speak of the same agree as much as they clash."
        )
    return (
        f"There is nothing to divide: no two of {counted(len(camps.members), 'actor')} with "
        f"{counted(least, 'statement')} or more speak of the same."
    )


def _how_much(camps: Camps) -> str:
    if camps.exact and camps.polarisation <= camps.precision:
        return "Polarisation is 0: two camps fit no better than one, which is proved."
    if camps.exact:
        return (
            f"Polarisation is {figure(camps.polarisation)}: the largest of all divisions into two "
            "camps, which is proved."
        )
    return (
        f"Polarisation is at least {figure(camps.polarisation)}, and at most "
        f"{figure(camps.bound)} by any division into two camps. More --work narrows that."
    )


def _on_what(issues: Sequence[Issue]) -> Iterator[str]:
    """Name the concepts on which camps differ most."""
    some = [f'"{each.concept}" ({_voices(each)})' for each in issues[:MOST_ISSUES]]
    if some:
        yield f"The camps differ most on {series(some)}."


def _voices(issue: Issue) -> str:
    """Say how many actors of each camp are for a concept, and how many against it."""
    for_a, for_b = (f"{each.affirm:,} for, {each.deny:,} against" for each in (issue.a, issue.b))
    return f"actors of A: {for_a}; of B: {for_b}"


def _on_the_disputed(camps: Camps) -> Iterator[str]:
    """Say whether all concepts count, and what that makes of the camps."""
    if camps.agreed:
        share, some = _percent(camps.wanted.disputed), counted(len(camps.agreed), "concept")
        yield (
            f"{some} on which fewer than {share} of the statements go against most "
            f"{_are(some)} left out."
        )
    elif camps.clash < LITTLE_CLASH and camps.wanted.measure == "opposition":
        yield (
            "Mind: most agree on most, so that these are rather those who go along and those who "
            "do not than two camps. For the camps over what is disputed, add --disputed 0.2."
        )


def _by_chance(chance: Chance) -> str:
    text = (
        "Were the senses of the statements on each concept dealt out among them by chance, it "
        f"would be {figure(chance.mean)} ({within(chance.within)})"
    )
    if chance.above > OFTEN:
        return (
            f"{text}, and as much as here in {_percent(chance.above)} of the deals: that is no "
            "evidence of camps."
        )
    return f"{text}; it is more than that."


def _by_positions(chance: Chance) -> str:
    text = (
        "Were whole positions dealt out (all that an actor says on a concept goes to another who "
        f"speaks on it), it would be {figure(chance.mean)} ({within(chance.within)})"
    )
    if chance.above > OFTEN:
        return (
            f"{text}, and as much as here in {_percent(chance.above)} of the deals: actors stay "
            "with what they say, but that those who agree on one concept agree on others, as camps "
            "do, may be chance."
        )
    return f"{text}: that those who agree on one concept agree on others is more than chance."


def _by_draws(sure: Certainty) -> str:
    return (
        f"Of {sure.by.times:,} draws of {sure.by.unit}, {_percent(sure.by.level)} give these camps "
        f"{within(sure.same)}. The best camps of each draw give {within(sure.best)}, which "
        "tends to be too much: they fit what is odd about the draw, too."
    )


def _notes(camps: Camps) -> Iterator[str]:
    """Say who is left out, or could be elsewhere, and on what the camps do not rest."""
    if camps.left_out:
        some = counted(camps.left_out, "actor")
        yield f"{some} with fewer than {camps.wanted.least} statements {_are(some)} in no camp."
    apart = [each for each in camps.members if each.part]
    if apart:
        yield (
            "Tied to none of the others, or as much by clash as by agreement, and so on no side: "
            f"{names_of(apart)}."
        )
    free = [each for each in camps.free if not each.part]
    if free:
        yield f"Could as well be in the other camp: {names_of(free)}."
    if camps.optima is not None and camps.optima > 2 ** max(camps.parts - 1, 0):
        yield f"{camps.optima // 2 ** max(camps.parts - 1, 0):,} divisions are as good as this one."


def _are(count: str) -> str:
    return "is" if count.startswith("1 ") else "are"


def misfit_words(misfit: Misfit) -> str:
    """Say what DNA's objective makes of the camps."""
    text = f"DNA 3.1.2: q is {figure(misfit.camps)} for these camps"
    ends = misfit.extremes
    if ends is None:
        return f"{text}; there are too many balanced divisions to look at all."
    return (
        f"{text}. Of all {ends.divisions:,} balanced divisions the least is {figure(ends.least)} "
        f"and the largest {figure(ends.most)}. q is a misfit, least where clusters are camps; DNA "
        f"looks for the largest, which has in one cluster {series(ends.worst)}."
    )


def cut_words(cut: Cut) -> str:
    """Say how time is cut.

    >>> from melian.discourse.polarisation.moving import Cut
    >>> cut_words(Cut("weeks", 2))
    'Windows of 2 weeks, each from the day that is given; the next begins 1 week later.'
    """
    width, step = (counted(number, cut.unit[:-1]) for number in (cut.width, cut.step))
    return f"Windows of {width}, each from the day that is given; the next begins {step} later."


def course_words(course: Course) -> Iterator[str]:
    """Say which windows have not two camps, which are too thin, and who changes sides."""
    windows, thin = course.moments, Counter(each.thin for each in course.moments if each.thin)
    for why, number in thin.items():
        yield f"Too thin to say, with {why}: {number:,} of {counted(len(windows), 'window')}."
    if course.united:
        yield (
            f"There are not two camps in {len(course.united):,} of "
            f"{counted(len(windows), 'window')}: two fit no better than one, or no better than "
            "chance would have it. Nobody is on a side there, and nothing follows from them on who "
            "changes sides or is loyal."
        )
    if course.outside:
        some = counted(course.outside, "statement")
        yield f"{some} {_are(some)} in no window: no date says in which."
    yield from map(switch_words, course.switches)
    if not course.switches:
        yield "Nobody clearly changes sides."


def switch_words(switch: Switch) -> str:
    """Say who changes sides when; of windows with days in common, between which middles.

    >>> from datetime import date as d
    >>> from melian.discourse.polarisation.moving import Switch
    >>> one, two, three = ((d(2024, 5, n), d(2024, 5, n + 13)) for n in (1, 8, 15))
    >>> switch_words(Switch("Port", "A", "B", one, three))
    'Port goes from A (last in 2024-05-01 to 2024-05-14) to B (first in 2024-05-15 to 2024-05-28).'
    >>> switch_words(Switch("Port", "A", "B", one, two))
    'Port goes from A to B between 2024-05-07 and 2024-05-14, the middles of two windows that \
overlap: 2024-05-01 to 2024-05-14, the last in which it is in A, and 2024-05-08 to 2024-05-21, the \
first in which it is in B.'
    """
    left, joined = ("{} to {}".format(*days) for days in (switch.left, switch.joined))
    before, after = switch.before, switch.after
    if not switch.overlap:
        return f"{switch.actor} goes from {before} (last in {left}) to {after} (first in {joined})."
    one, other = switch.between
    when = f"about {one}" if one == other else f"between {one} and {other}"
    return (
        f"{switch.actor} goes from {before} to {after} {when}, the middles of two windows that "
        f"overlap: {left}, the last in which it is in {before}, and {joined}, the first in which "
        f"it is in {after}."
    )


def names_of(members: Sequence[Member]) -> str:
    """Name some, and count the others."""
    names = [str(each.actor) for each in members]
    if len(names) <= MOST_NAMED:
        return series(names)
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED:,} more"


def figure(value: float) -> str:
    """Give a figure to three places, without a sign where it is nothing.

    >>> figure(0.29812), figure(-0.0001)
    ('0.298', '0.000')
    """
    return f"{value + 0.0 if abs(value) >= 0.0005 else 0.0:.3f}"


def within(interval: Interval) -> str:
    """Give an interval in words."""
    return f"{figure(interval.low)} to {figure(interval.high)}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
