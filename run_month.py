"""The monthly batch: `python run_month.py 2016-08`.

The method, and where each step is:

1. refresh the store   from the files in `data/`, if they have changed: `store/building.py`
2. plan                which notebook makes which appendix, and which of them are unchanged:
                       `batch/manifest.py`, `batch/month_plan.py` (1 to 3 are called by
                       `commands/preparing.py`)
3. check               what stops a month from being published: `batch/checks_before_publication.py`
4. run                 the notebooks, each in an interpreter of its own: `batch/engine/`
5. publish             pages, downloads and index, all of them or nothing: `batch/run.py`
6. report              what failed, where the pack is, what needs attention: `batch/summary.py`

`_publish` in `lib/scorecard/commands/publish.py` calls them in this order. The other commands
(`load`, `check`, `diff` …) are beside it.
"""

import os

from scorecard.commands.console import run

if __name__ == "__main__":
    run(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 (pathlib takes longer)
