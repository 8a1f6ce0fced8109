"""The sentences of out-turns, quarters and years to date, written again from their tables."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from scorecard.report import Report
from scorecard.workbook import Workbook
from support import council
from support.places import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from bs4 import Tag

OUTTURN = {
    "has a result that is not shown": "have a result that is not shown",
    "has no out-turn this year": "have no out-turn this year",
    "was added since": "were added since",
    "was counted by another definition then": "were counted by another definition then",
    "had no cases to count then": "had no cases to count then",
    "does not have all the months of {last}": "do not have all the months of {last}",
}
"""Why an out-turn can't be compared, in the order of the sentence: of one, and of several."""
THEN = {"Not comparable": 3, "Not applicable": 4, "Not available": 5}
"""What a cell of the year before says → the reason."""
MISSING = {
    ("sum", "Not available"): "all the months of {this}",
    ("sum_year_ago", "Not available"): "all the months of {last}",
}


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory):
    return {
        "county": Workbook.at(REPOSITORY),
        "second": council.files(tmp_path_factory.mktemp("second") / "workbook"),
    }


def listed(words: list[str], end: str = "and") -> str:
    return f"{', '.join(words[:-1])} {end} {words[-1]}" if len(words) > 1 else "".join(words)


def text(cell: Tag) -> str:
    """The words of a cell that are seen."""
    return re.sub(r"\s*\[[^]]*\]", "", next(cell.stripped_strings, ""))


def rows(soup: BeautifulSoup) -> list[dict[str, str]]:
    """Field → what its cell says, for each row of a table's body with figures; and its code."""
    found = []
    for row in soup.select("tbody tr"):
        cells = {each["data-field"]: text(each) for each in row.select("[data-field]")}
        if len(cells) > 1:
            found.append({**cells, "code": row.get("data-code", "")})
    return found


def headings(soup: BeautifulSoup) -> list[str]:
    return [" ".join(each.get_text(" ").split()) for each in soup.select("thead th")]


def year_of(heading: str) -> str:
    return re.search(r"\d{4}/\d{2}", heading)[0]


def unrated(data: pd.DataFrame, fields: dict[str, str]) -> list[str]:
    """The names of those columns of results of which the download gives no rating."""
    return [
        name for field, name in fields.items()
        if not data[f"{field}_rating"].isin(["red", "amber", "green"]).any()
    ]  # fmt: skip


def not_rated(what: str, names: list[str]) -> list[str]:
    if not names:
        return []
    why = "because no target is held for it."
    return [f"No {what} of {listed(names, 'or')} is rated, {why}"]


def added_since(root, month: str) -> set[str]:
    """The codes that the catalogue says were added after the same month a year before."""
    with (root / "data/reference/changes.csv").open(encoding="utf-8") as file:
        since = f"{int(month[:4]) - 1}{month[4:]}"
        return {r["code"] for r in csv.DictReader(file) if r["change"] == "added"
                and since < r["month"] <= month}  # fmt: skip


def outturn_again(soup: BeautifulSoup, data: pd.DataFrame, new: set[str], words: str) -> str:
    years = [year_of(each) for each in headings(soup) if each.startswith("Out-turn")]
    this, last = years
    table = rows(soup)
    said = not_rated("out-turn", unrated(data, {"result": this, "year_ago": last}))
    if any(not row["month_alone"].startswith("-") for row in table):
        said.append(f"The figures of {words} alone are not rated: targets are for the result over "
                    "the data period.")  # fmt: skip
    reasons: Counter[int] = Counter()
    for row in table:
        now, then = row["result"], row["year_ago"]
        if "Not shown" in (now, then):
            reasons[0] += 1
        elif now.startswith("Not "):
            reasons[1] += 1
        elif then.startswith("Not "):
            reasons[2 if row["code"] in new else THEN[then]] += 1
    if reasons:
        words_of = list(OUTTURN.items())
        parts = [
            f"{reasons[each]} {words_of[each][reasons[each] > 1].format(last=last)}"
            for each in sorted(reasons)
        ]
        gone = sum(reasons.values())
        opening = (
            "No out-turn can be compared with" if gone == len(table)
            else f"{gone} of {len(table)} out-turns can't be compared with"
        )  # fmt: skip
        said.append(f"{opening} {last}: {listed(parts)}.")
    return " ".join(said)


def to_date_again(soup: BeautifulSoup) -> str:
    this, last = (year_of(each) for each in headings(soup)[2:4])
    table = rows(soup)
    parts = []
    for (field, says), words in MISSING.items():
        number = sum(row[field] == says for row in table)
        if number:
            verb = "does not" if number == 1 else "do not"
            parts.append(f"{number} {verb} have {words.format(this=this, last=last)}")
    measures = f"{len(table)} measure{'' if len(table) == 1 else 's'}"
    return f"Of {measures}, {listed(parts)}." if parts else ""


def quarter_again(soup: BeautifulSoup, data: pd.DataFrame) -> str:
    months = [each for each in headings(soup) if re.fullmatch(r"\w+ \d{4}( \[.*\])?", each)]
    names = [re.sub(r" \[.*", "", each) for each in months]
    fields = dict(zip(("first_month", "second_month", "result"), names, strict=True))
    return " ".join(not_rated("result", unrated(data, fields)))


def before_table(fragment) -> tuple[BeautifulSoup, str]:
    """What an answer says above its table."""
    soup = BeautifulSoup(fragment.html, "html.parser")
    paragraphs = [each.get_text() for each in soup.find_all("p") if not each.find_parent("table")]
    above = [each for each in paragraphs if not each.startswith(("1 ", "Scroll"))]
    return soup, above[0] if above else ""


def reports(workbooks, month: str, council_: str, period: str) -> Iterator[Report]:
    """The reports of every unit of a council that can have an out-turn."""
    whole = Report(month, {"county": "kent", "second": "fenwold"}[council_],
                   workbooks[council_], period=period)  # fmt: skip
    yield whole
    for unit in whole._source.areas:
        yield Report(month, unit, workbooks[council_], period=period)


YEARS = [("county", "2015-03", "March 2015"), ("second", "2024-03", "March 2024")]
QUARTERS = [("county", "2016-06"), ("second", "2024-03")]


@pytest.mark.parametrize(("name", "month", "words"), YEARS)
def test_an_out_turn_says_what_its_table_says(workbooks, name, month, words):
    new, seen = added_since(workbooks[name].root, month), 0
    for report in reports(workbooks, month, name, "year"):
        found = report.outturn()
        soup, said = before_table(found)
        assert said == outturn_again(soup, found.df, new, words), report
        soup, said = before_table(report.activity_to_date())
        assert said == to_date_again(soup), report
        seen += 1
    assert seen > 1


@pytest.mark.parametrize(("name", "month"), QUARTERS)
def test_a_quarter_says_what_its_table_says(workbooks, name, month):
    for report in reports(workbooks, month, name, "quarter"):
        found = report.quarter()
        soup, said = before_table(found)
        assert said == quarter_again(soup, found.df), report
