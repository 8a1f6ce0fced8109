"""What a notebook imports: `Report`, one object for a month and a unit, one method a question.

`Region` is the same for one indicator over many councils.
"""

from scorecard.report.region import Region
from scorecard.report.report import Report
from scorecard.report.tables import TEMPLATES

__all__ = ["Region", "Report", "warm_up"]


def warm_up() -> None:
    """Do once what every notebook would do first; the batch calls it before it forks."""
    for name in TEMPLATES.list_templates(extensions=["jinja"]):
        TEMPLATES.get_template(name)
