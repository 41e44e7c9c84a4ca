"""From the tokens of Argdown to a map, whatever is typed: what cannot be read is noted.

The grammar is that of Argdown 1.7. A block that breaks it is left out from there to the next empty
line, and reading goes on.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NoReturn

from melian.formats.argdown.building import Building, Draft
from melian.formats.argdown.data import in_braces, in_front
from melian.formats.argdown.form import End, Inference, Section, Span, Step
from melian.formats.argdown.scanner import Scanner, Token
from melian.formats.argdown.shortcodes import SHORTCODES
from melian.problems import Location

if TYPE_CHECKING:
    from collections.abc import Collection

    from melian.case.notes import Notes, Placed
    from melian.formats.argdown.form import ArgumentMap, RelationKind, SpanKind

DEEPEST = 100  # relations below relations

_RANGES = ("bold *", "bold _", "italic *", "italic _")
_STARTS = {f"{name} start": f"{name} end" for name in _RANGES}
_ENDS = frozenset(_STARTS.values())
_FREE = frozenset({"text", "escaped", "special", "stray"})
_CONTENT = frozenset(
    {*_FREE, *_STARTS, "link", "tag", "newline", "statement mention", "argument mention"}
)
_ARGUMENTS = frozenset({"argument definition", "argument reference"})
_KINDS: dict[str, tuple[RelationKind, bool]] = {  # the kind, and whether it starts from the parent
    "incoming support": ("support", True),
    "incoming attack": ("attack", True),
    "incoming undercut": ("undercut", True),
    "outgoing support": ("support", False),
    "outgoing attack": ("attack", False),
    "outgoing undercut": ("undercut", False),
    "contradiction": ("contradictory", True),
}
_MENTIONS: dict[str, SpanKind] = {
    "statement mention": "statement-mention",
    "argument mention": "argument-mention",
}


def parse(text: str, notes: Notes) -> ArgumentMap:
    """Give the map that an Argdown text draws; what is wrong with it goes into the notes."""
    return _Parser(text, notes).run()


class _Broken(Exception):
    """The rest of this block cannot be read; why has been noted."""


class _Parser:
    def __init__(self, text: str, notes: Notes) -> None:
        scanner = Scanner(text)
        self.tokens = scanner.run()
        self.tokens.append(Token("end", "", len(text), *scanner.place(len(text.rstrip()))))
        self.notes = notes
        self.map = Building()
        self.at = 0
        self.depth = 0
        self.previous = ""  # the argument in the block before, whose structure may follow

    # Moving on

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    @property
    def kind(self) -> str:
        return self.tokens[self.at].kind

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def maybe(self, kind: str) -> Token | None:
        return self.take() if self.kind == kind else None

    def need(self, kind: str, message: str, hint: str, at: Placed | None = None) -> Token:
        return self.take() if self.kind == kind else self.broken(message, hint, at)

    def broken(self, message: str, hint: str, at: Placed | None = None) -> NoReturn:
        self.notes.error(at or self.token, "syntax", message, hint)
        raise _Broken

    def here(self) -> Location:
        return Location(self.notes.file, self.token.line, self.token.column)

    # Blocks

    def run(self) -> ArgumentMap:
        self._front()
        while self.kind != "end":
            if self.kind == "emptyline":
                self.take()
                continue
            try:
                self._block()
            except _Broken:
                self.previous = ""
                self._skip()
        return self.map.done()

    def _skip(self) -> None:
        while self.kind not in {"emptyline", "end"}:
            self.take()

    def _front(self) -> None:
        self.maybe("newline")
        self.maybe("emptyline")
        token = self.maybe("front matter")
        if token is None:
            return
        data = in_front(token.image, token, self.notes)
        title = data.get("title")
        self.map.title = " ".join(title.split()) if isinstance(title, str) else ""
        model = data.get("model")
        if isinstance(model, dict):
            self.map.settings.strict = model.get("mode") == "strict"
            self.map.settings.tags_in_text = model.get("removeTagsFromText") != "true"
            self.map.settings.transform = model.get("transformArgumentRelations") != "false"
        self.maybe("newline")

    def _block(self) -> None:
        previous, self.previous = self.previous, ""
        if self.kind == "heading":
            self._heading()
        elif self.kind == "number":
            self._structure(previous)
        elif self.kind in _ARGUMENTS:
            self.previous = self._argument().title
        elif self.kind == "inference start":
            self.broken("There are no premises above this line.", "Write them as (1), (2) ...")
        elif self.kind == "indent":
            self._list()
        else:
            self._statement("top-level-statement")
        if self.kind not in {"emptyline", "end"}:
            shown = self.token.image.strip()[:20]
            self.broken(
                f'"{shown}" does not belong to what stands before it.'
                if shown
                else "This line does not belong to what stands before it.",
                "Put an empty line in between, or indent relations such as + and -.",
            )

    def _heading(self) -> None:
        draft = Draft(self.here())
        level = len(self.take().image) - 1
        self._content(draft)
        self._data(draft)
        title, data = draft.text.strip(), MappingProxyType(draft.data)
        self.map.add_section(Section(title, level, data, at=draft.at))

    def _list(self) -> None:
        self.take()
        kind = self.kind
        if kind not in {"ordered item", "unordered item"}:
            self.broken(
                "A relation needs something above it.",
                "Write a statement or an argument on the line above, without an empty line.",
            )
        while self.maybe(kind):
            self._argument() if self.kind in _ARGUMENTS else self._statement("")
        self.need("dedent", "This does not belong to the list.", "Put an empty line before it.")

    # Statements and arguments

    def _statement(self, role: str) -> Draft:
        draft = Draft(self.here(), role)
        if self.kind == "statement reference":
            self._reference(draft)
        else:
            if self.kind == "statement definition":
                draft.title = self.take().image[1:-2]
            self._content(draft)
        return self._rest(draft)

    def _argument(self) -> Draft:
        draft = Draft(self.here(), "argument-description")
        if self.kind == "argument reference":
            self._reference(draft)
        else:
            draft.title = self.take().image[1:-2]
            self._content(draft)
        return self._rest(draft)

    def _reference(self, draft: Draft) -> None:
        draft.title = self.take().image[1:-1]
        draft.is_reference = True
        while self.kind == "tag":
            self._tag(draft)
        self._newline(draft)

    def _newline(self, draft: Draft) -> None:
        """Pass a line end; before what still belongs to a statement it counts as a space."""
        if self.maybe("newline") and self.kind in {"data", "indent"}:
            self._space(draft)

    def _space(self, draft: Draft) -> None:
        if not draft.text.endswith(" "):
            draft.text += " "

    def _rest(self, draft: Draft) -> Draft:
        """Read data and relations, and add the mention."""
        self._data(draft)
        try:
            if self.kind == "indent":
                self._relations(self.map.end(draft))
        finally:
            self.map.add(draft)
        return draft

    def _data(self, draft: Draft) -> None:
        token = self.maybe("data")
        if token is not None:
            draft.data = in_braces(token.image, token, self.notes)
            self._newline(draft)

    # Text

    def _content(self, draft: Draft) -> None:
        if self.kind not in _CONTENT:
            self.broken("A text is missing here.", "Write it after the colon.")
        opened: list[tuple[Token, int]] = []
        while self.kind in _CONTENT or (opened and self.kind in _ENDS):
            if self.kind in _STARTS:
                opened.append((self.take(), len(draft.text)))
            elif self.kind in _ENDS:
                opened.pop()
                draft.text += " " * self.take().image.endswith(" ")
            else:
                self._piece(draft)
        for token, place in reversed(opened):
            self._unclosed(draft, token, place)

    def _unclosed(self, draft: Draft, token: Token, place: int) -> None:
        mark, size = token.image, len(token.image)
        draft.text = draft.text[:place] + mark + draft.text[place:]
        draft.spans = [
            Span(s.kind, s.start + size, s.stop + size, s.title) if s.start >= place else s
            for s in draft.spans
        ]
        message = f'"{mark}" begins bold or italic text that never ends; it was read as it stands.'
        hint = "Put a backslash before each of its characters, or close it."
        self.notes.warning(token, "unclosed", message, hint)

    def _piece(self, draft: Draft) -> None:
        if self.kind == "tag":
            self._tag(draft)
            return
        token = self.take()
        match token.kind:
            case "newline":
                if self.kind in _CONTENT:
                    self._space(draft)
            case "link":
                draft.text += token.image[1 : token.image.index("](")]
                draft.text += " " * token.image.endswith(" ")
            case "statement mention" | "argument mention":
                title = token.image.rstrip(" \t")[2:-1]
                self._span(draft, _MENTIONS[token.kind], token.image, title)
            case _:
                draft.text += self._free(token)

    def _free(self, token: Token) -> str:
        if token.kind == "escaped":
            return token.image[1:]
        if token.kind == "stray":
            message = "A backslash at the end of a line means nothing."
            self.notes.warning(token, "stray-backslash", message, "Delete it, or write two.")
        sign = SHORTCODES.get(token.image.strip()) if token.kind == "special" else None
        return sign + " " * token.image.endswith(" ") if sign else token.image

    def _tag(self, draft: Draft) -> None:
        image = self.take().image
        name = image.rstrip(" \t")[1:]
        name = name[1:-1] if name.startswith("(") else name
        if self.map.settings.tags_in_text:
            self._span(draft, "tag", image)
        if name not in draft.tags:
            draft.tags.append(name)

    def _span(self, draft: Draft, kind: SpanKind, image: str, title: str = "") -> None:
        start = len(draft.text)
        draft.text += image
        draft.spans.append(Span(kind, start, len(draft.text), title))

    # Relations

    def _relations(self, parent: End, kinds: Collection[str] = _KINDS) -> None:
        if self.depth >= DEEPEST:
            self.broken(
                f"Relations stand more than {DEEPEST} deep.",
                "Write the inner ones as a block of their own.",
            )
        self.depth += 1
        try:
            self.take()
            while self.kind in kinds:
                self._relation(parent)
            self.need(
                "dedent",
                "This is no relation, though it is indented like one.",
                "Begin it with one of + - +> -> <+ <- >< <_ _>, or put an empty line before it.",
            )
        finally:
            self.depth -= 1

    def _relation(self, parent: End) -> None:
        token = self.take()
        kind, outward = _KINDS[token.kind]
        indent = len(token.image) - len(token.image.lstrip())
        at = Location(self.notes.file, token.line, token.column + indent)
        to_argument = self.kind in _ARGUMENTS
        if to_argument and kind == "contradictory":
            self.broken("Only statements contradict each other.", "Use - to attack an argument.")
        if kind == "undercut" and not outward and parent.kind == "equivalence-class":
            parent = self.map.inference or parent  # below a conclusion: the inference to it
        draft = self._argument() if to_argument else self._statement("relation-statement")
        other = self.map.end(draft)
        source, target = (parent, other) if outward else (other, parent)
        self.map.relate(kind, source, target, at)

    # Premises and conclusions

    def _structure(self, argument: str) -> None:
        title = argument or self.map.new_title()
        self.map.arguments.setdefault(title, [])
        if self.map.steps.get(title):
            self.broken(
                f'The argument "{title[:60]}" already has premises and a conclusion.',
                "Give this one a title of its own: <title>, in the line above an empty line.",
            )
        drafts, steps = self._steps(title)
        if steps[-1].inference is None:
            self.broken(
                "The last statement of the argument is no conclusion.",
                "Put a line with ---- above the conclusion.",
                drafts[-1].at,
            )
        drafts[-1].role = "main-conclusion"
        self.map.steps[title] = steps

    def _steps(self, title: str) -> tuple[list[Draft], list[Step]]:
        drafts: list[Draft] = []
        steps: list[Step] = []
        inference: Inference | None = None
        while self.kind == "number" or (self.kind == "inference start" and inference is None):
            if self.kind == "inference start":
                inference = self._inference(End("inference", title, len(steps)))
                if self.kind != "number":
                    self.broken("A conclusion is missing here.", "Write (3) and the conclusion.")
                continue
            self.take()
            drafts.append(self._statement("intermediary-conclusion" if inference else "premise"))
            steps.append(Step(drafts[-1].title, inference))
            inference = None
        return drafts, steps

    def _inference(self, end: End) -> Inference:
        self.map.inference = end
        start = self.take()
        self.maybe("newline")
        rules = self._rules()
        self.maybe("newline")
        data = self.maybe("data")
        found = in_braces(data.image, data, self.notes) if data else {}
        self.maybe("newline")
        self.need(
            "inference end",
            "The line under the premises is not closed.",
            "Write ---- in a line, or -- above and below the names of the rules.",
            start,
        )
        self.need("newline", "The conclusion needs a line of its own.", "Put it in the next line.")
        if self.kind == "indent":
            self._relations(end, {"outgoing undercut"})
        return Inference(rules, uses(found))

    def _rules(self) -> tuple[str, ...]:
        rules: list[str] = []
        while self.kind in _FREE:
            text = ""
            while self.kind in _FREE:
                text += self._free(self.take())
            rules.append(text.strip())
            if self.kind != "comma":
                break
            self.take()
        return tuple(rules)


def uses(data: object) -> tuple[int, ...]:
    """Give the numbers of the statements that an inference says it uses."""
    named = data.get("uses") if isinstance(data, dict) else None
    numbers = named if isinstance(named, list) else [named]
    return tuple(int(n) for n in map(str, numbers) if n.isascii() and n.isdigit() and len(n) < 6)
