"""What is to be returned for levers, and who is better off for giving them, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.pictures import label_of
from melian.brief.drawing import percent
from melian.case.wording import name_of, sentence, series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case, Lever
    from melian.readings.levers.reciprocity import Balance, Reciprocity
    from melian.readings.levers.result import Pull


def returned(case: Case, pull: Pull, *, both: bool = True) -> str:
    """Say what is meant to be returned for one lever; "" for several.

    Args:
        case: whose levers they are.
        pull: the lever, pulled.
        both: whether to say what a lever in return adds.
    """
    if len(pull.levers) > 1 or not pull.levers[0].returns:
        return ""
    (lever,) = pull.levers
    text = f"in return {_return(case, lever)}"
    if both and lever.returns in case.levers and pull.reciprocity is not None:
        text += f"; with both, it is {_both(pull, pull.reciprocity)}"
    return sentence(text)


def _return(case: Case, lever: Lever) -> str:
    back = case.levers.get(lever.returns)
    if back is not None:
        return f"{name_of(case, back.by)} could {back.does}"
    option = case.conflict.options.get(lever.returns) if case.conflict else None
    if option is not None:
        return f"{series([name_of(case, owner) for owner in option.owners])} would {option.text}"
    return f"{name_of(case, lever.by)} would get {lever.returns}"


def _both(pull: Pull, judged: Reciprocity) -> str:
    if judged.assured == pull.assured:
        return "no more and no less sure" if judged.assured < 1 else "as sure"
    if judged.assured == 1:
        return "sure in every combination"
    return f"sure in {percent(judged.assured)}"


def gains(case: Case, pull: Pull) -> str:
    """Say who is better off for giving levers, with all that is returned for them."""
    judged = pull.reciprocity
    if judged is None:
        return ""
    back = (
        "with both"
        if len(pull.levers) == 1 < len(judged.levers) == 2
        else _back(case, pull, judged)
    )
    lead = f"{back}, " if back else ""
    told = _each(case, judged)
    return " ".join(sentence(f"{'' if n else lead}{each}") for n, each in enumerate(told))


def losing(case: Case, pull: Pull) -> str:
    """Say which givers would be worse off somewhere by what they prefer today; "" for none."""
    judged = pull.reciprocity
    told = [
        f"{name_of(case, balance.giver)} would be worse off {_in(balance.worse)}"
        for balance in (judged.present if judged else ())
        if balance.worse
    ]
    if judged is None or not told:
        return ""
    eyes = "what it prefers" if len(told) == 1 else "what they prefer"
    back = _back(case, pull, judged)
    return f"by {eyes} today, {f'and {back}, ' if back else ''}{series(told)}"


def _back(case: Case, pull: Pull, judged: Reciprocity) -> str:
    """Name the levers that are judged along with a set, since they are returned for it."""
    back = [quoted(case.levers[name]) for name in judged.levers if name not in pull.ids]
    return f"with {series(back)} in return" if back else ""


def _each(case: Case, judged: Reciprocity) -> Iterator[str]:
    for then, now in zip(judged.balances, judged.present, strict=True):
        who = name_of(case, then.giver)
        if then == now:
            yield f"{who} would be {_balance(then)}"
        else:
            yield (
                f"{who} would be {_balance(then)} by what it would then prefer, and "
                f"{_balance(now)} by what it prefers today"
            )
    for giver in judged.unjudged:
        yield f"nothing tells whether {name_of(case, giver)} would gain, as it has no preferences"


def _balance(balance: Balance) -> str:
    if balance.same == 1:
        return "no better and no worse off"
    told = [
        (balance.better, "better off"),
        (balance.worse, "worse off"),
        (balance.mixed, "perhaps better and perhaps worse off"),
        (balance.unclear, "without anything to compare"),
    ]
    some = [(share, words) for share, words in told if share]
    parts = [f"{words} {_in(share)}" for share, words in some[:1]]
    parts += [f"{words} in {percent(share)}" for share, words in some[1:]]
    if balance.gains and balance.better < 1:
        parts.append("worse off in none")
    return series(parts)


def _in(share: float) -> str:
    return "in every combination" if share == 1 else f"in {percent(share)} of the combinations"


def quoted(lever: Lever) -> str:
    """Give a lever by its label, in quotation marks."""
    return f"“{label_of(lever)}”"
