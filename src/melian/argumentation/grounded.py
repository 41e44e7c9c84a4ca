"""The grounded labelling, in time linear in the number of attacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.argumentation.result import Label, Labelling

if TYPE_CHECKING:
    from melian.case.framework import Framework


def grounded(framework: Framework) -> Labelling:
    """Label in what nothing is left to attack, out what that attacks, and so on.

    The algorithm is that of Modgil & Caminada (2009), section 4.1, with a count of the attackers
    that are left in place of looking at them again.
    """
    targets = framework.targets()
    left = [0] * len(targets)
    for _, attacked in framework.attacks:
        left[attacked] += 1
    labels = [Label.UNDECIDED] * len(targets)
    ranks = [-1] * len(targets)
    queue = [number for number, count in enumerate(left) if count == 0]
    for number in queue:
        ranks[number] = 0
    for number in queue:
        labels[number] = Label.IN
        rank = ranks[number] + 1
        for beaten in targets[number]:
            if labels[beaten] is not Label.UNDECIDED:
                continue
            labels[beaten], ranks[beaten] = Label.OUT, rank
            for freed in targets[beaten]:
                left[freed] -= 1
                if left[freed] == 0 and labels[freed] is Label.UNDECIDED:
                    ranks[freed] = rank + 1
                    queue.append(freed)
    return Labelling(tuple(labels), tuple(ranks))
