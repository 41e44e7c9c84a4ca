"""Which concepts the structure of a network of statements hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from melian.discourse.backbone import Backbone
    from melian.discourse.networks.building import Design
    from melian.discourse.statements.table import Table


def backbone(table: Table, design: Design) -> Backbone:
    """Give the concepts of a network, from those it can spare to those it hangs on.

    Raises:
        UsageError: a variable is not there, or it is a two-mode network.
        TooLarge: there are too many actors and concepts.
    """
    from melian.discourse.backbone import backbone as found

    return found(table, design)


def backbone_data(found: Backbone) -> dict[str, Any]:
    """Give a backbone as data."""
    from melian.discourse.backbone import backbone_form

    return backbone_form(found)
