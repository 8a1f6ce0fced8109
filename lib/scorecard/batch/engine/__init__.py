"""Runs notebooks, each in an interpreter of its own, and turns them into pages, on all cores.

A *server* imports once what the notebooks import, then forks a clean child for each notebook
(`zygote`); where there is no fork, children are started afresh (`spawned`). In a child, papermill
executes the notebook: `inside` runs its cells in the child itself, `nbclient` in a Jupyter kernel.
Lasting *page workers* turn executed notebooks into pages. `schedule` keeps them all busy.
"""
