"""The questions of `docs/questions.md`, asked in a kernel as an analyst does."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from support import council
from support.places import REPOSITORY

PAGE = (REPOSITORY / "docs/questions.md").read_text(encoding="utf-8")
OPENING = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
ASKED = re.findall(r"^```text\n>>> (.*?)\n(.*?)\n```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.thorough
def test_each_call_prints_in_a_kernel_what_the_page_shows(tmp_path):
    """`tests/docs/test_reference.py` asks the same without a kernel."""
    assert len(ASKED) >= 20
    made = council.copy(tmp_path / "fenwold")
    begin = (
        f"{OPENING}\nimport pandas as pd\nfrom scorecard.workbook import Workbook\n"
        f"fenwold = Report('2024-06', 'fenwold', Workbook.at({str(made.root)!r}))\n"
        "pd.set_option('display.width', 110, 'display.max_columns', None)"
    )
    cells = [new_code_cell(begin), *(new_code_cell(f"print({call})") for call, _ in ASKED)]
    notebook = new_notebook(cells=cells)
    NotebookClient(notebook, resources={"metadata": {"path": str(REPOSITORY)}}).execute()
    for cell, (call, answer) in zip(notebook.cells[1:], ASKED, strict=True):
        printed = "".join(each.text for each in cell.outputs if each.output_type == "stream")
        lines = "\n".join(line.rstrip() for line in printed.splitlines())
        assert lines == answer, call
    nbformat.validate(notebook)
