"""The earlier results of an indicator that a month adds: no page of their own has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.rederiving.outlook import rating_of
from support.rederiving.pages import Seen
from support.rederiving.variation import own, supplied
from support.rederiving.writing import rounded

if TYPE_CHECKING:
    from support.rederiving.pages import Page


def remember(page: Page) -> None:
    """Let the page look up earlier month-end results of what its month added, as supplied."""
    known = page.council
    new = {
        row["code"]
        for row in known.changes
        if (row["change"], row["month"]) == ("added", page.month)
    }
    for (unit, code, month), row in supplied(known).items():
        if code not in new or (unit, code) not in page.results or month >= page.month:
            continue
        form = known.indicators[code]["format"]
        assert known.indicators[code]["data_period"] == "SS"
        value = own(row, form)
        text = f"{rounded(value, 0 if form == 'count' else 1)}{'%' if form == 'percent' else ''}"
        mark = known.markers[row["provenance"]]
        cells = {part: Seen(row[part], None, None, mark) for part in ("num", "denom")}
        result = Seen(text, rating_of(page, code, month, value), None, mark)
        known.shown.setdefault((unit, code, month), result)
        known.rows.setdefault((unit, code, month), {**cells, "result": result})
        known.exact.setdefault((unit, code, month), value)
        known.doubtful.setdefault((unit, code, month), row["provenance"] in known.phrases)
