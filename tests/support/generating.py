"""The program `docs/generate.py`, which is no module of a package."""

from __future__ import annotations

import importlib.util

from support.places import REPOSITORY

SPEC = importlib.util.spec_from_file_location("generate", REPOSITORY / "docs/generate.py")
generate = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(generate)
