"""Pages say once what a reader needs once: the month, and what a table beside a figure says."""

from __future__ import annotations

import pytest

from support.page_figures import page

MONTH = "August 2016"
MOST = {
    "county": 42, "children-in-care": 120, "area-north-kent": 20, "area-east-kent": 20,
    "area-south-kent": 20, "area-west-kent": 20, "uasc-impact": 6, "cover": 18,
    "cover-children-in-care": 16, "index": 10,
}  # fmt: skip
"""Page → how often it has its month at most, in texts, alternatives of charts, and attributes.

It is news in the rows of a month-by-month table, in charts, and where months are compared.
"""


def test_a_page_does_not_repeat_its_month(month):
    found = {each.stem: each.read_text(encoding="utf-8").count(MONTH) for each in _pages(month)}
    assert {name: count for name, count in found.items() if count > MOST[name]} == {}
    assert min(found.values()) > 0


@pytest.mark.parametrize("selector", ["caption", ".download-list a", "th .marker"])
def test_what_names_a_table_leaves_out_the_month_that_the_page_is_of(month, selector):
    texts = {
        (each.stem, found.get_text())
        for each in _pages(month)
        for found in page(each).select(selector)
    }
    assert texts
    assert {text for _, text in texts if MONTH in text and "July 2016" not in text} == set()


def test_a_file_that_stands_alone_names_its_month(month):
    texts = {each.read_text(encoding="utf-8") for each in month.glob("downloads/*scorecard.csv-*")}
    assert texts
    assert all(f", {MONTH}" in text for text in texts)


def test_a_month_without_a_target_says_so_once(month):
    shown = page(month / "children-in-care.html")
    rows = [row for row in shown.select("tr[data-month]") if _target(row) == "none"]
    assert rows
    assert {row.get_text() for row in rows if "Not rated" in row.get_text()} == set()


def _target(row):
    """What a row shows as target."""
    found = row.select_one('[data-field="target"]')
    return found and found.get_text()


def _pages(month):
    return sorted(month.glob("*.html"))
