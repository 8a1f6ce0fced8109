"""The calls of the report that answer what is chosen; the desk shows and copies them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorecard.display import listed
from scorecard.figure import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorecard.outputs import Part
    from scorecard.report import Report


@dataclass(frozen=True)
class Choice:
    """What is chosen: a month and a unit, an indicator, a cohort, and a month to compare with.

    `since` is empty for the previous report; `measure`: whether `code` is an activity measure.
    """

    month: str
    unit: str
    code: str
    cohort: str = WHOLE
    since: str = ""
    measure: bool = False


@dataclass(frozen=True)
class Call:
    """One call of a report's method `question`."""

    question: str
    arguments: Sequence[Any] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The call as code."""
        given = [json.dumps(each, ensure_ascii=False) for each in self.arguments]
        given += [f"{name}={json.dumps(value)}" for name, value in self.options.items()]
        return f"report.{self.question}({', '.join(given)})"

    def answer(self, report: Report) -> Part:
        """What the report answers."""
        found: Part = getattr(report, self.question)(*self.arguments, **self.options)
        return found


@dataclass(frozen=True)
class View:
    """A view: its call, and whether a cohort and a month to compare with change it."""

    call: Callable[[Choice], Call]
    of_cohort: bool = False
    since_month: bool = False


def _since(choice: Choice) -> dict[str, str]:
    return {"since": choice.since} if choice.since else {}


def _trend(choice: Choice) -> Call:
    cohort = {} if choice.cohort == WHOLE else {"cohort": choice.cohort}
    return Call("trend", [choice.code], cohort)


ABOUT = {
    "Key": View(lambda _: Call("key")),
    "Sources": View(lambda _: Call("footnotes")),
}
"""The views that explain all others."""

INDICATOR = {
    "Result": View(lambda choice: Call("result", [choice.code], _since(choice)), since_month=True),
    "Trend": View(_trend, of_cohort=True),
    "What next": View(lambda choice: Call("next_month", [choice.code])),
    "Areas": View(lambda choice: Call("areas", [choice.code])),
    "Groups": View(lambda choice: Call("breakdowns", [[choice.code]])),
    "Others": View(lambda choice: Call("others", [choice.code])),
    "Why": View(lambda choice: Call("why", [choice.code], _since(choice)), since_month=True),
    **ABOUT,
}
"""The views of an indicator, by the words on their buttons."""

MEASURE = {
    "Trend": View(lambda choice: Call("activity_over_time", [[choice.code]])),
    "Teams": View(lambda choice: Call("activity_table", [[choice.code]])),
    **ABOUT,
}
"""The views of an activity measure."""


def views(choice: Choice) -> Mapping[str, View]:
    """The views of a choice, by the words on their buttons."""
    return MEASURE if choice.measure else INDICATOR


def not_offered(choice: Choice, shown: str) -> str:
    """What can't be chosen in the view `shown`, and in which views it can; empty if nothing."""
    if shown in ABOUT:
        return ""
    found = views(choice)
    of_cohort = [name for name, view in found.items() if view.of_cohort]
    since = [name for name, view in found.items() if view.since_month]
    words = []
    if shown not in of_cohort:
        words.append("This view is of all children.")
        words += [f"Choose others in {listed(of_cohort)}."] if of_cohort else []
    if shown not in since and since:
        words.append(f"Choose a month to compare with in {listed(since)}.")
    return " ".join(words)


def program(choice: Choice, call: Call, as_at: str | int) -> str:
    """The cell that makes a view again, in any notebook."""
    of = [choice.month, choice.unit]
    given = ", ".join(json.dumps(each) for each in of)
    given += f", as_at={json.dumps(as_at)}" if as_at else ""
    return f"from scorecard.report import Report\n\nreport = Report({given})\n{call.text}\n"
