"""What the checks of one month read: the store through temporary tables, and the commentary."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from scorecard import texts
from scorecard.errors import MonthError
from scorecard.months import Month
from scorecard.params.reports import selected
from scorecard.unseen import visible_line
from scorecard.wording import slug
from scorecard.workbook import OVERVIEW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scorecard.params.checks import Flow
    from scorecard.store.store import Store
    from scorecard.workbook import Workbook

TABLES = files("scorecard") / "checks" / "tables.sql"
MADE_HERE = """
CREATE OR REPLACE TEMP TABLE asked (month DATE);
CREATE OR REPLACE TEMP TABLE selected (code VARCHAR);
CREATE OR REPLACE TEMP TABLE flows (stock VARCHAR, starts VARCHAR, ends VARCHAR);
CREATE OR REPLACE TEMP TABLE commentary
    (month DATE, code VARCHAR, section VARCHAR, path VARCHAR, text VARCHAR);
"""
SELECTED = """
INSERT INTO selected
SELECT code FROM indicators WHERE CAST($codes AS VARCHAR[]) IS NULL OR list_contains($codes, code)
"""


class Material:
    """One month's results, history and commentary, in tables that `ask` queries."""

    def __init__(
        self, store: Store, workbook: Workbook, month: Month, flows: Sequence[Flow] = ()
    ) -> None:
        self.month = month
        self.workbook = workbook
        self.store = store
        store.rows(MADE_HERE)
        store.rows("INSERT INTO asked VALUES ($month)", month=month.first_day)
        for flow in flows:
            store.rows("INSERT INTO flows VALUES ($stock, $starts, $ends)", **flow.model_dump())
        store.rows(SELECTED, codes=selected(workbook))
        catalogue = store.rows("SELECT DISTINCT section FROM indicators")
        sections = {OVERVIEW + slug(row["section"]): row["section"] for row in catalogue}
        for written, path in _commentary(workbook, month):
            text = texts.read(path, workbook.show(path), texts.COMMENTARY)
            if not text.strip():
                continue  # as pages do: such a file is no commentary
            store.rows(
                "INSERT INTO commentary VALUES ($month, $code, $section, $path, $text)",
                month=written.first_day, code=visible_line(path.stem),
                section=sections.get(path.stem), path=workbook.show(path),
                text=text,
            )  # fmt: skip
        store.rows(TABLES.read_text(encoding="utf-8"))

    def ask(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of a query on the tables of `tables.sql`."""
        return self.store.rows(query, **parameters)


def _commentary(workbook: Workbook, month: Month) -> Iterator[tuple[Month, Path]]:
    """Every commentary file up to `month`, with the month it belongs to."""
    for path in sorted((workbook.root / "data" / "commentary").glob("*/*.md")):
        try:
            written = Month.parse(path.parent.name)
        except MonthError:
            continue
        if written <= month:
            yield written, path
