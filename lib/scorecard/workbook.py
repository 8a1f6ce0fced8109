"""Where things are: a workbook is a folder that holds one council's `data/` and `params/`."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.disk import SYSTEM
from scorecard.errors import WorkbookError
from scorecard.months import WRITTEN
from scorecard.unseen import visible_line
from scorecard.wording import slug

if TYPE_CHECKING:
    from scorecard.months import Month

VARIABLE = "SCORECARD_WORKBOOK"
"""The environment variable that names the workbook of a notebook."""

STORE_VARIABLE = "SCORECARD_STORE"
"""The environment variable with the name of the checked store, for the notebooks of a batch:
all notebooks of a run read the same one."""

FOLDER_VARIABLE = "SCORECARD_STORE_FOLDER"
"""The environment variable that names a folder for what is built from `data/`, where that can't be
written or is on a network share."""

OF_ROOT = 12
"""Digits of the hash of a workbook's folder, by which its store is known among others."""

RESULTS = re.compile(rf"{WRITTEN}\.csv")


OVERVIEW = "overview-"
"""The prefix of the file name of a section's overview."""

FORMAT = 2
"""The format of `data/` and `params/` that workbooks are made in; older ones work too.

1: no file gives the format. 2: the ledger holds what the reference data, parameters
and commentary were (`ledger/versions.py`).
"""

SAYS_FORMAT = re.compile(r"^format: *([1-9][0-9]*) *\r?$", re.MULTILINE)


def is_results(path: Path) -> bool:
    """Whether a file is named as a results file is: `2016-08.csv`."""
    return RESULTS.fullmatch(path.name) is not None and not path.is_dir()


@dataclass(frozen=True)
class Workbook:
    """One council's inputs. It knows the names of files, and reads only which format they have."""

    root: Path

    @classmethod
    def at(cls, folder: Path | str) -> Workbook:
        """The workbook in `folder`.

        Raises `WorkbookError` when it holds no `data/` and `params/`, or is of a newer format.
        """
        root = Path(folder).expanduser().resolve()
        missing = [name for name in ("data", "params") if not (root / name).is_dir()]
        if missing:
            raise WorkbookError(
                f"{root} is not a workbook: it has no folder "
                + " and no folder ".join(f"`{name}/`" for name in missing)
            )
        found = cls(root)
        if found.format > FORMAT:
            raise WorkbookError(
                f"{root} is a workbook of format {found.format}, as "
                f"{found.show(found.format_file)} says, and this program knows formats up to "
                f"{FORMAT}. Install a newer version of the program"
            )
        return found

    @classmethod
    def find(cls) -> Workbook:
        """The workbook a notebook belongs to.

        The batch names it in the environment; in JupyterLab it is the nearest folder above the
        notebook that holds `data/` and `params/`.
        """
        named = os.environ.get(VARIABLE)
        if named:
            return cls.at(named)
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / "data").is_dir() and (folder / "params").is_dir():
                return cls.at(folder)
        raise WorkbookError(
            f"no workbook found: neither {here} nor a folder above it holds `data/` and "
            f"`params/`. Start JupyterLab inside the workbook, or set {VARIABLE} to its folder."
        )

    @property
    def built(self) -> Path:
        """The folder of all that is built from `data/`: stores, their copy, lock and decisions.

        It is `data/` itself, or one of this workbook alone in the folder that the environment
        names. Raises `WorkbookError` when that is not a whole path.
        """
        named = os.environ.get(FOLDER_VARIABLE)
        if not named:
            return self.root / "data"
        folder = Path(named).expanduser()
        if not folder.is_absolute():
            raise WorkbookError(
                f"{FOLDER_VARIABLE} is `{visible_line(named)}`, which depends on the current "
                "folder: give the whole path of one"
            )
        of_root = hashlib.sha256(str(self.root).encode()).hexdigest()[:OF_ROOT]
        return folder / f"{self.root.name}-{of_root}"

    @property
    def format_file(self) -> Path:
        """What says which format `data/` and `params/` have; missing in format 1."""
        return self.root / "data" / "format.yml"

    @property
    def format(self) -> int:
        """The format of `data/` and `params/`; `WorkbookError` when the file doesn't say it."""
        try:
            text = self.format_file.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return 1
        except (OSError, UnicodeDecodeError):
            text = ""
        formats = SAYS_FORMAT.findall(text)
        if len(formats) != 1:
            raise WorkbookError(
                f"{self.show(self.format_file)} doesn't say which format the workbook has. Bring "
                f"it back from a copy; in a workbook of today it has the line `format: {FORMAT}`"
            )
        return int(formats[0])

    @property
    def stores(self) -> Path:
        """The folder of the stores; never committed."""
        return self.built / ".store"

    def store(self, name: str) -> Path:
        """The DuckDB file of that name (`building`)."""
        return self.stores / f"{name}.duckdb"

    @property
    def store_copy(self) -> Path:
        """A copy of the store for DuckDB's own program, read by nothing here; never committed."""
        return self.built / "scorecard.duckdb"

    @property
    def secret(self) -> Path:
        """What seals the hashes in packs that withhold small numbers; never committed."""
        return self.root / "data" / ".secret"

    def withheld(self, month: Month) -> Path:
        """What is withheld in a month, worked out from the store; never committed."""
        return self.store_copy.with_suffix(f".withheld-{month}.json")

    def reference(self, name: str) -> Path:
        """A catalogue file: `indicators`, `targets`, `units`, or an optional one."""
        return self.root / "data" / "reference" / f"{name}.csv"

    def results(self) -> list[Path]:
        """Every results file, which is named after its month: oldest first."""
        return [path for path in self._in_results() if is_results(path)]

    def strays(self) -> list[Path]:
        """Visible paths in the folder of results that are no results files, nor the system's."""
        return [path for path in self._in_results() if not is_results(path)]

    def _in_results(self) -> list[Path]:
        found = sorted((self.root / "data" / "results").glob("*"))
        return [path for path in found if not path.name.startswith(".") and path.name not in SYSTEM]

    def month_results(self, month: Month | str) -> Path:
        """The results file of one month."""
        return self.root / "data" / "results" / f"{month}.csv"

    @property
    def loads(self) -> Path:
        """The ledger: what was loaded when, by whom and why, a numbered folder a load."""
        return self.root / "data" / "loads"

    @property
    def versions(self) -> Path:
        """The versions of reference data, parameters and commentary (`ledger/versions.py`)."""
        return self.loads / "versions"

    def commentary(self, month: Month, code: str) -> Path:
        """Where the lead officer's commentary on one indicator would be."""
        return self.root / "data" / "commentary" / str(month) / f"{code}.md"

    def overview(self, month: Month, section: str) -> Path:
        """Where the overview of a section of the catalogue would be."""
        return self.commentary(month, f"{OVERVIEW}{slug(section)}")

    def params(self, name: str) -> Path:
        """A parameter file: `reports`, `wording` or a month such as `2016-08`."""
        return self.root / "params" / f"{name}.yml"

    @property
    def notebooks(self) -> Path:
        """The folder of the workbook's own notebooks, which may be missing."""
        return self.root / "notebooks"

    def notebook(self, name: str, shared: Path) -> Path:
        """Where the notebook file `name` is: the workbook's own, or else in the folder `shared`."""
        own = self.notebooks / name
        return own if own.is_file() else shared / name

    def show(self, path: Path) -> str:
        """A path as a person knows it: from the workbook's own folder, with forward slashes."""
        if path.is_relative_to(self.root):
            return visible_line(path.relative_to(self.root).as_posix())
        return visible_line(str(path))
