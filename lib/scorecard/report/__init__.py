"""What a notebook imports: `Report`, one object for a month and a unit, one method a question."""

import altair as alt
import pandas as pd

from scorecard.report.report import Report
from scorecard.report.tables import TEMPLATES

__all__ = ["Report", "warm_up"]


def warm_up() -> None:
    """Do once what every notebook would do first; the batch calls it before it forks."""
    for name in TEMPLATES.list_templates(extensions=["jinja"]):
        TEMPLATES.get_template(name)
    alt.Chart(pd.DataFrame({"x": [1.0]})).mark_line().encode(x="x:Q").to_dict()
