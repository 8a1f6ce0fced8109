"""What the browser does for the desk: it copies a text, saves a file, and sorts a table.

Each is an output that JupyterLab runs. A script runs only once, although a window that is loaded
again gets the same outputs again.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import itables
from itables.javascript import generate_init_offline_itables_html

if TYPE_CHECKING:
    from scorecard.data_table import DataTable

ONCE = """if (!sessionStorage.getItem({key})) {{
    sessionStorage.setItem({key}, "done");
    {action}
}}"""

COPY = """const text = {text};
    const by_hand = () => {{
        const area = document.createElement("textarea");
        area.value = text;
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
    }};
    if (navigator.clipboard) navigator.clipboard.writeText(text).catch(by_hand); else by_hand();"""

SAVE = """const bytes = Uint8Array.from(atob({content}), letter => letter.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], {{type: {kind}}}));
    link.download = {name};
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);"""

ROWS = [10, 25, 50, 100]
"""How many rows of a table are shown at a time."""


def copying(text: str) -> dict[str, Any]:
    """An output that puts `text` on the clipboard."""
    return _script(COPY.format(text=_quoted(text)))


def saving(name: str, kind: str, content: bytes) -> dict[str, Any]:
    """An output that saves a file of the MIME type `kind` where the browser saves files."""
    coded = base64.b64encode(content).decode()
    return _script(SAVE.format(content=_quoted(coded), kind=_quoted(kind), name=_quoted(name)))


def beginning() -> dict[str, Any]:
    """An output with what sortable tables need, from the package and not from another host."""
    return _output("text/html", generate_init_offline_itables_html(itables.options.dt_bundle))


def sortable(table: DataTable) -> dict[str, Any]:
    """An output with a table to sort and to filter, its months written as `2016-08`."""
    frame = table.df
    for name in frame.select_dtypes("datetime"):
        frame[name] = frame[name].dt.strftime("%Y-%m")
    html = itables.to_html_datatable(
        frame, connected=False, showIndex=False, maxBytes=0, column_filters="footer",
        lengthMenu=ROWS, display_logo_when_loading=False, allow_html=False,
        classes="display compact",
    )  # fmt: skip
    return _output("text/html", html)


def _script(action: str) -> dict[str, Any]:
    return _output(
        "application/javascript", ONCE.format(key=_quoted(f"scorecard-{uuid4()}"), action=action)
    )


def _quoted(text: str) -> str:
    """A text as JavaScript writes it."""
    return json.dumps(text)


def _output(kind: str, content: str) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {kind: content}, "metadata": {}}
