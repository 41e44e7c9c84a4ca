"""A case as the text of its files: reading them again gives the same case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from melian.case.csv_text import written
from melian.case.emitting import block, entry
from melian.case.reading import CASE
from melian.case.tables import DEED, STATEMENT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from melian.case.entries import Entry
    from melian.case.model import Case, Source


def print_case(case: Case) -> dict[str, str]:
    r"""Give the text of each file of a case by file name; files with nothing in them are left out.

    >>> from melian.case.loading import load_text
    >>> text = "title: Salt\nquestion: Who yields?\nperiod: '2008'\n"
    >>> print(print_case(load_text(text).case)["case.yaml"])
    title: Salt
    question: Who yields?
    period: '2008'
    <BLANKLINE>
    """
    files = {
        "case.yaml": _case_yaml(case),
        "sources.yaml": _sources_yaml(case),
        "statements.csv": _table(STATEMENT, case.statements),
        "deeds.csv": _table(DEED, case.deeds),
    }
    return {name: text for name, text in files.items() if text}


def _case_yaml(case: Case) -> str:
    lines: list[str] = []
    for key, value in CASE.write(case).items():
        section = isinstance(value, dict | list)
        lines += [*([""] if section and lines else []), *entry(key, value, spread=True)]
    return _joined(lines)


def _sources_yaml(case: Case) -> str:
    return _joined(block({key: written_source(source) for key, source in case.sources.items()}))


def written_source(source: Source) -> dict[str, Any]:
    """Give the fields of a source as ``sources.yaml`` holds them."""
    said = {
        "type": "" if source.type == "document" else source.type,
        "title": source.title,
        "author": source.author,
        "issued": "" if source.issued is None else str(source.issued),
        "publisher": source.publisher,
        "URL": source.url,
        "grade": source.grade,
    }
    return {key: value for key, value in said.items() if value} | dict(source.fields)


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _table(kind: Entry[Any], records: Iterable[Any]) -> str:
    rows = [row_of(kind, record) for record in records]
    header = [field.key for field in kind.fields]
    return "".join(f"{written(row, ',')}\n" for row in [header, *rows]) if rows else ""


def row_of(kind: Entry[Any], record: Any) -> list[str]:
    """Give the cells of a record, one for each column of its kind."""
    values = ((field, field.of(record)) for field in kind.fields)
    return ["" if value is None else field.shape.write(value) for field, value in values]
