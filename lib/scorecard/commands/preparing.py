"""What the months are made from, and what stops them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scorecard.batch import (
    checks_before_publication,
    edits,
    freshness,
    manifest,
    month_plan,
    record,
)
from scorecard.batch.freshness import Sources
from scorecard.batch.published import check_packs
from scorecard.commands.usage import shown
from scorecard.ledger import ledger
from scorecard.months import Month
from scorecard.params import cover
from scorecard.params.brand import read_brand
from scorecard.params.disclosure import profile
from scorecard.params.roles import read_roles
from scorecard.params.wording import read_wording
from scorecard.store import building, store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.batch.month_plan import MonthPlan
    from scorecard.batch.packs_folder import PacksFolder
    from scorecard.batch.stages import Stages
    from scorecard.checks.finding import Findings
    from scorecard.commands.options import Options
    from scorecard.workbook import Workbook


@dataclass(frozen=True)
class Prepared:
    """The plan of each month, what all of them are made from, and why none can be published.

    `checks` has what the checks of each month found; None for one that was checked before.
    """

    plans: Sequence[MonthPlan]
    sources: Sources
    checks: Sequence[Findings | None] = ()
    stops: Sequence[str] = ()


@dataclass(frozen=True)
class Preparing:
    """The months that the operator asked for, and where they are made and published."""

    workbook: Workbook
    outputs: PacksFolder
    months: Sequence[Month]
    options: Options
    stages: Stages

    def planned(self) -> Prepared:
        """Every month's plan, checked before anything runs, and what all of them are made from."""
        if not self.options.dry_run:
            ledger.recover(self.workbook)
        check_packs(self.workbook, self.outputs)
        # Before the store, which may only be newer than its record.
        inputs = freshness.inputs(self.workbook)
        sealed = profile(self.workbook) is not None
        if sealed and not self.options.dry_run:
            inputs.seal.create()
        with self.stages.timed("refresh"):
            if self.options.dry_run:
                built = ""  # nothing is made from it
                opened = store.look(self.workbook, self.options.as_at)
            else:
                built = building.refresh(self.workbook)
                opened = store.Store.open(self.workbook, built, self.options.as_at)
        with opened, self.stages.timed("plan"):
            self._check_params(opened)
            catalogue = opened.catalogue(self.months)
            reference = {
                str(month): freshness.reference(opened, self.workbook, month)
                for month in self.months
            }
            loads = {str(month): opened.load_of(month) for month in self.months}
            sources = Sources(inputs, built, loads, reference)
            plans = [
                self._plan(month, opened.in_month(catalogue, month), sources, sealed=sealed)
                for month in self.months
            ]
        return Prepared(plans, sources)

    def _check_params(self, opened: store.Store) -> None:
        """Raise `ParamsError` when a parameter file that only notebooks read is faulty."""
        read_wording(self.workbook)
        read_brand(self.workbook)
        cover.check(self.workbook)
        catalogued = opened.records.indicators()
        read_roles(
            self.workbook,
            {row["section"] for row in catalogued},
            [row["code"] for row in catalogued],
        )

    def _plan(
        self, month: Month, known: store.Catalogue, sources: Sources, *, sealed: bool
    ) -> MonthPlan:
        """What is made of a month, and what of it is unchanged, after a look at its pack."""
        outputs, options = self.outputs, self.options
        known = replace(known, load=sources.loads[str(month)])
        jobs = manifest.jobs_of_month(self.workbook, options.notebooks.resolve(), month, known)
        names = {job.name for job in manifest.select(jobs, options.only)}
        pack = outputs.pack(month)
        plan = month_plan.decide(
            month, jobs, names, sources.inputs, record.read(pack), pack,
            outputs.unpublished(month), force=options.force, sealed=sealed,
        )  # fmt: skip
        outputs.check(month, replaced=not plan.is_published(options.editions))
        return plan

    def checked(self) -> Prepared:
        """The same, with what the checks find, and why nothing can be published."""
        planned = self.planned()
        plans, sources = planned.plans, planned.sources
        checks: list[Findings | None] = [None for _ in plans]  # what was published was checked then
        if not self.options.as_at:
            with self.stages.timed("check"):
                checks = [
                    checks_before_publication.checked(self.workbook, self.outputs, p, sources)
                    for p in plans
                ]
        stops = [line for found in checks if found for line in self._stops(found)]
        return Prepared(plans, sources, checks, stops + self.edits(planned))

    def edits(self, planned: Prepared) -> list[str]:
        """Why months are not published, if edits by hand that no load has recorded stop them."""
        months = self.months_without_load(planned)
        if not months:
            return []
        with store.look(self.workbook) as opened:
            found = edits.edited_packs(self.workbook, self.outputs, opened)
        return list(edits.lines(found, months)) if found else []

    def months_without_load(self, planned: Prepared) -> list[Month]:
        """The months to be published whose pages would show results that are in no load."""
        options = self.options
        months = [plan.month for plan in planned.plans if not plan.is_published(options.editions)]
        return [m for m in months if planned.sources.loads[str(m)] is None and not options.as_at]

    def _stops(self, found: Findings) -> Iterator[str]:
        """Why a month is not published, if a check stops it."""
        if found.stops:
            page = self.outputs.checks_page(Month.parse(found.month))
            yield from checks_before_publication.stopped(found, shown(page))
