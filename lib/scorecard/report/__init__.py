"""What a notebook imports: `Report`, one object for a month and a unit, one method a question."""

from scorecard.report.report import Report

__all__ = ["Report"]
