"""How an extract may write its month."""

from __future__ import annotations

import pytest

from scorecard.importing.month_texts import MonthTexts

FORMS = {
    "2016-08": "2016-08", "Aug-16": "2016-08", "August 2016": "2016-08", "AUG 2016": "2016-08",
    "31/08/2016": "2016-08-31", "1/8/2016": "2016-08-01", "31 August 2016": "2016-08-31",
    "31st Aug 2016": "2016-08-31", "08/2016": "2016-08", "42613": "2016-08-31",
    "Year ending March 2016": "2016-03", "12 months to 31/03/2016": "2016-03-31",
    "Open cases at 31/07/2024": "2024-07-31", "Contacts Jul-24": "2024-07",
    "Period:\n2016-08": "2016-08", "Activity (Aug 2016)": "2016-08", "2016-08-01": "2016-08-01",
    "Aug 16": "Aug 16", "16-Aug": "16-Aug", "Augustus 2016": "Augustus 2016", "2016": "2016",
    "29999": "29999", "2015/16": "2015/16", "soon": "soon", "": "", "13/2016": "2016-13",
}  # fmt: skip


@pytest.mark.parametrize("text", FORMS)
def test_a_month_is_found_in_every_usual_form(text):
    assert MonthTexts.of("en").plain(text) == FORMS[text]


@pytest.mark.parametrize(
    ("text", "month"),
    [("Medi 2026", "2026-09"), ("30 Medi 2026", "2026-09-30"), ("Ion-26", "2026-01"),
     ("September 2026", "2026-09"), ("blwyddyn hyd Mawrth 2026", "2026-03")],
)  # fmt: skip
def test_months_have_their_names_in_the_language_of_the_extract(text, month):
    assert MonthTexts.of("cy").plain(text) == month


def test_a_name_of_another_language_is_no_month():
    assert MonthTexts.of("en").plain("Medi 2026") == "Medi 2026"
