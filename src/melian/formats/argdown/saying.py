"""Who says what in a map, where, and what is taken as a fact."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any, get_args

from melian.case import formula
from melian.case.dates import ALWAYS, parse_date, parse_period
from melian.case.formula import Atom
from melian.case.model import Actor, ActorKind, Basis, Fact, Grade, Rank, Source, Statement, Tie
from melian.formats.argdown.form import End
from melian.formats.argdown.meaning import items, text_of, texts_of
from melian.formats.naming import Names, is_name
from melian.problems import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from melian.case.dates import Date, Period
    from melian.case.notes import Notes
    from melian.formats.argdown.form import ArgumentMap, Mention
    from melian.formats.argdown.meaning import Meanings

AUTHOR = "author"
REASONS = "because titles"  # in data that were not typed but drawn from another format
_SPEAKER_KEYS = ("actor", "proponent", "speaker")
_SPEAKER_TAG = re.compile(r"actor(?::\s*|-)(.+)")
_KEPT = ("level", "scope", "frame", "venue", "locator", "quote", "coder")


class Sayings:
    """The actors, sources, statements and facts of a map.

    A mention says who makes it (``{actor: port}``, ``proponent`` or ``speaker``, or a tag
    ``#actor-port``), or the heading above it does. What nobody is named for is the author's.
    """

    def __init__(self, drawn: ArgumentMap, meanings: Meanings, notes: Notes) -> None:
        """Take a map and what its titles stand for."""
        self.actors: dict[str, Actor] = {}
        self.sources: dict[str, Source] = {}
        self.facts: dict[Atom, Fact] = {}
        self.start = Location(notes.file)
        self._drawn = drawn
        self._meanings = meanings
        self._notes = notes
        self._sections: list[str] = []
        self._called: dict[tuple[str, str], str] = {}
        self._actor_names = Names("actor")
        self._source_names = Names("source")
        for section in drawn.sections:
            self._declare(section.data, section.title)
            own = text_of(section.data, "actor")
            above = self._sections[section.parent] if section.parent >= 0 else ""
            self._sections.append(self._actor(own) if own else above)

    # Actors and sources

    def _declare(self, data: Mapping[str, Any], title: str) -> None:
        actor = text_of(data, "actor")
        if is_name(actor) and self._actor_names.take(actor):
            self.actors[actor] = Actor(
                actor,
                text_of(data, "name") or title or actor,
                chosen(get_args(ActorKind), data, "kind", "group"),
                text_of(data, "role"),
                chosen(get_args(Rank), data, "rank", ""),
                tuple(self._ties(data, "speaks_for")),
                tuple(self._ties(data, "member_of")),
            )
            self._called["actor", actor] = actor
        sources = data.get("sources")
        for name, about in sources.items() if isinstance(sources, dict) else ():
            if isinstance(about, dict) and self._source_names.take(name):
                self.sources[name] = self._source(name, about)
                self._called["source", name] = name

    def _ties(self, data: Mapping[str, Any], key: str) -> Iterator[Tie]:
        """Give the actors listed under a key, each perhaps with a period: ``port 2021..``."""
        for each in items(data, key):
            actor, _, period = each.strip().partition(" ")
            if is_name(actor):
                yield Tie(actor, self.period(period.strip(), self.start))

    def _source(self, name: str, about: Mapping[str, Any]) -> Source:
        given = texts_of(about, "title", "author", "publisher", "url")
        issued = self._date(text_of(about, "issued"), self.start)
        return Source(
            name,
            **given,
            issued=issued,
            type=text_of(about, "type") or "document",
            grade=chosen(get_args(Grade), about, "grade", ""),
        )

    def _actor(self, called: str) -> str:
        known = self._called.get(("actor", called))
        if known is None:
            known = self._called["actor", called] = self._actor_names.new(called)
            self.actors[known] = Actor(known, " ".join(called.split()), "group")
        return known

    def source(self, called: str) -> str:
        """Give the id of a source that data name; "" for none."""
        if not called:
            return ""
        known = self._called.get(("source", called))
        if known is None:
            known = self._called["source", called] = self._source_names.new(called)
            self.sources[known] = Source(known, called)
        return known

    def cited(self, mentions: Iterable[Mention]) -> str:
        """Give the id of the source that one of the mentions names; "" for none."""
        return self.source(next(filter(None, (text_of(m.data, "source") for m in mentions)), ""))

    # Statements and facts

    def done(self, title: str) -> tuple[Statement, ...]:
        """Give the statements; ``title`` is that of the map, which its author is cited from."""
        said: list[Statement] = []
        free = (f"s{number}" for number in count(1))
        ids = {text_of(m.data, "id") for _, mentions in self._ends() for m in mentions}
        unsaid: list[tuple[End, Mention]] = []
        for end, mentions in self._ends():
            spoken = [(m, speaker) for m in mentions if (speaker := self._speaker(m))]
            for mention, speaker in spoken:
                name = text_of(mention.data, "id") or next(i for i in free if i not in ids)
                said.extend(self._statement(name, speaker, end, mention))
            for mention in mentions:
                self._fact(end, mention)
            if not spoken and not any(_declares(m) for m in mentions):
                unsaid.extend((end, m) for m in mentions[:1])
        by_author = self._by_author(title, unsaid)
        for (end, mention), (speaker, source) in zip(unsaid, by_author, strict=False):
            name = next(i for i in free if i not in ids)
            said.extend(self._statement(name, speaker, end, mention, source))
        return tuple(said)

    def _ends(self) -> Iterator[tuple[End, tuple[Mention, ...]]]:
        for title, statement in self._drawn.statements.items():
            yield End("equivalence-class", title), statement.mentions
        for title, argument in self._drawn.arguments.items():
            if not argument.steps:
                yield End("argument", title), argument.mentions

    def _speaker(self, mention: Mention) -> str:
        for key in _SPEAKER_KEYS:
            if text_of(mention.data, key):
                return self._actor(text_of(mention.data, key))
        tagged = filter(None, map(_SPEAKER_TAG.fullmatch, mention.tags))
        found = next(tagged, None)
        if found is not None:
            return self._actor(found[1])
        if mention.section >= 0 and not (_declares(mention) or mention.role == "premise"):
            return self._sections[mention.section]
        return ""

    def _by_author(self, title: str, unsaid: list[Any]) -> Iterator[tuple[str, str]]:
        if not unsaid:
            return
        count_ = len(unsaid)
        some = "One statement names" if count_ == 1 else f"{count_} statements name"
        self._notes.warning(
            self.start,
            "no-speaker",
            f"{some} nobody who makes it, so it is coded as the author's.",
            "Write {actor: ...} after a statement to say whose it is.",
        )
        author = self._actor(AUTHOR)
        self.actors[author] = Actor(author, "the author of the map", "person")
        source = self.source(title)
        yield from ((author, source) for _ in unsaid)

    def _statement(
        self, name: str, actor: str, end: End, mention: Mention, source: str = ""
    ) -> Iterator[Statement]:
        meaning = self._meanings.of(end)
        claim = formula.signed(meaning) if meaning is not None else None
        if claim is None:
            self._notes.error(
                mention.at,
                "not-signed",
                f'"{mention.title[:60]}" stands for more than one concept, so nobody can say it.',
                "Say each concept by itself.",
            )
            return
        data = mention.data
        claim = -claim if data.get("sign") == "-" else claim
        tags = " ".join(f"#{tag}" for tag in mention.tags if not _SPEAKER_TAG.fullmatch(tag))
        yield Statement(
            name,
            actor,
            claim,
            self._date(text_of(data, "date"), mention.at),
            (
                *self._meanings.list_of(data, "because", mention.at),
                *self._meanings.titled(items(data, REASONS)),
            ),
            tuple(self._meanings.list_of(data, "if", mention.at)),
            self._date(text_of(data, "since"), mention.at),
            self._date(text_of(data, "until"), mention.at),
            tuple(items(data, "retracts")),
            source=self.source(text_of(data, "source")) or source,
            basis=chosen(get_args(Basis), data, "basis", "reported"),
            note=text_of(data, "note") or tags,
            **texts_of(data, *_KEPT),
        )

    def _fact(self, end: End, mention: Mention) -> None:
        about = mention.data.get("fact")
        atom = self._meanings.of(end)
        if not isinstance(about, dict) or not isinstance(atom, Atom):
            return
        self.facts[atom] = Fact(
            atom,
            about.get("value") != "false",
            self.source(text_of(about, "source")),
            text_of(about, "locator"),
            tuple(map(self._actor, items(about, "contested_by"))),
            text_of(about, "note"),
            self.period(text_of(about, "period"), mention.at),
        )

    def period(self, text: str, at: Location) -> Period:
        """Give the period that a text in braces means; all time, where it means none."""
        try:
            return parse_period(text) if text else ALWAYS
        except ValueError as error:
            self._notes.error(at, "bad-period", f"{str(error).partition(';')[0]}.", _PERIOD_HINT)
            return ALWAYS

    def _date(self, text: str, at: Location) -> Date | None:
        if not text:
            return None
        try:
            return parse_date(text)
        except ValueError as error:
            self._notes.error(at, "bad-date", f"{str(error).partition(';')[0]}.", _DATE_HINT)
            return None


_PERIOD_HINT = "Write 2008, 2008-04..2008-07 or 2008-04.."
_DATE_HINT = 'Write 2008, 2008-04 or "2008-04-06".'
_DECLARING = frozenset({"concept", "principle", "formula", "fact", "rule", "implied"})


def chosen(among: tuple[Any, ...], data: Mapping[str, Any], key: str, usual: str) -> Any:
    """Give what data choose among some words; the usual one, where they choose none of them."""
    return data[key] if data.get(key) in among else usual


def _declares(mention: Mention) -> bool:
    """Tell whether a mention describes something and is said by nobody."""
    return not _DECLARING.isdisjoint(mention.data)
