"""Every optional part of a catalogue and of `params/` may be missing: pages do without it.

A reader then finds no empty section, table or cell, no word of a program's, and no dead link.
"""

import csv
import re
import shutil
import subprocess
import sys
from functools import cache
from itertools import zip_longest

import pytest
import yaml
from bs4 import BeautifulSoup

from scorecard.batch import month_findings as checks
from scorecard.errors import PublishError
from scorecard.months import Month
from scorecard.workbook import Workbook
from support import council
from support.places import REPOSITORY
from support.quick import pages

MONTH = Month(2024, 6)
ACTIVITY = ("s1", "s2", "f1")
RATED = ("a1", "a2", "a3", "b1", "b2", "b3", "c1", "c2", "c3", "c0")
WITHHOLDING = {"threshold": 5, "footnote": "Figures marked {sign} are 1 to {threshold}."}


class Book:
    """A copy of the second council's workbook, from which parts are taken away."""

    def __init__(self, folder):
        self.folder = folder
        council.copy(folder)

    def remove(self, *names):
        for name in names:
            path = self.folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def rows(self, pattern, keep=lambda row: True, **emptied):
        """Keep some rows of CSV files, with columns `emptied`."""
        for path in self.folder.glob(f"data/{pattern}.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0])
                writer.writeheader()
                writer.writerows({**row, **emptied} for row in rows if keep(row))

    def write(self, name, content):
        (self.folder / f"params/{name}.yml").write_text(yaml.safe_dump(content), encoding="utf-8")

    def entries(self, keep=lambda entry: True):
        """The appendices that are kept, in which nothing is named that the catalogue has not."""
        path = self.folder / "params/reports.yml"
        entries = [each for each in yaml.safe_load(path.read_text())["appendices"] if keep(each)]
        with (self.folder / "data/reference/indicators.csv").open(encoding="utf-8") as file:
            known = {row["code"] for row in csv.DictReader(file)}
        for entry in entries:
            given = entry.get("parameters", {})
            for name, value in given.items():
                if isinstance(value, list):
                    given[name] = [each for each in value if each in known]
        self.write("reports", {"appendices": entries})

    def without(self, *codes):
        """A catalogue that lacks some indicators or measures, and all that is about them."""
        files = ("indicators", "targets", "changes", "steps", "comparators")
        for name in (*(f"reference/{each}" for each in files), "results/*"):
            self.rows(name, lambda row: row["code"] not in codes)
        roles = self.folder / "params/roles.yml"
        given = yaml.safe_load(roles.read_text(encoding="utf-8"))
        left = {code: who for code, who in given["indicators"].items() if code not in codes}
        self.write("roles", {**given, "indicators": left})
        self.entries()


def results(keep):
    return lambda book: book.rows("results/*", keep)


WITH_UASC_ONLY = results(lambda row: row["cohort"] == "all")


def without_targets_of(*codes):
    return lambda book: book.rows("reference/targets", lambda row: row["code"] not in codes)


def without_appendix(notebook):
    def change(book):
        book.entries(lambda entry: entry["notebook"] != notebook)
        book.remove("params/2024-06.yml")

    return change


def with_month_file(**content):
    return lambda book: book.write("2024-06", content)


def without_areas(book):
    book.rows("reference/units", lambda row: row["kind"] == "county")
    book.rows("results/*", lambda row: row["unit"] == "fenwold")
    book.entries(lambda entry: "for_each" not in entry)


def without_teams(book):
    book.rows("reference/units", lambda row: row["kind"] != "team")
    book.rows("results/*", lambda row: not row["unit"].endswith(("-care", "-first-contact")))


def without_uasc(book):
    WITH_UASC_ONLY(book)
    without_appendix("uasc_impact")(book)


def without_indicators(book):
    book.without(*RATED)
    book.entries(lambda entry: entry["notebook"] in ("county", "area"))


def without_glossary(book):
    book.write("wording", {"council": "Fenwold Borough Council", "service": "Children"})


def with_every_file(book):
    """What the second council does without, so that the other cases are those without it."""
    book.write("disclosure", WITHHOLDING)
    book.write("checks", {"flows": []})
    book.write("extracts", {"extracts": {}})
    (book.folder / "data/reference/provenance.csv").write_text(
        "provenance,marker,count_marker,footnote,phrase_one,phrase_many\n"
        "supplied,e,e,Estimates are marked [e].,is estimated,are estimated\n"
    )
    (book.folder / "data/reference/period_provenance.csv").write_text(
        "month,unit,code,cohort,data_period,provenance\n2024-06,fenwold,a1,all,,supplied\n"
    )


def with_a_wordless_provenance(book):
    (book.folder / "data/reference/provenance.csv").write_text(
        "provenance,marker,count_marker,footnote\nsupplied,e,e,Estimates are marked [e].\n"
    )


def both(*changes):
    def change(book):
        for each in changes:
            each(book)

    return change


def withholding(book):
    book.write("disclosure", WITHHOLDING)


ACTIVITY_GONE = lambda book: book.without(*ACTIVITY)  # noqa: E731 (one of the table's)
CHANGES = {
    "nothing": lambda book: None,
    "what it does without itself": with_every_file,
    "commentary": lambda book: book.remove("data/commentary"),
    "the month's file": lambda book: book.remove("params/2024-06.yml"),
    "committee and letters": with_month_file(meeting_date="2024-07-18"),
    "meeting date and letters": with_month_file(committee="Scrutiny"),
    "letters": with_month_file(committee="Scrutiny", meeting_date="2024-07-18"),
    "glossary": without_glossary,
    "targets": without_targets_of(*RATED),
    "targets where higher is better": without_targets_of("a1", "a3", "b1"),
    "targets where lower is better": without_targets_of("a2", "b2", "b3"),
    "targets to be near": without_targets_of("c1"),
    "activity": ACTIVITY_GONE,
    "stocks": lambda book: book.without("s1", "s2"),
    "flows": lambda book: book.without("f1"),
    "results of activity": results(lambda row: row["code"] not in ACTIVITY),
    "the county's activity": results(
        lambda row: row["unit"] != "fenwold" or row["code"] not in ACTIVITY
    ),
    "indicators": without_indicators,
    "the first section": lambda book: book.without("a1", "a2", "a3"),
    "the last section": lambda book: book.without("c1", "c2", "c3", "c0"),
    "all but one percentage": lambda book: book.without(*set(RATED) - {"b2"}, *ACTIVITY),
    "UASC": without_uasc,
    "UASC in the areas": results(lambda row: row["cohort"] == "all" or row["unit"] == "fenwold"),
    "UASC of one indicator": results(lambda row: row["cohort"] == "all" or row["code"] == "b2"),
    "areas": without_areas,
    "teams": without_teams,
    "earlier months": results(lambda row: row["month"] == "2024-06"),
    "all but the month before": results(lambda row: row["month"] >= "2024-05"),
    "definitions and sources": lambda book: book.rows(
        "reference/indicators", definition="", data_source="", comparable_from=""
    ),
    "provenance": lambda book: book.rows("results/*", provenance=""),
    "phrases of provenances": with_a_wordless_provenance,
    "the county notebook": without_appendix("county"),
    "the area notebook": without_appendix("area"),
    "the children in care notebook": without_appendix("children_in_care"),
    "the UASC notebook": without_appendix("uasc_impact"),
    "activity, withholding": both(withholding, ACTIVITY_GONE),
    "targets, withholding": both(withholding, without_targets_of(*RATED)),
    "areas, withholding": both(withholding, without_areas),
    "UASC, withholding": both(withholding, without_uasc),
}
A_PROGRAM_S = re.compile(
    r"\b(None(?! of the indicators rated)|nan|NaN|NaT|NULL|inf|undefined|Undefined|Decimal)\b"
    r"|\{|\[\]|\(\)"
)


def read(html):
    """What a reader would stumble over."""
    page = BeautifulSoup(html, "html.parser")
    for style in page("style"):
        style.decompose()
    main = page.find("main")
    found = [f"`{word[0]}` in the text" for word in A_PROGRAM_S.finditer(main.get_text(" "))]
    for table in main("table"):
        found += [f"an empty table: {table['id']}" for _ in "x" if not table.select("tbody td")]
        found += [f"an empty group in {table['id']}" for body in table("tbody") if not body("tr")]
    everything = "p li ul ol dl dt dd h1 h2 h3 h4 td th caption figcaption summary".split()
    found += [f"an empty {each.name}: {each}" for each in main(everything) if is_empty(each)]
    headings = main("h2")
    for heading, following in zip_longest(headings, headings[1:]):
        inside = [each for each in until(heading, following) if not each.find_parent("h2")]
        if not any(each.strip() for each in inside):
            found.append(f"an empty section: {heading.get_text()}")
    places = {each["id"] for each in page(id=True)}
    links = [each["href"] for each in page("a", href=True) if each["href"].startswith("#")]
    return [*found, *(f"a dead link: {each}" for each in links if each[1:] not in places)]


def is_empty(element):
    """Whether an element says nothing, as cells beside the heading of a group must not."""
    beside = element.name == "td" and "group" in element.parent.get("class", ())
    return not (beside or element.get_text(strip=True) or element.find(["svg", "img"]))


def until(start, end):
    """The texts between two elements."""
    for each in start.next_elements:
        if each is end:
            return
        if isinstance(each, str):
            yield each


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The pages and the page of the checks, made once for each thing that is missing."""

    @cache
    def make(without):
        folder = tmp_path_factory.mktemp("without")
        book = Book(folder / "book")
        CHANGES[without](book)
        workbook, page = Workbook.at(book.folder), folder / "checks.html"
        checks.write(workbook, page, checks.examination(workbook, MONTH))
        made = {name: each.html for name, each in pages(workbook, MONTH).items()}
        return {**made, "checks": page.read_text(encoding="utf-8")}

    return make


ALWAYS = {"nothing", "activity", "provenance"}
"""Those that the whole check tries too; each of the others takes as long."""


@pytest.mark.parametrize(
    "without",
    [
        pytest.param(each, marks=[] if each in ALWAYS else [pytest.mark.thorough])
        for each in CHANGES
    ],
)
def test_pages_do_without(made, without):
    found = {name: read(html) for name, html in made(without).items()}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>It rose to None.</p>", "`None` in the text"),
        ("<p>It rose to nan%.</p>", "`nan` in the text"),
        ('<table id="t"><tbody></tbody></table>', "an empty table: t"),
        ("<p> </p>", "an empty p: <p> </p>"),
        ("<table id='t'><tbody><tr><td></td></tr></tbody></table>", "an empty td: <td></td>"),
        ("<h2 id='a'>A</h2><h2 id='b'>B</h2><p>It rose.</p>", "an empty section: A"),
        ("<h2 id='a'>A</h2><p>It rose.</p><h2 id='b'>B</h2>", "an empty section: B"),
        ("<p><a href='#b'>glossary</a></p>", "a dead link: #b"),
    ],
)
def test_the_reader_stumbles(html, fault):
    assert fault in read(f"<main>{html}</main>")


def sections(html):
    return [each.get_text() for each in BeautifulSoup(html, "html.parser")("h2")]


@pytest.mark.parametrize(
    ("without", "page", "gone"),
    [
        ("activity", "borough", {"Activity"}),
        ("activity", "area-upper-fen", {"Activity by team"}),
        ("indicators", "borough", {"Scorecard", "Changes to the scorecard", "Overviews"}),
        pytest.param(
            *("UASC in the areas", "uasc-impact", {"Ratings that differ in the areas"}),
            marks=pytest.mark.thorough,
        ),
        pytest.param(
            *("areas", "uasc-impact", {"Ratings that differ in the areas"}),
            marks=pytest.mark.thorough,
        ),
    ],
)
def test_a_section_with_nothing_to_show_is_left_out(made, without, page, gone):
    before, after = (sections(made(each)[page]) for each in ("nothing", without))
    assert set(before) - set(after) == gone
    assert len(before) - len(after) == len(gone)


@pytest.mark.thorough
def test_a_council_without_areas_has_no_table_or_link_of_every_area(made):
    pages = made("areas")
    assert [name for name, html in pages.items() if ": every area" in html] == []
    linked = [each for html in pages.values() for each in BeautifulSoup(html, "html.parser")("a")]
    assert [
        each for each in linked if "every area" in each.get_text() and "href" in each.attrs
    ] == []


@pytest.mark.parametrize(
    ("without", "named"),
    [("nothing", True), pytest.param("glossary", False, marks=pytest.mark.thorough)],
)
def test_only_a_page_with_a_glossary_names_one(made, without, named):
    pages = [BeautifulSoup(html, "html.parser") for html in made(without).values()]
    with_a_key = [page for page in pages if page.select_one("dl.key")]
    assert len(with_a_key) == 6
    for page in with_a_key:
        assert "Key" in [each.get_text() for each in page("h2")]
        assert ("glossary" in page.main.get_text().lower()) == named


def publish(book, *words):
    command = [sys.executable, "run_month.py", "2024-06", "--workbook", book.folder, *words]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


@pytest.mark.thorough
def test_a_catalogue_without_activity_is_published(tmp_path):
    """As `run_month.py` does it, with kernels and drawings: it was an IndexError."""
    book = Book(tmp_path / "book")
    ACTIVITY_GONE(book)
    done = publish(book)
    assert done.returncode == 0, done.stderr
    html = (book.folder / "outputs/2024-06/borough.html").read_text(encoding="utf-8")
    assert "Activity" not in sections(html)
    assert read(html) == []


@pytest.mark.thorough
def test_a_page_on_uasc_without_any_result_that_leaves_them_out_is_not_published(tmp_path):
    """It was, with two sentences that nothing can be compared."""
    book = Book(tmp_path / "book")
    WITH_UASC_ONLY(book)
    with pytest.raises(PublishError, match=r"chart: No result that leaves UASC out was supplied\."):
        pages(Workbook.at(book.folder), MONTH)


@pytest.mark.thorough
def test_results_of_teams_only_are_not_published(tmp_path):
    """An empty pack was, with exit status 0."""
    book = Book(tmp_path / "book")
    book.rows("results/*", lambda row: row["unit"].endswith(("-care", "-first-contact")))
    catalogue = book.folder / "data/reference/indicators.csv"
    catalogue.write_text(catalogue.read_text().replace(",yes\n", ",no\n"))
    done = publish(book)
    assert (done.returncode, done.stdout) == (2, "")
    assert "`borough`: Fenwold (`fenwold`) has no result in June 2024, so there" in done.stderr
    assert "`area-{unit}`: Upper Fen (`upper-fen`) has no result in June 2024" in done.stderr
    assert not (book.folder / "outputs/2024-06").exists()
    assert not (book.folder / "outputs/checks").exists()
