"""What charts of every kind share: colours, places, and the drawings (`drawings.py`) to be filled.

A kind of chart has a module of its own (`uasc_chart.py`, `activity_charts.py`), which fills a
drawing with the figures of a table, and has its title, its words and the table beside it. A trend
has two: `trend_chart.py` draws it, `trend_outputs.py` puts it together.

A specification is interactive in JupyterLab and becomes a still drawing on a page, so everything a
reader must know is drawn or written, never left to a tooltip.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard import display

if TYPE_CHECKING:
    from decimal import Decimal

Specification = dict[str, Any]

FOLDER = Path(__file__).parents[1] / "templates" / "charts"
NAVY, TEAL, PLUM, GREY = "#12436D", "#1B7F76", "#801650", "#505A5F"


def drawing(name: str) -> Specification:
    """One of the drawings, without figures, to be filled."""
    specification: Specification = json.loads(_text(name))
    return specification


@cache
def _text(name: str) -> str:
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8")


def place(value: Decimal | None) -> float | None:
    """Where a figure is drawn; what is written beside it comes from the figure itself."""
    return None if value is None else float(value)


def with_sign(form: str) -> str:
    """How an axis writes its figures: Vega's expression."""
    return f"datum.label + '{display.unit_sign(form)}'"
