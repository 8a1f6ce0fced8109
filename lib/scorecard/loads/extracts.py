"""`params/extracts.yml`: how to read an extract as a case-management system prints it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from scorecard.errors import ParamsError, UnknownNameError
from scorecard.params import Part, Slug, Text, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.workbook import Workbook

CellName = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$")]


class Measured(Part):
    """One indicator's columns. Without `denom` it is a count."""

    code: Text
    num: Text
    denom: Text | None = None
    cohort: Literal["all", "excluding_uasc"] = "all"


class Extract(Part):
    """One kind of extract; the keys are explained at the top of `params/extracts.yml`."""

    sheet: Text | None = None
    header_row: Annotated[int, Field(ge=1)] = 1
    month_column: Text | None = None
    month_cell: CellName | None = None
    unit_column: Text
    units: dict[Text, Text] = Field(default_factory=dict)
    skip: list[Text] = Field(default_factory=list)
    empty: list[Text] = Field(default_factory=list)
    provenance: Text
    results: Annotated[list[Measured], Field(min_length=1)]
    ignore: list[Text] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_month(self) -> Extract:
        if self.month_column and self.month_cell:
            raise ValueError("the month stands in month_column or in month_cell, not in both")
        return self

    @property
    def used(self) -> list[str]:
        """The columns that are read, each once."""
        keys = [self.unit_column, *([self.month_column] if self.month_column else [])]
        keys += [name for each in self.results for name in (each.num, each.denom) if name]
        return list(dict.fromkeys(keys))

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


def extract(workbook: Workbook, name: str) -> Extract:
    """One extract of `params/extracts.yml`; `UnknownNameError` when it isn't there."""
    path = workbook.params("extracts")
    if not path.exists():
        raise ParamsError(
            f"{workbook.show(path)} is missing: it would say which column of the extract `{name}` "
            "is which measure"
        )
    known = read(workbook, path, Extracts).extracts
    if name not in known:
        raise UnknownNameError("extract", name, known, workbook.show(path))
    return known[name]


def check_names(made: Extract, where: str, units: set[str], codes: set[str]) -> None:
    """Hold the units and indicators of an extract against the catalogue.

    Raises `UnknownNameError` for the first that the catalogue doesn't know.
    """
    for kind, name, known in _names(made, units, codes):
        if name not in known:
            raise UnknownNameError(kind, name, sorted(known), where)


def _names(made: Extract, units: set[str], codes: set[str]) -> Iterator[tuple[str, str, set[str]]]:
    yield from (("unit", unit, units) for unit in made.units.values())
    yield from (("indicator", each.code, codes) for each in made.results)
