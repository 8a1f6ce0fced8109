"""Another council's workbook runs with the installed package, and nothing of the first shows."""

from __future__ import annotations

import json
import re

import pytest

from scorecard.report import Report
from support import council, page_words
from support.page_figures import Shown, differences, figures, page, rows, table
from support.places import TESTS
from support.wheel import Installed

PAGES = (
    "cover borough area-upper-fen area-lower-fen children-we-care-for uasc-impact cabinet index"
).split()
BETTER, WORSE = "better", "worse"


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """The council's June 2024, made in an empty folder by the installed command."""
    folder = tmp_path_factory.mktemp("fenwold")
    council.files(folder / "workbook")
    (folder / "empty").mkdir()
    places = ["--workbook", folder / "workbook", "--outputs", folder / "outputs"]
    installed = Installed(folder / "installed")
    done = installed.run("scorecard", "2024-06", *places, cwd=folder / "empty")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "outputs" / "2024-06"


def row(pack, name, of, attribute):
    """The figures of one row: page, table, and the attribute that names the row."""
    (found,) = table(page(pack / f"{name}.html"), of).select(f"tr[{attribute}]")
    return figures(found)


def test_all_its_appendices_are_published(pack):
    assert {path.stem for path in pack.glob("*.html")} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_no_word_of_the_first_council_is_on_its_pages(pack, name):
    html = (pack / f"{name}.html").read_text(encoding="utf-8")

    assert re.findall(r"\bkent|\bkcc\b|\bcswt", html, re.IGNORECASE) == []
    assert "Fenwold" in html


def test_the_titles_of_its_charts_are_short_without_short_names(pack):
    assert page_words.too_long(pack) == []
    assert len([*page_words.titles(pack)]) > 5


def test_its_sentences_are_easy_to_read_and_their_figures_well_written(pack):
    assert page_words.figures_badly_written(pack) == []
    assert page_words.hard_to_read(pack, TESTS / "second_council") == []


def test_its_logo_is_on_every_page_and_on_the_checks(pack):
    paths = [*pack.glob("*.html"), pack.parent / "checks/2024-06/checks.html"]
    assert len(paths) == len(PAGES) + 1
    for path in paths:
        (logo,) = page(path).select("header img")
        assert logo["alt"] == "Fenwold: a heron in the reeds"
        assert "--accent: #1f5e3f" in path.read_text(encoding="utf-8")


def test_no_word_of_the_first_council_is_in_its_downloads(pack):
    for path in (pack / "downloads").glob("*.csv"):
        assert not re.search(r"\bkent|\bkcc\b", path.read_text(encoding="utf-8"), re.IGNORECASE)


# Worked out by hand from tests/second_council/data.
SCORECARD = {
    "a1": {  # July 2023 to June 2024; the target rose to 90% in April 2024
        "result": Shown("86.9%", "amber"),
        "num": Shown("2612"),
        "denom": Shown("3007"),
        "target": Shown("90.0%"),
        "year_ago": Shown("Not available"),
        "r3m": Shown("85.9%", "amber"),  # (196 + 201 + 228) / (233 + 240 + 255)
    },
    "a3": {  # April to June: (38 + 32 + 39) / (55 + 53 + 57)
        "result": Shown("66.1%", "amber"),
        "num": Shown("109"),
        "denom": Shown("165"),
        "year_ago": Shown("64.9%", direction=BETTER),
        "r3m": Shown("-"),
    },
    "b2": {  # new definition from September 2023
        "result": Shown("7.7%", "green"),
        "month_ago": Shown("15.3%", direction=BETTER),
        "year_ago": Shown("Not comparable"),
    },
    "b3": {  # supplied by a partner as the finished result, with two decimals
        "result": Shown("474.35", "red"),
        "num": Shown("-"),
        "denom": Shown("-"),
        "target": Shown("426.0"),
        "month_ago": Shown("472.00", direction=WORSE),
        "r3m": Shown("-"),
    },
    "c1": {  # 936 / 51.4 is 2.2 from the target of 16; green within 1, amber within 3
        "result": Shown("18.2", "amber"),
        "num": Shown("936"),
        "denom": Shown("51.4"),
        "month_ago": Shown("16.3", direction=WORSE),
    },
    "c2": {  # a count without a target, supplied with a decimal: 7.9
        "result": Shown("8", "not-rated"),
        "target": Shown("none"),
        "month_ago": Shown("10", direction=BETTER),
    },
}


@pytest.mark.parametrize("code", SCORECARD)
def test_its_scorecard(pack, code):
    found = row(pack, "borough", "scorecard", f'data-code="{code}"')

    assert differences(found, SCORECARD[code]) == []


def test_its_retired_indicator_makes_way_for_the_one_that_replaces_it(pack):
    """`c0` was retired in June 2024, and `c3` was added with results since April."""
    borough = page(pack / "borough.html")
    codes = [row["data-code"] for row in rows(table(borough, "scorecard"))]
    assert codes == ["a1", "a2", "a3", "b1", "b2", "b3", "c1", "c2", "c3"]
    replacing = row(pack, "borough", "scorecard", 'data-code="c3"')
    assert replacing["result"] == Shown("9.8%", "green")  # 5.8 / 59
    assert replacing["month_ago"] == Shown("10.6%", direction=BETTER)  # 6.2 / 58.5
    listed = table(borough, "catalogue-changes")
    headings = [row.get_text().strip() for row in listed.select("tbody tr.group")]
    assert headings == ["Added in June 2024", "Retired in June 2024"]
    changes = [figures(row) for row in rows(listed)]
    assert [row["name"].text for row in changes] == [
        "Posts filled by agency social workers",
        "Agency social workers",
    ]
    assert changes[1]["reason"].text == (
        "A number of persons said little about teams of different sizes. Posts filled by agency "
        "social workers (c3) takes its place."
    )


def test_a_pack_before_the_change_has_the_indicator_that_was_retired_since(tmp_path):
    folder = tmp_path / "fenwold"
    report = Report("2024-05", "fenwold", council.files(folder))
    (scorecard,) = report.scorecard().tables
    code = [column.name for column in scorecard.columns].index("code")
    assert [row[code] for row in scorecard.rows][-2:] == ["c2", "c0"]
    report.store.close()


def test_its_areas_are_beside_its_own_county(pack):
    found = row(pack, "area-upper-fen", "scorecard", 'data-code="a1"')

    assert found["other_result"] == Shown("86.9%", "amber")
    assert found["result"] == Shown("89.7%", "amber")  # 1115 / 1243


def test_its_activity(pack):
    found = row(pack, "borough", "activity", 'data-unit="lower-fen"')

    assert [figure.text for figure in found.values()] == [
        "Lower Fen", "347", "370", "-23", "113", "110", "+3", "160"
    ]  # fmt: skip


def test_its_uasc_impact(pack):
    found = row(pack, "uasc-impact", "uasc-other", 'data-code="b2"')

    assert found["including_result"] == Shown("7.7%", "green")  # 15 / 194
    assert found["excluding_result"] == Shown("8.1%", "amber")  # 15 / 185
    assert found["variance"] == Shown("+0.4%")


def test_its_cabinet_sees_the_indicators_that_it_chose_and_no_others(pack):
    found = page(pack / "cabinet.html")

    def codes(of):
        return [each["data-code"] for each in table(found, of).select("tr[data-code]")]

    assert codes("scorecard") == ["c1", "b3", "a1", "a2"]
    assert codes("changed-ratings") == ["c1"]
    totals = table(found, "rating-totals").get_text(" ", strip=True)
    assert totals.endswith("Our staff 0 1 0 0 Children we care for 0 0 1 0 "
                           "First contact 0 1 1 0 All sections 0 2 2 0")  # fmt: skip
    (activity,) = table(found, "activity").select('tr[data-unit="lower-fen"]')
    assert [each.text for each in figures(activity).values()] == ["Lower Fen", "347", "370", "-23"]
    # c3 and c0, which changed in June, are not among them.
    assert "catalogue-changes" in (pack / "borough.html").read_text(encoding="utf-8")
    assert "catalogue-changes" not in str(found)
    headings = [each.get_text() for each in found.select("h3")]
    assert [each[:4] for each in headings if each.endswith("Red")] == ["b3. ", "a2. "]


def test_a_selection_is_called_so_on_the_page_in_the_list_and_in_every_file(pack):
    selection = "A selection: 4 of the 9 indicators and 1 of the 3 activity measures."
    rated = "4 indicators are rated: 0 Green, 2 Amber and 2 Red."

    assert selection in page(pack / "cabinet.html").get_text()
    assert f"{selection} {rated}" in page(pack / "index.html").get_text()
    for path in (pack / "downloads").glob("cabinet-*-metadata.json"):
        assert selection in path.read_text(encoding="utf-8"), path
    assert "A selection" not in page(pack / "borough.html").get_text()


def test_its_own_words_meeting_and_commentary_are_used(pack):
    text = page(pack / "borough.html").get_text(" ")

    assert "Children and Families Scrutiny Committee" in text
    assert "18 July 2024" in text
    commentary = TESTS / "second_council/data/commentary/2024-06/a2.md"
    assert commentary.read_text(encoding="utf-8").split(".")[0] in " ".join(text.split())


def test_its_red_without_commentary_is_reported_on_the_page_and_to_the_operator(pack):
    (said,) = page(pack / "borough.html").select(".missing")
    attention = json.loads((pack / "run.json").read_text(encoding="utf-8"))["attention"]

    assert said.get_text() == "No commentary has been supplied on this indicator."
    assert (
        "borough and cabinet: Days from care to adoptive home (b3) is Red and has no commentary."
        in attention
    )
