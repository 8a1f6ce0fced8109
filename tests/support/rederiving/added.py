"""The earlier results of an indicator that a month adds: no page of their own has them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from support.rederiving.outlook import rating_of
from support.rederiving.pages import Seen, key
from support.rederiving.variation import own, supplied
from support.rederiving.writing import rounded

if TYPE_CHECKING:
    from support.rederiving.pages import Council, Page


def remember(page: Page) -> None:
    """Let the page look up earlier results of what its month added, as supplied."""
    known = page.council
    new = {
        row["code"]
        for row in known.changes
        if (row["change"], row["month"]) == ("added", page.month)
    }
    for unit, code, month in [*supplied(known)]:
        if code not in new or (unit, code) not in page.results or month >= page.month:
            continue
        rows = [supplied(known).get((unit, code, each)) for each in behind(known, code, month)]
        if not all(rows):
            continue
        sums = {
            part: str(sum(Decimal(row[part]) for row in rows)) if rows[0][part] else ""
            for part in ("num", "denom")
        }
        form, whole = known.indicators[code]["format"], known.of_periods.get((unit, code, month))
        names = {whole} if whole else {row["provenance"] for row in rows}
        value = own(sums, form)
        if value is None:
            continue
        text = f"{rounded(value, 0 if form == 'count' else 1)}{'%' if form == 'percent' else ''}"
        mark, counted = (
            known.marker(*names, of=of).strip(" []") for of in ("marker", "count_marker")
        )
        cells = {part: Seen(sums[part], None, None, counted) for part in ("num", "denom")}
        result = Seen(text, rating_of(page, code, month, value), None, mark)
        known.shown.setdefault((unit, code, month), result)
        known.rows.setdefault((unit, code, month), {**cells, "result": result})
        known.exact.setdefault((unit, code, month), value)
        known.doubtful.setdefault((unit, code, month), not names.isdisjoint(known.phrases))


def behind(known: Council, code: str, month: str) -> list[str]:
    """The months of the data period of a result."""
    row = known.indicators[code]
    number = {"R12M": 12, "YTD": (int(month[5:]) - 4) % 12 + 1}.get(row["data_period"], 1)
    return [key(month, back) for back in range(number if row["supplied"] == "monthly" else 1)]
