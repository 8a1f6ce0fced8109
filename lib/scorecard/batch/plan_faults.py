"""What is wrong with `params/reports.yml`: sentences, each with its place in the file.

A place is the way through the file to a value: `("appendices", 2, "parameters", "codes", 3)`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from scorecard.batch.notebook_parameters import declared
from scorecard.errors import ParamsError, UnknownNameError, brief
from scorecard.months import Month
from scorecard.pages.page import WHOLE
from scorecard.wording import named, to_type

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from scorecard.batch.jobs import Job, JobCatalogue
    from scorecard.batch.notebook_parameters import Parameter
    from scorecard.params.month import Meeting
    from scorecard.params.reports import Appendix

NAMED = 5
"""Indicators without a result that are named; more are only counted."""

Place = tuple[str | int, ...]
Placed = tuple[Place, str]

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 80
"""Characters of a name to which file systems still add a folder and an ending."""

RESERVED = {"index": "index page", WHOLE: f"`{WHOLE}.pdf`"}
"""Names an appendix can't have, and what of the month has them."""

WINDOWS = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
"""Names that Windows keeps for devices, whatever their ending."""

PLACEHOLDER = re.compile(r"\{(\w+)\}")
FILLED = ("unit", "unit_name")
BATCH = ("month", "title", "as_at")
"""The parameters that the batch sets."""


def of_entry(entry: Appendix, catalogue: JobCatalogue) -> Iterator[Placed]:
    """What is wrong with an entry before placeholders are filled in.

    An entry with such a fault makes no jobs.
    """
    if entry.for_each is not None and entry.for_each not in catalogue.kinds:
        unknown = UnknownNameError("kind of unit", entry.for_each, catalogue.kinds)
        yield ("for_each",), str(unknown)
    for key, text in (("name", entry.name), ("title", entry.title), ("summary", entry.summary)):
        for placeholder in PLACEHOLDER.findall(text):
            if entry.for_each is None:
                yield (key,), f"`{{{placeholder}}}` needs `for_each`"
            elif placeholder not in FILLED:
                yield (key,), str(UnknownNameError("placeholder", placeholder, FILLED))
    for name in (*BATCH, *(("unit",) if entry.for_each else ())):
        if name in entry.parameters:
            problem = f"`{name}` is set by the batch; remove it from `parameters`"
            yield ("parameters", name), problem


def of_job(job: Job, catalogue: JobCatalogue, notebooks: Iterable[str]) -> Iterator[Placed]:
    """What is wrong with one job of an entry; `notebooks` are the names of all there are."""
    yield from ((("name",), fault) for fault in _of_name(job.name))
    if not job.notebook.is_file():
        yield ("notebook",), str(UnknownNameError("notebook", job.notebook.stem, notebooks))
        return
    try:
        parameters = declared(job.notebook)
    except ParamsError as error:
        yield ("notebook",), str(error)
        return
    for name, value in job.parameters.items():
        if name in parameters:
            yield from _of_value(parameters[name], value, catalogue)
        else:
            unknown = UnknownNameError("parameter", name, parameters, job.notebook.name)
            yield ("parameters", name), str(unknown)
    for name, parameter in parameters.items():
        if name not in job.parameters and (parameter.required or name == "unit"):
            what = ", the slug of a unit in units.csv" if name == "unit" else ""
            yield ("parameters",), f"{job.notebook.name} needs the parameter `{name}`{what}"
    # At the name of the entry: none of its values is wrong by itself.
    yield from ((("name",), fault) for fault in _of_results(job, parameters, catalogue))


def _of_results(
    job: Job, parameters: Mapping[str, Parameter], catalogue: JobCatalogue
) -> Iterator[str]:
    """Why the page would have nothing to show: no result of its unit, or of its indicators."""
    unit, month = str(job.parameters.get("unit")), Month.parse(job.parameters["month"])
    if unit not in catalogue.units:
        return
    name, supplied = catalogue.units[unit], catalogue.supplied.get(str(month), {}).get(unit, ())
    codes = {
        code
        for each in parameters.values()
        if each.names_a == "indicator" and isinstance(value := job.parameters.get(each.name), list)
        for code in map(str, value)
    }
    of = f" of {named([f'`{code}`' for code in sorted(codes)], NAMED)}" if supplied else ""
    if not supplied or (codes and codes.isdisjoint(supplied)):
        yield (
            f"{name} (`{unit}`) has no result{of} in {month.words}, so there would be nothing on "
            f"its page. Load its results, as in `{to_type('load FILE')}`, or leave the appendix "
            "out of params/reports.yml"
        )


def of_names(jobs: Sequence[tuple[int, Job]]) -> Iterator[Placed]:
    """Names that two appendices have, or that a page of the month has already."""
    counts = Counter(job.name for _, job in jobs)
    # Each name once, at its last appendix.
    for index, job in {job.name: (index, job) for index, job in jobs}.values():
        place = ("appendices", index, "name")
        if counts[job.name] > 1:
            yield place, f"`{job.name}`: {counts[job.name]} appendices have this name"
        if job.name in RESERVED:
            yield place, f"`{job.name}`: the month's own {RESERVED[job.name]} has this name"


def of_letters(meeting: Meeting, names: Collection[str]) -> Iterator[Placed]:
    """Letters that two appendices have, or that belong to none; places in the month's own file."""
    given: dict[str, str] = {}
    for name, letter in meeting.letters.items():
        if name not in names:
            unknown = UnknownNameError("appendix", name, names)  # "unknown appendix `…`; …"
            yield ("letters", name), f"letter for an {unknown}"
        first = given.setdefault(letter.casefold(), name)
        if first != name:
            yield ("letters", name), f"`{name}` has the letter {letter}, which `{first}` has"


def of_meetings(meeting: Meeting, committees: Collection[str]) -> Iterator[Placed]:
    """Meetings of committees that no appendix is for; places in the month's own file."""
    known = sorted({*committees, *filter(None, [meeting.committee])})
    for name in meeting.meetings:
        if name not in known:
            yield ("meetings", name), f"meeting of an {UnknownNameError('committee', name, known)}"


def _of_name(name: str) -> Iterator[str]:
    """Why a file can't have this name."""
    if not SLUG.fullmatch(name):
        yield f"`{name}` is not a name for files: use small letters, digits, hyphens"
    elif len(name) > LONGEST:
        yield f"`{name}` is too long a name for files: use {LONGEST} characters at most"
    elif name in WINDOWS:
        yield f"`{name}` is not a name for files: Windows keeps it for itself"


def _of_value(parameter: Parameter, value: Any, catalogue: JobCatalogue) -> Iterator[Placed]:
    """What is wrong with the value of a parameter: its type, or what it names."""
    place: Place = ("parameters", parameter.name)
    if not parameter.accepts(value):
        wanted = f"{parameter.type_words} such as {parameter.example}"
        given = brief(repr(value))
        yield place, f"parameter `{parameter.name}` is {given}, but the notebook takes {wanted}"
        return
    kind = parameter.names_a or ("unit" if parameter.name == "unit" else None)
    known: Mapping[str, Collection[str]] = {
        "unit": catalogue.units, "indicator": catalogue.indicators
    }  # fmt: skip
    if kind is None:
        return
    if not isinstance(value, list):
        if value not in known[kind]:
            yield place, str(UnknownNameError(kind, str(value), known[kind]))
        return
    for index, each in enumerate(value):
        if each not in known[kind]:
            yield (*place, index), str(UnknownNameError(kind, str(each), known[kind]))
        elif each in value[:index]:
            yield (*place, index), f"the {kind} `{each}` occurs twice in `{parameter.name}`"
