"""Where actors stand on a dimension, from what they say of what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from melian.problems import UsageError
from melian.verbs.words import known

if TYPE_CHECKING:
    from melian.discourse.networks.building import Design
    from melian.discourse.resampling import Resampling
    from melian.discourse.scaling.of_answers import AnswerScale
    from melian.discourse.scaling.of_profiles import ProfileScale
    from melian.discourse.statements.table import Table

SCALINGS = ("correspondence", "item-response", "both")
"""How actors are scaled: by what they say how often, by yes and no, or by one and the other."""


def scaling_method(word: str) -> str:
    """Give the method that was typed, if there is one of that name.

    Raises:
        UsageError: there is none.
    """
    return known("--method", word, SCALINGS)


def profile_scale(
    table: Table,
    design: Design,
    *,
    dimensions: int,
    least: int,
    ends: tuple[str, str],
    by: Resampling | None,
) -> ProfileScale:
    """Scale actors by correspondence analysis.

    Raises:
        UsageError: too few statements, or an actor of the ends does not span the dimension.
        TooLarge: the counts would not fit.
    """
    from melian.discourse.scaling.of_profiles import profile_scale as run

    if dimensions not in {1, 2}:
        raise UsageError("One or two dimensions can be had: --dimensions 2.")
    left, right = ends
    return run(table, design, dimensions=dimensions, least=least, left=left, right=right, by=by)


def answer_scale(
    table: Table,
    design: Design,
    *,
    least: int,
    threshold: float,
    ends: tuple[str, str],
    sweeps: int,
    seed: int,
) -> AnswerScale:
    """Scale actors by item response.

    Raises:
        UsageError: too few statements, senses that are not yes and no, or an actor of the ends
            does not span the dimension.
        TooLarge: it would take too long.
    """
    from melian.discourse.scaling.of_answers import answer_scale as run
    from melian.discourse.scaling.probit import Chains

    if sweeps < 100:
        raise UsageError("Fewer than 100 sweeps tell nothing: --sweeps 20000.")
    chains = Chains(sweeps=sweeps, thin=max(sweeps // 2000, 1), seed=seed)
    left, right = ends
    return run(
        table, design, least=least, threshold=threshold, left=left, right=right, chains=chains
    )


def ends_of(table: Table, design: Design, least: int, other: AnswerScale) -> tuple[str, str]:
    """Give who is left and right on another scale, so that this one is the same way round.

    Nobody, where one of them does not span this one.
    """
    from melian.discourse.scaling.of_profiles import profile_scale as run

    here = {each.actor for each in run(table, design, least=least, by=None).positions if each.spans}
    ends = (other.poles.left, other.poles.right)
    return ends if here.issuperset(ends) else ("", "")


def scale_agreement(profiles: ProfileScale, answers: AnswerScale) -> tuple[float, int]:
    """Give the rank correlation of both scales, and over how many actors it is."""
    from melian.discourse.scaling.positions import agreement

    return agreement(profiles.positions, answers.positions)


def scale_data(profiles: ProfileScale | None, answers: AnswerScale | None) -> dict[str, Any]:
    """Give the positions of one method, or of both, as data."""
    from melian.discourse.scaling.form import both_form, scale_form

    if profiles is not None and answers is not None:
        return both_form(profiles, answers)
    one = profiles or answers
    return {} if one is None else scale_form(one)


def scale_text(profiles: ProfileScale | None, answers: AnswerScale | None, ending: str) -> str:
    """Give positions as a file's ending asks: .csv or .svg, of one method, or .json.

    Raises:
        UsageError: a table or picture is asked for of both methods, or of positions that have not
            settled.
    """
    kind = ending.lower()
    if kind not in {".csv", ".svg"}:
        return json.dumps(scale_data(profiles, answers), ensure_ascii=False) + "\n"
    one = profiles or answers
    if one is None or (profiles is not None and answers is not None):
        what = "table" if kind == ".csv" else "picture"
        raise UsageError(
            f"A {kind} file holds a {what} of the positions of one method; name it with --method."
        )
    if kind == ".svg":
        from melian.verbs.discourse_pictures import scale_picture

        return scale_picture(one)
    from melian.discourse.scaling.form import positions_csv

    return positions_csv(one)


def no_dimension(scale: AnswerScale) -> str:
    """Say why actors are not put in order by item response."""
    from melian.discourse.scaling.dimension import LEAST_RELIABILITY

    found = scale.dimension
    held = (
        f"their first dimension holds {found.share:.0%} of what they differ in, and would hold "
        f"{found.expected:.0%} if they had nothing in common (p {found.p:.2g})"
    )
    if not found.there:
        why = f"answers have no more in common than chance would give: {held}"
    else:
        why = (
            f"too little is known of where they stand: reliability is {found.reliability:.2f}, and "
            f"at least {LEAST_RELIABILITY} is wanted"
        )
    return (
        f"Actors are not put in order by item response, as {why}. Take more statements, fewer and "
        "wider concepts, or --method correspondence; --json has the numbers all the same."
    )
