"""The second council closes an area, opens another and moves teams: a month has its own units."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from scorecard.batch import month_findings
from scorecard.months import Month
from support import council, quick
from support.page_figures import Shown, differences, figures, table
from support.places import TESTS

if TYPE_CHECKING:
    from scorecard.batch.month_findings import Examination

CHANGE = TESTS / "second_council/reorganised"
JUNE, JULY = Month(2024, 6), Month(2024, 7)
CLOSED = re.compile(r"Lower Fen|lower-fen(?!-)")
"""The closed area by its name, which its teams had too, or its slug; theirs begin with it."""


@dataclass(frozen=True)
class Months:
    """The pages of June before and after the change, those of July, and the checks of July."""

    before: dict[str, str]
    after: dict[str, str]
    july: dict[str, str]
    files: dict[str, bytes]
    checks: Examination

    def table(self, page, name):
        return table(BeautifulSoup(self.july[page], "html.parser"), name)


@pytest.fixture(scope="module")
def months(tmp_path_factory):
    workbook = council.copy(tmp_path_factory.mktemp("fenwold") / "workbook")

    def html(month):
        return {name: page.html for name, page in quick.pages(workbook, month).items()}

    before = html(JUNE)
    shutil.copy(CHANGE / "units.csv", workbook.reference("units"))
    shutil.copy(CHANGE / "2024-07.csv", workbook.month_results(JULY))
    july = quick.pages(workbook, JULY)
    files = {path: content for page in july.values() for path, content in page.files.items()}
    return Months(
        before,
        html(JUNE),
        {name: page.html for name, page in july.items()},
        files,
        month_findings.examination(workbook, JULY),
    )


def test_the_pages_of_earlier_months_are_made_again_byte_for_byte(months):
    assert "area-lower-fen" in months.before
    assert months.after == months.before


def test_the_closed_area_has_no_page_and_the_new_one_has(months):
    gone, came = set(months.before) - set(months.july), set(months.july) - set(months.before)
    assert (gone, came) == ({"area-lower-fen"}, {"area-fen-edge"})


def test_nothing_says_a_word_of_the_closed_area(months):
    assert [name for name, html in months.july.items() if CLOSED.search(html)] == []
    texts = {path: each for path, each in months.files.items() if path.endswith((".csv", ".json"))}
    assert len(texts) > 20
    assert [path for path, each in texts.items() if CLOSED.search(each.decode())] == []


def test_the_checks_expect_nothing_of_it(months):
    found = months.checks.findings.findings
    assert found
    assert {each.unit for each in found} <= {
        None, "fenwold", "upper-fen", "upper-fen-care", "lower-fen-care"
    }  # fmt: skip
    assert not [each for each in found if CLOSED.search(each.says)]
    assert months.checks.units["lower-fen-care"] == "Fen Edge Care"


# Worked out by hand from tests/second_council/reorganised.
NEW_AREA = {
    "a1": {"result": Shown("Not available"), "other_result": Shown("87.2%", "amber")},
    "b1": {  # 110 / 113
        "result": Shown("97.3%", "green"), "num": Shown("110"), "denom": Shown("113"),
        "month_ago": Shown("Not available"), "year_ago": Shown("Not available"),
    },
    "c1": {"result": Shown("18.0", "amber")},  # 550 / 30.6 is 1.97 from the target of 16
}  # fmt: skip


@pytest.mark.parametrize("code", NEW_AREA)
def test_the_new_area_has_its_own_results_and_none_from_before(months, code):
    (row,) = months.table("area-fen-edge", "scorecard").select(f'tr[data-code="{code}"]')
    assert differences(figures(row), NEW_AREA[code]) == []
    assert "Fen Edge began in July 2024, so it has no earlier results." in months.july[
        "area-fen-edge"
    ]  # fmt: skip


def activity(months, page):
    """The first cells of a row of activity: the unit, open cases now and then, and the change."""
    rows = months.table(page, "activity").select("tr[data-unit]")
    return [[figure.text for figure in figures(row).values()][:4] for row in rows]


def test_teams_are_in_their_new_area_under_their_new_names_with_their_own_history(months):
    assert activity(months, "area-fen-edge") == [
        ["Fen Edge", "528", "n/a", "n/a"],
        ["Upper Fen First Contact", "179", "182", "-3"],
        ["Fen Edge First Contact", "161", "158", "+3"],
        ["Fen Edge Care", "188", "188", "0"],
    ]
    assert activity(months, "area-upper-fen") == [
        ["Upper Fen", "172", "361", "-189"],
        ["Upper Fen Care", "172", "178", "-6"],
    ]
    assert [row[0] for row in activity(months, "borough")] == [
        "Fenwold", "Upper Fen", "Fen Edge", "Children with Disabilities",
        "Upper Fen First Contact", "Upper Fen Care", "Fen Edge First Contact", "Fen Edge Care",
    ]  # fmt: skip


def test_every_area_beside_the_whole_is_one_of_the_month(months):
    rows = months.table("children-we-care-for", "areas-b1").select("tr[data-unit]")
    assert [row["data-unit"] for row in rows] == ["fenwold", "upper-fen", "fen-edge"]
