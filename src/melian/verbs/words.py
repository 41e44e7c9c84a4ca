"""Words that are typed, where only some are known."""

from __future__ import annotations

from typing import TypeVar

from melian.problems import UsageError, did_you_mean

Word = TypeVar("Word", bound=str)


def known(option: str, word: str, words: tuple[Word, ...]) -> Word:
    """Give the word that was typed, if it is one of those known.

    Args:
        option: what it was typed for, as it is told.
        word: as typed.
        words: those known.

    Raises:
        UsageError: it is none of them.

    >>> known("--unit", "days", ("days", "weeks"))
    'days'
    """
    for each in words:
        if each == word:
            return each
    hint = did_you_mean(word, words, f"Known are: {', '.join(words)}.")
    raise UsageError(f'{option} does not know "{word[:40]}". {hint}')
