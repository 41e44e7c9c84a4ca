"""What ``melian polarisation`` prints for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.wording import counted
from melian.cli.common import print_table
from melian.cli.telling import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.discourse.polarisation.camps import Member
    from melian.discourse.polarisation.form import Misfit, Polarised
    from melian.discourse.polarisation.issues import Issue
    from melian.discourse.polarisation.moving import Course, Journey, Moment
    from melian.discourse.polarisation.reversing import Reversal, Reversals

MOST_MEMBERS = 20
MOST_ISSUES = 8
MOST_JOURNEYS = 25
MOST_REVERSALS = 15


def print_found(found: Polarised) -> None:
    """Print all that was found, for people."""
    from melian.discourse.polarisation import wording

    for text in wording.sentences(found):
        say(text)
    if not found.camps.undivided:
        _print_camps(found)
        _print_issues(found.issues)
    if found.course is not None:
        _print_course(found.course)
        _print_reversals(found.reversals)
    if found.misfit is not None:
        say(wording.misfit_words(found.misfit))
        _print_misfits(found.misfit)


def _print_camps(found: Polarised) -> None:
    """Print who is in which camp, those with most statements first."""
    from melian.discourse.polarisation.wording import figure

    head = [found.camps.design.rows, "statements", "fit", "firmness", "in draws"]
    for camp in ("A", "B"):
        members = found.camps.of(camp)
        rows = []
        for each in members[:MOST_MEMBERS]:
            share = found.drawn(each)
            drawn = "" if share is None else f"{100 * share:.0f} %"
            figures = (f"{each.statements:,}", _fit(found, each), figure(each.firmness), drawn)
            rows.append((str(each.actor), *figures))
        if rows:
            print_table(f"Camp {camp}: {counted(len(members), 'actor')}", head, rows)
        else:
            say(f"Nobody is in camp {camp}.")
        if len(members) > MOST_MEMBERS:
            say(f"and {counted(len(members) - MOST_MEMBERS, 'more actor')}.")
    say(
        "fit: how much of what ties an actor to others fits its camp (?: not clearly); firmness: "
        "by how much polarisation falls if it changes sides; in draws: how often it is in its camp."
    )


def _print_issues(issues: Sequence[Issue]) -> None:
    """Print how many of each camp are for and against what the camps differ on."""
    from melian.discourse.polarisation.wording import figure

    rows = [
        (
            str(each.concept),
            *(f"{n:,}" for n in (each.a.affirm, each.a.deny, each.b.affirm, each.b.deny)),
            figure(each.adds),
        )
        for each in issues[:MOST_ISSUES]
    ]
    if rows:
        head = ("the camps differ on", "A for", "A against", "B for", "B against", "adds")
        print_table("", head, rows)
        say(
            "Actors, by most of what each says; adds: how much of polarisation is over it. What "
            "both camps agree on takes away."
        )


def _fit(found: Polarised, member: Member) -> str:
    """Give the share of an actor's ties that fit; of modularity, by how much they do."""
    plain = found.camps.wanted.measure == "opposition"
    shown = f"{50 * (1 + member.fit):.0f} %" if plain else f"{member.fit:.2f}"
    return shown if member.firm else f"{shown} ?"


def _print_course(course: Course) -> None:
    """Print how polarised each window is, who changes sides, and who is loyal."""
    from melian.discourse.polarisation.wording import course_words, cut_words

    say("")
    say(cut_words(course.cut))
    head = ("from", "statements", "actors", "polarised", "draws", "chance", "camps")
    print_table("", head, [_window(each) for each in course.moments])
    for text in course_words(course):
        say(text)
    shown = sorted(_followed(course), key=lambda each: (each.loyalty or 0, str(each.actor)))
    rows = [
        (str(each.actor), _letters(course, each), f"{each.loyalty:.2f}")
        for each in shown[:MOST_JOURNEYS]
    ]
    if rows:
        print_table("", ("actor", "camp by window", "loyalty"), rows)
        left = len(shown) - len(rows)
        more = f" {counted(left, 'more actor')} are not shown." if left else ""
        say(
            "A point is a window in which an actor is absent, or clearly on neither side; a dash "
            f"one that has not two camps, or is too thin.{more}"
        )


def _print_misfits(misfit: Misfit) -> None:
    """Print the extremes of q in each of DNA's windows."""
    from melian.discourse.polarisation.wording import figure

    rows = []
    for each in misfit.windows:
        ends = each.extremes
        most = ("", "") if ends is None else (figure(ends.least), figure(ends.most))
        rows.append((str(each.first), str(each.last), f"{each.actors:,}", *most))
    if rows:
        print_table("", ("from", "to", "actors", "least q", "largest q"), rows)
        say(
            "These are DNA's windows, with all actors in them. It gives the largest q of each that "
            "it finds, by agreement less clash in place of both."
        )


def _followed(course: Course) -> Sequence[Journey]:
    return [each for each in course.journeys if each.loyalty is not None]


def _letters(course: Course, journey: Journey) -> str:
    """Give the camp of an actor by window, a letter each."""
    return "".join(
        camp or ("." if moment.two_camps else "-")
        for camp, moment in zip(journey.camps, course.moments, strict=True)
    )


def _window(moment: Moment) -> tuple[str, ...]:
    from melian.discourse.polarisation.wording import figure, within

    head = (str(moment.first), f"{moment.statements:,}", f"{moment.actors:,}")
    camps = moment.camps
    if camps is None:
        return (*head, "too thin", "", "", "")
    most = "" if camps.exact else f" to {figure(camps.bound)}"
    drawn = "" if moment.certainty is None else within(moment.certainty.same)
    dealt = "" if moment.chance is None else figure(moment.chance.mean)
    two = "two" if moment.two_camps else "none"
    return (*head, f"{figure(camps.polarisation)}{most}", drawn, dealt, two)


def _print_reversals(reversals: Reversals) -> None:
    """Print who turned round on what."""
    rows = [
        (
            str(each.actor),
            str(each.concept),
            "for, then against" if each.denies else "against, then for",
            f"{each.until} / {each.since}",
            _cited(each),
        )
        for each in reversals.found[:MOST_REVERSALS]
    ]
    if rows:
        print_table("", ("actor", "turned round on", "how", "until / since", "statements"), rows)
    others = sum(each.other_voices for each in reversals.found)
    if others:
        say(
            f"In {others} of them nobody is heard on both sides: two voices that differ, which "
            "need not be a turn."
        )
    left = len(reversals.found) - len(rows)
    if left:
        say(f"{counted(left, 'more reversal')} are not shown.")
    if reversals.torn:
        some = counted(reversals.torn, "case")
        say(f"In {some} an actor says now this, now that of a concept, with no clear turn.")


def _cited(reversal: Reversal) -> str:
    """Give the last statements of the one and the first of the other, and who made them."""
    before, after = reversal.before[-2:], reversal.after[:2]
    last = _by(reversal, reversal.voices_before[-2:])
    first = _by(reversal, reversal.voices_after[:2])
    return f"{', '.join(before)}{last} / {', '.join(after)}{first}"


def _by(reversal: Reversal, voices: tuple[str, ...]) -> str:
    """Say who spoke, unless it was the actor itself."""
    those = ", ".join(each for each in voices if each != str(reversal.actor))
    return f" ({those})" if those else ""
