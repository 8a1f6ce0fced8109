"""YAML of a bounded size: an alias can't make it explode, and nothing is nested without end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from scorecard.errors import brief
from scorecard.unseen import UNSEEN, described

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = 50
"""Lists and mappings within one another: ten times what a parameter file needs."""

VALUES = 100_000
"""Values of a file, those of an alias counted where it stands."""

DIGITS = 18
MANY_DIGITS = f"a number has more than {DIGITS} digits"

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SAFE):  # type: ignore[misc]
    """Reads what SafeLoader does, ten times as fast where PyYAML was built with its C part.

    A value that is not what it seems, such as the 45th of a month, is an error with its place.
    """

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """The value of a node."""
        try:
            value = super().construct_object(node, deep=deep)
        except (ValueError, AttributeError) as error:
            what = "a date" if node.tag.endswith("timestamp") else "a number"
            said = f"`{brief(node.value)}` is not {what}, though it looks like one"
            # Python makes no number of thousands of digits.
            raise _error(MANY_DIGITS if "limit" in str(error) else said, node.start_mark) from error
        if isinstance(value, int) and abs(value) >= 10**DIGITS:
            raise _error(MANY_DIGITS, node.start_mark)
        return value


def load(text: str, *, hidden: bool = False) -> tuple[Any, yaml.Node | None]:
    """What a YAML text says, and the tree of its nodes, which knows the lines.

    Raises `yaml.MarkedYAMLError` for what is no YAML, is nested too deeply, has too many values or,
    unless `hidden`, holds a character that nobody sees.
    """
    _look_through(text, hidden=hidden)
    loader = _Loader(text)
    try:
        tree = loader.get_single_node()
        return (None if tree is None else loader.construct_document(tree)), tree
    finally:
        loader.dispose()


def _look_through(text: str, *, hidden: bool) -> None:
    """Raise an error where a text goes beyond what is read: before anything of it is built."""
    sizes: dict[str, int] = {}
    opened: list[tuple[str | None, int]] = []
    values = 0
    for event in _events(text):
        if isinstance(event, yaml.AliasEvent):
            if any(event.anchor == anchor for anchor, _ in opened):
                raise _error(f"`{brief(event.anchor)}` holds itself", event.start_mark)
            values += sizes.get(str(event.anchor), 1)
        elif isinstance(event, yaml.ScalarEvent):
            values += 1
            if event.anchor:
                sizes[event.anchor] = 1
            if not hidden and (found := UNSEEN.search(event.value)):
                said = f"there is a character that nobody sees ({described(found[0])})"
                raise _error(said, event.start_mark)
        elif isinstance(event, yaml.CollectionStartEvent):
            opened.append((event.anchor, values))
            if len(opened) > DEPTH:
                said = f"more than {DEPTH} lists or mappings stand within one another"
                raise _error(said, event.start_mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = opened.pop()
            values += 1
            if anchor:
                sizes[anchor] = values - before
        if values > VALUES:
            raise _error(f"there are more than {VALUES} values", event.start_mark)


def _events(text: str) -> Iterator[Any]:
    yield from yaml.parse(text, Loader=_SAFE)


def _error(problem: str, mark: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
