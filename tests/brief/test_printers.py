"""What every printer owes the reader: all claims, all sources, links that lead somewhere."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

import pytest
from harbour import brief as harbour
from rich.console import Console

from melian.brief import citations
from melian.brief.citations import proses, ranges
from melian.brief.data import json_text
from melian.brief.document import Brief, Cite, Paragraph, Refer, Section
from melian.brief.html import html
from melian.brief.markdown import markdown
from melian.brief.terminal import terminal
from melian.problems import UsageError

VOID = {"meta", "link", "br", "hr", "img", "input", "wbr"}
BRIEF = harbour()


class Page(HTMLParser):
    """The elements of a page; fails on tags that do not balance."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), f"an attribute twice: {attrs}"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def values(self, name: str) -> list[str]:
        return [a[name] for _, a in self.elements if a.get(name) is not None]


def cited(brief: Brief) -> Counter[str]:
    """Count, straight from the document, how often each record is cited."""
    cites = (part for _, prose in proses(brief) for part in prose if isinstance(part, Cite))
    return Counter(name for cite in cites for name in dict.fromkeys(cite.records))


def shown(brief: Brief, width: int = 78) -> str:
    console = Console(width=200, file=io.StringIO(), color_system=None)
    with console.capture() as captured:
        console.print(terminal(brief, width, case="harbour"))
    return captured.get()


def test_html_is_well_formed_and_every_link_leads_somewhere():
    page = Page(html(BRIEF))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    inner = [unquote(h[1:]) for h in page.values("href") if h.startswith("#")]
    targets = inner + page.values("popovertarget")
    assert targets
    assert set(targets) <= set(ids)


def test_html_fetches_nothing_and_runs_nothing():
    text = html(BRIEF)
    page = Page(text)
    assert not page.values("src")
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "link", "iframe", "object"})
    assert "@import" not in text
    assert "url(" not in text
    assert not [name for _, a in page.elements for name in a if name.startswith("on")]


def test_html_cites_as_often_as_the_document_and_explains_each():
    page = Page(html(BRIEF))
    links = [a for _, a in page.elements if a.get("class") == "record"]
    found = Counter(unquote(a["href"]).removeprefix("#record-") for a in links)
    assert found == cited(BRIEF)
    who = {record.id: record for record in BRIEF.records}
    for a in links:
        record = who[unquote(a["href"]).removeprefix("#record-")]
        assert record.who in a["data-tip"]
        assert record.what in a["data-tip"]


def test_html_outline_never_skips_a_level():
    levels = [int(tag[1]) for tag, _ in Page(html(BRIEF)).elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("printed", [html, markdown, json_text])
def test_no_record_is_lost(printed):
    text = " ".join(Page(printed(BRIEF)).words) if printed is html else printed(BRIEF)
    if printed is json_text:
        text = json.dumps(json.loads(text), ensure_ascii=False)
    text = text.replace("\\", "").replace("\n", " ")
    for record in BRIEF.records:
        for field in (record.who, record.what, record.quote, record.locator, record.note):
            assert " ".join(field.split()) in text
    for sentence in BRIEF.answer:
        for part in sentence:
            if isinstance(part, str):
                assert part.strip() in text


def test_each_record_leads_back_to_the_places_that_cite_it():
    expected: dict[str, set[str]] = {record.id: set() for record in BRIEF.records}
    for place, prose in proses(BRIEF):
        for part in prose:
            for name in part.records if isinstance(part, Cite) else ():
                expected[name].add(place.anchor)
    text = html(BRIEF)
    items = re.findall(r'<li id="record-(\w+)">(.*?)</li>', text, re.DOTALL)
    assert {n: set(re.findall(r'href="#([\w-]+)"', body)) for n, body in items} == expected
    lines = re.findall(r'<a id="record-(\w+)"></a>(.*)', markdown(BRIEF))
    assert {n: set(re.findall(r"\(#([\w-]+)\)", body)) for n, body in lines} == expected
    records = json.loads(json_text(BRIEF))["records"]
    assert {r["id"]: set(r["cited_in"]) for r in records} == expected


def test_markdown_links_lead_somewhere_and_cite_as_often():
    text = markdown(BRIEF)
    anchors = re.findall(r'<a id="([^"]+)">', text)
    links = [unquote(target) for target in re.findall(r"\]\(#([^)]+)\)", text)]
    assert len(anchors) == len(set(anchors))
    assert set(links) <= set(anchors)
    found = Counter(t.removeprefix("record-") for t in links if t.startswith("record-"))
    assert found == cited(BRIEF)


def test_markdown_escapes_only_what_would_be_markup():
    said = (("1. April, ", Cite(("s01",)), ". - *Not* a list"), ("- nor this",))
    text = markdown(dataclasses.replace(BRIEF, answer=said))
    assert r"1\. April, \[[1](#record-s01)\]. - \*Not\* a list" in text
    assert "\n\\- nor this\n" in text
    assert ".." not in text


def test_markdown_tables_keep_their_columns():
    rows = [line for line in markdown(BRIEF).splitlines() if line.startswith("|")]
    assert len(rows) == 5
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}
    assert rows[1] == "| --- | ---: | ---: | --- |"


def test_json_has_its_keys_and_the_results():
    content = json.loads(json_text(BRIEF))
    assert list(content) == [
        "title", "question", "answer", "sections", "records", "references", "made", "results",
    ]  # fmt: skip
    assert content["answer"][0]["records"] == ["s02", "s08", "s09"]
    assert content["answer"][0]["text"].startswith("The quay opens in half")
    assert content["results"]["stability"] == {"equilibria": {"nash": [3, 5]}}
    assert content["results"]["dates"] == ["2031-04"]
    assert content["references"]["gazette"]["issued"] == "2031-09-22"


def test_json_parts_make_up_the_text_and_the_records():
    for prose in json.loads(json_text(BRIEF))["answer"]:
        assert "".join(part.get("text", "") for part in prose["parts"]) == prose["text"]
        names = [name for part in prose["parts"] for name in part.get("records", [])]
        assert list(dict.fromkeys(names)) == prose["records"]


@pytest.mark.parametrize("width", [40, 78, 100])
def test_terminal_fits_its_width_and_says_how_to_get_the_rest(width):
    lines = shown(BRIEF, width).rstrip().splitlines()
    assert max(map(len, lines)) <= width
    text = " ".join(" ".join(lines).split())
    assert BRIEF.title in text
    assert BRIEF.question in text
    assert "no harm [2, 8, 9]." in text
    assert "[4–15]" in text
    assert text.endswith("melian brief harbour -o brief.html")
    key = dict(re.findall(r"\[([\d, –]+)\] (\w+)", text.split("combinations; see levers")[1]))
    assert key == {
        "2, 6, 10, 14": "Oren", "4, 8, 12": "Tilda", "5, 9, 13": "Ines", "7, 11, 15": "The",
    }  # fmt: skip


EVIL = "<script>alert('&amp;')</script>"


def poisoned(value):
    """Put a script into every text of a document; ids and addresses keep their sense."""
    if isinstance(value, str):
        return value + EVIL
    if isinstance(value, tuple):
        return tuple(poisoned(item) for item in value)
    if dataclasses.is_dataclass(value):
        keep = {"id", "source", "target", "records", "numeric", "number", "issued", "svg"}
        changes = {
            field.name: poisoned(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.name not in keep or isinstance(value, Brief)
        }
        return dataclasses.replace(value, **changes)
    if isinstance(value, dict):
        return {key: poisoned(item) for key, item in value.items()}
    return value


def test_a_script_in_any_field_stays_text():
    evil = poisoned(dataclasses.replace(BRIEF, data={}))
    text = html(evil)
    assert "<script" not in text
    texts = " ".join(Page(text).words + Page(text).values("data-tip"))
    assert texts.count(EVIL) > 200
    assert not re.search(r"(?<!\\)<script", markdown(evil))
    assert json.loads(json_text(evil))["title"].endswith(EVIL)
    assert EVIL in " ".join(shown(evil, 200).split())


def test_strange_ids_still_link():
    strange = 'may-secede(x) "a" <b>&\n%20#'
    record = dataclasses.replace(BRIEF.records[0], id=strange)
    small = Brief("T", "Q?", (("Yes", Cite((strange,))),), (), (record,), {}, {})
    page = Page(html(small))
    (target,) = {unquote(a["href"]) for _, a in page.elements if a.get("class") == "record"}
    assert target.removeprefix("#") in page.values("id")
    assert f"({target})" in markdown(small)


def test_ids_that_look_alike_have_anchors_of_their_own():
    ids = ["s 1", "s-1", "s_1", "s_20_1", "s\t1", "s(1)"]
    assert len({citations.record_anchor(name) for name in ids}) == len(ids)


def test_an_empty_brief_prints():
    empty = Brief("", "", (), (), (), {}, {})
    Page(html(empty))
    assert json.loads(json_text(empty))["records"] == []
    assert markdown(empty).startswith("# ")
    assert "melian brief" in shown(empty)


@pytest.mark.parametrize("printed", [html, markdown, json_text, terminal])
@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Cite(("s99",)), 'cites "s99", which is not among the records'),
        (Refer("there", "nowhere"), 'refers to "nowhere", which is no place'),
    ],
)
def test_what_leads_nowhere_is_refused(printed, part, said):
    section = Section("new", "New", (Paragraph(("So it is", part)),))
    with pytest.raises(UsageError, match=said):
        printed(dataclasses.replace(BRIEF, sections=(*BRIEF.sections, section)))


def test_two_places_of_one_id_are_refused():
    twice = dataclasses.replace(BRIEF, sections=BRIEF.sections * 2)
    with pytest.raises(UsageError, match="same id"):
        html(twice)


def test_ranges_draw_runs_together():
    assert ranges([]) == ""
    assert ranges([5, 4]) == "4, 5"
    assert ranges([1, 2, 3, 7, 9, 10, 11, 12, 3]) == "1–3, 7, 9–12"


def test_printing_is_the_same_each_time():
    assert html(BRIEF) == html(harbour())
    assert json_text(BRIEF) == json_text(harbour())


def luminance(colour: str) -> float:
    """Give the relative luminance as WCAG 2.2 defines it."""
    digits = colour.lstrip("#")
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "wash"])
def test_text_contrast_meets_wcag_aa(theme, ground):
    pairs = re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\)", html(BRIEF))
    colours = {name: luminance(both[theme]) for name, *both in pairs}
    for name in ("ink", "quiet", "accent"):
        light, dark = sorted((colours[name], colours[ground]), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, name
