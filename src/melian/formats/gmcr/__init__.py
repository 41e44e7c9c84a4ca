"""Conflicts as gmcr-py saves them: one JSON object in a ``.gmcr`` file."""

from melian.formats.gmcr.reading import convert, parse, read
from melian.formats.gmcr.writing import written

__all__ = ["convert", "parse", "read", "written"]
