"""Parameter files: every fault with file, line and the nearest key, all at once."""

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
from scorecard.params.reports import read_reports
from scorecard.params.wording import read_wording
from scorecard.workbook import Workbook

MONTH = Month(2016, 8)
REPORTS = """\
timeout_seconds: 60
appendices:
  - name: area-{unit}
    notebook: area
    title: "{unit_name}"
    summary: One area.
    for_each: area
    parameters:
      codes: ["1"]
"""


@pytest.fixture
def workbook(tmp_path):
    for name in ("data", "params"):
        (tmp_path / name).mkdir()
    return Workbook.at(tmp_path)


def write(workbook, name: str, text: str | bytes) -> None:
    raw = text if isinstance(text, bytes) else text.encode()
    workbook.params(name).write_bytes(raw)


def fault(workbook, text: str | bytes, name: str = "reports") -> str:
    write(workbook, name, text)
    read = {
        "reports": lambda: read_reports(workbook),
        "wording": lambda: read_wording(workbook),
        "2016-08": lambda: read_meeting(workbook, MONTH),
    }[name]
    with pytest.raises(ParamsError) as caught:
        read()
    return str(caught.value)


def test_the_plan_is_read(workbook):
    write(workbook, "reports", REPORTS)
    plan = read_reports(workbook).value

    (appendix,) = plan.appendices
    assert (plan.timeout_seconds, appendix.for_each, appendix.parameters) == (
        60, "area", {"codes": ["1"]},
    )  # fmt: skip


def test_a_misspelt_key_is_reported_with_its_line_and_the_right_one(workbook):
    said = fault(workbook, REPORTS.replace("    notebook:", "    notebok:"))

    assert (
        "params/reports.yml, line 4: unknown key `appendices.0.notebok`; did you mean `notebook`?"
        in said
    )
    assert "key `appendices.0.notebook` is missing" in said


def test_a_repeated_key_is_reported_though_yaml_would_keep_the_last(workbook):
    said = fault(workbook, REPORTS + "timeout_seconds: 90\n")

    assert said == "params/reports.yml, line 10: key `timeout_seconds` is repeated"


def test_wrong_types_are_reported_with_what_was_found(workbook):
    said = fault(workbook, REPORTS.replace("timeout_seconds: 60", "timeout_seconds: soon"))

    assert "params/reports.yml, line 1: `timeout_seconds` is 'soon'" in said


def test_all_faults_of_a_file_are_reported_together(workbook):
    text = REPORTS.replace("60", "0").replace("notebook: area", "notebook: ../area")

    assert len(fault(workbook, text).splitlines()) == 2


@pytest.mark.parametrize("name", ["county report", "County", "a/b", "{unit_name}", "", "-a"])
def test_an_appendix_is_named_by_a_slug(workbook, name):
    said = fault(workbook, REPORTS.replace("area-{unit}", f'"{name}"'))

    assert "line 3: `appendices.0.name`" in said


@pytest.mark.parametrize("name", ["county", "{unit}", "area-{unit}", "{unit}-area", "a-2"])
def test_names_that_are_slugs(workbook, name):
    write(workbook, "reports", REPORTS.replace("area-{unit}", f'"{name}"'))

    assert read_reports(workbook).value.appendices[0].name == name


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("appendices", 0, "parameters", "codes", 2), 11),
        (("appendices", 0, "parameters", "codes"), 9),
        (("appendices", 0, "parameters", "unit"), 8),
        (("appendices", 0), 3),
    ],
)
def test_what_was_read_knows_its_line_or_that_of_its_parent(workbook, place, line):
    write(workbook, "reports", REPORTS.replace('["1"]', '["1",\n        "2",\n        "3"]'))

    assert read_reports(workbook).where(*place) == f"params/reports.yml, line {line}"


def test_a_missing_file_is_reported(workbook):
    with pytest.raises(ParamsError, match=r"params/wording\.yml is missing; the workbook needs it"):
        read_wording(workbook)


def test_what_is_no_yaml_is_reported_with_its_place(workbook):
    assert fault(workbook, "council: [\n", "wording") == (
        "params/wording.yml, line 2, column 1: the line does not go on as those above: look at its "
        "indentation, quotes and brackets"
    )
    assert fault(workbook, "council:\n\tname: Kent\n", "wording") == (
        "params/wording.yml, line 2, column 1: the line begins with a tab: indent it with spaces"
    )


def test_what_is_not_utf_8_is_reported(workbook):
    assert "is not UTF-8 text" in fault(workbook, "council: caf\xe9".encode("latin-1"), "wording")


@pytest.mark.parametrize("text", ["", "- a list\n", "only words\n"])
def test_a_file_that_is_no_mapping_is_reported(workbook, text):
    assert "params/wording.yml" in fault(workbook, text, "wording")


def test_a_month_without_a_file_has_no_meeting(workbook):
    assert read_meeting(workbook, MONTH) == Meeting()


def test_a_meeting_is_read(workbook):
    write(workbook, "2016-08", "committee: C\nmeeting_date: 2016-11-10\nletters: {county: A}\n")
    meeting = read_meeting(workbook, MONTH)

    assert (meeting.committee, meeting.meeting_date) == ("C", date(2016, 11, 10))
    assert meeting.letters == {"county": "A"}


def previous(workbook, text: str, months=("2016-05", "2015-07")) -> Month:
    write(workbook, "2016-08", text)
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
    write(workbook, "2016-08", f"previous: 2016-05\nprevious_address: {address}\n")
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
    write(workbook, "2016-08", f"committee: C\nprevious_address: {address}\n")
    with pytest.raises(ParamsError) as caught:
        read_meeting(workbook, MONTH)
    said = str(caught.value)
    assert said.startswith("params/2016-08.yml, line 2: `previous_address` is ")
    assert "write a web address, as https://" in said


def test_a_meeting_date_that_is_no_date_is_reported(workbook):
    said = fault(workbook, "meeting_date: 10 November\n", "2016-08")

    assert said.startswith("params/2016-08.yml, line 1: `meeting_date` is '10 November'")
