"""Concepts, formulas and rules as clauses that read on after the word "that"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from melian.case.formula import And, Atom, Iff, Implies, Not, Or, Signed
from melian.case.model import Principle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from melian.case.formula import Formula
    from melian.case.grounding import GroundRule
    from melian.case.model import Case, Definition

_FUNCTION_WORDS = """a all an any both each either every he if in its it many more most neither
    no nobody none not nothing on one only other our she some such that the their there these they
    this those to under we what when where whether who whoever with without you"""
_LOWERED = frozenset(word.capitalize() for word in re.findall(r"\w+", _FUNCTION_WORDS))


def name_of(case: Case, argument: str) -> str:
    """Give the name of an actor or instance; the word itself where the case has neither."""
    if argument in case.actors:
        return case.actors[argument].name
    return case.instances.get(argument, argument)


def whose(name: str) -> str:
    """Give a name as an owner.

    >>> whose("NATO"), whose("the United States")
    ("NATO's", "the United States'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def citation(case: Case, source: str, locator: str = "") -> str:
    """Give a source by its title, and the place in it."""
    known = case.sources.get(source)
    title = (known.title or source) if known else source
    return ", ".join(part for part in (title, locator) if part) or "no source"


def when_meant(case: Case, term: str, definition: Definition) -> str:
    """Give when an actor means that by a term, in words; "" where it has one definition only."""
    own = [each for each in case.terms.get(term, ()) if each.actor == definition.actor]
    return definition.period.in_words if len(own) > 1 else ""


def concept_text(case: Case, claim: Signed) -> str:
    """Give a claim as a clause to put after "that".

    The arguments of the concept are put into its text by name; a denial uses the words the case
    gives for it. A catchword, which is no clause, is said to be right or wrong. A principle's bare
    name is the principle for whatever it may be applied to.
    """
    concept = case.concepts.get(claim.atom.name)
    if concept is None:
        clause = _principle_or_words(case, claim.atom)
        return clause if claim.positive else f"it is not the case that {clause}"
    binding = _names(case, dict(zip(concept.params, claim.atom.args, strict=False)))
    if not claim.positive and concept.denied:
        return filled(concept.denied, binding)
    if concept.is_catchword:
        return f"“{concept.text.strip()}” is {'right' if claim.positive else 'wrong'}"
    clause = filled(concept.text, binding)
    return clause if claim.positive else f"it is not the case that {clause}"


def concept_name(case: Case, atom: Atom) -> str:
    """Give what a concept is called in tables and figures: its text; of a catchword, itself."""
    concept = case.concepts.get(atom.name)
    if concept is not None and concept.is_catchword:
        return filled(concept.text, {})
    return concept_text(case, Signed(atom))


def formula_text(case: Case, formula: Formula) -> str:
    """Give a formula over concepts as a clause to put after "that"."""
    match formula:
        case Atom():
            words = concept_text(case, Signed(formula))
        case Not(Atom() as atom):
            words = concept_text(case, Signed(atom, positive=False))
        case Not(part):
            words = f"it is not the case that {formula_text(case, part)}"
        case And(parts):
            words = " and ".join(formula_text(case, part) for part in parts)
        case Or(parts):
            words = f"either {' or '.join(formula_text(case, part) for part in parts)}"
        case Implies(left, right):
            words = f"if {formula_text(case, left)}, then {formula_text(case, right)}"
        case Iff(left, right):
            words = f"{formula_text(case, left)} exactly when {formula_text(case, right)}"
    return words


def rule_text(case: Case, rule: GroundRule) -> str:
    """Give what a rule says about its instance as a clause to put after "that"."""
    if isinstance(rule.origin, Principle) and rule.origin.text:
        return filled(rule.origin.text, _names(case, _binding(rule.origin.params, rule.args)))
    clause = _consequence(case, rule)
    if rule.unless:
        clause += f", unless {_listed(case, rule.unless, 'or')}"
    return clause


def why_text(case: Case, rule: GroundRule) -> str:
    """Give why a rule holds, as a clause in the words of the case; "" where it does not say."""
    origin = rule.origin
    variables = origin.params if isinstance(origin, Principle) else origin.variables
    return filled(origin.why, _names(case, _binding(variables, rule.args)))


def of_itself(clause: str, who: str, others: Iterable[str] = ()) -> str:
    """Give a clause that begins with the name of its speaker with "it" in the name's place.

    Args:
        clause: reads on after the word "that".
        who: the name of the speaker.
        others: names of other actors and instances; a clause that begins with one of them which
            is longer than the speaker's is about them, and stays as it is.

    >>> of_itself("Russia's place is its neighbourhood", "Russia")
    'its place is its neighbourhood'
    >>> of_itself("China Mobile is strong", "China", ["China Mobile"])
    'China Mobile is strong'
    """
    for words, pronoun in ((f"{who}'s ", "its "), (f"{who} ", "it ")):
        if clause.startswith(words):
            longer = (other for other in others if len(other) > len(who))
            if any(re.match(rf"{re.escape(other)}(?!\w)", clause) for other in longer):
                return clause
            return pronoun + clause.removeprefix(words)
    return clause


def known_names(case: Case) -> Iterator[str]:
    """Give the names of all actors and instances."""
    yield from (actor.name for actor in case.actors.values())
    yield from case.instances.values()


def counted(count: int, one: str, many: str = "") -> str:
    """Give a count in figures and its noun.

    >>> counted(1, "claim"), counted(1200, "party", "parties")
    ('1 claim', '1,200 parties')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def series(parts: Sequence[str], word: str = "and") -> str:
    """Give the parts as an enumeration.

    >>> series(["a", "b", "c"])
    'a, b and c'
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def sentence(text: str) -> str:
    """Give the text with a capital at its start and a full stop at its end.

    >>> sentence("it rains")
    'It rains.'
    """
    end = "" if text.endswith((".", "?", "!")) else "."
    return f"{capital(text)}{end}"


def capital(text: str) -> str:
    """Give the text with a capital first letter.

    >>> capital("it rains")
    'It rains'
    """
    return text[:1].upper() + text[1:]


def _consequence(case: Case, rule: GroundRule) -> str:
    if rule.then is not None:
        then = formula_text(case, rule.then)
        if not rule.conditions:
            return then
        return f"if {_listed(case, rule.conditions, 'and')}, then {then}"
    if len(rule.excludes) == 1:
        return concept_text(case, -rule.excludes[0])
    excluded = [f"that {concept_text(case, claim)}" for claim in rule.excludes]
    both = "both " if len(excluded) == 2 else "all at once "
    return f"it cannot be {both}{series(excluded)}"


def _listed(case: Case, claims: Iterable[Signed], word: str) -> str:
    return series([concept_text(case, claim) for claim in claims], word)


def _principle_or_words(case: Case, atom: Atom) -> str:
    principle = case.principles.get(atom.name)
    if principle is not None and principle.text:
        binding = _binding(principle.params, atom.args)
        clause = filled(principle.text, _names(case, binding))
        spoken = set(re.findall(r"[\w-]+", clause))
        free = [param for param in principle.params if param in spoken - binding.keys()]
        return f"for any {series(free)}, {clause}" if free else clause
    words = atom.name.replace("-", " ").replace("_", " ")
    if not atom.args:
        return words
    return f"{words} ({', '.join(name_of(case, argument) for argument in atom.args)})"


def _binding(params: Sequence[str], args: Sequence[str]) -> dict[str, str]:
    return dict(zip(params, args, strict=False))


def _names(case: Case, binding: Mapping[str, str]) -> dict[str, str]:
    return {param: name_of(case, argument) for param, argument in binding.items()}


def filled(text: str, names: Mapping[str, str]) -> str:
    """Replace parameters that stand as words of their own, and fit the text into a sentence."""
    clause = text.strip().rstrip(".")
    first = clause.split(maxsplit=1)[0] if clause else ""
    if first in _LOWERED:
        clause = clause[:1].lower() + clause[1:]
    if not names:
        return clause
    words = "|".join(map(re.escape, names))
    return re.sub(rf"(?<![\w-])({words})(?![\w-])", lambda m: names[m[1]], clause)
