"""The chart of the effect of UASC: two points for each percentage, joined, with its words."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from scorecard import display
from scorecard.outputs import Chart
from scorecard.report import columns, columns_of_uasc
from scorecard.report.charts import drawing, with_sign
from scorecard.report.counting import Kind, all_of, shares
from scorecard.report.scales import scale_of
from scorecard.report.since import read_beside
from scorecard.report.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard.months import Month
    from scorecard.report.cell import Record
    from scorecard.report.charts import Specification

NAME_LINE, NAME_APART = 48, 58
"""Letters in a line of an indicator's name above a dumbbell, and pixels from one to the next."""
BESIDE = {
    "higher": Kind.being("higher"),
    "lower": Kind.being("lower"),
    "same": Kind.being("the same"),
}


def uasc_effect(rows: Sequence[Record], unit: str, month: Month, left_out: str) -> Chart:
    """Both results of each percentage in `rows` (records of the UASC macro), joined.

    `left_out` ends the subtitle where `rows` lacks some.
    """
    labels = {"including": "Including UASC", "excluding": "Excluding UASC"}
    table = Table(
        "uasc-effect-data",
        f"Results including and excluding UASC, {unit}",
        [
            columns.code(),
            columns.name(),
            columns_of_uasc.including(),
            columns_of_uasc.excluding(),
            columns_of_uasc.variance(),
        ],
        [("", rows)],
        when=month.words,
    )
    return Chart(
        name="uasc-effect",
        spec=dumbbells(rows, labels),
        title=uasc_title(rows),
        subtitle=f"Percentages including and excluding UASC, {unit}, {month.words}{left_out}"
        + uasc_differences(rows),
        description=uasc_description(rows),
        table_html=table.html,
    )


def dumbbells(rows: Sequence[Record], labels: Mapping[str, str]) -> Specification:
    """Both results of each indicator on one line, joined, with the variance written beside them.

    `rows` are records of the UASC macro that share one format; `labels` names the two ends under
    `including` and `excluding`.
    """
    form = rows[0]["format"]
    pairs = [_pair(row) for row in rows]
    points = [
        {
            **pair,
            "name": row["name"],
            "cohort": label,
            "figure": pair[cohort],
            "shown": row[cohort].rounded,
        }
        for cohort, label in labels.items()
        for row, pair in zip(rows, pairs, strict=True)
    ]
    filled = drawing("dumbbells")
    domain = scale_of([pair[cohort] for pair in pairs for cohort in labels], form)
    for layer in filled["layer"]:
        layer["encoding"]["y"]["scale"] = {"domain": [pair["code"] for pair in pairs]}
        if "field" in layer["encoding"]["x"]:
            layer["encoding"]["x"]["scale"] = {"domain": list(domain), "nice": True}
            layer["encoding"]["x"]["axis"]["labelExpr"] = with_sign(form)
        for channel in {"color", "shape"}.intersection(layer["encoding"]):
            layer["encoding"][channel]["scale"]["domain"] = list(labels.values())
    return {
        **filled,
        "height": NAME_APART * len(rows),
        "datasets": {"pairs": pairs, "points": points},
    }


def _pair(row: Record) -> dict[str, Any]:
    including, excluding = (float(row[each].shown) for each in ("including", "excluding"))
    return {
        "code": row["code"],
        "label": "\n".join(wrap(f"{row['code']}  {row['name']}", NAME_LINE)),
        "including": including,
        "excluding": excluding,
        "variance": display.variance(row["variance"], int(row["variance_sign"]), row["format"])
        + display.mark(row["marker"]),
        "end": max(including, excluding),
    }


def uasc_title(rows: Sequence[Record]) -> str:
    """How percentages differ when UASC are left out, as the headline of the chart."""
    if len(rows) == 1:
        return f"Leaving UASC out, “{rows[0]['short_name']}” is {_by_how_much(rows[0])}"
    found = shares([without_uasc(row) for row in rows], BESIDE)
    return f"Leaving UASC out, {all_of(found, 'percentage', 'percentages')}"


def _by_how_much(row: Record) -> str:
    """`the same`, or `19.0 percentage points lower`."""
    how = without_uasc(row)
    points = display.result(abs(row["variance"]), "ratio")
    return BESIDE[how].short if how == "same" else f"{points} percentage points {how}"


def without_uasc(row: Record) -> str:
    """How a percentage without UASC looks beside the one with them."""
    if read_beside(row) == "same":
        return "same"
    return "higher" if row["variance_sign"] > 0 else "lower"


def uasc_differences(rows: Sequence[Record]) -> str:
    """The end of a subtitle: how far apart results are that differ; nothing when its title says."""
    found = sorted(
        (row for row in rows if len(rows) > 1 and without_uasc(row) != "same"),
        key=lambda row: (row["variance"], row["variance_sign"]),
    )
    words = list(dict.fromkeys(_points(row) for row in found))
    if not words:
        return ""
    if len(words) > 1:
        return f". The differences run from {words[0]} to {words[-1]} percentage points"
    each = "The" if len(found) == 1 else "Each"
    return f". {each} difference is {words[0]} percentage points"


def _points(row: Record) -> str:
    """The variance without the percent sign, which is one of percentage points."""
    return display.variance(row["variance"], int(row["variance_sign"]), "ratio")


def uasc_description(rows: Sequence[Record]) -> str:
    """The text alternative of the chart: both results and the difference of each percentage."""
    sentences = ["Differences are in percentage points."]
    for row in rows:
        including, excluding = (
            f"{row[place].in_words}{display.mark(row[place].signs)}"
            for place in ("including", "excluding")
        )
        sentences.append(
            f"Indicator {row['code']}: {including} including, {excluding} excluding, "
            f"difference {_points(row)}{display.mark(row['marker'])}."
        )
    whose = f"each of {len(rows)} indicators" if len(rows) > 1 else "one indicator"
    return f"Two points for {whose}, joined. " + " ".join(sentences)
