"""What a run will do with each appendix of a month, and why; decided before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scorecard.batch import record
from scorecard.batch.freshness import REASONS, changed, digest
from scorecard.errors import OutputsError
from scorecard.params.attachments import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from scorecard.batch.freshness import Inputs, Key
    from scorecard.batch.jobs import Job
    from scorecard.batch.record import AppendixRecord, Run
    from scorecard.months import Month

Action = Literal["make", "unchanged", "kept", "missing"]


@dataclass(frozen=True)
class AppendixPlan:
    """One appendix: what to do and why; `before` is what is known of it, with files in `folder`.

    That is the published pack, or what an earlier run set aside.
    """

    job: Job
    action: Action
    reasons: tuple[str, ...]
    key: Key
    folder: Path
    before: AppendixRecord | None = None
    set_aside: bool = False


@dataclass(frozen=True)
class MonthPlan:
    """What a run will do with each appendix of a month, in the order of the pack.

    `index` is the hash of what its index page is made of without the appendices, `index_intact`
    whether the published one is as it was made. `sealed` says whether the pack withholds small
    numbers (`seal.py`).
    """

    month: Month
    appendices: tuple[AppendixPlan, ...]
    before: Run | None
    index: str
    index_intact: bool
    sealed: bool = False

    @property
    def to_make(self) -> list[AppendixPlan]:
        """The appendices whose notebook is run."""
        return [planned for planned in self.appendices if planned.action == "make"]

    @property
    def up_to_date(self) -> bool:
        """Whether the published pack is already what this run would publish."""
        return (
            not self.to_make
            and not any(planned.set_aside for planned in self.appendices)
            and self.before is not None
            and self.before.index == self.index
            and self.index_intact
            and [each.name for each in self.before.appendices]
            == [planned.job.name for planned in self.appendices]
            and all((each.status in HAS_PAGES) == (planned.action in HAS_PAGES)
                    for each, planned in zip(self.before.appendices, self.appendices, strict=True))
        )  # fmt: skip

    def is_published(self, editions: Iterable[str]) -> bool:
        """Whether nothing is left to do, with the pack in these `editions` too."""
        return self.up_to_date and self.before is not None and self.before.has_editions(editions)


NOT_INTACT = "its published files were changed or deleted"
NOT_ASKED = "not asked for"
SET_ASIDE = "it was made by a run that published nothing"
KEPT = (
    "{month} withholds small numbers, and `{name}` would be kept as it was made earlier, though "
    "{why} since: pages that were made from different figures can give away what each withholds. "
    "Run the month without --only"
)
HAS_PAGES = frozenset({"made", "unchanged", "kept"})


def decide(
    month: Month,
    jobs: Sequence[Job],
    selected: AbstractSet[str],
    inputs: Inputs,
    before: Run | None,
    pack: Path,
    unpublished: Path,
    *,
    force: bool = False,
    sealed: bool = False,
) -> MonthPlan:
    """The plan of `month`: make what is `selected` and not up to date, keep what is not selected.

    `before` is the record of the published `pack`; in `unpublished` may be what a run made that
    published nothing. The files of both count only if they are as recorded. `sealed` says whether
    the pack withholds small numbers. Raises `OutputsError` when some of its pages would then be
    made from other data than the rest: together they could give away what each withholds.
    """
    plans = []
    aside = None if force else record.read(unpublished)
    for job in jobs:
        known = before.appendix(job.name) if before else None
        key = inputs.key(job, month, sealed=sealed)
        then = inputs.key(job, month, sealed=before.sealed) if before else key
        action, reasons = _action(job, known, then, pack, job.name in selected, force)
        if sealed and action == "kept" and reasons:
            raise OutputsError(KEPT.format(month=month, name=job.name, why=" and ".join(reasons)))
        planned = AppendixPlan(job, action, reasons, key, pack, known)
        spare = aside.appendix(job.name) if aside and action == "make" else None
        if spare and spare.key == key and spare.intact(unpublished):
            planned = AppendixPlan(
                job, "unchanged", (SET_ASIDE,), key, unpublished, spare, set_aside=True
            )
        plans.append(planned)
    shared = [inputs.code, inputs.packages, *(f"{job.name} {job.words()}" for job in jobs)]
    shared += [plans[0].key["params"]] if plans else []
    shared += [each for job in jobs[:1] for each in job.attachments]
    shared += [
        f"{name} {value}"
        for name, value in inputs.of(month).items()
        if name.startswith(f"params/{FOLDER}/")
    ]
    intact = before is not None and before.intact(pack)
    return MonthPlan(month, tuple(plans), before, digest(shared), intact, sealed)


def _action(
    job: Job,
    known: AppendixRecord | None,
    key: Key,
    pack: Path,
    selected: bool,
    force: bool,
) -> tuple[Action, tuple[str, ...]]:
    """What to do with one appendix, and the reasons in words."""
    if known is None or not known.files:
        reason = "it has not been made yet"
        return ("make", (reason,)) if selected else ("missing", (reason, NOT_ASKED))
    intact = known.intact(pack)
    parts = [REASONS[part] for part in changed(known.key, key)]
    if not selected:
        return ("kept", tuple(parts)) if intact else ("missing", (NOT_INTACT,))
    if force:
        return "make", ("it was forced",)
    if not intact:
        return "make", (NOT_INTACT,)
    return (
        ("make", tuple(parts)) if parts else ("unchanged", ("nothing it is made of has changed",))
    )
