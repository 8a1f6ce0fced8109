"""The pages of a month without kernels and drawings: what a reader can read, in a second or so.

Cells run in this process and each chart is an empty picture; the rest is what the batch does, so
that the words and tables of a page are those it publishes.
"""

from __future__ import annotations

import ast
import os
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import nbformat
from nbformat.v4 import new_output

from scorecard.batch import manifest
from scorecard.batch.assembly import INDEX, INDEX_SUMMARY, INDEX_TITLE
from scorecard.pages import appendix, index, links, spreadsheet, svg
from scorecard.pages.page import About, Page
from scorecard.params.brand import read_brand
from scorecard.params.wording import read_wording
from scorecard.store import building, names, store
from scorecard.workbook import STORE_VARIABLE, VARIABLE
from support.places import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import duckdb
    from nbformat import NotebookNode

    from scorecard.batch.jobs import Job
    from scorecard.months import Month
    from scorecard.workbook import Workbook

EMPTY_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def pages(workbook: Workbook, month: Month, notebooks: Collection[str] = ()) -> dict[str, Page]:
    """Every appendix of `month`, and its index page, by the stem of its file.

    Of `notebooks` alone, if any are named.
    """
    with patch.object(spreadsheet, "workbook", lambda *_: b""):
        made = [page for _, page in appendices(workbook, month, notebooks=notebooks)]
    whole = about(workbook, month)
    known = [links.Linked(each.about.name, each.about.heading, each.html) for each in made]
    linked = links.between(known, index.render(whole, made))
    return {
        each.about.name: replace(each, html=linked[each.about.name])
        for each in (*made, Page(whole, ""))
    }


def appendices(
    workbook: Workbook, month: Month, only: str = "", notebooks: Collection[str] = ()
) -> list[tuple[NotebookNode, Page]]:
    """Every appendix of `month` with its spreadsheet: its executed notebook and its page.

    Of one alone, `only`, the charts are drawn.
    """
    checked = building.refresh(workbook)
    whole = about(workbook, month)
    environment = {VARIABLE: str(workbook.root), STORE_VARIABLE: checked}
    with (
        patch.dict(os.environ, environment),
        patch.object(svg, "_drawn", svg._drawn if only else lambda _: EMPTY_PICTURE),
        opened_once(workbook, checked),
    ):
        with store.Store.open(workbook, checked) as held:
            known = held.in_month(held.catalogue(), month)
        jobs = manifest.jobs_of_month(workbook, REPOSITORY / "notebooks", month, known)
        made = [
            (job, executed(job))
            for job in jobs
            if only in ("", job.name) and (not notebooks or job.notebook.stem in notebooks)
        ]
        return [
            (notebook, appendix.render(notebook, replace(whole, **said(job))))
            for job, notebook in made
        ]


@contextmanager
def opened_once(workbook: Workbook, name: str) -> Iterator[None]:
    """All who open the store share it, and the answer to what another page has asked it already.

    Opening takes longer than most questions, and half of a month's are asked by several pages.
    """
    answers: dict[str, list[dict[str, Any]]] = {}
    ask = names.records

    def records(connection: Any, query: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        asked = f"{query} {sorted(parameters.items())}"
        if asked not in answers:
            answers[asked] = ask(connection, query, parameters)
        return [dict(row) for row in answers[asked]]

    with building.connect(workbook, name) as opened:

        def connect(*_: object) -> duckdb.DuckDBPyConnection:
            cursor = opened.cursor()
            cursor.execute("USE store")
            return cursor

        with (
            patch.object(building, "connect", connect),
            patch.object(names, "records", records),
        ):
            yield


def about(workbook: Workbook, month: Month) -> About:
    """What the index page of a month says of itself."""
    wording = read_wording(workbook)
    return About(
        INDEX, INDEX_TITLE, INDEX_SUMMARY, wording.council, wording.service, month,
        brand=read_brand(workbook), publisher=wording.publisher, licence=wording.licence,
    )  # fmt: skip


def said(job: Job) -> dict[str, Any]:
    """What the page of a job says of itself."""
    return {key: getattr(job, key) for key in ("name", "title", "summary", "letter", "made_as")}


def executed(job: Job) -> NotebookNode:
    """A job's notebook with its outputs."""
    notebook = nbformat.read(job.notebook, as_version=4)
    space: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code" or "analyst" in cell.metadata.get("tags", ()):
            continue
        *before, last = ast.parse(cell.source).body
        shows = isinstance(last, ast.Expr)
        rest = ast.Module(before if shows else [*before, last], [])
        exec(compile(rest, str(job.notebook), "exec"), space)  # noqa: S102 (our notebooks)
        value = eval(compile(ast.Expression(last.value), "", "eval"), space) if shows else None  # noqa: S307
        cell.outputs = [new_output("display_data", data=each) for each in bundles(value)]
        if "parameters" in cell.metadata.get("tags", ()):
            space |= job.parameters
    return notebook


def bundles(value: Any) -> Iterator[dict[str, Any]]:
    """What a notebook would show of a cell's value."""
    if hasattr(value, "shown"):
        for part in value.shown:
            yield from bundles(part)
    elif value is not None:
        yield value._repr_mimebundle_()
