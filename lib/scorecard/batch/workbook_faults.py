"""Everything that can be known to be wrong with a workbook before a month of it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, TypeVarTuple, Unpack

from scorecard import texts
from scorecard.batch import manifest
from scorecard.errors import ParamsError, ScorecardError, UnknownNameError, suggestion
from scorecard.importing.comparing import comparison
from scorecard.ledger import versions
from scorecard.months import Month, is_month
from scorecard.params import (
    brand,
    checks,
    cover,
    disclosure,
    extracts,
    month,
    reports,
    roles,
    wording,
)
from scorecard.store import store
from scorecard.wording import slug
from scorecard.workbook import OVERVIEW

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from scorecard.workbook import Workbook

Value = TypeVar("Value")
Given = TypeVarTuple("Given")

FILES = ("brand", "checks", "cover", "disclosure", "extracts", "reports", "roles", "wording")
"""The files of `params/` beside those of months."""


def faults(workbook: Workbook, notebooks: Path) -> list[str]:
    """What is wrong with the files of `workbook`, a message for each file or fault.

    Its appendices are made by the notebooks in the folder `notebooks`. Whether the appendices fit
    the catalogue is checked only when the files themselves have no fault.
    """
    found: dict[str, None] = {}

    def tried(read: Callable[[Unpack[Given]], Value], *given: *Given) -> Value | None:
        try:
            return read(*given)
        except ScorecardError as error:
            found[str(error)] = None
            return None

    names = tried(_catalogue, workbook)
    codes = names.codes if names else []
    found |= dict.fromkeys(_strays(workbook))
    for read in (wording.read_wording, brand.read_brand, reports.read_reports):
        tried(read, workbook)
    tried(cover.check, workbook)
    withholds = tried(disclosure.profile, workbook)
    months = _months(workbook)
    for each in months:
        tried(month.read_meeting, workbook, each)
    for name in tried(extracts.names, workbook) or ():
        tried(_extract, workbook, name, names)
    tried(versions.check, workbook)
    if codes:
        tried(checks.settings, workbook, codes)
        tried(roles.read_roles, workbook, names.sections if names else (), codes)
        sections = {OVERVIEW + slug(each) for each in names.sections} if names else set()
        if withholds:
            tried(disclosure.check, withholds, codes)
        for path in sorted((workbook.root / "data" / "commentary").glob("*/*")):
            tried(_commentary, workbook, path, codes, sections)
    if not found:
        with store.look(workbook) as opened:
            known = opened.catalogue()
            for each in sorted({*months, Month.parse(known.months[-1])}):
                if str(each) in known.months:
                    there = opened.in_month(known, each)
                    tried(manifest.jobs_of_month, workbook, notebooks, each, there)
    return list(found)


def _catalogue(workbook: Workbook) -> extracts.Names:
    """The names of the catalogue; `InputFaultsError` for what is wrong in `data/`."""
    with comparison(workbook) as held:
        held.check_stored()
        return held.names()


def _strays(workbook: Workbook) -> Iterator[str]:
    """The files in `params/` that nothing reads."""
    logo = brand.logo_of(workbook)
    for path in sorted((workbook.root / "params").glob("*")):
        if path.is_dir() or path.name.startswith(".") or path.name == logo:
            continue
        if path.suffix != ".yml" or not (path.stem in FILES or is_month(path.stem)):
            known = [f"{name}.yml" for name in (*FILES, "2016-08")]
            yield f"{workbook.show(path)}: nothing reads this file{suggestion(path.name, known)}"


def _months(workbook: Workbook) -> list[Month]:
    """The months that have a parameter file."""
    paths = (workbook.root / "params").glob("*.yml")
    return sorted(Month.parse(path.stem) for path in paths if is_month(path.stem))


def _extract(workbook: Workbook, name: str, names: extracts.Names | None) -> None:
    """Read the description of an extract, and check it by the catalogue if there is one."""
    found = extracts.described(workbook, name)
    if names and isinstance(found, extracts.Described):
        found.check(names)


def _commentary(
    workbook: Workbook, path: Path, codes: Collection[str], overviews: Collection[str]
) -> None:
    """Read a file of commentary, named by its indicator or section in the folder of a month."""
    shown = workbook.show(path)
    if not is_month(path.parent.name):
        raise ParamsError(f"{shown}: `{path.parent.name}` is not a month; write it like `2016-08`")
    if path.suffix != ".md":
        raise ParamsError(f"{shown}: commentary is only read from files that end in .md")
    if path.stem.startswith(OVERVIEW):
        if path.stem not in overviews:
            raise UnknownNameError("overview of a section", path.stem, overviews, shown)
    elif path.stem not in codes:
        raise UnknownNameError("indicator", path.stem, codes, shown)
    texts.read(path, shown, texts.COMMENTARY)
