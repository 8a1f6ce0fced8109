"""Small numbers in a record: what is withheld of a figure leaves it, and only a sign remains.

Every record of the store passes here on its way to tables, charts, sentences and downloads, so that
none of them has a figure which is not to be shown, in whatever column it is. What compares a
withheld figure with another goes too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.data_table import Sign
from scorecard.disclosure.decision import decision
from scorecard.display import DATA_PERIODS
from scorecard.figure import NOT_SHOWN, WHOLE, Figure, Withheld
from scorecard.months import Month
from scorecard.params.disclosure import check, profile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from decimal import Decimal

    from scorecard.disclosure.decision import Decision
    from scorecard.params.disclosure import Profile
    from scorecard.report.cell import Record
    from scorecard.store.store import Store
    from scorecard.workbook import Workbook

CALCULATED_FROM = {
    "cases_to_target": ("latest",),
    "cases_to_floor": ("latest",),
    "cases_to_red": ("latest",),
    "rating_by_earlier_target": ("latest",),
    "change": ("latest", "month_ago"),
    "variance": ("including", "excluding"),
    "variance_sign": ("including", "excluding"),
}
"""A calculated field of a record → the figures it is calculated from.

It is withheld where one of them is.
"""

NO_FIGURE = frozenset((
    "code", "cohort", "cohort_name", "comparable_from", "counted_as", "data_period", "data_source",
    "definition", "depth", "dimension", "exhaustive", "format", "month", "name", "others_are",
    "parent", "polarity", "position", "section", "short_name", "target_note", "unit", "unit_kind",
    "unit_name", "unit_position",
))  # fmt: skip
"""The other fields of a record: no figure can be worked out from them, so all are shown."""

SIGNAL_OF = ("unit", "unit_name", "code", "section", "name", "polarity", "data_period", "format")
"""What a signal that is withheld still says."""

BASES = ("latest", "including")
"""The figures that a record compares its others with: a direction of travel rests on them."""


class Withholding:
    """Takes what is withheld in a month out of its records; `used` says whether it has.

    `finished` are the indicators of which finished results are withheld: what they count is not
    known, so nothing can be decided of it. `used_finished` says whether there was one.
    """

    def __init__(
        self,
        month: Month,
        opens: Month,
        known: Profile,
        decided: Decision,
        finished: Collection[str] = (),
    ) -> None:
        self._month, self._opens, self.profile, self._decided = month, opens, known, decided
        self._finished = frozenset(finished)
        self.used_finished = False
        sign = Sign(known.sign, f"{known.words}: {known.meaning}")
        self._how = Withheld(sign, known.words, known.meaning)
        self.used = False

    @classmethod
    def of(cls, store: Store, workbook: Workbook, month: Month) -> Withholding | None:
        """What `month` withholds; None when small numbers are shown."""
        known = profile(workbook)
        if known is None:
            return None
        records = store.records
        check(known, [row["code"] for row in records.indicators()])
        decided = decision(store, workbook, month, known)
        finished = {*records.finished_codes(month)} - {*known.finished_shown}
        return cls(month, store.page_opens(month), known, decided, finished)

    def applied(self, row: Record) -> Record:
        """A record of the store without what is withheld."""
        found = {name: self._without(each, self._of(each)) for name, each in figures(row).items()}
        if any(found[base].withheld() for base in BASES if base in found):
            for name in found.keys() - BASES:
                found[name] = found[name].without(["direction"], self._how)
        made = {**row, **found}
        return {
            **made,
            **{name: None for name in CALCULATED_FROM if name in row and withheld(made, name)},
        }

    def revision(self, row: Record) -> Record:
        """A revised figure, `was` and `now`, without its small numbers.

        If `now` is withheld, both lose their counts. If only `was` is small, it loses its counts,
        because the page shows `now`.
        """
        was, now, both = row["was"], row["now"], ("num", "denom")
        if self._of(now):
            return {**row, "was": self._without(was, both), "now": self._without(now, both)}
        small = self._of_finished(was) or self.is_small(was.num, was.denom)
        return {**row, "was": self._without(was, both if small else ())}

    def signals(
        self, rows: Sequence[Record], kin: Collection[str], small: Iterable[str]
    ) -> list[Record]:
        """Records of the signals macro for a unit; those that rest on small numbers have `how`.

        A mean of counts adds up over units as the counts do. So where one of the unit's `kin`, the
        units above and below it, has a small count of an indicator, the unit's mean is withheld
        too. `small` are the codes of these indicators.
        """
        withheld_codes = {*small}
        for unit, code, cohort, *_ in self._decided.counts:
            if unit in kin and cohort == WHOLE:
                withheld_codes.add(code)
        return [
            self._withheld_signal(row)
            if self._rests_on_small(row)
            or (row["format"] == "count" and row["code"] in withheld_codes)
            else row
            for row in rows
        ]

    def _rests_on_small(self, row: Record) -> bool:
        """Whether a monthly value behind a signal is small, or a figure of its month withheld."""
        unit, code = row["unit"], row["code"]
        return (
            code in self._finished
            or any(
                self.is_small(each["num"], each["denom"])
                or self._decided.of(unit, code, WHOLE, Month.of(each["month"]))
                for each in row["rests_on"] or ()
            )
            or bool(self._decided.of(unit, code, WHOLE, self._month, "R3M"))
        )

    def _withheld_signal(self, row: Record) -> Record:
        """A signal that is withheld: which indicator it is of, and no more."""
        if row["status"] != "available":
            return {**row, "rests_on": None}
        self.used = True
        kept = {name: row[name] for name in SIGNAL_OF}
        return {**dict.fromkeys(row), **kept, "status": NOT_SHOWN, "how": self._how}

    def is_small(self, num: Decimal | None, denom: Decimal | None) -> bool:
        """Whether a count, or what it leaves of its denominator, is a small number."""
        rest = denom - num if denom is not None and num is not None else None
        return any(
            each is not None and 0 < each <= self.profile.threshold for each in (num, denom, rest)
        )

    def concerns(
        self, units: Iterable[str], codes: Iterable[str], since: Month | None = None
    ) -> bool:
        """Whether a figure of `units` and `codes` is withheld, of this month or of `since`.

        That is the month before, unless given. In a month of which nothing is decided, all are.
        """
        wanted, then = list(codes), since or self._month - 1
        return then < self._opens or any(
            code in self._finished or self._decided.of(unit, code, WHOLE, month)
            for unit in units
            for code in wanted
            for month in (then, self._month)
        )

    def since(self, unit: str, code: str, first: Month) -> bool:
        """Whether a figure of `unit` and `code` is withheld, of `first` or a month after it."""
        return (
            code in self._finished
            or first < self._opens
            or any(self._decided.of(unit, code, WHOLE, month) for month in first.until(self._month))
        )

    def hides_months(
        self, unit: str, code: str, flows: Collection[str], months: Iterable[Record]
    ) -> bool:
        """Whether the single months behind a figure could give a small number away.

        Nothing is decided of single months. So they are shown only where nothing of the indicator
        is withheld in any unit, month or cohort, and none of the unit's `flows`, which can be what
        their denominators count, and where all that they count is above the threshold.
        """
        near = any(
            each == code or (of == unit and each in flows) for of, each, *_ in self._decided.counts
        )
        return near or any(self._is_below(each["num"], each["denom"]) for each in months)

    def without_month(self, row: Record) -> Record:
        """A record of the outturn macro without the month by itself."""
        return {**row, "month_alone": self._without(row["month_alone"], ("num", "denom"))}

    def sums(
        self, row: Record, small: Collection[str], linked: Mapping[str, Collection[str]]
    ) -> Record:
        """A record of the activity_to_date macro without the sums that could give a number away.

        A stock has no sum but two figures, each shown where it is decided that it can be. The sum
        of this year says no more than its months do, so it is shown where all of these are.
        Nothing is decided of most months of the year before. Its sum is shown where this year's is,
        unless the measure is among `small`, those with a small sum in some unit, or something is
        withheld of an indicator that counts the same, as `linked` says: the sum may be its
        denominator of a year ago. `how` and `year_ago_how` say how to write that a sum is withheld.
        """
        unit, code = row["unit"], row["code"]
        if DATA_PERIODS[row["data_period"]].flow:
            others = {code, *linked.get(code, ())} - {code}
            now = any(of == unit and each == code for of, each, *_ in self._decided.counts)
            then = now or code in small or any(e in others for _, e, *_ in self._decided.counts)
        else:
            months = (self._month, self._month - 12)
            now, then = (bool(self._decided.of(unit, code, WHOLE, each)) for each in months)
        self.used = self.used or now or then
        made = {**row, "how": None, "year_ago_how": None}
        if now:
            made |= {"how": self._how, "num": None, "this_provenance": ()}
        if then:
            made |= {"year_ago_how": self._how, "year_ago_num": None, "year_ago_provenance": ()}
        if now or then:
            made |= {"difference": None, "provenance": ()}
        return made

    def _is_below(self, num: Decimal | None, denom: Decimal | None) -> bool:
        """Whether a count, or what it leaves of its denominator, is not above the threshold.

        False of a finished result, which has no counts.
        """
        if num is None:
            return False
        counts = [num] if denom is None else [num, denom, *([denom - num] * (denom >= num))]
        return any(each <= self.profile.threshold for each in counts)

    def _of(self, figure: Figure) -> Iterable[str]:
        """The counts of a figure that are withheld: both, where nothing is decided of its month."""
        if figure.month is None:
            return ()
        month = Month.of(figure.month)
        if self._of_finished(figure):
            self.used_finished = True
            return ("num", "denom")
        if month < self._opens:
            return ("num", "denom")
        return self._decided.of(figure.unit, figure.code, figure.cohort, month, figure.period)

    def _of_finished(self, figure: Figure) -> bool:
        """Whether it is a finished result that is withheld."""
        return figure.finished and figure.code in self._finished

    def _without(self, figure: Figure, counts: Iterable[str]) -> Figure:
        if not counts:
            return figure
        self.used = True
        return figure.without(counts, self._how)


def figures(row: Record) -> dict[str, Figure]:
    """The figures of a record, by their columns."""
    return {name: each for name, each in row.items() if isinstance(each, Figure)}


def every_field_known(rows: Sequence[Record]) -> None:
    """Raise `LookupError` where the records of an answer have a field of unknown origin.

    It would be shown where the figures that it may be calculated from are withheld.
    """
    others = [*rows[0].keys() - NO_FIGURE - CALCULATED_FROM.keys()] if rows else []
    for name in sorted(others):
        if not all(row[name] is None or isinstance(row[name], Figure) for row in rows):
            raise LookupError(
                f"name `{name}` in `CALCULATED_FROM` of report/withholding.py if it is calculated "
                "from figures, else in `NO_FIGURE`"
            )


def withheld(row: Record, field: str) -> Withheld | None:
    """How to write that a field that `CALCULATED_FROM` lists is withheld; None if it isn't."""
    found = (row[place].withheld() for place in CALCULATED_FROM.get(field, ()) if row[place])
    return next((how for how in found if how), None)
