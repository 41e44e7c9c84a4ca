"""An invented dispute over a harbour, as a brief of realistic size for the printers to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.document import (
    Brief,
    Cite,
    Group,
    Items,
    Paragraph,
    Record,
    Refer,
    Reference,
    Section,
    Strong,
    Table,
)
from melian.brief.figures.argument_map import (
    ArgumentEdge,
    ArgumentGraph,
    ArgumentNode,
    Role,
    argument_map,
)
from melian.brief.figures.lever_bars import LeverRow, lever_bars
from melian.brief.figures.outcome_grid import Holds, OutcomeRow, ReadingColumn, outcome_grid
from melian.brief.figures.stance_matrix import ConceptRow, Party, Stance, stance_matrix
from melian.case.dates import Date

if TYPE_CHECKING:
    from melian.brief.document import Block, Figure, Prose

SPEAKERS = (
    ("Ines Caldera, for the port authority", "operational"),
    ("Oren Halvorsen, for Norvik", "political"),
    ("The Fishers' Union", ""),
    ("Tilda Brandt, for the ministry of transport", "political"),
)
CLAIMS = (
    "the deep quay must be opened to container ships before the end of the season",
    "dredging the northern channel does no lasting harm to the spawning grounds",
    "no channel may be dredged where the herring spawn, whatever the tonnage",
    "the harbour lives from fishing and will go on doing so",
    "whoever pays for the quay decides who may moor at it",
    "treaty rights of passage come before any local by-law",
)
DATES = (Date(2031, 4, 3), Date(2031, 4), Date(2031), Date(2031, 9, 21), None)


def cite(*numbers: int) -> Cite:
    """Cite records by number; every seventh is a deed."""
    return Cite(tuple(f"{'s' if n % 7 else 'd'}{n:02d}" for n in numbers))


def _records(count: int = 26) -> tuple[Record, ...]:
    records = []
    for i in range(count):
        who, level = SPEAKERS[i % len(SPEAKERS)]
        when = DATES[i % len(DATES)]
        claim = CLAIMS[i % len(CLAIMS)]
        kind = "deed" if i % 7 == 6 else "statement"
        records.append(
            Record(
                id=f"{kind[0]}{i + 1:02d}",
                number=i + 1,
                kind=kind,
                who=who,
                what="sent the dredger out at night." if kind == "deed" else f"said that {claim}.",
                when=when.in_words if when else "",
                source=("gazette", "hearing", "charter", "")[(i // 4) % 4],
                locator=f"p. {i + 3}",
                quote="Not one more metre of that channel, & not at “any” price." if i % 3 else "",
                level=level,
                note="Coded from the evening edition." if i % 5 == 0 else "",
            )
        )
    return tuple(records)


REFERENCES = {
    "gazette": Reference(
        "gazette",
        "The quay and the herring: a season of hearings",
        "M. Osei",
        Date(2031, 9, 22),
        "Norvik Gazette",
        "https://gazette.example/quay?season=2031&part=2",
    ),
    "hearing": Reference(
        "hearing", "Minutes of the public hearing on the northern channel", "", Date(2031, 4)
    ),
    "charter": Reference("charter", "Charter of the free harbour", "City of Norvik", Date(1874)),
}


def _finding(i: int, title: str, blocks: tuple[Block, ...] = ()) -> Group:
    first = i * 3 + 1
    return Group(
        id=f"finding-{i}",
        kicker=("Exclusive arguments", "Word against deed", "Double standard", "Reversal")[i % 4],
        title=title,
        blocks=(
            Paragraph(
                (
                    "The port authority holds that the channel does no harm",
                    cite(first, first + 1),
                    " and yet asked for a closed season ",
                    Strong("because of the harm"),
                    cite(first + 2),
                    ". Both cannot stand; ",
                    Refer("the outcomes", "outcomes-text"),
                    " hang on which one goes.",
                )
            ),
            Items(
                lead=("To be consistent, it would have to give up one of these:",),
                items=(
                    ("that dredging does no lasting harm", cite(2, 8)),
                    ("that a closed season is needed while dredging goes on", cite(3)),
                ),
            ),
            Paragraph(
                ("The best defence: the two were said at different levels, and of two channels.",)
            ),
            *blocks,
        ),
    )


def _table() -> Table:
    rows: list[tuple[Prose, ...]] = [
        (
            ("The authority opens the quay; Norvik pays; the fishers strike",),
            ("8 of 16", cite(1, 2, 3, 4, 5, 6, 7, 8, 9)),
            ("50%",),
            ("The authority keeps “no lasting harm”.",),
        ),
        (("Nobody moves",), ("16 of 16", cite(22)), ("100%",), ("Nothing.",)),
        (
            ("The authority adapts and the fishers negotiate",),
            ("4 of 16",),
            ("25%",),
            ("Norvik keeps “treaty rights first” and drops “by-laws bind all”.",),
        ),
    ]
    return Table(
        "Stable outcomes, by the share of combinations of readings in which they hold",
        ("Outcome", "Combinations", "Share", "Hangs on"),
        tuple(rows),
        frozenset({1, 2}),
    )


def brief(figures: tuple[Figure, ...] = ()) -> Brief:
    records = _records()
    at = dict(zip(("stances", "outcomes", "levers"), figures[:3], strict=False))
    maps = figures[3:]
    titles = (
        "The port authority calls dredging harmless, and wants a closed season for its harm",
        "Norvik demands free passage and turns the Dunmore ships away",
        "The Fishers' Union lets members sell quotas that it forbids others to sell",
        "The ministry promised a study before the works, and then began the works",
    )
    return Brief(
        title="The deep quay at Norvik, 2031",
        question="Will the port authority open the deep quay, and what could make that stable?",
        answer=(
            (
                "The quay opens in half of the combinations, and only if the authority ",
                Strong("keeps its claim that dredging does no harm"),
                cite(2, 8, 9),
                ".",
            ),
            (
                "Whichever side the parties come down on, the fishers do not strike",
                Cite(tuple(record.id for record in records[3:15])),
                ".",
            ),
            (
                "An independent survey, paid by Norvik, would make an opening stable in ",
                Strong("14 of 16"),
                " combinations; see ",
                Refer("levers", "levers-text"),
                cite(11),
                ".",
            ),
        ),
        sections=(
            Section(
                "positions",
                "Who says what",
                (
                    Paragraph(("Four parties spoke on six questions", cite(1, 24), ".")),
                    *([at["stances"]] if "stances" in at else []),
                ),
            ),
            Section(
                "findings",
                "Where positions do not hold together",
                tuple(_finding(i, title, maps[i : i + 1]) for i, title in enumerate(titles)),
            ),
            Section(
                "outcomes-text",
                "What can be expected",
                (
                    Paragraph(
                        ("Of 48 feasible states, three are equilibria under every concept.",)
                    ),
                    *([at["outcomes"]] if "outcomes" in at else []),
                    _table(),
                ),
            ),
            Section(
                "levers-text",
                "What could change it",
                (
                    *([at["levers"]] if "levers" in at else []),
                    Group(
                        "lever-survey",
                        "An independent survey of the spawning grounds",
                        (Paragraph(("It would establish a fact", cite(12, 25), ".")),),
                        "Norvik",
                    ),
                ),
            ),
        ),
        records=records,
        references=REFERENCES,
        made={
            "Version": "melian 0.1.0",
            "Audit": "component-wise MUS and MCS enumeration by SAT; complete",
            "Conflict": "graph model; Nash, GMR, SMR, SEQ, SIM; 16 combinations, exact",
        },
        data={"stability": {"equilibria": {"nash": (3, 5)}}, "dates": [Date(2031, 4)]},
    )


POINTS = (
    "Dredging the northern channel does no lasting harm to the herring",
    "A closed season is needed for as long as the dredger works",
    "The quay must open this season",
    "Whoever pays decides",
    "Treaty passage comes before by-laws",
    "The harbour lives from fishing",
)
PARTIES = ("Port authority", "Norvik", "Fishers' Union", "Dunmore", "Ministry", "Town council")


def stances(rows: int = 30) -> Figure:
    parties = [Party(name.lower(), name) for name in PARTIES]
    concepts = [
        ConceptRow(
            f"c{i}",
            f"{POINTS[i % 6]}{', as seen from the town' if i % 4 == 1 else ''}",
            ("The channel and the herring", "Who pays and who moors", "Law")[i * 3 // rows],
        )
        for i in range(rows)
    ]
    kinds = (
        Stance(asserts=3),
        Stance(denies=1),
        Stance(asserts=2, denies=1),
        Stance(shown=1),
        Stance(asserts=1, shown=1),
        Stance(shown_against=2),
        Stance(denies=12, shown=1),
        Stance(shown=1, shown_against=1),
    )
    cells = {
        (concept.id, party.id): kinds[(i * 5 + j * j) % len(kinds)]
        for i, concept in enumerate(concepts)
        for j, party in enumerate(parties)
        if (i * 7 + j * 3) % 5 < 2
    }
    return stance_matrix(parties, concepts, cells, anchor="stances")


def outcomes() -> Figure:
    sides = (("no lasting harm", "closed season"), ("treaty first", "by-laws bind"))
    more = (("may sell", "may not"), ("study", "works"))
    readings = [
        ReadingColumn((a, b, c, d))
        for d in more[1]
        for a in sides[0]
        for b in sides[1]
        for c in more[0]
    ]
    names = ("Status quo", "The quay opens", "Strike", "Survey, then a vote", "Standstill")
    rows = []
    for i in range(8):
        holds = tuple(
            Holds.ALL
            if i == 1 or (i == 2 and c.sides[0] == "no lasting harm")
            else list(Holds)[(k * (i + 1) + i) // 3 % 4]
            for k, c in enumerate(readings)
        )
        share = sum(h is not Holds.NO for h in holds) / len(holds)
        does = "The authority opens the quay; Norvik pays for it; the fishers negotiate"
        name = f"{names[i % 5]}{'' if i < 5 else f' with Dunmore {i}'}"
        rows.append(OutcomeRow(name, does if i % 2 else "Nobody moves", share, holds))
    contradictions = (
        "Port authority on harm",
        "Norvik on law",
        "Fishers' Union on quotas",
        "Ministry on the works",
    )
    return outcome_grid(rows, readings, contradictions, anchor="outcomes")


def levers() -> Figure:
    rows = (
        LeverRow("An independent survey of the spawning grounds, paid by Norvik", 0.5, 0.875),
        LeverRow("The ministry puts the closed season into law", 0.5, 1),
        LeverRow("Dunmore lifts its ban", 0.5, 0.5),
        LeverRow("Norvik threatens to build a quay of its own", 0.5, 0.125),
    )
    return lever_bars(rows, "an opening of the quay", anchor="levers")


def arguments() -> tuple[Figure, ...]:
    numbers = {record.id: record.number for record in _records()}
    node = ArgumentNode
    small = ArgumentGraph(
        "Dredging cannot be both harmless and in need of a closed season",
        (
            node("a", "Dredging does no lasting harm to the spawning grounds", Role.SAID,
                 ("s02", "s08")),
            node("b", "A closed season is needed because of the harm", Role.SAID, ("s03",)),
            node("x", "Harmless and harmful exclude each other", Role.CLASH),
        ),
        (ArgumentEdge("a", "x"), ArgumentEdge("b", "x")),
        numbers,
    )  # fmt: skip
    large = ArgumentGraph(
        "Free passage for its own ships, and none for Dunmore's",
        (
            node("1", "Treaty rights of passage come before any local by-law", Role.SAID,
                 ("s06", "s12", "s18", "s24")),
            node("2", "Ships of a party to the treaty have rights of passage", Role.RULE),
            node("3", "Dunmore is a party to the treaty of 1874", Role.FACT, ("s23",)),
            node("4", "Dunmore's ships have rights of passage", Role.DERIVED),
            node("5", "Dunmore's ships may moor whatever the by-laws say", Role.DERIVED),
            node("6", "Norvik turned the Dunmore ships away under a by-law", Role.SHOWN,
                 ("d07", "d14")),
            node("7", "Whoever turns a ship away denies that it may moor", Role.RULE),
            node("8", "Dunmore's ships may not moor", Role.DERIVED),
            node("9", "The same ships may moor and may not moor", Role.CLASH),
        ),
        tuple(
            ArgumentEdge(*ends)
            for ends in ("24", "34", "15", "45", "59", "68", "78", "89", "19")
        ),
        numbers,
    )  # fmt: skip
    return (
        argument_map(small, anchor="map-harm"),
        argument_map(large, anchor="map-passage"),
    )


def figures() -> tuple[Figure, ...]:
    return (stances(), outcomes(), levers(), *arguments())
