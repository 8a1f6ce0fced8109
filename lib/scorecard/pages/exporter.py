"""nbconvert with our own template folder: the shell that appendices and the index page share."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined
from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets.config import Config

from scorecard.notebook_tags import HIDDEN
from scorecard.pages import layout, style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nbformat import NotebookNode

    from scorecard.pages.page import About, Link

TEMPLATES = Path(__file__).parents[1] / "templates"


class PageExporter(TemplateExporter):
    """The published page of an executed notebook.

    It extends `TemplateExporter` and not `HTMLExporter`, which adds what a page must not have
    (coloured code, widgets, addresses of script hosts) and parses each finished page again with
    BeautifulSoup, which takes seven times as long as drawing it.
    """

    def __init__(self) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            config=Config(TagRemovePreprocessor={"remove_cell_tags": set(HIDDEN)}),
            file_extension=".html",
            optimistic_validation=True,  # once, not after each of its preprocessors
            template_name="page",
            extra_template_basedirs=[str(TEMPLATES)],
        )
        self.environment.autoescape = True
        self.environment.undefined = StrictUndefined
        self.environment.globals["style"] = style.sheet()
        self.environment.globals["pack_style"] = style.sheet(style.PACK)
        self.environment.globals["own"] = style.own
        self.environment.globals["paper"] = style.paper
        self.environment.globals["sheets"] = style.sheets
        self.environment.globals["policy"] = style.policy

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """Nbconvert's own filters and ours."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "piece", layout.piece
        yield "prose", layout.prose
        yield "sections", layout.sections
        yield "lay_out", layout.lay_out
        yield "numbered", layout.numbered

    def appendix(self, notebook: NotebookNode, about: About, downloads: Sequence[Link]) -> str:
        """The page of an executed notebook whose outputs have been checked."""
        resources = {"about": about, "downloads": list(downloads)}
        html, _ = self.from_notebook_node(layout.drawn(notebook), resources=resources)
        return str(html)

    def page(self, template: str, **values: Any) -> str:
        """A page without a notebook, such as the month's index."""
        return str(self.environment.get_template(template).render(**values))


@cache
def exporter() -> PageExporter:
    """The one exporter of this process: creating it takes longer than making a page."""
    return PageExporter()
