"""Why: explanations weighed against each other, what tips them, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.words import capital, fact_id, hypothesis_id, joined, number, plural
from melian.brief.document import Cite, Group, Items, Paragraph, Section, Table
from melian.brief.drawing import percent
from melian.case.likelihood import SCALE
from melian.case.wording import sentence
from melian.hypotheses import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.brief.compose.words import Speech
    from melian.brief.document import Block, Prose
    from melian.hypotheses.result import Item, Pair, Weighing, Why

JUDGED = (
    "How likely each item would be under each explanation is the coder's judgement, and no "
    f"source's; the words are those of a scale of {number(len(SCALE))} steps (ICD 203). "
)


def explanations(speech: Speech, why: Why | None) -> tuple[Section, ...]:
    """Say what speaks for which explanation, how far it leans, and how easily it tips.

    The section is left out when no two explanations are coded.
    """
    if why is None or not why.weighings:
        return ()
    told = [_Told(speech, weighing) for weighing in why.weighings]
    blocks: list[Block] = []
    for one in told:
        if len(told) == 1:
            blocks += one.blocks()
        else:
            title = wording.title(speech.case, one.weighing)
            blocks.append(Group(f"why-{one.weighing.about or 'all'}", title, tuple(one.blocks())))
    blocks.append(Paragraph((JUDGED + wording.LIMITS,)))
    return (Section("why", "Why?", tuple(blocks)),)


class _Told:
    """The explanations of one actor in prose."""

    def __init__(self, speech: Speech, weighing: Weighing) -> None:
        self.speech, self.case, self.weighing = speech, speech.case, weighing

    def blocks(self) -> Iterator[Block]:
        """Give the explanations, the evidence pair by pair, and what is missing."""
        yield self._rivals()
        for pair in self.weighing.pairs if self.weighing.items else ():
            yield self._table(pair)
            yield self._lean(pair)
        yield from self._bundles()
        yield from self._missing()
        for name in self.weighing.left_out:
            yield Paragraph((f"“{name}” is coded as evidence, but the audit finds no such clash.",))

    def _rivals(self) -> Items:
        hypotheses, priors = self.weighing.hypotheses, self.weighing.priors
        count = plural(len(hypotheses), "explanation")
        about = wording.title(self.case, self.weighing).removeprefix("What explains ")
        level = max(priors) - min(priors) < 1e-9
        rest = "other" if len(hypotheses) == 2 else "others"
        start = f", each as likely as the {rest} before the evidence:" if level else ":"
        items = [
            (
                f"{capital(wording.label(each))}: {each.text.rstrip('.')}",
                Cite((hypothesis_id(each),)),
                "" if level else f" (to start with, {percent(prior)})",
                f". {sentence(each.why)}" if each.why else ".",
            )
            for each, prior in zip(hypotheses, priors, strict=True)
        ]
        return Items(tuple(items), (f"{capital(count)} of {about} can be weighed{start}",))

    def _table(self, pair: Pair) -> Table:
        heads = [
            capital(wording.label(self.weighing.hypothesis(each)))
            for each in (pair.one, pair.other)
        ]
        rows = []
        for bearing in pair.bearings:
            item = self.weighing.item(bearing.item)
            likely = [item.evidence.likely[each] for each in (pair.one, pair.other)]
            told = [(wording.likelihood_text(each),) for each in likely]
            speaks = (capital(wording.speaks(self.weighing, pair, bearing)),)
            rows.append((self._evidence(item), *told, speaks))
        caption = "How likely the evidence would be under either"
        if len(self.weighing.pairs) > 1:
            caption += f": {heads[0]} and {heads[1]}"
        return Table(caption, ("Evidence", *heads, "Speaks"), tuple(rows))

    def _evidence(self, item: Item) -> Prose:
        why = item.evidence.why
        return (*self._cited(item), f". {sentence(why)}" if why else ".")

    def _cited(self, item: Item) -> Prose:
        text = capital(wording.item_text(self.case, item))
        facts = [fact_id(f) for atom, f in self.case.facts.items() if str(atom) in item.facts]
        return text, Cite((*item.statements, *item.deeds, *facts))

    def _lean(self, pair: Pair) -> Paragraph:
        told = (
            wording.lean(self.weighing, pair),
            wording.spread(self.weighing, pair),
            wording.tips(self.case, self.weighing, pair),
            wording.weightiest(self.case, self.weighing, pair),
        )
        return Paragraph((" ".join(each for each in told if each),))

    def _bundles(self) -> Iterator[Block]:
        items = [
            (*joined([self._cited(item) for item in bundle], "; ", "; "), ".")
            for bundle in wording.bundles(self.weighing)
        ]
        if items:
            lead = (
                "These show the same over again, and count as one, with the mean of their weights:"
            )
            yield Items(tuple(items), (lead,))

    def _missing(self) -> Iterator[Block]:
        items = [
            (capital(p.evidence.missing.rstrip(".")), f": {wording.would_tell(self.weighing, p)}.")
            for p in self.weighing.prospects
        ]
        if items:
            yield Items(tuple(items), ("What is missing, and would tell, the most telling first:",))
