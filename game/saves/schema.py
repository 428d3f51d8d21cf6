"""The tables, and how an older database becomes a newer one.

`PRAGMA user_version` is the number of the newest entry of `VERSIONS` that a database has been through. An
entry is never edited once it is released; a change is a new one at the end.
"""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path

import msgspec

from game.saves.model import StoreTooNew

__all__ = [
    "COLUMNS",
    "VERSION",
    "VERSIONS",
    "Version",
    "connect",
    "examine",
    "insert",
    "log_is_sound",
    "migrate",
    "version_of",
]


class Version(msgspec.Struct, frozen=True):
    """One step of the schema: what it added, in words, and the SQL that adds it."""

    number: int
    added: str
    statements: tuple[str, ...]


VERSIONS = (
    Version(
        1,
        "stories, nodes, bookmarks, settings, seen",
        (
            """CREATE TABLE stories(
                seq INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE, title TEXT NOT NULL UNIQUE,
                edition TEXT NOT NULL, made TEXT NOT NULL)""",
            """CREATE TABLE nodes(
                seq INTEGER PRIMARY KEY, id INTEGER NOT NULL, story INTEGER NOT NULL, parent INTEGER,
                move TEXT NOT NULL, passage TEXT NOT NULL, episode TEXT NOT NULL, edition TEXT NOT NULL,
                offered TEXT NOT NULL, opening TEXT, made TEXT NOT NULL)""",
            "CREATE UNIQUE INDEX nodes_id ON nodes(id)",
            "CREATE UNIQUE INDEX nodes_move ON nodes(parent, move)",
            "CREATE INDEX nodes_passage ON nodes(story, passage)",
            """CREATE TABLE bookmarks(
                seq INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE, story INTEGER NOT NULL,
                node INTEGER NOT NULL, name TEXT NOT NULL, auto INTEGER NOT NULL, owner TEXT UNIQUE,
                episode TEXT NOT NULL, place TEXT NOT NULL, moves INTEGER NOT NULL, line TEXT NOT NULL,
                made TEXT NOT NULL, origin TEXT, trail TEXT)""",
            """CREATE TABLE settings(
                seq INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
                value TEXT NOT NULL)""",
            """CREATE TABLE seen(
                seq INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE, story INTEGER NOT NULL,
                passage TEXT NOT NULL, UNIQUE(story, passage))""",
        ),
    ),
)
VERSION = VERSIONS[-1].number

_SMALLEST = 512  # bytes: no database has a smaller page, and SQLite takes a smaller file for an empty one

COLUMNS: dict[str, tuple[str, ...]] = {
    "stories": ("id", "title", "edition", "made"),
    "nodes": (
        *("id", "story", "parent", "move", "passage"),
        *("episode", "edition", "offered", "opening", "made"),
    ),
    "bookmarks": (
        *("id", "story", "node", "name", "auto", "owner", "episode", "place"),
        *("moves", "line", "made", "origin", "trail"),
    ),
    "settings": ("id", "name", "value"),
    "seen": ("id", "story", "passage"),
}
"""Every table with its columns, but for the first, `seq`.

Ids are what the rows are known by, 63 bits of a hash or of chance; `seq` is the order they were written in,
so that what is lost with a page, or with the end of a file, is what happened together.
"""


def insert(table: str, *, ignore: bool = False) -> str:
    """The start of a statement that writes one row of `COLUMNS[table]`; with `ignore`, if it is not there."""
    columns = COLUMNS[table]
    verb = "INSERT OR IGNORE" if ignore else "INSERT"
    return f"{verb} INTO {table}({', '.join(columns)}) VALUES({', '.join('?' * len(columns))})"


def connect(database: Path | str, patience: float = 2.0) -> sqlite3.Connection:
    """Open a database for writing; every commit is on the disk when it returns.

    `patience` is how many seconds to wait for another window's write. Raises sqlite3.Error.
    """
    connection = sqlite3.connect(
        str(database), timeout=patience, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA page_size=4096")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema to VERSION, in one transaction. An empty database gets all of it, and a random
    `application_id`, by which one that was made anew under the same name is known from the one before.
    """
    if _version(connection) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        reached = _version(connection)  # another window may have been quicker
        if not reached:
            connection.execute(f"PRAGMA application_id={secrets.randbits(31)}")
        for version in VERSIONS[reached:]:
            for statement in version.statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={version.number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def examine(database: Path, patience: float = 2.0) -> None:
    """Check a database without changing it or its log.

    Through a read-only connection, because closing the last ordinary one folds the log into the database.
    `patience` is how many seconds to wait for a lock.
    Raises StoreTooNew; sqlite3.DatabaseError if it is damaged or cannot be read now.
    """
    log = database.with_name(database.name + "-wal")
    size = database.stat().st_size if database.exists() else 0
    if size < _SMALLEST:
        # SQLite would take a stump for an empty database, and delete a log that has lost its database.
        if size or (log.exists() and log.stat().st_size):
            raise sqlite3.DatabaseError("a stump, or a write-ahead log without its database")
        return
    if (found := version_of(database, patience)) > VERSION:
        raise StoreTooNew(database, found, VERSION)
    if log.exists() and not log_is_sound(log):
        raise sqlite3.DatabaseError("the write-ahead log has lost its header")
    connection = _read_only(database, patience)
    try:
        problems = connection.execute("PRAGMA quick_check(1)").fetchall()
        if problems != [("ok",)]:
            raise sqlite3.DatabaseError(f"the check says: {problems[0][0]}")
        _require_tables(connection, found)
    finally:
        connection.close()


def _require_tables(connection: sqlite3.Connection, version: int) -> None:
    if version == 0:
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise sqlite3.DatabaseError("not a database of this game")
        return
    for table, columns in COLUMNS.items():
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        if not there.issuperset(columns):
            raise sqlite3.DatabaseError(f"table {table} is not what it should be")


def version_of(database: Path, patience: float = 2.0) -> int:
    """The `user_version` of a database as it stands, log included; 0 where it cannot be told.

    With no log beside it nobody has it open, and its header can be read as bytes. (Reading a database that
    this process has open would drop its POSIX locks.)
    """
    if not database.with_name(database.name + "-wal").exists():
        with database.open("rb") as file:
            header = file.read(100)
        return int.from_bytes(header[60:64], "big") if header.startswith(b"SQLite format 3\x00") else 0
    connection = _read_only(database, patience)
    try:
        return _version(connection)
    finally:
        connection.close()


def _read_only(database: Path, patience: float) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=patience)


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def log_is_sound(log: Path) -> bool:
    """Whether the header of a write-ahead log is whole; SQLite silently drops a log whose header is not."""
    with log.open("rb") as file:
        header = file.read(32)
    if len(header) < 32:
        return True  # nothing was ever committed to it
    magic = int.from_bytes(header[:4], "big")
    if magic not in (0x377F0682, 0x377F0683):
        return False
    order: str = "big" if magic & 1 else "little"
    words = [int.from_bytes(header[i : i + 4], order) for i in range(0, 24, 4)]  # type: ignore[arg-type]
    first = second = 0
    for index in range(0, 6, 2):
        first = (first + words[index] + second) & 0xFFFFFFFF
        second = (second + words[index + 1] + first) & 0xFFFFFFFF
    return [int.from_bytes(header[i : i + 4], "big") for i in (24, 28)] == [first, second]
