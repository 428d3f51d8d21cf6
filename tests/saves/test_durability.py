"""Durable means: what was printed after `add` returned is there, however the process ended."""

from __future__ import annotations

import itertools
import random
import signal
import time
from pathlib import Path

from game.saves import Store

from .conftest import STORY, Child

KILLS = 25

WRITER = """
store = Store.open(folder)
assert not store.messages, store.messages
marks = store.bookmarks()
node = store.resume(marks[0]).node if marks else life(store)
print(node, flush=True)
count = 0
while True:
    count += 1
    store.describe("e01", "desk", count, "line")
    node = store.add(node, f"e01.office.desk/{os.getpid()}_{count}", "e01.office.x", ("a", "b"), "edition-1")
    assert store.trouble is None, store.trouble
    print(node, flush=True)
"""


def test_killed_at_any_moment_nothing_printed_is_lost(folder: Path, child: Child) -> None:
    """Twenty-five kills, some while the store opens, some in the middle of the writing; the next process
    goes on from the autosave of the one before, which must be its last printed node or one just after it."""
    chance = random.Random(20)
    written: list[list[int]] = []
    for turn in range(KILLS):
        process = child(WRITER)
        assert process.stdout is not None
        first = ""
        if turn % 5:
            for _ in range(chance.randint(20, 120)):
                first += process.stdout.readline()
            time.sleep(chance.random() * 0.02)
        else:
            time.sleep(0.05 + chance.random() * 0.15)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
        assert process.wait() == -signal.SIGKILL
        lines = (first + rest).splitlines(keepends=True)
        written.append([int(line) for line in lines if line.endswith("\n")])
        _check(folder, written)
    assert sum(map(len, written)) >= 20 * 20


def _check(folder: Path, written: list[list[int]]) -> None:
    store = Store.open(folder)
    there = {node.id: node.parent for node in store.tree(STORY)}
    marks = store.bookmarks()
    store.close()
    assert store.messages == []
    for nodes in written:
        assert all(node in there for node in nodes)
        for before, after in itertools.pairwise(nodes):
            assert there[after] == before
    last = next((nodes[-1] for nodes in reversed(written) if nodes), None)
    if last is not None:
        (mark,) = marks
        assert last in (mark.node, there[mark.node])
