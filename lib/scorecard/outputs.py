"""What a notebook cell hands over: the contract between the authors' half and the operators'.

A cell's output must read well in JupyterLab and be publishable later without running anything
again. So each output is a MIME bundle, and the executed notebook holds everything a page needs:

=============================================== =================================================
`text/html`                                     a fragment of a page
`application/vnd.vegalite.v5+json`              a chart; JupyterLab draws it, the page gets SVG
`application/vnd.scorecard.figure+json`         beside a chart: its words and its data (`Chart`)
`application/vnd.scorecard.tables+json`         beside a fragment: the tables in it, for download
`application/vnd.scorecard.notes+json`          beside a fragment: its notes on figures (`Note`)
`application/vnd.scorecard.headline+json`       once a notebook: what the index page says of it
`application/vnd.scorecard.attention+json`      beside a fragment: outstanding actions
`application/vnd.scorecard.nothing+json`        beside a fragment that no page shows (`Nothing`)
=============================================== =================================================
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, Protocol, Self

from scorecard.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HTML = "text/html"
VEGALITE = "application/vnd.vegalite.v5+json"
FIGURE = "application/vnd.scorecard.figure+json"
TABLES = "application/vnd.scorecard.tables+json"
NOTES = "application/vnd.scorecard.notes+json"
HEADLINE = "application/vnd.scorecard.headline+json"
ATTENTION = "application/vnd.scorecard.attention+json"
NOTHING = "application/vnd.scorecard.nothing+json"
BLOCK = '<div class="block">'
"""How each fragment, figure and text of a page begins."""

STYLED = "application/vnd.scorecard.fragment+html"
"""The same fragment without the style sheet that only JupyterLab needs; a page prefers it."""

Bundle = dict[str, Any]

Value = str | int | Decimal | None
"""The value of a field of a download: text, a whole number, or a figure with exactly the decimals
that a reader sees."""
FLOAT_PLACES = 4
"""Decimals that a float in somebody's own table may have; results are supplied with no more."""


@dataclass(frozen=True)
class Column:
    """One column of a downloadable table: its name in the file and its values."""

    name: str
    meaning: str


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
    `signs` are those that it has instead of a figure, with their meaning.

    A float becomes the decimal that it is written as; one with more decimals than a result can have
    raises `PublishError`, for it is what arithmetic in floats left over.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    signs: Mapping[str, str] = field(default_factory=dict)

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
    def plain(self) -> dict[str, Any]:
        """The table as a bundle holds it; without signs it says nothing of them."""
        rows = [[_packed(value) for value in row] for row in self.rows]
        held = {
            "name": self.name,
            "title": self.title,
            "columns": [asdict(column) for column in self.columns],
            "rows": rows,
        }
        return {**held, "signs": dict(self.signs)} if self.signs else held

    def _exact(self, column: str, value: Value | float) -> Value:
        """A value of a column without a float."""
        if not isinstance(value, float):
            return value
        exact = Decimal(repr(float(value)))
        if not exact.is_finite() or -int(exact.as_tuple().exponent) > FLOAT_PLACES:
            raise PublishError(
                f"table `{self.name}`, column `{column}`: {value} is a float that no figure has "
                f"written so. Round it to at most {FLOAT_PLACES} decimals, or give a `Decimal`."
            )
        return exact


def _packed(value: Value) -> str | int | dict[str, str] | None:
    """A value as JSON holds it: a figure as its digits, since JSON's numbers are floats."""
    return {"figure": f"{value:f}"} if isinstance(value, Decimal) else value


def _unpacked(value: Any) -> Value:
    """A value as it was before it went into JSON."""
    exact: Value = Decimal(value["figure"]) if isinstance(value, dict) else value
    return exact


@dataclass(frozen=True)
class Note:
    """What a reader must know of some figures of a page, and of every file made from it.

    `of` says which figures, in the words of a file: a provenance, a sign such as `[c]`, indicators.
    """

    of: str
    text: str


@dataclass(frozen=True)
class Headline:
    """What the index page says of an appendix.

    `ratings` counts `green`, `amber` and `red` indicators (empty when the page rates nothing);
    `changes` are sentences about ratings that changed since last month, and `change_count` says how
    many did, of those that can be compared; `cautions` are about results that rest on figures which
    owe the reader an explanation.
    """

    sentence: str
    ratings: dict[str, int] = field(default_factory=dict)
    changes: Sequence[str] = ()
    cautions: Sequence[str] = ()
    change_count: str = ""


class Output(Protocol):
    """Anything a cell can end with."""

    def _repr_mimebundle_(self, **_: Any) -> Bundle: ...


@dataclass(frozen=True, repr=False)
class Fragment:
    """A piece of page: HTML that is complete by itself, with the tables in it for download.

    `notes` are those that it shows on the figures of the whole page.
    `attention` holds sentences for the operator, such as a missing commentary; the page says the
    same in its own place.
    """

    html: str
    tables: Sequence[DataTable] = ()
    style: str = ""
    headline: Headline | None = None
    attention: Sequence[str] = ()
    notes: Sequence[Note] = ()

    def __repr__(self) -> str:
        """A line: a notebook keeps this too, and all that is in here once is enough."""
        tables = ", ".join(table.name for table in self.tables)
        return f"<Fragment of {len(self.html)} characters{tables and f' with tables {tables}'}>"

    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        bundle: Bundle = {HTML: self.html}
        if self.style:
            bundle = {HTML: f"<style>{self.style}</style>{self.html}", STYLED: self.html}
        if self.tables:
            bundle[TABLES] = [table.plain for table in self.tables]
        if self.notes:
            bundle[NOTES] = [asdict(note) for note in self.notes]
        if self.headline:
            bundle[HEADLINE] = asdict(self.headline)
        if self.attention:
            bundle[ATTENTION] = list(self.attention)
        return bundle


def block(html: str) -> str:
    """A fragment as a block of a page; what is made of blocks already is left as it is."""
    return html if html.startswith(BLOCK) else f"{BLOCK}\n{html}\n</div>\n"


def _is_plain(fragment: Fragment) -> bool:
    """Whether a fragment lacks what only the first ones of a page have: a style and a headline."""
    return not (fragment.style or fragment.headline)


def _joined(above: Fragment, below: Fragment) -> Fragment:
    """Two fragments as one, of which the second is plain."""
    return replace(
        above,
        html=block(above.html) + block(below.html),
        tables=[*above.tables, *below.tables],
        attention=[*above.attention, *below.attention],
        notes=[*above.notes, *below.notes],
    )


@dataclass(frozen=True)
class Nothing:
    """The answer to a question that a workbook has nothing to say to, such as activity without any.

    JupyterLab shows `why`, a sentence. A page doesn't, and leaves out a section of nothing else. A
    page that then has no table and no chart is not published.
    """

    why: str

    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        return {HTML: f"<p>{escape(self.why)}</p>", NOTHING: {"why": self.why}}


@dataclass(frozen=True, repr=False)
class Chart:
    """A chart with everything a reader who can't see it needs.

    `title` states what the chart shows, `subtitle` says what is counted; `description` is the text
    alternative, made from the same rows as `table_html`, the data table under the chart.
    """

    name: str
    spec: dict[str, Any]
    title: str
    subtitle: str
    description: str
    table_html: str
    tables: Sequence[DataTable] = ()

    def __repr__(self) -> str:
        return f"<Chart {self.name}: {self.title}>"

    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        words = ("name", "title", "subtitle", "description", "table_html")
        bundle: Bundle = {VEGALITE: self.spec, FIGURE: {key: getattr(self, key) for key in words}}
        if self.tables:
            bundle[TABLES] = [table.plain for table in self.tables]
        return bundle


@dataclass(frozen=True)
class Stack:
    """Several outputs, one below the other.

    JupyterLab shows the first 50 outputs of a cell, so fragments below each other are one output.
    A page has each as a block of its own.
    """

    parts: Sequence[Output] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        parts: list[Output] = []
        for part in self.parts:
            above = parts[-1] if parts else None
            if isinstance(above, Fragment) and isinstance(part, Fragment) and _is_plain(part):
                parts[-1] = _joined(above, part)
            else:
                parts.append(part)
        object.__setattr__(self, "parts", parts)

    def _ipython_display_(self) -> None:
        from IPython.display import display  # who only reads outputs does without IPython

        for part in self.parts:
            display(part)
