"""One time zone, the council's, in what is shown and in days that are asked for; UTC in files."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from scorecard.batch import summary
from scorecard.batch.since import Changes
from scorecard.commands.program import main
from scorecard.errors import ParamsError, StoreError
from scorecard.params.wording import time_zone
from scorecard.store.store import in_memory
from scorecard.store.trusted import fingerprint
from support.ledgers import record_load
from support.runs import make_run
from support.workbooks import make_workbook

RESULTS = {"2016-08": "shire,h,all,90,100"}
WORDING = "council: Shire Council\nservice: Children\n"


@pytest.fixture(params=["America/New_York", "Asia/Tokyo"])
def elsewhere(request, monkeypatch):
    """A machine whose own clock shows another time."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def workbook(folder, *moments, zone=""):
    """A workbook with a load made at each of `moments`, of which each brings other figures."""
    made = make_workbook(folder, {})
    if zone:
        made.params("wording").write_text(WORDING + f"time_zone: {zone}\n")
    for number, moment in enumerate(moments):
        results = {"2016-08": f"shire,h,all,{90 + number},100"}
        record_load(made, results, at=datetime.fromisoformat(moment).replace(tzinfo=UTC))
    return made


def as_at(book, *days):
    """The loads that dates mean."""
    with in_memory(book) as store:
        return [store.load_as_at(day) for day in days]


def typed(book, *words):
    """What a command says, in one line for each of its own."""
    done = CliRunner().invoke(main, [*words, "--workbook", str(book.root)], obj=str(book.root))
    assert done.exit_code == 0, done.output
    return done.output


SUMMER = ("2026-06-30 22:59:59", "2026-06-30 23:00:00", "2026-06-30 23:30:00")
WINTER = ("2026-01-31 22:30:00", "2026-01-31 23:59:59", "2026-02-01 00:00:00")


@pytest.mark.usefixtures("elsewhere")
def test_a_day_ends_at_midnight_of_the_councils_time(tmp_path):
    summer = workbook(tmp_path / "summer", *SUMMER)
    winter = workbook(tmp_path / "winter", *WINTER)

    # The second and third were made on 1 July, summer time.
    assert as_at(summer, "2026-06-30", "2026-07-01") == [1, 3]
    assert as_at(winter, "2026-01-31", "2026-02-01") == [2, 3]


def test_a_day_on_which_clocks_change_is_as_long_as_it_is(tmp_path):
    spring = (
        "2026-03-28 23:59:59",
        "2026-03-29 00:00:00",
        "2026-03-29 22:59:59",
        "2026-03-29 23:00",
    )
    autumn = (
        "2026-10-24 22:59:59",
        "2026-10-24 23:00:00",
        "2026-10-25 23:59:59",
        "2026-10-26 00:00",
    )
    for name, moments, days in (
        ("spring", spring, ("2026-03-28", "2026-03-29", "2026-03-30")),
        ("autumn", autumn, ("2026-10-24", "2026-10-25", "2026-10-26")),
    ):
        book = workbook(tmp_path / name, *moments)
        assert as_at(book, *days) == [1, 3, 4], name


@pytest.mark.usefixtures("elsewhere")
def test_every_command_shows_the_same_time_and_names_its_zone(tmp_path):
    book = workbook(tmp_path, *SUMMER)

    assert "3      2026-07-01 00:30 BST" in typed(book, "loads")
    assert "3      2026-07-01 00:30 BST" in typed(book, "history", "shire", "h", "2016-08")
    assert "load 3, 2026-07-01 by" in typed(book, "diff", "2016-08", "--since", "2026-06-30")
    run = make_run(finished=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    (first, *_) = summary.status(run, Changes(None, [], []), time_zone(book))
    assert "published 2026-07-01 00:30 BST" in first


def test_the_hour_that_comes_twice_can_be_distinguished(tmp_path):
    book = workbook(tmp_path, "2026-10-25 00:30:00", "2026-10-25 01:30:00")

    for said in (typed(book, "loads"), typed(book, "history", "shire", "h", "2016-08")):
        assert "2026-10-25 01:30 BST" in said
        assert "2026-10-25 01:30 GMT" in said


def test_a_council_may_name_another_zone(tmp_path):
    book = workbook(tmp_path, "2026-06-30 11:30:00", "2026-06-30 12:30:00", zone="Pacific/Auckland")

    assert as_at(book, "2026-06-30") == [1]
    assert "2026-07-01 00:30 NZST" in typed(book, "loads")
    before = fingerprint(book)
    book.params("wording").write_text(WORDING)
    assert fingerprint(book) != before
    assert as_at(book, "2026-06-30") == [2]  # and the store is built anew


def test_a_date_before_the_first_load_names_days_that_can_be_asked_for(tmp_path):
    book = workbook(tmp_path, *SUMMER)
    with pytest.raises(
        StoreError,
        match=r"^nothing had been loaded by 2026-06-29: .* made from 2026-06-30 to 2026-07-01",
    ):
        as_at(book, "2026-06-29")


def test_a_zone_that_is_none_is_reported_with_its_line(tmp_path):
    book = workbook(tmp_path, zone="Europe/Londn")
    with pytest.raises(ParamsError) as caught:
        time_zone(book)

    assert str(caught.value) == (
        "params/wording.yml, line 3: `time_zone` is 'Europe/Londn': `Europe/Londn` is not a time "
        "zone; write it like `Europe/London`"
    )


def test_the_ledger_keeps_utc(tmp_path):
    book = workbook(tmp_path, *SUMMER)

    assert "loaded_at: '2026-06-30T23:30:00+00:00'" in (book.loads / "0003/load.yml").read_text()
