"""Cases made up by Hypothesis: everything in them refers to something in them."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from hypothesis import strategies as st

from melian.case.dates import ALWAYS, Date, Period
from melian.case.event_conditions import Comparison, Every, Opposite, Some
from melian.case.formula import And, Atom, Iff, Implies, Not, Or, Signed
from melian.case.likelihood import WORDS, value_of
from melian.case.model import (
    Actor,
    ActorKind,
    Ask,
    Basis,
    Case,
    CommitmentChange,
    Concept,
    Conflict,
    Deed,
    Definition,
    EventCoding,
    EventRule,
    Evidence,
    Fact,
    Grade,
    Hypothesis,
    Lasts,
    Lever,
    Likelihood,
    Milestone,
    Option,
    Preference,
    PreferenceChange,
    Principle,
    Rank,
    Rule,
    Source,
    Statement,
    Strength,
    Tie,
)
from melian.case.reading import rule_id
from melian.case.reading_hypotheses import evidence_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.case.event_conditions import Condition
    from melian.case.formula import Formula

T = TypeVar("T")
Draw = "Callable[[st.SearchStrategy[T]], T]"

_TURNING = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))  # read as spaces
_CHARACTERS = st.one_of(
    st.sampled_from(list(" \n#:-'\"{}[]()&*!|>%@`,;?~=<\\/\t")),
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufeff" + _TURNING),
)
TEXTS = st.one_of(
    st.sampled_from(
        ["", "no", "null", "~", "2008", "1e3", "- a", "a: b", "# c", "it's", "0x1", "="]
    ),
    st.text(_CHARACTERS, max_size=20),
).map(lambda text: unicodedata.normalize("NFC", text.strip()).strip())
SOME_TEXT = TEXTS.filter(bool)


def _named(start: str) -> st.SearchStrategy[str]:
    """Give texts with a start; an accent that comes first is joined to it, as readers do."""
    return SOME_TEXT.map(lambda text: unicodedata.normalize("NFC", start + text))


DATES = st.one_of(
    st.builds(Date, st.integers(1, 9999)),
    st.builds(Date, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(Date, st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28)),
)
NAMES = st.from_regex(r"[a-zà-öø-ÿ0-9_]{1,6}(-[a-zα-ω]{1,4})?", fullmatch=True).filter(
    lambda name: name not in {"and", "or", "not"} and unicodedata.is_normalized("NFC", name)
)

STRENGTHS = st.sampled_from(get_args(Strength))
_TAKEN = {"id", "title", "author", "issued", "publisher", "URL", "url", "type", "grade"}
KEYS = SOME_TEXT.filter(lambda key: key not in _TAKEN)
NESTED = st.dictionaries(KEYS, TEXTS, max_size=2)


@st.composite
def periods(draw: Any) -> Period:
    start, until = draw(st.none() | DATES), draw(st.none() | DATES)
    if start is not None and until is not None and start.first > until.last:
        start, until = until, start
    if start is not None and until is not None and start.first > until.last:
        return ALWAYS
    return Period(start, until)


def made(kind: type[T], /, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Give entries of a kind: what is not given and may stay empty is any text."""
    free = {f.name: TEXTS for f in fields(kind) if f.default == "" and f.name not in given}  # type: ignore[arg-type]
    return st.builds(kind, **free, **given)


def formulas(atoms: st.SearchStrategy[Atom]) -> st.SearchStrategy[Formula]:
    """Give formulas as the parser builds them: joints have at least two parts."""
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(Implies, inner, inner),
            st.builds(Iff, inner, inner),
        ),
        max_leaves=6,
    )


def tuples(each: st.SearchStrategy[T], least: int = 0) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(each, min_size=least, max_size=least + 2).map(tuple)


@st.composite
def cases(draw: Any) -> Case:
    """Give a case in which every name that is used is described."""
    names = draw(st.lists(NAMES, min_size=14, max_size=14, unique=True))
    who, instances, called, acts = names[:4], names[4:6], names[6:10], names[10:14]
    actors = {name: draw(_actor(name, who[:index])) for index, name in enumerate(who)}
    concepts = {n: Concept(n, tuple(names[:i]), draw(SOME_TEXT), *(draw(TEXTS) for _ in range(3)))
                for i, n in enumerate(called[:3])}  # fmt: skip
    atoms = st.sampled_from(called[:3]).flatmap(lambda name: _atoms(concepts[name], names[:6]))
    signed = st.builds(Signed, atoms, st.booleans())
    principle = draw(
        made(
            Principle,
            name=st.just(called[3]),
            params=st.just(("x",)),
            then=formulas(atoms),
            conditions=tuples(signed),
            unless=tuples(signed),
            strength=STRENGTHS,
            source=st.just(""),
        )
    )
    sources = draw(st.dictionaries(SOME_TEXT, st.none(), max_size=2))
    cited = st.sampled_from(["", *sources])
    facts = draw(st.dictionaries(atoms, _facts(cited, who), max_size=3))
    conflict = draw(st.none() | _conflict(who, acts, formulas(atoms)))
    statements = draw(_statements(who, signed, called[3], cited))
    hypotheses = draw(_hypotheses(acts, who, cited))
    return Case(
        "case",
        draw(SOME_TEXT),
        draw(SOME_TEXT),
        draw(periods()),
        actors=actors,
        instances={name: draw(SOME_TEXT) for name in instances},
        concepts=concepts,
        rules=_numbered(draw(tuples(_rule(signed, formulas(atoms))))),
        principles={called[3]: principle},
        facts={atom: Fact(atom, *rest) for atom, rest in facts.items()},
        conflict=conflict,
        levers=draw(_levers(conflict, names, signed, cited)),
        events=draw(st.none() | _events(names[:6], signed)),
        sources={name: draw(_source(name)) for name in sources},
        hypotheses=hypotheses,
        evidence=draw(_evidence(hypotheses, [statement.id for statement in statements])),
        terms=draw(_terms(names, who, signed, cited)),
        milestones=draw(_milestones(acts, cited, who, signed)),
        statements=statements,
        deeds=draw(_deeds(who, names[:6], signed, cited)),
    )


def _atoms(concept: Concept, among: Sequence[str]) -> st.SearchStrategy[Atom]:
    args = st.tuples(*(st.sampled_from(among) for _ in concept.params))
    return st.builds(Atom, st.just(concept.name), args)


def _actor(name: str, earlier: Sequence[str]) -> st.SearchStrategy[Actor]:
    tie = st.builds(Tie, st.sampled_from(earlier), periods()) if earlier else st.nothing()
    ties = tuples(tie) if earlier else st.just(())
    kinds = st.sampled_from(get_args(ActorKind))
    return made(
        Actor,
        id=st.just(name),
        name=SOME_TEXT,
        kind=kinds,
        rank=st.sampled_from(get_args(Rank)),
        speaks_for=ties,
        member_of=ties,
    )


def _rule(
    signed: st.SearchStrategy[Signed], formula: st.SearchStrategy[Formula]
) -> st.SearchStrategy[Rule]:
    common = {"id": st.just(""), "strength": STRENGTHS, "source": st.just("")}
    return st.one_of(
        made(Rule, excludes=tuples(signed, 2), **common),
        made(
            Rule,
            conditions=tuples(signed),
            unless=tuples(signed),
            then=formula,
            variables=st.sampled_from([(), ("x",), ("x", "y")]),
            **common,
        ),
    )


def _numbered(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(
        replace(rule, id=rule_id(rule) if number == 0 else f"rule {number}")
        for number, rule in enumerate(rules)
    )


def _facts(cited: Any, who: Sequence[str]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(st.booleans(), cited, TEXTS, tuples(st.sampled_from(who)), TEXTS, periods())


PROBABILITIES = [Fraction(n) for n in ("0", "1", "0.7", "1/3", "1e-9", "123456789/999999999999")]


def preference_lists(preference: Any) -> st.SearchStrategy[tuple[Preference, ...]]:
    """Give lists in which some stand in any order, two or more at a time."""

    def joined(parts: list[list[Preference]]) -> tuple[Preference, ...]:
        several = [part for part in parts if len(part) > 1]
        return tuple(
            replace(each, group=several.index(part) + 1 if len(part) > 1 else 0)
            for part in parts
            for each in part
        )

    part = st.lists(preference, min_size=1, max_size=3)
    return st.lists(part, min_size=1, max_size=2).map(joined)


@st.composite
def _conflict(draw: Any, who: Sequence[str], acts: Sequence[str], formula: Any) -> Conflict:
    options = {
        act: Option(act, owner, draw(SOME_TEXT), draw(TEXTS))
        for act, owner in zip(
            acts, [(who[0],), (who[0], who[1]), (who[1],), (who[2],)], strict=True
        )
    }
    over = formulas(st.sampled_from(acts).map(Atom))
    never = over.map(lambda f: And((f, Not(f))))
    reason = st.none() | formula
    preference = st.one_of(
        st.builds(Preference, over, reason, TEXTS),
        st.builds(Preference, over, reason, TEXTS, st.sampled_from(PROBABILITIES)),
        st.builds(Preference, over, reason, TEXTS, uncertain=st.just(True)),
    )
    return Conflict(
        options,
        draw(tuples(never)),
        draw(st.dictionaries(st.sampled_from(acts), st.sampled_from(["forward", "backward"]))),
        draw(st.lists(st.sampled_from(acts), unique=True).map(tuple)),
        draw(st.dictionaries(st.sampled_from(who), preference_lists(preference), max_size=3)),
        draw(st.none() | over),
        draw(st.sampled_from([(), ((who[0], who[1]),), ((who[2], who[0]), (who[0], who[1]))])),
        draw(st.sampled_from([{}, {who[0]: {who[1]: draw(tuples(preference)), who[2]: ()}}])),
        draw(st.sampled_from([{}, {who[1]: draw(tuples(never, 1))}])),
        draw(tuples(over, 0)),
    )


def conditions(parties: Sequence[str]) -> st.SearchStrategy[Condition]:
    """Give conditions on events as the parser builds them."""
    codes = st.sampled_from(["01", "042", "16..18", "163", "1711..20", "19"])
    words = st.text("abc, ()<=", min_size=1, max_size=5).map(str.strip).filter(bool)
    several = {
        ("actor", "in"): st.sampled_from(parties),
        ("target", "in"): st.sampled_from(parties),
        ("cameo", "in"): codes,
        ("plover", "in"): st.sampled_from(["COERCE", "ASSAULT", "AID"]),
        ("mode", "in"): st.sampled_from(["arrest", "x"]),
        ("date", "in"): st.sampled_from(["2008", "2008-05..", "..2008-08-06", "2007..2009-02"]),
        ("text", "has"): words,
        ("target-sector", "has"): words,
    }
    tests = [
        st.builds(Comparison, st.just(field), st.just(how), tuples(item, 1))
        for (field, how), item in several.items()
    ]
    score = st.tuples(st.sampled_from(["-5", "0", "2.5"]))
    orders = st.sampled_from(["<", "<=", ">", ">=", "="])
    return st.recursive(
        st.one_of(*tests, st.builds(Comparison, st.just("goldstein"), orders, score)),
        lambda inner: st.one_of(
            st.builds(Opposite, inner),
            st.builds(Every, st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(Some, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        ),
        max_leaves=6,
    )


@st.composite
def _events(draw: Any, parties: Sequence[str], signed: Any) -> EventCoding:
    texts = draw(st.dictionaries(st.sampled_from(parties), tuples(SOME_TEXT, 1), max_size=3))
    numbered = enumerate(texts.items())
    names = {who: tuple(f"{text} {n}" for text in each) for n, (who, each) in numbered}
    rule = st.tuples(
        conditions(parties), tuples(signed, 1), st.sampled_from(get_args(Lasts)), TEXTS
    )
    rules = [EventRule(f"rule {n}", *each) for n, each in enumerate(draw(tuples(rule)))]
    if rules:
        rules[0] = replace(rules[0], id=str(rules[0].when))
    return EventCoding(names, tuple(rules))


@st.composite
def _levers(
    draw: Any, conflict: Conflict | None, names: Any, signed: Any, cited: Any
) -> dict[str, Lever]:
    if conflict is None:
        return {}
    who = names[:4]
    over = formulas(st.sampled_from(list(conflict.options)).map(Atom))
    levers = {}
    for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=2)):
        effect = tuple(
            each
            for actor in draw(st.lists(st.sampled_from(who), unique=True, max_size=2))
            for each in draw(tuples(_changes(actor, over, signed), 1))
        )
        levers[name] = draw(
            made(
                Lever,
                id=st.just(name),
                by=st.sampled_from(who),
                does=SOME_TEXT,
                source=cited,
                effect=st.just(effect),
                establishes=tuples(signed),
                rules_out=tuples(over),
                allows=st.sampled_from([(), conflict.infeasible]),
            )
        )
    return levers


def _changes(actor: str, over: Any, signed: Any) -> st.SearchStrategy[Any]:
    who = st.just(actor)
    maybe = st.none() | over
    reason = st.none() | signed.map(lambda claim: claim.formula)
    return st.one_of(
        st.builds(PreferenceChange, who, over, st.just("place"), maybe, maybe, reason, TEXTS),
        st.builds(PreferenceChange, who, over, st.just("drop"), why=TEXTS),
        st.builds(CommitmentChange, who, signed, st.sampled_from(["asserts", "gives-up"])),
    )


# Small on purpose: a case is drawn twice by some tests, and there is a limit to what is drawn.


@st.composite
def _milestones(draw: Any, ids: Sequence[str], cited: Any, who: Sequence[str], signed: Any) -> Any:
    """Give milestones, each a day, a month, a year or a stretch of time."""
    when = st.one_of(DATES.map(lambda date: Period(date, date)), periods())
    asks = st.builds(Ask, SOME_TEXT, st.sampled_from(who), st.tuples(signed))
    each = st.tuples(
        SOME_TEXT,
        when.filter(lambda p: p.start and p.until),
        st.lists(asks, max_size=2).map(tuple),
        cited,
        TEXTS,
        TEXTS,
    )
    drawn = draw(st.dictionaries(st.sampled_from(ids), each, max_size=2))
    return {name: Milestone(name, *rest) for name, rest in drawn.items()}


@st.composite
def _hypotheses(draw: Any, ids: Sequence[str], who: Sequence[str], cited: Any) -> Any:
    """Give no hypotheses or two rivals, the first of which may start from a number."""
    if draw(st.booleans()):
        return {}
    about = draw(st.sampled_from(["", who[0]]))
    prior = draw(st.none() | st.sampled_from([0.01, 1 / 3]))
    first = Hypothesis(ids[0], draw(SOME_TEXT), draw(TEXTS), about, prior, draw(cited))
    return {ids[0]: first, ids[1]: Hypothesis(ids[1], "it is so", "", about, None, why=draw(TEXTS))}


LIKELIHOODS = st.one_of(
    st.sampled_from(WORDS).map(lambda word: Likelihood(value_of(word), word)),
    st.floats(0, 1, exclude_min=True, exclude_max=True).map(Likelihood),
)


@st.composite
def _evidence(draw: Any, hypotheses: Sequence[str], records: Sequence[str]) -> Any:
    """Give something missing, and perhaps a record that counts with it, for every hypothesis."""
    if not hypotheses:
        return ()
    likely = {name: draw(LIKELIHOODS) for name in hypotheses}
    missing = Evidence("", likely, missing=draw(_named("no ")), why=draw(TEXTS))
    missing = replace(missing, name=draw(st.sampled_from([evidence_name(missing), "number 1"])))
    if not records:
        return (missing,)
    item = records[0]
    return missing, Evidence(
        item, likely, item=item, beside=draw(st.sampled_from([(), (missing.name,)]))
    )


@st.composite
def _terms(draw: Any, words: Sequence[str], who: Any, signed: Any, cited: Any) -> Any:
    """Give no term, or one on which an actor may change its mind."""
    if draw(st.booleans()):
        return {}
    turns = [Period(None, Date(1999)), Period(Date(2000))]
    definitions = tuple(
        Definition(actor, (draw(signed),), period, draw(cited))
        for actor, periods_ in ((who[0], draw(st.sampled_from([[ALWAYS], turns]))), (who[1], turns))
        for period in periods_
    )
    return {words[0]: (*definitions[:-1], replace(definitions[-1], note=draw(TEXTS)))}


def _source(name: str) -> st.SearchStrategy[Source]:
    others = st.dictionaries(
        KEYS, st.one_of(TEXTS, st.lists(TEXTS, max_size=2), NESTED), max_size=2
    )
    grades = st.sampled_from(get_args(Grade))
    return made(
        Source,
        id=st.just(name),
        issued=st.none() | DATES,
        type=SOME_TEXT,
        grade=grades,
        fields=others,
    )


@st.composite
def _statements(draw: Any, who: Any, signed: Any, principle: str, cited: Any) -> Any:
    claims = st.one_of(signed, st.builds(Signed, st.just(Atom(principle)), st.booleans()))
    ids = draw(st.lists(_named("s"), unique=True, max_size=3))
    drawn = tuple(
        draw(
            made(
                Statement,
                id=st.just(each),
                actor=st.sampled_from(who),
                claim=claims,
                date=st.none() | DATES,
                because=tuples(claims),
                conditions=tuples(signed),
                since=st.none() | DATES,
                until=st.none() | DATES,
                retracts=_some_of([i for i in ids if ";" not in i]),
                source=cited,
                basis=st.sampled_from(get_args(Basis)),
            )
        )
        for each in ids
    )
    return tuple(_taking_back_its_own(statement, drawn) for statement in drawn)


def _taking_back_its_own(statement: Statement, among: Sequence[Statement]) -> Statement:
    """Keep of what a statement takes back what was said in one breath with it."""
    own = {s.id for s in among if (s.actor, s.date) == (statement.actor, statement.date)}
    kept = tuple(r for r in statement.retracts if r in own and r != statement.id)
    return replace(statement, retracts=kept)


def _some_of(names: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    some = st.lists(st.sampled_from(names), unique=True) if names else st.just([])
    return some.map(tuple)


@st.composite
def _deeds(draw: Any, who: Any, targets: Any, signed: Any, cited: Any) -> Any:
    ids = draw(st.lists(_named("d"), unique=True, max_size=3))
    return tuple(
        draw(
            made(
                Deed,
                id=st.just(each),
                actor=st.sampled_from(who),
                action=SOME_TEXT,
                target=st.sampled_from(["", *targets]),
                date=st.none() | DATES,
                shows=tuples(signed),
                since=st.none() | DATES,
                until=st.none() | DATES,
                source=cited,
            )
        )
        for each in ids
    )
