"""The JSON Schema of ``case.yaml``, made from the description that also reads it.

Editors use it to complete keys, explain them, and underline what is wrong while one types.
"""

from __future__ import annotations

import json
from typing import Any

from melian.case.reading import CASE


def case_schema() -> dict[str, Any]:
    """Give the schema (draft 2020-12) of ``case.yaml``.

    >>> schema = case_schema()
    >>> sorted(schema["$defs"]["fact"]["anyOf"][1]["properties"])
    ['contested_by', 'locator', 'note', 'period', 'source', 'value']
    """
    definitions: dict[str, Any] = {}
    CASE.schema(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A case of melian",
        **definitions.pop(CASE.name),
        "$defs": definitions,
    }


def schema_text() -> str:
    """Give the schema as the text of a file."""
    return json.dumps(case_schema(), indent=2, ensure_ascii=False) + "\n"
