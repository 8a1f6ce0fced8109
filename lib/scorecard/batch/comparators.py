"""Medians of what the councils of a region publish, for each one's `comparators.csv`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import duckdb

from scorecard import texts
from scorecard.disk import write_whole
from scorecard.display import DATA_PERIODS
from scorecard.errors import WorkbookError
from scorecard.store.names import records
from scorecard.store.sql_files import query
from scorecard.store.staging import COLUMNS
from scorecard.wording import counted, named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scorecard.months import Month
    from scorecard.params.region import Region
    from scorecard.workbook import Workbook

NEIGHBOURS = "Statistical neighbours (median)"
LISTED = 15
"""Councils that a source names; more are only counted."""

Row = dict[str, str]


def rows(packs: Mapping[str, Path], region: Region, month: Month) -> dict[str, list[Row]]:
    """The rows for each council, to be shown from the month after `month`.

    `packs` has the figures of each council that has published. The region's medians are of all of
    them, with the council itself.
    """
    found: dict[str, list[Row]] = {council: [] for council in packs}
    if not packs:
        return found
    groups = [{"name": _whole(region), "members": [*packs], "readers": [*packs]}]
    groups += [
        {"name": NEIGHBOURS, "members": members, "readers": [council]}
        for council, members in region.neighbours.items()
    ]
    asked = {"files": [str(path) for path in packs.values()], "councils": [*packs],
             "groups": groups, "at_least": region.at_least}  # fmt: skip
    with duckdb.connect() as connection:
        medians = records(connection, query("medians"), asked)
    for each in medians:
        of = counted(each["number"], "council", "councils")
        found[each["council"]].append({
            "code": each["code"], "comparator": each["comparator"], "valid_from": str(month + 1),
            "period": DATA_PERIODS[each["data_period"]].of(month.words),
            "result": f"{each['result'].normalize():f}",
            "source": f"Median of the published results of {of}: {named(each['names'], LISTED)}",
        })  # fmt: skip
    return found


def _whole(region: Region) -> str:
    """The name of the comparator of all councils."""
    return f"{region.name} (median)"


def put(workbook: Workbook, new: list[Row], region: Region, month: Month) -> bool:
    """Put `new` rows into comparators.csv, in place of those that were made of `month` before.

    Returns whether the file has changed. The other rows stay as they are.
    """
    path, columns = workbook.reference("comparators"), COLUMNS["comparators"]
    before: list[Row] = []
    if path.exists():
        read = csv.DictReader(io.StringIO(texts.read(path, workbook.show(path), texts.PARAMETERS)))
        if list(read.fieldnames or ()) != list(columns):
            raise WorkbookError(
                f"{workbook.show(path)} doesn't have the columns {', '.join(columns)}"
            )
        before = list(read)
    made, since = (_whole(region), NEIGHBOURS), str(month + 1)
    kept = [r for r in before if r["comparator"] not in made or r["valid_from"] != since]
    if [*kept, *new] == before:
        return False
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows([*kept, *new])
    write_whole(path, text.getvalue().encode())
    return True
