"""A draft of how to read a file, from what it looks like and from the names of the catalogue.

What is a list of children has no cell of it in the draft, only headers.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from scorecard.errors import LoadError, brief
from scorecard.importing import grid
from scorecard.importing.look import Indicator, Look, written
from scorecard.importing.result_columns import ResultColumns
from scorecard.importing.sources import cells_of, copy_of
from scorecard.importing.wide import GROUPED
from scorecard.input_faults import Fault
from scorecard.params.extracts import EMPTY_ROW, Layout
from scorecard.store.csv_files import UnreadableError
from scorecard.store.sql_files import sql
from scorecard.store.staging import COLUMNS
from scorecard.unseen import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scorecard.importing.comparing import Comparison

SIGNS = {
    "c": "withheld", "*": "withheld", "z": "not applicable", "n/a": "not applicable",
    "x": "not available", "..": "not available", ":": "not available",
}  # fmt: skip
"""What statistics offices write instead of a figure (Government Statistical Service)."""

EMPTY = frozenset({"-", "–"})
CODE = "CODE"
"""What is written for the code of an indicator that can't be guessed."""

Shape = Literal[
    "simple", "months_across", "month_in_headers", "measures_in_rows", "one_figure_a_row",
    "rows_to_count",
]  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """A description: of `params/extracts.yml`, or of `params/extracts/NAME.sql` if `sql`.

    `unplaced` says what has to be looked at, `needs_month` whether the load needs --month.
    """

    name: str
    text: str
    sql: bool
    needs_month: bool
    unplaced: tuple[str, ...]


def drafted(into: Comparison, path: Path, sheet: str | None, name: str) -> Draft:
    """What a file seems to be.

    Raises `UnreadableError` when it can't be read or is empty, and `LoadError` when it needs no
    description.
    """
    shown = visible_line(str(path).encode("utf-8", "replace").decode())
    copied = copy_of(path, shown, into)
    layout = Layout(sheet=sheet) if grid.is_spreadsheet(copied, shown) else written(copied)
    cells, _, _ = cells_of(copied, shown, layout, into)
    if not any(any(row) for row in cells.rows()):
        raise UnreadableError(Fault(shown, 0, "", "there is nothing in it.", "Name another file."))
    look = Look(into, cells, layout)
    if set(COLUMNS["results"]) <= set(look.header):
        raise LoadError(f"{shown} has the columns of a results file: load it without --extract.")
    return _Drafting(look, name).draft()


@dataclass
class _Drafting:
    """A description while it is written."""

    look: Look
    name: str
    unplaced: list[str] = field(default_factory=list)

    def draft(self) -> Draft:
        """The description."""
        shape, month = self._shape(), self._month_of_file()
        asks = not month and shape not in ("months_across", "month_in_headers")
        text = self._yaml() if shape == "simple" else self._sql(shape, month or "$month")
        return Draft(self.name, text, shape != "simple", asks, tuple(self.unplaced))

    def _shape(self) -> Shape:
        look = self.look
        months = [words for name in look.header if (words := look.month_in(name)) is not None]
        if look.unit is None and len(look.units_in(look.header)) > 1:
            return "measures_in_rows"
        counted = not months and look.measure is None and look.repeated
        if look.without_figures or counted:
            return "rows_to_count"
        if months:
            return "month_in_headers" if any(months) else "months_across"
        return "simple" if look.measure is None else "one_figure_a_row"

    def _month_of_file(self) -> str:
        """SQL for the month that a cell above the header or a column holds; empty for none."""
        if found := re.fullmatch(r"([A-Z]+)([0-9]+)", self.look.month_cell):
            return f"(SELECT {found[1]} FROM top WHERE row = {found[2]})"  # noqa: S608 (to be read)
        column = self.look.month_column
        return self._column(column) if column is not None else ""

    def _sql(self, shape: Shape, month: str) -> str:
        """The SQL of a layout that is not simple."""
        look = self.look
        template = sql(f"drafts/{shape}")
        given = {
            "unit": "'UNIT'" if look.unit is None else self._column(look.unit),
            "month": month, "code": f"'{CODE}'", "provenance": _literal(look.provenance),
        }  # fmt: skip
        if look.unit is None and shape != "measures_in_rows":
            self.unplaced.append("no column names units as units.csv does: write one for 'UNIT'")
        if shape in ("months_across", "rows_to_count"):
            self.unplaced.append(f"which indicator it is: write its code for {CODE}")
        if shape == "months_across":
            months = [name for name in look.header if look.month_in(name) == ""]
            given["columns"] = _literal(_pattern(months[0]))
        elif shape == "month_in_headers":
            words = list(dict.fromkeys(w for name in look.header if (w := look.month_in(name))))
            given["columns"] = _literal(f"^({'|'.join(map(re.escape, words))}) ")
            given["cases"] = self._cases(words, by_header=True)
        elif shape == "measures_in_rows":
            measure = next(n for n in range(len(look.header)) if look.column(n))
            units = [n for n, name in enumerate(look.header) if look.units_in([name])]
            given["columns"] = ", ".join(map(self._column, units))
            given["measure"] = self._column(measure)
            given["cases"] = self._cases(look.column(measure))
        elif look.measure is not None and shape == "one_figure_a_row":
            given["measure"] = self._column(look.measure)
            given["figure"] = self._column(look.figures[0])
            given["cases"] = self._cases(look.column(look.measure))
        return "\n".join([*self._head(), template.format(**given)])

    def _column(self, number: int) -> str:
        return _quoted(self.look.by_name(number))

    def _indicator(self, name: str) -> Indicator:
        """The indicator that is called most nearly so; what is not quite so is to be looked at."""
        found = self.look.indicator(name)
        if found.code and self.look.alike(name) != self.look.alike(found.name):
            given = f"`{brief(name)}` is read as indicator `{found.code}`, {found.name}"
            self.unplaced.append(given)
        return found

    def _code(self, name: str) -> str:
        found = self._indicator(name)
        if not found.code:
            self.unplaced.append(f"`{brief(name)}`: no indicator has a name like this")
        return found.code or CODE

    def _cases(self, names: Iterable[str], *, by_header: bool = False) -> str:
        """What each measure is, as the arms of a CASE."""
        arms = []
        for name in dict.fromkeys(names):
            test = f"header LIKE {_literal(name + ' %')}" if by_header else _literal(name)
            arms.append(f"WHEN {test} THEN {_literal(self._code(name))}")
        return "\n            ".join(arms)

    def _head(self, mark: str = "-- ") -> Iterator[str]:
        """Where the table is, as the description gives it."""
        if self.look.layout.sheet:
            yield f"{mark}sheet: {_text(self.look.layout.sheet)}"
        if self.look.first_row > 1:
            yield f"{mark}header_row: {self.look.first_row}"
        if self.look.levels > 1:
            yield f"{mark}header_rows: {self.look.levels}"
        if self.look.layout.encoding != "utf-8":
            yield f"{mark}encoding: {self.look.layout.encoding}"
        if self.look.layout.separator != ",":
            yield f"{mark}separator: {_text(self.look.layout.separator)}"

    def _yaml(self) -> str:
        """The description of a simple layout."""
        lines = [f"  {self.name}:", *self._head("    ")]
        month = self.look.month_column
        if cell := self.look.month_cell:
            lines.append(f"    month_cell: {cell}")
        elif month is not None:
            lines.append(f"    month_column: {_text(self.look.header[month])}")
        unit = self.look.unit or 0
        if self.look.unit is None:
            self.unplaced.append(
                f"column `{self.look.header[unit]}`: no unit has a name like these"
            )
        lines.append(f"    unit_column: {_text(self.look.header[unit])}")
        lines += self._unit_lines(unit) if self.look.unit is not None else ()
        if self.look.ends:
            lines.append(f"    ends_before: {EMPTY_ROW}")
        lines += self._cell_lines()
        lines.append(f"    provenance: {_text(self.look.provenance)}")
        keys = {unit, *([month] if month is not None and not cell else [])}
        return "\n".join([*lines, *self._result_lines(keys)]) + "\n"

    def _unit_lines(self, unit: int) -> Iterator[str]:
        mapped, skip = {}, []
        for name in dict.fromkeys(row[unit] for row in self.look.rows):
            if self.look.alike(name) in self.look.units:
                continue
            near = get_close_matches(self.look.alike(name), self.look.units, n=1, cutoff=0.8)
            if near and name:
                mapped[name] = self.look.units[near[0]]
            elif not name or re.search(r"\btotal\b", name, re.IGNORECASE):
                skip.append(name)
            else:
                self.unplaced.append(f"unit `{brief(name)}`: name it under units or under skip")
        if mapped:
            yield "    units:"
        for name, slug in mapped.items():
            yield f"      {_text(name)}: {slug}"
            self.unplaced.append(f"unit `{brief(name)}` is read as `{slug}`")
        if skip:
            yield f"    skip: [{', '.join(map(_text, skip))}]"
            self.unplaced += [f"rows of `{brief(name)}` are skipped" for name in skip]

    def _cell_lines(self) -> Iterator[str]:
        """What cells hold instead of plain figures."""
        cells = {cell for number in self.look.figures for cell in self.look.column(number)}
        if empty := sorted(EMPTY & cells):
            yield f"    empty: [{', '.join(map(_text, empty))}]"
        if signs := [sign for sign in SIGNS if sign in cells]:
            yield f"    signs: {{{', '.join(f'{_text(s)}: {SIGNS[s]}' for s in signs)}}}"
        for sign, pattern in GROUPED.items():
            if any(map(pattern.fullmatch, cells)):
                yield f"    thousands: {_text(sign)}"
                break

    def _result_lines(self, keys: set[int]) -> Iterator[str]:
        """The results that the columns hold, but for those of `keys`, and the columns left over."""
        columns = ResultColumns(self.look, self._indicator, self.unplaced)
        results, ignored = columns.placed(keys)
        yield "    results:"
        for indicator, parts in results.items():
            given = ", ".join(f"{key}: {_text(name)}" for key, name in sorted(parts.items())[::-1])
            yield f"      - {{code: {_text(indicator.code)}, {given}}}"
        if not results:
            self.unplaced.append(f"no result is placed: write one for {CODE}")
            yield f"      - {{code: {CODE}, num: {CODE}}}"
        if ignored:
            yield "    ignore:"
            yield from (f"      - {_text(name)}" for name in ignored)


def _pattern(month: str) -> str:
    """A pattern of the headers that are written as one month is."""
    return "^" + re.sub("[0-9]+", "[0-9]+", re.sub("[A-Za-z]+", "[A-Za-z]+", month)) + "$"


def _quoted(name: str) -> str:
    """A name as SQL writes that of a column."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _text(text: str) -> str:
    """A text as YAML writes it."""
    return json.dumps(text, ensure_ascii=False)
