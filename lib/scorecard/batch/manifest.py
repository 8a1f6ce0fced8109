"""What a month's run consists of: one checked `Job` for each appendix, before anything starts.

Everything that can be known to be wrong is found here: a missing notebook, an unknown or mistyped
parameter, a unit that does not exist, two appendices with one name, a month without results.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from scorecard import params
from scorecard.batch.notebook_parameters import Parameter, declared
from scorecard.errors import MonthError, ParamsError, ScorecardError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from scorecard.months import Month
    from scorecard.params import Appendix
    from scorecard.workbook import Workbook

RESERVED = frozenset({"index"})
"""Names an appendix can't have, because another page of the month has them."""


SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Catalogue(Protocol):
    """What the store knows of units and months (`scorecard.store.catalogue`)."""

    @property
    def units(self) -> Mapping[str, str]:
        """Unit → its name."""

    @property
    def kinds(self) -> Mapping[str, Sequence[str]]:
        """Kind of unit → its units, in the order of the catalogue."""

    @property
    def months(self) -> Sequence[str]:
        """The months that have results."""

    @property
    def load(self) -> int | None:
        """The load that the pages are made from; None while results are in no load."""


@dataclass(frozen=True)
class Job:
    """One notebook to run with its parameters, and the page it becomes.

    `name` is a slug and the stem of every file of the appendix; `timeout` is in seconds.
    """

    name: str
    notebook: Path
    title: str
    summary: str
    timeout: int
    parameters: dict[str, Any] = field(default_factory=dict)
    letter: str | None = None

    def words(self) -> str:
        """The parameter set on one line: `month=2016-08, unit=kent`."""
        return ", ".join(f"{name}={value}" for name, value in self.parameters.items())


def plan(workbook: Workbook, notebooks: Path, month: Month, catalogue: Catalogue) -> list[Job]:
    """Every job of `month`, in the order of `params/reports.yml`.

    `notebooks` is the folder of the notebooks. Raises `MonthError` for a month without results and
    `ParamsError`, holding every fault found, for anything wrong with the jobs.
    """
    if str(month) not in catalogue.months:
        first, last = min(catalogue.months, default=None), max(catalogue.months, default=None)
        have = f"there are results from {first} to {last}" if first else "there are none at all"
        raise MonthError(
            f"{month} has no results: {have}. Add data/results/{month}.csv, or run another month"
        )
    reports, meeting = params.reports(workbook), params.meeting(workbook, month)
    jobs: list[Job] = []
    faults: list[str] = []
    for entry in reports.appendices:
        try:
            for unit in _units(entry, catalogue):
                job = _job(entry, unit, month, notebooks, catalogue, reports, meeting)
                jobs.append(job)
                faults += _faults(job, catalogue)
        except ScorecardError as error:
            faults.append(f"`{entry.name}`: {error}")
    names = Counter(job.name for job in jobs)
    faults += [f"`{name}`: {n} appendices have this name" for name, n in names.items() if n > 1]
    faults += [
        f"`{name}`: the month's own index page has this name" for name in RESERVED & {*names}
    ]
    faults += [
        f"params/{month}.yml: letter for an {UnknownNameError('appendix', name, names)}"
        for name in meeting.letters
        if name not in names and not faults
    ]
    if faults:
        raise ParamsError(
            "\n".join(f"params/reports.yml: {fault}" for fault in dict.fromkeys(faults))
        )
    return jobs


def select(jobs: Sequence[Job], only: Iterable[str]) -> list[Job]:
    """The jobs named in `only`, in the plan's order; all of them when it names none."""
    wanted = list(only)
    names = [job.name for job in jobs]
    for name in wanted:
        if name not in names:
            raise UnknownNameError("appendix", name, names)
    return [job for job in jobs if job.name in wanted or not wanted]


def _units(entry: Appendix, catalogue: Catalogue) -> Iterator[str | None]:
    """The units an entry stands for; one `None` when it has no `for_each`."""
    if entry.for_each is None:
        yield None
    elif entry.for_each in catalogue.kinds:
        yield from catalogue.kinds[entry.for_each]
    else:
        raise UnknownNameError("kind of unit", entry.for_each, catalogue.kinds, "for_each")


def _job(
    entry: Appendix,
    unit: str | None,
    month: Month,
    notebooks: Path,
    catalogue: Catalogue,
    reports: params.Reports,
    meeting: params.Meeting,
) -> Job:
    """One job of an entry, with `{unit}` and `{unit_name}` filled in."""
    words = {"unit": unit, "unit_name": catalogue.units[unit]} if unit else {}
    name, title, summary = (
        _fill(text, words, key)
        for key, text in (("name", entry.name), ("title", entry.title), ("summary", entry.summary))
    )
    notebook = notebooks / f"{entry.notebook}.ipynb"
    takes = declared(notebook) if notebook.is_file() else {}
    if not SLUG.fullmatch(name):
        raise ParamsError(f"`{name}` is not a name for files: use small letters, digits, hyphens")
    ours = {"month", "title", "as_at", *(["unit"] if unit else [])}.intersection(entry.parameters)
    if ours:
        raise ParamsError(f"`{name}`: `{min(ours)}` is set by the batch; take it off `parameters`")
    given = {
        "month": str(month),
        **({"title": title} if "title" in takes else {}),
        **({"unit": unit} if unit else {}),
        **entry.parameters,
        # Said also when it is the last load: the same page can then be made again later.
        **({"as_at": str(catalogue.load)} if catalogue.load and "as_at" in takes else {}),
    }
    return Job(
        name=name,
        notebook=notebook,
        title=title,
        summary=summary,
        timeout=entry.timeout_seconds or reports.timeout_seconds,
        parameters=given,
        letter=meeting.letters.get(name),
    )


def _fill(text: str, words: Mapping[str, str], key: str) -> str:
    """`text` with its placeholders filled; an unknown one is an error."""
    for placeholder in PLACEHOLDER.findall(text):
        if not words:
            raise ParamsError(f"{key}: `{{{placeholder}}}` needs `for_each`")
        if placeholder not in words:
            raise UnknownNameError("placeholder", placeholder, words, key)
    return PLACEHOLDER.sub(lambda found: words[found[1]], text)


def _faults(job: Job, catalogue: Catalogue) -> Iterator[str]:
    """What is wrong with one job, in sentences that start with its name."""
    if not job.notebook.is_file():
        folder = job.notebook.parent
        known = [path.stem for path in sorted(folder.glob("*.ipynb"))]
        yield f"`{job.name}`: {UnknownNameError('notebook', job.notebook.stem, known)}"
        return
    parameters = declared(job.notebook)
    for name, value in job.parameters.items():
        if name not in parameters:
            where = f"`{job.name}`: {job.notebook.name}"
            yield str(UnknownNameError("parameter", name, parameters, where))
        else:
            yield from (f"`{job.name}`: {fault}" for fault in _mistyped(parameters[name], value))
    yield from (
        f"`{job.name}`: {job.notebook.name} needs the parameter `{name}`"
        for name, parameter in parameters.items()
        if parameter.required and name not in job.parameters
    )
    if "unit" in parameters and "unit" not in job.parameters:
        yield f"`{job.name}`: {job.notebook.name} needs `unit`, the slug of a unit in units.csv"
    unit = job.parameters.get("unit")
    if isinstance(unit, str) and unit not in catalogue.units:
        yield f"`{job.name}`: {UnknownNameError('unit', unit, catalogue.units)}"


def _mistyped(parameter: Parameter, value: object) -> Iterator[str]:
    """A sentence when `value` is not of the type the notebook declares."""
    if not parameter.accepts(value):
        yield (
            f"parameter `{parameter.name}` is {value!r}, but the notebook takes "
            f"{parameter.type_words} such as {parameter.example}"
        )
