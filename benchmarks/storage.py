"""Measure what a month's run asks of object storage beside packs of other months; see README.md."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import fsspec
from compare import Bench
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from scorecard.batch.storage import local_copy
from scorecard.months import Month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HERE = Path(__file__).resolve().parent
MONTH = Month(2016, 8)
APPENDICES, PACKS = 13, (0, 12, 120)
MIB = 2**20


class Counting:
    """Storage that counts requests and the bytes of files that go each way."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application
        self.requests = self.up = self.down = 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request, and count it."""
        self.requests += 1
        self.up += int(environ.get("CONTENT_LENGTH") or 0)
        for part in self._application(environ, start):
            self.down += len(part)
            yield part


def measured(name: str, counting: Counting, run: Callable[[], object]) -> str:
    """A row of the table: what `run` asks of storage."""
    counting.requests = counting.up = counting.down = 0
    began = time.perf_counter()
    run()
    seconds = time.perf_counter() - began
    row = (
        f"| {name} | {counting.requests} | {counting.down / MIB:.1f} MiB "
        f"| {counting.up / MIB:.1f} MiB | {seconds:.1f} |"
    )
    click.echo(row, err=True)
    return row


def run_of(pack: Path, url: str, *months: Month) -> None:
    """What runs of `months` ask, which make copies of `pack`."""
    with local_copy(url, months) as (folder, remote):
        for month in months:
            shutil.copytree(pack, folder / "outputs" / str(month), dirs_exist_ok=True)
        remote.write_back(folder)


@click.command()
def main() -> None:
    """Measure, print and write benchmarks/storage_table.md."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it would print each request
    counting = Counting(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, counting, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    where = {"endpoint_url": f"http://127.0.0.1:{server.port}", "key": "x", "secret": "x"}
    fsspec.config.conf["s3"] = where
    system = fsspec.filesystem("s3")
    system.mkdir("region")
    rows = [
        "| a run of one month | requests | brought | sent | seconds |", "|---|---:|---:|---:|---:|"
    ]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="scorecard-benchmark-") as temporary:
        book = Path(temporary) / "fenwold"
        Bench.make(APPENDICES, book, MONTH).batch()
        pack = book / "outputs" / str(MONTH)
        for name in ("outputs", "data/.store"):
            shutil.move(book / name, Path(temporary) / Path(name).name)
        pack = Path(temporary) / "outputs" / str(MONTH)
        for count in PACKS:
            url = f"s3://region/beside-{count}"
            system.put(f"{book}/", url, recursive=True)
            if count:
                run_of(pack, url, *(MONTH - back for back in range(1, count + 1)))
            for name in ("published", "unchanged"):
                what = f"{name}, beside {count} packs of other months"
                rows.append(measured(what, counting, partial(run_of, pack, url, MONTH)))
    server.shutdown()
    text = "\n".join([*rows, "", f"Measured once, {sys.platform}, {os.cpu_count()} cores."]) + "\n"
    (HERE / "storage_table.md").write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
