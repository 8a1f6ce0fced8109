"""Where small numbers are withheld, finished results leave no trace unless they may be shown."""

from __future__ import annotations

import json

import pytest

from scorecard.errors import UnknownNameError
from scorecard.months import Month
from scorecard.outputs import Stack
from scorecard.report import Report
from support.workbooks import make_workbook

THIS = Month(2016, 8)
CODES = ["h", "l", "done"]
FOOTNOTE = "threshold: 5\nfootnote: Numbers from 1 to {threshold} are {sign}.\n"
BETTER = "81 82 83 84 85 86 87 88 89 90 91 92 93.1 94.25".split()
WORSE = "79.5 90 75 83 78 76.5 82 83 71 80 77 76 79.9 70.75".split()


def workbook(folder, values, says=FOOTNOTE):
    """A council whose indicators h and done come finished, and l with its counts."""
    given = {
        str(month): f"shire,h,all,{value},result shire,done,all,{value},result "
        f"shire,l,all,{100 + n % 3},1000 north,h,all,{value},result"
        for n, (month, value) in enumerate(zip((THIS - 13).until(THIS), values, strict=True))
    }
    made = make_workbook(folder, given)
    (made.root / "params/wording.yml").write_text("council: C\nservice: S\n")
    (made.root / "params/disclosure.yml").write_text(says)
    return made


def everything(made):
    """All that pages and files say of the county."""
    report = Report("2016-08", "shire", made)
    answers = [
        report.summary(), report.scorecard(), report.rating_totals(), report.rating_changes(),
        report.reds(), report.exceptions(), report.ambers(CODES), report.panels(CODES),
        report.why("h"), report.why_ratings_changed(), report.key(), report.footnotes(),
    ]  # fmt: skip
    return [json.dumps(each) for answer in answers for each in bundles(answer)]


def bundles(answer):
    if isinstance(answer, Stack):
        return [each for part in answer.shown for each in bundles(part)]
    return [answer._repr_mimebundle_()]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return workbook(tmp_path_factory.mktemp("withheld"), BETTER)


def test_pages_are_the_same_whatever_the_withheld_results_are(made, tmp_path):
    written = everything(made)
    assert written == everything(workbook(tmp_path, WORSE))
    words = " ".join(written)
    assert "A result that was supplied without numerator and denominator is not shown too" in words
    assert "10.1%" in words


def test_those_that_are_named_are_shown_and_an_unknown_name_is_an_error(made):
    path = made.params("disclosure")
    path.write_text(f"{FOOTNOTE}finished_shown: [h]\n")
    report = Report("2016-08", "shire", made)
    scorecard = json.dumps(bundles(report.scorecard()))
    assert "94.25%" in scorecard
    assert scorecard.count("supplied finished") == 2
    words = " ".join(everything(made))
    assert "expected range, 84.81% to 90.24%" in words
    assert "Some results were supplied without numerator and denominator." in words
    path.write_text(f"{FOOTNOTE}finished_shown: [hh]\n")
    with pytest.raises(UnknownNameError, match=r"finished_shown.*`hh`"):
        Report("2016-08", "shire", made).scorecard()
