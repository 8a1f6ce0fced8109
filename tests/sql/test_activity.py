"""Activity as supplied: stocks with last month and change, flows alone, parts never forced."""

from __future__ import annotations

from scorecard.months import Month
from support.workbooks import make_store, record

JULY = "shire,stock,all,100, north,stock,all,60, south,stock,all,40, shire,flow,all,9,"
AUGUST = (
    "shire,stock,all,90, north,stock,all,65, south,stock,all,20, north-team,stock,all,50,"
    " shire,flow,all,12, north,flow,all,7, south,flow,all,5,"
)
THIS = Month(2016, 8)


def store_of(folder):
    return make_store(folder, {"2016-07": JULY, "2016-08": AUGUST})


def test_a_stock_has_last_month_and_the_change(tmp_path):
    row = record(store_of(tmp_path).activity("shire", THIS), unit="shire", code="stock")

    assert (row["this"], row["last"], row["change"]) == (90, 100, -10)


def test_a_flow_is_the_count_of_the_month_alone(tmp_path):
    row = record(store_of(tmp_path).activity("shire", THIS), unit="shire", code="flow")

    assert (row["this"], row["last"], row["change"]) == (12, None, None)


def test_what_was_not_supplied_stays_empty(tmp_path):
    found = store_of(tmp_path).activity("shire", THIS)
    new_team = record(found, unit="north-team", code="stock")
    no_flow = record(found, unit="north-team", code="flow")

    assert (new_team["this"], new_team["last"], new_team["change"]) == (50, None, None)
    assert no_flow["this"] is None


def test_every_unit_within_and_every_measure_has_a_row_in_order_of_display(tmp_path):
    found = store_of(tmp_path).activity("shire", THIS)

    assert list(dict.fromkeys(found["unit"])) == ["shire", "north", "south", "north-team"]
    assert list(found["code"]) == ["stock", "flow"] * 4
    assert list(found["depth"][::2]) == [0, 1, 1, 2]


def test_an_area_s_activity_is_its_own_and_its_teams(tmp_path):
    found = store_of(tmp_path).activity("north", THIS)

    assert list(dict.fromkeys(found["unit"])) == ["north", "north-team"]


def test_a_figure_that_is_not_the_sum_of_its_parts_is_reconciled_and_not_changed(tmp_path):
    store = store_of(tmp_path)
    county = record(store.reconciliation("shire", THIS), unit="shire", code="stock", reading="this")
    area = record(store.reconciliation("shire", THIS), unit="north", code="stock", reading="this")

    assert (county["reported"], county["parts"], county["residual"]) == (90, 85, 5)
    assert (area["reported"], area["parts"], area["residual"]) == (65, 50, 15)
    assert record(store.activity("shire", THIS), unit="shire", code="stock")["this"] == 90


def test_a_figure_that_is_the_sum_of_its_parts_leaves_no_residual(tmp_path):
    found = store_of(tmp_path).reconciliation("shire", THIS)

    assert record(found, unit="shire", code="flow")["residual"] == 0
    assert record(found, unit="shire", code="stock", reading="last")["residual"] == 0


def flows(of):
    """Results of a flow: month → the county's count."""
    return {month: f"shire,flow,all,{count}," for month, count in of.items()}


LAST_YEAR, THIS_YEAR = {"2015-04": 1, "2015-05": 2, "2015-06": 4}, {"2016-04": 8, "2016-05": 16}
SINCE_APRIL = flows({**LAST_YEAR, "2016-03": 32, **THIS_YEAR, "2016-06": 64})


def to_date(store, month):
    row = record(store.activity_to_date("shire", month), unit="shire", code="flow")
    return row["months"], row["num"], row["year_ago_num"], row["difference"]


def test_activity_to_date_adds_up_the_financial_year_and_the_same_months_before(tmp_path):
    store = make_store(tmp_path, SINCE_APRIL)

    assert to_date(store, "2016-05") == (2, 8 + 16, 1 + 2, 24 - 3)
    assert to_date(store, "2016-04") == (1, 8, 1, 7)
    months, *rest = to_date(store, "2016-03")
    assert (months, rest) == (12, [None, None, None])
    assert to_date(store, "2015-06") == (3, 1 + 2 + 4, None, None)


def test_activity_to_date_of_a_stock_is_what_is_in_hand_at_the_end(tmp_path):
    counts = {"2015-04": 70, "2015-05": 72, "2016-04": 80, "2016-05": 90, "2016-06": 95}
    store = make_store(tmp_path, {m: f"shire,stock,all,{n}," for m, n in counts.items()})

    def in_hand(month):
        row = record(store.activity_to_date("shire", month), unit="shire", code="stock")
        return row["months"], row["num"], row["year_ago_num"], row["difference"]

    assert in_hand("2016-05") == (1, 90, 72, 18)
    assert in_hand("2016-06") == (1, 95, None, None)


def test_activity_to_date_is_not_given_where_a_month_is_missing(tmp_path):
    before = {month: text for month, text in SINCE_APRIL.items() if month != "2015-05"}
    assert to_date(make_store(tmp_path / "before", before), "2016-05") == (2, 24, None, None)

    now = {month: text for month, text in SINCE_APRIL.items() if month != "2016-04"}
    assert to_date(make_store(tmp_path / "now", now), "2016-05") == (2, None, 3, None)
