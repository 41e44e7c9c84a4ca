"""Whatever is done to the files of a case: it loads, and what comes back can be printed.

MELIAN_FUZZ=N runs N examples of each test instead of a few.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from melian.case.loading import FILES, load
from melian.case.printing import print_case
from melian.case.scaffold import scaffold

if TYPE_CHECKING:
    from collections.abc import Callable

    from melian.case.loading import Loaded

CASES = Path(__file__).parents[2] / "src" / "melian" / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/case.yaml"))
FUZZ = settings(
    max_examples=int(os.environ.get("MELIAN_FUZZ", "60")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@cache
def originals() -> list[dict[str, bytes]]:
    """Give the files of the new case and of all cases that ship."""
    with TemporaryDirectory() as parent:
        folders = [Path(parent) / "case", *FOLDERS]
        scaffold(folders[0], "Salt")
        return [
            {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}
            for folder in folders
        ]


WHICH = st.integers(0, len(FOLDERS)).map(lambda number: originals()[number])


def read(folder: Path, files: dict[str, bytes]) -> Loaded:
    """Load the files, and print what came of them."""
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    loaded = load(folder)
    printed = print_case(loaded.case)
    assert "case.yaml" in printed or loaded.case.title == ""
    breaks = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
    lines = {name: len(breaks.findall(text)) + 1 for name, text in loaded.texts.items()}
    for problem in loaded.problems:
        at = problem.location
        if not (1 <= at.line <= lines[at.file] and at.column >= 1):
            raise AssertionError(problem)
        if not (problem.message and problem.hint):
            raise AssertionError(problem)
    return loaded


# Ways to spoil a text

VALUES = [
    *["", "~", "[", "]", "{}", "[[]]", "yes", "-1", "1e999", "9" * 400, "2008-02-30", "*x", "&x y"],
    *[
        "!!python/object/apply:os.system [x]",
        "|",
        ">",
        "'",
        '"',
        "not",
        "and and",
        "a(b",
        "x" * 9000,
    ],
    *["(" * 300, "p(" + "x," * 500 + "x)", "a -> " * 900 + "a", "<<: *x", "\t", "\0", "\ufeff"],
    *["\u2028", "é", "\ud7ff", "a: b: c", "? x", "- - -", "%", "@", "..", "0000", "2008/2007"],
]


@st.composite
def spoiled(draw: Any, text: str) -> str:
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        spoil: Callable[..., list[str]] = draw(st.sampled_from(SPOILS))
        lines = spoil(draw, lines) or [""]
    return "\n".join(lines)


def _at(draw: Any, lines: list[str]) -> int:
    return int(draw(st.integers(0, len(lines) - 1)))


def delete(draw: Any, lines: list[str]) -> list[str]:
    start = _at(draw, lines)
    return lines[:start] + lines[start + draw(st.integers(1, 5)) :]


def duplicate(draw: Any, lines: list[str]) -> list[str]:
    start = _at(draw, lines)
    return lines[: start + 3] + lines[start:]


def swap(draw: Any, lines: list[str]) -> list[str]:
    one, two = _at(draw, lines), _at(draw, lines)
    lines = list(lines)
    lines[one], lines[two] = lines[two], lines[one]
    return lines


def truncate(draw: Any, lines: list[str]) -> list[str]:
    line = _at(draw, lines)
    return [*lines[:line], lines[line][: draw(st.integers(0, len(lines[line])))]]


def indent(draw: Any, lines: list[str]) -> list[str]:
    line = _at(draw, lines)
    lead = draw(st.sampled_from([" ", "  ", "\t", "- ", "# ", "? "]))
    return [*lines[:line], lead + lines[line], *lines[line + 1 :]]


def retype(draw: Any, lines: list[str]) -> list[str]:
    line, value = _at(draw, lines), draw(st.sampled_from(VALUES))
    cells = re.split(r"([,:] ?)", lines[line])
    cells[draw(st.integers(0, len(cells) - 1))] = value
    return [*lines[:line], "".join(cells), *lines[line + 1 :]]


def type_over(draw: Any, lines: list[str]) -> list[str]:
    line = _at(draw, lines)
    at = draw(st.integers(0, len(lines[line])))
    typed = draw(st.sampled_from(list("[]{}:,'\"#&*!|>-?\t\r;()")) | st.text(max_size=3))
    return [*lines[:line], lines[line][:at] + typed + lines[line][at + 1 :], *lines[line + 1 :]]


def rename(draw: Any, lines: list[str]) -> list[str]:
    words = re.findall(r"[\w-]{3,}", "\n".join(lines))
    if not words:
        return lines
    old, new = draw(st.sampled_from(words)), draw(st.sampled_from([*words[:40], "", "x"]))
    return "\n".join(lines).replace(old, new).split("\n")


SPOILS = [delete, duplicate, swap, truncate, indent, retype, type_over, rename]


@FUZZ
@given(WHICH, st.data())
def test_spoiled_lines(tmp_path_factory: Any, files: dict[str, bytes], data: Any) -> None:
    name = data.draw(st.sampled_from([*files, "case.yaml"]))
    text = data.draw(spoiled(files[name].decode("utf-8")))
    content = text.encode("utf-8", errors="surrogatepass")
    read(tmp_path_factory.mktemp("case"), files | {name: content})


@FUZZ
@given(WHICH, st.data())
def test_spoiled_bytes(tmp_path_factory: Any, files: dict[str, bytes], data: Any) -> None:
    name = data.draw(st.sampled_from(sorted(files)))
    content = files[name]
    encoding = data.draw(st.sampled_from(["utf-8-sig", "utf-16", "cp1252", "utf-32", "utf-7"]))
    content = content.decode("utf-8").encode(encoding, errors="replace")
    at = data.draw(st.integers(0, len(content)))
    content = content[:at] + data.draw(st.binary(max_size=20)) + content[at:]
    read(tmp_path_factory.mktemp("case"), files | {name: content})


@FUZZ
@given(st.dictionaries(st.sampled_from(FILES), st.binary(max_size=300)))
def test_any_bytes_at_all(tmp_path_factory: Any, files: dict[str, bytes]) -> None:
    read(tmp_path_factory.mktemp("case"), {"case.yaml": b"", **files})


@FUZZ
@example(text="---")
@given(st.text(st.sampled_from(list("ab:,-[]{}'\"#&*!|>? \n\t%@`()")), max_size=80))
def test_any_yaml_at_all(tmp_path_factory: Any, text: str) -> None:
    read(tmp_path_factory.mktemp("case"), {"case.yaml": text.encode()})


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 200_000,
        "a: " + "{a: " * 100_000,
        "- " * 100_000,
        "\n".join(" " * i + "a:" for i in range(1500)),
        "actors:\n" + "".join(f"  a{i}: {{nam: x}}\n" for i in range(3000)),
        "concepts:\n" + "".join(f"  a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(2000)),
        "rules:\n" + "".join(f"- {{excludes: [a{i}, b{i}], why: w}}\n" for i in range(2000)),
        "facts: {" + "".join(f"a{i}(x): true, " for i in range(3000)) + "}",
        "actors:\n" + "".join(f"  a{i}: {{name: x, speaks_for: a{i + 1}}}\n" for i in range(3000)),
        "rules: [{then: '" + "(" * 1900 + "a" + ")" * 1900 + "'}]",
        "rules: [{then: " + "not " * 990 + "a}]",
        "title: '" + "x" * 1_000_000,
        "a: b: c\n" * 3000,
        '"' * 100_001,
    ],
    ids=range(14),
)
def test_what_is_made_to_be_slow_is_not(tmp_path: Path, text: str) -> None:
    read(tmp_path, {"case.yaml": text.encode()})


def test_many_wrong_rows_are_not_slow(tmp_path: Path) -> None:
    rows = "".join(f"s,anna{i},{i},?,open(x{i},+\n" for i in range(3000))
    good = "".join(f"s{i},anna{i},200{i % 10},+,open{i}(x{i}),\n" for i in range(3000))
    header = "id,actor,date,sign,concept,because\n"
    case = "actors:\n" + "".join(f"  anne{i}: x\n" for i in range(300))
    read(tmp_path, {"case.yaml": case.encode(), "statements.csv": (header + rows + good).encode()})
    stray = header + 's1,"x' * 20_000 + "\n" + '"""x\n' * 20_000
    read(tmp_path, {"case.yaml": b"", "statements.csv": stray.encode()})
