"""A monthly performance scorecard: a store of results, and the pages drawn from it.

Two halves share one ground floor (`errors`, `months`, `workbook`, `params`) and never import each
other. Notebooks import `report`, which draws on `tables`, `charts`, `prose` and the `store`.
`run_month.py` imports `batch`, which runs notebooks and turns them into appendices.
"""
