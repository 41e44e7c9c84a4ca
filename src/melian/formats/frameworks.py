"""Argumentation frameworks in the formats of the ICCMA competitions: apx, tgf and af.

* ``.apx``: ``arg(a).`` and ``att(a,b).``, in any order; ``%`` begins a comment.
* ``.tgf``: a name a line, then ``#``, then an attacker and what it attacks a line.
* ``.af``: ``p af 3`` for three arguments named 1, 2 and 3, then two numbers a line for each attack;
  ``#`` begins a comment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from melian.case.decoding import legible
from melian.case.framework import Framework
from melian.formats.file_text import content_of
from melian.problems import Location, OutsideError, Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Texts = Mapping[str, str]

ENDINGS = (".apx", ".tgf", ".af")

MOST_ARGUMENTS = 1_000_000

_FACT = re.compile(r"\s*(arg|att)\s*\(\s*([^\s(),.%]+)\s*(?:,\s*([^\s(),.%]+)\s*)?\)\s*\.\s*")
_PLAIN = re.compile(r"[a-z]\w*", re.ASCII)
_WORD = re.compile(r"[^\s#]+")
_NUMBER = re.compile(r"(?!)")  # only comments name the arguments of an .af file
_TALLY = re.compile(r"p\s+af\s+(\d{1,9})\s*")


def read(path: Path) -> tuple[Framework, tuple[Problem, ...]]:
    """Give the framework in a file, and what in it was left out.

    Raises:
        OutsideError: the file cannot be read, or is too large.
        UsageError: its ending is none of :data:`ENDINGS`.
    """
    name = legible(str(path))
    return parse(content_of(path).decode("utf-8-sig", errors="replace"), name, path.suffix)


def parse(text: str, file: str, ending: str) -> tuple[Framework, tuple[Problem, ...]]:
    """Give the framework that a text says, and what in it was left out.

    Raises:
        UsageError: the ending is none of :data:`ENDINGS`.
    """
    reader = _Reader(file)
    _READERS[_known(ending)](reader, text)
    return Framework(tuple(reader.numbers), tuple(reader.attacks)), tuple(reader.problems)


def written(framework: Framework, ending: str, texts: Mapping[str, str] | None = None) -> str:
    """Give the text of a framework in the format of an ending.

    Names that the format does not allow are numbered, and told in comments; what an ``.af`` file
    calls its arguments, only comments tell.

    Args:
        framework: what to write.
        ending: one of :data:`ENDINGS`.
        texts: what arguments say, by name, to be told beside them.

    Raises:
        UsageError: the ending is none of :data:`ENDINGS`.
    """
    return "".join(f"{line}\n" for line in _WRITERS[_known(ending)](framework, texts or {}))


def _known(ending: str) -> str:
    if ending.lower() not in ENDINGS:
        raise UsageError(
            f'A framework is not read or written as "{legible(ending[:40])}"; '
            f"let the file end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}."
        )
    return ending.lower()


class _Reader:
    """What has been read: arguments by name, attacks, problems."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.numbers: dict[str, int] = {}
        self.attacks: dict[tuple[int, int], None] = {}
        self.problems: list[Problem] = []

    def argument(self, name: str) -> None:
        self.numbers.setdefault(legible(name), len(self.numbers))

    def attack(self, ends: tuple[str, str], line: int, column: int, known: str) -> None:
        for end in map(legible, ends):
            if end not in self.numbers:
                message = f'"{end[:40]}" attacks or is attacked, but is no argument.'
                self.wrong(line, column, message, known)
                return
        self.attacks[self.numbers[legible(ends[0])], self.numbers[legible(ends[1])]] = None

    def wrong(self, line: int, column: int, message: str, hint: str) -> None:
        at = Location(self.file, line, column)
        self.problems.append(Problem(at, "framework-line", message, hint))


def _read_apx(reader: _Reader, text: str) -> None:
    attacks: list[tuple[tuple[str, str], int, int]] = []
    for number, whole in enumerate(text.splitlines(), start=1):
        line, at = whole.partition("%")[0], 0
        while line[at:].strip():
            found = _FACT.match(line, at)
            if found is None or (found[1] == "att") != (found[3] is not None):
                column = at + len(line[at:]) - len(line[at:].lstrip()) + 1
                what = legible(line[at:].strip()[:40])
                hint = "Write arg(a). for an argument, att(a,b). for an attack."
                reader.wrong(number, column, f'"{what}" is neither argument nor attack.', hint)
                break
            if found[1] == "arg":
                reader.argument(found[2])
            else:
                attacks.append(((found[2], found[3]), number, found.start(1) + 1))
            at = found.end()
    for ends, number, column in attacks:
        reader.attack(ends, number, column, "Add a line arg(...). for it.")


def _read_tgf(reader: _Reader, text: str) -> None:
    above = True
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words:
            continue
        if line.strip() == "#" and above:
            above = False
        elif above:
            reader.argument(words[0])  # what follows is its label
        elif len(words) < 2:
            message = f'"{legible(words[0][:40])}" attacks nothing.'
            reader.wrong(number, 1, message, "Write the attacker and what it attacks.")
        else:
            reader.attack((words[0], words[1]), number, 1, "Add a line for it above the #.")
    if above and reader.numbers:
        reader.wrong(1, 1, "There is no line # below the arguments.", "Add it, then the attacks.")


def _read_af(reader: _Reader, text: str) -> None:
    told = False
    for number, whole in enumerate(text.splitlines(), start=1):
        line = whole.partition("#")[0].strip()
        if not line:
            continue
        tally = _TALLY.fullmatch(line)
        if tally is not None and not told:
            told = True
            if int(tally[1]) > MOST_ARGUMENTS:
                raise OutsideError(
                    f'"{reader.file}" counts {int(tally[1]):,} arguments; '
                    f"at most {MOST_ARGUMENTS:,} are read."
                )
            for name in range(1, int(tally[1]) + 1):
                reader.argument(str(name))
        elif len(line.split()) != 2 or not told:
            hint = "Begin with p af and the number of arguments; then two numbers a line."
            reader.wrong(number, 1, f'"{legible(line[:40])}" is no attack.', hint)
        else:
            first, second = line.split()
            reader.attack((first, second), number, 1, "The first line says how many there are.")


def _write_apx(framework: Framework, texts: Texts) -> Iterator[str]:
    names, remarks = _named(framework, _PLAIN, texts)
    yield from (f"% {names[number]} {remark}" for number, remark in remarks.items())
    yield from (f"arg({name})." for name in names)
    yield from (f"att({names[a]},{names[b]})." for a, b in framework.attacks)


def _write_tgf(framework: Framework, texts: Texts) -> Iterator[str]:
    names, remarks = _named(framework, _WORD, texts)
    yield from (f"{name} {remarks.get(n, '')}".rstrip() for n, name in enumerate(names))
    yield "#"
    yield from (f"{names[a]} {names[b]}" for a, b in framework.attacks)


def _write_af(framework: Framework, texts: Texts) -> Iterator[str]:
    yield f"p af {len(framework.arguments)}"
    _, remarks = _named(framework, _NUMBER, texts)
    yield from (f"# {number + 1} {remark}" for number, remark in remarks.items())
    yield from (f"{a + 1} {b + 1}" for a, b in framework.attacks)


def _named(
    framework: Framework, allowed: re.Pattern[str], texts: Texts
) -> tuple[list[str], dict[int, str]]:
    """Give names that a format allows, and what to say beside them, by number."""
    given = framework.arguments
    plain = all(allowed.fullmatch(name) for name in given)
    names = list(given) if plain else [f"a{n}" for n in range(1, len(given) + 1)]
    own = ("" if plain else f"{name} " for name in given)
    said = (_in_line(f"{mine}{texts.get(name, '')}") for mine, name in zip(own, given, strict=True))
    return names, {number: remark for number, remark in enumerate(said) if remark}


def _in_line(text: str) -> str:
    return " ".join(legible(text).split())


_READERS: dict[str, Callable[[_Reader, str], None]] = {
    ".apx": _read_apx,
    ".tgf": _read_tgf,
    ".af": _read_af,
}
_WRITERS: dict[str, Callable[[Framework, Texts], Iterator[str]]] = {
    ".apx": _write_apx,
    ".tgf": _write_tgf,
    ".af": _write_af,
}
