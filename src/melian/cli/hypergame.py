"""The command hypergame: what each party expects of the others, and what holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from melian import verbs
from melian.case.wording import counted, name_of, sentence, series
from melian.cli.common import CaseOrFile, Json, finish, opened, print_data, print_table
from melian.cli.solving import ConceptNames, concepts_named
from melian.cli.telling import change, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.case.model import Case, Conflict
    from melian.conflict.hypergame import Hypergame, Prospect, View
    from melian.conflict.result import Concept

SHOWN = 12


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: melian hypergame my-case --concept nash,seq")(hypergame)


def hypergame(case: CaseOrFile, *, concept: ConceptNames = "", json: Json = False) -> None:
    """Say what each party expects of the others, where it is wrong, and what lasts all the same.

    Each party decides by what it prefers itself, by what it believes that the
    others prefer, and by the states that it sees: beliefs and unseen of the
    case. Every preference is held. Without --concept it is nash, and all five
    concepts in the data.
    """
    from melian.conflict.result import Concept

    wanted = concepts_named(concept)
    found = opened(case)
    result = verbs.hypergame(found.case, wanted or (() if json else (Concept.NASH,)))
    conflict = found.case.conflict
    if json and conflict is not None:
        from melian.conflict.hypergame_form import hypergame_form

        print_data(hypergame_form(result, conflict))
    elif conflict is not None:
        for line in _views(found.case, conflict, result):
            say(sentence(line))
        for each in result.prospects:
            _print(found.case, result, each)
    finish(found)


def _views(case: Case, conflict: Conflict, result: Hypergame) -> Iterator[str]:
    """Say what is believed and not seen, and whether it is so."""
    for view in result.views:
        who = name_of(case, view.actor)
        for other, preferences in conflict.beliefs.get(view.actor, {}).items():
            believed = "; ".join(str(preference.prefer) for preference in preferences) or "nothing"
            wrong = other in view.mistaken
            whom = name_of(case, other)
            told = (
                f"As coded, {whom} ranks the states otherwise." if wrong else "As coded, it does."
            )
            yield f"{who} believes that {whom} prefers: {believed}. {told}"
        unseen = int((~view.sees).sum())
        if unseen:
            which = " or ".join(f'"{each}"' for each in conflict.unseen.get(view.actor, ()))
            yield (
                f"{who} does not reckon with {unseen:,} of {counted(len(view.sees), 'state')}: "
                f"those with {which}."
            )


def _print(case: Case, result: Hypergame, concept: Concept) -> None:
    shown = _shown(result, concept)
    rows = [
        (
            str(number),
            ", ".join(result.taken(number)) or "nothing",
            _expecting(case, result, concept, number),
            "yes" if result.holds(concept)[number - 1] else "no",
            "yes" if result.truth.equilibria(concept)[number - 1] else "no",
        )
        for number in shown[:SHOWN]
    ]
    head = ("state", "options taken", "expected by", "lasts", "would if all knew")
    print_table(f"What is expected to last, and what does ({concept})", head, rows)
    if len(shown) > SHOWN:
        say(f"{len(shown) - SHOWN:,} more states; --json lists all.")
    for line, indent in _leaving(case, result, concept, shown[:SHOWN]):
        say(line, indent)
    hidden = int(result.hidden(concept).sum())
    if hidden:
        say(
            f"{counted(hidden, 'more state')} would last for all who see them, and somebody does "
            "not reckon with them."
        )


def _shown(result: Hypergame, concept: Concept) -> list[int]:
    """Give the states that last, would last, or are expected to: those that last come first."""
    holds, true = result.holds(concept), result.truth.equilibria(concept)
    any_ = holds | true
    for view in result.views:
        any_ = any_ | view.expects(concept)
    numbers = [int(place) + 1 for place in any_.nonzero()[0]]
    return sorted(numbers, key=lambda n: (not holds[n - 1], not true[n - 1], n))


def _expecting(case: Case, result: Hypergame, concept: Concept, number: int) -> str:
    views = [view for view in result.views if view.expects(concept)[number - 1]]
    if len(views) == len(result.views):
        return "all"
    return _names(case, views) or "nobody"


def _names(case: Case, views: Iterable[View]) -> str:
    return ", ".join(name_of(case, view.actor) for view in views)


def _leaving(
    case: Case, result: Hypergame, concept: Concept, shown: Iterable[int]
) -> Iterator[tuple[str, int]]:
    """Say what each would do in the status quo, and who leaves what others expect to last."""
    told, quo = result.prospects[concept], result.status_quo
    if quo is not None and quo in told:
        yield f"In the status quo, state {quo} ({', '.join(result.taken(quo)) or 'nothing'}):", 0
        for actor in result.actors:
            yield _would(case, result, concept, quo, actor), 2
    for number in shown:
        if number in told and number != quo:
            yield f"State {number} does not last:", 0
            for actor in result.actors:
                if not result.judged(concept, number, actor)[0].stays:
                    yield _would(case, result, concept, number, actor), 2


def _would(case: Case, result: Hypergame, concept: Concept, number: int, actor: str) -> str:
    """Say what an actor would do in a state, and who expects something else of it."""
    own, others = result.judged(concept, number, actor)
    sees = result.sees(actor, number)
    does = f"would {_move(result, own, number)}" if sees else "does not reckon with it"
    name = name_of(case, actor)
    told = f"{name[:1].upper()}{name[1:]} {does}"
    wrong = [
        f"{series([name_of(case, name) for name in names])} "
        f"{'expects' if len(names) == 1 else 'expect'} it to {_move(result, prospect, number)}"
        for prospect, names in others.items()
        if prospect != own
    ]
    if wrong:
        return f"{told}; {'; '.join(wrong)}."
    return f"{told}, as the others expect." if others else f"{told}."


def _move(result: Hypergame, prospect: Prospect, number: int) -> str:
    if prospect.stays:
        return "stay"
    if not prospect.to:
        return "move away"
    first, *alike = prospect.to
    more = f"; {series([str(end) for end in alike], 'or')} would do as well" if alike else ""
    return f"{change(result, number, first)} (state {first}{more})"
