"""The indicators of Kent's earlier packs, and the changes of the catalogue that its papers list."""

from __future__ import annotations

import pytest
import yaml

from golden.test_paper import SCORECARD, published
from scorecard.months import Month
from scorecard.outputs import Nothing
from scorecard.report import Report
from scorecard.workbook import Workbook
from support.places import REPOSITORY

CHANGES = published("dashboard_changes_2016")
(APRIL,) = published("ratings_2016-04")
APPENDICES = yaml.safe_load((REPOSITORY / "params/reports.yml").read_text())["appendices"]
(PANELS,) = (each for each in APPENDICES if each["name"] == "children-in-care")


def there(month: str) -> list[str]:
    """The paper's indicators without those that were added later."""
    later = {each["id"] for each in CHANGES if each["change"] == "added" and each["month"] > month}
    return [each["id"] for each in SCORECARD if each["id"] not in later]


@pytest.fixture(scope="module")
def reports():
    """Kent's reports of the months that the papers speak of."""
    book = Workbook.at(REPOSITORY)
    made = {month: Report(month, "kent", book) for month in ("2016-03", "2016-04", "2016-08")}
    yield made
    for each in made.values():
        each.store.close()


@pytest.mark.parametrize(("month", "count"), [("2016-03", 41), ("2016-04", 44), ("2016-08", 45)])
def test_a_pack_has_the_indicators_of_its_papers(reports, month, count):
    assert len(there(month)) == count
    (table,) = reports[month].scorecard().tables
    assert [row[table.columns.index(code)] for row in table.rows for code in table.columns
            if code.name == "code"] == there(month)  # fmt: skip
    codes = PANELS["parameters"]["codes"]
    assert [*reports[month].panels(codes).keys] == [code for code in codes if code in there(month)]


def test_april_has_the_ratings_that_its_paper_counts(reports):
    counted = "{rated} indicators are rated: {green} Green, {amber} Amber and {red} Red.".format
    assert counted(**APRIL) in reports["2016-04"].summary().html
    assert "no indicator could be rated" in reports["2016-03"].summary().html.lower()


@pytest.mark.parametrize(("month", "changes"), [("2016-04", 9), ("2016-08", 1)])
def test_a_pack_lists_what_changed_with_its_reason(reports, month, changes):
    (table,) = reports[month].catalogue_changes().tables
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    assert len(rows) == changes
    assert sorted((row["change"], row["from"], row["code"]) for row in rows) == sorted(
        (each["change"], each["month"], each["id"]) for each in CHANGES if each["month"] == month
    )
    assert all(row["reason"].endswith(".") for row in rows)


def test_a_pack_of_a_month_without_changes_has_no_such_section(reports):
    assert isinstance(reports["2016-03"].catalogue_changes(), Nothing)


def test_the_added_indicator_has_the_earlier_results_that_the_paper_prints(reports):
    trend = reports["2016-08"].store.records.trends(["kent"], ["9"], Month(2016, 8), 4)
    shown = [row["latest"].in_full for row in trend]
    (paper,) = [each for each in published("exceptions_trend_2016-08") if each["id"] == "9"]
    assert shown == [paper[month] for month in ("2016-05", "2016-06", "2016-07", "2016-08")]
