"""How many months a page shows, and the months of a data period, are said in one place each.

Each test changes that place, in a copy of the SQL, and sees everything that rests on it follow.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from scorecard.disclosure.counts import Series, counts
from scorecard.disclosure.decision import decision
from scorecard.importing.plan import PublishedMonth
from scorecard.months import Month
from scorecard.params.disclosure import Profile
from scorecard.params.month import FURTHEST
from scorecard.report import Report
from scorecard.report.source import Source
from scorecard.store.sql_files import SQL, sql
from scorecard.store.store import in_memory
from support.ledgers import record_load
from support.load_command import make_desk
from support.workbooks import make_workbook, record

THIS = Month(2016, 8)
NUMBER = 12 * THIS.year + THIS.number - 1
LINES = "shire,h,all,70,100\nshire,count,all,3,\nshire,roll,all,9,10\nshire,ytd,all,5,10"
ALL = {str(THIS - back): LINES for back in range(30, -1, -1)}
MONTHS, PERIODS = "macros/months.sql", "macros/data_periods.sql"
PLAIN = PublishedMonth(load=None, current=True)


@pytest.fixture
def says(tmp_path, monkeypatch):
    """Changes a text in one file of the SQL, for everything that reads it."""
    copy = tmp_path / "sql"
    shutil.copytree(Path(str(SQL)), copy)

    def change(name: str, text: str, other: str) -> None:
        path = copy / name
        before = path.read_text(encoding="utf-8")
        assert before.count(text) == 1
        path.write_text(before.replace(text, other), encoding="utf-8")
        for module in [each for key, each in sys.modules.items() if key.startswith("scorecard.")]:
            if hasattr(module, "SQL"):
                monkeypatch.setattr(module, "SQL", copy)
        sql.cache_clear()

    yield change
    sql.cache_clear()


@pytest.fixture(params=[13, 15])
def months(request, says):
    """How many months a page shows: as it is, and two more."""
    if request.param != 13:
        says(MONTHS, "months_shown() AS 13", f"months_shown() AS {request.param}")
    return request.param


@pytest.fixture
def workbook(tmp_path):
    made = make_workbook(tmp_path / "council", {})
    (made.root / "params/wording.yml").write_text("council: C\nservice: S\n", encoding="utf-8")
    record_load(made, ALL)
    return made


def test_trends_show_so_many_months_and_say_so(workbook, months):
    source = Source.open(str(THIS), "shire", workbook)
    page = Report(str(THIS), "shire", workbook).scorecard().html

    assert len(source.trends(["h"])["shire", "h"]) == months
    assert len(source.trends(["h"], ["shire"])["shire", "h"]) == months
    assert f"Last {months} months" in page
    assert len(source.store.sql("FROM trend('shire', 'h', '2016-08')")) == months


def test_small_numbers_are_withheld_in_so_many_months(workbook, months):
    """Of the oldest of them, the whole data period is looked at."""
    with in_memory(workbook) as store:
        found = counts(store, THIS)
        decided = decision(store, workbook, THIS, Profile(threshold=5, footnote="A."))

    oldest = NUMBER - months + 1
    assert {count.month for count in found.values} == {*range(oldest, NUMBER + 1)}
    assert found.months == range(oldest, NUMBER + 1)
    series = found.supplied["shire"][Series("h", "num", "all")]
    assert min(series) == oldest - 11
    assert decided.of("shire", "count", "all", THIS - (months - 1))
    assert not decided.of("shire", "count", "all", THIS - months)


def test_the_months_that_a_pack_has_published_are_so_many(workbook, months):
    oldest, older = str(THIS - (months - 1)), str(THIS - months)
    changed = {**ALL, oldest: LINES.replace("70", "71"), older: LINES.replace("70", "72")}
    record_load(workbook, changed, published={str(THIS): 1})
    with in_memory(workbook) as store:
        rows = store.rows("FROM figures WHERE code = 'h' AND unit = 'shire' AND revised")
        told = store.records.revisions(["shire"], THIS)

    assert [str(Month.of(row["month"])) for row in rows] == [oldest]
    assert [str(Month.of(row["month"])) for row in told if row["code"] == "h"] == [oldest]


def test_a_load_says_of_a_pack_that_it_differs_when_one_of_so_many_months_does(tmp_path, months):
    desk = make_desk(tmp_path, {str(THIS): "shire,h,all,70,100"})
    pack = str(THIS + (months - 1))
    said = desk.load(
        desk.file(f"{THIS},shire,h,all,71,100,published"),
        published={pack: PLAIN, str(THIS + months): PLAIN}, yes=True,
    )  # fmt: skip

    assert pack in said
    assert str(THIS + months) not in said


def test_the_result_of_a_year_ago_is_withheld_even_if_trends_are_short(says, workbook):
    says(MONTHS, "months_shown() AS 13", "months_shown() AS 4")
    with in_memory(workbook) as store:
        decided = decision(store, workbook, THIS, Profile(threshold=5, footnote="A."))

    assert decided.of("shire", "count", "all", THIS - 12)


def test_the_months_of_a_data_period_are_those_that_are_added_up(says, workbook):
    says(PERIODS, "months_before(month_date, 11)", "months_before(month_date, 10)")
    says(PERIODS, "months_before(month_date, 2)", "months_before(month_date, 3)")
    says(MONTHS, "(SELECT a.year_begins FROM about AS a)", "7")
    with in_memory(workbook) as store:
        windows = counts(store, THIS).windows
        of_august = "FROM {} WHERE unit = 'shire' AND month = '2016-08-01'"
        figures, (short_term,) = (
            store.rows(of_august.format(table)) for table in ("figures", "short_term_figures")
        )
    denoms = {row["code"]: row["denom"] for row in figures}

    for period, denom, length in (
        ("R12M", denoms["roll"], 11), ("R3M", short_term["denom"], 4), ("YTD", denoms["ytd"], 2),
    ):  # fmt: skip
        assert windows[period, NUMBER] == range(NUMBER - length + 1, NUMBER + 1)
        assert denom == 10 * length


def test_a_finished_figure_covers_its_data_period_too(workbook):
    """It is one row, but two of them differ by the months that came and went."""
    with in_memory(workbook) as store:
        found = counts(store, THIS).windows

    assert found["R12M", NUMBER] == range(NUMBER - 11, NUMBER + 1)
    assert found["SS", NUMBER] == range(NUMBER, NUMBER + 1)
    assert found["YTD", NUMBER - 4] == range(NUMBER - 4, NUMBER - 3)
    assert found["YTD", NUMBER - 5] == range(NUMBER - 16, NUMBER - 4)


def test_a_previous_report_is_as_far_back_as_pages_go(workbook):
    with in_memory(workbook) as store:
        asked = "SELECT date_diff('month', page_opens(month), month) AS back FROM results"
        backs = {row["back"] for row in store.rows(asked)}

    assert backs == {FURTHEST}


@pytest.mark.parametrize("begins", [1, 4, 9])
def test_a_year_opens_in_python_when_it_opens_in_sql(workbook, begins):
    words = f"council: C\nservice: S\nyear_begins: {begins}\n"
    (workbook.root / "params/wording.yml").write_text(words, encoding="utf-8")
    with in_memory(workbook) as store:
        rows = store.rows("SELECT DISTINCT month, year_opens(month) AS opens FROM results")

    assert len(rows) == len(ALL)
    assert all(Month.of(row["month"]).year_opens(begins) == Month.of(row["opens"]) for row in rows)


def test_by_how_much_a_fraction_is_multiplied_is_said_of_its_format_alone(says, tmp_path):
    """A result of 80 in 100 as 800 per mille, its target 900."""
    says("macros/formats.sql", "factor_of(format) AS", "factor_of(format) AS 10 *")
    lines = {str(month): "shire,roll,all,80,100" for month in (THIS - 11).until(THIS)}
    lines[str(THIS)] += "\nshire,h,all,80,100\nnorth,h,all,60,70\nsouth,h,all,20,30"
    lines[str(THIS - 1)] += "\nshire,h,all,90,100\nnorth,h,all,60,70\nsouth,h,all,30,30"
    bands = "code,valid_from,target,floor,green_within,amber_within,note\n"
    workbook = make_workbook(
        tmp_path, lines, targets=f"{bands}h,2015-04,900,800,,,\nroll,2015-04,900,800,,,\n"
    )
    with in_memory(workbook) as store:
        h = record(store.scorecards(["shire"], THIS), code="h")
        (row,) = store.rows("FROM what_next('shire', 'roll', '2016-08')")
        why = store.rows("SELECT rating_why FROM explain('shire', 'h', '2016-08')")
        moved = store.rows("FROM movement('shire', 'h', '2016-08')")

    assert (h["shown"], h["rating"], h["cases_to_target"], h["cases_to_red"]) == (
        800, "amber", 10, 1,
    )  # fmt: skip
    assert (row["next_shown"], row["target_reachable"], row["floor_num"]) == (800, False, 80)
    assert why[0]["rating_why"].startswith("1000 \N{MULTIPLICATION SIGN} 80 = 80000")
    assert sum(each["rate_effect"] + each["mix_effect"] for each in moved) == -100
