"""The keys of ``hypotheses``, ``evidence`` and ``terms`` in ``case.yaml``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from melian.case.dates import ALWAYS
from melian.case.entries import BY_ID, Entry, Field, Keyed
from melian.case.likelihood import WORDS, value_of
from melian.case.model import Definition, Evidence, Hypothesis, Likelihood
from melian.case.shapes import ListOf, Name, ScalarShape, Shape, SignedText, Span, Text
from melian.case.yaml_tree import MappingNode
from melian.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.case.dates import Period
    from melian.case.formula import Signed
    from melian.case.notes import Notes
    from melian.case.place import Place
    from melian.case.shapes import Schema
    from melian.case.yaml_tree import Node, ScalarNode

TEXT, NAME, SIGNED, SPAN = Text(), Name(), SignedText(), Span()
_HOW = "Write a number such as 0.8 or 80%, or one of the words"
EVEN = "even"


def _number(text: str) -> float | None:
    """Give the number of a decimal or a percentage, if it is above 0 and below 1."""
    percent = text.endswith("%")
    try:
        number = float(text.removesuffix("%"))
    except ValueError:
        return None
    number = number / 100 if percent else number
    return number if 0 < number < 1 else None


def _refused(node: ScalarNode, text: str, words: tuple[str, ...], notes: Notes) -> None:
    otherwise = f"{_HOW} {', '.join(words)}."
    hint = did_you_mean(text, words, otherwise)
    try:
        float(text.removesuffix("%"))
    except ValueError:
        message = f'"{text[:60]}" is no likelihood.'
    else:
        message = f"{text[:60]} does not lie between 0 and 1."
        hint = "Write a number above 0 and below 1: what is certain no evidence can change."
    notes.error(node, "bad-likelihood", message, hint)


class LikelihoodText(ScalarShape[Likelihood]):
    """A number above 0 and below 1, or a word of the scale."""

    expected = "how likely it is, such as 0.8 or likely"

    def of(self, node: ScalarNode, text: str, notes: Notes) -> Likelihood | None:
        """Give the likelihood, if it is one."""
        word = "-".join(text.lower().split())
        if word in WORDS:
            return Likelihood(value_of(word), word)
        number = _number(text)
        if number is None:
            _refused(node, text, WORDS, notes)
        return None if number is None else Likelihood(number)

    def write(self, value: Likelihood) -> str | float:
        """Give the word that was typed, or the number."""
        return value.word or value.value

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        definitions["likelihood"] = {
            "description": "How likely, by the scale of ICD 203: a word, a number or a percentage.",
            "anyOf": [{"enum": list(WORDS)}, *_NUMBERS],
        }
        return {"$ref": "#/$defs/likelihood"}


_NUMBERS: tuple[Schema, ...] = (
    {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    {"type": "string", "pattern": r"^\s*(0*\.\d+|\d{1,2}(\.\d+)?\s*%)\s*$"},
)


class Prior(ScalarShape[float]):
    """A number above 0 and below 1; ``even`` is the same as none."""

    expected = "a number such as 0.4, or even"

    def read(self, node: Node, notes: Notes) -> float | None:
        """Give the number; nothing, without a complaint, for ``even``."""
        return None if getattr(node, "text", "").strip() == EVEN else super().read(node, notes)

    def of(self, node: ScalarNode, text: str, notes: Notes) -> float | None:
        """Give the number, if it is one."""
        number = _number(text)
        if number is None:
            _refused(node, text, (EVEN,), notes)
        return number

    def write(self, value: float) -> float:
        """Give the number itself."""
        return value

    def schema(self, definitions: dict[str, Schema]) -> Schema:  # noqa: ARG002 - the signature of all shapes
        """Give the schema."""
        return {"anyOf": [{"const": EVEN}, *_NUMBERS]}


@dataclass(frozen=True, slots=True)
class Likelihoods(Shape[dict[str, Likelihood]]):
    """A likelihood under each explanation; worth nothing when one of them cannot be read."""

    each: Keyed[Likelihood]

    def read(self, node: Node, notes: Notes) -> dict[str, Likelihood] | None:
        """Give the likelihoods by hypothesis."""
        read = self.each.read(node, notes)
        typed = len(node.entries) if isinstance(node, MappingNode) else 0
        return read if read and len(read) == typed else None

    def write(self, value: Mapping[str, Likelihood]) -> dict[str, Any]:
        """Give the likelihoods by hypothesis."""
        return self.each.write(value)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        return self.each.schema(definitions)


HYPOTHESIS = Entry(
    "hypothesis",
    "a hypothesis: an explanation of what an actor says and does",
    Hypothesis,
    (
        Field("text", TEXT, 'What it says; it reads on after the word "that".', required=True),
        Field("label", TEXT, "A few words for tables."),
        Field("about", NAME, "The actor it explains; its rivals are about the same one."),
        Field(
            "prior",
            Prior(),
            "How likely it is before the evidence: a number, or even (when not given).",
        ),
        Field("source", TEXT, "The id of the source that puts it forward."),
        Field("locator", TEXT, "Where in the source."),
        Field("why", TEXT, "Why it is worth weighing."),
    ),
    short="text",
)


def _evidence(
    at: Place,
    likely: Mapping[str, Likelihood],
    name: str = "",
    finding: Mapping[str, tuple[Signed, ...]] | None = None,
    **values: Any,
) -> Evidence:
    actor, claims = next(iter((finding or {}).items()), ("", ()))
    made = Evidence(name, MappingProxyType(likely), actor=actor, claims=claims, at=at, **values)
    return made if name else replace(made, name=evidence_name(made))


def evidence_name(evidence: Evidence) -> str:
    """Give the name of an item that was given none: what it is.

    >>> from melian.case.formula import Atom, Signed
    >>> claims = (Signed(Atom("strong")), Signed(Atom("weak")))
    >>> evidence_name(Evidence("", {}, actor="port", claims=claims))
    'port: strong, weak'
    """
    if evidence.actor:
        return f"{evidence.actor}: {', '.join(map(str, evidence.claims))}"
    return evidence.item or evidence.missing


def _is_one_thing(evidence: Evidence, notes: Notes) -> bool:
    given = [evidence.item, evidence.actor, evidence.missing]
    if sum(map(bool, given)) == 1:
        return True
    some = any(given)
    message = f"The evidence is {'more than one thing' if some else 'not said'}."
    hint = (
        "Write one of item (a record or fact), finding (an actor: its claims) or missing (words)."
    )
    notes.error(evidence.at, "which-evidence", message, hint)
    return False


class OneFinding(Shape[dict[str, Any]]):
    """An actor and the claims of one of its findings: ``russia: [strong, weak]``."""

    each = Keyed(NAME, ListOf(SIGNED, whole=True))

    def read(self, node: Node, notes: Notes) -> dict[str, Any] | None:
        """Give the claims by the one actor."""
        read = self.each.read(node, notes)
        if read is not None and (len(read) != 1 or not all(read.values())):
            hint = "Write {ACTOR: [CLAIM, CLAIM]}, as melian audit --json lists its commitments."
            notes.error(node, "bad-finding", "A finding is one actor and its claims.", hint)
            return None
        return read

    def write(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Give the claims under the actor."""
        return self.each.write(value)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        return {**self.each.schema(definitions), "minProperties": 1, "maxProperties": 1}


EVIDENCE = Entry(
    "evidence",
    "an item of evidence",
    _evidence,
    (
        Field("id", TEXT, "A name of its own, when others are coded with it.", "name"),
        Field("item", TEXT, "The id of a statement or deed, or the head of a fact.", vital=True),
        Field(
            "finding",
            OneFinding(),
            "An actor and the claims of one of its findings.",
            lambda evidence: {evidence.actor: evidence.claims} if evidence.actor else None,
            usual=None,
            vital=True,
        ),
        Field("missing", TEXT, "What has not been observed and would tell; in words.", vital=True),
        Field(
            "likely",
            Likelihoods(Keyed(NAME, LikelihoodText())),
            "How likely it is if each hypothesis holds.",
            required=True,
        ),
        Field(
            "with",
            ListOf(TEXT),
            "Other items that show the same over again; together they count as one.",
            "beside",
        ),
        Field("why", TEXT, "Why it is as likely as that."),
    ),
    sound=_is_one_thing,
    unmake=lambda e: replace(e, name="") if e.name == evidence_name(e) else e,
)


def _definition(at: Place, when: Period = ALWAYS, **values: Any) -> Definition:
    return Definition(actor="", period=when, at=at, **values)


DEFINITION = Entry(
    "definition",
    "a definition: what an actor means by a term",
    _definition,
    (
        Field(
            "means",
            ListOf(SIGNED, whole=True),
            "The concepts that make it up, asserted or denied.",
            required=True,
        ),
        Field(
            "when",
            SPAN,
            "When the actor means that; always, when not given.",
            lambda definition: definition.period,
            usual=ALWAYS,
            vital=True,
        ),
        Field("source", TEXT, "The id of the source that shows it."),
        Field("locator", TEXT, "Where in the source."),
        Field("note", TEXT, "A remark."),
    ),
)


@dataclass(frozen=True, slots=True)
class Definitions(Shape[tuple[Definition, ...]]):
    """Per actor, what it means by a term; a list where that changed over time."""

    by_actor: Keyed[tuple[Definition, ...]]

    def read(self, node: Node, notes: Notes) -> tuple[Definition, ...] | None:
        """Give the definitions, each with its actor."""
        read = self.by_actor.read(node, notes)
        if read is None:
            return None
        return tuple(replace(each, actor=actor) for actor, all_ in read.items() for each in all_)

    def write(self, value: tuple[Definition, ...]) -> dict[str, Any]:
        """Give the definitions of each actor."""
        actors = dict.fromkeys(each.actor for each in value)
        return self.by_actor.write(
            {actor: tuple(each for each in value if each.actor == actor) for actor in actors}
        )

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        return self.by_actor.schema(definitions)


HYPOTHESES = Keyed(NAME, HYPOTHESIS, BY_ID)
TERMS = Keyed(NAME, Definitions(Keyed(NAME, ListOf(DEFINITION))))
