"""`params/YYYY-MM.yml`: the meeting, the previous report, and their faults."""

from __future__ import annotations

from datetime import date

import pytest

from scorecard.errors import ParamsError
from scorecard.months import Month
from scorecard.params.month import (
    Meeting,
    PreviousPack,
    previous_report,
    read_meeting,
    read_meeting_file,
)
from scorecard.workbook import Workbook

MONTH = Month(2016, 8)


@pytest.fixture
def workbook(tmp_path):
    for name in ("data", "params"):
        (tmp_path / name).mkdir()
    return Workbook.at(tmp_path)


def write(workbook, text: str) -> None:
    workbook.params(str(MONTH)).write_text(text, encoding="utf-8")


def test_a_month_without_a_file_has_no_meeting(workbook):
    assert read_meeting(workbook, MONTH) == Meeting()


def test_a_meeting_is_read(workbook):
    write(workbook, "committee: C\nmeeting_date: 2016-11-10\nletters: {county: A}\n")
    meeting = read_meeting(workbook, MONTH)

    assert (meeting.committee, meeting.meeting_date) == ("C", date(2016, 11, 10))
    assert meeting.letters == {"county": "A"}


def previous(workbook, text: str, months=("2016-05", "2015-07")) -> Month:
    write(workbook, text)
    return previous_report(read_meeting_file(workbook, MONTH), MONTH, months)


def test_the_previous_report_is_of_the_month_before_or_that_which_is_named(workbook):
    assert previous(workbook, "committee: C\n") == Month(2016, 7)
    assert previous(workbook, "previous: 2016-05\n") == Month(2016, 5)
    assert previous(workbook, "previous: 2015-08\n", ["2015-08"]) == Month(2015, 8)


@pytest.mark.parametrize(
    ("month", "why"),
    [
        ("2016-08", "is 2016-08, which is not before 2016-08"),
        ("2016-09", "is 2016-09, which is not before 2016-08"),
        ("2016-06", "is 2016-06, a month without results"),
        ("2015-07", "is 2015-07, more than 12 months before 2016-08"),
        ("May 2016", "is 'May 2016': write year and month as 2016-05"),
    ],
)
def test_a_previous_report_that_cannot_be_compared_with_is_reported(workbook, month, why):
    with pytest.raises(ParamsError) as caught:
        previous(workbook, f"committee: C\nprevious: {month}\n")

    assert str(caught.value).startswith(f"params/2016-08.yml, line 2: `previous` {why}")


@pytest.mark.parametrize(
    "address",
    ["https://council.example/papers?id=7&at=a", "http://intranet:8080", "../2016-07/index.html"],
)
def test_the_previous_report_has_an_address_where_one_is_named(workbook, address):
    write(workbook, f"previous: 2016-05\nprevious_address: {address}\n")
    pack = read_meeting(workbook, MONTH).previous_pack(MONTH)
    assert pack == PreviousPack(Month(2016, 5), address)
    assert Meeting(previous_address=address).previous_pack(MONTH).month == Month(2016, 7)
    assert Meeting(previous="2016-05").previous_pack(MONTH) is None


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///S:/packs/2016-07",
        "https://",
        "S:\\packs\\2016-07",
        "2016-07/index.html",
        "https://council.example/July 2016",
        "'../2016-07/\"onclick'",
    ],
)
def test_an_address_that_leads_nowhere_from_a_page_is_reported(workbook, address):
    write(workbook, f"committee: C\nprevious_address: {address}\n")
    with pytest.raises(ParamsError) as caught:
        read_meeting(workbook, MONTH)
    said = str(caught.value)
    assert said.startswith("params/2016-08.yml, line 2: `previous_address` is ")
    assert "write a web address, as https://" in said


def test_a_meeting_date_that_is_no_date_is_reported(workbook):
    write(workbook, "meeting_date: 10 November\n")
    with pytest.raises(ParamsError) as caught:
        read_meeting(workbook, MONTH)

    assert str(caught.value).startswith(
        "params/2016-08.yml, line 1: `meeting_date` is '10 November'"
    )
