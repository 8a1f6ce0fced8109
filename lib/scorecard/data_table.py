"""A table as data: what a download, a page's twin and an analyst's data frame are made of."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from scorecard.errors import PublishError
from scorecard.months import is_month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

Value = str | int | Decimal | None
"""The value of a field of a download: text, a whole number, or a figure with exactly the decimals
that a reader sees."""
MIXED = "as measured"
"""In a heading, the unit of figures whose rows say what they are measured in."""
FLOAT_PLACES = 4
"""Decimals that a float in an analyst's table may have; results are supplied with no more."""


@dataclass(frozen=True)
class Column:
    """One column of a downloadable table: its name in a CSV, and what its values mean.

    `heading` is what people read above it, with the unit: `Latest result (%)`; without one, it is
    the name. A `signed` one is of differences: a spreadsheet writes `+5`.
    """

    name: str
    meaning: str
    heading: str = ""
    signed: bool = False

    @property
    def title(self) -> str:
        """The heading, or the name in words."""
        words = re.sub(r"[\W_]+", " ", self.name).strip()
        return self.heading or words[:1].upper() + words[1:]


class Sign(str):
    """A shorthand in a table where a figure is not given, such as `[c]`.

    It is text like any other; `meaning` says what the reader must know of it.
    """

    meaning: str

    def __new__(cls, text: str, meaning: str = "") -> Self:
        """The sign `text`."""
        made = super().__new__(cls, text)
        made.meaning = meaning
        return made


@dataclass(frozen=True)
class DataTable:
    """The tidy, machine-readable twin of a table on the page: one row a case, no merged cells.

    `name` is a slug, unique in its appendix; `rows` hold numbers and text as the page shows them.
    `signs` are those that it has instead of a figure, with their meaning. `sheet` is the name of
    its worksheet, if `name` would not say what is on it. `when` is the month, which a file gives
    after the title; a page gives it once.

    A float becomes the decimal that it is written as; one with more decimals than a result can have
    raises `PublishError`, because they come from float arithmetic.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    signs: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    when: str = ""

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        rows = [[self._exact(*each) for each in zip(names, row, strict=True)] for row in self.rows]
        object.__setattr__(self, "rows", rows)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """The table that a bundle holds."""
        columns = [Column(**column) for column in plain["columns"]]
        rows = [[_unpacked(value) for value in row] for row in plain["rows"]]
        return cls(**{**plain, "columns": columns, "rows": rows})

    @property
    def full_title(self) -> str:
        """The title and the month."""
        return ", ".join(filter(None, [self.title, self.when]))

    @property
    def plain(self) -> dict[str, Any]:
        """The table as a bundle holds it, without its empty parts."""
        rows = [[_packed(value) for value in row] for row in self.rows]
        held = {
            "name": self.name,
            "title": self.title,
            "columns": [_filled(asdict(column)) for column in self.columns],
            "rows": rows,
        }
        return held | _filled({"signs": dict(self.signs), "sheet": self.sheet, "when": self.when})

    @property
    def df(self) -> pd.DataFrame:
        """The rows as a data frame: months as dates, counts as whole numbers, results as floats.

        A figure that is not given is missing; its column `…_status` says why. `attrs` has the
        `title`, and the `meanings` of the columns.
        """
        import pandas as pd  # it takes a third of a second, which commands need not wait for

        named = {column.name: column.meaning for column in self.columns}
        columns = zip(*self.rows, strict=True) if self.rows else [()] * len(named)
        frame = pd.DataFrame(
            {name: _series(values) for name, values in zip(named, columns, strict=True)}
        )
        frame.attrs = {"title": self.full_title, "meanings": named}
        return frame

    def _exact(self, column: str, value: Value | float) -> Value:
        """A value of a column; a float becomes a `Decimal`."""
        if not isinstance(value, float):
            return value
        exact = Decimal(repr(float(value)))
        if not exact.is_finite() or -int(exact.as_tuple().exponent) > FLOAT_PLACES:
            raise PublishError(
                f"table `{self.name}`, column `{column}`: {value} is a float that no figure has "
                f"written so. Round it to at most {FLOAT_PLACES} decimals, or give a `Decimal`."
            )
        return exact


def _series(values: Sequence[Value]) -> pd.Series[Any]:
    """A column as pandas has it; signs are missing figures."""
    import pandas as pd  # as in `DataTable.df`

    given = [None if isinstance(value, Sign) else value for value in values]
    known = [value for value in given if value is not None]
    texts = [value for value in known if isinstance(value, str)]
    if texts and all(map(is_month, texts)):
        return pd.Series(pd.to_datetime(pd.Series(given), format="%Y-%m"))
    if texts:
        return pd.Series(given, dtype=object)
    if all(value == int(value) for value in known) and not _has_decimals(known):
        return pd.Series([None if value is None else int(value) for value in given], dtype="Int64")
    return pd.Series([None if value is None else float(value) for value in given], dtype=float)


def _has_decimals(values: Sequence[Value]) -> bool:
    """Whether any of these is written with decimals, even if they are zeros."""
    return any(isinstance(value, Decimal) and value.as_tuple().exponent for value in values)


def _filled(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The parts that are not empty."""
    return {key: value for key, value in parts.items() if value}


def _packed(value: Value) -> str | int | dict[str, str] | None:
    """A value as JSON holds it: a figure as its digits, since JSON's numbers are floats."""
    return {"figure": f"{value:f}"} if isinstance(value, Decimal) else value


def _unpacked(value: Any) -> Value:
    """A value as it was before it went into JSON."""
    exact: Value = Decimal(value["figure"]) if isinstance(value, dict) else value
    return exact
