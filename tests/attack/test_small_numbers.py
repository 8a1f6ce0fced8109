"""A finished month that withholds small numbers, attacked with all that an outsider can know.

The month is published from this repository's own data with a threshold of 5, with a page for every
area and every service, and some indicators broken down by made-up groups.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import openpyxl
import pytest
import yaml

from scorecard.months import Month
from support.added_up import add_up
from support.attacker import ALL, HIDDEN, WITHOUT, YEAR, Attack, Count, Seen, Truth, number
from support.groups import divide
from support.page_counts import PREVIOUS, SINGLE, Reader
from support.page_figures import figures, page, rows
from support.places import MONTH, REPOSITORY

THRESHOLD = 5
SAME = [
    (("10", "denom"), ("cp-plans", "num")), (("17", "denom"), ("lac", "num")),
    (("17", "denom"), ("uasc-lac", "num")), (("23", "denom"), ("24", "denom")),
    (("31", "num"), ("29", "denom")), (("33", "denom"), ("34", "denom")),
    (("36", "num"), ("37", "denom")), (("36", "num"), ("38", "denom")),
    (("41", "denom"), ("42", "denom")),
    (("1", "denom"), ("referrals", "num")), (("2", "denom"), ("assessments", "num")),
    (("13", "denom"), ("cp-starts", "num")), (("14", "denom"), ("cp-ends", "num")),
]  # fmt: skip
"""What data/README.md says counts the same thing."""
GROUPED = ("22", "24", "32")
"""The indicators with groups: two of them snapshots, one over twelve months, with few cases."""
ADDED_UP, COUNTY = ("9", "32"), "kent"
"""Indicators that the county doesn't supply: the sum of its areas and services, one with groups."""
ROLLING = ("1", "2", "9", "21", "32", "36", "37", "40")
"""Results of twelve months, of which some have nothing to hide."""
FLOWS = [("cp-plans", "cp-starts", "cp-ends"), ("lac", "lac-starts", "lac-ends")]


@dataclass(frozen=True)
class Published:
    """A workbook's pack with what an outsider reads in it, and the truth."""

    pack: Path
    truth: Truth
    reader: Reader

    @property
    def seen(self) -> Seen:
        return self.reader.seen


def publish(root: Path, threshold: int) -> Published:
    """The month of this repository's workbook, in a copy at `root`."""
    for name in ("data", "params"):
        left_out = shutil.ignore_patterns("*.duckdb*", "*.json", "reconstruction", "loads")
        shutil.copytree(REPOSITORY / name, root / name, ignore=left_out)
    divide(root, GROUPED)
    add_up(root, ADDED_UP, COUNTY)
    profile = root / "params/disclosure.yml"
    said = yaml.safe_load(profile.read_text(encoding="utf-8"))
    profile.write_text(yaml.safe_dump({**said, "threshold": threshold}), encoding="utf-8")
    # So that the month has an out-turn, beside a year that has all its months.
    with (root / "params/wording.yml").open("a", encoding="utf-8") as file:
        file.write(f"year_begins: {(Month.parse(MONTH) + 1).number}\n")
    with (root / f"params/{MONTH}.yml").open("a", encoding="utf-8") as file:
        file.write(f"previous: {Month.parse(MONTH) - PREVIOUS}\n")
    plan = root / "params/reports.yml"
    reports = yaml.safe_load(plan.read_text(encoding="utf-8"))
    (area,) = (each for each in reports["appendices"] if each.get("for_each") == "area")
    reports["appendices"].append({**area, "name": "service-{unit}", "for_each": "service"})
    care = {**area, "name": "care-{unit}", "notebook": "children_in_care"}
    reports["appendices"].append({**care, "parameters": {"codes": [*GROUPED]}})
    whole = next(each for each in reports["appendices"] if each["notebook"] == "children_in_care")
    rolling = {**whole["parameters"], "codes": [*ROLLING]}
    reports["appendices"].append({**whole, "name": "rolling", "parameters": rolling})
    reports["appendices"].append({**area, "name": "outturn-{unit}", "notebook": "outturn"})
    plan.write_text(yaml.safe_dump(reports), encoding="utf-8")
    command = [sys.executable, "run_month.py", MONTH, "--workbook", str(root)]
    command += ["--outputs", str(root / "outputs")]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    truth = Truth.read(root)
    county = next(unit for unit, parent in truth.parents.items() if not parent)
    pages = {path.stem: county for path in (root / "outputs" / MONTH).glob("*.html")}
    pages |= {
        name: unit
        for unit in truth.parents
        for name in (f"area-{unit}", f"service-{unit}", f"care-{unit}", f"outturn-{unit}")
        if name in pages
    }
    pack = root / "outputs" / MONTH
    return Published(pack, truth, Reader(pack, truth, MONTH, pages))


@pytest.fixture(scope="module")
def withheld(tmp_path_factory) -> Published:
    return publish(tmp_path_factory.mktemp("withheld"), THRESHOLD)


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> Published:
    return publish(tmp_path_factory.mktemp("shown"), 0)


def is_small(published: Published, count) -> bool:
    value = published.truth.of(count)
    return value is not None and 0 < value <= THRESHOLD


def test_the_attacker_reads_the_truth(shown):
    """Else he would fail for want of reading, and the other tests would say nothing."""
    assert len(shown.seen.counts) > 1000
    for count, value in shown.seen.counts.items():
        assert value == shown.truth.of(count), count
    assert sum(is_small(shown, count) for count in shown.seen.counts) > 50


def test_no_small_number_is_shown_and_every_page_withholds_the_same(withheld):
    read = withheld.seen.counts

    assert not [c for c, value in read.items() if value != HIDDEN and is_small(withheld, c)]
    assert withheld.reader.clashes == []
    assert withheld.reader.precise == []
    assert not [c for c, value in read.items() if value == HIDDEN and withheld.truth.of(c) == 0]


def test_what_is_shown_is_the_truth_and_most_is(withheld):
    values = {c: v for c, v in withheld.seen.counts.items() if v != HIDDEN}

    assert all(value == withheld.truth.of(count) for count, value in values.items())
    assert len(values) > 0.7 * len(withheld.seen.counts)


def test_the_sums_are_read_and_marked(withheld, shown):
    summed = [c for c in shown.seen.counts if c.unit == COUNTY and c.code in ADDED_UP]
    row = page(withheld.pack / "county.html").select_one('tr[data-code="9"]')

    assert {c.code for c in summed} == {*ADDED_UP}
    result = row.select_one("td[data-field=result]")
    assert (result.get_text().split()[0], result["data-marked"]) == ("67.7%", "e, s")
    assert "[e, s]" in row.th.get_text()


def test_groups_are_read_and_some_are_hidden(withheld, shown):
    def groups(published):
        return {c: v for c, v in published.seen.counts.items() if c.cohort not in (ALL, WITHOUT)}

    assert {c.code for c in groups(shown)} == {*GROUPED}
    assert {c.cohort for c in groups(shown)} == {*shown.truth.cohorts} - {WITHOUT}
    assert HIDDEN not in groups(shown).values()
    assert {c.code for c, v in groups(withheld).items() if v == HIDDEN} == {*GROUPED}
    assert {c.code for c, v in groups(withheld).items() if v != HIDDEN} >= {"22", "24"}


def test_an_attacker_cannot_pin_down_a_small_number(withheld):
    """Each could be 1 or the threshold, or as near to it as hiding everything would bring it."""
    attack = Attack(withheld.truth, withheld.seen, SAME, FLOWS)
    secrets = attack.secrets(THRESHOLD)
    found = attack.intervals(secrets)
    narrow = {form: ends for form, ends in found.items() if ends[0] > 1 or ends[1] < THRESHOLD}
    nothing = {c: value and HIDDEN for c, value in withheld.seen.counts.items()}
    blind = Attack(withheld.truth, Seen(nothing, {}, []), SAME, FLOWS).intervals(narrow)

    assert len(secrets) > 150
    assert not [form for form, (low, high) in found.items() if low == high]
    for form, (low, high) in narrow.items():
        assert low <= max(1, blind[form][0]), (form, low, high, blind[form])
        assert high >= min(THRESHOLD, blind[form][1]), (form, low, high, blind[form])


def test_single_months_are_shown_only_where_nothing_of_their_indicator_is_hidden(withheld, shown):
    codes = {count.code for count in withheld.seen.counts if count.period == SINGLE}
    hidden = {count.code for count, value in withheld.seen.counts.items() if value == HIDDEN}
    all_codes = {count.code for count in shown.seen.counts if count.period == SINGLE}

    assert codes
    assert codes.isdisjoint(hidden)
    assert len(all_codes) > len(codes)


def test_sums_of_a_year_are_shown_only_where_no_month_of_it_is_hidden(withheld, shown):
    """A sum less the months that are shown is the one that isn't."""

    def sums(published):
        return {c: v for c, v in published.seen.counts.items() if c.period == YEAR}

    hidden = {
        (count.unit, count.code) for count, value in withheld.seen.counts.items()
        if value == HIDDEN and not count.period
    }  # fmt: skip
    given = {(c.unit, c.code) for c, value in sums(withheld).items() if value != HIDDEN}

    assert HIDDEN not in sums(shown).values()
    assert {count.month for count in sums(shown)} == {number(MONTH), number(MONTH) - 12}
    assert {(c.unit, c.code) for c in sums(shown)} >= given
    assert HIDDEN in sums(withheld).values()
    assert len(given) > 5
    assert given.isdisjoint(hidden)


def test_the_same_attack_succeeds_where_only_the_small_numbers_are_hidden(shown):
    """Hiding them, and the results that rest on them, is not enough: the attack can succeed."""
    counts = {
        c: HIDDEN if is_small(shown, c) else v
        for c, v in shown.seen.counts.items()
        if c.period != SINGLE
    }
    results = {
        c: value
        for c, value in shown.seen.results.items()
        if not is_small(shown, c) and not is_small(shown, c._replace(part="denom"))
    }
    attack = Attack(shown.truth, Seen(counts, results, []), SAME, FLOWS)
    secrets = attack.secrets(THRESHOLD)
    pinned = {form: low for form, (low, high) in attack.intervals(secrets).items() if low == high}

    assert len(pinned) > 50
    assert all(value == secrets[form] for form, value in pinned.items())


def test_no_variation_and_no_limit_rests_on_a_small_number(withheld):
    """Monthly values are looked up in the results, also of months that no page shows.

    The mean of a count adds up over units, so it rests on those above and below too.
    """
    judged = 0
    for name, unit in withheld.reader.units.items():
        for cell in page(withheld.pack / f"{name}.html").select("td[data-variation]"):
            row, truth = cell.find_parent("tr"), withheld.truth
            whose = row.get("data-unit", unit)
            counts = truth.indicators[row["data-code"]]["format"] == "count"
            kin = truth.line(whose) if counts else [whose]
            behind = [n for each in kin for n in truth.behind(each, row["data-code"], MONTH)]
            judged += 1
            assert not any(0 < each <= THRESHOLD for each in behind), (name, row["data-code"])
    assert judged > 50


def test_downloads_hide_what_the_pages_hide(withheld):
    compared = 0
    for path in sorted(withheld.pack.glob("*.html")):
        book = withheld.pack / "downloads" / f"{path.stem}.xlsx"
        if not book.exists():
            continue
        for table in page(path).select("table.data"):
            name = table["id"].removesuffix("-table")
            file = withheld.pack / "downloads" / f"{path.stem}-{name}.csv"
            if file.exists():
                compared += compare(rows(table), file)
    assert compared > 500


def compare(on_page, file: Path) -> int:
    """Hold each cell of a table against its file; how many of them are hidden."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        lines = list(csv.DictReader(text))
    described = json.loads(Path(f"{file}-metadata.json").read_text(encoding="utf-8"))
    nulls = {
        column["titles"]: column.get("null", []) for column in described["tableSchema"]["columns"]
    }
    found = 0
    for row, line in zip(on_page, lines, strict=True):
        for field, figure in figures(row).items():
            if field in line:
                hidden = figure.text == HIDDEN
                assert (line[field] == HIDDEN) == hidden, (file.name, field, line)
                assert not hidden or HIDDEN in nulls[field]
                found += hidden
        for field, value in line.items():
            assert value != HIDDEN or HIDDEN in nulls[field]
            if field.endswith("_status") and value == "not-shown":
                assert line[field.removesuffix("_status")] == HIDDEN
    return found


def test_the_file_of_figures_says_nothing_that_no_page_shows(withheld):
    """Each count in it is one that the attacker has read on a page."""
    rows = duckdb.execute(
        "SELECT unit, code, status, result, num, denom, rating FROM read_parquet(?)",
        [str(withheld.pack / "figures.parquet")],
    ).fetchall()
    hidden = 0
    for unit, code, status, result, num, denom, rating in rows:
        for part, value in (("num", num), ("denom", denom)):
            count = Count(unit, code, ALL, number(MONTH), part)
            if value is not None:
                assert withheld.seen.counts[count] == float(value)
        assert status == "available" or (result, rating) == (None, None)
        hidden += status == "not-shown"
    assert hidden > 50
    assert len(rows) > 3 * hidden


def test_the_spreadsheet_says_what_the_files_say_and_what_the_sign_means(withheld):
    folder = withheld.pack / "downloads"
    book = openpyxl.load_workbook(folder / "county.xlsx")
    with (folder / "county-activity.csv").open(encoding="utf-8-sig", newline="") as text:
        lines = list(csv.reader(text))
    sheet = [[cell.value for cell in row] for row in book["Activity"].iter_rows(min_row=5)]
    cover = [str(cell.value) for cell in book["Cover"]["A"]]

    figures = [line[1:] for line in lines[1:]]  # after the reporting month
    assert [[str(value) for value in row] for row in sheet] == figures
    assert any(line.startswith("[c] means that a figure is not shown") for line in cover)


def test_the_record_of_a_pack_that_withholds_holds_no_findings(withheld, shown):
    sealed, open_ = (
        json.loads((each.pack / "run.json").read_text(encoding="utf-8"))["checks"]
        for each in (withheld, shown)
    )

    assert open_["findings"]
    assert sealed is None


def test_the_page_says_in_words_what_it_withholds(withheld):
    seen = page(withheld.pack / "area-north-kent.html")
    cell = next(td for td in seen.select("td") if td.get_text().startswith(HIDDEN))

    assert "numbers from 1 to 5" in seen.select_one(".footnotes").get_text()
    assert cell.get_text() == "[c] not shown"
    (caution,) = (p for p in seen.select(".caution") if "not shown" in p.get_text())
    assert "of 45 results are not shown." in caution.get_text()
    assert "numbers from 1 to 5" in caution.get_text()
