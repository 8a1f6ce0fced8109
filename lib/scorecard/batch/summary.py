"""What a run says when it is over, what it would do, and what has been published: in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.batch.freshness import changed
from scorecard.batch.record import is_intact
from scorecard.store.difference import besides_results, count
from scorecard.wording import counted, moment, named, to_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from scorecard.batch.month_plan import AppendixPlan, MonthPlan
    from scorecard.batch.record import Run
    from scorecard.batch.run import Outcome
    from scorecard.batch.since import Changes

WILL = {
    "make": "run",
    "unchanged": "unchanged",
    "kept": "keep",
    "missing": "leave out",
}
LISTED = 5
"""Changed files that are named; more are only counted."""


def intended(plan: MonthPlan) -> Iterator[str]:
    """The plan of a month, an appendix a line, with the reasons."""
    yield f"{plan.month}, {counted(len(plan.to_make), 'appendix', 'appendices')} to run:"
    width = max(len(planned.job.name) for planned in plan.appendices)
    for planned in plan.appendices:
        yield f"  {planned.job.name:<{width}}  {WILL[planned.action]:<9}  {_why(planned)}"


def _why(planned: AppendixPlan) -> str:
    why = " and ".join(planned.reasons) or "not asked for"
    return f"{why} ({planned.job.words()})" if planned.action == "make" else why


def failures(outcome: Outcome, parameters: Mapping[str, str]) -> Iterator[str]:
    """What failed: the place, the message, the parameters and where to look, once."""
    for each in outcome.failed:
        yield f"{each.name} failed: {outcome.failures.get(each.name, each.failure)}"
        yield f"  with {parameters[each.name]}"
        if each.name in outcome.kept:
            yield f"  its notebook is kept for inspection: {outcome.kept[each.name]}"
    if outcome.failed and not outcome.published:
        yield (
            f"Nothing of {outcome.run.month} was published; what was published before is unchanged."
        )
        if any(each.files for each in outcome.run.appendices):
            yield "What succeeded is kept for the next run; --keep-going publishes it."


def published(outcome: Outcome, month_folder: str) -> Iterator[str]:
    """Where the pack is, how it came about, and what needs attention."""
    run = outcome.run
    if not outcome.published and outcome.failed:
        return
    if not outcome.published:
        yield f"{run.month} is up to date: {month_folder}"
    else:
        seconds = sum(run.seconds.values())
        state = "published" if run.status == "complete" else "published in part"
        yield f"{run.month} is {state}: {month_folder} ({_tally(run)}, {seconds:.1f} s)"
    if run.attention:
        yield "Needs attention:"
        yield from (f"  {sentence}" for sentence in run.attention)


def _tally(run: Run) -> str:
    """How many appendices were made, taken over, or are missing."""
    words = {"made": "made", "unchanged": "unchanged", "kept": "kept", "failed": "failed",
             "missing": "missing"}  # fmt: skip
    counts = {word: sum(each.status == word for each in run.appendices) for word in words}
    return ", ".join(f"{number} {words[word]}" for word, number in counts.items() if number)


def timings(run: Run) -> Iterator[str]:
    """How long each stage took, and each appendix."""
    stages = ", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in run.seconds.items())
    yield f"{run.month} stages: {stages}"
    for each in run.appendices:
        if each.status == "made":
            spent = ", ".join(f"{stage} {s:.2f} s" for stage, s in each.seconds.items())
            yield f"{run.month} {each.name}: {spent}"


def status(run: Run, changes: Changes, zone: ZoneInfo) -> Iterator[str]:
    """One published month: when in `zone`, from what, what is missing, what has changed since."""
    made = moment(run.finished.astimezone(zone))
    commit = f", commit {run.commit[:10]}" if run.commit else ""
    commit += " with changes" if run.commit and run.changed_code else ""
    load = f"load {run.load}, " if run.load else ""
    yield f"{run.month}  {run.status}, published {made} from {load}data {run.store[:10]}{commit}"
    missing = [each.name for each in run.appendices if not each.files]
    if missing:
        yield f"  not in the pack: {', '.join(missing)}"
    stale = [each.name for each in run.appendices if each.stale]
    if stale:
        yield f"  kept from earlier inputs: {', '.join(stale)}"
    if changes.differences:
        yield (
            f"  since load {changes.load}, {count(changes.differences)}: "
            f"`{to_type(f'diff {run.month}')}` lists them"
        )
    if changes.files:
        yield f"  changed since: {named(changes.files, LISTED)}"
    if changes.unclear:
        yield f"  {changes.unclear}"
    if not (stale or changes.differences or changes.files or changes.unclear):
        yield "  nothing that the pack shows has changed since"


def foreign(names: Sequence[str]) -> Iterator[str]:
    """The files in a published month's folder that no run made, in words."""
    if names:
        them = "it" if len(names) == 1 else "them"
        yield (
            f"  no run made {named(names, LISTED)}: move {them} elsewhere, or the month can't be "
            "run again"
        )


def made_again(run: Run, published: Run | None, pack: Path, folder: str) -> Iterator[str]:
    """How the pages as at an earlier load compare with the published `pack`, shown as `folder`."""
    if published is None:
        yield f"There is no pack in {folder} to compare these pages with."
        return
    if published.load != run.load:
        state = (
            f"shows load {published.load}"
            if published.load
            else "shows results of several loads, or of none"
        )
        yield f"{folder} {state}, so there are no pages of load {run.load} to compare these with."
        return
    was, now = _pages(published), _pages(run)
    touched = [name for name in was if not is_intact(pack / name, was[name])]
    different = sorted(name for name in now if was.get(name, now[name]) != now[name])
    missing = sorted(now.keys() - was.keys())
    if touched:
        yield f"Changed by hand in {folder} since it was published: {', '.join(sorted(touched))}."
    if missing:
        yield f"Not published in {folder}: {', '.join(missing)}."
    if different:
        yield f"Not as published in {folder}: {', '.join(different)}."
        if published.sealed != run.sealed:
            others_named = "params/disclosure.yml, at least"
        else:
            inputs = [*published.changed_inputs(run.inputs, run.code),
                      *changed(published.versions, run.versions)]  # fmt: skip
            others_named = ", ".join(besides_results(inputs)) or "nothing that is recorded"
        yield f"  Changed since, besides results: {others_named}."
    elif not touched and not missing:
        yield f"All pages and downloads are, byte for byte, those published in {folder}."


def _pages(run: Run) -> dict[str, str]:
    """The hashes of what readers get: without executed notebooks, which hold their own timings."""
    files = {name: value for each in run.appendices for name, value in each.files.items()}
    return {name: value for name, value in files.items() if not name.startswith("notebooks/")}
