"""What could move it: the smallest sets of levers that suffice, and each lever on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose import pictures
from melian.brief.compose.moves import is_exchange, smallest, together
from melian.brief.compose.reciprocity import gains, losing, quoted, returned
from melian.brief.compose.words import Speech, capital, joined, lever_id, number, plural
from melian.brief.document import Cite, Group, Items, Paragraph, Refer, Section
from melian.brief.drawing import percent, percents
from melian.case.wording import name_of, sentence, series
from melian.readings.wording import combined

if TYPE_CHECKING:
    from melian.brief.document import Block, Prose
    from melian.brief.gathering import Material
    from melian.case.formula import Formula
    from melian.case.model import Case, Lever
    from melian.readings.levers.result import DrawnSearch, Pull, Search

TITLE = "What could move it"
CONDITIONS_SHOWN = 4
SETS_SHOWN = 3
EXPLAINED = 3
"""Of so many levers, those that do most, it is said what they hang on however long that is."""

BETTER = (
    "Whoever makes a move is better off for it in a combination where neither the "
    "worst nor the best equilibrium that it may end in is lower, by its own preferences, and one "
    "is higher. What the move itself costs is not counted."
)


def movable(material: Material, speech: Speech) -> Section:
    """Say which smallest sets of levers bring the target about, and what each lever does alone."""
    aim = material.solved.aim if material.solved else None
    if aim is None:
        return unweighed(material.case)
    blocks: list[Block] = [Paragraph((_standing(aim, speech),))]
    if aim.alone:
        case = material.case
        blocks += [Paragraph(_sufficing(aim)), pictures.levers(case, aim), Paragraph((BETTER,))]
        blocks += [_group(case, aim, pull) for pull in (*_joint(aim), *_working(aim))]
        blocks += idle(case, aim)
    return Section("levers", TITLE, tuple(blocks))


def unweighed(case: Case) -> Section:
    """Say why no levers are weighed."""
    text = (
        "The case names no target, so its levers are not weighed."
        if case.levers
        else "The case names no levers that could change the outcome."
    )
    return Section("levers", TITLE, (Paragraph((text,)),))


def _standing(aim: Search, speech: Speech) -> str:
    now = aim.baseline
    among = f"the {now.combinations:,} combinations of {combined(speech.case)}"
    shares = percent(now.assured), percent(now.possible)
    return sought(speech, aim.target, among, shares)


def sought(speech: Speech, target: Formula, among: str, shares: tuple[str, str]) -> str:
    """Say what outcome is sought, and how far it comes about as things stand.

    Args:
        speech: about the case.
        target: the outcome, over options.
        among: the combinations that shares are of.
        shares: in how many of them it is sure, and in how many possible.
    """
    sure, possible = shares
    return (
        f"The outcome sought is that {speech.outcome(target)}. As things stand it is sure in "
        f"{sure} of {among} (every Nash equilibrium is like that), and possible in {possible} "
        "(some equilibrium is)."
    )


def _joint(aim: Search) -> tuple[Pull, ...]:
    """Give those smallest sets that are told of, where one lever does not suffice."""
    return smallest(aim)[:SETS_SHOWN]


def _working(aim: Search) -> list[Pull]:
    working = [pull for pull in aim.alone if aim.changes(pull)]
    return sorted(working, key=lambda pull: (-pull.assured, -pull.possible))


def _sufficing(aim: Search) -> Prose:
    """Say which sets make the outcome sure whatever the readings, and that no smaller one does."""
    if aim.baseline.assured == 1:
        return ("No move is needed for that.",)
    if not aim.smallest:
        return _insufficient(aim)
    size, count = len(aim.smallest[0].levers), len(aim.smallest)
    shown = joined([(_refer(pull),) for pull in _joint(aim) or aim.smallest], "; ", "; or ")
    if size == 1:
        one = "One move alone makes" if count == 1 else f"{capital(number(count))} moves each make"
        return (f"{one} it sure in every combination: ", *shown, ".")
    what = ("pair", "pairs") if size == 2 else (f"set of {number(size)}", f"sets of {number(size)}")
    do = "does" if count == 1 else "do"
    more = f", of which {number(len(_joint(aim)))} are told here" if count > SETS_SHOWN else ""
    return (
        f"No move alone makes it sure in every combination; {plural(count, *what)} {do}{more}: ",
        *shown,
        f". {_refuted(aim, size)}",
    )


def _refuted(aim: Search, size: int) -> str:
    smaller = sum(count for each, count in aim.searched.items() if each < size)
    skipped = sum(len(ids) < size for ids in aim.unsolved)
    if skipped:
        return (
            f"Of {smaller:,} smaller sets {number(skipped)} are too large to solve; no other does."
            f"{_beyond(aim)}"
        )
    return f"No smaller set does: all {smaller:,} of them were solved.{_beyond(aim)}"


def _beyond(aim: Search) -> str:
    """Say what a brief does not look at, and what does; "" when all is looked at."""
    if aim.largest == len(aim.alone):
        return ""
    return (
        f" Sets of more than {plural(aim.largest, 'move')} are not looked at here; "
        "“melian levers” solves them."
    )


def _insufficient(aim: Search) -> Prose:
    total = f"all {sum(aim.searched.values()) - len(aim.unsolved):,} were solved"
    best = max((*aim.sets, aim.baseline), key=lambda pull: pull.assured)
    every = aim.largest == len(aim.alone)
    which = "No set of moves" if every else f"No set of up to {plural(aim.largest, 'move')}"
    most: Prose = (
        (
            " The most is ",
            percent(best.assured),
            ", by ",
            _refer(best, linked=len(best.levers) == 1),
            ".",
        )
        if best.levers
        else ()
    )
    return (f"{which} makes it sure in every combination; {total}.", *most, _beyond(aim))


def _refer(pull: Pull, *, linked: bool = True) -> Refer | str:
    text = " with ".join(quoted(lever) for lever in pull.levers)
    return Refer(text, _anchor(pull)) if linked else text


def _anchor(pull: Pull) -> str:
    return f"lever-{'+'.join(pull.ids)}"


def _group(case: Case, aim: Search, pull: Pull) -> Group:
    """Tell what levers do, on which readings that hangs, what is returned, and who gains."""
    whys = [lever.why for lever in pull.levers if lever.why] if len(pull.levers) == 1 else []
    apart = not _told_elsewhere(aim, pull)
    told = [returned(case, pull, both=apart), gains(case, pull), *map(sentence, whys)]
    parts = [_effect(case, aim, pull), _partners(aim, pull), *((text,) for text in told if text)]
    prose = joined([part for part in parts if part], " ", " ")
    return Group(_anchor(pull), _title(case, pull), (Paragraph(prose),), _kicker(pull))


def _told_elsewhere(aim: Search, pull: Pull) -> bool:
    """Tell whether what a lever does with its return is told of the exchange it is part of."""
    judged = pull.reciprocity
    return judged is not None and judged.levers in [p.ids for p in _joint(aim) if p is not pull]


def _title(case: Case, pull: Pull) -> str:
    return sentence(together(case, pull, "could"))


def _kicker(pull: Pull) -> str:
    if len(pull.levers) == 1:
        return "A lever"
    several = f"{capital(number(len(pull.levers)))} levers together"
    return "An exchange" if is_exchange(pull) else several


def _effect(case: Case, aim: Search, pull: Pull) -> Prose:
    """Say how far levers bring the target about, and on which readings that still hangs."""
    before, hangs = aim.baseline, pull.hangs_on
    cited = Cite(tuple(lever_id(lever) for lever in pull.levers))
    text: Prose = ("As coded", cited, f", the outcome sought {_changes(before, pull)}.")
    conditions = sum(len(each) for each in hangs.cover)
    short = conditions <= CONDITIONS_SHOWN or pull in _working(aim)[:EXPLAINED]
    if before.assured == pull.assured or not conditions or not short:
        return text
    then = Speech(pull.version.case, pull.version.audit, cited=case)
    return (*text, " It is then sure ", *then.hangs_on(hangs), ".")


def _changes(before: Pull, after: Pull) -> str:
    if after.assured == 1:
        return f"becomes sure in every combination, instead of {percent(before.assured)}"
    sure = _changed("sure", before.assured, after.assured)
    possible = _changed("possible", before.possible, after.possible)
    return f"{sure} of the combinations, and {possible}"


def _changed(word: str, before: float, after: float) -> str:
    if before == after:
        return f"stays {word} in {percent(after)}"
    was, now = percents(before, after)
    return f"becomes {word} in {now} instead of {was}"


def _partners(aim: Search, pull: Pull) -> Prose:
    """Say with which other levers one lever suffices."""
    if len(pull.levers) > 1:
        return ()
    (lever,) = pull.levers
    sets = [each for each in _joint(aim) if lever in each.levers]
    if not sets:
        return ()
    told = [
        (Refer(series([quoted(o) for o in each.levers if o is not lever]), _anchor(each)),)
        for each in sets
    ]
    return ("With ", *joined(told, ", with ", " or with "), " it is sure in every combination.")


def idle(case: Case, aim: Search | DrawnSearch) -> list[Items]:
    """List the levers that change nothing on their own, and those that never do."""
    still = [pull.levers[0] for pull in aim.still]
    never = [lever for lever in still if lever.id in aim.idle and aim.largest > 1]
    waiting = [lever for lever in still if lever not in never]
    size = "" if aim.largest == len(aim.alone) else f" of up to {number(aim.largest)}"
    lists = [
        (waiting, "alone, as coded"),
        (never, f"in any set{size}, as coded"),
    ]
    return [
        Items(
            tuple(_move(case, lever) for lever in levers),
            (f"{capital(plural(len(levers), 'lever'))} {_would(levers)} nothing {where}:",),
        )
        for levers, where in lists
        if levers
    ]


def _would(levers: list[Lever]) -> str:
    return "changes" if len(levers) == 1 else "change"


def _move(case: Case, lever: Lever) -> Prose:
    text = sentence(f"{name_of(case, lever.by)} could {lever.does}")
    return (text.rstrip("."), Cite((lever_id(lever),)), ".")


def searched(aim: Search | DrawnSearch) -> str:
    """Say how the levers were searched, for the end of the brief."""
    count = sum(aim.searched.values())
    text = f"{aim.method}; {plural(count, 'set')} of up to {number(aim.largest)}"
    if aim.complete:
        return f"{text}; complete"
    whole = aim.largest == len(aim.alone)
    return f"{text}; {'not complete' if whole else 'larger sets were not looked at'}"


def summary(aim: Search, speech: Speech) -> str:
    """Say in a few sentences what could move it, for the answer; "" where there are no levers."""
    if not aim.alone:
        return ""
    case, now = speech.case, aim.baseline.assured
    best = max(pull.assured for pull in aim.alone)
    told = f"That {speech.outcome(aim.target)} is sure in {percent(now)} of the combinations"
    raising = [pull for pull in aim.alone if pull.assured == best > now]
    if raising:
        moves = _either([f"if {_moving(case, pull, 'were to')}" for pull in raising], "more move")
        told += f" as things stand, and in {percents(now, best)[1]} {moves}."
    else:
        told += ", and no lever alone would make it surer."
    if smallest(aim):
        sets = [_moving(case, pull, "would") for pull in smallest(aim)]
        size = len(aim.smallest[0].levers)
        told += f" Making it sure in all takes {plural(size, 'move')}: "
        told += f"{_either(sets, 'more such set')}."
    return told + _without_effect(aim)


def _either(told: list[str], more: str) -> str:
    """List what does equally well, as far as there is room, and count the rest."""
    rest = len(told) - SETS_SHOWN
    shown = [*told[:SETS_SHOWN], f"one of {plural(rest, more)}"] if rest > 0 else told
    return "; or ".join(shown)


def _moving(case: Case, pull: Pull, verb: str) -> str:
    """Say who would make which moves, and who of them would lose by that as it sees it today."""
    cost = losing(case, pull)
    moves = together(case, pull, verb)
    return f"{moves} ({cost})" if cost else moves


def _without_effect(aim: Search) -> str:
    still = [quoted(pull.levers[0]) for pull in aim.still]
    if not still:
        return ""
    if len(still) <= SETS_SHOWN:
        return f" Alone, {series(still)} would change nothing."
    return f" Alone, {plural(len(still), 'lever')} would change nothing; “{TITLE}” names them."
