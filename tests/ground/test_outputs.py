"""What a cell hands over: every MIME bundle, and what it leaves out when there is nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from nbformat import validate
from nbformat.v4 import new_code_cell, new_notebook, new_output

from scorecard import outputs
from scorecard.data_table import Column, DataTable, Sign
from scorecard.errors import AnswerError, PublishError, UnknownNameError
from scorecard.outputs import Chart, Fragment, Headline, Note, Stack

TABLE = DataTable("t", "Table", [Column("n", "A number")], [[1], [None], ["x"]])
FIGURE = Chart("f", {"mark": "line"}, "Title", "Subtitle", "From 1 to 2.", "<table></table>")


def test_a_plain_fragment_is_html_and_nothing_else():
    assert Fragment("<p>Hello</p>")._repr_mimebundle_() == {outputs.HTML: "<p>Hello</p>"}


def test_a_style_is_for_jupyterlab_and_the_page_gets_the_fragment_without_it():
    bundle = Fragment("<p>Hello</p>", style="p {}")._repr_mimebundle_()

    assert bundle[outputs.HTML] == "<style>p {}</style><p>Hello</p>"
    assert bundle[outputs.STYLED] == "<p>Hello</p>"


def test_a_fragment_carries_its_tables_headline_and_attention():
    bundle = Fragment(
        "",
        tables=[TABLE],
        headline=Headline("Well.", {"red": 1}, ["It fell."], ["1 of 1 is a guess."]),
        attention=["Do."],
    )._repr_mimebundle_()

    assert bundle[outputs.TABLES][0]["columns"] == [{"name": "n", "meaning": "A number"}]
    assert bundle[outputs.TABLES][0]["rows"] == [[1], [None], ["x"]]
    assert bundle[outputs.HEADLINE] == {
        "sentence": "Well.", "ratings": {"red": 1}, "changes": ["It fell."],
        "cautions": ["1 of 1 is a guess."], "change_count": "",
        "reds": (),
    }  # fmt: skip
    assert bundle[outputs.ATTENTION] == ["Do."]


def test_a_figure_goes_through_json_digit_by_digit():
    figures = ["12.98", "100.0", "-1.7", "0.0", "2246", "999999999.9999"]
    columns = [Column("figure", "A figure"), Column("text", "Its text"), Column("n", "A number")]
    rows = [[Decimal(each), each, 7] for each in figures]
    table = DataTable("t", "Table", columns, rows, {"[c]": "not shown"})

    read = DataTable.of(json.loads(json.dumps(table.plain)))
    assert read == table
    assert [str(row[0]) for row in read.rows] == figures


@pytest.mark.parametrize("value", [2.5, 12.3456, -1.7])
def test_a_float_of_somebody_s_own_table_becomes_the_decimal_it_is_written_as(value):
    table = DataTable("t", "Table", [Column("n", "A number")], [[value]])
    assert table.rows == [[Decimal(str(value))]]


@pytest.mark.parametrize("value", [52.3 - 54.0, 0.1 + 0.2, float("nan"), float("inf"), 1e-7])
def test_a_float_with_noise_is_never_published(value):
    with pytest.raises(PublishError, match=r"table `t`, column `n`: .* at most 4"):
        DataTable("t", "Table", [Column("n", "A number")], [[value]])


def test_a_figure_carries_its_specification_and_its_words():
    bundle = FIGURE._repr_mimebundle_()

    assert bundle[outputs.VEGALITE] == {"mark": "line"}
    assert set(bundle[outputs.CHART_WORDS]) == {
        "name", "title", "subtitle", "description", "table_html",
    }  # fmt: skip
    assert outputs.TABLES not in bundle


def test_every_bundle_is_json_that_a_notebook_may_hold():
    cells = []
    for output in (Fragment("", tables=[TABLE], headline=Headline("")), FIGURE):
        bundle = json.loads(json.dumps(output._repr_mimebundle_()))
        cells.append(
            new_code_cell(outputs=[new_output("display_data", data=bundle)], execution_count=1)
        )

    validate(new_notebook(cells=cells))


def test_a_stack_displays_its_parts_in_order(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    parts = [Fragment("a"), FIGURE, Fragment("b")]
    Stack(parts)._ipython_display_()

    assert shown == parts


def test_fragments_below_each_other_are_one_output_which_loses_nothing():
    """JupyterLab shows the first 50 outputs of a cell."""
    note = Note("e", "Estimates.")
    parts = [
        Fragment("a", tables=[TABLE], style="td {}", headline=Headline("A.")),
        Fragment("b", tables=[replace(TABLE, name="b")], attention=["b"]),
        Fragment("c", attention=["c"], notes=[note]),
        FIGURE,
        Fragment("d"),
        Fragment("e", headline=Headline("E.")),
    ]
    joined, figure, *last = Stack(parts).shown

    assert joined == Fragment(
        "".join(f'<div class="block">\n{each}\n</div>\n' for each in "abc"),
        [TABLE, replace(TABLE, name="b")], "td {}", Headline("A."), ["b", "c"], [note],
    )  # fmt: skip
    assert (figure, last) == (FIGURE, parts[-2:])


def test_an_output_in_words_is_a_line_which_its_notebook_can_bear():
    assert repr(Fragment("<p>Hello</p>")) == "<Fragment of 12 characters>"
    assert repr(FIGURE) == f"<Chart {FIGURE.name}: {FIGURE.title}>"


FIGURES = DataTable(
    "figures",
    "Figures",
    [Column(name, name) for name in ("month", "unit", "num", "result", "none", "month_status")],
    [
        ["2016-07", "kent", Decimal(5), Decimal("2.0"), None, "available"],
        ["2016-08", "west", Sign("[c]", "Not shown."), Sign("[c]", "Not shown."), None, None],
    ],
)


def test_a_table_is_a_data_frame_with_dates_counts_and_figures():
    frame = FIGURES.df

    assert [str(kind) for kind in frame.dtypes[1:]] == [
        "object", "Int64", "float64", "Int64", "object",
    ]  # fmt: skip
    assert [each.date().isoformat() for each in frame["month"]] == ["2016-07-01", "2016-08-01"]
    assert frame["num"].sum() == 5
    assert frame["result"].isna().tolist() == [False, True]
    assert frame.attrs["title"] == "Figures"
    assert frame.attrs["meanings"]["num"] == "num"


def test_a_table_without_rows_is_a_data_frame_with_its_columns():
    assert list(replace(FIGURES, rows=[]).df) == [column.name for column in FIGURES.columns]


def test_an_answer_of_one_table_gives_its_data_frame():
    assert Fragment("", tables=[TABLE]).df["n"].tolist() == [1, None, "x"]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Fragment(""), "this answer has no table"),
        (outputs.Nothing("Why."), "this answer has no table"),
        (
            Fragment("", tables=[TABLE, FIGURES]),
            'this answer has 2 tables: t, figures. Ask for one of them: `.dfs["t"]`',
        ),
    ],
)
def test_without_one_table_an_answer_says_what_it_has(answer, message):
    with pytest.raises(AnswerError) as caught:
        _ = answer.df
    assert str(caught.value) == message
    assert len(answer.dfs) == len(answer.tables)


def test_an_answer_without_a_chart_says_so():
    with pytest.raises(AnswerError, match="this answer has no chart"):
        _ = Fragment("").chart


def test_a_stack_within_a_stack_is_found_by_place_and_key_and_shown_in_order():
    first = Stack([Fragment("a", tables=[TABLE]), FIGURE, Fragment("b")])
    second = Stack([Fragment("c"), Fragment("d")])
    stack = Stack([first, second], keys=["17", "25"], files=[FIGURES])

    assert (len(stack), [*stack]) == (2, [first, second])
    assert (stack[0], stack["25"], stack[-1]) == (first, second, second)
    assert repr(stack) == "<Stack of 17, 25>"
    assert list(stack.dfs) == ["t", "figures"]
    assert list(stack["17"].dfs) == ["t"]

    above, figure, below = stack.shown
    assert (above, figure) == (first[0], FIGURE)
    assert below.html == "".join(f'<div class="block">\n{each}\n</div>\n' for each in "bcd")
    assert below.tables == [FIGURES]


def test_an_unknown_key_of_a_stack_names_the_nearest():
    with pytest.raises(UnknownNameError, match="unknown answer `26`; the names are `17`, `25`"):
        Stack([Fragment("a"), Fragment("b")], keys=["17", "25"])["26"]


def test_files_of_a_stack_that_ends_in_a_chart_are_the_chart_s():
    (figure,) = Stack([FIGURE], files=[FIGURES]).shown
    assert figure.tables == [FIGURES]
