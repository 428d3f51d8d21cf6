"""Out of a damaged database, everything that can still be read.

The damaged files are copied before anything else and set aside under a new name afterwards, so nothing
here can make it worse. Rows are fetched range by range, since one unreadable page ends a scan; a node whose
row is gone is put together from the indexes; and every node is believed only if its id is the one that its
parent and its move give.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from game.saves.folder import SUFFIXES, copy_database
from game.saves.model import Snapshot, stable_id
from game.saves.schema import COLUMNS, connect, insert, log_is_sound, migrate

__all__ = ["Row", "Value", "rescue", "salvage"]

Value = int | str | None
Row = tuple[Value, ...]
_LAST_SEQ = (1 << 40) - 1
_PATIENCE = 40_000
"""How many ranges of a table may be unreadable before the rest of it is given up."""
_PAGE, _LOG_HEADER, _FRAME_HEADER = 4096, 32, 24


def rescue(database: Path) -> str:
    """Put a new database in the place of a damaged one; returns what the player must be told.

    Raises OSError or sqlite3.Error, with the damaged files where they were, if the disk does not let it.
    """
    fresh = database.with_name(f"{database.name}.new")
    for suffix in SUFFIXES:
        fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="igh-rescue-") as folder:
        copy = copy_database(database, Path(folder))
        target = connect(fresh)
        try:
            migrate(target)
            _read_what_is_left(copy, target)
            heal(target)
            found = [
                target.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("nodes", "bookmarks")
            ]
        finally:
            target.close()
    aside = _set_aside(database)
    os.replace(fresh, database)
    told = "Nothing in them could be read, so you begin with new ones"
    if any(found):
        told = f"{found[0]} places and {found[1]} bookmarks could be read, and are in a new file"
    return f"The saves were damaged. {told}; the damaged file has been kept as {aside}."


def _set_aside(database: Path) -> Path:
    """Rename a database, its log and its index together, to a name that nothing has yet."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    for attempt in range(1, 1000):
        aside = database.with_name(f"damaged-{stamp}{f'-{attempt}' if attempt > 1 else ''}.db")
        if not any(aside.with_name(aside.name + suffix).exists() for suffix in SUFFIXES):
            break
    for suffix in reversed(SUFFIXES):
        source = database.with_name(database.name + suffix)
        if source.exists():
            source.rename(aside.with_name(aside.name + suffix))
    return aside


def _read_what_is_left(copy: Path, target: sqlite3.Connection) -> None:
    """Salvage a copy as it is; if nothing comes of it, once more with the first page of a new database.

    The first attempt may have folded the log into the copy, which is as good as having it beside.
    """
    if copy.exists() and not copy.stat().st_size:
        copy.unlink()  # beside an empty database, SQLite deletes the log
    log = copy.with_name(copy.name + "-wal")
    if log.exists() and not log_is_sound(log):
        _fold(log, copy)
    if copy.exists() and _salvage_file(copy, target):
        return
    with tempfile.TemporaryDirectory(prefix="igh-rescue-") as folder:
        donor = copy_database(copy, Path(folder))
        _transplant(donor)
        _salvage_file(donor, target)


def _salvage_file(database: Path, target: sqlite3.Connection) -> bool:
    """False if nothing at all could be read."""
    try:
        source = connect(database)
    except sqlite3.Error:
        return False
    try:
        source.text_factory = lambda raw: raw.decode("utf-8", "replace")
        return salvage(source, target) > 0
    finally:
        source.close()


def _fold(log: Path, database: Path) -> None:
    """Write a log whose header is lost into its database by hand, as far as its last commit."""
    frames = log.read_bytes()[_LOG_HEADER:]
    step = _FRAME_HEADER + _PAGE
    pages: dict[int, bytes] = {}
    committed: dict[int, bytes] = {}
    for at in range(0, len(frames) - step + 1, step):
        if frames[at + 8 : at + 16] != frames[8:16]:
            break  # left over from before the log was last begun anew
        pages[int.from_bytes(frames[at : at + 4], "big")] = frames[at + _FRAME_HEADER : at + step]
        if any(frames[at + 4 : at + 8]):
            committed |= pages
    with database.open("r+b" if database.exists() else "w+b") as file:
        for number, page in committed.items():
            if 0 < number < 1 << 20:
                file.seek((number - 1) * _PAGE)
                file.write(page)
    log.unlink()


def _transplant(database: Path) -> None:
    """Give a database the first page of a new one. Ours all have the same tables in the same pages."""
    with tempfile.TemporaryDirectory(prefix="igh-rescue-") as folder:
        fresh = Path(folder) / "fresh.db"
        connection = connect(fresh)
        migrate(connection)
        connection.close()
        page = bytearray(fresh.read_bytes()[:_PAGE])
    page[28:32] = bytes(4)  # the number of pages: SQLite then goes by the size of the file
    page[32:40] = bytes(8)  # the list of free pages
    with database.open("r+b" if database.exists() else "w+b") as file:
        file.write(page)


def salvage(source: sqlite3.Connection, target: sqlite3.Connection) -> int:
    """Copy every row that can be read and is not there yet; returns how many were read. Never raises for
    what it finds in `source`."""
    read = 0
    target.execute("BEGIN IMMEDIATE")
    try:
        for table, columns in COLUMNS.items():
            put = insert(table, ignore=True)
            known: set[Value] = set()
            for _, *row in _rows(source, table, columns):
                if _believable(table, row):
                    target.execute(put, row)
                    known.add(row[0])
            for spare in _spare_rows(source, table):
                if spare[0] not in known:
                    target.execute(put, spare)
                    known.add(spare[0])
            read += len(known)
        target.execute("COMMIT")
    except BaseException:
        if target.in_transaction:
            target.execute("ROLLBACK")
        raise
    return read


def _rows(source: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table in order, each with its `seq` first; around what cannot be read, by halves."""
    query = f"SELECT seq, {', '.join(columns)} FROM {table} WHERE seq BETWEEN ? AND ? ORDER BY seq"
    ranges = [(0, _LAST_SEQ)]
    failures = 0
    while ranges and failures < _PATIENCE:
        low, high = ranges.pop()
        try:
            for row in source.execute(query, (low, high)):
                yield row
                low = row[0] + 1
        except (sqlite3.Error, ValueError, OverflowError) as problem:
            if getattr(problem, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
                return  # there is no such table
            failures += 1
            if low < high:
                middle = (low + high) // 2
                ranges += [(middle + 1, high), (low, middle)]


def _believable(table: str, row: Sequence[Value]) -> bool:
    if not isinstance(row[0], int) or row[0] <= 0:
        return False
    if table != "nodes":
        return True
    node, _, parent, move, *words, offered, opening, made = row
    if parent is not None and node != stable_id(parent, move):
        return False
    try:
        msgspec.json.decode(str(offered), type=list[str])
        if opening is not None:
            msgspec.json.decode(str(opening), type=Snapshot)
    except msgspec.MsgspecError:
        return False
    return all(isinstance(value, str) for value in (move, *words, offered, made))


def _spare_rows(source: sqlite3.Connection, table: str) -> Iterator[Row]:
    """What else there is of a table: the nodes in the indexes, and the bookmarks without their long lists."""
    if table == "nodes":
        yield from _from_indexes(source)
    elif table == "bookmarks":
        for _, *row in _rows(source, table, COLUMNS[table][:-2]):
            yield (*row, None, None)


def _from_indexes(source: sqlite3.Connection) -> Iterator[Row]:
    """The nodes as the indexes have them: their moves, and their passages where those can be read too."""
    ids = {seq: row[0] for seq, row in _index(source, "nodes_id", "id")}
    passages = dict(_index(source, "nodes_passage", "story", "passage"))
    for seq, (parent, move) in _index(source, "nodes_move", "parent", "move"):
        node = ids.get(seq) if parent is None else stable_id(parent, move)
        story, passage = passages.get(seq, (0, ""))
        if node is not None and node == ids.get(seq, node) and isinstance(move, str):
            yield (node, story, parent, move, passage, "", "", "[]", None if move else "{}", "")


def _index(source: sqlite3.Connection, index: str, *columns: str) -> Iterator[tuple[int, Row]]:
    """What an index holds, by `seq`: from its beginning, and from its end, as far as each can be read."""
    found: set[int] = set()
    for order in ("ASC", "DESC"):
        keys = ", ".join(f"{column} {order}" for column in columns)
        query = f"SELECT seq, {', '.join(columns)} FROM nodes INDEXED BY {index} ORDER BY {keys}"
        try:
            for seq, *row in source.execute(query):
                if seq in found:
                    break  # the other direction has been here
                found.add(seq)
                yield seq, tuple(row)
        except (sqlite3.Error, ValueError, OverflowError):
            continue


def heal(target: sqlite3.Connection) -> None:
    """Make a salvaged database whole: no node that cannot be reached from an opening, no bookmark elsewhere.

    A named bookmark brings its own list of moves. An autosave whose place is lost goes to the newest place
    of its story that is left.
    """
    target.execute("BEGIN IMMEDIATE")
    try:
        named = "SELECT node, story, origin, trail FROM bookmarks WHERE auto = 0"
        for row in target.execute(named).fetchall():
            _regrow(target, *row)
        target.execute(f"{_REACHED} DELETE FROM nodes WHERE id NOT IN (SELECT id FROM reached)")
        while target.execute(_INHERIT).rowcount:
            pass
        target.execute(
            """UPDATE bookmarks SET node = coalesce(
               (SELECT id FROM nodes WHERE story = bookmarks.story ORDER BY seq DESC LIMIT 1), 0)
               WHERE node NOT IN (SELECT id FROM nodes)"""
        )
        target.execute("DELETE FROM bookmarks WHERE node = 0")
        target.execute("COMMIT")
    except BaseException:
        target.execute("ROLLBACK")
        raise


_REACHED = """WITH RECURSIVE reached(id) AS (
    SELECT id FROM nodes WHERE opening IS NOT NULL
    UNION SELECT n.id FROM nodes n JOIN reached ON n.parent = reached.id)"""
_INHERIT = """UPDATE nodes SET
    story = (SELECT p.story FROM nodes p WHERE p.id = nodes.parent),
    episode = (SELECT p.episode FROM nodes p WHERE p.id = nodes.parent)
    WHERE (story = 0 OR episode = '')
    AND EXISTS (SELECT 1 FROM nodes p WHERE p.id = nodes.parent AND p.story <> 0 AND p.episode <> '')"""


def _regrow(target: sqlite3.Connection, node: int, story: int, origin: str, trail: str) -> None:
    """Put back the nodes of a named bookmark's path that are missing, from the list of moves it keeps."""
    try:
        episode, snapshot, root = msgspec.json.decode(origin, type=tuple[str, Snapshot, int])
        moves = msgspec.json.decode(trail, type=list[str])
    except (msgspec.MsgspecError, TypeError):
        return
    opening = msgspec.json.encode(snapshot).decode()
    put = insert("nodes", ignore=True)
    target.execute(put, (root, story, None, "", "", episode, "", "[]", opening, ""))
    target.execute("UPDATE nodes SET opening = ? WHERE id = ? AND opening = '{}'", (opening, root))
    parent = root
    for move in moves:
        child = stable_id(parent, move)
        target.execute(put, (child, story, parent, move, "", episode, "", "[]", None, ""))
        parent = child
    if parent != node:  # the list is authoritative: it is what the player saved
        target.execute("UPDATE bookmarks SET node = ? WHERE node = ? AND auto = 0", (parent, node))
