"""What a notebook cell outputs: the contract between notebooks and the pages made from them.

A cell's output must read well in JupyterLab and be publishable later without running anything
again. So each output is a MIME bundle, and the executed notebook holds everything a page needs:

=============================================== =================================================
`text/html`                                     a fragment of a page
`application/vnd.vegalite.v5+json`              a chart; JupyterLab draws it, the page gets SVG
`application/vnd.scorecard.figure+json`         beside a chart: its words and its data (`Chart`)
                                                and `text/html`, a still for plain tools (`stills`)
`application/vnd.scorecard.tables+json`         beside a fragment: the tables in it, for download
`application/vnd.scorecard.notes+json`          beside a fragment: its notes on figures (`Note`)
`application/vnd.scorecard.headline+json`       once a notebook: what the index page says of it
`application/vnd.scorecard.attention+json`      beside a fragment or chart: outstanding actions
`application/vnd.scorecard.nothing+json`        beside a fragment that no page shows (`Nothing`)
=============================================== =================================================
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from scorecard import stills
from scorecard.errors import AnswerError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import altair as alt
    import pandas as pd

    from scorecard.data_table import DataTable

T = TypeVar("T")

HTML = "text/html"
VEGALITE = "application/vnd.vegalite.v5+json"
CHART_WORDS = "application/vnd.scorecard.figure+json"
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
    many did, of those that can be compared; `cautions` are about results that rest on figures that
    need an explanation; `reds` are the code and the name of each Red indicator.
    """

    sentence: str
    ratings: dict[str, int] = field(default_factory=dict)
    changes: Sequence[str] = ()
    cautions: Sequence[str] = ()
    change_count: str = ""
    reds: Sequence[tuple[str, str]] = ()


class Output(Protocol):
    """Anything a cell can end with."""

    def _repr_mimebundle_(self, **_: Any) -> Bundle: ...


class Answer:
    """What an analyst can take from every answer: its tables as data frames, its Altair charts."""

    tables: Sequence[DataTable] = ()

    @property
    def charts(self) -> dict[str, alt.TopLevelMixin]:
        """Each chart by its name, to change and to save with Altair; none unless overridden."""
        return {}

    @property
    def dfs(self) -> dict[str, pd.DataFrame]:
        """Each table as a data frame (`DataTable.df`), by its name."""
        return {table.name: table.df for table in self.tables}

    @property
    def df(self) -> pd.DataFrame:
        """The answer's table as a data frame; `AnswerError` when it has none, or several."""
        return _only("table", "dfs", {table.name: table for table in self.tables}).df

    @property
    def chart(self) -> alt.TopLevelMixin:
        """The answer's chart in Altair; `AnswerError` when it has none, or several."""
        return _only("chart", "charts", self.charts)


def _only(kind: str, every: str, found: Mapping[str, T]) -> T:
    """The only one `found` of a `kind`; `every` is how to ask for all of them."""
    if len(found) != 1:
        raise AnswerError(kind, every, found)
    (one,) = found.values()
    return one


@dataclass(frozen=True, repr=False)
class Fragment(Answer):
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
        """One line: a notebook stores this too, and it holds the content already."""
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
class Nothing(Answer):
    """The answer when a workbook has no data for a question, such as no activity.

    JupyterLab shows `why`, a sentence. A page doesn't, and leaves out a section with no other
    answers. A page that then has no table and no chart is not published.
    """

    why: str

    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        return {HTML: f"<p>{escape(self.why)}</p>", NOTHING: {"why": self.why}}


@dataclass(frozen=True, repr=False)
class Chart(Answer):
    """A chart with everything a reader who can't see it needs.

    `title` states what the chart shows, `subtitle` says what is counted; `description` is the text
    alternative, made from the same rows as `table_html`, the data table under the chart.
    `attention` holds sentences for the operator.
    """

    name: str
    spec: dict[str, Any]
    title: str
    subtitle: str
    description: str
    table_html: str
    tables: Sequence[DataTable] = ()
    attention: Sequence[str] = ()

    def __repr__(self) -> str:
        return f"<Chart {self.name}: {self.title}>"

    @property
    def charts(self) -> dict[str, alt.TopLevelMixin]:
        """The chart in Altair, by its name."""
        import altair as alt  # only an analyst who asks for it waits for the import

        return {self.name: alt.Chart.from_dict(self.spec)}

    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        keys = ("name", "title", "subtitle", "description", "table_html")
        words = {key: getattr(self, key) for key in keys}
        bundle: Bundle = {VEGALITE: self.spec, CHART_WORDS: words}
        if stills.wanted():
            bundle[HTML] = stills.figure(self.spec, words)
        if self.tables:
            bundle[TABLES] = [table.plain for table in self.tables]
        if self.attention:
            bundle[ATTENTION] = list(self.attention)
        return bundle


@dataclass(frozen=True, repr=False)
class Stack(Answer):
    """Several answers, one below the other: `stack[0]`, or `stack["25"]` where they have `keys`.

    `files` are tables that belong to all of them, which a page only has for download.
    """

    parts: Sequence[Part] = ()
    keys: Sequence[str] = ()
    files: Sequence[DataTable] = ()

    def __repr__(self) -> str:
        return f"<Stack of {', '.join(self.keys or map(repr, self.parts))}>"

    def __len__(self) -> int:
        return len(self.parts)

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts)

    def __getitem__(self, which: int | str) -> Part:
        """The answer at a place, or of a key; `UnknownNameError` names the nearest key."""
        if not isinstance(which, str):
            return self.parts[which]
        if which not in self.keys:
            raise UnknownNameError("answer", which, self.keys)
        return self.parts[self.keys.index(which)]

    @property
    def tables(self) -> Sequence[DataTable]:  # type: ignore[override]  # calculated here
        """The tables of all parts, then the files."""
        return [*(table for part in self.parts for table in part.tables), *self.files]

    @property
    def charts(self) -> dict[str, alt.TopLevelMixin]:
        """The charts of all parts."""
        return {name: chart for part in self.parts for name, chart in part.charts.items()}

    @property
    def shown(self) -> list[Single]:
        """What a notebook shows: all parts, also of stacks within this one; the last has the files.

        JupyterLab shows the first 50 outputs of a cell, so fragments that follow each other are
        joined. A page has each as a block of its own.
        """
        shown: list[Single] = []
        for part in self.parts:
            for each in part.shown if isinstance(part, Stack) else [part]:
                above = shown[-1] if shown else None
                if isinstance(above, Fragment) and isinstance(each, Fragment) and _is_plain(each):
                    shown[-1] = _joined(above, each)
                else:
                    shown.append(each)
        last = shown[-1] if shown else None
        if self.files and isinstance(last, Fragment | Chart):
            shown[-1] = replace(last, tables=[*last.tables, *self.files])
        return shown

    def _ipython_display_(self) -> None:
        from IPython.display import display  # reading outputs needs no IPython

        for each in self.shown:
            display(each)


Single: TypeAlias = Fragment | Nothing | Chart
Part: TypeAlias = Fragment | Nothing | Chart | Stack
