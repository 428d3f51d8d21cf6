"""A damaged database: set aside as it was, read as far as it goes, and the player is told."""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from game.saves import Store

from .conftest import EDITION, ROOT, STORY, Grow

Crash = Callable[[int], list[int]]
PAGE = 4096
IN_FILE, IN_LOG = 1500, 60


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """A folder that is copied for each test, and the nodes in it."""
    folder = tmp_path_factory.mktemp("played")
    script = f"""
import os, sys
from pathlib import Path
from game.saves import Store

def grow(store, node, name, count):
    nodes = []
    for index in range(count):
        move = f"e01.office.desk/{{name}}{{index}}"
        node = store.add(node, move, f"e01.office.{{name}}{{index}}", ("a", "b"), "{EDITION}")
        nodes.append(node)
    return nodes

store = Store.open(Path(sys.argv[1]))
nodes = [store.root("{STORY}", "{EDITION}", "e01", {{"temper": "level"}})]
store.begin(nodes[0])
nodes += grow(store, nodes[-1], "c", 700)
store.bookmark("half way", nodes[700], "e01", "desk", 700, "line")
nodes += grow(store, nodes[-1], "d", {IN_FILE} - 700)
store.settings.set("theme", "paper")
store.close()
store = Store.open(Path(sys.argv[1]))
store.resume(next(mark for mark in store.bookmarks() if mark.auto))
nodes += grow(store, nodes[-1], "k", {IN_LOG})
print(*nodes, flush=True)
os.abort()  # as good as a kill: nothing is closed
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], cwd=ROOT, capture_output=True, text=True
    )
    return folder, [int(word) for word in done.stdout.split()]


@pytest.fixture
def played(folder: Path, model: tuple[Path, list[int]]) -> list[int]:
    """The nodes of a long play: 1,501 are in the database, with a named bookmark, and 60 only in the
    write-ahead log that a killed window left."""
    source, nodes = model
    shutil.copytree(source, folder)
    assert len(nodes) == IN_FILE + IN_LOG + 1
    assert (folder / "igh.db-wal").stat().st_size > PAGE
    return nodes


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def _fold(folder: Path) -> None:
    """Put what is in the log into the database, and empty the log."""
    raw = sqlite3.connect(folder / "igh.db")
    assert raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0] == 0
    raw.close()


def _pages_of(folder: Path, name: str) -> list[int]:
    """The pages of a table or an index, its root first. A page that points to others is the only kind with
    a pointer to the right in its header, and one that is not in the file yet counts for nothing."""
    raw = sqlite3.connect(f"{(folder / 'igh.db').as_uri()}?mode=ro", uri=True)
    (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    raw.close()
    data = (folder / "igh.db").read_bytes()
    pages, waiting = [], [root]
    while waiting:
        page = waiting.pop()
        body = data[(page - 1) * PAGE : page * PAGE]
        if not body:
            continue
        pages.append(page)
        if body[0] in (2, 5):
            cells = [
                int.from_bytes(body[at : at + 2], "big")
                for at in range(12, 12 + 2 * int.from_bytes(body[3:5], "big"), 2)
            ]
            waiting += [int.from_bytes(body[at : at + 4], "big") for at in (8, *cells)]
    return pages


def _noise(count: int) -> bytes:
    return random.Random(1).randbytes(count)


def _recover(folder: Path) -> Store:
    """Open damaged saves, and check that what was damaged is kept byte for byte under another name."""
    before = [_bytes(folder / f"igh.db{suffix}") for suffix in ("", "-wal")]
    store = Store.open(folder)
    assert len(store.messages) == 1
    assert store.messages[0].startswith("The saves were damaged.")
    aside = [path for path in folder.glob("damaged-*") if re.fullmatch(r"damaged-\d{8}-\d{6}\.db", path.name)]
    names = {path.name for path in folder.glob("damaged-*.db*")}
    if before[0] is not None:
        (kept,) = aside
        assert str(kept) in store.messages[0]
        assert kept.read_bytes() == before[0]
    if before[1] is not None:
        (log,) = folder.glob("damaged-*.db-wal")
        assert log.read_bytes() == before[1]
    assert len(names) >= sum(part is not None for part in before)
    assert store.trouble is None
    assert not list(folder.glob("*.new*"))
    return store


def _works(store: Store, node: int) -> None:
    """The recovered saves are sound, can be played on, and are not recovered once more."""
    more = store.add(node, "e01.a/after", "e01.after", (), EDITION)
    path = store.path(more)
    assert path.snapshot == {"temper": "level"}
    store.close()
    again = Store.open(store.folder)
    assert again.messages == []
    assert again.path(more).nodes == path.nodes
    raw = sqlite3.connect(store.folder / "igh.db")
    assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    raw.close()
    again.close()


class TestNothingIsLost:
    """Damage from which everything can be put together again."""

    def _all_there(self, store: Store, played: list[int]) -> None:
        assert store.path(played[-1]).nodes == tuple(played)
        assert store.path(played[-1]).snapshot == {"temper": "level"}
        marks = {(mark.name, mark.node) for mark in store.bookmarks()}
        assert marks == {("half way", played[700]), ("autosave", played[-1])}
        assert store.settings.get("theme") == "paper"
        assert store.taken("e01.office.c7") == {"c8"}
        assert "c0" in store.taken("e01.office.desk")
        _works(store, played[-1])

    def test_the_first_hundred_bytes(self, folder: Path, played: list[int]) -> None:
        _fold(folder)
        _overwrite(folder / "igh.db", 0, _noise(100))
        self._all_there(_recover(folder), played)

    def test_the_first_page(self, folder: Path, played: list[int]) -> None:
        _fold(folder)
        _overwrite(folder / "igh.db", 0, _noise(PAGE))
        self._all_there(_recover(folder), played)

    def test_the_header_of_the_log(self, folder: Path, played: list[int]) -> None:
        """SQLite would drop the log without a word."""
        _overwrite(folder / "igh.db-wal", 0, _noise(32))
        self._all_there(_recover(folder), played)

    @pytest.mark.parametrize("index", ["nodes_id", "nodes_move", "nodes_passage"])
    def test_an_index(self, folder: Path, played: list[int], index: str) -> None:
        _fold(folder)
        for page in _pages_of(folder, index):
            _overwrite(folder / "igh.db", (page - 1) * PAGE, _noise(PAGE))
        self._all_there(_recover(folder), played)

    @pytest.mark.parametrize("log", [True, False], ids=["with a log", "without"])
    def test_a_tenth_of_the_table(self, folder: Path, played: list[int], log: bool) -> None:
        """The indexes have its moves, in another order."""
        if not log:
            _fold(folder)
        for page in _pages_of(folder, "nodes")[2::10]:
            _overwrite(folder / "igh.db", (page - 1) * PAGE, _noise(PAGE))
        self._all_there(_recover(folder), played)

    def test_the_database_is_gone_and_the_log_is_left(self, folder: Path, crashed: Crash) -> None:
        """SQLite would delete the log. It has every page, as nothing was folded into the database yet."""
        nodes = crashed(40)
        (folder / "igh.db").unlink()
        store = _recover(folder)
        assert store.path(nodes[-1]).nodes == tuple(nodes)
        _works(store, nodes[-1])

    def test_the_database_is_empty_and_the_log_is_left(self, folder: Path, crashed: Crash) -> None:
        nodes = crashed(40)
        (folder / "igh.db").write_bytes(b"")
        store = _recover(folder)
        assert store.path(nodes[-1]).nodes == tuple(nodes)
        _works(store, nodes[-1])


class TestSomethingIsLost:
    """Damage that takes rows with it: the rest is there, and every bookmark leads somewhere."""

    @pytest.mark.parametrize("seed", range(6))
    def test_pages_here_and_there(self, folder: Path, played: list[int], seed: int) -> None:
        """A twentieth of the pages are noise. What one copy of a node has lost, an index or the list of
        moves of the bookmark may still have."""
        _fold(folder)
        pages = (folder / "igh.db").stat().st_size // PAGE
        chance = random.Random(seed)
        for page in chance.sample(range(8, pages), pages // 20):
            _overwrite(folder / "igh.db", page * PAGE, chance.randbytes(PAGE))
        store = _recover(folder)
        there = {node.id: node.parent for node in store.tree(STORY)}
        assert len(there) > 50
        assert all(parent in there for parent in there.values() if parent is not None)
        named = next(mark for mark in store.bookmarks() if mark.name == "half way")
        assert store.path(named.node).nodes == tuple(played[: len(store.path(named.node).nodes)])
        auto = next(mark for mark in store.bookmarks() if mark.auto)
        _works(store, auto.node)

    @pytest.mark.parametrize("part", [0.25, 0.5, 0.9])
    def test_the_end_is_cut_off(self, folder: Path, played: list[int], part: float) -> None:
        database = folder / "igh.db"
        _fold(folder)
        data = database.read_bytes()
        database.write_bytes(data[: int(len(data) * part)])
        store = _recover(folder)
        marks = store.bookmarks()
        assert marks
        for mark in marks:
            assert len(store.path(mark.node).moves) > part * 500
        root = store.root(STORY, EDITION, "e01", {"temper": "level"})
        _works(store, root)

    def test_nothing_but_noise(self, folder: Path, played: list[int]) -> None:
        for name in ("igh.db", "igh.db-wal"):
            (folder / name).write_bytes(_noise((folder / name).stat().st_size))
        store = _recover(folder)
        assert "Nothing in them could be read" in store.messages[0]
        assert (store.tree(STORY), store.bookmarks()) == ([], [])
        _works(store, store.root(STORY, EDITION, "e01", {"temper": "level"}))

    @pytest.mark.parametrize(
        "content", [b"x", b"not a database\n" * 1000, bytes(PAGE), b"SQLite format 3\x00"]
    )
    def test_something_that_never_was_a_database(self, folder: Path, content: bytes) -> None:
        folder.mkdir()
        (folder / "igh.db").write_bytes(content)
        store = _recover(folder)
        _works(store, store.root(STORY, EDITION, "e01", {"temper": "level"}))

    def test_a_database_of_another_program(self, folder: Path) -> None:
        folder.mkdir()
        raw = sqlite3.connect(folder / "igh.db")
        raw.execute("CREATE TABLE recipes(name)")
        raw.execute("INSERT INTO recipes VALUES('soup')")
        raw.commit()
        raw.close()
        store = _recover(folder)
        _works(store, store.root(STORY, EDITION, "e01", {"temper": "level"}))
        (kept,) = folder.glob("damaged-*.db")
        with closing(sqlite3.connect(kept)) as raw:
            assert raw.execute("SELECT name FROM recipes").fetchall() == [("soup",)]

    def test_a_row_that_is_not_what_its_id_says(self, folder: Path, grow: Grow) -> None:
        """A move that was altered inside a page is not believed, and neither is what grew from it."""
        store = Store.open(folder)
        nodes = grow(store, 10)
        store.close()
        data = (folder / "igh.db").read_bytes()
        assert data.count(b"e01.office.desk/c5") == 2  # in the table and in an index
        data = data.replace(b"e01.office.desk/c5", b"e01.office.desk/XX")
        (folder / "igh.db").write_bytes(_noise(100) + data[100:])
        store = _recover(folder)
        assert [node.id for node in store.tree(STORY)] == nodes[:6]
        (mark,) = store.bookmarks()
        assert mark.node == nodes[5]
        _works(store, nodes[5])


class TestMoreThanOnce:
    def test_what_was_set_aside_is_never_overwritten(self, folder: Path) -> None:
        folder.mkdir()
        kept = []
        for index in range(4):
            for path in folder.glob("igh.db-*"):
                path.unlink()
            content = f"noise {index}\n".encode() * 500
            (folder / "igh.db").write_bytes(content)
            kept.append(hashlib.sha256(content).hexdigest())
            Store.open(folder).close()
        assert sorted(
            hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("damaged-*.db")
        ) == sorted(kept)

    def test_two_windows_open_a_damaged_one_together(
        self, folder: Path, played: list[int], child: Callable[..., object]
    ) -> None:
        """It is set aside once, and both play on in the new one."""
        _fold(folder)
        _overwrite(folder / "igh.db", 0, _noise(100))
        script = f"""
            store = Store.open(folder)
            grow(store, {played[-1]}, [f"w{{os.getpid()}}"])
            assert store.trouble is None, store.trouble
            print(len(store.messages))
            store.close()
        """
        windows = [child(script) for _ in range(3)]
        told = []
        for window in windows:
            assert isinstance(window, subprocess.Popen)
            out, err = window.communicate(timeout=60)
            assert window.returncode == 0, err
            told.append(out.strip())
        assert sorted(told) == ["0", "0", "1"]
        assert len(list(folder.glob("damaged-*.db"))) == 1
        store = Store.open(folder)
        assert len(store.children(played[-1])) == 3
        store.close()


class TestWhilePlaying:
    def test_a_window_that_was_open_goes_on_in_the_new_database(self, folder: Path, grow: Grow) -> None:
        """Its file has been set aside by another window. Closing it must not take the other's log away."""
        first = Store.open(folder)
        nodes = grow(first, 5)
        _fold(folder)
        _overwrite(folder / "igh.db", 0, _noise(100))
        second = Store.open(folder)
        assert second.messages
        theirs = grow(second, 5, name="d")
        nodes += grow(first, 5, nodes[-1], "e")
        assert first.retry() is None
        first.close()
        theirs += grow(second, 1, theirs[-1], "f")
        assert second.trouble is None
        log = folder / "igh.db-wal"
        assert log.stat().st_size
        raw = sqlite3.connect(folder / "igh.db")
        found = {row[0] for row in raw.execute("SELECT id FROM nodes")}
        raw.close()
        assert found == {*nodes, *theirs}
        second.close()
        third = Store.open(folder)
        assert third.messages == []
        assert third.path(nodes[-1]).nodes == tuple(nodes)
        assert third.path(theirs[-1]).nodes == tuple(theirs)
        third.close()

    def test_a_file_that_turns_to_noise_under_an_open_window(self, folder: Path, played: list[int]) -> None:
        """What this window stands on is not lost with it: its trail goes into the new database."""
        store = Store.open(folder)
        store.resume(store.bookmarks()[0])
        _fold(folder)
        size = (folder / "igh.db").stat().st_size
        _overwrite(folder / "igh.db", 0, _noise(size))
        assert len(store.tree(STORY)) >= len(played)
        more = store.add(played[-1], "e01.a/b", "e01.b", (), EDITION)
        assert store.path(more).nodes == (*played, more)
        assert store.retry() is None
        assert any("damaged" in message for message in store.messages)
        store.close()
        again = Store.open(folder)
        assert again.messages == []
        assert again.path(more).nodes == (*played, more)
        again.close()
