"""What a panel says beyond a result, marked, and without what rests on small numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup

from scorecard.disclosure.decision import Decision
from scorecard.months import Month
from scorecard.params.disclosure import Profile
from scorecard.report import outlook_drawings, outlook_views
from scorecard.report.children_in_care import _amber_columns
from scorecard.report.outlook import Outlook
from scorecard.report.source import Source
from scorecard.report.withholding import Withholding
from support import council
from support.figures import figure
from support.outlook_situations import OTHERS_MOVED

THIS = Month(2024, 6)
FOOTNOTE = "Numbers from 1 to {threshold} are {sign}."
CODES = ["a1", "a2", "b1", "b2", "b3"]
FIGURE = tuple[str, str, str, str, str]


@pytest.fixture(scope="module")
def fenwold(tmp_path_factory):
    """The made-up council's workbook, whose first month behind is provisional."""
    made = council.copy(tmp_path_factory.mktemp("fenwold") / "workbook")
    path = made.root / "data/results/2023-07.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(re.sub("(,a1,.*),supplied", r"\1,guess", text), encoding="utf-8")
    made.reference("provenance").write_text(
        "provenance,marker,count_marker,footnote\nsupplied,,,\nguess,e,e,A guess.\n",
        encoding="utf-8",
    )
    return made


@pytest.fixture(scope="module")
def source(fenwold):
    """The figures of the borough, asked for once."""
    opened = Source.open(str(THIS), "fenwold", fenwold)
    yield opened
    opened.store.close()


@pytest.fixture
def outlook(source):
    """What makes the outlook of the borough, with these figures withheld if there are any."""

    def make(*gone: FIGURE, threshold: int | None = None) -> Outlook:
        source.withholding = None
        if gone or threshold:
            known = Profile(threshold=threshold or 1, footnote=FOOTNOTE)
            decided = Decision(dict.fromkeys(gone, frozenset({"num"})))
            source.withholding = Withholding(THIS, THIS - 12, known, decided)
        return Outlook(source, source.rows(CODES))

    return make


def test_only_a_figure_of_twelve_months_added_up_here_has_months_and_a_next_one(outlook):
    found = outlook()

    assert {code: len(found.months(code)) for code in CODES} == {
        "a1": 12, "a2": 12, "b1": 0, "b2": 0, "b3": 0,
    }  # fmt: skip
    assert {code for code in CODES if found.next(code)} == {"a1", "a2"}
    assert [each["leaves"] for each in found.months("a2")] == [True] + [False] * 11


A1, UPPER = ("fenwold", "a1"), ("upper-fen", "a1")


@pytest.mark.parametrize(
    ("gone", "threshold", "hidden"),
    [
        ([], None, set()),
        ([(*A1, "all", "2024-06", "")], 1, {"a1"}),
        ([(*A1, "all", "2023-06", "")], 1, {"a1"}),
        ([(*UPPER, "excluding_uasc", "2024-01", "")], 1, {"a1"}),
        ([(*UPPER, "all", "2024-06", "R3M")], 1, {"a1"}),
        ([("fenwold", "f1", "all", "2024-01", "")], 1, {"a1", "a2"}),
        ([("upper-fen", "f1", "all", "2024-01", "")], 1, set()),
        ([("fenwold", "s1", "all", "2024-01", "")], 1, set()),
        ([], 25, set()),
        ([], 26, {"a1"}),  # 26 contacts of December 2023 were decided later
        ([], 50, {"a1"}),
        ([], 51, {"a1", "a2"}),
    ],
)
def test_months_are_hidden_with_whatever_they_could_give_away(outlook, gone, threshold, hidden):
    found = outlook(*gone, threshold=threshold)

    assert {code for code in CODES if found.hides_months(code)} == hidden
    assert {code for code in ("a1", "a2") if not found.months(code)} == hidden
    assert {code for code in ("a1", "a2") if not found.next(code)} == hidden


def views(found: Outlook, code: str) -> str:
    """All that a panel shows of an indicator's outlook."""
    source, row = found._source, found._rows[code]
    side = source.scorecards(source.areas, [code])
    months = [each.html for each in outlook_views.months(row, found, drawn=True)]
    return outlook_views.words(row, found) + "".join(months) + outlook_views.areas(row, found, side)


def test_what_is_hidden_is_in_no_view_and_no_file(outlook):
    found = outlook((*A1, "all", "2024-06", ""))
    rows = [found._rows[code] for code in CODES]
    files = {
        each.name: each for each in outlook_views.files(found._source, rows, found, areas=True)
    }

    assert views(found, "a1").count("<p") == 1
    assert "not shown, because they rest on small numbers" in views(found, "a1")
    assert {row[1] for row in files["months-behind"].rows} == {"a2"}
    assert "a1" not in {row[1] for row in files["funnel"].rows}


def test_of_an_area_that_is_withheld_nothing_is_beside_the_others(outlook):
    found = outlook(("upper-fen", "b1", "all", "2024-06", ""))

    assert [row["unit"] for row in found.areas("b1")] == ["lower-fen"]
    assert "1 of 2 areas can be compared" in views(found, "b1")
    assert [row["unit"] for row in found.areas("b2")] == ["upper-fen", "lower-fen"]


def test_what_rests_on_an_estimate_is_marked_and_owes_a_footnote(outlook):
    found = outlook()
    months, after = found.months("a1"), found.next("a1")

    assert [each["marker"] for each in months] == ["e", *[""] * 11]
    assert (after["leaving_marker"], after["coming_marker"], after["next_marker"]) == ("e", "", "")
    assert {row["marker"] for row in found.areas("a1")} == {"e"}
    assert {row["marker"] for row in found.areas("b1")} == {""}
    assert "guess" in found._source.footnotes.provenances


def test_without_the_whole_areas_are_beside_nothing_and_others_have_no_difference(outlook):
    found = outlook(("fenwold", "b1", "all", "2024-06", ""))
    rows = [found._rows["b1"]]
    (file,) = outlook_views.files(found._source, rows, found, areas=True)

    assert found.areas("b1") == []
    assert {row["difference"] for row in found.comparators("b1")} == {None}
    assert "percentage points" not in views(found, "b1")
    assert {row[-3:-1] for row in map(tuple, file.rows)} == {("[c]", "[c]")}


def test_the_results_of_others_are_those_that_hold(outlook):
    assert {row["comparator"]: row["difference"] for row in outlook().comparators("b1")} == {
        "All councils (made up)": Decimal("5.7"), "Councils like ours (made up)": Decimal("3.4"),
    }  # fmt: skip
    assert outlook().comparators("a1") == []


def test_the_files_hold_what_is_drawn(outlook):
    found = outlook()
    rows = [found._rows[code] for code in CODES]
    files = {
        each.name: each for each in outlook_views.files(found._source, rows, found, areas=True)
    }
    behind = [dict(zip([c.name for c in files["months-behind"].columns], row, strict=True))
              for row in files["months-behind"].rows]  # fmt: skip

    assert [each["month"] for each in behind if each["leaves"] == "yes"] == ["2023-07"] * 2
    assert sum(row["num"] for row in behind if row["code"] == "a2") == 775
    assert {row[1] for row in files["funnel"].rows} == {"a1", "a2", "b1", "b2"}
    without = outlook_views.files(found._source, rows, found, areas=False)
    assert [each.name for each in without] == ["months-behind", "comparators"]


def drawn(svg: Any) -> BeautifulSoup:
    return BeautifulSoup(str(svg), "html.parser")


def behind(value: str | None, marker: str = "", *, leaves: bool = False) -> dict[str, Any]:
    return {
        "value": value and Decimal(value), "marker": marker, "leaves": leaves,
        "month": date(2023, 7, 1),
    }  # fmt: skip


def heights(path: Any) -> list[int]:
    return [int(each) for each in re.findall(r"M\d+ \d+v-(\d+)h", path["d"])] if path else []


def test_a_bar_is_as_high_as_its_month_and_hollow_where_it_is_marked():
    page = drawn(outlook_drawings.bars(
        [behind("50", leaves=True), behind("100", "e"), behind(None), behind("25")], "words"
    ))  # fmt: skip

    assert page.svg["aria-labelledby"] == "words"
    assert heights(page.select_one(".full")) == [28, 14]
    assert heights(page.select_one(".hollow")) == [56]
    assert page.select_one(".leaves")["d"].startswith("M1 ")
    assert [each.get_text() for each in page.select("text")] == ["Jul 2023", "Jul 2023"]


def beside(name: str, denom: int, result: str, marker: str = "") -> dict[str, Any]:
    half = Decimal(1000) / denom
    return {
        "unit_name": name, "denom": denom, "result": Decimal(result), "whole_result": Decimal(50),
        "latest": figure(result, marker=marker),
        **{f"{kind}_{end}": 50 + way * size * half
           for kind, size in (("inner", 1), ("outer", 2))
           for end, way in (("from", -1), ("to", 1))},
    }  # fmt: skip


def test_areas_are_drawn_in_the_order_of_their_table_beside_a_scale():
    small, large = beside("Small & old, and far away", 100, "70", "e"), beside("Large", 400, "50")
    page = drawn(outlook_drawings.ranges([large, small], "50.0% Whole", "words"))
    circles = page.select("circle")

    assert [each.get_text() for each in page.select("text")] == [
        "50.0% Whole", "Large", "Small & old, and far away", "30%", "40%", "50%", "60%", "70%",
        outlook_drawings.MEANING,
    ]  # fmt: skip
    assert [int(each["x"]) for each in page.select(".mid")] == [10, 90, 170, 250, 330]
    assert [(each["cx"], each["cy"], each.get("class")) for each in circles] == [
        ("170", "42", None), ("330", "76", ["hollow"]),
    ]  # fmt: skip
    assert page.select_one(".outer")["d"] == "M130 42H210M10 76H330"
    assert page.select_one(".inner")["d"] == "M150 42H190M90 76H250"


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        (0.0, 100.0, ["0", "50", "100"]),
        (50.2, 78.0, ["55", "60", "65", "70", "75"]),
        (0.0, 7.4, ["0", "2", "4", "6"]),
        (12.1, 12.4, ["12.1", "12.2", "12.3", "12.4"]),
        (99.0, 100.0, ["99.0", "99.5", "100.0"]),
        (5.0, 5.0, []),
    ],
)
def test_a_scale_has_a_few_round_figures(low, high, found):
    assert [str(tick) for tick in outlook_drawings.ticks(low, high)] == found


def test_drawings_weigh_a_few_hundred_bytes():
    months = [behind(str(90 + n), "e" * (n % 2)) for n in range(12)]
    areas = [beside(f"Area {n}", 100 + n, "55") for n in range(4)]

    assert len(outlook_drawings.bars(months, "months-25")) < 800
    assert len(outlook_drawings.ranges(areas, "Kent 48.0%", "chance-25")) < 1300


def test_of_amber_results_the_others_are_counted_where_both_counts_are_shown():
    (column,) = (each for each in _amber_columns("May", "June") if each.field == "difference")
    written = {datum.name: datum.value for datum in column.data}["others_difference"]
    known, kept = OTHERS_MOVED["fewer"], OTHERS_MOVED["withheld"]

    assert written(known) == -7
    assert 'class="expansion">7 fewer late reviews<' in column.cell(known).html
    assert column.cell(OTHERS_MOVED["without a noun"]).html == ""
    assert written(OTHERS_MOVED["without counts"]) is None
    assert written(kept) == "[c]"
    assert written({**known, "previous": kept["latest"]}) == "[c]"
