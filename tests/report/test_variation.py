"""Real change or ordinary variation: in the summary, the scorecard, downloads and the key."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from scorecard import display
from scorecard.report import Report, comparators
from support.places import TESTS
from support.workbooks import HEADER, make_workbook

MONTHS = [f"2015-{number:02}" for number in range(8, 13)] + [
    f"2016-{number:02}" for number in range(1, 9)
]
STEADY = [50, 52] * 6 + [51]
INDICATORS = """\
code,section,name,polarity,data_period,format,supplied,comparable_from,definition,data_source
steady,S,Steady,H,SS,percent,monthly,,,
fell,S,Fell,H,SS,percent,monthly,,,
rose,S,Rose,H,SS,percent,monthly,,,
guessed,S,Guessed,L,SS,percent,monthly,,,
new,S,New,H,SS,percent,monthly,,,
done,S,Done,H,R12M,percent,window,,,
flow,Activity,Flow,,M,count,monthly,,,
"""
SERIES = {
    "steady": STEADY, "fell": [*STEADY[:-1], 20], "rose": [*STEADY[:-1], 80],
    "guessed": [*STEADY[:-1], 20], "done": [90] * 13, "new": [None] * 12 + [90],
    "flow": [*STEADY[:-1], 99],
}  # fmt: skip
PROVENANCES = (
    "provenance,marker,count_marker,footnote,phrase_one,phrase_many\npublished,,,,,\n"
    "guess,g,g,Guesses.,is a guess,are guesses\n"
)


def made(folder, **texts):
    """A county of which some indicators really changed, and an area of which all is as steady."""
    lines = {
        month: "\n".join(
            f"{unit},{code},all,{value if unit == 'shire' else 50},{'' if code == 'flow' else 100}"
            for unit in ("shire", "north")
            for code, values in SERIES.items()
            if (value := values[place]) is not None
        )
        for place, month in enumerate(MONTHS)
    }
    book = make_workbook(folder, lines, indicators=INDICATORS, targets="code,valid_from,target,"
                         "floor,green_within,amber_within,note\n", **texts)  # fmt: skip
    book.reference("provenance").write_text(PROVENANCES, encoding="utf-8")
    wording = "council: Shire\nservice: Children\nglossary: []\n"
    book.params("wording").write_text(wording, encoding="utf-8")
    path = book.month_results("2015-10")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("guessed,all,50,100,published", "guessed,all,50,100,guess"))
    assert ",guess\n" in path.read_text(encoding="utf-8")
    return book


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    return made(tmp_path_factory.mktemp("variation"))


@pytest.fixture(scope="module")
def report(workbook):
    return Report("2016-08", "shire", workbook)


def parsed(fragment):
    return BeautifulSoup(fragment.html, "html.parser")


def test_the_summary_leads_with_the_real_changes_and_names_none_that_rests_on_estimates(report):
    page = parsed(report.summary())

    lead = page.select_one("p.lede").get_text()
    assert lead == (
        "Of 3 indicators that can be judged, 2 show a real change. The other one is within "
        "ordinary variation. 3 are left out: 1 rests on estimates, 1 has fewer than 13 monthly "
        "values and 1 is supplied as a finished rolling figure."
    )
    assert [item.get_text() for item in page.select("ul.plain li")] == [
        "Concern: Fell (fell), 20.0%, below its mean of 48.6%",
        "Improvement: Rose (rose), 80.0%, above its mean of 53.2%",
    ]  # fmt: skip
    assert [each["data-variation"] for each in page.select("li [data-variation]")] == [
        "concern", "improvement",
    ]  # fmt: skip
    assert "Guessed" not in page.get_text()


def test_a_summary_of_what_cannot_be_judged_leads_with_the_ratings_and_claims_nothing(report):
    page = parsed(report.summary(["guessed", "new"]))

    assert page.select_one("p.lede").get_text() == (
        "No indicator could be rated: no target is held for the month."
    )
    (said,) = (p.get_text() for p in page.select("p") if "real change" in p.get_text())
    assert said == (
        "No real change is named: 1 rests on estimates and 1 has fewer than 13 monthly values."
    )
    assert not page.select("li")


def test_the_scorecard_has_a_word_a_shape_and_a_reason(report):
    found = report.scorecard()
    cells = {
        row["data-code"]: row.select_one('[data-field="variation"]')
        for row in parsed(found).select("tr[data-code]")
    }

    shown = {code: (cell.get("data-variation"), cell.get_text()) for code, cell in cells.items()}
    assert shown == {
        "steady": ("ordinary", "Ordinary"), "fell": ("concern", "Concern"),
        "rose": ("improvement", "Improvement"), "guessed": ("improvement", "Improvement [g]"),
        "new": (None, "–note 1"), "done": (None, "–note 2"),
    }  # fmt: skip
    assert [li.get_text() for li in parsed(found).select(".notes li")] == [
        f"Variation can't be judged: {display.NOT_JUDGED[why].meaning}."
        for why in ("too-few", "finished-window")
    ]


def test_the_download_has_what_it_takes_to_judge_again(report):
    (table,) = report.scorecard().tables
    names = [column.name for column in table.columns]
    first = names.index("variation")
    rows = {row[names.index("code")]: row[first : first + 7] for row in table.rows}

    assert names[first : first + 7] == [
        "variation", "variation_status", "own_month", "expected_from", "expected_to",
        "expected_mean", "variation_provenance",
    ]  # fmt: skip
    # Mean 51, mean moving range 23/12: the last step is one, the others are two.
    low, high = (Decimal(number) for number in ("45.9", "56.1"))
    steady = ["ordinary", "available", Decimal("51.0"), low, high, Decimal("51.0"), "published"]
    assert rows["steady"] == steady
    assert rows["guessed"][-1] == "guess + published"
    assert rows["new"] == [None, "too-few", None, None, None, None, "published"]
    assert rows["done"] == [None, "finished-window", None, None, None, None, ""]


def test_every_variation_has_its_own_sign_and_another_where_it_rests_on_estimates():
    style = (TESTS.parent / "lib/scorecard/templates/tables.css").read_text(encoding="utf-8")

    for code, term in display.VARIATIONS.items():
        line = next(line for line in style.splitlines() if f'="{code}"]::before' in line)
        hollow = next(
            line
            for line in style.splitlines()
            if f'="{code}"]:is([data-marked], :has(.marker))::before' in line
        )
        assert f'content: "{term.sign}" / ""' in line
        assert any(f'content: "{sign}" / ""' in hollow for sign in display.HOLLOW_VARIATIONS)


def test_the_key_has_variation_where_the_page_shows_it(workbook):
    report = Report("2016-08", "shire", workbook)
    assert "ariation" not in report.key().html

    report.scorecard()
    key = parsed(report.key()).get_text(" ", strip=True)
    assert "Concern variation: a real change for the worse" in key
    assert "△▽◇○ variation that rests on estimates" in key.replace("△ ▽ ◇ ○", "△▽◇○")
    assert "– variation that can't be judged, for the reason in the note" in key


def test_the_key_has_signs_only_of_what_the_page_shows(workbook):
    report = Report("2016-08", "north", workbook)
    report.summary(["steady"])
    report.panels(["steady"])
    key = parsed(report.key()).get_text(" ", strip=True)

    assert "variation: a real change for the worse" in key
    assert "estimates" not in key
    assert "can't be judged" not in key
    assert "hollow point" not in key


def test_a_file_has_the_months_that_limits_rest_on(workbook):
    report = Report("2016-08", "shire", workbook)
    assert not report.footnotes().tables

    report.scorecard()
    (months,) = report.footnotes().tables
    found = [dict(zip([c.name for c in months.columns], row, strict=True)) for row in months.rows]
    assert {row["code"] for row in found} == {"steady", "fell", "rose", "guessed"}
    steady = [row["own_month"] for row in found if row["code"] == "steady"]
    mean = sum(steady) / len(steady)
    reach = Decimal("2.66") * sum(abs(b - a) for a, b in pairwise(steady)) / (len(steady) - 1)
    signal = report._source.signals.by_code["steady"]
    assert [round(mean, 6), round(mean - reach, 6), round(mean + reach, 6)] == [
        round(signal[key], 6) for key in ("mean", "lower", "upper")
    ]
    assert found[0] == {
        "unit": "shire", "code": "steady", "month": "2015-08", "num": 50, "denom": 100,
        "own_month": 50, "provenance": "published", "format": "percent", "measured_in": "%",
    }  # fmt: skip


def test_a_page_owes_the_footnotes_of_what_its_variation_rests_on(workbook):
    report = Report("2016-08", "shire", workbook)
    report.summary()
    assert [note.of for note in report.footnotes().notes] == ["Comparators"]

    report.scorecard()
    notes = report.footnotes().notes
    assert [note.text for note in notes] == ["Guesses.", comparators.NONE_LOADED]


def test_activity_is_beside_its_expected_range(report):
    below = report.activity_table().tables[1]
    row = parsed(report.activity_table()).select_one("#activity-range-table tbody tr")
    cells = {cell["data-field"]: cell.get_text() for cell in row.select("[data-field]")}

    assert below.name == "activity-range"
    assert cells == {
        "name": "Flow", "num": "99", "expected": "39 to 70",
        "variation": "High: outside the range",
    }  # fmt: skip
    assert row.select_one("[data-variation]")["data-variation"] == "high"


def test_activity_without_any_limits_has_no_such_table(workbook):
    early = Report("2016-01", "shire", workbook).activity_table()

    assert [table.name for table in early.tables] == ["activity"]


def withheld(folder, small=(), **changed):
    """What the report of a unit of a workbook that withholds 1 to 5 says: code → status.

    `small` are a unit, code, month and the count that it has there.
    """
    book = made(folder)
    if small:
        unit, code, month, count = small
        path = book.month_results(month)
        lines = path.read_text(encoding="utf-8").splitlines()
        lines = [
            f"{month},{unit},{code},all,{count},{line.split(',')[5]},published"
            if line.startswith(f"{month},{unit},{code},") else line
            for line in lines
        ]  # fmt: skip
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for month in range(3, 8):  # older than the pages show
        path = book.month_results(f"2015-{month:02}")
        rows = [f"2015-{month:02},{unit},flow,all,{changed.get('old', 50)},,published\n"
                for unit in ("shire", "north")]  # fmt: skip
        path.write_text(HEADER + "".join(rows), encoding="utf-8")
    profile = "threshold: 5\nfootnote: Numbers from 1 to {threshold} are {sign}.\n"
    book.params("disclosure").write_text(profile, encoding="utf-8")
    source = Report("2016-08", "shire", book)._source
    found = source.signals.shown([row["code"] for row in source.catalogue.rows])
    return {code: row["status"] for code, row in found.items()} | {
        MONTHS_OF: {row["code"] for row in source.signals.limit_months()}
    }


MONTHS_OF = "months of"
"""Where `withheld` has the codes of which the months behind the limits are given."""


def test_without_small_numbers_nothing_is_withheld(tmp_path):
    found = withheld(tmp_path)
    assert found.pop(MONTHS_OF) == {"steady", "fell", "rose", "guessed", "flow"}
    assert set(found.values()) == {"available", "too-few", "finished-window"}


@pytest.mark.parametrize(
    ("small", "gone"),
    [
        (("shire", "steady", "2016-02", 3), {"steady"}),
        (("shire", "steady", "2016-02", 97), {"steady"}),  # 3 are left of 100
        (("shire", "new", "2016-08", 3), set()),  # it can't be judged anyhow
        (("north", "steady", "2016-02", 3), set()),  # means of percentages don't add up
        (("north", "flow", "2016-02", 3), {"flow"}),  # those of counts do
    ],
)
def test_a_signal_that_rests_on_a_small_number_is_withheld(tmp_path, small, gone):
    found = withheld(tmp_path, small)

    assert {code for code, status in found.items() if status == "not-shown"} >= gone
    assert small[1] not in found[MONTHS_OF]
    if not gone:
        assert found["new"] == "too-few"


def test_small_numbers_of_months_that_no_page_shows_count_too(tmp_path):
    assert withheld(tmp_path, old=4)["flow"] == "not-shown"
