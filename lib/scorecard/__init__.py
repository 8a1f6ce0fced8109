"""A monthly performance scorecard: a store of results, and the pages drawn from it.

Two halves share one ground floor (`errors`, `months`, `workbook`, `params`) and never import each
other. Notebooks import `report`, which draws on `tables`, `charts`, `prose` and the `store`.
`run_month.py` imports `batch`, which runs notebooks and turns them into appendices.

Importing it in a notebook lets charts of the analyst's own draw without a network.
"""

from scorecard.own_charts import draw_offline

draw_offline()
