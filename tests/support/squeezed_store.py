"""Build a store again and again with less room than it needs, or killed; run as a program.

    python squeezed_store.py FOLDER room     a small disk is mounted there and filled, so that one
                                             size after the other is free
    python squeezed_store.py FOLDER limit    no file may grow beyond one size after the other
    python squeezed_store.py FOLDER kill     killed at one file operation after the other

It prints as JSON what happened at each step: the size or the operation's number, what the command
said or how it ended, and what is wrong.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import warnings
from contextlib import contextmanager
from pathlib import Path

import duckdb

from scorecard.disk import file_hash
from scorecard.errors import Notice, StoreError
from scorecard.store import building, trusted
from scorecard.store.store import Store
from support.workbooks import HEADER, make_workbook

DISK = 32 << 20
STEP = 640 * 1024 + 1
"""DuckDB writes blocks of 256 KiB: this step ends before, within and behind them."""
OPERATIONS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile"}
EVERY = 60
"""Of the many files that are opened to be read, one in so many is the moment of a kill."""


def change(workbook, num):
    path = workbook.root / "data/results/2016-08.csv"
    path.write_text(f"{HEADER}2016-08,shire,h,all,{num},100,published\n", encoding="utf-8")


@contextmanager
def little_room(folder, free):
    """Only `free` bytes left on the disk."""
    filler = folder / "filler"
    room = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    filler.write_bytes(b"x" * max(0, room - free))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def small_files(folder, size):
    """No file grows beyond `size`: a write that would is cut short, and the next one fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def squeezed(folder, squeeze):
    """Build with room from none to enough; the old store must stay, or a whole new one come."""
    workbook = make_workbook(folder / "workbook", {"2016-08": "shire,h,all,10,100"})
    name, now = building.refresh(workbook), 10
    size = well = 0
    while well < 2 and size < DISK:
        change(workbook, now + 1)
        said = []
        with squeeze(folder, size), warnings.catch_warnings(record=True) as notices:
            warnings.simplefilter("always")
            try:
                name, now = building.refresh(workbook), now + 1
            except StoreError as error:
                said.append(str(error))
        said += [str(each.message) for each in notices if each.category is Notice]
        yield size, said, list(wrong(workbook, name, now, copy_may_be_old=bool(said)))
        well = 0 if said else well + 1
        size += STEP


def wrong(workbook, name, num, *, copy_may_be_old):
    """What is not as it should be when the store `name`, with the figure `num`, is to be used."""
    if not trusted.intact(workbook, name):
        yield f"{name} is not as it was built"
    else:
        with Store(building.connect(workbook, name)) as store:
            found = float(store.sql("SELECT num FROM results")["num"][0])
            rated = store.sql("FROM scorecard('shire', '2016-08')")
        if found != num or rated.empty:
            yield f"{name} holds {found}, not {num}"
    left = sorted(p.name for p in workbook.stores.iterdir() if p.stem != name)
    if left:
        yield f"left behind: {left}"
    with duckdb.connect(str(workbook.store_copy), read_only=True) as prompt:
        copied = float(prompt.execute("SELECT num FROM results").fetchone()[0])
        prompt.execute("FROM scorecard('shire', '2016-08')").fetchall()
    if copied != num and not (copy_may_be_old and copied < num):
        yield f"the copy holds {copied}, not {num}"
    if list(workbook.store_copy.parent.glob(".scorecard*")):
        yield "a part of a copy was left"


def killed(folder):
    """Kill a build at one operation after the other; each begins with the same old store."""
    workbook = make_workbook(folder / "workbook", {"2016-08": "shire,h,all,10,100"})
    subprocess.run([sys.executable, __file__, folder, "build"], check=True)
    (name,) = (path.stem for path in workbook.stores.iterdir())
    change(workbook, 11)
    aside = folder / "aside"
    shutil.copytree(workbook.root, aside)
    counted = folder / "counted"
    moment, last = 0, 1
    while moment < last:
        shutil.rmtree(workbook.root)
        shutil.copytree(aside, workbook.root)
        pid = os.fork()
        if pid == 0:
            count = die_at(moment if counted.exists() else -1)
            building.refresh(workbook)
            counted.write_text(str(count()))
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if not moment:
            last = int(counted.read_text())
        else:
            yield moment, status, list(wrong_after_kill(workbook, name))
        moment += 1
    yield last, 0, list(wrong_in_the_end(workbook))


def die_at(moment):
    """Have this process killed at that operation, of those that `OPERATIONS` names; the counter."""
    seen = {"all": 0, "read": 0}

    def hook(event, arguments):
        if event not in OPERATIONS:
            return
        if event == "open" and not str(arguments[1] or "").startswith(("w", "r+", "rb+")):
            seen["read"] += 1
            if seen["read"] % EVERY:
                return
        seen["all"] += 1
        if seen["all"] == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return lambda: seen["all"]


def wrong_after_kill(workbook, name):
    """The old store is as it was until a whole new one has come; the copy is one of them."""
    stores = [path.stem for path in workbook.stores.glob("*-*.duckdb")]
    if name not in stores and len(stores) != 1:
        yield f"neither the old store nor a new one: {stores}"
    yield from (f"{each} is not as it was built" for each in stores if not intact(workbook, each))
    if not any(intact_copy(workbook, each) for each in {*stores, name}):
        yield "the copy is neither of the old store nor of a new one"


def intact(workbook, name):
    return trusted.intact(workbook, name)


def intact_copy(workbook, name):
    return file_hash(workbook.store_copy).startswith(name.rpartition("-")[2])


def wrong_in_the_end(workbook):
    """What a killed build left does not keep the next one from its work."""
    name = building.refresh(workbook)
    yield from wrong(workbook, name, 11, copy_may_be_old=False)


def main():
    folder, what = Path(sys.argv[1]), sys.argv[2]
    if what == "build":
        from scorecard.workbook import Workbook

        building.refresh(Workbook.at(folder / "workbook"))
        return
    if what == "room":
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder], check=True)
    steps = {
        "room": lambda: squeezed(folder, little_room),
        "limit": lambda: squeezed(folder, small_files),
        "kill": lambda: killed(folder),
    }
    print(json.dumps(list(steps[what]())))


main()
