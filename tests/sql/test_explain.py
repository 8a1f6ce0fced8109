"""Where a figure comes from: its rows, and comparisons that are true and decide what they say."""

from __future__ import annotations

import operator
import re
from decimal import Decimal
from fractions import Fraction

import pytest

from scorecard.months import Month
from scorecard.store.store import in_memory
from scorecard.workbook import Workbook
from support.ledgers import record_load
from support.places import REPOSITORY
from support.workbooks import make_store, make_workbook, records

THIS = Month(2016, 8)
LINES = {  # code and result → rating, and the comparison that decides it
    "h,all,90,100": ("green", "100 x 90 = 9000 is at or above 90 x 100 = 9000, the target"),
    "l,all,13,100": ("red", "100 x 13 = 1300 is at or above 13 x 100 = 1300, the floor standard"),
    "t,all,250.1,1000": (
        "red",
        "|100 x 250.1 - 17.5 x 1000| = 7510 is above 7.5 x 1000 = 7500, the Amber distance",
    ),
    "roll,all,1,2": (None, None),
    "days,all,8520,20": ("green", "8520 is at or below 426 x 20 = 8520, the target"),
    "count,all,9,": ("amber", "9 is above 0, the target, and below 10, the floor standard"),
    "free,all,1,2": ("not-rated", None),
    "stock,all,7,": (None, None),
}
MORE = {
    "h,all,80,100": (
        "amber",
        (
            "100 x 80 = 8000 is below 90 x 100 = 9000, the target, "
            "and at or above 80 x 100 = 8000, the floor standard"
        ),
    ),
    "l,all,10,100": ("green", "100 x 10 = 1000 is at or below 10 x 100 = 1000, the target"),
    "t,all,20,100": (
        "green",
        "|100 x 20 - 17.5 x 100| = 250 is at or below 2.5 x 100 = 250, the Green distance",
    ),
    "days,all,500,1": ("red", "500 is at or above 500 x 1 = 500, the floor standard"),
    "count,all,10,": ("red", "10 is at or above 10, the floor standard"),
}
LEAST = {
    "h,all,79.9,100": ("red", "100 x 79.9 = 7990 is below 80 x 100 = 8000, the floor standard"),
    "l,all,11,100": (
        "amber",
        ("100 x 11 = 1100 is above 10 x 100 = 1000, the target, "
         "and below 13 x 100 = 1300, the floor standard"),
    ),
    "t,all,25,100": (
        "amber",
        ("|100 x 25 - 17.5 x 100| = 750 is above 2.5 x 100 = 250, the Green distance, "
         "and at or below 7.5 x 100 = 750, the Amber distance"),
    ),
    "count,all,0,": ("green", "0 is at or below 0, the target"),
    "ytd,all,1,2": (None, None),
}  # fmt: skip


def plain(why):
    """A comparison in the signs of a keyboard."""
    return why and why.replace("\N{MULTIPLICATION SIGN}", "x").replace("\N{MINUS SIGN}", "-")


def test_the_comparison_that_decided_a_rating(tmp_path):
    cases = {
        (unit, line): expected
        for unit, lines in (("shire", LINES), ("north", MORE), ("south", LEAST))
        for line, expected in lines.items()
    }
    store = make_store(tmp_path, {"2016-08": "\n".join(f"{unit},{line}" for unit, line in cases)})
    for (unit, line), expected in cases.items():
        code, cohort, *_ = line.split(",")
        (row,) = store.records.explain(unit, code, THIS, cohort)
        assert (row["rating"], plain(row["rating_why"])) == expected, line


SIGNS = {
    "above": operator.gt, "below": operator.lt, "at or above": operator.ge,
    "at or below": operator.le, "more than": operator.gt, "less than": operator.lt,
    "the same as": operator.eq,
}  # fmt: skip
SIGN = "|".join(sorted(SIGNS, key=len, reverse=True))


def product(term):
    left, _, right = term.partition(" x ")
    return Decimal(left) * Decimal(right or 1)


def value(term):
    """The value of `100 x 293 = 29300`, once it is seen that this is so; of `7 of 2` a fraction."""
    worked, _, last = term.rpartition(" = ")
    figure, _, below = last.partition(" of ")
    if worked:
        parts = [product(part) for part in worked.strip("|").split(" - ")]
        assert abs(parts[0] - sum(parts[1:])) == Decimal(figure), term
    return Fraction(figure) / Fraction(below or 1)


def comparisons(why):
    """Each comparison of a text: left side, sign, right side."""
    left, rest = plain(why).split(" is ", 1)
    for part in rest.split(", and "):
        sign, right = re.fullmatch(rf"({SIGN}) (.*?)(?:, the .*)?", part).groups()
        yield value(left), sign, value(right)


@pytest.fixture(scope="module")
def kent():
    with in_memory(Workbook.at(REPOSITORY)) as store:
        yield store


CODES = ["1", "2", "3", "7", "9", "12", "13", "17", "25", "29", "30", "36", "41", "45"]


@pytest.mark.parametrize("code", CODES)
def test_every_comparison_is_true_and_says_what_the_scorecard_does(kent, code):
    (row,) = kent.records.explain("kent", code, THIS)
    (figure,) = kent.rows("FROM figures WHERE unit = 'kent' AND cohort = 'all' AND code = $code "
                          "AND month = DATE '2016-08-01'", code=code)  # fmt: skip

    assert (row["num"], row["denom"], row["rating"]) == (
        figure["num"], figure["denom"], figure["rating"],
    )  # fmt: skip
    for left, sign, right in comparisons(row["rating_why"]):
        assert SIGNS[sign](left, right), row["rating_why"]
    more, less = ("better", "worse") if row["polarity"] == "H" else ("worse", "better")
    for earlier in ("month_ago", "year_ago"):
        if row[f"{earlier}_why"]:
            ((left, sign, right),) = comparisons(row[f"{earlier}_why"])
            assert SIGNS[sign](left, right), row[f"{earlier}_why"]
            means = {"more than": more, "less than": less, "the same as": "same"}
            assert row[f"{earlier}_direction"] == means[sign]


def test_the_rows_are_where_they_say(kent):
    rows = kent.records.explain_rows("kent", "25", THIS)
    (figure,) = kent.records.explain("kent", "25", THIS)

    assert [str(Month.of(row["month"])) for row in rows] == [
        str(month) for month in (THIS - 11).until(THIS)
    ]
    for row in rows:
        line = (REPOSITORY / row["file"]).read_text(encoding="utf-8").splitlines()[row["row"] - 1]
        month, unit, code, cohort, num, denom, provenance = line.split(",")
        assert (month, unit, code, cohort) == (str(Month.of(row["month"])), "kent", "25", "all")
        assert (Decimal(num), Decimal(denom), provenance) == (
            row["num"], row["denom"], row["provenance"],
        )  # fmt: skip
        assert (row["load"], row["recorded"]) == (1, True)
        assert row["footnote"].startswith("Reconstructed figures")
    assert sum(row["num"] for row in rows) == figure["num"] == 542
    assert sum(row["denom"] for row in rows) == figure["denom"] == 1130
    assert (str(figure["opens"]), str(figure["target_from"])) == ("2015-09-01", "2016-06-01")
    assert figure["target_note"] == "The target rose from 80% to 90% in June 2016."


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,1,2"})
    path = workbook.month_results(THIS)
    header, line = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{header}\n\n,,,,,,\n{line}\n", encoding="utf-8")
    with in_memory(workbook) as store:
        (row,) = store.records.explain_rows("shire", "h", THIS)
    assert row["row"] == 4


@pytest.fixture(scope="module")
def revised(tmp_path_factory):
    """Two loads of a rolling figure, the second after it was published, and an edit by hand."""
    workbook = make_workbook(tmp_path_factory.mktemp("revised"), {})
    months = {str(THIS - back): "shire,roll,all,9,10\nshire,h,all,9,10" for back in range(12)}
    record_load(workbook, months, why="The year")
    changed = {**months, "2016-07": "shire,roll,all,5,10\nshire,h,all,9,10"}
    record_load(workbook, changed, published={"2016-08": 1}, why="Late records")
    path = workbook.month_results(THIS)
    path.write_text(path.read_text().replace("h,all,9,10", "h,all,8,10"), encoding="utf-8")
    with in_memory(workbook) as store:
        yield store


def test_what_revised_a_figure(revised):
    (row,) = revised.records.explain("shire", "roll", THIS)

    assert (row["revised"], row["shown_from"], row["revised_by"]) == (True, 1, [2])
    assert (row["num"], row["was_num"], row["was_denom"]) == (104, 108, 120)
    assert (row["was_shown"], row["was_rating"], row["rating"]) == (90, "green", "amber")


def test_a_figure_as_first_published_is_not_revised(revised):
    (row,) = revised.rows("FROM explain('shire', 'roll', '2016-08', as_at := 1)")

    assert (row["revised"], row["num"], row["was_num"], row["revised_by"]) == (
        False,
        108,
        None,
        None,
    )


def test_each_row_has_the_load_that_brought_it(revised):
    rows = revised.records.explain_rows("shire", "roll", THIS)

    assert [row["load"] for row in rows] == [1] * 10 + [2, 1]
    assert [row["why"] for row in rows[-2:]] == ["Late records", "The year"]
    assert {row["loaded_by"] for row in rows} == {"Analyst"}


def test_what_was_replaced_is_in_the_changes_of_its_load(revised):
    rows = revised.rows("FROM explain_rows('shire', 'roll', '2016-08', as_at := 1)")

    assert (rows[10]["num"], rows[10]["file"], rows[10]["row"]) == (
        9,
        "data/loads/0001/changes.csv",
        None,
    )
    assert rows[11]["file"] == "data/results/2016-08.csv"


def test_an_edit_by_hand_is_in_no_load(revised):
    (row,) = revised.records.explain_rows("shire", "h", THIS)

    assert (row["num"], row["recorded"], row["why"]) == (8, False, None)
    assert row["file"] == "data/results/2016-08.csv"


def test_a_missing_month_is_a_row_without_figures(tmp_path):
    months = {str(THIS - back): "shire,roll,all,9,10" for back in range(12) if back != 3}
    store = make_store(tmp_path, months)
    (row,) = store.records.explain("shire", "roll", THIS)
    rows = store.records.explain_rows("shire", "roll", THIS)

    assert (row["status"], row["num"], row["rating"], row["rating_why"]) == ("not-available",) + (
        None,
    ) * 3
    assert [each["num"] for each in rows].index(None) == 8
    assert (rows[8]["file"], rows[8]["row"], rows[8]["load"]) == (None, None, None)


def test_a_finished_figure_and_a_snapshot_are_made_of_one_row(tmp_path):
    store = make_store(tmp_path, {"2016-08": "shire,done,all,9,10\nshire,h,all,9,10"})

    for code in ("done", "h"):
        assert len(store.explain_rows("shire", code, THIS)) == 1
        (row,) = store.records.explain("shire", code, THIS)
        assert (row["opens"], row["month_ago_status"], row["month_ago_why"]) == (
            row["month"], "not-available", None,
        )  # fmt: skip


def test_what_cannot_be_compared_has_no_comparison(tmp_path):
    months = {
        str(month): "shire,ytd,all,1,2\nshire,h,all,1,2"
        for month in Month(2015, 4).until(Month(2016, 4))
    }
    workbook = make_workbook(tmp_path, months)
    path, own = workbook.reference("indicators"), "Higher is better,H,SS,percent,monthly,"
    path.write_text(path.read_text().replace(own, f"{own}2016-04"), encoding="utf-8")
    with in_memory(workbook) as store:
        for code in ("ytd", "h"):
            (row,) = store.records.explain("shire", code, Month(2016, 4))
            assert row["month_ago_status"] == "not-comparable"
            assert row["month_ago_num"] is row["month_ago_shown"] is row["month_ago_why"] is None
            (before,) = store.records.explain("shire", code, Month(2016, 3))
            assert (before["month_ago_status"], before["month_ago_direction"]) == (
                "available",
                "same",
            )


def test_a_cohort_that_is_not_supplied_has_no_row(tmp_path):
    store = make_store(tmp_path, {"2016-08": "shire,h,all,1,2"})

    assert records(store.explain("shire", "h", THIS, "excluding_uasc")) == []
