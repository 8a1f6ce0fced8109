"""What a load is going to do, and then does: all of it or nothing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorecard.errors import LoadError
from scorecard.importing.comparing import Comparison, comparison
from scorecard.importing.sources import loaded_file
from scorecard.ledger import ledger, versions
from scorecard.ledger.entry import Draft, LoadedFile, now
from scorecard.months import Month
from scorecard.wording import RECORD_EDITS, to_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from scorecard.importing.effect import Effect
    from scorecard.importing.sources import InputFile
    from scorecard.ledger.entry import Load
    from scorecard.workbook import Workbook

BASELINE = "The results as they were before loads were numbered."
NAMED = 3
"""Months of unrecorded edits that are named in a message."""


@dataclass(frozen=True)
class PublishedMonth:
    """What the record of a published month says.

    `load` is the load that its pack was made from; `current` says whether the results files of its
    month and those before are still what all its pages were made from. `edited` names those of them
    that were changed or deleted.
    """

    load: int | None
    current: bool
    edited: tuple[str, ...] = ()


@dataclass
class LoadPlan:
    """A load that has been checked and compared, and waits for the analyst's agreement.

    `edits` says whether it records what was edited by hand. `notes` name what of the files was
    skipped, `questioned` what the analyst has to agree to: what a spreadsheet program hides, and
    fractions where a count or a percentage is expected.
    """

    workbook: Workbook
    compared: Comparison
    effect: Effect
    files: tuple[LoadedFile, ...]
    published: Mapping[str, PublishedMonth]
    edits: bool
    loads: tuple[Load, ...]
    notes: list[str] = field(default_factory=list)
    questioned: list[str] = field(default_factory=list)

    @property
    def baseline(self) -> bool:
        """Whether the stored results have to be recorded first, as load 1."""
        return not self.edits and not self.loads and bool(self.workbook.results())

    @property
    def number(self) -> int:
        """The number that the load will have."""
        return len(self.loads) + 1 + self.baseline

    @property
    def detached(self) -> list[str]:
        """The new months with a gap to the stored ones: a mistyped year?"""
        new = [each.month for each in self.effect.months if each.new and each.added]
        reached = {path.stem for path in self.workbook.results()}
        reached -= set(new) if self.edits else set()
        if not reached:
            return []
        left = [Month.parse(month) for month in new]
        while beside := [m for m in left if {str(m - 1), str(m + 1)} & reached]:
            reached |= {str(month) for month in beside}
            left = [month for month in left if month not in beside]
        return [str(month) for month in left]

    @property
    def revised(self) -> list[str]:
        """The published months whose figures it changes from those in their packs."""
        shows_it = [m for m, pack in self.published.items() if self.edits and pack.current]
        return [month for month in self.effect.revised if month not in shows_it]

    @property
    def unclear(self) -> list[str]:
        """The published months whose results it records differ from those they were published with.

        No load has the published results, so which figures differ can't be found.
        """
        if not (self.edits or self.baseline):
            return []
        shown_in = self.effect.shown_in if self.loads else self.published
        packs = {m: self.published[m] for m in shown_in if m not in self.revised}
        return [m for m, pack in packs.items() if pack.load is None and not pack.current]

    def reason_or_error(self, why: str, *, yes: bool, again: str) -> str:
        """The reason for the load, once it has all that it needs.

        Raises `LoadError` when a reason is missing, or the analyst did not agree that published
        months are revised; `again` is the command as it was typed.
        """
        needs, words = self._needs(why, yes=yes)
        if needs:
            raise LoadError(
                f"{'; and '.join(needs)}. Nothing was loaded. To load it, type the same again with "
                f"{' and '.join(words)}: {' '.join([again, *words])}"
            )
        return why or self._own_reason

    def missing(self, why: str, *, yes: bool) -> list[str]:
        """What keeps it from being loaded."""
        needs, _ = self._needs(why, yes=yes)
        return needs

    def _needs(self, why: str, *, yes: bool) -> tuple[list[str], list[str]]:
        """What keeps it from being loaded, and the options that would agree to it."""
        needs, words = [], []
        if self.questioned and not yes:
            needs.append(f"{'; '.join(self.questioned)}: add --yes to load it as it is")
        if self.revised and not yes:
            months = ", ".join(self.revised)
            needs.append(f"it would revise what is published for {months}: add --yes to revise it")
        if self.unclear and not yes:
            needs.append(
                f"{', '.join(self.unclear)}: published with other results than those in "
                "data/results, and no load holds them: add --yes to load it all the same"
            )
        if self.detached and not yes:
            months = ", ".join(self.detached)
            needs.append(f"no month next to {months} has been loaded: add --yes if intended")
        words += ["--yes"] if needs else []
        if not (why or self._own_reason):
            needs.append("it needs a reason, which `explain` will show")
            words.append('--why "…"')
        return needs, words

    @property
    def _own_reason(self) -> str:
        """The reason of a load that needs none from the analyst; empty of others."""
        if self.edits and not self.loads:
            return BASELINE
        if not self.edits and self.effect.only_new:
            return f"Loaded {', '.join(file.name for file in self.files)}."
        return ""

    def write(self, by: str, why: str) -> Load:
        """Number it and write it down, with what else has changed, while the ledger is `locked`."""
        if versions.has_versions(self.workbook):
            versions.read(self.workbook)  # a fault in them is found before anything is loaded
        if self.baseline:
            self._write_baseline(by)
        made = ledger.write(self.workbook, self._draft(by, why), self._fill)
        if versions.has_versions(self.workbook):
            versions.record(self.workbook, by, why)
        return made

    def _fill(self, folder: Path) -> None:
        self.compared.write_changes(folder)
        if not self.edits:
            self.compared.write_results(folder / ledger.RESULTS)

    def _draft(self, by: str, why: str) -> Draft:
        return Draft(
            loaded_at=now(),
            loaded_by=by,
            why=why,
            files=self.files,
            added=self.effect.added,
            changed=self.effect.changed,
            removed=self.effect.removed,
            published=self._made_from(),
        )

    def _made_from(self) -> dict[str, int | None]:
        """Each published month → the load that its pack was made from."""
        now = self.number if self.edits else self.number - 1
        return {
            month: pack.load if pack.load and pack.load <= now else now if pack.current else None
            for month, pack in self.published.items()
        }

    def _write_baseline(self, by: str) -> None:
        """Record the results of before loads were numbered as load 1."""
        with edits_planned(self.workbook, {}) as first:
            first.write(by, BASELINE)


@contextmanager
def edits_planned(
    workbook: Workbook, published: Mapping[str, PublishedMonth]
) -> Iterator[LoadPlan]:
    """What was edited by hand since the last load, or everything when there is none.

    Raises `InputFaultsError` when the results break a rule.
    """
    loads = ledger.read(workbook)
    with comparison(workbook) as compared:
        compared.check_stored()
        compared.edits()
        effect = compared.effect(sorted(published))
        files = () if loads else tuple(_stored(workbook, effect))
        yield LoadPlan(workbook, compared, effect, files, published, True, loads)


@contextmanager
def files_planned(
    workbook: Workbook,
    sources: Sequence[InputFile],
    published: Mapping[str, PublishedMonth],
    provenance: str | None = None,
) -> Iterator[LoadPlan]:
    """What loading `sources` would do.

    Raises `InputFaultsError` when they break a rule, and `LoadError` when results were edited by
    hand since the last load: a load must record its own changes only.
    """
    loads = ledger.read(workbook)
    with comparison(workbook) as compared:
        if loads and not compared.untouched(loads):
            _refuse_edits(compared)
        held = compared.files(sources, provenance)
        loaded = (file for each in sources for file in each.loaded(held.get(each.name, 0)))
        files = tuple(dict.fromkeys(loaded))
        notes = [note for each in sources for note in each.notes] + compared.retired()
        odd = [line for each in sources for line in each.hidden] + compared.fractions(sources)
        effect = compared.effect(sorted(published))
        yield LoadPlan(workbook, compared, effect, files, published, False, loads, notes, odd)


def _refuse_edits(compared: Comparison) -> None:
    compared.edits()
    effect = compared.effect([])
    if effect:
        months = [each.month for each in effect.months if each.added + each.changed + each.removed]
        named = ", ".join(f"data/results/{month}.csv" for month in months[:NAMED])
        more = f" and {len(months) - NAMED} more" if len(months) > NAMED else ""
        edited = f"{named}{more} {'was' if len(months) == 1 else 'were'} edited"
        raise LoadError(
            f"{edited} since the last load, and no load has recorded it. Undo the edit, or record "
            f"it first: `{to_type(RECORD_EDITS)}`. Nothing was loaded."
        )


def _stored(workbook: Workbook, effect: Effect) -> Iterator[LoadedFile]:
    """The results files as the files of the first load."""
    rows = {each.month: each.added for each in effect.months}
    for path in workbook.results():
        yield loaded_file(path, path.name, rows.get(path.stem, 0))
