"""What becomes of what checks find: grades, order, lists, sections, the terminal and the page."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pydantic import ValidationError
from rich.console import Console

from scorecard.checks import stamp, terminal, words
from scorecard.checks.examine import examine
from scorecard.checks.finding import LISTED, Findings
from scorecard.checks.library import Check, head
from scorecard.checks.material import Material as OfWorkbook
from scorecard.pages import checks as page
from scorecard.params.wording import Wording
from scorecard.store.store import in_memory
from support.check_workbook import LAST, THIS, Given, examined, series, wave
from support.workbooks import make_workbook

HEAD = """\
title: Too many
group: plausibility
grade: look
structural: information
rank: 7
remedy: Count again,
  and again.

note: this is no key, for the head ends above.
"""
ESTIMATES = "provenance,marker,count_marker,footnote\npublished,e,e,Some figures are estimates.\n"
WORDING = Wording(council="Midshire <Council>", service="Children")
APART = {LAST: "north,stock,all,9,\nnorth-team,stock,all,8,",
         THIS: "north,stock,all,9,\nnorth-team,stock,all,7,"}  # fmt: skip


def check(*rows: dict, **changes: object) -> Check:
    """A check that finds `rows`."""
    about = head(HEAD).model_copy(update=changes)
    full = [{"unit": "north", "code": "h", "says": "It is so.", **row} for row in rows]
    return Check(changes.get("name", "too_many"), about, lambda _: full)


class Material:
    month = THIS


def found(*checks: Check) -> Findings:
    return examine(Material(), checks)


def test_a_head_ends_with_its_first_empty_line_and_indented_lines_go_on():
    about = head(HEAD)

    assert about.remedy == "Count again, and again."
    assert (about.rank, about.estimated) == (7, None)


@pytest.mark.parametrize("broken", [HEAD.replace("rank", "rnak"), HEAD.replace("look", "lok"),
                                    HEAD.replace("title: Too many\n", "")])  # fmt: skip
def test_a_head_with_an_unknown_a_wrong_or_a_missing_key_is_refused(broken):
    with pytest.raises(ValidationError):
        head(broken)


@pytest.mark.parametrize(
    ("row", "grade", "expected"),
    [
        ({}, "look", "look"),
        ({"lasting": "new"}, "look", "look"),
        ({"lasting": "every month"}, "look", "information"),
        ({"estimated": True}, "look", "information"),
        ({"estimated": True}, "stops", "stops"),
    ],
)
def test_what_is_structural_or_rests_on_estimates_is_information_unless_it_stops(
    row, grade, expected
):
    (finding,) = found(check(row, grade=grade)).findings

    assert finding.grade == expected


def test_the_gravest_come_first_then_the_checks_in_their_order_then_the_weightiest():
    findings = found(
        check({"says": "light", "weight": 1}, {"says": "heavy", "weight": 2}),
        check({"says": "late"}, grade="information", name="information"),
        check({"says": "stop"}, grade="stops", name="stopping"),
    )

    assert [each.says for each in findings.findings] == ["stop", "heavy", "light", "late"]
    assert findings.stops
    assert not found(check({})).stops


def test_a_check_lists_so_many_and_counts_them_all():
    findings = found(check(*({"weight": n} for n in range(LISTED + 3))))
    (section,) = words.sections(findings)

    assert (len(findings.findings), findings.count("look")) == (LISTED, LISTED + 3)
    assert section.blocks[0].unlisted == 3


def of(findings: Findings, name: str) -> list:
    return [each for each in findings.findings if each.check == name]


def test_figures_marked_as_estimates_in_the_data_give_information_only(tmp_path):
    given = Given(APART)
    plain = examined(tmp_path / "plain", replace(given, results={THIS: APART[THIS]}))
    estimates = examined(
        tmp_path / "estimates", replace(given, results={THIS: APART[THIS]}, provenance=ESTIMATES)
    )

    (real,), (estimated,) = (of(each, "parts_and_whole") for each in (plain, estimates))
    assert (real.grade, real.estimated) == ("look", False)
    assert (estimated.grade, estimated.estimated) == ("information", True)


def test_a_difference_of_every_month_is_structural_and_one_that_turned_is_new(tmp_path):
    lasting = of(examined(tmp_path / "lasting", Given(APART)), "parts_and_whole")
    turned = {LAST: APART[LAST].replace("8,", "10,"), THIS: APART[THIS]}
    new = of(examined(tmp_path / "new", Given(turned)), "parts_and_whole")

    assert [(each.lasting, each.grade) for each in lasting] == [("every month", "information")]
    assert [(each.lasting, each.grade) for each in new] == [("new", "look")]


def test_a_difference_of_last_month_alone_is_reported_too(tmp_path):
    now = {LAST: APART[LAST], THIS: "north,stock,all,9,\nnorth-team,stock,all,9,"}
    (finding,) = of(examined(tmp_path, Given(now)), "parts_and_whole")

    assert finding.reading == "last month"
    assert finding.says == (
        "North reports 9 for July 2016, its teams add up to 8; this month they agree."
    )


def test_parts_are_not_compared_with_their_whole_while_one_is_missing(tmp_path):
    whole = {LAST: "shire,stock,all,9,\nnorth,stock,all,5,\nsouth,stock,all,4,",
             THIS: "shire,stock,all,9,\nnorth,stock,all,5,"}  # fmt: skip

    findings = examined(tmp_path, Given(whole))
    assert of(findings, "missing_result")
    assert not of(findings, "parts_and_whole")


@pytest.mark.parametrize(("points", "fires"), [(12, False), (13, True)])
def test_limits_need_thirteen_earlier_months(tmp_path, points, fires):
    months = {**series(lambda n: f"shire,h,all,{wave(n)},100", points), THIS: "shire,h,all,99,100"}
    names = {each.check for each in examined(tmp_path, Given(months)).findings}

    assert ("outside_limits" in names) is fires


def test_limits_are_never_put_on_finished_rolling_figures(tmp_path):
    months = series(lambda n: f"shire,done,all,{wave(n)},100", 20)
    months[THIS] = "shire,done,all,99,100"

    assert not of(examined(tmp_path, Given(months)), "outside_limits")


def test_a_month_long_past_is_examined_with_what_was_known_then(tmp_path):
    months = {**series(lambda n: f"shire,h,all,{wave(n)},100", 14), THIS: "shire,h,all,99,100"}

    findings = examined(tmp_path, Given(months), LAST)
    assert findings.month == "2016-07"
    assert not of(findings, "outside_limits")


def text(findings: Findings, **options: bool) -> str:
    stream = StringIO()
    console = Console(file=stream, width=60)
    terminal.show(console, findings, {"north": "North Kent [x]"}, **options)
    return stream.getvalue()


def test_a_pipe_gets_whole_lines_with_what_to_do_and_counts_of_the_rest():
    says = "It is so, and that takes more words than a narrow terminal has room for."
    shown = text(found(check({"says": says}), check({}, grade="information", name="other")))

    assert shown.splitlines() == [
        "2016-08: nothing stops publication, 1 finding needs a look, 1 finding is for information.",
        "",
        "Needs a look",
        "  Too many",
        f"    North Kent [x], h: {says}",
        "    Count again, and again.",
        "",
        "For information",
        "  Too many: 1",
    ]


def test_the_terminal_shows_some_of_many_and_everything_when_asked():
    many = found(check(*({"says": f"No. {n:02}."} for n in range(terminal.SHOWN + 2))))

    assert "and 2 more" in text(many)
    assert f"No. {terminal.SHOWN + 1}." not in text(many)
    assert f"No. {terminal.SHOWN + 1}." in text(many, everything=True)


def test_the_page_has_every_finding_with_its_unit_indicator_and_what_to_do():
    findings = found(
        check({"says": "5 < 7 & more", "unit": None, "lasting": "new"}),
        check({"lasting": "every month"}, name="structural"),
    )
    html = page.render(findings, WORDING, {"north": "North Kent"}, {"h": "Higher is better"})
    soup = BeautifulSoup(html, "html.parser")

    assert soup.h1.text == "Checks: August 2016"
    assert [each.text for each in soup.find_all("h2") if each.get("id") != "contents"] == [
        "Needs a look", "The same every month", "Checks made"
    ]  # fmt: skip
    row = soup.find("tr", {"data-check": "too_many"})
    assert [cell.text.strip() for cell in row.find_all(["th", "td"])] == [
        "h Higher is better", "5 < 7 & more", "new"
    ]  # fmt: skip
    assert "North Kent" in soup.find("tr", {"data-check": "structural"}).text
    assert "Count again, and again." in soup.text
    assert soup.find("script") is None
    assert not [a["href"] for a in soup.find_all("a") if not a["href"].startswith("#")]


def test_every_check_of_the_page_is_named_also_one_that_found_nothing():
    soup = BeautifulSoup(page.render(found(check()), WORDING, {}, {}), "html.parser")
    table = soup.find("caption", id="checks-made-caption").parent

    assert [cell.text for cell in table.find_all("tr")[-1].find_all(["th", "td"])] == [
        "Too many", "0", "0", "0"
    ]  # fmt: skip


def test_ids_are_unique_and_no_heading_steps_down_by_two():
    findings = found(check({}, {"lasting": "every month"}, {"estimated": True}))
    soup = BeautifulSoup(page.render(findings, WORDING, {}, {}), "html.parser")
    ids = [each["id"] for each in soup.find_all(id=True)]
    levels = [int(each.name[1]) for each in soup.find_all(["h1", "h2", "h3", "h4"])]

    assert len(ids) == len(set(ids))
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_each_check_is_one_file_with_a_name_of_its_own():
    package = Path(page.__file__).parents[1]
    queries = {each.stem for each in (package / "sql/checks").iterdir()}
    functions = {each.stem for each in (package / "checks/functions").glob("[a-z]*.py")}

    assert queries
    assert functions
    assert not queries & functions


def test_a_checks_page_with_text_behind_its_stamp_is_somebody_s_own(tmp_path):
    path = tmp_path / "checks.html"
    path.write_text(stamp.stamped(stamp.UNSTAMPED))
    assert stamp.is_ours(path)
    path.write_text(path.read_text() + "A note.")
    assert not stamp.is_ours(path)


def test_a_closed_unit_is_not_expected_and_counted_until_it_ended(tmp_path):
    """What is missing since an area ended is new, and nothing that is the same every month."""
    units = (
        "unit,name,kind,parent,first_month,last_month\nshire,Shire,county,,,\n"
        "north,North,area,shire,,\nsouth,South,area,shire,,2016-07\n"
    )
    lines = {str(month): "shire,stock,all,30,\nnorth,stock,all,20,\nsouth,stock,all,10,"
             for month in (THIS - 13).until(THIS - 1)}  # fmt: skip
    lines[str(THIS)] = "shire,stock,all,30,\nnorth,stock,all,20,"
    workbook = make_workbook(tmp_path, lines, units=units)
    with in_memory(workbook) as store:
        found = examine(OfWorkbook(store, workbook, THIS, ())).findings
    says = [each.says for each in found]
    assert not [each for each in says if "South" in each and "no result" in each]
    gaps = [each for each in found if each.check == "parts_and_whole" and each.unit == "shire"]
    assert [each.lasting for each in gaps] == ["new"]
