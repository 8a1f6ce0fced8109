"""How to read an extract: by `params/extracts.yml`, or by SQL in `params/extracts/NAME.sql`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Self

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from scorecard.errors import ParamsError, UnknownNameError
from scorecard.params.files import Part, Slug, Text, located, parsed, text_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from scorecard.params.files import Read
    from scorecard.workbook import Workbook

CellName = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$")]


def _known_language(name: str) -> str:
    try:
        Locale.parse(name)
    except (ValueError, UnknownLocaleError) as error:
        raise ValueError(f"`{name}` is not the code of a language; write it like `cy`") from error
    return name


EMPTY_ROW = "empty row"


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"this is not a regular expression: {error}") from error
    return text


class Measured(Part):
    """One indicator's columns. Without `denom` it is a count; `optional` columns may be missing.

    `result` is the column of a finished result, instead of `num` and `denom`.
    """

    code: Text
    num: Text | None = None
    denom: Text | None = None
    result: Text | None = None
    cohort: Text = "all"
    optional: bool = False

    @property
    def columns(self) -> list[str]:
        """The columns that are read."""
        return [each for each in (self.num, self.denom, self.result) if each]

    @model_validator(mode="after")
    def _has_columns(self) -> Self:
        if self.result and (self.num or self.denom):
            raise ValueError("give num and denom, or result; a finished result has neither")
        if not (self.result or self.num):
            raise ValueError("num is missing, or result where the figure comes finished")
        return self


class Layout(Part):
    """Where the table of a file is, and how the file is written."""

    sheet: Text | None = None
    header_row: Annotated[int, Field(ge=1)] = 1
    header_rows: Annotated[int, Field(ge=1, le=5)] = 1
    encoding: Literal["utf-8", "utf-16", "cp1252", "iso-8859-1", "iso-8859-14", "iso-8859-15"] = (
        "utf-8"
    )
    separator: Literal[",", ";", "\t"] = ","
    language: Annotated[Text, AfterValidator(_known_language)] = "en"


class Extract(Layout):
    """One kind of extract; the keys are explained at the top of `params/extracts.yml`."""

    month_column: Text | None = None
    month_cell: CellName | None = None
    unit_column: Text
    units: dict[Text, Text] = Field(default_factory=dict)
    skip: list[Annotated[str, StringConstraints(strip_whitespace=True)]] = Field(
        default_factory=list
    )
    unknown_units: Literal["refuse", "skip"] = "refuse"
    ends_before: Annotated[Text, AfterValidator(_pattern)] | None = None
    empty: list[Text] = Field(default_factory=list)
    signs: dict[Text, Literal["withheld", "not applicable", "not available", "low"]] = Field(
        default_factory=dict
    )
    thousands: Literal[",", " ", "'"] | None = None
    provenance: Text
    results: Annotated[list[Measured], Field(min_length=1)]
    ignore: list[Text] = Field(default_factory=list)

    @property
    def used(self) -> list[str]:
        """The columns that may be read, each once."""
        keys = [*self.keys, *(name for each in self.results for name in each.columns)]
        return list(dict.fromkeys(keys))

    @property
    def keys(self) -> list[str]:
        """The columns that give the unit and the month of a row."""
        return [self.unit_column, *([self.month_column] if self.month_column else [])]

    @property
    def month_place(self) -> tuple[int, int]:
        """The row and column number of `month_cell`."""
        letters, row = re.fullmatch(r"([A-Z]+)([0-9]+)", self.month_cell or "A1").groups()  # type: ignore[union-attr]
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(row), column


class Extracts(Part):
    """The whole file: a name for each kind of extract."""

    extracts: dict[Slug, Extract] = Field(default_factory=dict)


class Names(NamedTuple):
    """The names that a description may use: units, indicators, cohorts and sections."""

    units: Collection[str]
    codes: Collection[str]
    cohorts: Collection[str]
    sections: Collection[str] = ()


@dataclass(frozen=True)
class Described:
    """An extract, and where `params/extracts.yml` describes it."""

    name: str
    says: Extract
    file: Read[Extracts]

    def check(self, names: Names) -> None:
        """Check the description against the catalogue.

        Raises `UnknownNameError` for a unit, indicator or cohort that is not in it, and
        `ParamsError` when two columns hold the same indicator and cohort.
        """
        for written, unit in self.says.units.items():
            if unit not in names.units:
                raise UnknownNameError("unit", unit, names.units, self.where("units", written))
        for place, each in enumerate(self.says.results):
            if each.code not in names.codes:
                where = self.where("results", place, "code")
                raise UnknownNameError("indicator", each.code, names.codes, where)
            if each.cohort not in names.cohorts:
                where = self.where("results", place, "cohort")
                raise UnknownNameError("cohort", each.cohort, names.cohorts, where)
            before = [(other.code, other.cohort) for other in self.says.results[:place]]
            if (each.code, each.cohort) in before:
                raise ParamsError(
                    f"{self.where('results', place, 'code')}: `{self.name}` reads indicator "
                    f"`{each.code}`, cohort `{each.cohort}`, from two columns. Delete one of them, "
                    "or correct its code"
                )

    def where(self, *place: str | int) -> str:
        """The file and the line of a part of the description."""
        return self.file.where("extracts", self.name, *place)

    @property
    def has_month(self) -> bool:
        """Whether the extract gives its month."""
        return bool(self.says.month_column or self.says.month_cell)


KEY = re.compile(r"^-- ([a-z_]+: .*)$")
"""A line `-- key: value` of the comment above the SQL; other lines are prose."""


@dataclass(frozen=True)
class Query:
    """An extract that is read by the SQL of `file`.

    Its first `above` lines, comments or empty, give the layout.
    """

    name: str
    says: Layout
    file: str
    sql: str
    above: int


def described(workbook: Workbook, name: str) -> Described | Query:
    """How to read the extracts of one name.

    Raises `UnknownNameError` when nothing in `params/` has that name, and `ParamsError` when the
    description is faulty, or nothing is described.
    """
    path, queries = workbook.params("extracts"), _queries(workbook)
    if not (path.exists() or name in queries):
        raise ParamsError(
            f"{workbook.show(path)} is missing: it has to say which column of the extract `{name}` "
            "holds which measure"
        )
    file = located(workbook, path, Extracts) if path.exists() else None
    known = file.value.extracts if file else {}
    if name in queries:
        shown = workbook.show(queries[name])
        if name in known:
            raise ParamsError(f"`{name}` is described in {path.name} and in {shown}. Delete one")
        return _query(name, queries[name], shown)
    if not file or name not in known:
        raise UnknownNameError("extract", name, [*known, *queries], workbook.show(path))
    found = Described(name, known[name], file)
    if found.says.month_column and found.says.month_cell:
        raise ParamsError(
            f"{found.where('month_cell')}: `{name}` has its month in month_column or in "
            "month_cell, not in both"
        )
    return found


def names(workbook: Workbook) -> list[str]:
    """The names of all extracts that `params/` describes; `ParamsError` when it is faulty."""
    path = workbook.params("extracts")
    known = located(workbook, path, Extracts).value.extracts if path.exists() else {}
    return list(dict.fromkeys([*known, *_queries(workbook)]))


def _queries(workbook: Workbook) -> dict[str, Path]:
    """Name → the file of each extract that is read by SQL."""
    folder = workbook.root / "params" / "extracts"
    return {each.stem: each for each in sorted(folder.glob("*.sql"))}


def _query(name: str, path: Path, shown: str) -> Query:
    lines = text_of(path, shown).splitlines()
    top = list(takewhile(lambda line: not line.strip() or line.startswith("--"), lines))
    head = "\n".join(found[1] if (found := KEY.match(line)) else "" for line in top)
    layout = parsed(shown, head, Layout).value
    return Query(name, layout, shown, "\n".join(lines[len(top) :]), len(top))
