"""From an executed notebook to a page: what is published, what is left out, what is refused."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell, new_output, new_raw_cell

from scorecard.errors import PublishError
from scorecard.months import Month
from scorecard.outputs import HTML, VEGALITE, Fragment, Headline, Nothing
from scorecard.pages import layout, style
from scorecard.pages.appendix import render
from scorecard.params.month import PreviousPack
from support import sample_notebook as sample


@pytest.fixture(scope="module")
def page():
    return render(sample.full(), sample.ABOUT)


@pytest.fixture(scope="module")
def soup(page):
    return read(page.html)


def read(html):
    return BeautifulSoup(html, "html.parser")


def refused(*cells):
    """The message with which a notebook of `cells` is refused."""
    with pytest.raises(PublishError) as caught:
        render(sample.notebook(*cells), sample.ABOUT)
    return str(caught.value)


def test_page_shows_outputs_and_prose_in_the_order_of_the_cells(soup):
    headings = [each.get_text() for each in soup.main.find_all(["h1", "h2"])]
    assert headings == [
        "Performance scorecard: August 2016",
        "Summary",
        "Contents",
        "Download the figures",
        "Scorecard",
        "How to read it",
        "Visits",
    ]


PREVIOUS = PreviousPack(Month(2016, 5), "https://midshire.example/?m=5&y=2016")


def test_a_page_leads_to_the_previous_report_where_its_address_is_known(soup):
    assert "Previous report" not in soup.footer.get_text()
    page = render(sample.full(), sample.changed(previous=PREVIOUS))
    (line,) = [p for p in read(page.html).footer("p") if "Previous report" in p.get_text()]
    assert (line.get_text(), line.a["href"]) == ("Previous report: May 2016", PREVIOUS.address)


def test_a_page_reaches_the_batch_without_what_made_it(page):
    """Else the batch would import nbformat and IPython in the middle of its work."""
    program = "import pickle, sys; pickle.load(sys.stdin.buffer); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], input=pickle.dumps(page), capture_output=True, check=True
    )
    loaded = done.stdout.decode().split()
    assert "scorecard.pages.page" in loaded
    assert {"nbformat", "IPython"}.isdisjoint(loaded)


def test_page_shows_no_code_no_parameters_and_nothing_for_the_analyst(page):
    assert "report." not in page.html
    assert "For the analyst only" not in page.html
    assert "2016-08&quot;" not in page.html
    assert "repr" not in page.html


def test_a_page_prefers_the_fragment_without_the_notebooks_own_style(page):
    assert "color: pink" not in page.html


def test_every_section_is_linked_from_the_contents(soup):
    nav = soup.find("nav", {"aria-label": "Contents"})
    links = {a["href"][1:]: a.get_text() for a in nav.find_all("a")}
    assert links == {
        "summary": "Summary",
        "scorecard-heading": "Scorecard",
        "how-to-read-it": "How to read it",
        "visits": "Visits",
    }
    assert all(soup.find(id=each).name == "h2" for each in links)


def test_shell_names_language_title_and_landmarks(soup):
    assert soup.html["lang"] == "en-GB"
    title = "Appendix A: Performance scorecard, August 2016 – Midshire County Council"
    assert soup.title.get_text() == title
    assert soup.find("meta", {"name": "description"})["content"] == sample.ABOUT.summary
    assert [len(soup.find_all(tag)) for tag in ("header", "main", "footer", "h1")] == [1] * 4
    assert soup.find("a", class_="skip-link")["href"] == "#main"


def test_page_asks_nobody_for_anything(soup):
    assert not soup.find_all(["script", "link", "iframe", "img"])
    assert not [tag for tag in soup.find_all(True) if tag.has_attr("style")]
    links = [a["href"] for a in soup.find_all("a")]
    assert not [href for href in links if ":" in href or href.startswith("//")]


def test_policy_allows_the_pages_own_styles_by_their_hash_and_no_script(soup):
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert "script-src" not in rules
    assert "unsafe" not in policy
    hashes = {style.digest(each.string) for each in soup.find_all("style")}
    assert hashes == set(rules["style-src"].split())


def test_words_of_the_council_are_escaped():
    about = sample.changed(council="Tyne & <Wear>", letter=None)
    html = render(sample.full(), about).html
    assert "Tyne &amp; &lt;Wear&gt;" in html
    assert "<Wear>" not in html
    assert "Appendix" not in BeautifulSoup(html, "html.parser").header.get_text()


def test_same_notebook_gives_same_bytes():
    first, second = (render(sample.full(), sample.ABOUT) for _ in range(2))
    assert first.files == second.files


def test_headline_attention_and_files_are_handed_over(page):
    ratings = {"green": 1, "amber": 0, "red": 1}
    assert page.headline == Headline("1 of 2 is Green.", ratings, [], [], reds=[])
    assert page.attention == ("Indicator 2 has no commentary.",)
    assert page.files["sample.html"].decode() == page.html
    assert {link.href for link in page.downloads} < set(page.files)


def test_markup_is_well_formed(page):
    void = {"meta", "br", "hr", "img", "input", "link", "col", "wbr"}

    class Balance(HTMLParser):
        open_tags: list[str] = []  # noqa: RUF012 (one use)

        def handle_starttag(self, tag, attrs):
            if tag not in void:
                self.open_tags.append(tag)

        def handle_endtag(self, tag):
            assert self.open_tags.pop() == tag

    parser = Balance()
    parser.feed(re.sub(r"<style>.*?</style>", "", page.html, flags=re.DOTALL))
    assert parser.open_tags == []


def test_warnings_go_to_the_attention_list_without_the_machines_paths():
    text = "/tmp/kernel/1.py:3: FutureWarning: this will change\n  frame.sum()\n"  # noqa: S108
    warned = sample.code(new_output("stream", name="stderr", text=text), source="load()")
    page = render(sample.notebook(warned), sample.ABOUT)
    assert page.attention == ("cell 2 (`load()`) warned: FutureWarning: this will change",)
    assert "FutureWarning" not in page.html


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (new_output("stream", name="stdout", text="hello"), "prints text"),
        (new_output("execute_result", data={"text/plain": "42"}), "shows `text/plain`"),
        (
            new_output("display_data", data={"image/png": "aGk=", "text/plain": "<Axes>"}),
            "shows `image/png`, `text/plain`",
        ),
        (
            new_output("display_data", data={"application/vnd.jupyter.widget-view+json": {}}),
            "widget-view+json`, which no page can hold",
        ),
        (
            new_output("display_data", data={HTML: "<table><tr><td>nan</td></tr></table>"}),
            "without a caption",
        ),
        (new_output("display_data", data={HTML: "<p style='color:red'>x</p>"}), "`style`"),
        (new_output("display_data", data={HTML: "<script>x()</script>"}), "`<script>`"),
        (new_output("display_data", data={HTML: "<b onclick='x()'>x</b>"}), "`onclick`"),
        (
            new_output("display_data", data={HTML: '<img src="https://example.org/a.png">'}),
            "asks for another file",
        ),
        (
            new_output("error", ename="KeyError", evalue="'kent'", traceback=[]),
            "failed: KeyError: 'kent'",
        ),
        *(
            (
                new_output("display_data", data={chart: {}, **beside}),
                "end the cell with `report.figure(",
            )
            for chart in (
                VEGALITE,
                "application/vnd.vegalite.v6+json",
                "application/vnd.vega.v5+json",
            )
            for beside in ({}, {HTML: "<p>beside it</p>"})
        ),
    ],
)
def test_what_no_page_can_hold_is_refused_by_the_cells_name(output, said):
    message = refused(sample.code(output, source="\nshow(it)\nmore()"))
    assert message.startswith("cell 2 (`show(it)`) ")
    assert said in message


def markup(html):
    """A cell that shows `html`."""
    return sample.code(new_output("display_data", data={HTML: html}), source="show(it)")


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://example.org" title=" onmouseover=alert(1) style=x <script>">x</a>',
        "<p title=' src=\"https://example.org/a.png\"'>x</p>",
        "<p>&lt;script&gt; and 3 < 4, on x = 1 <!-- <script> --></p>",
        '<p data-onclick="x" data-style="y">x</p>',
        '<ul><li>one<li>two</ul><section><p title="<table>">no end tags',
        '<a href="#summary">a</a> <a href="county.html">b</a> <a href="mailto:a@b.org">c</a>',
        '<a href="page.html?at=10:30">d</a><img src="data:image/png;base64,aGk=" alt="A map">',
        '<svg aria-hidden="true"><use href="#shape"/></svg>',
        '<a href=" https://example.org">a</a><img src="\t data:image/png;base64,aGk=" alt="A map">',
    ],
)
def test_what_only_looks_like_forbidden_markup_is_published(html):
    assert html in render(sample.notebook(markup(html)), sample.ABOUT).html


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<svg/onload=x()>", "`onload`"),
        ("<b\nOnClick\n=\nx>x</b>", "`onclick`"),
        ("<p title='>' style=color:red>x</p>", "`style`"),
        ("<SCRIPT src=data:,x></SCRIPT>", "`<script>`"),
        ("<math><mtext><style>x</style></mtext></math>", "`<style>`"),
        ("<noscript><p>x</p></noscript>", "`<noscript>`"),
        ("<template><img src=x></template>", "`<template>`"),
        ("<img alt='A map' src = pic.png>", "asks for another file, `pic.png`"),
        ("<img alt='A map' srcset='data:,x 1x, https://example.org 2x'>", "asks for another file"),
        ("<svg><image xlink:href='https://example.org'/></svg>", "asks for another file"),
        ("<svg><use href='https://example.org/x.svg#a'/></svg>", "asks for another file"),
        ("<td background=x.png>x</td><table background=x.png><caption>c</caption></table>",
         "asks for another file"),
        ("<a href='java\nscript:x()'>x</a>", "readers can't follow"),
        ("<a href='file:///S:/x.xlsx'>x</a>", "links to `file:///S:/x.xlsx`"),
        ("<img src='data:image/png;base64,aGk='>", "without words"),
        ("<img src='data:image/png;base64,aGk=' alt=' '>", "without words"),
        ("<img src='data:image/png;base64,aGk=' alt='my map.PNG'>", "without words"),
        ("<table><caption> </caption></table>", "without a caption"),
        ("<p title='<caption>'>x</p><table><tr><td>1</td></tr></table>", "without a caption"),
        ("<table><caption>c</caption><tr><td><table></table></td></tr></table>",
         "without a caption"),
        ("<p>x</p></div>", "closes one that it did not open"),
        ("<p>x</p></div><div>", "closes one that it did not open"),
        ("</div><i></i></div></main><main><div><div>", "closes one that it did not open"),
        ("<p>x</p></div><p>y</p>", "closes one that it did not open"),
        ("<p>x</p></div></main>", "closes one that it did not open"),
        ("<b>bold to the end", "leaves an element open"),
        ("<p>x</p><!-- a comment", "leaves an element open"),
        ("<table><caption>c</caption><tr><td>1", "leaves an element open"),
        ("<p>Fen\u200bwold</p>", "invisible character (U+200B, zero width space); delete it"),
        ("<p>Fen&#x202e;wold</p>", "invisible character (U+202E, right-to-left override)"),
        ("<p title='a&shy;b'>x</p>", "invisible character (U+00AD, soft hyphen)"),
    ],
)  # fmt: skip
def test_markup_is_judged_as_a_browser_reads_it(html, said):
    message = refused(markup(html))
    assert message.startswith("cell 2 (`show(it)`) ")
    assert said in message


def test_prose_and_the_words_around_a_page_hide_nothing():
    hidden = refused(new_markdown_cell("## Summary\n\nFen&zwnj;wold"))
    assert "cell 2 (`## Summary`) holds an invisible character (U+200C" in hidden
    with pytest.raises(PublishError, match="the page holds an invisible character"):
        render(sample.notebook(), sample.changed(title="Score\x1b[31mcard"))


def test_a_long_address_is_shown_in_part():
    message = refused(markup(f'<img alt="A map" src="x/{"y" * 999}">'))
    assert "another file, `x/yyy" in message
    assert len(message) < 400


def test_the_page_as_a_whole_is_judged_too():
    """A second `body` in a page adds its attributes to the first."""
    assert refused(markup("<body onload=x()><p>x</p></body>")) == (
        "the page holds `onload`, which the page's security policy blocks: use a class of the "
        "style sheet instead of a style, and no script"
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"table_html": ""}, "a chart without `table_html`"),
        ({"table_html": "<table><caption>c</caption><tr><th>Month</th></tr></table>"},
         "without `table_html`"),
        ({"table_html": "<p>&lt;td&gt;</p>", "title": " "}, "without `title` and `table_html`"),
        ({"description": ""}, "a chart without `description`"),
        ({"subtitle": ""}, "a chart without `subtitle`"),
    ],
)  # fmt: skip
def test_a_chart_without_its_words_or_its_figures_is_refused(changes, said):
    message = refused(sample.code(sample.figure(**changes), source="mine"))
    assert message.startswith("cell 2 (`mine`) has ")
    assert said in message
    assert "or tag the cell `analyst`" in message


def test_an_analyst_may_keep_a_chart_without_words_off_the_page():
    chart = new_output("display_data", data={VEGALITE: sample.spec()})
    page = render(sample.notebook(sample.code(chart, tags=("analyst",))), sample.ABOUT)
    assert "<svg" not in page.html


def pasted(source, **attachments):
    """A Markdown cell with pictures kept in it, as JupyterLab does when one is dragged in."""
    held = {name.replace("_", "."): {"image/png": content} for name, content in attachments.items()}
    return new_markdown_cell(source, attachments=held)


def test_a_picture_in_a_markdown_cell_becomes_part_of_the_page():
    cell = pasted("A map: ![The *six* areas](attachment:my%20map.png)", **{"my map_png": "aGk="})
    page = render(sample.notebook(cell), sample.ABOUT)
    (picture,) = BeautifulSoup(page.html, "html.parser").main.find_all("img")
    assert picture.attrs == {"src": "data:image/png;base64,aGk=", "alt": "The six areas"}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("![The areas](pic.png)", "asks for another file, `pic.png`"),
        ("[![The areas](https://example.org/a.png)](#summary)", "asks for another file"),
        ("![The areas](attachment:gone.png)", "asks for another file, `attachment:gone.png`"),
        ("![The areas](map.png)", "asks for another file, `map.png`"),
        ("![](attachment:map.png)", "without words"),
        ("![map.png](attachment:map.png)", "without words"),
    ],
)
def test_a_picture_that_would_be_broken_or_mute_is_refused(source, said):
    notebook = sample.notebook(pasted(source, map_png="aGk="))
    notebook.metadata["papermill"] = {"input_path": "county.ipynb"}
    with pytest.raises(PublishError) as caught:
        render(notebook, sample.ABOUT)
    assert str(caught.value).startswith(f"county.ipynb, cell 2 (`{source}`) ")
    assert said in str(caught.value)


def test_a_picture_for_the_analyst_is_nobody_elses_business():
    hidden = new_markdown_cell("![](pic.png)", metadata={"tags": ["analyst"]})
    assert "pic.png" not in render(sample.notebook(hidden), sample.ABOUT).html


def test_cells_are_counted_as_in_the_notebook_s_file():
    injected = sample.code(source="unit = 'x'", tags=("injected-parameters",))
    bad = new_output("stream", name="stdout", text="hello")
    assert refused(injected, sample.code(bad)).startswith("cell 2 (")


def test_an_error_is_refused_even_in_a_cell_that_is_not_published():
    error = new_output("error", ename="ValueError", evalue="no", traceback=[])
    assert "ValueError" in refused(sample.code(error, tags=("analyst",)))


def test_a_hidden_cell_may_print():
    printed = new_output("stream", name="stdout", text="for me only")
    page = render(sample.notebook(sample.code(printed, tags=("analyst",))), sample.ABOUT)
    assert "for me only" not in page.html


def test_a_raw_cell_is_refused():
    assert "raw cell" in refused(new_raw_cell("<b>raw</b>"))


def test_markdown_with_html_shows_it_as_text():
    page = render(sample.notebook(new_markdown_cell("<script>x</script>")), sample.ABOUT)
    assert "<script>" not in page.html


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<h1>Again</h1>", "2 main headings"),
        ("<h2>No id</h2>", "has no id"),
        ('<h2 id="main">Taken</h2>', "id `main` occurs twice"),
        ('<h2 id="a">A</h2><h4 id="b">B</h4>', "level 4 follows one of level 2"),
    ],
)
def test_headings_and_ids_that_would_lose_a_reader_are_refused(html, said):
    assert said in refused(sample.code(Fragment(html)))


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "/x", "", ".x", "a" * 81, "c:x"])
def test_a_table_s_name_can_not_lead_out_of_the_downloads(name):
    table = replace(sample.SCORECARD_DATA, name=name)
    assert f"a table called `{name}`" in refused(sample.code(Fragment("<p>x</p>", tables=(table,))))


def test_two_headlines_or_two_tables_of_one_name_are_refused():
    headline = Fragment("<p>x</p>", headline=Headline("Another."))
    assert "2 headlines" in refused(sample.code(headline))
    table = Fragment("<p>x</p>", tables=(sample.SCORECARD_DATA,))
    assert "table `scorecard` occurs twice" in refused(sample.code(table, table))


NOTHING = Nothing("No <activity> was supplied.")
TEXT = Fragment("<p>It rose.</p>")


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([sample.code(NOTHING)], False),
        ([sample.code(NOTHING), sample.code(NOTHING, source="x")], False),
        ([sample.code(NOTHING), sample.code(TEXT)], True),
        ([sample.code(TEXT, NOTHING)], True),
        ([sample.code(source="x = 1")], True),
        ([sample.code(NOTHING, tags=("analyst",))], True),
        ([], True),
    ],
)
def test_a_section_is_left_out_when_all_its_cells_have_nothing_to_show(cells, shown):
    heading = new_markdown_cell("## Activity\n\nThe author's words.")
    after = [new_markdown_cell("## Key"), sample.code(Fragment(sample.SCORECARD))]
    html = render(sample.notebook(heading, *cells, *after), sample.ABOUT).html
    assert ("The author&#39;s words" in html.replace("'", "&#39;")) == shown
    assert ('href="#activity"' in html) == shown
    assert 'id="key"' in html
    assert "was supplied" not in html


def test_a_page_that_has_neither_a_table_nor_a_chart_since_there_is_none_is_refused():
    said = refused(sample.code(TEXT), sample.code(NOTHING, NOTHING))
    assert said.startswith("the page would have no table and no chart: No <activity> was supplied.")
    assert said.count("No <activity>") == 1


@pytest.mark.parametrize(
    "outputs",
    [
        [TEXT],
        [NOTHING, Fragment(sample.SCORECARD)],
        [NOTHING, sample.figure()],
        [NOTHING, Fragment('<ol class="paragraphs"><li>It rose.</li></ol>')],
    ],
)
def test_a_page_with_a_table_a_chart_or_numbered_paragraphs_is_published(outputs):
    assert render(sample.notebook(sample.code(*outputs)), sample.ABOUT).html


def test_nothing_is_a_sentence_in_a_notebook():
    assert NOTHING._repr_mimebundle_()[HTML] == "<p>No &lt;activity&gt; was supplied.</p>"


def test_a_page_explains_an_abbreviation_once():
    short = ' <span class="expansion short">{}: {}.</span>'
    first, other = (
        short.format("IHA", "Initial health assessment"),
        short.format("UASC", "Children"),
    )
    moved = ' <span class="expansion">7 fewer</span>'
    body = layout.lay_out(f"<h2>A</h2>a{first}{moved} b{first}{other}{moved}", "")
    assert body == f"<h2>A</h2>a{first}{moved} b{other}{moved}"
