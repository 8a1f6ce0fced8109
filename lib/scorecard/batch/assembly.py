"""A month's pack while it is put together: pages, downloads and notebooks in the staging folder."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.batch import belongings, packs_folder
from scorecard.batch.editions import EDITIONS
from scorecard.batch.record import AppendixRecord, Download, HeadlineRecord
from scorecard.disk import file_hash
from scorecard.errors import OutputsError
from scorecard.pages import links
from scorecard.pages.page import WHOLE, About, Link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from scorecard.batch.engine.schedule import Result
    from scorecard.batch.month_plan import AppendixPlan
    from scorecard.months import Month
    from scorecard.pages.page import Page
    from scorecard.params.attachments import Attached
    from scorecard.params.brand import Brand
    from scorecard.params.month import PreviousPack
    from scorecard.params.wording import Wording

INDEX = "index"
INDEX_TITLE = "Performance pack"
INDEX_SUMMARY = "Every appendix of the month, with its ratings and what changed."
WARNING = re.compile(r"( warned: \w+).*", re.DOTALL)
REASON_ON_SCREEN = "the reason may hold withheld figures, so it is only on the screen of the run"


@dataclass(frozen=True)
class Assembly:
    """The pack of `month`: built in `staging`, taking over what need not be made again.

    A `sealed` pack withholds small numbers, and nothing in it says more than its pages do
    (`record.py`).
    """

    month: Month
    wording: Wording
    brand: Brand | None
    previous: PreviousPack | None
    staging: Path
    started: datetime
    sealed: bool = False

    def about(self, planned: AppendixPlan) -> About:
        """What the page of `planned` says of itself."""
        job = planned.job
        return self._about(job.name, job.title, job.summary, job.letter, job.made_as)

    def executed(self, name: str) -> Path:
        """Where the executed notebook of an appendix goes."""
        return self.staging / "notebooks" / f"{name}.ipynb"

    def expect(self, plans: Sequence[AppendixPlan]) -> None:
        """Note that the notebooks of `plans` will be written."""
        paths = [self.executed(planned.job.name) for planned in plans]
        belongings.announce(self.staging, [f"notebooks/{path.name}" for path in paths])

    def appendix(self, planned: AppendixPlan, result: Result | None) -> AppendixRecord:
        """The record of one appendix, whose files are in the staging folder afterwards."""
        job = planned.job
        if result is None and planned.before and planned.action in ("unchanged", "kept"):
            return self._taken_over(planned, planned.before)
        new = AppendixRecord(
            name=job.name,
            title=job.title,
            notebook=job.notebook.name,
            parameters=job.parameters,
            status="missing",
            failure=None if result else ", ".join(planned.reasons),
        )
        if result is None:
            return new
        new.seconds = result.seconds
        if result.page is None:
            new.status = "failed"
            new.failure = self._failure(result)
            return new
        return self._added(new, planned, result.page)

    def index(
        self,
        plans: Sequence[AppendixPlan],
        records: Sequence[AppendixRecord],
        documents: Sequence[Attached] = (),
    ) -> tuple[Any, ...]:
        """What the index page is made of: the arguments of `engine.index_page.render`."""
        about = self._about(INDEX, INDEX_TITLE, INDEX_SUMMARY, None)
        entries = [
            (self.about(planned), each, self._editions(each))
            for planned, each in zip(plans, records, strict=True)
        ]
        attached = [
            Link(each.in_pack, each.in_full, each.kind, len(each.content)) for each in documents
        ]
        whole = [
            link
            for name, each in EDITIONS.items()
            if (link := self._offered(f"{WHOLE}.{name}", each.pack_link, each.kind))
        ]
        return about, entries, whole, attached

    def add_edition(
        self, name: str, plans: Sequence[AppendixPlan], records: Sequence[AppendixRecord]
    ) -> dict[str, str]:
        """Make the missing files of an edition, and enter those of its pages in `records`.

        Returns the hash of the file of the whole pack, which is always made again.
        """
        maker, pack = EDITIONS[name].maker(), f"{WHOLE}.{name}"
        wanted = [r for r in records if r.files and f"{r.name}.{name}" not in r.files]
        belongings.announce(self.staging, [*(f"{each.name}.{name}" for each in wanted), pack])
        made = maker.of_pages([self.staging / f"{each.name}.html" for each in wanted])
        for each, path in zip(wanted, made, strict=True):
            each.files[path.name] = file_hash(path)
        pages = self._pages(plans, records)
        there = {each.name for each in pages}
        missing = [self.about(each).heading for each in plans if each.job.name not in there]
        about = self._about(INDEX, INDEX_TITLE, INDEX_SUMMARY, None)
        maker.of_pack(about, pages, missing, self.staging / pack)
        return {pack: file_hash(self.staging / pack)}

    def write(self, files: Mapping[str, bytes]) -> dict[str, str]:
        """Write files of the pack; their hashes. `OutputsError` when one would be elsewhere."""
        paths = {name: Path(os.path.normpath(self.staging / name)) for name in files}
        for name, path in paths.items():
            if not path.is_relative_to(self.staging):
                raise OutputsError(f"`{name}` is outside the pack; nothing was published")
        belongings.announce(self.staging, files)
        for name, path in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[name])
        return {name: file_hash(path) for name, path in paths.items()}

    def link(
        self, plans: Sequence[AppendixPlan], records: Sequence[AppendixRecord], index: str
    ) -> str:
        """Link the pages of the pack to each other, and enter them in `records`; the index page.

        `index` is that page without these links.
        """
        linked = links.between(self._pages(plans, records), index)
        for each in records:
            if each.files:
                each.files |= self._written_anew(f"{each.name}.html", linked[each.name])
        return linked[INDEX]

    def _pages(
        self, plans: Sequence[AppendixPlan], records: Sequence[AppendixRecord]
    ) -> list[links.Linked]:
        """The pages that the pack has, in its order."""
        paths = {each.name: self.staging / f"{each.name}.html" for each in records if each.files}
        return [
            links.Linked(name, self.about(planned).heading, paths[name].read_text(encoding="utf-8"))
            for planned in plans
            if (name := planned.job.name) in paths
        ]

    def _written_anew(self, name: str, html: str) -> dict[str, str]:
        """Write a page as a new file, since the published pack may share the old one; its hash."""
        (self.staging / name).unlink()
        return self.write({name: html.encode()})

    def _about(
        self,
        name: str,
        title: str,
        summary: str,
        letter: str | None,
        made_as: tuple[str, ...] = (),
    ) -> About:
        words = self.wording
        return About(
            name, title, summary, words.council, words.service, self.month, letter,
            words.caution, self.brand, made_as=made_as,
            publisher=words.publisher, licence=words.licence, previous=self.previous,
        )  # fmt: skip

    def _editions(self, record: AppendixRecord) -> list[Link]:
        """The links to the editions of an appendix that there are."""
        return [
            link
            for name, each in EDITIONS.items()
            if (path := f"{record.name}.{name}") in record.files
            and (link := self._offered(path, each.page_link, each.kind))
        ]

    def _offered(self, name: str, text: str, kind: str) -> Link | None:
        """The link to a file of an edition, when it has been made."""
        path = self.staging / name
        return Link(name, text, kind, path.stat().st_size) if path.exists() else None

    def _taken_over(self, planned: AppendixPlan, before: AppendixRecord) -> AppendixRecord:
        """An appendix as it was made, with its files."""
        belongings.announce(self.staging, before.files)
        for name in before.files:
            packs_folder.take(planned.folder / name, self.staging / name)
        page = f"{before.name}.html"
        html = (self.staging / page).read_text(encoding="utf-8")
        files = before.files | self._written_anew(page, links.apart(html))
        stale = list(planned.reasons) if planned.action == "kept" else []
        return before.model_copy(update={"status": planned.action, "stale": stale, "files": files})

    def _without_figures(self, sentence: str) -> str:
        """What needs attention, of a warning only its kind where its words may hold figures."""
        return WARNING.sub(r"\1", sentence) if self.sealed else sentence

    def _failure(self, result: Result) -> str:
        """Why an appendix has no page."""
        if result.failure is None:
            return "it did not finish"
        if self.sealed:
            return f"{result.failure.place or 'it failed'}: {REASON_ON_SCREEN}"
        return result.failure.words()

    def _added(self, new: AppendixRecord, planned: AppendixPlan, page: Page) -> AppendixRecord:
        """A new appendix, with its files."""
        new.status, new.made, new.key = "made", self.started, planned.key
        new.files = self.write(page.files)
        executed = self.executed(new.name)
        if self.sealed:
            executed.unlink()
        else:
            new.files[f"notebooks/{executed.name}"] = file_hash(executed)
        new.attention = [self._without_figures(sentence) for sentence in page.attention]
        new.downloads = [Download(**vars(link)) for link in page.downloads]
        new.headline = HeadlineRecord(**vars(page.headline)) if page.headline else None
        return new
