"""One indicator over councils: what is published is drawn and compared, and nothing else."""

from __future__ import annotations

import re
from html import unescape
from math import sqrt

import nbformat
import pytest
from nbclient import NotebookClient

from scorecard.errors import UnknownNameError, WorkbookError
from scorecard.report import Region
from scorecard.workbook import Workbook
from support.places import REPOSITORY
from support.published import MONTH, publish_figures

COMPARED = {"ash": (90, 1000), "beck": (150, 1000), "cam": (121, 1000), "dee": (50, 400)}
"""Council → numerator and denominator; all of them together are 411 of 3,400."""
OTHERS = {
    "esk": "NULL AS result, NULL AS num, NULL AS denom, 'not-shown' AS status, NULL AS rating",
    "fal": "77 AS result, 77 AS num, true AS estimated",
    "gade": "66 AS result, 66 AS num, 'Decided in two days' AS name",
    "hull": "55 AS result, NULL AS num, NULL AS denom",
}
"""Council → a figure that is not compared."""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A region of councils, one of which has no pack, and one a pack that somebody changed."""
    root = tmp_path_factory.mktemp("region")
    for name, (num, denom) in COMPARED.items():
        result = f"round({num} * 100.0 / {denom}, 1)"
        publish_figures(
            root / "councils" / name,
            f"{result} AS result, {num} AS num, {denom} AS denom, 'red' AS rating",
            "1 AS result, 1 AS num, 'x' AS parent",
            f"{num} AS result, NULL AS denom, 'd1' AS code, 'days' AS format",
        )
    for name, figure in OTHERS.items():
        publish_figures(root / "councils" / name, figure)
    publish_figures(root / "councils/ivel", "1 AS result, 1 AS num")
    with (root / f"councils/ivel/outputs/{MONTH}/figures.parquet").open("ab") as file:
        file.write(b" ")
    (root / "councils/jed").mkdir()
    (root / "councils/README.md").touch()
    for name in ("data", "params", "notebooks"):
        (root / name).mkdir()
    return Workbook.at(root)


@pytest.fixture(scope="module")
def region(book):
    return Region(MONTH, "a1", "councils/*", book)


def test_each_council_is_beside_all_together_as_calculated_here(region):
    found = region.table().df.set_index("council")

    whole = sum(num for num, _ in COMPARED.values()) / sum(d for _, d in COMPARED.values())
    for name, (num, denom) in COMPARED.items():
        row, error = found.loc[name.title()], sqrt(whole * (1 - whole) / denom)
        assert float(row["z"]) == round((num / denom - whole) / error, 2)
        assert float(row["inner_from"]) == pytest.approx(100 * (whole - 1.96 * error), abs=0.051)
        assert float(row["outer_to"]) == pytest.approx(100 * (whole + 3.09 * error), abs=0.051)
    assert found["evidence"].dropna().to_dict() == {
        "Ash": "some", "Beck": "some", "Cam": "none", "Dee": "none",
    }  # fmt: skip


def test_the_table_says_why_a_council_is_not_compared(region):
    html = region.table().html
    rows = {
        re.sub("<.*?>", "", row).split("\n")[0]: re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        for row in re.findall(r"<tr data-code.*?</tr>", html, re.DOTALL)
    }
    said = {re.sub("<.*?>", "", cells[0]): cells[-1] for cells in rows.values()}

    assert said == {
        "Ash": "lower, which may still be chance",
        "Beck": "higher, which may still be chance",
        "Cam": "no more than chance would make",
        "Dee": "no more than chance would make",
        "Esk": "not compared: withheld, since it rests on small numbers",
        "Fal": "not compared: an estimate",
        "Gade": "not compared: another indicator than most councils have by this code",
        "Hull": "not compared: published without numerator and denominator",
    }
    assert "The pack of May 2024 is missing or was changed: ivel and jed." in html
    assert "[c]" in html
    (esk,) = (row for row in region.table().tables[0].rows if "Esk" in row)
    assert esk.count("[c]") == 4  # result, rating, numerator, denominator


def drawn(html):
    """What a funnel draws: the names, the points, the ends of lines, and the scale in pixels."""
    names = re.findall(r'<text y="\d+">(\w+)</text>', html)
    points = [int(x) for x in re.findall(r'<circle cx="(\d+)"', html)]
    lines = {
        kind: [(int(a), int(b)) for a, b in re.findall(r"M(\d+) \d+H(\d+)", path)]
        for kind, path in re.findall(r'<path class="(outer|inner)" d="([^"]+)"', html)
    }
    middle = int(re.search(r'<path d="M(\d+) 16V', html)[1])
    ticks = re.findall(r'<text class="mid" x="(\d+)" y="\d+">([\d.]+)%</text>', html)
    return names, points, lines, middle, [(int(x), float(at)) for x, at in ticks]


def test_the_funnel_draws_what_is_compared_where_it_is_on_the_scale(region):
    names, points, lines, middle, ticks = drawn(region.funnel().html)
    (x0, at0), (x1, at1) = ticks[0], ticks[-1]

    def across(value):
        return x0 + (value - at0) * (x1 - x0) / (at1 - at0)

    assert names == [name.title() for name in COMPARED]  # by name: no ranking
    whole = 411 / 3400
    assert middle == pytest.approx(across(100 * whole), abs=1.5)
    for place, (num, denom) in enumerate(COMPARED.values()):
        error = sqrt(whole * (1 - whole) / denom)
        assert points[place] == pytest.approx(across(100 * num / denom), abs=1.5)
        for kind, times in (("inner", 1.96), ("outer", 3.09)):
            ends = [across(100 * (whole + sign * times * error)) for sign in (-1, 1)]
            assert lines[kind][place] == pytest.approx(ends, abs=1.5)


def test_the_funnel_says_what_it_shows(region):
    html = region.funnel().html

    assert (
        "Decided within one working day (a1), May 2024: 12.1% in 4 councils together. 4 of 8 "
        "councils can be compared. Ash (9.0%) is lower and Beck (15.0%) is higher than chance "
        "would often make them, which may still be chance. The others differ no more than "
        "chance would make them."
    ) in html
    assert not {name.title() for name in OTHERS} & set(re.findall(r"\w+", html))


def test_councils_that_differ_by_chance_alone_are_named_together(book):
    html = Region(MONTH, "a1", "councils/[cd]*", book).funnel().html

    assert "The councils' results differ no more than chance would make them." in unescape(html)


def test_one_council_alone_has_nothing_beside_it(book):
    alone = Region(MONTH, "a1", "councils/ash", book)

    assert "fewer than two councils" in alone.funnel().why
    assert "not compared: no other council to compare it with" in alone.table().html


def test_what_is_no_percentage_has_a_table_and_no_funnel(book):
    days = Region(MONTH, "d1", "councils/*", book)

    assert "fewer than two councils" in days.funnel().why
    assert list(days.table().df["result"].astype(float)) == [90, 150, 121, 50]
    assert "not compared: not a percentage" in days.table().html


def test_without_a_pack_it_says_what_to_run(book):
    none = Region("2024-04", "a1", "councils/*", book)

    assert none.table() == none.funnel()
    assert none.table().why == (
        "No council of `councils/*` has published April 2024. Run `run_month.py 2024-04 "
        "--workbooks 'councils/*'` first, then run this notebook again."
    )


def test_a_wrong_indicator_or_pattern_is_an_error(book):
    with pytest.raises(UnknownNameError, match="the names are `a1`"):
        Region(MONTH, "a2", "councils/*", book)
    with pytest.raises(WorkbookError, match="matches `nowhere/"):
        Region(MONTH, "a1", "nowhere/*", book)


def test_the_notebook_runs_in_a_kernel(book):
    notebook = nbformat.read(REPOSITORY / "notebooks/region.ipynb", as_version=4)
    (given,) = (cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    given.source += f'\nmonth, indicator, councils = "{MONTH}", "a1", "councils/*"'
    NotebookClient(notebook, resources={"metadata": {"path": book.root / "notebooks"}}).execute()
    html = [each.data["text/html"] for cell in notebook.cells for each in cell.get("outputs", ())]

    assert len(html) == 2
    assert [drawn(html[0])[0], "an estimate" in html[1]] == [["Ash", "Beck", "Cam", "Dee"], True]
