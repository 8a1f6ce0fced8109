"""Printing pages to PDF with an installed browser."""

from __future__ import annotations

import os
import stat

import pytest
from pypdf import PdfReader

from scorecard.errors import PrintError
from scorecard.pages import bound, pdf
from scorecard.pages.appendix import render
from scorecard.pages.links import Linked
from support import sample_notebook as sample
from support.browser_paper import elements


def program(folder, text, name="chromium"):
    """A stand-in for a browser: a shell script."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return path


def test_without_a_browser_the_message_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "PLACES", ())
    with pytest.raises(PrintError, match="install Chromium"):
        pdf.browser({"PATH": str(tmp_path)})


def test_browser_on_the_path_is_found(tmp_path):
    found = program(tmp_path, "exit 0", "google-chrome")
    assert pdf.browser({"PATH": str(tmp_path)}) == found


def test_named_browser_comes_first_and_must_exist(tmp_path):
    program(tmp_path, "exit 0")
    named = program(tmp_path, "exit 0", "my-browser")
    environment = {"PATH": str(tmp_path), pdf.VARIABLE: str(named)}
    assert pdf.browser(environment) == named
    with pytest.raises(PrintError, match=r"SCORECARD_BROWSER names .*nowhere"):
        pdf.browser({pdf.VARIABLE: str(tmp_path / "nowhere")})


@pytest.mark.skipif(os.name == "nt", reason="the stand-in browser is a shell script")
@pytest.mark.parametrize("text", ["echo 'no room left' >&2; exit 3", "echo 'no room left' >&2"])
def test_a_browser_that_fails_is_quoted_and_leaves_no_pdf(tmp_path, text):
    page = tmp_path / "county.html"
    page.write_text("<p>x</p>", encoding="utf-8")
    with pytest.raises(PrintError, match=r"county\.html; its last message: no room left"):
        pdf.print_pages([page], program(tmp_path, text))
    assert not (tmp_path / "county.pdf").exists()


@pytest.mark.skipif(os.name == "nt", reason="the stand-in browser is a shell script")
def test_a_browser_that_hangs_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "TIMEOUT_SECONDS", 0.2)
    page = tmp_path / "county.html"
    page.write_text("<p>x</p>", encoding="utf-8")
    with pytest.raises(PrintError, match=r"did not print county\.html in 0\.2 s"):
        pdf.print_pages([page], program(tmp_path, "exec sleep 20"))


def test_printed_page_is_tagged_titled_and_outlined(tmp_path, chromium):
    page = tmp_path / "sample.html"
    page.write_text(render(sample.full(), sample.ABOUT).html, encoding="utf-8")
    (printed,) = pdf.print_pages([page], chromium)
    assert printed == tmp_path / "sample.pdf"
    reader = PdfReader(printed)
    root = reader.trailer["/Root"]
    assert reader.metadata.title == sample.ABOUT.window_title
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root
    outline = [entry.title for entry in flat(reader.outline)]
    assert outline[0] == "Performance scorecard: August 2016"
    assert {"Scorecard", "How to read it", "Visits"} <= set(outline)
    sizes = [page.mediabox.width > page.mediabox.height for page in reader.pages]
    assert any(sizes), "a wide table stands on a landscape page"
    assert not all(sizes), "everything else on portrait pages"
    numbers = [f"Page {n} of {len(sizes)}" for n in range(1, len(sizes) + 1)]
    for number, sheet in zip(numbers, reader.pages, strict=True):
        text = sheet.extract_text()
        assert number in text
        assert "Midshire County Council" in text
    assert "71.2%" in "".join(each.extract_text() for each in reader.pages), "details are printed"


def test_a_printed_pack_names_its_sheets_and_is_the_same_each_time(tmp_path, chromium):
    html = render(sample.full(), sample.ABOUT).html
    names = {"one": "Appendix A: One", "two": "Appendix B: Two"}
    parts = bound.bind([Linked(name, heading, html) for name, heading in names.items()])
    seen = []

    def document(numbers):
        seen.append(numbers)
        return bound.document(sample.ABOUT, parts, [], numbers)

    first = tmp_path / "pack.pdf"
    pdf.print_numbered(document, first, chromium)
    reader = PdfReader(first)
    assert (len(seen), seen[0]) == (2, {})
    assert seen[1]["one"] == 2, "the contents are on the first sheet"
    heads = [sheet.extract_text().split("Page ")[0] for sheet in reader.pages]
    for name, heading in names.items():
        assert heading in heads[seen[1][name] - 1]
        assert heading not in heads[seen[1][name] - 2] or name == "one"
    outline = {e.title: reader.get_destination_page_number(e) for e in flat(reader.outline)}
    assert outline["Contents"] == 0
    tagged = [element for _, element in elements(reader)]
    alternatives = [each.get("/Alt", "") for each in tagged if each["/S"] == "/Figure"]
    kinds = {each["/S"][1:] for each in tagged}
    assert {"H1", "H2", "Table", "TH", "TD", "Figure", "L", "LI", "Link"} <= kinds
    assert len([each for each in alternatives if "the result fell" in each]) == 2
    assert all(alternatives), "no figure is without an alternative"
    assert {sheet.get("/Tabs") for sheet in reader.pages} == {"/S"}
    assert reader.xmp_metadata.dc_title["x-default"] == sample.ABOUT.window_title
    second = tmp_path / "again.pdf"
    pdf.print_numbered(lambda _: document(seen[1]), second, chromium)
    assert second.read_bytes() == first.read_bytes()


def flat(outline):
    """The entries of an outline, whatever their depth."""
    for entry in outline:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield entry
