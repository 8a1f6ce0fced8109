"""Figures as text: decimals, signs, and nothing decided."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from selectolax.lexbor import LexborHTMLParser

from scorecard import display
from scorecard.commands import history
from scorecard.outputs import VEGALITE
from scorecard.store import difference
from scorecard.store.store import Store
from support import published_books as published
from support.check_workbook import THIS, Given, looked_at
from support.workbooks import macros


@pytest.mark.parametrize(
    ("value", "form", "places", "text"),
    [
        ("22.3", "percent", None, "22.3%"),
        ("22.3000", "percent", None, "22.3%"),
        ("100", "percent", None, "100.0%"),
        ("12.98", "percent", 2, "12.98%"),
        ("12.25", "percent", None, "12.3%"),
        ("363.7", "days", None, "363.7"),
        ("35", "count", None, "35"),
        ("15", "ratio", None, "15.0"),
    ],
)
def test_result(value, form, places, text):
    assert display.result(Decimal(value), form, places) == text
    assert display.result(None, form, places) == ""
    assert str(display.rounded(Decimal(value), form, places)) == text.removesuffix("%")


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("15921.0000", 0, "15921"), ("404.3", 1, "404.3"), ("524", 1, "524.0"), ("53", 0, "53"),
        ("-267", 0, "-267"), ("-1.7", 1, "-1.7"), ("0", 0, "0"), ("12.5", 0, "13"),
        ("-12.5", 0, "-13"), ("100", 0, "100"),
    ],
)  # fmt: skip
def test_figure_has_no_grouping_and_its_indicator_s_decimals(value, places, text):
    assert display.figure(Decimal(value), places) == text
    assert display.figure(None, places) == ""


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("25", "percent", "25.0%"), ("17.5000", "percent", "17.5%"), ("12.75", "percent", "12.75%"),
        ("0.1234", "percent", "0.1234%"), ("0", "count", "0"), ("2.5", "count", "2.5"),
        ("426", "days", "426.0"), ("1000", "count", "1000"),
    ],
)  # fmt: skip
def test_threshold_has_as_many_decimals_as_it_was_set_with(value, form, text):
    assert display.threshold(Decimal(value), form) == text
    assert display.threshold(None, form) == ""
    assert str(display.threshold_set(Decimal(value), form)) == text.removesuffix("%")


@pytest.mark.parametrize(
    ("value", "text"),
    [("2.5000", "2.5"), ("7", "7"), ("2246.0000", "2246"), ("100", "100"), ("0", "0")],
)
def test_plain_has_the_decimals_that_it_needs(value, text):
    assert display.plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "sign", "form", "text"),
    [
        ("17.4", 1, "percent", "+17.4%"), ("-0.2", -1, "percent", "-0.2%"),
        ("0", 1, "percent", "+0.0%"), ("0", -1, "percent", "-0.0%"),
        ("0.0", 0, "percent", "0.0%"), ("-7", -1, "count", "-7"), ("0", 0, "count", "0"),
    ],
)  # fmt: skip
def test_variance_keeps_the_sign_of_the_exact_difference(value, sign, form, text):
    assert display.variance(Decimal(value), sign, form) == text
    assert display.variance(None, 0, form) == ""


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [("53", 0, "+53"), ("-267", 0, "-267"), ("0", 0, "0"), ("-1.7", 1, "-1.7"), ("0", 1, "0.0")],
)
def test_change(value, places, text):
    assert display.change(Decimal(value), places) == text
    assert display.change(None) == ""


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("5", 0, "+5"), ("-3", 0, "-3"), ("0", 0, "no change"), ("-0.04", 1, "no change"),
        ("0.5", 1, "+0.5"),
    ],
)  # fmt: skip
def test_signed(value, places, text):
    assert display.signed(Decimal(value), places) == text


@pytest.mark.parametrize("write", [display.figure, display.plain])
def test_a_float_never_becomes_text(write):
    with pytest.raises(AttributeError):
        write(52.3 - 54.0)


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_listed(items, text):
    assert display.listed(items) == text


@pytest.mark.parametrize(
    "said", [display.RATINGS, display.DIRECTIONS, display.POLARITIES, display.DATA_PERIODS]
)
def test_no_two_codes_share_a_sign_or_a_word(said):
    alike = display.AS_NEAR in said  # as near the target is an arrow as for the same
    assert len({each.sign for each in said.values()}) == len(said) - alike
    assert len({each.word for each in said.values()}) == len(said)
    assert all(each.meaning for each in said.values())


(FORMATS,) = macros().execute("SELECT list_append(formats(), 'percent_above_100')").fetchone()


@pytest.mark.parametrize("form", FORMATS)
def test_python_knows_of_a_format_what_sql_does(form):
    asked = (
        "SELECT display_places($form), is_percentage($form), is_part_of_whole($form), "
        "counts_cases($form)"
    )
    assert macros().execute(asked, {"form": form}).fetchone() == (
        display.usual_places(form), form in display.PERCENTAGES, display.is_part(form),
        form in display.CASES,
    )  # fmt: skip
    assert form in display.MEASURED_IN


def test_a_check_writes_figures_as_a_page_does(tmp_path):
    """A check's sentence is made in SQL."""
    values = [Decimal(each) for each in ("0", "12.25", "-12.25", "12.98", "100", "1145", "404.3")]
    with looked_at(tmp_path, Given({THIS: "shire,h,all,1,2"})) as material:
        for value in values:
            asked = {"value": value}
            (row,) = material.ask("SELECT plain($value) AS words", **asked)
            assert row["words"] == display.plain(value)
            for form in FORMATS:
                for places in (0, 1, 2, 5):
                    (row,) = material.ask(
                        "SELECT result_words($value, $form, $places) AS words",
                        form=form, places=places, **asked,
                    )  # fmt: skip
                    assert row["words"] == display.result(value, form, places)


def test_every_view_writes_a_figure_as_display_does(tmp_path, monkeypatch):
    """Another sign for a percentage is that of every page, chart, file's note and terminal."""
    workbook = published.near(tmp_path)
    monkeypatch.setattr(display, "unit_sign", lambda form: " pc" if form == "percent" else "")
    made = published.Pack(workbook, published.THIS)

    for notebook, page in made.appendices:
        seen = LexborHTMLParser(page.html).body
        assert re.search(r"\d pc", seen.text())
        texts = [seen.text(), *(str(each.attributes) for each in seen.css("[aria-label]"))]
        drawn = [
            json.dumps(output.data[VEGALITE])
            for cell in notebook.cells
            for output in cell.get("outputs", ())
            if VEGALITE in output.data
        ]
        for text in (*texts, *drawn):
            assert not re.findall(r".{20}\d%.{20}", text)
    with Store.open(workbook) as store:
        differing = [
            how for each in difference.found(store, published.THIS, 1) for _, how in each.lines()
        ]
    assert any("13.0 pc (650 of 5000), red → 12.98 pc (649 of 5000)" in how for how in differing)
    lines = [
        history._line(each)[1] for each in history.versions(workbook, "shire", "l", published.THIS)
    ]
    assert "650 of 5000 = 13.0 pc, published" in lines


@pytest.mark.parametrize(
    ("difference", "form", "said"),
    [
        ("+17.4%", "percent", "up 17.4 percentage points"),
        ("-1.0%", "percent", "down 1.0 percentage points"),
        ("+0.0%", "percent", "up 0.0 percentage points"),
        ("0.0%", "percent", "no change"),
        ("-12.5", "number1", "down 12.5"),
        ("-267", "", "down 267"),
        ("0", "", "no change"),
        ("no change", "", "no change"),
    ],
)
def test_a_difference_is_read_out_with_its_sign_and_unit(difference, form, said):
    assert display.aloud(difference, form) == said
