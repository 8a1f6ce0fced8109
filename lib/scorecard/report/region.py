"""One indicator over all councils of a region, from the figures that their packs publish.

Nothing else of a council is read, so a figure that a pack withholds is not known here.
"""

from __future__ import annotations

from glob import glob
from typing import TYPE_CHECKING

import duckdb

from scorecard import display
from scorecard.data_table import Sign
from scorecard.errors import UnknownNameError, WorkbookError
from scorecard.figure import NOT_SHOWN, WHOLE, Figure, Withheld
from scorecard.months import Month
from scorecard.outputs import Fragment, Nothing
from scorecard.report import columns, in_files, outlook_drawings, outlook_prose, outlook_views
from scorecard.report.cell import Cell
from scorecard.report.page_furniture import style
from scorecard.report.streaks import Streak
from scorecard.report.tables import Col, Table, render
from scorecard.store import packs
from scorecard.store.names import records
from scorecard.store.sql_files import query, sql
from scorecard.wording import PROGRAM, counted
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from pathlib import Path

    from scorecard.report.cell import Record

LEFT_OUT = {
    "other-definition": "another indicator than most councils have by this code",
    "no-counts": "published without numerator and denominator",
    "estimated": "an estimate",
    "no-percentage": "not a percentage",
    NOT_SHOWN: "withheld, since it rests on small numbers",
}
"""Why a council's figure is not compared, where it has one."""
HOW = Withheld(
    Sign(display.STATED["withheld"].sign, "withheld by its pack"), "not shown",
    "its pack withholds it, since it rests on small numbers",
)  # fmt: skip
"""How a figure is written that a pack withholds, whatever sign its council has for that."""
EVIDENCE = {"some": "{}, which may still be chance", "evidence": "{} than chance would make it"}
"""What a cell says of a difference from all councils together, `{}` being higher or lower."""
KNOWN = "SELECT DISTINCT code FROM read_parquet($files) WHERE parent IS NULL ORDER BY code"


class Region:
    """Questions about one indicator in one month, over the councils whose folders match a pattern.

    `councils` is as in `--workbooks`, from the folder of the workbook that the notebook is in. An
    unknown indicator raises an error that names the nearest, a pattern without a folder another. A
    council whose pack is missing or was changed is named, and left out.
    """

    def __init__(
        self, month: str, indicator: str, councils: str = ".", workbook: Workbook | None = None
    ) -> None:
        self._month, self._code, self._pattern = Month.parse(month), indicator, councils
        root = (workbook or Workbook.find()).root
        found = sorted(root / each for each in glob(councils, root_dir=root))  # noqa: PTH207
        folders = [each.resolve() for each in found if each.is_dir()]
        if not folders:
            raise WorkbookError(f"no folder of {root} matches `{councils}`")
        figures = {
            each.name: packs.figures(each / "outputs" / str(self._month)) for each in folders
        }
        self._without = [name for name, path in figures.items() if not path]
        self._rows = self._asked([path for path in figures.values() if path])

    def funnel(self) -> Fragment | Nothing:
        """Do councils differ by more than chance would make them?"""
        if not self._rows:
            return self._unpublished
        drawn = [each for each in self._rows if each["z"] is not None]
        if len(drawn) < 2:
            return Nothing(
                "There is no funnel: fewer than two councils publish a percentage of "
                f"{self._title}, that can be compared."
            )
        name, whole = f"councils-{self._code}", drawn[0]
        result = display.result(whole["whole_result"], "percent")
        of = counted(whole["number"], "council", "councils")
        html = render(
            "outlook_areas.html.jinja",
            name=name,
            sentences=[
                f"{self._title}: {result} in {of} together. "
                + outlook_prose.areas_by_chance(drawn, len(self._rows), "councils")
            ],
            ranges=outlook_drawings.ranges(drawn, f"{result} together", name),
        )
        return Fragment(html, [self._table.data], style=style())

    def table(self) -> Fragment | Nothing:
        """What does each council publish, and is it compared?"""
        if not self._rows:
            return self._unpublished
        made = self._table
        return Fragment(made.html + self._note, [made.data], style=style())

    @property
    def _title(self) -> str:
        return f"{self._rows[0]['name']} ({self._code}), {self._month.words}"

    @property
    def _table(self) -> Table:
        shown = [
            Col("council", "Council", lambda row: Cell(row["unit_name"]), numeric=False,
                header=True, data=[in_files.key("council", "Name of the council")]),
            columns.result(), columns.numerator(), columns.denominator(),
            Col("compared", "Difference from all together", _compared, numeric=False,
                data=[*outlook_views.beside_whole(), in_files.key(
                    "left_out", "Why it is not compared; empty where it is", "Not compared")]),
        ]  # fmt: skip
        return Table("councils", f"Councils: {self._title}", shown, [("", self._rows)])

    @property
    def _note(self) -> str:
        """Which councils are left out, and what a rating is."""
        words = ["Each rating is against the council's own target."]
        if self._without:
            names = display.listed(self._without)
            words.append(f"The pack of {self._month.words} is missing or was changed: {names}.")
        return str(render("paragraph.html.jinja", text=" ".join(words)))

    @property
    def _unpublished(self) -> Nothing:
        """What to do where no council has published."""
        which = "" if self._pattern == "." else f" --workbooks '{self._pattern}'"
        return Nothing(
            f"No council of `{self._pattern}` has published {self._month.words}. Run "
            f"`{PROGRAM} {self._month}{which}` first, then run this notebook again."
        )

    def _asked(self, files: Sequence[Path]) -> list[Record]:
        """What the packs in `files` say of the indicator."""
        if not files:
            return []
        with duckdb.connect() as connection:
            for name in ("formats", "rounding", "chance"):
                connection.execute(sql(f"macros/{name}"))
            asked = {"files": [str(path) for path in files]}
            found = records(connection, query("across_councils"), {**asked, "code": self._code})
            if not found:
                known = records(connection, KNOWN, asked)
                raise UnknownNameError("indicator", self._code, [each["code"] for each in known])
        return [_beside(row) for row in found]


def _beside(row: Record) -> Record:
    """A row of the answer as tables and drawings take it, with its figure."""
    own = {"unit_name": row["council"], "result": row["exact"], "marker": "", "streak": Streak()}
    return {**row, **own, "latest": _figure(row)}


def _figure(row: Record) -> Figure:
    """The figure as its pack publishes it; a withheld one says so."""

    def places(value: Decimal | None) -> int:
        return 0 if value is None else display.own_places(value)

    decimals = max(display.usual_places(row["format"]), places(row["result"]))
    figure = Figure(
        unit=row["unit"], code=row["code"], cohort=WHOLE, month=None, period=row["data_period"],
        format=row["format"], status=row["status"], num=row["num"], denom=row["denom"],
        finished=row["left_out"] == "no-counts", num_places=places(row["num"]),
        denom_places=places(row["denom"]), result=row["result"], shown=row["result"],
        shown_places=decimals, precise=row["result"], places=decimals, near_threshold=False,
        rating=row["rating"], direction=None,
        provenance=tuple((row["provenance"] or "").split(" + ")), added_up=False, revised=False,
    )  # fmt: skip
    if row["status"] != NOT_SHOWN:
        return figure
    return figure.without(["num", "denom"], HOW)


def _compared(row: Record) -> Cell:
    """Whether a council differs from all of them, or why it is not compared."""
    why = row["left_out"]
    if why:
        reason = LEFT_OUT.get(why) or display.STATUSES[why].word
        return Cell(f"not compared: {reason}", quiet=True)
    if row["number"] < 2:
        return Cell("not compared: no other council to compare it with", quiet=True)
    if row["z"] is None:
        return Cell("not compared: all together are 0% or 100%", quiet=True)
    if row["evidence"] == "none":
        return Cell("no more than chance would make")
    return Cell(EVIDENCE[row["evidence"]].format("higher" if row["z"] > 0 else "lower"))
