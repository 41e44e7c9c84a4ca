"""The short names that Argdown replaces by a sign: ``.->.`` or ``:->:`` by an arrow."""

from __future__ import annotations

_SIGNS = {
    "A": "∀",
    "E": "∃",
    "O": "\U0001d5e2",
    "P": "\U0001d5e3",
    "->": "→",
    "<->": "↔",
    "~": "¬",
    "^": "∧",
    "v": "∨",
    "v_": "⊻",
    "<>": "◇",
    "[]": "◻",
    "?": "❓",
    "question": "❓",
    "happy": "😀",
    "smiley": "☺",
    "laugh": "😆",
    "lol": "😆",
    "rofl": "🤣",
    "joy": "😂",
    "heart": "❤",
    "love": "😍",
    "wink": "😉",
    "shush": "🤫",
    "meh": "😐",
    "eye-roll": "🙄",
    "sad": "😢",
    "disappointed": "😞",
    "scream": "😱",
    "+1": "👍",
    "up": "👍",
    "-1": "👎",
    "down": "👎",
    "think": "🤔",
    "star": "⭐",
    "y": "✔",
    "agree": "✔",
    "n": "❌",
    "disagree": "❌",
}

#: The signs by the short names as they are typed.
SHORTCODES = {
    **{f"{mark}{name}{mark}": sign for name, sign in _SIGNS.items() for mark in ".:"},
    ".smile.": "☺",
    ":smile:": "☺\ufe0f",
}
