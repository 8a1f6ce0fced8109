"""Hand-made figures: a test writes only what it is about; the rest has plain defaults."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from scorecard.data_table import Sign
from scorecard.display import usual_places
from scorecard.figure import Figure, Withheld

NUMBERS = {each.name for each in fields(Figure) if str(each.type).startswith("Decimal")}
HOW = Withheld(Sign("[c]", "small"), "kept back", "small numbers")
"""How a withheld figure is written."""


def figure(shown: Decimal | float | str | None = None, /, **parts: Any) -> Figure:
    """A percentage of August 2016, shown so and rated Amber, with other `parts` if given."""
    value = None if shown is None else Decimal(str(shown))
    there = value is not None
    known = {
        "unit": "shire", "code": "h", "cohort": "all", "month": date(2016, 8, 1), "period": "",
        "format": "percent", "status": "available" if there else "not-available",
        "num": None, "denom": None, "num_places": 0, "denom_places": 0, "result": value,
        "shown": value, "precise": value, "places": places(value), "near_threshold": False,
        "rating": "amber" if there else None, "direction": None, "target": None,
        "floor_standard": None, "green_within": None, "amber_within": None, "provenance": (),
        "added_up": False, "revised": False, "finished": False,
        "shown_places": usual_places(parts.get("format", "percent")),
    }  # fmt: skip
    exact = {
        name: Decimal(str(each)) if name in NUMBERS and each is not None else each
        for name, each in parts.items()
    }
    return Figure(**{**known, **exact})


def hidden(**parts: Any) -> Figure:
    """A figure that is withheld."""
    return figure(1, **parts).without(["num", "denom"], HOW)


def places(shown: Decimal | None) -> int:
    """The decimals that a figure is shown with."""
    return 0 if shown is None else -int(shown.as_tuple().exponent)
