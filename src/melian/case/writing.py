"""Changes to the text of ``case.yaml`` that touch only the lines they must.

Comments, order, quotation marks and line ends elsewhere stay as they are, byte for byte. Every
change is read back before it is given, so that a text never comes to mean something else than was
intended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from melian.case import splicing
from melian.case.emitting import line_of
from melian.case.splicing import Slot
from melian.case.yaml_tree import MappingNode, ScalarNode, SequenceNode, data, read_tree
from melian.problems import MelianError, UsageError, did_you_mean

if TYPE_CHECKING:
    from melian.case.emitting import Value
    from melian.case.yaml_tree import Node

Key = str | int
Path = tuple[Key, ...]


def set_value(text: str, path: Path, value: Value) -> str:
    """Give the text with another value at a path that exists.

    Args:
        text: of ``case.yaml``.
        path: keys and indices from the outside in: ``("facts", "open(port)", "value")``.
        value: texts, truth values, lists and dicts, nested at will.

    Raises:
        UsageError: there is no such path in the text.
        MelianError: the text cannot be changed this way; it is as it was.

    >>> print(set_value("a: {b: 1}  # why", ("a", "b"), "2"))
    a: {b: '2'}  # why
    """
    root = _root(text)
    slot = _slot(root, path)
    changed = splicing.replaced(text, slot, value) if root else splicing.appended(text, value)
    return _checked(changed, _with(data(root), path, value))


def add_entry(text: str, path: Path, key: str | None, value: Value) -> str:
    r"""Give the text with one more entry at the end of the mapping or list at a path.

    Args:
        text: of ``case.yaml``.
        path: of the mapping or list; where its last key is missing, it is added as well.
        key: of the entry in a mapping, None for an item of a list.
        value: as for :func:`set_value`.

    Raises:
        UsageError: there is no such path, the key is taken, or it does not fit what is there.
        MelianError: the text cannot be changed this way; it is as it was.

    >>> print(add_entry("a:\n  b: 1  # one\n\n# end", ("a",), "c", ["d"]))
    a:
      b: 1  # one
      c: [d]
    <BLANKLINE>
    # end
    """
    more: dict[str, Any] | list[Any] = [value] if key is None else {key: value}
    return add_entries(text, path, more)


def add_entries(text: str, path: Path, more: dict[str, Any] | list[Any]) -> str:
    r"""Give the text with more entries at the end of the mapping or list at a path.

    Args:
        text: of ``case.yaml`` or ``sources.yaml``.
        path: of the mapping or list; where its last key is missing, it is added as well.
        more: values by key for a mapping, values for a list; at least one.

    Raises:
        UsageError: there is no such path, a key is taken, or they do not fit what is there.
        MelianError: the text cannot be changed this way; it is as it was.

    >>> print(add_entries("a: [1]\n", ("b",), {"c": "x", "d": "y"}))
    a: [1]
    b: {c: x, d: y}
    <BLANKLINE>
    """
    root = _root(text)
    if path and not _has(root, path) and isinstance(path[-1], str):
        return add_entries(text, path[:-1], {path[-1]: more})
    node = _slot(root, path).node
    if isinstance(node, ScalarNode):
        if not node.empty:
            raise UsageError(f"At {_named(path)} stands a text; nothing can be added to it.")
        return set_value(text, path, more)
    _fits(node, path, more)
    if not (node.flow or splicing.parts(node)):
        return set_value(text, path, more)
    wanted = _with(data(root), path, _joined(data(node), more))
    return _checked(splicing.extended(text, node, more), wanted)


def remove_entry(text: str, path: Path) -> str:
    r"""Give the text without the entry or item at a path; what becomes empty is ``{}`` or ``[]``.

    Raises:
        UsageError: there is no such path in the text.
        MelianError: the text cannot be changed this way; it is as it was.

    >>> print(remove_entry("a: 1\nb: 2  # two\nc: 3", ("b",)))
    a: 1
    c: 3
    """
    if not path:
        raise UsageError("Name the entry that is to be removed.")
    root = _root(text)
    _slot(root, path)
    outer = _slot(root, path[:-1]).node
    if isinstance(outer, ScalarNode) or len(splicing.parts(outer)) == 1:
        return set_value(text, path[:-1], {} if isinstance(outer, MappingNode) else [])
    keys = list(data(outer)) if isinstance(outer, MappingNode) else []
    index = keys.index(path[-1]) if keys else int(path[-1])
    wanted = _with(data(root), path[:-1], _less(data(outer), path[-1]))
    return _checked(splicing.removed(text, outer, index), wanted)


def _root(text: str) -> Node | None:
    tree = read_tree(text)
    broken = next((problem for problem in tree.problems if problem.code == "syntax"), None)
    if broken is not None:
        raise MelianError(f"{broken.location}: {broken.message} {broken.hint}")
    return tree.root


def _slot(root: Node | None, path: Path) -> Slot:
    node, key, in_flow = root, None, False
    for step in path:
        in_flow = in_flow or (not isinstance(node, ScalarNode | None) and node.flow)
        key, child = _child(node, step)
        if child is None:
            known = [k.text for k, _ in node.entries] if isinstance(node, MappingNode) else []
            hint = did_you_mean(str(step), known, "Look at the text for what is there.")
            raise UsageError(f"There is no {_named(path)} in the text. {hint}")
        node = child
    return Slot(node or ScalarNode("", 0, 0, 1, 1), key, in_flow)


def _child(node: Node | None, step: Key) -> tuple[ScalarNode | None, Node | None]:
    if isinstance(node, MappingNode) and isinstance(step, str):
        return next((entry for entry in node.entries if entry[0].text == step), (None, None))
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.items):
        return None, node.items[step]
    return None, None


def _has(root: Node | None, path: Path) -> bool:
    node = root
    for step in path:
        _, node = _child(node, step)
    return node is not None


def _fits(node: MappingNode | SequenceNode, path: Path, more: dict[str, Any] | list[Any]) -> None:
    if isinstance(node, MappingNode) and isinstance(more, list):
        raise UsageError(f"At {_named(path)} stands a mapping; give a key for the new entry.")
    if isinstance(node, SequenceNode) and isinstance(more, dict):
        raise UsageError(f"At {_named(path)} stands a list; give no key for the new item.")
    taken = {key.text for key, _ in node.entries} if isinstance(node, MappingNode) else ()
    for key in more:
        if key in taken:
            raise UsageError(f"{_named((*path, key))} is there already; set its value instead.")


def _named(path: Path) -> str:
    return " > ".join(map(str, path)) or "the text"


# The same changes on plain values, to compare with


def _plain(value: Any) -> Any:
    """Give a value as it is read back: truth values and numbers as texts."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return line_of(value)
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return value


def _with(whole: Any, path: Path, value: Any) -> Any:
    if not path:
        return _plain(value)
    step, rest = path[0], path[1:]
    if isinstance(whole, dict):
        return {**whole, step: _with(whole.get(step), rest, value)}
    return [_with(each, rest, value) if i == step else each for i, each in enumerate(whole)]


def _joined(whole: Any, more: Any) -> Any:
    return [*whole, *_plain(more)] if isinstance(more, list) else {**whole, **_plain(more)}


def _less(whole: Any, step: Key) -> Any:
    if isinstance(whole, dict):
        return {key: each for key, each in whole.items() if key != step}
    return [each for i, each in enumerate(whole) if i != step]


def _checked(text: str, wanted: Any) -> str:
    tree = read_tree(text)
    broken = any(problem.code in {"syntax", "duplicate-key"} for problem in tree.problems)
    if broken or data(tree.root) != wanted:
        raise MelianError(
            "case.yaml cannot be changed here without rewriting more of it; change it in an editor."
        )
    return text
