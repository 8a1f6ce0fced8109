"""Abbreviations are explained where they are first met, and once."""

from __future__ import annotations

import pytest

from scorecard.params.wording import Term
from scorecard.report.abbreviations import explained

GLOSSARY = [
    Term(term="Children in care", meaning="Looked after.", abbreviations=["CIC", "LAC"]),
    Term(term="Personal education plan", meaning="A plan.", abbreviations=["PEP"]),
    Term(term="Audit", meaning="A check."),
]


def first_uses(*names: str):
    return [row["name_first_uses"] for row in explained([{"name": n} for n in names], GLOSSARY)]


def test_each_is_explained_at_its_first_use_only():
    assert first_uses("CIC with a PEP", "CIC reviews") == [
        [("CIC", "Children in care"), ("PEP", "Personal education plan")], [],
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["PEPs", "PEP's", "PEP", "(PEP)", "a PEP."])
def test_plurals_and_possessives_are_uses(name):
    assert first_uses(name) == [[("PEP", "Personal education plan")]]


@pytest.mark.parametrize("name", ["PEPPER", "pep", "STEPEP", "audit"])
def test_other_words_are_not(name):
    assert first_uses(name) == [[]]


def test_two_abbreviations_of_one_term_are_each_explained():
    assert first_uses("CIC", "LAC") == [
        [("CIC", "Children in care")], [("LAC", "Children in care")],
    ]  # fmt: skip
