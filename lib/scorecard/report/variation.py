"""What the process behaviour charts say of a month: real change, or ordinary variation.

The records are those of the macro `signals_of` as `Signals` gives them: with `marker`, and
`how` where they rest on small numbers and are withheld.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.display import listed
from scorecard.report.datum import OWN, Datum

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.data_table import Value
    from scorecard.report.cell import Record


LEFT_OUT = {
    "estimates": ("rests on estimates", "rest on estimates"),
    "too-few": (
        f"has fewer than {display.POINTS_NEEDED} monthly values",
        f"have fewer than {display.POINTS_NEEDED} monthly values",
    ),
    "not-available": ("has no result of the month", "have no result of the month"),
    "finished-window": (
        "is supplied as a finished rolling figure", "are supplied as finished rolling figures",
    ),
    "withheld": ("rests on small numbers", "rest on small numbers"),
}  # fmt: skip
"""Why a summary says nothing of an indicator's variation, of one and of several."""

MONTHS_FILE = "limit-months"
"""The file of the months that limits rest on."""

LIMITS = {
    "expected_from": "The least that ordinary variation brings",
    "expected_to": "The most that ordinary variation brings",
    "mean": f"The mean of the monthly results behind it, which are in the table {MONTHS_FILE}",
}
"""A limit → what it is, in a file."""
LIMIT_NAMES = {"mean": "expected_mean"}
"""What a file calls a limit, if not by its name."""


LIMIT_HEADINGS = {
    "expected_from": "Expected at least",
    "expected_to": "Expected at most",
    "mean": "Expected mean",
}
"""What people read above it."""


def limits(figure: Callable[[str], Callable[[Record], Value]]) -> list[Datum]:
    """What a file has of each limit, as `figure` gives it."""
    return [
        Datum(LIMIT_NAMES.get(key, key), meaning, figure(key), LIMIT_HEADINGS[key], OWN)
        for key, meaning in LIMITS.items()
    ]


@dataclass(frozen=True)
class Process:
    """The process behaviour chart of an indicator: its records by month, and what the last says."""

    signal: Record
    rows: Sequence[Record]

    @property
    def is_of_trend(self) -> bool:
        """Whether the months' own results are those of the trend: it is of month-end results."""
        return is_of_trend(self.signal)

    def beside(self, trend: Sequence[Record]) -> list[Record]:
        """The records of a trend with what the process says of each month."""
        nothing = dict.fromkeys(("variation", "range_places", *LIMITS))
        known = {row["month"]: {key: row[key] for key in nothing} for row in self.rows}
        return [{**row, **known.get(row["month"], nothing)} for row in trend]

    def of(self, months: Sequence[Record]) -> list[Record]:
        """The records of the months of a chart, oldest first."""
        shown = {row["month"] for row in months}
        return [row for row in self.rows if row["month"] in shown]


def is_of_trend(signal: Record) -> bool:
    """Whether it is of month-end results, which the trend shows itself."""
    return bool(display.DATA_PERIODS[signal["data_period"]].stock)


def has_own_months(signal: Record) -> bool:
    """Whether each month of a rolling result is drawn by itself: where limits rest on facts too."""
    rolling = not is_of_trend(signal) and signal["mean"] is not None
    return rolling and bool(signal["estimated_points"] != signal["points"])


def judged(signals: Sequence[Record]) -> list[Record]:
    """Those that a summary may speak of: they can be judged, and rest on no estimate."""
    return [each for each in signals if is_judged(each)]


def is_judged(signal: Record) -> bool:
    """Whether a summary or a headline may speak of a signal."""
    return not _left_out(signal)


def variation_count(signals: Sequence[Record]) -> str:
    """How many indicators show a real change, of those that can be judged, and what is left out.

    Empty without indicators.
    """
    if not signals:
        return ""
    found = judged(signals)
    number = len(signals) - len(found)
    if not found:
        return f"No real change is named: {_why(signals)}."
    real = sum(each["variation"] != "ordinary" for each in found)
    left = (
        f" {number} {'is' if number == 1 else 'are'} left out: {_why(signals)}." if number else ""
    )
    return f"{_real(len(found), real)}.{left}"


def _why(signals: Sequence[Record]) -> str:
    """Why some of the indicators are left out: `2 rest on estimates and 1 has …`, `it rests …`."""
    found = Counter(why for each in signals if (why := _left_out(each)))
    kinds = [(found[why], *words) for why, words in LEFT_OUT.items() if found[why]]
    if len(kinds) == 1:
        number, one, many = kinds[0]
        return f"it {one}" if number == 1 else f"{'both' if number == 2 else 'all'} {many}"
    return listed([f"{number} {one if number == 1 else many}" for number, one, many in kinds])


def _real(judged: int, real: int) -> str:
    """How many of the indicators that can be judged show a real change."""
    one = judged == 1
    which = (
        "The one indicator" if one else f"{'Both' if judged == 2 else f'All {judged}'} indicators"
    )
    if not real:
        verb = "is" if one else "are"
        return f"{which} that can be judged {verb} within ordinary variation"
    if real == judged:
        return f"{which} that can be judged {'shows' if one else 'show'} a real change"
    rest = judged - real
    others = "The other one is" if rest == 1 else f"The other {rest} are"
    return (
        f"Of {judged} indicators that can be judged, {real} {'shows' if real == 1 else 'show'} "
        f"a real change. {others} within ordinary variation"
    )


def real_changes(signals: Sequence[Record]) -> list[tuple[str, str]]:
    """The real changes of a summary: what they are, and the indicators, those of concern first.

    Each with its month's own result, and what that is beside its mean.
    """
    order = ("concern", "improvement", "high", "low")
    found = judged(signals)
    named = {
        kind: [
            f"{each['name']} ({each['code']}), {_beside_mean(each)}"
            for each in found
            if each["variation"] == kind
        ]
        for kind in order
    }
    return [(kind, "; ".join(names)) for kind, names in named.items() if names]


def _beside_mean(signal: Record) -> str:
    """`92.8% in the month alone, above its mean of 89.7%`; of a trend which way it goes."""
    over_months = display.DATA_PERIODS[signal["data_period"]].over_months
    own = " in the month alone" if over_months else ""
    places = signal["result_places"]
    as_given = signal if places is None else {**signal, "range_places": places}
    value = f"{display.grouped(_shown(as_given, 'value'))}{own}"
    if signal["signal"] == "trend":
        way = "rising" if signal["side"] > 0 else "falling"
        return f"{value}, {way} for {display.RUN_STEPS} months or more"
    mean = display.grouped(_shown(signal, "mean"))
    if _shown(signal, "value") == _shown(signal, "mean"):
        return f"{value}, for {display.RUN} months or more on one side of its mean of {mean}"
    return f"{value}, {'above' if signal['side'] > 0 else 'below'} its mean of {mean}"


def expected_range(signal: Record) -> str:
    """The expected range with its limits as displayed: `9.9% to 11.7%`; empty without one."""
    if signal["mean"] is None:
        return ""
    low, high = (_shown(signal, key) for key in ("expected_from", "expected_to"))
    return f"{low} to {high}"


def _shown(signal: Record, key: str) -> str:
    return display.result(signal[key], signal["format"], signal["range_places"])


def _left_out(signal: Record) -> str:
    """Why a summary leaves a signal out: a key of `LEFT_OUT`; empty where it doesn't."""
    if signal["how"]:
        return "withheld"
    if signal["status"] != "available":
        return str(signal["status"])
    return "estimates" if signal["estimated"] else ""
