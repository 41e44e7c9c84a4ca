"""The command why: explanations weighed against each other, and words that mean two things."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import citation, concept_text, name_of, sentence, when_meant
from melian.cli.common import CaseName, Json, finish, opened, print_data, print_table
from melian.cli.telling import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.audit.terms import Contest
    from melian.case.formula import Signed
    from melian.case.model import Case, Definition, Evidence, Hypothesis
    from melian.hypotheses.result import Weighing, Why


class View(StrEnum):
    """How the evidence is laid out."""

    RATIOS = "ratios"
    MATRIX = "matrix"


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: melian why nato-russia-2008")(why)


def why(
    case: CaseName,
    *,
    view: Annotated[
        View,
        typer.Option(
            help="ratios: what each item speaks for; matrix: what fits and what does not."
        ),
    ] = View.RATIOS,
    json: Json = False,
) -> None:
    """Weigh the explanations that are coded, and compare what parties mean by a word.

    Each item of evidence speaks for one explanation over another as far as it
    is likelier under the one. No winner is named: what is printed is how far
    the whole leans, how wide that is, and what would tip it.
    """
    found = opened(case)
    result = verbs.why(found.case)
    contests = verbs.terms(found.case)
    if json:
        from melian.audit.terms_form import terms_form
        from melian.hypotheses.form import why_form

        print_data({**why_form(result), "terms": terms_form(contests)})
    else:
        _print_why(found.case, result, view)
        for contest in contests:
            _print_contest(found.case, contest)
    finish(found)


def _print_why(case: Case, result: Why, view: View) -> None:
    from melian.hypotheses.wording import LIMITS, MATRIX_NOTE

    if not result.weighings:
        typer.echo(
            "No two explanations are coded, so none is weighed. Add hypotheses: to case.yaml."
        )
        return
    for weighing in result.weighings:
        _print_rivals(case, weighing)
        if view is View.MATRIX:
            _print_matrix(case, weighing)
        else:
            _print_ratios(case, weighing)
    say(MATRIX_NOTE if view is View.MATRIX else LIMITS)


def _print_rivals(case: Case, weighing: Weighing) -> None:
    from melian.brief.drawing import percent
    from melian.hypotheses.wording import label, title

    rows = [
        (label(each), _with_reasons(case, each), percent(prior))
        for each, prior in zip(weighing.hypotheses, weighing.priors, strict=True)
    ]
    print_table(title(case, weighing), ("explanation", "what it says", "starts from"), rows)
    for name in weighing.left_out:
        typer.echo(f'"{name}" is no finding of the audit, so it is left out.')


def _with_reasons(case: Case, hypothesis: Hypothesis) -> str:
    """Give what an explanation says, why it is put forward, and by which source."""
    cited = ""
    if hypothesis.source:
        cited = f"[{citation(case, hypothesis.source, hypothesis.locator)}]"
    why = sentence(hypothesis.why) if hypothesis.why else ""
    return " ".join(part for part in (sentence(hypothesis.text), why, cited) if part)


def _numbered(case: Case, weighing: Weighing) -> dict[str, str]:
    """Give what each item is, by name, with the number that its reasons are listed under."""
    from melian.hypotheses.wording import item_text

    return {
        item.evidence.name: f"{number}. {item_text(case, item)}"
        for number, item in enumerate(weighing.items, start=1)
    }


def _print_reasons(case: Case, weighing: Weighing) -> None:
    """Print why each item speaks as it does, and where it comes from."""
    from melian.hypotheses.wording import traces

    if weighing.items:
        say("Why each item is that likely, in the coder's judgement, and where it comes from:")
    for number, item in enumerate(weighing.items, start=1):
        why = f"{sentence(item.evidence.why)} " if item.evidence.why else ""
        say(f"{number}. {why}[{traces(case, item)}]")


def _print_matrix(case: Case, weighing: Weighing) -> None:
    from melian.hypotheses.wording import fits, label

    texts = _numbered(case, weighing).values()
    marks = [
        [fits(item.evidence.likely[each.id].value) for each in weighing.hypotheses]
        for item in weighing.items
    ]
    rows = [(text, *row) for text, row in zip(texts, marks, strict=True)]
    counts = [sum(mark in {"I", "II"} for mark in column) for column in zip(*marks, strict=True)]
    head = ("evidence", *(label(each) for each in weighing.hypotheses))
    print_table("", head, [*rows, ("does not fit", *map(str, counts))] if rows else rows)
    typer.echo("CC fits well, C fits, N neither, I does not fit, II does not fit at all.")
    _print_reasons(case, weighing)


def _print_ratios(case: Case, weighing: Weighing) -> None:
    from melian.hypotheses import wording

    heads = [wording.label(each) for each in weighing.hypotheses]
    texts = _numbered(case, weighing)
    for pair in weighing.pairs:
        named = {each.id: wording.label(each) for each in weighing.hypotheses}
        shown = [pair.one, pair.other]
        rows = []
        for bearing in pair.bearings:
            item = weighing.item(bearing.item)
            likely = [wording.likelihood_text(item.evidence.likely[name]) for name in shown]
            rows.append((texts[bearing.item], *likely, wording.speaks(weighing, pair, bearing)))
        against = f"{named[pair.one]} against {named[pair.other]}" if len(heads) > 2 else ""
        print_table(against, ("evidence", *(named[name] for name in shown), "speaks"), rows)
        told = [
            wording.lean(weighing, pair),
            wording.spread(weighing, pair),
            wording.tips(case, weighing, pair),
            wording.weightiest(case, weighing, pair),
        ]
        say(" ".join(each for each in told if each))
    _print_reasons(case, weighing)
    for bundle in wording.bundles(weighing):
        listed = "; ".join(wording.item_text(case, item) for item in bundle)
        say(f"These {len(bundle)} count as one, with the mean of their weights: {listed}.")
    _print_prospects(weighing)


def _print_prospects(weighing: Weighing) -> None:
    from melian.hypotheses.wording import would_tell

    rows = [
        (_missing(each.evidence), sentence(would_tell(weighing, each)))
        for each in weighing.prospects
    ]
    if rows:
        print_table("What is missing, the most telling first", ("missing", "what it tells"), rows)


def _missing(evidence: Evidence) -> str:
    why = f" {sentence(evidence.why)}" if evidence.why else ""
    return f"{sentence(evidence.missing)}{why}"


def _print_contest(case: Case, contest: Contest) -> None:
    from melian.audit.terms_wording import rests_on

    sides = (contest.one, contest.other)
    one, other = (_meaner(case, contest.term, each) for each in sides)
    rows = [
        ("both", _listed(case, contest.shared)),
        (f"only {one}", _listed(case, contest.only_one)),
        (f"only {other}", _listed(case, contest.only_other)),
        (
            f"{one} asserts, {other} denies",
            _listed(case, [p for p in contest.opposed if p.positive]),
        ),
        (
            f"{other} asserts, {one} denies",
            _listed(case, [-p for p in contest.opposed if not p.positive]),
        ),
    ]
    for each in contest.exclusions:
        parts = f"{_listed(case, each.of_one)} / {_listed(case, each.of_other)}"
        rows += [("exclude each other", parts), ("because", " ".join(rests_on(case, each)))]
    shared, total = len(contest.shared), contest.parts
    title = f"{contest.term.replace('-', ' ')}, as {one} and {other} mean it"
    print_table(title, ("who", "parts of the meaning"), [row for row in rows if row[1]])
    if contest.overlap:
        typer.echo(f"They share {shared} of {total} parts.")
    else:
        typer.echo("They share no part.")
    for name, definition in zip((one, other), sides, strict=True):
        say(f"{name}: {_defined(case, definition)}")


def _meaner(case: Case, term: str, definition: Definition) -> str:
    """Give whose definition it is; with its period where the actor has another one."""
    name, when = name_of(case, definition.actor), when_meant(case, term, definition)
    return f"{name} ({when})" if when else name


def _defined(case: Case, definition: Definition) -> str:
    """Give where a definition comes from, and the coder's note on it."""
    note = f"{sentence(definition.note)} " if definition.note else ""
    return f"{note}[{citation(case, definition.source, definition.locator)}]"


def _listed(case: Case, parts: Sequence[Signed]) -> str:
    return "; ".join(concept_text(case, part) for part in parts)
