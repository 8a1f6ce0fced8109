"""Runs notebooks, each in an interpreter of its own, and turns them into pages, on all cores.

`multiprocessing`'s *server* imports once what the notebooks import (`preload`), then forks a clean
child for each notebook; where there is no fork, each child is a new Python (`processes`). In a
child, papermill executes the notebook: `forked` runs its cells in the child itself, `standard` in a
Jupyter kernel. *Page workers* turn executed notebooks into pages. `schedule` keeps them all busy.
"""
