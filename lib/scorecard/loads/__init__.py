"""Loads: files of results come in, checked as a whole, numbered, and kept in the ledger.

`data/results/` says what holds now. `data/loads/` is the ledger: what was loaded when, by whom and
why, and each row's figures before and after, so that the results as at any load can be told again.
"""
