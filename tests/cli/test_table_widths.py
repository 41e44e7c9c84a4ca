"""Tables that are printed: words stay whole as far as a line has room, and no line is longer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from melian.cli.common import print_table, widths

HEAD = ("changes", "in", "how", "on", "interval")
ROW = ("Sicherheitsüberprüfung", "a day", "2.00 to 0.09", "2011-03-24", "2011-03-22 to 2011-03-30")


def test_what_fits_is_left_as_it_is():
    assert widths([("a", "b"), ("one two", "three")], 80) == [None, None]


def test_words_stay_whole_where_texts_can_be_wrapped(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    print_table("", HEAD, [ROW])
    told = capsys.readouterr().out
    assert "Sicherheitsüberprüfung" in told
    assert max(map(len, told.splitlines())) <= 80


WORD = st.text("abc", min_size=1, max_size=30)
CELL = st.lists(WORD, max_size=6).map(" ".join)


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.tuples(*[CELL] * n), min_size=1)))
def test_columns_fit_the_line_and_break_no_word_without_need(rows):
    found = widths(rows, 80)
    columns = [*zip(*rows, strict=True)]
    full = [max(map(len, column)) for column in columns]
    room = 80 - 3 * len(columns) - 1
    if None in found:
        assert sum(full) <= room
        return
    known = [each or 0 for each in found]
    assert sum(known) == room
    words = [max((len(w) for cell in c for w in cell.split()), default=1) for c in columns]
    if sum(words) <= room:
        assert all(w <= k for w, k in zip(words, known, strict=True))
