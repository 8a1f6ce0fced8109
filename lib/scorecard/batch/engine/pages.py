"""What a page worker does, again and again: an executed notebook becomes a page."""

from __future__ import annotations

import importlib
import os
import time
from typing import TYPE_CHECKING, Any

import nbformat

from scorecard.batch.engine.tasks import CallTask, Done, Failed, PageTask
from scorecard.errors import ScorecardError
from scorecard.pages import appendix, svg
from scorecard.pages.exporter import TEMPLATES

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FONTS = TEMPLATES / "page" / "fonts.conf"
"""Says which fonts measure the text of drawings; read by the process's first drawing."""

WARM_UP = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "data": {"values": [{"x": 1}]},
    "mark": "line",
    "encoding": {"x": {"field": "x", "type": "quantitative"}},
}
"""Any chart will do: the first one of a process starts the drawing machine, at half a second."""


def run(connection: Connection) -> None:
    """Answer every task with `Done` or `Failed`, until `connection` is closed."""
    os.environ["FONTCONFIG_FILE"] = str(FONTS)
    svg.chart(WARM_UP, "warm-up", "")
    while True:
        try:
            task: PageTask | CallTask = connection.recv()
        except EOFError:
            return
        started = time.perf_counter()
        try:
            value = _value(task)
        except ScorecardError as error:
            connection.send(Failed(str(error)))
        except Exception as error:  # one page must not stop the others
            connection.send(Failed(f"making the page: {type(error).__name__}: {error}"))
        else:
            connection.send(Done(value, time.perf_counter() - started))


def _value(task: PageTask | CallTask) -> Any:
    """The `Page`, or what the function gave."""
    if isinstance(task, CallTask):
        module, _, name = task.function.partition(":")
        return getattr(importlib.import_module(module), name)(*task.arguments)
    # Without the check of the format, which papermill did when it wrote the file.
    notebook = nbformat.v4.reads_json(task.executed.read_text(encoding="utf-8"))
    return appendix.render(notebook, task.about)
