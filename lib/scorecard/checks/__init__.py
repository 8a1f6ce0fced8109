"""The checks of a month: what is missing, contradicts itself, or differs from its own history.

One check is one file: `sql/checks/NAME.sql`, or `checks/functions/NAME.py` where SQL can't. Its
head says what it is about (`library.py`), its rows become findings (`finding.py`), and
`tests/checks/test_each_check.py` requires a case with a finding and one without.
"""
