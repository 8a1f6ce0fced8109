"""`params/extracts.yml`: how to read an extract as a case-management system prints it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from scorecard.errors import ParamsError, UnknownNameError
from scorecard.params.files import Part, Slug, Text, located

if TYPE_CHECKING:
    from collections.abc import Collection

    from scorecard.params.files import Read
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


@dataclass(frozen=True)
class Described:
    """An extract, and where `params/extracts.yml` describes it."""

    name: str
    says: Extract
    file: Read[Extracts]

    def check(self, units: Collection[str], codes: Collection[str]) -> None:
        """Hold the description against the catalogue.

        Raises `UnknownNameError` for a unit or an indicator that it doesn't know, and `ParamsError`
        when two columns are the same indicator of one cohort.
        """
        for said, unit in self.says.units.items():
            if unit not in units:
                raise UnknownNameError("unit", unit, units, self.where("units", said))
        for place, each in enumerate(self.says.results):
            if each.code not in codes:
                where = self.where("results", place, "code")
                raise UnknownNameError("indicator", each.code, codes, where)
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


def described(workbook: Workbook, name: str) -> Described:
    """How to read the extracts of one name.

    Raises `UnknownNameError` when `params/extracts.yml` has no such name, and `ParamsError` when it
    is missing or faulty.
    """
    path = workbook.params("extracts")
    if not path.exists():
        raise ParamsError(
            f"{workbook.show(path)} is missing: it has to say which column of the extract `{name}` "
            "holds which measure"
        )
    file = located(workbook, path, Extracts)
    if name not in file.value.extracts:
        raise UnknownNameError("extract", name, file.value.extracts, file.name)
    found = Described(name, file.value.extracts[name], file)
    if found.says.month_column and found.says.month_cell:
        raise ParamsError(
            f"{found.where('month_cell')}: `{name}` has its month in month_column or in "
            "month_cell, not in both"
        )
    return found
