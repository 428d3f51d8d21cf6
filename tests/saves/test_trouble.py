"""When the disk will not: the game goes on, nothing is lost, and the player is told."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from game.saves import Store, StoreTooNew

from .conftest import EDITION, STORY, Grow, Run

WRITES_ON = """
def stays_usable(store, nodes):
    # Everything a session asks for works on what is queued as on what is written.
    assert store.path(nodes[-1]).nodes == tuple(nodes), "path"
    assert store.node(nodes[-1]).parent == nodes[-2], "node"
    assert [child.id for child in store.children(nodes[-2])] == [nodes[-1]], "children"
    assert store.bookmarks()[0].node == nodes[-1], "autosave"
    assert nodes[-1] in {node.id for node in store.tree("The IGH File")}, "tree"
    assert nodes[-1] in store.path(nodes[-1]).nodes
    named = store.bookmark("in trouble", nodes[-1], "e01", "desk", len(nodes) - 1, "line")
    assert named in store.bookmarks(), "bookmark"
    assert "e01.office.desk/" in store.export(named), "export"

def on_disk(nodes):
    with closing(sqlite3.connect(folder / "igh.db")) as raw:
        found = {row[0] for row in raw.execute("SELECT id FROM nodes")}
    return [node in found for node in nodes]
"""


def _fingerprint(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("igh.db*")}


def _may_mount() -> bool:
    probe = "mount -t tmpfs -o size=64k none /mnt"
    return shutil.which("unshare") is not None and (
        subprocess.run(["unshare", "-m", "sh", "-c", probe], capture_output=True).returncode == 0
    )


class TestFullDisk:
    def test_a_file_that_may_not_grow(self, run: Run) -> None:
        """The system refuses every byte more (RLIMIT_FSIZE), then no longer."""
        out = run(
            WRITES_ON
            + """
import resource
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(folder)
nodes = [life(store)]
nodes += grow(store, nodes[-1], [f"a{i}" for i in range(10)])
resource.setrlimit(resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
nodes += grow(store, nodes[-1], [f"b{i}" for i in range(30)])
assert store.trouble and "goes on" in store.trouble, store.trouble
stays_usable(store, nodes)
print(len(store.messages))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert on_disk(nodes[:11]) == [True] * 11
assert not any(on_disk(nodes[11:])), "the limit did not bite"
nodes += grow(store, nodes[-1], ["c"])
assert store.trouble is None, store.trouble
assert "saved" in store.messages[-1]
assert all(on_disk(nodes))
store.close()
store = Store.open(folder)
assert store.path(nodes[-1]).nodes == tuple(nodes)
assert {mark.name for mark in store.bookmarks()} == {"autosave", "in trouble"}
store.close()
"""
        )
        assert out.split() == ["1"], "the player is told once"

    @pytest.mark.skipif(not _may_mount(), reason="a full disk of its own needs the right to mount a tmpfs")
    def test_a_disk_that_is_full(self, folder: Path, run: Run) -> None:
        """A tmpfs with no room left, in a mount namespace of its own; then room is made."""
        folder.mkdir()
        run(
            WRITES_ON
            + """
assert os.system(f"mount -t tmpfs -o size=400k none {folder}") == 0
store = Store.open(folder)
nodes = [life(store)]
nodes += grow(store, nodes[-1], [f"a{i}" for i in range(5)])
ballast = open(folder / "ballast", "wb", buffering=0)
try:
    while True:
        ballast.write(bytes(4096))
except OSError:
    pass
nodes += grow(store, nodes[-1], [f"b{i}" for i in range(30)])
assert store.trouble.startswith("The disk is full."), store.trouble
stays_usable(store, nodes)
assert not all(on_disk(nodes))
os.truncate(folder / "ballast", 0)
assert store.retry() is None
assert all(on_disk(nodes))
store.close()
store = Store.open(folder)
assert store.path(nodes[-1]).nodes == tuple(nodes)
store.close()
""",
            "unshare",
            "-m",
        )

    @pytest.mark.skipif(not _may_mount(), reason="a full disk of its own needs the right to mount a tmpfs")
    def test_a_disk_that_is_full_from_the_start(self, folder: Path, run: Run) -> None:
        folder.mkdir()
        run(
            WRITES_ON
            + """
assert os.system(f"mount -t tmpfs -o size=64k none {folder}") == 0
(folder / "ballast").write_bytes(bytes(65536 - 4096))
store = Store.open(folder)
nodes = [life(store)]
nodes += grow(store, nodes[-1], [f"b{i}" for i in range(30)])
assert store.trouble.startswith("The disk is full."), store.trouble
stays_usable(store, nodes)
os.system(f"mount -o remount,size=1m {folder}")
nodes += grow(store, nodes[-1], ["c"])
assert store.trouble is None, store.trouble
assert all(on_disk(nodes))
store.close()
""",
            "unshare",
            "-m",
        )


class TestLocked:
    def test_a_lock_that_another_program_holds(self, folder: Path, store: Store, grow: Grow) -> None:
        """The first write waits a little, the next ones do not; all of it is written when the lock goes."""
        nodes = grow(store, 3)
        other = sqlite3.connect(folder / "igh.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        nodes += grow(store, 20, nodes[-1], "d")
        assert store.trouble is not None
        assert store.trouble.startswith("Another program holds the saves locked.")
        assert store.path(nodes[-1]).nodes == tuple(nodes)
        store.settings.set("theme", "paper")
        other.execute("ROLLBACK")
        assert other.execute("SELECT count(*) FROM nodes").fetchone() == (4,)
        nodes += grow(store, 1, nodes[-1], "e")
        assert store.retry() is None
        assert store.messages[-1].startswith("The saves can be written again.")
        assert other.execute("SELECT count(*) FROM nodes").fetchone() == (len(nodes),)
        assert store.settings.get("theme") == "paper"
        other.close()

    def test_what_waits_and_what_another_window_did_come_together(
        self, folder: Path, store: Store, grow: Grow
    ) -> None:
        """The same move in both is one node, and this window's bookmarks are as it left them."""
        nodes = grow(store, 2)
        other = sqlite3.connect(folder / "igh.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        first = store.add(nodes[-1], "e01.a/same", "e01.same", (), EDITION)
        second = store.add(first, "e01.a/mine", "e01.mine", (), EDITION)
        gone = store.bookmark("gone", second, "e01", "desk", 4, "")
        store.bookmark("kept", second, "e01", "desk", 4, "")
        store.delete(gone)
        again = grow(store, 1, name="z")
        assert store.trouble is not None
        other.execute("ROLLBACK")
        other.close()
        window = Store.open(folder)
        assert window.add(nodes[-1], "e01.a/same", "e01.same", (), EDITION) == first
        theirs = window.add(first, "e01.a/theirs", "e01.theirs", (), EDITION)
        window.close()
        assert store.retry() is None
        assert [node.id for node in store.children(first)] == [second, theirs]
        marks = {(mark.name, mark.node, mark.mine) for mark in store.bookmarks()}
        assert marks == {
            ("autosave", again[-1], True),
            ("autosave", theirs, False),
            ("kept", second, False),
        }

    def test_saves_that_are_locked_from_the_start(self, folder: Path, grow: Grow) -> None:
        first = Store.open(folder)
        nodes = grow(first, 3)
        first.close()
        other = sqlite3.connect(folder / "igh.db", isolation_level=None)
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        store = Store.open(folder)
        assert store.trouble is not None
        assert "locked" in store.trouble
        (mark,) = store.bookmarks()
        assert mark.node == nodes[-1], "what is there can be read all the same"
        more = grow(store, 5, store.resume(mark).node, "d")
        other.execute("ROLLBACK")
        other.close()
        assert store.retry() is None
        store.close()
        store = Store.open(folder)
        assert store.path(more[-1]).nodes == (*nodes, *more)
        assert [mark.node for mark in store.bookmarks()] == [more[-1]]
        store.close()

    def test_what_waits_is_written_on_leaving(self, folder: Path, grow: Grow) -> None:
        store = Store.open(folder)
        nodes = grow(store, 2)
        other = sqlite3.connect(folder / "igh.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        nodes += grow(store, 2, nodes[-1], "d")
        assert store.trouble is not None
        other.execute("ROLLBACK")
        other.close()
        store.close()
        store = Store.open(folder)
        assert store.path(nodes[-1]).nodes == tuple(nodes)
        store.close()

    def test_what_cannot_be_written_even_then_is_put_elsewhere(self, folder: Path, grow: Grow) -> None:
        store = Store.open(folder)
        nodes = grow(store, 2)
        other = sqlite3.connect(folder / "igh.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        nodes += grow(store, 2, nodes[-1], "d")
        store.close()
        store.close()
        other.close()
        found = re.search(r"It is in (\S+):", store.messages[-1])
        assert found
        elsewhere = Store.open(Path(found[1]))
        assert elsewhere.path(nodes[-1]).nodes == tuple(nodes)
        assert [mark.node for mark in elsewhere.bookmarks()] == [nodes[-1]]
        elsewhere.close()
        shutil.rmtree(found[1])


class TestGone:
    def test_a_database_that_was_removed_while_playing(self, folder: Path, store: Store, grow: Grow) -> None:
        """As by `git clean`: this window still has all of it, and writes it anew."""
        nodes = grow(store, 5)
        named = store.bookmark("here", nodes[3], "e01", "desk", 3, "")
        shutil.rmtree(folder)
        nodes += grow(store, 2, nodes[-1], "d")
        assert store.trouble is None or "moved or removed" in store.trouble
        assert store.retry() is None
        assert any("moved or removed" in message for message in store.messages)
        other = Store.open(folder)
        assert other.path(nodes[-1]).nodes == tuple(nodes)
        assert {(mark.name, mark.node) for mark in other.bookmarks()} == {
            ("here", named.node),
            ("autosave", nodes[-1]),
        }
        other.close()

    def test_a_newer_game_that_takes_over_while_playing(self, folder: Path, store: Store, grow: Grow) -> None:
        nodes = grow(store, 2)
        newer = sqlite3.connect(folder / "igh.db", isolation_level=None)
        newer.execute("PRAGMA user_version=99")
        nodes += grow(store, 3, nodes[-1], "d")
        assert store.trouble is not None
        assert store.trouble.startswith("A newer version of the game")
        assert store.path(nodes[-1]).nodes == tuple(nodes)
        assert newer.execute("SELECT count(*) FROM nodes").fetchone() == (3,)
        newer.close()

    def test_files_that_nothing_can_write_to_any_more(self, run: Run) -> None:
        """An immutable file refuses even those who have it open (ext4, as root), as a disk does that has
        turned read-only."""
        out = run(
            WRITES_ON
            + """
import array, fcntl
def immutable(on):
    for name in ("igh.db", "igh.db-wal"):
        with open(folder / name, "rb") as file:
            flags = array.array("l", [0])
            fcntl.ioctl(file, 0x80086601, flags)
            flags[0] = flags[0] | 0x10 if on else flags[0] & ~0x10
            fcntl.ioctl(file, 0x40086602, flags)
store = Store.open(folder)
nodes = [life(store)]
nodes += grow(store, nodes[-1], ["a"])
try:
    immutable(True)
except OSError as problem:
    print("cannot:", problem)
    sys.exit()
try:
    nodes += grow(store, nodes[-1], [f"b{i}" for i in range(10)])
    assert store.trouble, "the files were written all the same"
    stays_usable(store, nodes)
finally:
    immutable(False)
nodes += grow(store, nodes[-1], ["c"])
assert store.trouble is None, store.trouble
assert all(on_disk(nodes))
store.close()
"""
        )
        if out.startswith("cannot:"):
            pytest.skip(out.strip())


AS_NOBODY = """
import tempfile
with tempfile.TemporaryDirectory() as anywhere:  # so that all is imported that nobody may not be able to read
    for _ in range(2):
        store = Store.open(Path(anywhere))
        store.export(store.bookmark("x", grow(store, life(store), "x")[0], "", "", 1, ""))
        store.close()
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    open((folder if folder.exists() else folder.parent) / "probe", "w")
    sys.exit("the folder can be written, so this proves nothing")
except PermissionError:
    pass
"""


class TestReadOnly:
    def test_saves_that_cannot_be_written_are_played_on_a_copy(
        self, folder: Path, run: Run, crashed: Callable[[int], list[int]], grow: Grow
    ) -> None:
        """With what is only in the log of a killed window; and the saves stay as they were."""
        store = Store.open(folder)
        grow(store, 10)
        store.close()
        nodes = crashed(5)
        assert (folder / "igh.db-wal").stat().st_size
        self._shut(folder)
        before = _fingerprint(folder)
        out = run(
            AS_NOBODY
            + f"""
store = Store.open(folder)
assert store.temporary and store.folder != folder
assert store.trouble is None
assert len(store.messages) == 1 and f"{folder} cannot be written" in store.messages[0]
mark = store.bookmarks()[0]
assert mark.node == {nodes[-1]}, "the log was not copied"
nodes = grow(store, store.resume(mark).node, ["x", "y"])
assert len(store.path(nodes[-1]).moves) == 17
store.close()
print(store.folder)
"""
        )
        assert _fingerprint(folder) == before
        copy = Path(out.strip())
        assert (copy / "igh.db").exists()
        shutil.rmtree(copy)

    def test_a_folder_that_cannot_be_made(self, folder: Path, run: Run) -> None:
        self._shut(folder.parent)
        out = run(
            AS_NOBODY
            + """
store = Store.open(folder)
assert store.temporary and store.messages
nodes = grow(store, life(store), ["x", "y"])
assert store.bookmarks()[0].node == nodes[-1]
store.close()
print(store.folder)
"""
        )
        assert not folder.exists()
        shutil.rmtree(out.strip())

    def test_a_newer_format_there_is_refused_by_its_own_name(
        self, folder: Path, run: Run, grow: Grow
    ) -> None:
        store = Store.open(folder)
        grow(store, 1)
        store.close()
        raw = sqlite3.connect(folder / "igh.db")
        raw.execute("PRAGMA user_version=7")
        raw.close()
        self._shut(folder)
        run(
            AS_NOBODY
            + """
try:
    Store.open(folder)
except StoreTooNew as problem:
    assert (problem.path, problem.found, problem.known) == (folder / "igh.db", 7, 1), problem
else:
    sys.exit("it was opened")
"""
        )

    def test_a_file_where_the_folder_should_be(self, folder: Path, grow: Grow) -> None:
        folder.write_text("not a folder")
        store = Store.open(folder)
        assert store.temporary
        nodes = grow(store, 2)
        assert store.path(nodes[-1]).nodes == tuple(nodes)
        store.close()
        shutil.rmtree(store.folder)
        assert folder.read_text() == "not a folder"

    @staticmethod
    def _shut(folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            if path.is_file():
                path.chmod(0o444)
        folder.chmod(0o555)


class TestTooNew:
    @pytest.mark.parametrize("log", [False, True])
    def test_it_is_refused_and_not_one_byte_changes(
        self, folder: Path, run: Run, grow: Grow, log: bool
    ) -> None:
        """Also where the newer number is only in the log that a killed window left."""
        store = Store.open(folder)
        grow(store, 3)
        store.close()
        end = "os._exit(0)" if log else "raw.close()"
        run(f"raw = sqlite3.connect(folder / 'igh.db')\nraw.execute('PRAGMA user_version=2')\n{end}")
        assert (folder / "igh.db-wal").exists() == log
        before = _fingerprint(folder)
        for _ in range(2):
            with pytest.raises(StoreTooNew, match="newer version") as caught:
                Store.open(folder)
        after = _fingerprint(folder)
        assert (caught.value.found, caught.value.known) == (2, 1)
        assert {name: after[name] for name in ("igh.db", *(["igh.db-wal"] if log else []))} == {
            name: before[name] for name in before if not name.endswith("-shm")
        }
        assert log or set(after) == {"igh.db"}
        assert os.listdir(folder).count("igh.db") == 1
        raw = sqlite3.connect(folder / "igh.db")
        assert raw.execute("SELECT count(*) FROM nodes n JOIN stories s ON s.id = n.story").fetchone() == (4,)
        assert raw.execute("SELECT title FROM stories").fetchall() == [(STORY,)]
        raw.close()
