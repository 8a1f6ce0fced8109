"""Addresses of workbooks in object storage, and the storage itself."""

from __future__ import annotations

from typing import Any

from scorecard.errors import WorkbookError

EXCLUSIVE = frozenset({"s3", "s3a", "az", "abfs", "abfss", "gs", "gcs", "memory"})
"""The protocols of storage in which only one of two runs can create a file of the same name."""
NOT_INSTALLED = (
    "{what} is not installed: start with `.uv/bin/uv run --extra cluster run_month.py …`, or "
    "install childrens-scorecard[cluster]"
)


def is_remote(pattern: str) -> bool:
    """Whether a pattern of `--workbooks` is of object storage and not of folders."""
    return "://" in pattern


def workbooks(pattern: str) -> list[str]:
    """The workbooks in object storage that match `pattern`, as addresses."""
    protocol = pattern.partition("://")[0]
    storage, path = system(pattern)
    try:
        found = storage.glob(path, detail=True)
    except Exception as error:  # each storage has errors of its own
        raise WorkbookError(f"--workbooks: {pattern} can't be read: {error}") from error
    names = [name for name, info in sorted(found.items()) if info["type"] == "directory"]
    return [f"{protocol}://{name.strip('/')}" for name in names]


def system(url: str) -> tuple[Any, str]:
    """The storage of an address, and the path in it; `WorkbookError` for one that we can't use."""
    if url.partition("://")[0] not in EXCLUSIVE:
        raise WorkbookError(
            f"--workbooks: {url}: this storage can't stop one run from overwriting another. Use "
            "s3://, az:// or gs://, or the path of a shared folder"
        )
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise WorkbookError(NOT_INSTALLED.format(what="fsspec")) from error
    try:
        storage, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise WorkbookError(f"--workbooks: {url} can't be reached: {error}") from error
    return storage, path.rstrip("/")
