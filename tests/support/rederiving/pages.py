"""Pages as a reader sees them: cells with their figures, and what earlier pages have shown."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from support.page_figures import figure, inside

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bs4 import BeautifulSoup, Tag

MONTHS = (
    "January February March April May June July August September October November December"
).split()
WHEN = rf"(?:{'|'.join(MONTHS)}) \d{{4}}"
SIGNED = r"[+-]?\d+(?:\.\d+)?%?"
FIGURE = rf"{SIGNED}(?: \[[^\]]+\])?"
RATINGS = {"Red": "red", "Amber": "amber", "Green": "green"}
WORST_FIRST = list(RATINGS.values())
COHORTS = {
    "result": "", "including_result": " with UASC", "excluding_result": " without UASC",
}  # fmt: skip
"""Column of a download → how a sentence names its results."""
SAID = {code: word for word, code in RATINGS.items()}
PERIODS = {
    "SS": "snapshot", "R12M": "rolling 12 months", "YTD": "year to date", "M": "in the month",
}  # fmt: skip


SUM = "s"
"""How the councils of these tests mark a figure that was added up."""


class Seen(NamedTuple):
    """What a reader sees of a cell: its figure with the decimals of its note, and its marks."""

    text: str
    rating: str | None
    arrow: str | None
    marker: str
    sum: str = ""
    """The sign of a sum, which is no doubtful figure: only charts and their words have it."""

    @property
    def signs(self) -> str:
        """All that marks it, as a cell has it."""
        return ", ".join(filter(None, [self.marker, self.sum]))

    @property
    def signed(self) -> str:
        """The figure with all that marks it."""
        return f"{self.text} [{self.signs}]" if self.signs else self.text

    @property
    def figure(self) -> str:
        """The figure as a sentence says it, with its marker."""
        return f"{self.text} [{self.marker}]" if self.marker else self.text

    @property
    def value(self) -> Fraction | None:
        """The figure as a number; None for words."""
        digits = self.text.rstrip("%")
        return Fraction(digits) if re.fullmatch(r"[+-]?\d+(\.\d+)?", digits) else None


Row = dict[str, Seen]
Faults = list[str]


def words(month: str, back: int = 0) -> str:
    """`2016-08` and months before it, in words."""
    year, of_year = (int(part) for part in month.split("-"))
    number = 12 * year + of_year - 1 - back
    return f"{MONTHS[number % 12]} {number // 12}"


def key(month: str, back: int = 0) -> str:
    """A month and those before it, as `2016-07`."""
    name, year = words(month, back).split()
    return f"{year}-{MONTHS.index(name) + 1:02}"


def financial_year(month: str) -> int:
    """The year in which the financial year of a month began."""
    return int(month[:4]) - (int(month[5:]) < 4)


@dataclass
class Council:
    """What is known of a council from its reference files, and what its pages have shown so far."""

    root: Path
    shown: dict[tuple[str, str, str], Seen] = field(default_factory=dict)
    """(unit, code, month) → the result that a scorecard of that month shows."""

    exact: dict[tuple[str, str, str], Fraction | None] = field(default_factory=dict)
    """The same before rounding."""

    doubtful: dict[tuple[str, str, str], bool] = field(default_factory=dict)
    """Whether such a result rests on what owes a footnote."""

    rows: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    """The whole row of such a result."""

    judged: dict[tuple[str, str, str, str], Any] = field(default_factory=dict)
    """Unit, code, month and another month → what limits say of it (`variation.py`)."""

    monthly: dict[tuple[str, str, str], dict[str, str]] = field(default_factory=dict)
    """(unit, code, month) → the row of the results, once somebody has asked."""

    _files: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def _read(self, name: str) -> list[dict[str, str]]:
        path = self.root / f"data/reference/{name}.csv"
        if name not in self._files and path.exists():
            with path.open(encoding="utf-8-sig", newline="") as file:
                self._files[name] = list(csv.DictReader(file))
        return self._files.get(name, [])

    @cached_property
    def indicators(self) -> dict[str, dict[str, str]]:
        """The catalogue by code."""
        return {row["code"]: row for row in self._read("indicators")}

    def called(self, code: str) -> str:
        """What titles of charts call an indicator."""
        return self.indicators[code].get("short_name") or self.indicators[code]["name"]

    @cached_property
    def of_periods(self) -> dict[tuple[str, str, str], str]:
        """(unit, code, month) → the provenance that the whole data period of a result has."""
        return {
            (row["unit"], row["code"], row["month"]): row["provenance"]
            for row in self._read("period_provenance")
            if (row["cohort"], row["data_period"]) == ("all", "")
        }

    @cached_property
    def first_had(self) -> dict[tuple[str, str], str]:
        """(unit, code) → the first month with a result of it, also of a sum."""
        found: dict[tuple[str, str], str] = {}
        above = {row["unit"]: row["parent"] for row in self._read("units")}
        for path in sorted((self.root / "data/results").glob("*.csv"), reverse=True):
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    unit, code = row["unit"], row["code"]
                    while unit:
                        found[unit, code] = path.stem
                        unit = above[unit] if self.indicators[code].get("added_up") == "yes" else ""
        return found

    def rated(self, month: str, unit: str = "") -> int:
        """How many indicators that can be rated the catalogue of a month has.

        Of a `unit` below another, those of which it has had a result by then.
        """
        gone = {
            row["code"]
            for row in self.changes
            if (row["change"] == "added" and month < row["month"])
            or (row["change"] == "retired" and month >= row["month"])
        }
        if unit and any(row["unit"] == unit and row["parent"] for row in self._read("units")):
            had = self.first_had
            gone |= {code for code in self.indicators if had.get((unit, code), "9999") > month}
        return sum(bool(r["polarity"]) and code not in gone for code, r in self.indicators.items())

    @property
    def changes(self) -> list[dict[str, str]]:
        """What was added, amended and retired, and when."""
        return self._read("changes")

    @cached_property
    def steps(self) -> list[dict[str, str]]:
        """The declared changes of how an indicator is counted."""
        return self._read("steps")

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of an indicator → its code."""
        return {row["name"]: code for code, row in self.indicators.items()}

    @cached_property
    def units(self) -> dict[str, str]:
        """Name of a unit → its slug."""
        return {row["name"]: row["unit"] for row in self._read("units")}

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """Slug of a unit → its name."""
        return {slug: name for name, slug in self.units.items()}

    @cached_property
    def footnotes(self) -> dict[str, str]:
        """Provenance → its footnote."""
        return {row["provenance"]: row["footnote"] for row in self._read("provenance")}

    @cached_property
    def markers(self) -> dict[str, str]:
        """Provenance → its marker, or nothing."""
        found = {row["provenance"]: row["marker"] for row in self._read("provenance")}
        return defaultdict(str, found)

    @cached_property
    def phrases(self) -> dict[str, tuple[str, str]]:
        """Provenance that owes a footnote → what a sentence says of one result, and of several."""
        return {
            row["provenance"]: (row["phrase_one"], row["phrase_many"])
            for row in self._read("provenance") if row["footnote"]
        }  # fmt: skip

    @cached_property
    def target_notes(self) -> set[str]:
        """The notes on targets."""
        return {row["note"] for row in self._read("targets") if row["note"]}

    def previous(self, month: str) -> str | None:
        """The month of the previous report, as the month's parameters name it."""
        path = self.root / f"params/{month}.yml"
        found = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
        return found.get("previous")

    def held(self, code: str, month: str) -> dict[str, str]:
        """The target in force."""
        found = [
            row for row in self._read("targets")
            if row["code"] == code and row["valid_from"] <= month
        ]  # fmt: skip
        return max(found, key=lambda row: row["valid_from"], default={})

    @property
    def has_comparators(self) -> bool:
        """Whether there are results of others."""
        return bool(self._read("comparators"))

    def comparators(self, code: str, month: str) -> dict[str, dict[str, str]]:
        """The results of others that hold in a month, by whose they are."""
        found = [
            row for row in self._read("comparators")
            if row["code"] == code and row["valid_from"] <= month
        ]  # fmt: skip
        last = {
            row["comparator"]: row["valid_from"]
            for row in sorted(found, key=lambda row: row["valid_from"])
        }
        return {
            row["comparator"]: row for row in found if last[row["comparator"]] == row["valid_from"]
        }

    def marker(self, *provenances: str, of: str = "marker") -> str:
        """The marker of figures of some provenances, behind a figure: ` [e]`, or nothing.

        `count_marker` is that of counts.
        """
        known = {row["provenance"]: row[of] for row in self._read("provenance")}
        marks = dict.fromkeys(known[each] for each in sorted({*provenances}) if known.get(each))
        return f" [{', '.join(marks)}]" if marks else ""

    def result(self, unit: str, code: str, month: str, seen_from: str) -> Seen | None:
        """A result that an earlier page shows, if it can be compared with `seen_from`."""
        changed = self.indicators[code]["comparable_from"]
        found = self.shown.get((unit, code, month))
        if changed and month < changed <= seen_from:
            return None
        return found if found and found.value is not None else None


@dataclass
class Page:
    """A published page with its downloads, and the council it is of."""

    name: str
    soup: BeautifulSoup
    month: str
    council: Council
    files: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def tables(self) -> dict[str, Tag]:
        """The tables by name."""
        return {
            name.removesuffix("-table"): each
            for name, each in self.by_id.items() if each.name == "table"
        }  # fmt: skip

    @cached_property
    def by_id(self) -> dict[str, Tag]:
        """Every element that has an id."""
        return {each["id"]: each for each in inside(self.soup) if each.get("id")}

    def rows(self, name: str) -> dict[tuple[str, ...], Row]:
        """The rows of a table by what names them: unit, code and month, as far as it has them."""
        if name not in self.tables:
            return {}
        if name not in self._rows:
            named = ("data-unit", "data-code", "data-month")
            self._rows[name] = {
                (*(row.get(each, "") for each in named),): {
                    cell["data-field"]: self.seen(cell)
                    for cell in row(["td", "th"], recursive=False) if cell.get("data-field")
                }
                for row in self.tables[name].select("tbody tr:not(.group)")
            }  # fmt: skip
        return self._rows[name]

    @cached_property
    def _rows(self) -> dict[str, dict[tuple[str, ...], Row]]:
        return {}

    def seen(self, cell: Tag) -> Seen:
        """A cell, with the decimals that its note gives it."""
        found = figure(cell)
        parts = [*inside(cell)]
        note = next(
            (each for each in parts if each.name == "a" and each.parent.name == "sup"), None
        )
        marker = next((each for each in parts if "marker" in each.get("class", ())), None)
        text = found.text
        if note and cell["data-field"] != "variation":
            said = self.by_id[note["href"].removeprefix("#")].get_text()
            text = re.search(rf": {SIGNED} is ({SIGNED}) to ", said)[1]
        signs = marker.get_text().strip("[]") if marker else cell.get("data-marked", "")
        marks = signs.split(", ") if signs else []
        own = ", ".join(each for each in marks if each != SUM)
        return Seen(text, found.rating, found.direction, own, SUM if SUM in marks else "")

    @cached_property
    def results(self) -> dict[tuple[str, str], Row]:
        """(unit, code) → the row that shows its result, on a page of one unit or of several."""
        found = dict(self.rows("scorecard"))
        for name in self.tables:
            if name.startswith("areas-"):
                code = name.removeprefix("areas-")
                found |= {(unit, code, ""): row for (unit, *_), row in self.rows(name).items()}
        return {(unit, code): row for (unit, code, _), row in found.items()}

    @cached_property
    def unit(self) -> str:
        """The unit that the page is of: the first of its results."""
        first = next(iter(self.results or self.impacts), ("", ""))
        return first[0]

    @property
    def unit_name(self) -> str:
        """The name of the page's unit."""
        return self.council.unit_names[self.unit]

    @cached_property
    def own(self) -> dict[str, Row]:
        """Code → the row of the page's own unit."""
        return {code: row for (unit, code), row in self.results.items() if unit == self.unit}

    @cached_property
    def impacts(self) -> dict[tuple[str, str], Row]:
        """(unit, code) → the row with both results, of the unit and of its areas."""
        names = [each for each in self.tables if re.match(r"uasc-(?!effect|changed)", each)]
        return {
            (unit, code): row for name in names for (unit, code, _), row in self.rows(name).items()
        }

    @cached_property
    def previous(self) -> str:
        """The month of the previous report: last month, unless the month's parameters name one."""
        return self.council.previous(self.month) or key(self.month, 1)

    @property
    def last(self) -> str:
        """The month of the previous report, as a sentence names it."""
        if self.previous == key(self.month, 1):
            return "last month"
        name, year = words(self.previous).split()
        return name if self.month.startswith(year) else f"{name} {year}"

    @property
    def in_last(self) -> str:
        """The same with a preposition."""
        return self.last if self.last == "last month" else f"in {self.last}"

    def before(self, code: str) -> Seen | None:
        """The previous report's result as its own page shows it."""
        years = {financial_year(each) for each in (self.previous, self.month)}
        if len(years) > 1 and self.council.indicators[code]["data_period"] == "YTD":
            return None
        return self.council.result(self.unit, code, self.previous, self.month)

    def arrow(self, code: str) -> str | None:
        """The direction of travel since the previous report, from results before rounding."""
        if self.previous == key(self.month, 1):
            return self.own[code]["month_ago"].arrow
        known = self.council.indicators[code]
        was = self.council.exact[self.unit, code, self.previous]
        now = self.exact(self.unit, code, "result")
        if known["polarity"] == "T":
            target = Fraction(self.council.held(code, self.month)["target"])
            was, now = -abs(was - target), -abs(now - target)
        elif known["polarity"] == "L":
            was, now = -was, -now
        return "same" if was == now else "better" if now > was else "worse"

    def trend(self, unit: str, code: str) -> list[Seen | None]:
        """The results of up to 13 months as their own pages show them, oldest first."""
        months = [key(self.month, back) for back in range(13)][::-1]
        first = min(month for _, _, month in self.council.shown)
        return [
            self.council.result(unit, code, month, self.month)
            for month in months if month >= first
        ]  # fmt: skip

    @cached_property
    def provenances(self) -> dict[tuple[str, str, str], set[str]]:
        """(unit, code, cohort in words) → where the result in the download comes from."""
        found = {}
        for path, content in self.files.items():
            table = re.fullmatch(rf"downloads/{self.name}-(scorecard|areas-.*|uasc-.*)\.csv", path)
            if not table or table[1] in ("uasc-effect-data", "uasc-changed-ratings"):
                continue
            for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
                for column, cohort in COHORTS.items():
                    if row.get(column):
                        named = row[f"{column}_provenance"].split(" + ")
                        found[row["unit"], row["code"], cohort] = set(named)
        return found

    def exact(self, unit: str, code: str, field: str) -> Fraction | None:
        """A result before rounding, from its numerator and denominator; None without them."""
        prefix = {"including_result": "including_", "excluding_result": "excluding_"}.get(field, "")
        rows = self.impacts if prefix else self.results
        if field == "other_result":
            return self.council.exact.get((unit, code, self.month))
        if field == "r3m" or (unit, code) not in rows:
            return None
        row, form = rows[unit, code], self.council.indicators[code]["format"]
        if form == "count":
            return row[f"{prefix}result"].value
        if row[f"{prefix}num"].text == "-":  # supplied finished
            return row[f"{prefix}result"].value
        num, denom = (row[f"{prefix}{part}"].value for part in ("num", "denom"))
        return num * (100 if form == "percent" else 1) / denom if denom else None

    def remember(self) -> None:
        """Let later pages look up what this one shows."""
        for (unit, code), row in self.results.items():
            self.council.shown.setdefault((unit, code, self.month), row["result"])
            self.council.rows.setdefault((unit, code, self.month), row)
            self.council.exact[unit, code, self.month] = self.exact(unit, code, "result")
            owing = self.provenances.get((unit, code, ""), set()) & set(self.council.phrases)
            self.council.doubtful[unit, code, self.month] = bool(owing)
