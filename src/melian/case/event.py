"""What a row of an event table says, whichever table it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from melian.case.dates import Date


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody is reported to do something to somebody on a day.

    Attributes:
        line: where it stands in its table, from 1.
        id: of its own in the table, or "".
        mark: tells it from other rows of the table: its id, or a digest of the row.
        actor, target: names as the table has them.
        cameo: a code of CAMEO, or "" where the table has PLOVER types only.
        plover: a type of PLOVER, given or derived of the code; "" where there is none.
        goldstein: how cooperative (to 10) or hostile (to -10) it is; None where it is not said.
        text: what the table calls it.
    """

    line: int
    id: str
    mark: str
    date: Date
    actor: str
    target: str = ""
    cameo: str = ""
    plover: str = ""
    mode: str = ""
    goldstein: float | None = None
    text: str = ""
    context: str = ""
    sector: str = ""
    target_sector: str = ""
    country: str = ""
    target_country: str = ""
