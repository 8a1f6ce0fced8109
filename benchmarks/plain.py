"""The cells of notebooks as plain Python on all cores: what the batch is measured against.

Usage: `plain.py JOBS.json`, a list of `[notebook, parameters]`. The last line says how many seconds
the cells took, imports not counted.
"""

from __future__ import annotations

import ast
import importlib
import json
import multiprocessing
import os
import sys
import time
from pathlib import Path
from typing import Any

from scorecard.batch.engine.pool import imported
from scorecard.batch.engine.preload import WARM_UP


def run(job: tuple[str, dict[str, Any]]) -> int:
    """Run every code cell of a notebook; how many bytes its outputs come to."""
    path, parameters = Path(job[0]), job[1]
    os.chdir(path.parent)
    space: dict[str, Any] = {}
    size = 0
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        value = None
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            last = ast.Expression(tree.body.pop().value)  # type: ignore[attr-defined]
            exec(compile(tree, str(path), "exec"), space)  # noqa: S102
            value = eval(compile(last, str(path), "eval"), space)  # noqa: S307
        else:
            exec(compile(tree, str(path), "exec"), space)  # noqa: S102
        if "parameters" in cell["metadata"].get("tags", []):
            space.update(parameters)
        size += sum(len(str(bundle)) for bundle in bundles(value))
    return size


def bundles(value: Any) -> list[Any]:
    """What a notebook would show of a cell's value."""
    if hasattr(value, "parts"):
        return [bundle for part in value.parts for bundle in bundles(part)]
    return [value._repr_mimebundle_()] if hasattr(value, "_repr_mimebundle_") else []


def main() -> None:
    """Import, fork, run, and say how long the cells took."""
    jobs = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for name in imported(Path(jobs[0][0]).parent):
        getattr(importlib.import_module(name), WARM_UP, int)()
    began = time.perf_counter()
    with multiprocessing.get_context("fork").Pool(len(os.sched_getaffinity(0))) as pool:
        sizes = pool.map(run, jobs, chunksize=1)
    assert all(sizes), "every notebook shows something"  # noqa: S101
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
