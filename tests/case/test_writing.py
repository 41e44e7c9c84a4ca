"""Changes mean what they say, and leave every other line alone."""

from __future__ import annotations

import copy
import re
from typing import Any, ClassVar

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_checks import CASE

from melian.case import csv_text
from melian.case.notes import Notes
from melian.case.table_writing import append_row, remove_row, replace_row
from melian.case.writing import add_entry, remove_entry, set_value
from melian.problems import MelianError, UsageError

# Texts as people write them: block and flow, comments everywhere, three kinds of quoting. They are
# read by PyYAML's own loader below, with every scalar kept as text.


class _AsText(yaml.SafeLoader):
    yaml_implicit_resolvers: ClassVar[dict[Any, Any]] = {}


def meaning(text: str) -> Any:
    return yaml.load(text, Loader=_AsText)  # noqa: S506 - a SafeLoader


WORDS = st.sampled_from(
    ["a", "b", "nato", "it's", "no", "2008", "x: y", "# z", "- d", "ö", "", "q, r"]
)
KEYS = st.sampled_from(["k1", "k2", "k3", "may(x)", "no"])
COMMENTS = st.sampled_from(["", "", "  # why", " # what: [a, b]"])


def plain_values(depth: int) -> Any:
    if depth == 0:
        return WORDS
    inner = plain_values(depth - 1)
    lists = st.lists(inner, min_size=1, max_size=3)
    return WORDS | lists | st.dictionaries(KEYS, inner, min_size=1, max_size=3)


class Writer:
    """Writes a value in one of many ways, with numbered comments of its own in between."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.comments = 0

    def comment(self, indent: str) -> list[str]:
        if self.draw(st.integers(0, 3)):
            return []
        self.comments += 1
        return [f"{indent}# remark {self.comments}"]

    def scalar(self, text: str, *, flow: bool) -> str:
        plain = text and text[0] not in "#-" and ": " not in text and not (flow and "," in text)
        styles = ["'", '"', ""] if plain else ["'", '"']
        style = self.draw(st.sampled_from(styles))
        return f"{style}{text.replace(style, style * 2) if style == chr(39) else text}{style}"

    def flow(self, value: Any) -> str:
        if isinstance(value, str):
            return self.scalar(value, flow=True)
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        return "{" + ", ".join(f"{k}: {self.flow(v)}" for k, v in value.items()) + "}"

    def lines(self, value: Any, indent: str) -> list[str]:
        written: list[str] = []
        entries = value.items() if isinstance(value, dict) else [(None, each) for each in value]
        for key, each in entries:
            head = f"{indent}-" if key is None else f"{indent}{key}:"
            written += self.comment(indent)
            if isinstance(each, str) or self.draw(st.booleans()):
                text = self.scalar(each, flow=False) if isinstance(each, str) else self.flow(each)
                written.append(f"{head} {text}{self.draw(COMMENTS)}")
                continue
            inner = self.lines(each, indent + "  ")
            if key is None and inner[0][len(indent) + 2] not in "# ":
                written += [f"{head} {inner[0].strip()}", *inner[1:]]
            else:
                written += [f"{head}{self.draw(COMMENTS)}", *inner]
        return written


@st.composite
def texts(draw: Any) -> str:
    value = draw(st.dictionaries(KEYS, plain_values(2), min_size=1, max_size=4))
    writer = Writer(draw)
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = writer.lines(value, "") + writer.comment("")
    text = end.join(lines) + draw(st.sampled_from(["", end]))
    assert meaning(text) == value
    return text


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    if isinstance(value, str):
        return [path]
    return [path, *(p for key, each in entries for p in paths(each, (*path, key)))]


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def outside(text: str, path: tuple[Any, ...]) -> tuple[list[str], list[str]]:
    """Give the lines before and after the lines that the entry at the path stands on.

    The lines are found with the marks of PyYAML's composer, which shares nothing with our tree.
    """
    first = node = yaml.compose(text, Loader=_AsText)
    node_of_item = None
    for step in path:
        if isinstance(node, yaml.MappingNode):
            first, node = next(pair for pair in node.value if pair[0].value == step)
        else:
            node = first = node_of_item = node.value[step]
    while isinstance(node, yaml.CollectionNode) and not node.flow_style:
        tail = node.value[-1]
        node = tail[1] if isinstance(tail, tuple) else tail
    last = node.end_mark.line
    lines = text.splitlines()
    begin = first.start_mark.line
    dash = begin - 1
    while dash > 0 and lines[dash].strip().startswith("#"):
        dash -= 1
    if dash >= 0 and re.fullmatch(r"\s*-\s*(#.*)?", lines[dash]) and first is node_of_item:
        begin = dash  # an item whose dash stands on a line before it
    return lines[:begin], lines[last + 1 :]


def assert_kept(before: str, after: str, path: tuple[Any, ...], removed: bool = False) -> None:
    above, below = outside(before, path)
    lines = after.splitlines()
    assert lines[: len(above)] == above
    kept = lines[-len(below) :] if below else []
    shared = re.match(r"( *- +)+", before.splitlines()[len(above)])
    if removed and shared and kept != below:  # the next entry moves up behind the dash
        assert kept[0].replace("-", " ") == below[0].replace("-", " ")
        kept = [below[0], *kept[1:]]
    assert kept == below
    if before.endswith("\r\n"):
        assert after.count("\n") == after.count("\r\n")


NEW = st.one_of(WORDS, st.lists(WORDS, max_size=2), st.just({"k9": ["v", {"w": "x, y"}]}))
PROPERTY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@PROPERTY
@given(texts(), NEW, st.data())
def test_setting_changes_the_value_and_no_other_line(text: str, new: Any, data: Any) -> None:
    value = meaning(text)
    path = data.draw(st.sampled_from(paths(value)[1:]))
    changed = set_value(text, path, new)
    wanted = copy.deepcopy(value)
    at(wanted, path[:-1])[path[-1]] = new
    assert meaning(changed) == wanted
    assert_kept(text, changed, path)


@PROPERTY
@given(texts(), NEW, st.data())
def test_adding_adds_the_entry_and_changes_no_other_line(text: str, new: Any, data: Any) -> None:
    value = meaning(text)
    collections = [path for path in paths(value) if not isinstance(at(value, path), str)]
    path = data.draw(st.sampled_from(collections))
    into = at(wanted := copy.deepcopy(value), path)
    if isinstance(into, dict):
        changed = add_entry(text, path, "new", new)
        into["new"] = new
    else:
        changed = add_entry(text, path, None, new)
        into.append(new)
    assert meaning(changed) == wanted
    if path:
        assert_kept(text, changed, path)
    kept = [line for line in text.splitlines() if "# remark" in line]
    assert [line for line in changed.splitlines() if "# remark" in line] == kept


@PROPERTY
@given(texts(), st.data())
def test_removing_removes_the_entry_and_changes_no_other_line(text: str, data: Any) -> None:
    value = meaning(text)
    path = data.draw(st.sampled_from(paths(value)[1:]))
    changed = remove_entry(text, path)
    del at(wanted := copy.deepcopy(value), path[:-1])[path[-1]]
    assert meaning(changed) == wanted
    emptied = not at(wanted, path[:-1])
    assert_kept(text, changed, path[:-1] if emptied else path, removed=not emptied)


def test_a_case_is_changed_as_one_would_by_hand() -> None:
    text = CASE.replace("  old: the", "  # the treaty\n  old: the").replace("Salt", "'Salt'")
    text = set_value(text, ("title",), "Pepper's")
    text = set_value(text, ("facts", "open(port)", "value"), False)
    text = add_entry(text, ("actors",), "dov", {"name": "Dov", "kind": "person"})
    text = add_entry(text, ("conflict", "preferences", "lin"), None, "not sail")
    text = add_entry(text, ("concepts",), "new", "it is new")
    text = add_entry(text, ("records",), "a", "b")
    text = remove_entry(text, ("rules", 0))
    expected = (
        CASE.replace("  old: the treaty is old", "  # the treaty\n  old: the treaty is old\n"
                     "  new: it is new")
        .replace("title: Salt", "title: 'Pepper''s'")
        .replace("value: true", "value: false")
        .replace("{mar: 2008-03..}]}\n", "{mar: 2008-03..}]}\n  dov: {name: Dov, kind: person}\n")
        .replace("    lin: [block]", "    lin: [block, not sail]")
        .replace("  - excludes: [safe, old]\n    why: w\n", "")
    )  # fmt: skip
    assert text == expected + "records: {a: b}\n"


@pytest.mark.parametrize(
    ("text", "path", "value", "expected"),
    [
        ("", (), {"a": "b"}, "a: b\n"),
        ("# only this\n", (), {"a": "b"}, "# only this\na: b\n"),
        ("a:\nb: 1\n", ("a",), "x", "a: x\nb: 1\n"),
        ("a: # why\nb: 1\n", ("a",), {"k": {"l": {"m": "n"}}},
         "a: # why\n  k: {l: {m: n}}\nb: 1\n"),
        ("a: |\n  one\n  two\n\n# end\n", ("a",), "x", "a: x\n\n# end\n"),
        ("a: >-\n  one\n\nb: 2\n", ("a",), "x", "a: x\n\nb: 2\n"),
        ("{a, b: }\n", ("a",), "x", "{a: x, b: }\n"),
        ("- \n- b\n", (0,), "x", "- x \n- b\n"),
    ],
)  # fmt: skip
def test_setting_where_little_stands(text: str, path: Any, value: Any, expected: str) -> None:
    assert set_value(text, path, value) == expected


def test_wrong_paths_and_broken_texts_are_told() -> None:
    with pytest.raises(UsageError, match='Did you mean "actors"'):
        set_value(CASE, ("actor", "mar"), "x")
    with pytest.raises(UsageError, match="is there already"):
        add_entry(CASE, ("actors",), "mar", "x")
    with pytest.raises(UsageError, match="give no key"):
        add_entry(CASE, ("rules",), "x", "x")
    with pytest.raises(UsageError, match="give a key"):
        add_entry(CASE, ("actors",), None, "x")
    with pytest.raises(UsageError, match="stands a text"):
        add_entry(CASE, ("title",), "x", "x")
    with pytest.raises(UsageError, match="Name the entry"):
        remove_entry(CASE, ())
    with pytest.raises(MelianError, match=r"case\.yaml:1:"):
        set_value("a: b: c\n", ("a",), "x")


CELLS = st.text(st.sampled_from('ab",;\n é'), max_size=5).map(str.strip)


@PROPERTY
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=4), st.data())
def test_a_table_changes_in_one_row_only(rows: list[list[str]], data: Any) -> None:
    import csv
    import io

    rows = [row for row in rows if any(row)]
    between, end = data.draw(st.sampled_from(",;\t")), data.draw(st.sampled_from(["\n", "\r\n"]))
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=between, lineterminator=end)
    writer.writerows([["a", "b", "c"], *rows])
    text = buffer.getvalue()

    def read(table: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(table, newline=""), delimiter=between))[1:]

    ours = [[c.text for c in row.cells] for row in csv_text.rows(text, Notes(""))][1:]
    assert ours == rows
    new = data.draw(CELLS.filter(bool))
    assert read(append_row(text, {"b": new})) == [*read(text), ["", new, ""]]
    assert append_row(text, {"b": new}).startswith(text)
    if rows:
        index = data.draw(st.integers(0, len(rows) - 1))
        expected = copy.deepcopy(read(text))
        expected[index][1] = new
        assert read(replace_row(text, index + 1, {"b": new})) == expected
        del expected[index]
        assert read(remove_row(text, index + 1)) == expected


def test_tables_tell_wrong_columns_and_rows() -> None:
    table = "id,actor\ns1,nato"
    assert append_row(table, {"actor": "x"}) == "id,actor\ns1,nato\n,x\n"
    assert remove_row(table, 1) == "id,actor\n"
    with pytest.raises(UsageError, match='Did you mean "actor"'):
        append_row(table, {"actr": "x"})
    with pytest.raises(UsageError, match="no row 2"):
        replace_row(table, 2, {})
    with pytest.raises(UsageError, match="empty"):
        append_row("", {"a": "x"})


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_a_number_is_written_without_quotes_and_is_that_number(value: float) -> None:
    text = add_entry("likely:\n  one: 0.5\n", ("likely",), "two", value)
    assert yaml.safe_load(text) == {"likely": {"one": 0.5, "two": value}}
    assert set_value(text, ("likely", "one"), value) != text or value == 0.5
