"""Checks as the operator and the analyst meet them: before a run, by command, in the record."""

from __future__ import annotations

import re

import pytest

from scorecard.batch import month_findings as checks
from scorecard.batch import record
from scorecard.months import Month
from scorecard.workbook import Workbook
from support.batches import contents
from support.places import REPOSITORY

MONTH = Month(2024, 6)
FLOWS = "flows:\n  - {stock: s2, starts: s1, ends: s1}\n"


def copy_last_month(desk):
    """This month's file becomes last month's under another name; gives back what undoes it."""
    folder = desk.workbook / "data/results"
    before = (folder / "2024-06.csv").read_text()
    (folder / "2024-06.csv").write_text((folder / "2024-05.csv").read_text().replace("-05", "-06"))
    return lambda: (folder / "2024-06.csv").write_text(before)


def page(desk):
    return desk.outputs / "checks/2024-06/checks.html"


def test_the_command_says_what_is_odd_and_writes_the_page_but_no_pack(desk):
    status, out, err = desk.ask("check", "2024-06")

    assert (status, err) == (0, "")
    assert out.startswith("2024-06: nothing stops publication, ")
    assert "is Red (474.35) and has no commentary." in out
    assert out.endswith(f"All findings: {page(desk)}\n")
    assert "<h1>Checks: June 2024</h1>" in page(desk).read_text()
    assert [path.name for path in page(desk).parent.iterdir()] == ["checks.html"]
    assert not desk.pack.exists()


def test_information_is_counted_and_shown_when_asked_for(desk):
    says = "has no target for June 2024."
    assert says not in desk.ask("check", "2024-06")[1]
    assert says in desk.ask("check", "2024-06", "--all")[1]


def test_the_command_has_status_1_when_something_stops_publication(desk):
    copy_last_month(desk)
    status, out, _ = desk.ask("check", "2024-06")

    assert status == 1
    assert "Stops publication" in out
    assert re.search(r"\d+ of \d+ results of June 2024 are exactly those of May 2024\.", out)


def test_what_stops_publication_is_one_message_and_leaves_the_pack_as_it_was(published):
    desk, _ = published
    before = contents(desk.pack)
    undo = copy_last_month(desk)
    try:
        status, out, err = desk.ask("2024-06", "--keep-going", "--force")
    finally:
        undo()

    assert (status, out) == (1, "")
    assert err.startswith("2024-06 is not published: 1 finding stops it. ")
    assert "are exactly those of May 2024. Export the month again" in err
    assert str(page(desk)) in err
    assert contents(desk.pack) == before


def test_a_run_records_what_the_checks_found_and_says_it_in_a_line(published):
    desk, (status, out, _) = published
    run = record.read(desk.pack)

    assert status == 0
    assert run.checks == checks.examination(Workbook.at(desk.workbook), MONTH).findings
    assert run.seconds["check"] > 0
    assert re.search(r"^Checks of 2024-06: nothing stops publication, .*checks\.html$", out, re.M)
    assert page(desk).exists()
    assert not [path for path in desk.pack.rglob("*") if path.name == "checks.html"]


def test_a_month_that_is_up_to_date_is_not_checked_again(published, monkeypatch):
    desk, _ = published
    monkeypatch.setattr(checks, "examination", None)
    status, out, _ = desk.ask("2024-06")

    assert status == 0
    assert "is up to date" in out
    assert "Checks of 2024-06: nothing stops publication, " in out


def test_it_is_checked_again_without_its_page(published):
    desk, _ = published
    written = page(desk).stat().st_mtime_ns
    page(desk).unlink()
    status, out, _ = desk.ask("2024-06")

    assert status == 0
    assert "is up to date" in out
    assert page(desk).stat().st_mtime_ns > written


def test_other_flows_make_the_pages_again(published):
    """Which flows change a stock decides also which figures give a small number away."""
    desk, _ = published
    settings = desk.workbook / "params/checks.yml"
    settings.write_text(FLOWS)
    try:
        status, out, _ = desk.ask("2024-06", "--dry-run")
    finally:
        settings.unlink(missing_ok=True)

    assert status == 0
    assert "the parameter files have changed" in out


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("params/checks.yml", FLOWS.replace("s2", "s22"),
         "params/checks.yml, line 2: unknown indicator `s22`; did you mean `s2`?"),
        ("params/checks.yml", FLOWS.replace("starts", "begins"), "unknown key"),
        ("data/commentary/2024-06/a2.md", b"caf\xe9", "a2.md is not UTF-8 text"),
    ],
)  # fmt: skip
def test_wrong_input_of_the_checks_is_one_message_and_status_2(desk, file, text, said):
    (desk.workbook / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    status, out, err = desk.ask("check", "2024-06")

    assert (status, out) == (2, "")
    assert said in err


def test_a_month_without_results_is_one_message_and_status_2(desk):
    status, _, err = desk.ask("check", "2031-01")

    assert status == 2
    assert "there are no results for 2031-01: the store holds 2023-03 to 2024-06" in err


def test_the_published_month_has_one_figure_that_its_own_figures_contradict():
    """Nothing names it: it follows from the figures alone. The month itself is fit to publish."""
    found = checks.examination(Workbook.at(REPOSITORY), Month(2016, 8)).findings
    first = found.findings[0]

    assert not found.stops
    assert (first.check, first.unit, first.code) == ("contradicted_figure", "east-kent", "pf-cases")
    assert "East Kent reports 3, but its teams add up to 7." in first.says
    assert [each.check for each in found.findings].count("contradicted_figure") == 1
    assert {each.code for each in found.findings if each.check == "stock_and_flow"} == {
        "cp-plans", "lac"
    }  # fmt: skip
    assert not [each for each in found.of("look") if each.estimated]
