"""What a kernel does while nobody waits for it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from scorecard.explore import ahead


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch):
    monkeypatch.setattr(ahead, "PAUSE", 0)


def in_a_thread(question):
    """Ask in a thread of its own: a browser of another test leaves its loop in the main one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(question).result(timeout=60)


def test_steps_are_taken_one_after_the_other_until_others_are_given():
    taken = []

    def steps(name, number):
        for step in range(number):
            taken.append(f"{name}{step}")
            yield

    async def work():
        made = ahead.Ahead()
        made.take(steps("a", 100))
        for _ in range(4):
            await asyncio.sleep(0)
        made.take(steps("b", 3))
        for _ in range(20):
            await asyncio.sleep(0)

    in_a_thread(lambda: asyncio.run(work()))
    first = [each for each in taken if each.startswith("a")]

    assert 0 < len(first) < 100
    assert taken == [*first, "b0", "b1", "b2"]


def test_nothing_is_taken_where_no_kernel_runs():
    made = ahead.Ahead()
    in_a_thread(lambda: made.take(iter([None])))

    assert made._next is None
