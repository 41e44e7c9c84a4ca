"""Who gives levers, and what it gains, in a few words for a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.wording import name_of, series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case
    from melian.readings.levers.reciprocity import Balance, Reciprocity
    from melian.readings.levers.result import DrawnPull, Pull


def giving(case: Case, pull: Pull | DrawnPull) -> str:
    """Say who gives and, where that is known, what each gains with all that is returned."""
    from melian.readings.levers.result import Pull

    if isinstance(pull, Pull):
        return _gains(case, pull)
    return series(list(dict.fromkeys(name_of(case, lever.by) for lever in pull.levers)))


def _gains(case: Case, pull: Pull) -> str:
    """Say who gains by giving, with what is returned, and where that needs new preferences."""
    judged = pull.reciprocity
    if judged is None:
        return "too large to solve with its returns"
    back = [lever for lever in judged.levers if lever not in pull.ids]
    told = "; ".join(_each(case, judged)) or "nobody with preferences gives"
    return f"{told}, with {series(back)} in return" if back else told


def _each(case: Case, judged: Reciprocity) -> Iterator[str]:
    for then, now in zip(judged.balances, judged.present, strict=True):
        told = f"{name_of(case, then.giver)} {_balance(then)}"
        yield told if now == then else f"{told} (today: {_balance(now)})"
    for giver in judged.unjudged:
        yield f"{name_of(case, giver)} has no preferences"


def _balance(balance: Balance) -> str:
    from melian.brief.drawing import percent

    if balance.gains:
        return f"gains in {percent(balance.better)}"
    if balance.same == 1:
        return "is as well off"
    parts = [
        (balance.better, "gains"),
        (balance.worse, "loses"),
        (balance.mixed, "may gain or lose"),
        (balance.unclear, "cannot be judged"),
    ]
    return ", ".join(f"{words} in {percent(share)}" for share, words in parts if share)
