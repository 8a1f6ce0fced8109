"""A cover report: whom it is from and to, what changed, and a paragraph on every Amber and Red."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from scorecard.errors import ParamsError
from scorecard.outputs import Nothing
from scorecard.params.cover import read_cover
from scorecard.report import Report
from support import council
from support.workbooks import make_workbook

COVER = """\
classification: Open
recommendation: "{committee} is asked to note {month}, after {previous}."
introduction: ["{service} of {council}."]
"""


@pytest.fixture(scope="module")
def fenwold(tmp_path_factory):
    """The made-up council's workbook, with a meeting of another committee."""
    workbook = council.copy(tmp_path_factory.mktemp("fenwold") / "workbook")
    with workbook.params("2024-06").open("a", encoding="utf-8") as file:
        file.write("meetings: {Care Panel: 2024-07-25}\n")
    workbook.params("cover").write_text(COVER, encoding="utf-8")
    return workbook


def read(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.html, "html.parser")


def head(answer) -> dict[str, str]:
    return {row.dt.text: row.dd.text for row in read(answer).select("dl > div")}


def paragraphs(answer) -> list[str]:
    return [" ".join(each.get_text().split()) for each in read(answer).select(".paragraphs > li")]


def test_its_head_says_from_whom_to_whom_on_what_and_who_may_read_it(fenwold):
    report = Report("2024-06", "fenwold", fenwold)
    roles = fenwold.params("roles")
    fenwold_roles = roles.read_text(encoding="utf-8")
    own, panel = report.cover().heading("Report"), report.cover("Care Panel").heading("Report")

    assert head(own) == {
        "To": "Children and Families Scrutiny Committee, 18 July 2024",
        "Subject": "Report, June 2024",
        "Classification": "Open",
    }
    assert own.attention == ["Nobody that the cover report is from: write params/roles.yml."]
    assert head(panel)["To"] == "Care Panel, 25 July 2024"
    roles.write_text(f"cabinet_member: Member\ndirector: Director\n{fenwold_roles}")
    found = Report("2024-06", "fenwold", fenwold).cover().heading("Report")
    roles.write_text(fenwold_roles)
    assert head(found)["From"] == "Member and Director"
    assert found.attention == []


def test_a_committee_without_a_day_needs_attention(fenwold):
    cover = Report("2024-06", "fenwold", fenwold).cover("Schools Forum")

    assert head(cover.heading("Report"))["To"] == "Schools Forum"
    assert cover.heading("Report").attention[0] == (
        "No committee or meeting date for the cover report: write params/2024-06.yml."
    )


def test_fixed_words_are_filled_in(fenwold):
    report = Report("2024-06", "fenwold", fenwold)
    (asked,) = paragraphs(report.cover("Care Panel").recommendation())
    (nameless,) = paragraphs(Report("2024-05", "fenwold", fenwold).cover().recommendation())

    assert asked == "Care Panel is asked to note June 2024, after May 2024."
    assert nameless == "The committee is asked to note May 2024, after April 2024."
    for question in ("next_steps", "background", "contacts"):
        assert isinstance(getattr(report.cover(), question)(), Nothing)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{month}", "{moth}", "`{moth}` is not filled in; what is filled in: {committee}, "),
        ("classification: Open\n", "", "params/cover.yml: key `classification` is missing"),
        ('["{service} of {council}."]', "[]", "line 3: `introduction` is []: list should have"),
    ],
)
def test_a_fault_in_its_words_names_line_and_key(tmp_path, old, new, says):
    book = make_workbook(tmp_path, {})
    book.params("cover").write_text(COVER.replace(old, new, 1))
    with pytest.raises(ParamsError) as found:
        read_cover(book)
    assert says in str(found.value)


def test_a_paragraph_says_why_the_target_is_what_it_is(fenwold):
    cover = Report("2024-06", "fenwold", fenwold).cover(codes=["a2", "c1"])
    said = [text for text in paragraphs(cover.performance()) if "Why this target" in text]

    assert len(said) == 1
    assert said[0].startswith("Contacts repeated within twelve months (a2), Red: ")
    assert "Why this target: the average of similar councils in 2022/23." in said[0]


def test_a_selection_says_so_and_counts_itself_only(fenwold):
    cover = Report("2024-06", "fenwold", fenwold).cover(codes=["a1", "b1"])
    summary = cover.summary()

    assert paragraphs(summary)[:2] == [
        "A selection: 2 of the 9 indicators.", summary.headline.sentence.partition(". ")[2]
    ]  # fmt: skip
    assert sum(summary.headline.ratings.values()) == 2


REPORT_OF_24 = [
    # A report of 2018 on children in care: 24 indicators rated, 14 Green, 10 Amber, none Red. Since
    # the report before, 5 Ambers improved, 2 stayed the same and 3 declined. What is not public,
    # names and figures, is made up: numerator and denominator then and now, on a target of 90% and
    # a floor standard of 80%.
    *[("green", (180 + n, 200), (184 + n, 200)) for n in range(14)],
    *[("improved", (165 + n, 200), (168 + n, 200)) for n in range(5)],
    *[("same", (170, 200), (170, 200)), ("same", (340, 400), (1700, 2000))],
    *[("declined", (175 - n, 200), (171 - n, 200)) for n in range(3)],
]


@pytest.fixture(scope="module")
def of_24(tmp_path_factory):
    """A workbook with these 24 indicators."""
    header = (
        "code,section,name,polarity,data_period,format,supplied,comparable_from,definition,"
        "data_source,counted_as\n"
    )
    names = [f"i{number}" for number in range(1, 25)]
    indicators = header + "".join(
        f"{name},Children in care,Measure {name},H,SS,percent,monthly,,,,child / children\n"
        for name in names
    )
    targets = "code,valid_from,target,floor,green_within,amber_within,note\n" + "".join(
        f"{name},2017-01,90,80,,,\n" for name in names
    )
    months = {"2018-02": 1, "2018-03": 2}
    results = {
        month: "\n".join(
            f"shire,{name},all,{row[place][0]},{row[place][1]}"
            for name, row in zip(names, REPORT_OF_24, strict=True)
        )
        for month, place in months.items()
    }
    book = make_workbook(
        tmp_path_factory.mktemp("of-24"), results, indicators=indicators, targets=targets
    )
    book.params("cover").write_text(COVER, encoding="utf-8")
    book.params("wording").write_text("council: Shire\nservice: Children\n", encoding="utf-8")
    return book


def test_a_report_of_24_indicators_has_a_paragraph_on_each_amber(of_24):
    cover = Report("2018-03", "shire", of_24).cover()
    page = read(cover.performance())
    groups = {
        heading.text: len(heading.find_next("ol").find_all("li", recursive=False))
        for heading in page.select("h3")
    }

    moved = "5 indicators rated Amber or Red improved, 2 stayed the same and 3 declined."
    assert paragraphs(cover.summary()) == [
        "24 indicators are rated: 14 Green, 10 Amber and 0 Red.",
        "No rating has changed since February 2018.",
        f"Since February 2018, {moved}",
    ]
    assert groups == {"Improved": 5, "The same": 2, "Declined": 3}
    texts = paragraphs(cover.performance())
    assert texts[1] == (
        "Measure i15 (i15), Amber: 84.0% against a target of 90.0%; with 12 more of the 200 "
        "children it would be met. This is better than last month (82.5%). 168 children of 200, "
        "165 of 200 last month."
    )
    assert "It has remained at 85.0% since last month." in texts[6]
    assert len(texts) == 1 + 10


def test_small_numbers_are_in_no_paragraph(fenwold):
    path = fenwold.params("disclosure")
    shown = {row["code"]: row for row in Report("2024-06", "fenwold", fenwold)._source.rows()}
    path.write_text("threshold: 60\nfootnote: Not shown.\n", encoding="utf-8")
    try:
        report = Report("2024-06", "fenwold", fenwold)
        gone = [row["code"] for row in report._source.rows() if row["latest"].withheld()]
        cover = report.cover()
        words = " ".join([cover.summary().html, cover.performance().html])
    finally:
        path.unlink()
    results = {code: shown[code]["latest"] for code in gone}
    missed = [code for code, each in results.items() if each.rating in ("amber", "red")]

    assert missed
    assert [code for code in gone if f"({code})" in words] == []
    told = {each.in_full for each in results.values() if len(each.in_full) > 2}
    assert [figure for figure in told if figure in words] == []
    assert "is not shown" in words or "are not shown" in words
