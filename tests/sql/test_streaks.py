"""For how long results get better or worse and have their rating, by what a reader sees."""

from __future__ import annotations

import pytest

from scorecard.months import Month
from scorecard.store.store import in_memory
from support.workbooks import INDICATORS, TARGETS, make_workbook

THIS = Month(2016, 8)
SERIES = {  # code → polarity and the results of the last months, None where there is none
    "improving": ("H", [50, 60, 58, 61, 62, 63]),
    "declining": ("H", [50, 60, 58, 57]),
    "falling-is-better": ("L", [30, 32, 31, 20, 15]),
    "level": ("H", [50, 60, 60, 60]),
    "alike-as-shown": ("H", [60, "60.04", "59.96"]),
    "turned": ("H", [60, 61, 60]),
    "gap": ("H", [40, 50, None, 60, 61]),
    "first": ("H", [60]),
    "no-month-before": ("H", [60, None, 61]),
    "nearer": ("T", [10, 14, 16, 18]),
    "as-far": ("T", [16, 19]),
    "gone": ("H", [60, None]),
    "green": ("H", [85, 91, 70, 91, 92, 93]),
    "on-the-floor": ("L", [12, 13, 14]),
}
FOUND = {  # direction, months, from month and figure
    "improving": ("better", 3, "2016-05", 58),
    "declining": ("worse", 2, "2016-06", 60),
    "falling-is-better": ("better", 3, "2016-05", 32),
    "level": ("same", 2, "2016-06", 60),
    "alike-as-shown": ("same", 2, "2016-06", 60),
    "turned": ("worse", 1, "2016-07", 61),
    "gap": ("better", 1, "2016-07", 60),
    "first": (None, None, None, None),
    "no-month-before": (None, None, None, None),
    "nearer": ("better", 3, "2016-05", 10),
    "as-far": (None, None, None, None),
    "gone": (None, None, None, None),
    "green": ("better", 3, "2016-05", 70),
    "on-the-floor": ("worse", 2, "2016-06", 12),
}
RATED = {  # rating, months, since, before
    "improving": ("red", 6, "2016-03", None),
    "gap": ("red", 2, "2016-07", None),
    "green": ("green", 3, "2016-06", "red"),
    "on-the-floor": ("red", 2, "2016-07", "amber"),
    "nearer": ("green", 2, "2016-07", "amber"),
    "gone": (None, None, None, None),
}


def series_of(folder, series, targets="", **texts):
    indicators, months = INDICATORS.splitlines()[0] + "\n", {}
    for code, (polarity, values) in series.items():
        indicators += f"{code},S,Name {code},{polarity},SS,percent,monthly,,,\n"
        bands = {"H": "90,80,,", "L": "10,13,,", "T": "17.5,,2.5,7.5"}[polarity]
        targets += f"{code},2015-04,{bands},\n"
        for back, value in enumerate(reversed(values)):
            if value is not None:
                months.setdefault(str(THIS - back), []).append(f"shire,{code},all,{value},100")
    months = {month: "\n".join(lines) for month, lines in months.items()}
    targets = TARGETS.splitlines()[0] + "\n" + targets
    return make_workbook(folder, months, indicators=indicators, targets=targets, **texts)


def streaks(store, month=THIS):
    return {row["code"]: row for row in store.records.streaks("shire", month)}


def named(day):
    return day and str(Month.of(day))


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    with in_memory(series_of(tmp_path_factory.mktemp("streaks"), SERIES)) as store:
        yield streaks(store)


@pytest.mark.parametrize("code", FOUND)
def test_how_long_it_has_moved(found, code):
    row = found[code]

    assert (row["direction"], row["months"], named(row["from_month"]), row["from_shown"]) == FOUND[
        code
    ]


@pytest.mark.parametrize("code", RATED)
def test_since_when_it_has_its_rating(found, code):
    row = found[code]
    told = row["rating"], row["rating_months"], named(row["rating_since"]), row["rating_before"]

    assert told == RATED[code]


def test_every_rated_indicator_has_a_row_in_order_of_display(found):
    assert [*found] == [*SERIES]
    assert found["gone"]["status"] == "not-available"


def test_each_month_has_the_rating_of_the_target_then_in_force(tmp_path):
    book = series_of(tmp_path, {"a": ("H", [85, 85, 85, 85])})
    book.reference("targets").write_text(
        TARGETS.splitlines()[0] + "\na,2016-06,80,70,,,\na,2016-07,90,80,,,\n", encoding="utf-8"
    )
    with in_memory(book) as store:
        now, then = streaks(store)["a"], streaks(store, THIS - 2)["a"]
    assert (now["rating"], now["rating_months"], now["rating_before"]) == ("amber", 2, "green")
    assert (then["rating"], then["rating_months"], then["rating_before"]) == (
        "green",
        1,
        "not-rated",
    )


def test_distances_are_from_the_target_of_the_month(tmp_path):
    """Or a changed target would pass for a change of the result."""
    book = series_of(tmp_path, {"a": ("T", [16, 18, 20])})
    book.reference("targets").write_text(
        TARGETS.splitlines()[0] + "\na,2015-04,10,,1,2,\na,2016-08,25,,1,2,\n", encoding="utf-8"
    )
    with in_memory(book) as store:
        row = streaks(store)["a"]
    assert (row["direction"], row["months"]) == ("better", 2)


def test_a_changed_definition_ends_what_is_known(tmp_path):
    book = series_of(tmp_path, {"a": ("H", [50, 60, 61, 62])})
    path = book.reference("indicators")
    path.write_text(path.read_text().replace("monthly,,", "monthly,2016-07,"), encoding="utf-8")
    with in_memory(book) as store:
        row, before = streaks(store)["a"], streaks(store, THIS - 2)["a"]
    assert (row["months"], named(row["from_month"]), row["rating_months"]) == (1, "2016-07", 2)
    assert row["rating_before"] is None
    assert (before["direction"], before["months"]) == ("better", 1)


def test_a_year_to_date_begins_anew_in_april(tmp_path):
    months = {str(m): f"shire,ytd,all,{n},20" for n, m in enumerate((Month(2016, 2)).until(THIS))}
    with in_memory(make_workbook(tmp_path, months | {
        str(Month(2015, 4) + n): "shire,ytd,all,0,20" for n in range(10)
    })) as store:  # fmt: skip
        april, june = streaks(store, Month(2016, 4))["ytd"], streaks(store, Month(2016, 6))["ytd"]
    assert (april["direction"], april["months"]) == (None, None)
    assert (june["direction"], june["months"], named(june["from_month"])) == (
        "better",
        2,
        "2016-04",
    )
    assert june["rating_months"] > 2


def test_what_rests_on_an_estimate_says_so(tmp_path):
    """Of the months that the streaks go back to, and of the one that it comes from."""
    provenance = "provenance,marker,count_marker,footnote\npublished,,,\nguessed,e,,A guess.\n"
    series = {"moves": ("H", [95, 50, 91, 92]), "rated": ("H", [95, 50, 70, 60])}
    book = series_of(tmp_path, series, provenance=provenance)
    with in_memory(book) as store:
        assert [row["estimated"] for row in streaks(store).values()] == [False, False]
    for back, wanted in ((3, False), (2, True)):
        path = book.month_results(THIS - back)
        path.write_text(path.read_text().replace("published", "guessed"), encoding="utf-8")
        with in_memory(book) as store:
            found = streaks(store)
        assert [row["estimated"] for row in found.values()] == [wanted, wanted], back
        # The rating of `rated` was another one in the month of the guess, back 3.
        assert named(found["moves"]["rated_since"]) == (None if wanted else "2016-07")
        assert found["rated"]["rated_since"] is None


def test_pages_write_of_what_lasts_and_rests_on_no_estimate(tmp_path):
    """Of movements from the third month, of ratings from the second, if another one came before."""
    provenance = "provenance,marker,count_marker,footnote\npublished,,,\nguessed,e,,A guess.\n"
    series = {
        "moves": ("H", [50, 60, 61, 62]), "two": ("H", [50, 49, 60, 61]),
        "turned": ("H", [95, 50, 49]), "now": ("H", [95, 96, 50]), "older": ("H", [50, 49]),
    }  # fmt: skip
    book = series_of(tmp_path, series, provenance=provenance)
    with in_memory(book) as store:
        found = streaks(store)
    written = {code: (named(row["moving_from"]), named(row["rated_since"])) for code, row in
               found.items()}  # fmt: skip
    assert written == {
        "moves": ("2016-05", None), "two": (None, None), "turned": (None, "2016-07"),
        "now": (None, None), "older": (None, None),
    }  # fmt: skip
    path = book.month_results(THIS)
    path.write_text(path.read_text().replace("published", "guessed"), encoding="utf-8")
    with in_memory(book) as store:
        found = streaks(store)
    assert {row["moving_from"] or row["rated_since"] for row in found.values()} == {None}


@pytest.mark.parametrize(("period", "moved"), [("SS", "better"), ("YTD", None), ("R12M", "same")])
def test_a_count_since_the_year_began_only_grows_and_has_no_streak(tmp_path, period, moved):
    indicators = f"{INDICATORS.splitlines()[0]}\nc,S,Name,H,{period},count,monthly,,,\n"
    months = {str(month): f"shire,c,all,{month.number},"
              for month in (THIS - 14).until(THIS)}  # fmt: skip
    targets = f"{TARGETS.splitlines()[0]}\nc,2015-04,5,2,,,\n"
    workbook = make_workbook(tmp_path, months, indicators=indicators, targets=targets)
    with in_memory(workbook) as store:
        assert streaks(store)["c"]["direction"] == moved
