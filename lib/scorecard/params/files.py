"""How a file in `params/` is read into a typed value.

Unknown keys, wrong types and repeated keys are errors that name the file and the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    StringConstraints,
    ValidationError,
)

from scorecard import texts, yamls
from scorecard.errors import ParamsError, TextError, brief, lines_of, suggestion

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.workbook import Workbook

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Part(BaseModel):
    """Base of every piece of a parameter file; a key that is not declared is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Part)


@dataclass(frozen=True)
class Read(Generic[Model]):
    """A file that was read: its content, and the line of each part."""

    name: str
    value: Model
    tree: yaml.Node | None = None

    def where(self, *place: str | int) -> str:
        """The file and the line of what is at `place`: `params/reports.yml, line 7`."""
        line = _line(self.tree, place)
        return f"{self.name}, line {line}" if line else self.name


def read(workbook: Workbook, path: Path, model: type[Model]) -> Model:
    """Read one file into `model`; every fault in it goes into one `ParamsError`."""
    return located(workbook, path, model).value


def located(workbook: Workbook, path: Path, model: type[Model]) -> Read[Model]:
    """As `read`, with the lines of the file, so that the caller can say where a fault is."""
    name = workbook.show(path)
    return parsed(name, text_of(path, name), model)


def text_of(path: Path, name: str) -> str:
    """The text of a file in `params/`; `ParamsError` when it can't be read."""
    try:
        return texts.read(path, name, texts.PARAMETERS)
    except FileNotFoundError:
        raise ParamsError(f"{name} is missing; the workbook needs it") from None
    except TextError as error:
        raise ParamsError(str(error)) from None


def parsed(name: str, text: str, model: type[Model]) -> Read[Model]:
    """A text of YAML as a `model`, with its lines; `name` is what errors call it."""
    try:
        content, tree = yamls.load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ParamsError(f"{name}{place}: {yamls.explained(error, text)}") from None
    problems = [
        f"{name}, line {line}: key `{brief(key)}` is repeated" for key, line in _repeated(tree)
    ]
    try:
        value = model.model_validate(content if content is not None else {})
    except ValidationError as error:
        problems += [_explain(name, tree, model, detail) for detail in error.errors()]
    if problems:
        raise ParamsError(lines_of(problems))
    return Read(name, value, tree)


def _explain(name: str, tree: yaml.Node | None, model: type[Part], detail: Any) -> str:
    """One of pydantic's findings as a sentence with file, line and key."""
    place = detail["loc"]
    line = _line(tree, place)
    where = f"{name}, line {line}" if line else name
    key, given = brief(".".join(str(part) for part in place)), brief(repr(detail["input"]))
    if detail["type"] == "extra_forbidden":
        return f"{where}: unknown key `{key}`{suggestion(str(place[-1]), _keys(model, place[:-1]))}"
    if detail["type"] == "missing":
        return f"{where}: key `{key}` is missing"
    if not key:
        first = next(iter(model.model_fields))
        return f"{name}: the file must hold keys and values, such as `{first}: …`"
    if detail["type"].startswith("date"):
        return f"{where}: `{key}` is {given}: write the day as 2016-11-10"
    why = detail["msg"].removeprefix("Value error, ")
    return f"{where}: `{key}` is {given}: {why[:1].lower()}{why[1:]}"


def _keys(model: type[BaseModel], place: tuple[Any, ...]) -> list[str]:
    """The keys allowed at `place`, found by walking the models' field types."""
    for part in place:
        field = model.model_fields.get(part) if isinstance(part, str) else None
        if not field:  # a place in a list, or a name that the council gives
            continue
        types = getattr(field.annotation, "__args__", (field.annotation,))
        inner = [t for t in types if isinstance(t, type) and issubclass(t, BaseModel)]
        if not inner:
            return []
        model = inner[0]
    return list(model.model_fields)


def _line(tree: yaml.Node | None, place: tuple[Any, ...]) -> int:
    """The line of the deepest node on the way to `place`; 0 when the file is empty."""
    node, line = tree, 0
    for part in place:
        if isinstance(node, yaml.MappingNode):
            found = [(k, v) for k, v in node.value if k.value == str(part)]
            if not found:
                break
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line


def _repeated(node: yaml.Node | None) -> list[tuple[str, int]]:
    """Keys that are twice in one mapping, with their lines; YAML itself keeps the last only."""
    found: list[tuple[str, int]] = []
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                found.append((key.value, key.start_mark.line + 1))
            seen.add(key.value)
            found += _repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            found += _repeated(item)
    return found
