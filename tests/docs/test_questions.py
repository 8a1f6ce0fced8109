"""The questions of `docs/questions.md`, asked in a kernel as an analyst does."""

from __future__ import annotations

import re

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from support import council
from support.generating import generate
from support.places import REPOSITORY

PAGE = (REPOSITORY / "docs/questions.md").read_text(encoding="utf-8")
OPENING = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]


def test_each_call_prints_in_a_kernel_what_the_page_shows(tmp_path):
    made = council.copy(tmp_path / "fenwold")
    begin = (
        f"{OPENING}\nimport pandas as pd\nfrom scorecard.workbook import Workbook\n"
        f"fenwold = Report('2024-06', 'fenwold', Workbook.at({str(made.root)!r}))\n"
        "pd.set_option('display.width', 110, 'display.max_columns', None)"
    )

    def printed(calls):
        cells = [new_code_cell(begin), *(new_code_cell(f"print({call})") for call in calls)]
        notebook = new_notebook(cells=cells)
        NotebookClient(notebook, resources={"metadata": {"path": str(REPOSITORY)}}).execute()
        nbformat.validate(notebook)
        return ["".join(each.text for each in cell.outputs) for cell in notebook.cells[1:]]

    assert generate.questions(printed) == PAGE, "run `python docs/generate.py`, read what changed"
    assert PAGE.count("\n>>> ") >= 20
    assert "Empty DataFrame" not in PAGE
