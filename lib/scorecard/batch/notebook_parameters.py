"""The parameters a notebook declares in its cell tagged `parameters`, read without running it.

papermill finds the same names, but it imports for a second to do so and keeps types as text; the
tests compare the two.
"""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scorecard import texts
from scorecard.errors import ParamsError, TextError, UnknownNameError
from scorecard.notebook_tags import PARAMETERS

if TYPE_CHECKING:
    from pathlib import Path

NAMED = {"Indicator": "indicator", "Unit": "unit"}
"""What a text can be declared to name, as in `codes: "list[Indicator]" = ["9", "17"]`, so
that it is checked by the catalogue. In quotes, because it is a word and not a class to import."""

PLAIN = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict}
WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false",
         list: "a list", dict: "a mapping", type(None): "any value"}  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """One `name: annotation = default` of a parameters cell.

    `kind` is the annotation's when it has one, else the default's; for a list, `item` is the type
    of what is in it when that is known. A parameter is `required` when its default is `None`.
    `names_a` is what its text is declared to name: an `indicator` or a `unit`.
    """

    name: str
    default: object
    kind: type | None
    item: type | None = None
    required: bool = False
    names_a: str | None = None

    @property
    def type_words(self) -> str:
        """The type as people say it: `a list of text`."""
        words = WORDS.get(self.kind or type(None), "any value")
        return f"{words} of {WORDS[self.item]}" if self.item else words

    @property
    def example(self) -> str:
        """The default as YAML shows it."""
        return json.dumps(self.default, ensure_ascii=False, default=str)

    def accepts(self, value: object) -> bool:
        """Whether `value` has the declared type; a whole number is also a number."""
        if not _is(value, self.kind):
            return False
        return not isinstance(value, list) or all(_is(each, self.item) for each in value)


def declared(notebook: Path) -> dict[str, Parameter]:
    """Name → parameter for the file `notebook`, in the order of its cell.

    Raises `ParamsError` when the file is not a notebook or its cell can't be read.
    """
    name = f"notebooks/{notebook.name}"
    try:
        content = json.loads(texts.read(notebook, name, texts.NOTEBOOK, hidden=True))
        sources = [_source(cell) for cell in content["cells"] if PARAMETERS in _tags(cell)]
    except TextError as error:
        raise ParamsError(str(error)) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ParamsError(f"{name} is not a Jupyter notebook") from None
    if not sources:
        raise ParamsError(
            f"{name} has no cell tagged `{PARAMETERS}`, so it takes no parameters: "
            "tag the cell that sets them"
        )
    try:
        statements = ast.parse(sources[0]).body
    except SyntaxError as error:
        raise ParamsError(
            f"{name}: line {error.lineno} of the cell tagged `{PARAMETERS}` is not Python: "
            f"{error.msg}"
        ) from None
    except (ValueError, MemoryError, RecursionError):  # as Python refuses what it can't parse
        raise ParamsError(f"{name}: the cell tagged `{PARAMETERS}` is not Python") from None
    try:
        found = [parameter for each in statements if (parameter := _parameter(each))]
    except UnknownNameError as error:
        raise ParamsError(f"{name}: {error}") from None
    return {parameter.name: parameter for parameter in found}


def _tags(cell: dict[str, Any]) -> list[str]:
    return list(cell.get("metadata", {}).get("tags", []))


def _source(cell: dict[str, Any]) -> str:
    """A cell's text, which a notebook file may hold as one text or a list of lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _parameter(statement: ast.stmt) -> Parameter | None:
    """The parameter set by one statement, if it sets one."""
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        value = _literal(statement.value)
        name, annotation, names_a = statement.target.id, statement.annotation, None
        if isinstance(annotation, ast.Constant):
            annotation, names_a = _quoted(name, str(annotation.value))
        kind, item = _annotated(annotation)
        return Parameter(name, value, kind, item, statement.value is None, names_a)
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        value = _literal(statement.value)
        return Parameter(statement.targets[0].id, value, _kind(value), _items(value))
    return None


def _literal(node: ast.expr | None) -> object:
    """A default that is written out; `None` when it is an expression."""
    if node is None:
        return None
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return None


def _kind(value: object) -> type | None:
    """The type of a default."""
    if isinstance(value, tuple):
        return list
    return None if value is None else type(value)


def _items(value: object) -> type | None:
    """The one type of everything in a list; `None` when empty or mixed."""
    kinds = {type(each) for each in value} if isinstance(value, (list, tuple)) else set()
    return kinds.pop() if len(kinds) == 1 else None


def _annotated(annotation: ast.expr) -> tuple[type | None, type | None]:
    """The type and item type of an annotation such as `str` or `list[str]`."""
    if isinstance(annotation, ast.Subscript) and isinstance(annotation.value, ast.Name):
        inner = annotation.slice
        item = PLAIN.get(inner.id) if isinstance(inner, ast.Name) else None
        outer = PLAIN.get(annotation.value.id)
        return outer, item if outer is list else None
    return (PLAIN.get(annotation.id) if isinstance(annotation, ast.Name) else None), None


def _quoted(parameter: str, text: str) -> tuple[ast.expr, str | None]:
    """An annotation in quotes, with `str` for what it names, and what that is.

    Python never looks at it, so a misspelt one is an `UnknownNameError` here.
    """
    words = re.findall(r"\w+", text)
    for word in words:
        if word not in PLAIN | NAMED:
            raise UnknownNameError("type", word, PLAIN | NAMED, f"parameter `{parameter}`")
    names_a = next((NAMED[word] for word in words if word in NAMED), None)
    plain = re.sub(rf"\b({'|'.join(NAMED)})\b", "str", text)
    try:
        return ast.parse(plain, mode="eval").body, names_a
    except SyntaxError:
        raise UnknownNameError("type", text, PLAIN | NAMED, f"parameter `{parameter}`") from None


def _is(value: object, kind: type | None) -> bool:
    """`isinstance`, but a truth value is not a number and a whole number is a number."""
    if kind is None:
        return True
    if kind is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return type(value) is kind
