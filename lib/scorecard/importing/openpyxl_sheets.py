"""openpyxl's reader of spreadsheets, without the look at each sheet's size.

Some programs write a wrong size. Of a sheet without one openpyxl reads everything to find out, each
time that a file is opened: a minute for a million rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

if TYPE_CHECKING:
    from typing import BinaryIO


class _Sheet(ReadOnlyWorksheet):  # type: ignore[misc]
    """A sheet of unknown size, whose rows are as long as their last cell says."""

    def _get_size(self) -> None:
        """Look at nothing."""


class _Reader(ExcelReader):  # type: ignore[misc]
    def read_worksheets(self) -> None:
        """Find the sheets, and read none of them."""
        for sheet, related in self.parser.find_sheets():
            if related.target in self.valid_files and "chartsheet" not in related.Type:
                found = _Sheet(self.wb, sheet.name, related.target, self.shared_strings)
                found.sheet_state = sheet.state
                self.wb._sheets.append(found)


def opened(file: BinaryIO, *, values: bool) -> Any:
    """The spreadsheet with the values, or the texts, of its formulas; rows are read when asked."""
    reader = _Reader(file, read_only=True, data_only=values, keep_links=False)
    reader.read()
    return reader.wb
