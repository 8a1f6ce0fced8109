"""Pages are light enough for an e-mail and a slow line, in the months with most to say too."""

from __future__ import annotations

from unittest.mock import patch

from scorecard.months import Month
from scorecard.pages import spreadsheet
from scorecard.workbook import Workbook
from support import quick
from support.places import REPOSITORY

MOST = 260_000
"""Bytes of a page, but for one with a panel for each indicator."""
MOST_WITH_PANELS = 400_000
LARGEST = Month(2016, 4)
"""The month of the county's pages with the most exception reports and gaps to explain."""


def test_the_published_month(month):
    sizes = {path.stem: path.stat().st_size for path in month.glob("*.html")}

    assert sizes.pop("children-in-care") <= MOST_WITH_PANELS
    assert {name for name, size in sizes.items() if size > MOST} == set()


def test_the_county_in_its_largest_month():
    with patch.object(spreadsheet, "workbook", lambda *_: b""):
        ((_, page),) = quick.appendices(Workbook.at(REPOSITORY), LARGEST, "county")

    assert MOST / 2 < len(page.html.encode()) <= MOST
