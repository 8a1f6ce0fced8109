"""The cards of what needs attention: one for each Red and each Amber near Red, and their facts."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from scorecard.report import cards
from scorecard.report.report import Report
from scorecard.workbook import Workbook
from support.places import REPOSITORY


@pytest.fixture(scope="module")
def report():
    return Report("2016-08", "kent", Workbook.at(REPOSITORY))


def shown(report, codes=()):
    """Code → rating and facts of each card, by what they are called."""
    page = BeautifulSoup(report.summary(codes).html, "html.parser")
    return {
        card.a["data-to"]: (
            card["data-card"],
            {
                fact.dt.get_text(): fact.dd.get_text(" ", strip=True)
                for fact in card.select(".facts div")
            },
        )
        for card in page.select("[data-card]")
    }


def test_each_red_and_each_amber_near_red_has_one(report):
    assert {code: rating for code, (rating, _) in shown(report).items()} == {
        "9/": "red", "17/": "red", "25/": "red", "8/": "amber",
    }  # fmt: skip


def test_a_card_says_how_the_last_three_months_were_and_who_answers(report):
    assert shown(report)["25/"][1] == {
        "Last 3 months": "84.2% Amber",
        "Responsible": "Head of Looked-after Children's Health",
    }
    assert "Last 3 months" not in shown(report)["17/"][1]


APART = "higher by more than chance: North Kent (74.4%) and South Kent (76.3%)"


def test_an_area_stands_out_unless_all_are_on_one_side_of_the_whole(report, monkeypatch):
    assert "Areas" not in shown(report)["25/"][1]
    monkeypatch.setattr(cards.outlook_prose, "in_no_area", lambda *_: "")
    assert shown(report)["25/"][1]["Areas"] == APART


def test_areas_whose_results_rest_on_estimates_do_not_stand_out(report, monkeypatch):
    monkeypatch.setattr(cards.outlook_prose, "in_no_area", lambda *_: "")
    source = report._source
    every = {*source.footnotes.doubtful, *source.footnotes.known}
    monkeypatch.setitem(source.footnotes.__dict__, "doubtful", every)
    assert "Areas" not in shown(report)["25/"][1]


def test_an_area_has_no_areas_that_stand_out():
    found = shown(Report("2016-08", "north-kent", Workbook.at(REPOSITORY)), ["25"])
    assert found["25/"][1].keys() == {"Last 3 months", "Responsible"}


def test_many_cards_say_who_answers_and_no_other_facts(report, monkeypatch):
    monkeypatch.setattr(cards, "MOST", 3)
    assert {(*facts,) for _, facts in shown(report).values()} == {("Responsible",)}
    assert "Last 3 months" in shown(report, ["9", "17"])["9/"][1]


def test_a_real_change_that_rests_on_no_estimate_is_named(report, monkeypatch):
    signals = report._source.signals
    signal = {**signals.by_code["17"], "variation": "concern"}
    monkeypatch.setattr(signals, "by_code", {**signals.by_code, "17": signal})
    monkeypatch.setattr(cards.variation, "is_judged", lambda each: each is signal)
    assert shown(report)["17/"][1]["Real change"] == "Concern"
    signal["variation"] = "ordinary"
    assert "Real change" not in shown(report)["17/"][1]
