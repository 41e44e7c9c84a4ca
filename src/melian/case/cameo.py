"""CAMEO and PLOVER: the codes by which event tables say what an actor does.

A CAMEO code is a text of two, three or four digits, and a hierarchy by its beginnings: ``17``
(coerces) holds ``171``, which holds ``1711``. What ends in 0 (``170``) is the residual class of its
root, for what fits none of the others: it does not hold them.

A PLOVER type is derived of a code by the table of the PLOVER manual (Open Event Data Alliance,
*PLOVER: Political Language Ontology for Verifiable Event Records*, table 7.1, with the notes on
it), and by the exceptions of the conversion table that goes with version 0.8 (17 September 2021).
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOTS = tuple(f"{number:02}" for number in range(1, 21))

#: What each type says that an actor does, in a few words of our own.
PLOVER: Mapping[str, str] = MappingProxyType(
    {
        "AGREE": "agrees to cooperate",
        "CONSULT": "consults",
        "SUPPORT": "supports diplomatically",
        "CONCEDE": "concedes",
        "COOPERATE": "cooperates materially",
        "AID": "gives aid",
        "RETREAT": "retreats, releases or eases",
        "REQUEST": "requests or demands",
        "ACCUSE": "accuses, disapproves or investigates",
        "REJECT": "rejects",
        "THREATEN": "threatens",
        "PROTEST": "protests",
        "SANCTION": "reduces relations",
        "MOBILIZE": "mobilises",
        "COERCE": "coerces",
        "ASSAULT": "assaults",
    }
)

# By code; the longest beginning of a code that stands here decides. 01 and 02 are dropped: PLOVER
# has no type for statements and appeals.
_PLOVER_BY_CODE = {
    "03": "AGREE",
    "04": "CONSULT",
    "05": "SUPPORT",
    "06": "COOPERATE",
    "07": "AID",
    "08": "CONCEDE",  # what is granted in words; 084 to 087 is done
    **dict.fromkeys(("0813", "0814", "084", "085", "086", "087"), "RETREAT"),
    "09": "ACCUSE",
    "10": "REQUEST",
    "11": "ACCUSE",
    "12": "REJECT",
    "13": "THREATEN",
    "14": "PROTEST",
    "15": "MOBILIZE",
    "16": "SANCTION",
    "163": "COERCE",
    "17": "COERCE",
    **dict.fromkeys(("1712", "175"), "ASSAULT"),
    "18": "ASSAULT",
    "19": "ASSAULT",
    **dict.fromkeys(("191", "192"), "COERCE"),
    "20": "ASSAULT",
}


@cache
def codes() -> Mapping[str, str]:
    """Give what each CAMEO code says that an actor does, by code.

    >>> codes()["163"]
    'imposes an embargo, a boycott or sanctions'
    """
    text = (resources.files("melian.case") / "cameo.txt").read_text(encoding="utf-8")
    lines = (line.partition(" ") for line in text.splitlines() if not line.startswith("#"))
    return MappingProxyType({code: words for code, _, words in lines})


def words_of(code: str) -> str:
    """Give what a code says that an actor does; one that is not known says what holds it says.

    >>> words_of("1639")
    'imposes an embargo, a boycott or sanctions'
    """
    known = codes()
    return next((known[code[:n]] for n in range(len(code), 1, -1) if code[:n] in known), "")


@cache
def plover_of(code: str) -> str:
    """Give the PLOVER type of a CAMEO code, "" where it has none.

    >>> plover_of("1623"), plover_of("163"), plover_of("0872"), plover_of("010")
    ('SANCTION', 'COERCE', 'RETREAT', '')
    """
    known = _PLOVER_BY_CODE
    return next((known[code[:n]] for n in range(len(code), 1, -1) if code[:n] in known), "")
