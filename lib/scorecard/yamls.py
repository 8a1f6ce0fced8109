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
"""Values of a file, those of an alias counted where it is used."""

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
            problem = f"`{brief(node.value)}` is not {what}, though it looks like one"
            # Python makes no number of thousands of digits.
            raise _error(
                MANY_DIGITS if "limit" in str(error) else problem, node.start_mark
            ) from error
        if isinstance(value, int) and abs(value) >= 10**DIGITS:
            raise _error(MANY_DIGITS, node.start_mark)
        return value


def load(text: str, *, hidden: bool = False) -> tuple[Any, yaml.Node | None]:
    """What a YAML text says, and the tree of its nodes, which knows the lines.

    Raises `yaml.MarkedYAMLError` for what is no YAML, is nested too deeply, has too many values or,
    unless `hidden`, holds an invisible character.
    """
    _look_through(text, hidden=hidden)
    loader = _Loader(text)
    try:
        tree = loader.get_single_node()
        return (None if tree is None else loader.construct_document(tree)), tree
    finally:
        loader.dispose()


ODD = "the line does not go on as those above: look at its indentation, quotes and brackets"
WORDS = {
    "cannot start any token": "a value can't begin with `{sign}`: put it in quotes",
    "undefined alias": "a value can't begin with `*`: put it in quotes",
    "determine a constructor": "`!` begins a tag, and none is read: put the value in quotes",
    "unhashable key": "a key is a list or a mapping: write a word",
    "another document": "`---` begins a second document: delete it",
    "end of stream": "a quote is not closed: close it",
    "unknown escape": "`\\` has a meaning in double quotes: write it twice, or use single quotes",
    "line break": "a text behind `|` or `>` begins on the next line: put it there",
    "expected ',' or": "a bracket is not closed: close it, or put a text with brackets in quotes",
    "entries are not allowed": "a list can't begin here: write `-` on a line of its own",
    "not allowed": (
        "a second colon is in the line, or the line is indented otherwise than those above: "
        "put a text with a colon in quotes, or indent it as they are"
    ),
    "did not find expected": ODD,
    "<block end>": ODD,
}
"""Part of what PyYAML says → what is wrong and what to do; the first that fits."""


def explained(error: yaml.YAMLError, text: str) -> str:
    """What is wrong with a YAML text at the error's place, and what to do about it."""
    mark: Any = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None)
    line = text.split("\n")[mark.line :][:1] if mark else []
    sign = line[0][mark.column : mark.column + 1] if line else ""
    if type(error) is yaml.MarkedYAMLError:
        return str(problem)  # one of ours
    if sign == "\t":
        return "the line begins with a tab: indent it with spaces"
    found = (words for part, words in WORDS.items() if part in str(problem))
    return next(found, f"this is not YAML: {problem or error}").replace("{sign}", sign)


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
                problem = f"there is an invisible character ({described(found[0])})"
                raise _error(problem, event.start_mark)
        elif isinstance(event, yaml.CollectionStartEvent):
            opened.append((event.anchor, values))
            if len(opened) > DEPTH:
                problem = f"more than {DEPTH} lists or mappings are within one another"
                raise _error(problem, event.start_mark)
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
