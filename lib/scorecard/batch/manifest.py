"""What a month's run consists of: one checked `Job` for each appendix, before anything starts.

Everything that can be known to be wrong is found here: a missing notebook, an unknown or mistyped
parameter, a unit or an indicator that does not exist, two appendices with one name, a month or an
appendix without results.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard.batch import plan_faults
from scorecard.batch.jobs import Job
from scorecard.batch.notebook_parameters import declared
from scorecard.batch.plan_faults import PLACEHOLDER
from scorecard.errors import NoResultsError, ParamsError, UnknownNameError, lines_of
from scorecard.params.attachments import attached
from scorecard.params.month import previous_report, read_meeting_file
from scorecard.params.reports import read_reports
from scorecard.params.wording import year_begins

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from scorecard.batch.jobs import JobCatalogue
    from scorecard.months import Month
    from scorecard.params.files import Read
    from scorecard.params.month import Meeting
    from scorecard.params.reports import Appendix, Reports
    from scorecard.workbook import Workbook


def jobs_of_month(
    workbook: Workbook, notebooks: Path, month: Month, catalogue: JobCatalogue
) -> list[Job]:
    """Every job of the appendices that appear in `month`, in the order of `params/reports.yml`.

    `notebooks` is the folder of those that are used where the workbook has none of that name.
    Raises `NoResultsError` for a month without results, and `ParamsError`, holding every fault
    found, for anything wrong with the jobs.
    """
    if str(month) not in catalogue.months:
        raise NoResultsError(month, catalogue.months, catalogue.months_ever)
    if not notebooks.is_dir():
        raise ParamsError(f"there is no folder {notebooks} to take notebooks from")
    reports, meeting = read_reports(workbook), read_meeting_file(workbook, month)
    made, found = _entries(workbook, notebooks, month, catalogue, reports, meeting.value)
    documents: tuple[str, ...] = ()
    try:
        previous_report(meeting, month, catalogue.months)
        documents = tuple(each.in_full for each in attached(workbook, month))
    except ParamsError as error:
        found.append(str(error))
    if not found:  # else the names may be wrong, not the letters and meetings
        committees = {str(job.parameters.get("committee") or "") for job in made} - {""}
        wrong = [
            *plan_faults.of_letters(meeting.value, [job.name for job in made]),
            *plan_faults.of_meetings(meeting.value, committees),
        ]
        found = [f"{meeting.where(*place)}: {problem}" for place, problem in wrong]
    if found:
        raise ParamsError(lines_of(dict.fromkeys(found)))
    if not made:
        raise ParamsError(f"{reports.name}: no appendix appears in {month.words}")
    return [replace(job, attachments=documents) for job in made]


def _entries(
    workbook: Workbook,
    notebooks: Path,
    month: Month,
    catalogue: JobCatalogue,
    reports: Read[Reports],
    meeting: Meeting,
) -> tuple[list[Job], list[str]]:
    """The jobs of the entries that are due in a month, and what is wrong with them."""
    made: list[tuple[int, Job]] = []
    found: list[str] = []
    begins = year_begins(workbook)
    folders = (workbook.notebooks, notebooks)
    known = sorted({path.stem for folder in folders for path in folder.glob("*.ipynb")})
    for index, entry in enumerate(reports.value.appendices):
        if not entry.is_due(month, begins):
            continue
        wrong = list(plan_faults.of_entry(entry, catalogue))
        notebook = workbook.notebook(f"{entry.notebook}.ipynb", notebooks)
        jobs = [] if wrong else _jobs(entry, month, notebook, catalogue, reports.value, meeting)
        made += [(index, job) for job in jobs]
        wrong += [fault for job in jobs for fault in plan_faults.of_job(job, catalogue, known)]
        found += [
            f"{reports.where('appendices', index, *place)}: `{entry.name}`: {problem}"
            for place, problem in wrong
        ]
    of_names = plan_faults.of_names(made)
    found += [f"{reports.where(*place)}: {problem}" for place, problem in of_names]
    return [job for _, job in made], found


def select(jobs: Sequence[Job], only: Iterable[str]) -> list[Job]:
    """The jobs named in `only`, in their order; all of them when it names none."""
    wanted = list(only)
    names = [job.name for job in jobs]
    for name in wanted:
        if name not in names:
            raise UnknownNameError("appendix", name, names)
    return [job for job in jobs if job.name in wanted or not wanted]


def _jobs(
    entry: Appendix,
    month: Month,
    notebook: Path,
    catalogue: JobCatalogue,
    reports: Reports,
    meeting: Meeting,
) -> list[Job]:
    """The jobs of an entry: one, or one for each unit of its kind."""
    units = catalogue.kinds[entry.for_each] if entry.for_each else [None]
    takes = _taken(notebook)
    jobs = []
    for unit in units:
        words = {"unit": unit, "unit_name": catalogue.units[unit]} if unit else {}
        name, title, summary = (_fill(t, words) for t in (entry.name, entry.title, entry.summary))
        given = {
            "month": str(month),
            **({"title": title} if "title" in takes else {}),
            **({"unit": unit} if unit else {}),
            **entry.parameters,
            # Named also when it is the last load: the same page can then be made again later.
            **({"as_at": str(catalogue.load)} if catalogue.load and "as_at" in takes else {}),
        }
        timeout = entry.timeout_seconds or reports.timeout_seconds
        letter = meeting.letters.get(name)
        jobs.append(Job(name, notebook, title, summary, timeout, given, letter, entry.made_as))
    return jobs


def _taken(notebook: Path) -> Collection[str]:
    """The parameters that a notebook takes; none of one in which `plan_faults` finds a fault."""
    try:
        return declared(notebook)
    except (ParamsError, OSError):
        return ()


def _fill(text: str, words: Mapping[str, str]) -> str:
    """`text` with its placeholders filled."""
    return PLACEHOLDER.sub(lambda found: words[found[1]], text)
