"""Documents that are added to a pack unchanged, such as a business plan's end-of-year report.

`params/reports.yml` names them, and they are in `params/attachments/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.errors import ParamsError, lines_of, plain_words
from scorecard.months import day_words
from scorecard.params.reports import read_reports
from scorecard.params.wording import year_begins

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.months import Month
    from scorecard.workbook import Workbook

FOLDER = "attachments"
"""Where they are in `params/`, and in a pack."""
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
STARTS = {
    "pdf": b"%PDF-", "docx": ZIP, "xlsx": ZIP, "pptx": ZIP, "odt": ZIP, "ods": ZIP, "odp": ZIP,
    "doc": OLD_OFFICE, "xls": OLD_OFFICE, "ppt": OLD_OFFICE, "csv": b"", "txt": b"",
}  # fmt: skip
"""The extensions of files that may be attached → the first bytes of such a file."""
LARGEST = 25 << 20
"""The most bytes of an attached file."""


@dataclass(frozen=True)
class Attached:
    """A document of a month's pack: the `content` of its file; `words` give its owner and date."""

    name: str
    title: str
    words: str
    content: bytes

    @property
    def in_pack(self) -> str:
        """Its path in the pack."""
        return f"{FOLDER}/{self.name}"

    @property
    def kind(self) -> str:
        """Its format, such as `PDF`."""
        return self.name.rpartition(".")[2].upper()

    @property
    def in_full(self) -> str:
        """Its title, owner and date: `Business plan (Finance, 30 April 2016)`."""
        return f"{self.title} ({self.words})" if self.words else self.title


def attached(workbook: Workbook, month: Month) -> list[Attached]:
    """The documents that go with the pack of `month`, in the order of `params/reports.yml`.

    Raises `ParamsError`, with every fault found, for a file that is missing, empty, too large,
    can't be read, or is not of the kind that its extension says, and for a name used twice.
    """
    reports, begins = read_reports(workbook), year_begins(workbook)
    found: list[Attached] = []
    faults: list[str] = []
    for number, entry in enumerate(reports.value.attachments):
        if not entry.is_due(month, begins):
            continue
        name = entry.file.replace("{month}", str(month))
        path = workbook.root / "params" / FOLDER / name
        where = f"{reports.where('attachments', number, 'file')}: `file`: {workbook.show(path)}"
        fault = f"is named twice in {month}" if name in [a.name for a in found] else _fault(path)
        if fault:
            faults.append(f"{where} {fault}")
            continue
        day = day_words(entry.date) if entry.date else ""
        words = ", ".join(filter(None, [entry.owner, day]))
        found.append(Attached(name, entry.title, words, path.read_bytes()))
    if faults:
        raise ParamsError(lines_of(faults))
    return found


def _fault(path: Path) -> str:
    """What is wrong with a file, in words that follow its name; empty if it can be attached."""
    kind = path.suffix[1:].lower()
    try:
        size = path.stat().st_size
        if not path.is_file():
            return "is not a file"
        with path.open("rb") as file:
            begins = file.read(8)
    except FileNotFoundError:
        return "is missing. Put it there, or take the entry out"
    except OSError as error:
        return f"can't be read: {plain_words(error)}"
    if not size:
        return "is empty. Save it again"
    if size > LARGEST:
        return f"has more than {LARGEST >> 20} MiB. Save it smaller"
    if not begins.startswith(STARTS[kind]):
        return f"is not what its name says: it doesn't begin as a {kind} file. Save it again"
    return ""
