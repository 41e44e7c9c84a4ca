"""A brief as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from melian.brief.citations import index, words
from melian.brief.document import Cite, Figure, Fold, Items, Paragraph, Refer, Strong, Table
from melian.case.dates import Date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from melian.brief.document import Block, Brief, Inline, Prose


def json_text(brief: Brief) -> str:
    """Give the brief as JSON.

    The keys, all always there:

    * ``title``, ``question``: text.
    * ``answer``: one prose a sentence. A prose is ``{"text", "records", "parts"}``: its words,
      the ids of the records it cites, and the parts in order, each ``{"text"}``,
      ``{"text", "strong": true}``, ``{"text", "target"}`` or ``{"records"}``.
    * ``sections``: ``[{"id", "title", "blocks"}]``; a block has a ``type``:
      ``paragraph`` (``prose``), ``items`` (``lead``, ``items``), ``table`` (``caption``,
      ``head``, ``rows``, ``numeric``), ``figure`` (``id``, ``title``, ``caption``, ``alt``,
      ``svg``) or ``group`` (``id``, ``title``, ``kicker``, ``blocks``).
    * ``records``: ``[{"id", "number", "kind", "who", "what", "when", "source", "locator",
      "quote", "level", "note", "cited_in"}]``; ``cited_in`` holds the ids of places.
    * ``references``: by source id, ``{"id", "title", "author", "issued", "publisher", "url"}``.
    * ``made``: label to text.
    * ``results``: the results behind the prose, as composed.

    Raises:
        UsageError: a citation or reference leads nowhere.
    """
    cited_in = index(brief).cited_in
    content = {
        "title": brief.title,
        "question": brief.question,
        "answer": [_prose(prose) for prose in brief.answer],
        "sections": [
            {"id": section.id, "title": section.title, "blocks": _blocks(section.blocks)}
            for section in brief.sections
        ],
        "records": [
            asdict(record) | {"cited_in": [place.anchor for place in cited_in[record.id]]}
            for record in brief.records
        ],
        "references": {
            name: {
                "id": reference.id,
                "title": reference.title,
                "author": reference.author,
                "issued": reference.issued,
                "publisher": reference.publisher,
                "url": reference.url,
            }
            for name, reference in brief.references.items()
        },
        "made": brief.made,
        "results": brief.data,
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _blocks(blocks: Iterable[Block]) -> list[dict[str, object]]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> dict[str, object]:
    match block:
        case Paragraph():
            return {"type": "paragraph", "prose": _prose(block.prose)}
        case Items():
            items = [_prose(item) for item in block.items]
            kind = "steps" if block.numbered else "items"
            return {"type": kind, "lead": _prose(block.lead), "items": items}
        case Table():
            return {
                "type": "table",
                "caption": block.caption,
                "head": block.head,
                "rows": [[_prose(cell) for cell in row] for row in block.rows],
                "numeric": block.numeric,
            }
        case Figure():
            return {"type": "figure"} | asdict(block)
        case Fold():
            return {
                "type": "fold",
                "id": block.id,
                "summary": block.summary,
                "blocks": _blocks(block.blocks),
            }
    return {
        "type": "group",
        "id": block.id,
        "title": block.title,
        "kicker": block.kicker,
        "blocks": _blocks(block.blocks),
    }


def _prose(prose: Prose) -> dict[str, object]:
    cited = (name for part in prose if isinstance(part, Cite) for name in part.records)
    return {
        "text": words(prose),
        "records": list(dict.fromkeys(cited)),
        "parts": [_part(part) for part in prose],
    }


def _part(part: Inline) -> dict[str, object]:
    match part:
        case Cite():
            return {"records": part.records}
        case Strong():
            return {"text": part.text, "strong": True}
        case Refer():
            return {"text": part.text, "target": part.target}
    return {"text": part}


def _plain(value: object) -> Any:
    match value:
        case Mapping():
            return {str(key): item for key, item in value.items()}
        case AbstractSet():
            return sorted(value)
        case Date():
            return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON: {value!r}")
