"""What ``melian stability`` prints of equilibria that were sought, and of one state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted, name_of, series
from melian.cli.common import print_data, print_table
from melian.cli.telling import say
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from melian.case.model import Case
    from melian.conflict.result import Concept
    from melian.conflict.seeking import Sought
    from melian.conflict.symbolic.finding import Equilibria
    from melian.conflict.symbolic.standing import Standing, Verdict

SHOWN = 40

Where = Annotated[
    str, typer.Option(help="Only equilibria in which this is true: a formula over options.")
]
StateNamed = Annotated[
    str | None,
    typer.Option(
        "--state",
        help='Explain one state: the options taken, as in "a, b"; a Y or N for each; its number; '
        "or nothing.",
    ),
]
Limit = Annotated[
    int | None, typer.Option(min=1, help="Find no more equilibria than that under each concept.")
]
Symbolic = Annotated[
    bool, typer.Option("--symbolic", help="Search with a solver, however small the conflict is.")
]
Work = Annotated[
    int | None,
    typer.Option(
        min=1, help="How far the solver may search under each concept, in steps. [200000000]"
    ),
]


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked for on the command line."""

    concepts: tuple[Concept, ...]
    where: str
    state: str | None
    limit: int | None
    work: int | None
    symbolic: bool
    count: bool
    json: bool

    @property
    def asked(self) -> bool:
        """Whether anything was asked for that takes a search."""
        return bool(self.where.strip() or self.symbolic or self.state is not None or self.limit)


def answer(case: Case, query: Query, *, coalition: bool, tabled: bool) -> None:
    """Search, and print what is found.

    Args:
        case: as opened.
        query: what to look for.
        coalition: whether coalitions were asked for, too.
        tabled: whether the option table was.

    Raises:
        UsageError: what was asked for does not go together, or makes no sense.
    """
    if coalition or tabled:
        raise UsageError(
            f"{'Coalitions are' if coalition else 'The option table is'} for conflicts all of "
            f"whose states are looked at: leave out {'--coalition' if coalition else '--table'}, "
            "or leave out --where, --state, --limit and --symbolic."
        )
    if query.state is not None:
        _answer_state(case, query, query.state)
    else:
        _answer_search(case, query)


def _answer_state(case: Case, query: Query, state: str) -> None:
    if query.where.strip() or query.limit or query.count:
        raise UsageError(
            "--state explains one state; leave out --where, --limit and --count, or leave it out."
        )
    result = verbs.standing(case, state, query.concepts, query.work)
    if query.json:
        from melian.conflict.seeking_form import standing_form

        print_data(standing_form(result))
    else:
        print_standing(case, result)


def _answer_search(case: Case, query: Query) -> None:
    result = verbs.sought(
        case,
        query.concepts,
        query.where,
        limit=query.limit,
        symbolic=query.symbolic,
        work=query.work,
        count=query.count,
    )
    if query.count or query.json:
        from melian.conflict.seeking_form import sought_count_form, sought_form

        print_data(sought_count_form(result) if query.count else sought_form(result))
    else:
        usual = not (query.concepts or query.where.strip())
        print_sought(case, result, alone=usual and result.engine == "symbolic")


def print_sought(case: Case, result: Sought, *, alone: bool) -> None:
    """Print the equilibria that were found, and whether there are others.

    Args:
        case: as opened.
        result: what was found.
        alone: whether Nash was looked for alone because nothing was said about the others.
    """
    where = "" if result.where is None else f" in which {result.where}"
    states = result.states
    common = reduce(int.__and__, states) if len(states) > 1 else 0
    rows = list(_rows(result, common))
    if rows:
        taken = "also taken" if common else "options taken"
        head = (*(("state",) if result.numbers else ()), taken, *result.equilibria)
        print_table(f"Equilibria{where}", [str(name) for name in head], rows)
    if common:
        say(f"Taken in all of them: {', '.join(result.taken(common))}.")
    hidden = len(states) - len(rows)
    if hidden > 0:
        say(f"{hidden:,} more were found; --json lists all.")
    if any("?" in row for row in rows):
        say("? stands where the search stopped before it came to the state.")
    of = " of single parties" if result.unasked else ""
    for concept, each in result.equilibria.items():
        say(f"{concept}: {_ended(each, where if not rows else '', of)}")
    print_notes(case, result)
    if alone:
        say("For the other concepts, say what to look for with --where, or name a --state.")


def _rows(result: Sought, common: int) -> Iterator[tuple[str, ...]]:
    """Give what is said of states: those first that are equilibria under most concepts.

    Args:
        result: what was found.
        common: the bits of the options taken in all states, which are said once for all.
    """
    concepts = result.equilibria
    found = {concept: frozenset(each.decimals) for concept, each in concepts.items()}

    def mark(concept: Concept, decimal: int) -> str:
        if decimal in found[concept]:
            return "yes"
        return "" if concepts[concept].complete else "?"

    nothing = "nothing else" if common else "nothing"
    order = sorted(result.states, key=lambda d: (-sum(d in some for some in found.values()), d))
    for decimal in order[:SHOWN]:
        number = (str(result.numbers[decimal]),) if result.numbers else ()
        taken = ", ".join(result.taken(decimal & ~common)) or nothing
        yield (*number, taken, *(mark(concept, decimal) for concept in concepts))


def print_notes(case: Case, result: Sought) -> None:
    """Print who was not asked, and what a state stands for where several count as one."""
    _print_unasked(case, result.unasked)
    if result.merged:
        true = " or ".join(f'"{formula}"' for formula in result.merged)
        also = "; it counts where --where is true in one of them" if result.where else ""
        say(f"All states in which {true} is true count as one, shown by the lowest{also}.")


def _print_unasked(case: Case, groups: Sequence[Sequence[str]]) -> None:
    if groups:
        say(only_single(case, groups))


def only_single(case: Case, groups: Sequence[Sequence[str]]) -> str:
    """Give the sentence that says which coalitions were not asked."""
    each = "; ".join(series([name_of(case, member) for member in group]) for group in groups)
    return f"Only single parties were asked. Not asked: the coalitions of the case ({each})."


def _ended(each: Equilibria, where: str, of: str) -> str:
    found = len(each.decimals)
    match each.ended:
        case "all" if not found:
            return f"no equilibrium{of}{where}. That is certain."
        case "all":
            return f"{counted(found, 'equilibrium', 'equilibria')}{of}. There are no others."
        case "limit":
            return f"the first {found:,}. There are others; --limit finds more."
    some = f"{found:,} found" if found else f"none found{where}"
    return f"{some}, then the search had done the work allowed. Whether there are others is open."


def print_standing(case: Case, result: Standing) -> None:
    """Print how a state stands: for whom it is stable, and why it is, or is not."""
    taken = ", ".join(result.taken(result.state)) or "nothing"
    say(f"State {result.letters(result.state)}: {taken}")
    for number, actor in enumerate(result.actors):
        say(name_of(case, actor))
        told: dict[str, list[str]] = {}
        for concept, each in result.verdicts.items():
            why = _why(case, result, each[number], concept)
            told.setdefault(why, []).append(concept.value)
        for why, concepts in told.items():
            say(f"{', '.join(concepts)}: {why}", 2)
    say(_summary(result))
    _print_unasked(case, result.unasked)


def _why(case: Case, result: Standing, verdict: Verdict, concept: Concept) -> str:
    if verdict.gain is None:
        return "stable: it gains by no move." if verdict.stable else "open; --work finds out."
    gain = f"it gains if it {_change(result, result.state, verdict.gain)}"
    if verdict.stable:
        return f"stable: {gain}, but {_replies(case, result, verdict, concept)}."
    return f"not stable: {gain}{'' if concept.value == 'nash' else ', and no answer undoes that'}."


def _replies(case: Case, result: Standing, verdict: Verdict, concept: Concept) -> str:
    here, told = verdict.gain or 0, []
    for reply in verdict.replies:
        told.append(f"{name_of(case, reply.actor)} {_change(result, here, reply.state)}")
        here = reply.state
    return f"{'at once' if concept.value == 'sim' else 'then'} {series(told)}"


def _change(result: Standing, before: int, after: int) -> str:
    taken = ", ".join(result.taken(after & ~before))
    dropped = ", ".join(result.taken(before & ~after))
    parts = (f"takes {taken}" if taken else "", f"drops {dropped}" if dropped else "")
    return " and ".join(part for part in parts if part)


def _summary(result: Standing) -> str:
    each = {concept: result.equilibrium(concept) for concept in result.verdicts}
    told = []
    for answer, words in (
        (True, "An equilibrium under"),
        (False, "No equilibrium under"),
        (None, "Open under"),
    ):
        under = [concept.value for concept, holds in each.items() if holds is answer]
        if under:
            told.append(f"{words} {', '.join(under)}.")
    return " ".join(told)
