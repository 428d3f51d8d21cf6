"""What the tests of the saves share: a folder, a way to grow a tree, and processes to kill.

Nothing of the saves is replaced by a stand-in. Crashes are crashes of real processes, and a disk that
cannot be written is one that the operating system refuses to write.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from game.saves import Store

ROOT = Path(__file__).resolve().parents[2]
SYSTEM = tempfile.gettempdir()
STORY, EDITION = "The IGH File", "edition-1"

PRELUDE = """
import os, signal, sqlite3, sys, time
from contextlib import closing
from pathlib import Path
from game.saves import NotKept, Store, StoreTooNew

folder = Path(sys.argv[1])

def life(store, episode="e01"):
    root = store.root("The IGH File", "edition-1", episode, {"temper": "level"})
    store.begin(root)
    return root

def grow(store, node, names):
    nodes = []
    for name in names:
        node = store.add(node, f"e01.office.desk/{name}", f"e01.office.{name}", ("a", "b"), "edition-1")
        nodes.append(node)
    return nodes
"""

Child = Callable[..., "subprocess.Popen[str]"]
Run = Callable[..., str]
Grow = Callable[..., list[int]]


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the saves leave in the temporary folder for the player goes with the test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for saves that another user may enter too, which pytest's own cannot be."""
    base = Path(tempfile.mkdtemp(prefix="igh-test-", dir=SYSTEM))
    base.chmod(0o755)
    yield base / "saves"
    for path in (base, *base.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(base)


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """An open store in the folder."""
    opened = Store.open(folder)
    yield opened
    opened.close()


@pytest.fixture
def grow() -> Grow:
    """Add a chain of moves named c0, c1, ... under a node, or under a new life; returns the nodes added,
    the root first if it is new."""

    def chain(store: Store, count: int, parent: int | None = None, name: str = "c") -> list[int]:
        nodes: list[int] = []
        if parent is None:
            parent = store.root(STORY, EDITION, "e01", {"temper": "level"})
            store.begin(parent)
            nodes.append(parent)
        for index in range(count):
            move = f"e01.office.desk/{name}{index}"
            parent = store.add(parent, move, f"e01.office.{name}{index}", ("a", "b"), EDITION)
            nodes.append(parent)
        return nodes

    return chain


@pytest.fixture
def child(folder: Path) -> Iterator[Child]:
    """Start a process that has the saves imported and `folder`, `life` and `grow` at hand."""
    started: list[subprocess.Popen[str]] = []

    def start(script: str, *prefix: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*prefix, sys.executable, "-c", PRELUDE + textwrap.dedent(script), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def run(child: Child) -> Run:
    """Run such a process to its end; returns what it printed. One that fails, fails the test."""

    def finish(script: str, *prefix: str) -> str:
        process = child(script, *prefix)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        return out

    return finish


@pytest.fixture
def crashed(child: Child) -> Callable[[int], list[int]]:
    """Let a process add moves and be killed, so that they are in the write-ahead log only."""

    def crash(count: int) -> list[int]:
        process = child(
            f"""
            store = Store.open(folder)
            marks = store.bookmarks()
            node = store.resume(marks[0]).node if marks else life(store)
            print(node, *grow(store, node, [f"k{{i}}" for i in range({count})]), flush=True)
            time.sleep(60)
            """
        )
        assert process.stdout is not None
        nodes = [int(word) for word in process.stdout.readline().split()]
        process.kill()
        process.wait()
        return nodes

    return crash
