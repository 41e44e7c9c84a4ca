"""Which claims of each party survive attack by the others, and by its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.argumentation import Label
from melian.audit.arguing.pleading import (
    argument_text,
    claim_words,
    parties_of_argument,
    records_of_argument,
)
from melian.brief.compose.words import capital, number, plural
from melian.brief.document import Cite, Group, Items, Paragraph, Section
from melian.case.wording import name_of, whose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from melian.audit.arguing.claims import Claim, Survival
    from melian.brief.compose.words import Speech
    from melian.brief.document import Block, Prose

SHOWN = 4


def survival(speech: Speech, found: Survival | None) -> tuple[Section, ...]:
    """Say for each party which of its claims hold, are defeated or are contested by others.

    The section is left out when nothing attacks any claim.
    """
    if found is None or not any(map(_is_attacked, found.claims)):
        return ()
    parties = list(dict.fromkeys(claim.party for claim in found.claims))
    told = [_Party(speech, found, party) for party in parties]
    groups = [
        Group(f"claims-{one.party}", capital(one.who), tuple(one.blocks()))
        for one in told
        if one.attacked
    ]
    quiet = [one for one in told if not one.attacked]
    intro = (
        "Here everything that is said or done is set against everything else, whoever says it. A "
        "claim holds if all that attacks it is defeated; it is contested if it can be held and can "
        "be refused; it is defeated if what attacks it holds."
    )
    blocks: list[Block] = [Paragraph((intro,)), *groups]
    if quiet:
        names = ", ".join(one.who for one in quiet)
        blocks.append(Paragraph((f"Nothing attacks what is coded of {names}.",)))
    if not found.complete:
        blocks.append(
            Paragraph(("Not all arguments could be listed, so others may stand against claims.",))
        )
    return (Section("claims", "Which claims survive attack", tuple(blocks)),)


def _is_attacked(claim: Claim) -> bool:
    return bool(claim.attackers) or claim.grounded is not Label.IN


class _Party:
    """The claims of one party, sorted by how they fare."""

    def __init__(self, speech: Speech, found: Survival, party: str) -> None:
        self.speech, self.found, self.party = speech, found, party
        self.who = name_of(speech.case, party)
        self.claims = [claim for claim in found.claims if claim.party == party]
        self.attacked = list(filter(_is_attacked, self.claims))

    def blocks(self) -> Iterator[Block]:
        """Give the counts, then the defeated claims, then those that others contest."""
        out = [c for c in self.claims if c.grounded is Label.OUT]
        contested = [c for c in self.claims if c.grounded is Label.UNDECIDED]
        others = [c for c in contested if self._attackers_of_others(c)]
        yield Paragraph((self._counts(out, contested, others),))
        yield from self._listed("Defeated:", out)
        yield from self._listed("Contested by others:", others)

    def _counts(
        self, out: Sequence[Claim], contested: Sequence[Claim], others: Sequence[Claim]
    ) -> str:
        if len(self.claims) == 1:
            fate = (
                "is defeated" if out else "is contested" if contested else "holds, though attacked"
            )
            return f"Its only claim {fate}."
        holding = len(self.claims) - len(out) - len(contested)
        parts = [
            "none holds" if not holding else f"{number(holding)} hold{'s' if holding == 1 else ''}",
            *([f"{number(len(out))} {'is' if len(out) == 1 else 'are'} defeated"] if out else []),
        ]
        if contested:
            alone = len(contested) - len(others)
            verb = "is" if len(contested) == 1 else "are"
            parts.append(f"{number(len(contested))} {verb} contested{self._whose(alone, others)}")
        text = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
        return f"Of {plural(len(self.claims), 'claim')}, {text}."

    def _whose(self, alone: int, others: Sequence[Claim]) -> str:
        if not alone:
            return ""
        own = f"{whose(self.who)} own words and deeds alone"
        return f", {number(alone)} of them by {own}" if others else f", by {own}"

    def _attackers_of_others(self, claim: Claim) -> list[int]:
        """Give the attackers that hold something that the party itself does not."""
        return [a for a in claim.attackers if self._is_others(a)]

    def _is_others(self, attacker: int) -> bool:
        return self.party not in parties_of_argument(self.found, attacker)

    def _listed(self, lead: str, claims: Sequence[Claim]) -> Iterator[Block]:
        items = [self._item(claim) for claim in claims[:SHOWN]]
        more = len(claims) - SHOWN
        if more > 0:
            items.append((f"and {number(more)} more.",))
        if items:
            yield Items(tuple(items), (lead,))

    def _item(self, claim: Claim) -> Prose:
        """Give a claim and what attacks it: what defeats it, or what another party sets against."""
        defeating = [a for a in claim.attackers if self.found.fares(a) is Label.IN]
        against = defeating or self._attackers_of_others(claim) or claim.attackers
        said = (f"That {claim_words(self.speech.case, claim)}", self._cite(claim.records))
        if not against:
            return (*said, ".")
        attacker = against[0]
        return (
            *said,
            f". Against it: {argument_text(self.speech.case, self.found, attacker)}",
            self._cite(records_of_argument(self.found, attacker)),
            ".",
        )

    def _cite(self, records: Sequence[str]) -> Cite:
        return Cite(tuple(record for record in records if record in self.speech.numbers))
