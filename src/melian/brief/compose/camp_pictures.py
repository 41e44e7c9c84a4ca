"""Two camps as pictures: the map of who is in which, and how they went over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.brief.compose.debate_time import polarisation_line, switching_strip
from melian.brief.figures.level_line import level_line
from melian.brief.figures.network_choice import MapEdge, MapNode, MapWords, NetworkGraph
from melian.brief.figures.network_map import network_map
from melian.brief.figures.switching import switching
from melian.case.wording import counted
from melian.discourse.ties import ties

if TYPE_CHECKING:
    from melian.brief.document import Figure
    from melian.discourse.polarisation.camps import Camps, Member
    from melian.discourse.polarisation.moving import Course
    from melian.discourse.statements.table import Table


def camp_map(table: Table, found: Camps) -> Figure:
    """Draw who is in which camp, and what ties and parts them; hollow who is not firmly in it.

    Args:
        table: the statements of which the camps were made.
        found: the camps.
    """
    net = np.triu(ties(table, found.design, everyone=True).among(found.places).net, 1)
    members = {member.actor: member for member in found.members}
    less = f"with fewer than {counted(found.wanted.least, 'statement')}"
    return network_map(
        NetworkGraph(
            title="Who is in which camp",
            nodes=tuple(
                _node(str(place), members[actor], divided=not found.undivided)
                for place, actor in enumerate(found.actors)
            ),
            edges=tuple(
                MapEdge(str(one), str(other), float(net[one, other]))
                for one, other in np.argwhere(net).tolist()
            ),
            groups=("camp A", "camp B"),
            words=MapWords(tie="pairs of statements (agreement less clash)"),
            left_out=(found.left_out, less),
        )
    )


def _node(name: str, member: Member, *, divided: bool) -> MapNode:
    """Give the node of an actor; whom nothing ties to most is in neither camp."""
    camp = None if member.part or not divided else int(member.camp == "B")
    weight = float(member.statements)
    return MapNode(name, str(member.actor), weight, camp, firm=member.firm)


def course_figures(course: Course) -> list[Figure]:
    """Draw how polarised a debate is over time, and who stood in which camp."""
    strip = switching_strip(course, most=len(course.journeys))
    return [level_line(polarisation_line(course)), switching(strip)]
