"""The database as the store uses it: always there, whatever becomes of the disk.

While the file cannot be written, a copy in memory stands in for it: reads and writes go there, so that
nothing above this module needs to know, and the writes are kept in order. Every later call tries the file
again; when it takes them, all go in at once. Ids do not depend on who writes first, so this is exact even
if another window wrote meanwhile.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from game.saves.failures import FAILURES, Gone, identity, is_busy, is_damage, is_outside, is_read_only, told
from game.saves.folder import DATABASE, copy_database, temporary_copy
from game.saves.model import StoreTooNew
from game.saves.recovery import Row, Value, rescue, salvage
from game.saves.schema import VERSION, connect, examine, insert, migrate
from game.saves.window import turnstile

__all__ = ["Database", "Statement"]

Statement = tuple[str, Sequence[Value]]
_PATIENCE = 2.0
"""Seconds to wait for another window's write before going on without the file; one takes milliseconds."""


class Database:
    """One window's connection to `folder`/igh.db. Every method may be called from any thread.

    `trouble` says why the file cannot be written now, or is None. `messages` is what the player must be
    told. `temporary` is True when `folder` is a copy of the one asked for, which could not be written.
    """

    def __init__(self, folder: Path, lifeline: Callable[[], Iterable[Row]]) -> None:
        """Open the database in `folder`; `lifeline` gives the node rows this window cannot do without.

        Raises StoreTooNew.
        """
        self.messages: list[str] = []
        self.trouble: str | None = None
        self.folder = folder
        self.temporary = False
        self._lifeline = lifeline
        self._lock = threading.RLock()
        self._file: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None  # of the file that is open
        self._home: int | None = None  # the application_id of the file that has all but what waits
        self._memory: sqlite3.Connection | None = None
        self._queue: list[tuple[Statement, ...]] = []
        try:
            self._open()
        except (sqlite3.Error, OSError) as problem:
            if not is_read_only(problem) or not self._open_copy():
                self._stand_in(problem)

    def write(self, *batch: Statement, flush: bool = True) -> None:
        """Do all of `batch` in one transaction, durable when this returns unless there is `trouble`.

        `flush=False` leaves out waiting for the disk: the write survives the end of the process, not of
        the machine.
        """
        with self._lock:
            self.retry()
            if self.trouble is None:
                try:
                    self._commit((batch,), flush)
                    return
                except FAILURES as problem:
                    if not is_outside(problem):
                        raise
                    self._stand_in(problem)
            assert self._memory is not None
            for sql, values in batch:
                self._memory.execute(sql, values)
            self._queue.append(batch)

    def read(self, sql: str, values: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        """All rows of a query."""
        with self._lock:
            self.retry()
            if self.trouble is None:
                assert self._file is not None
                try:
                    return self._file.execute(sql, values).fetchall()
                except FAILURES as problem:
                    if not is_outside(problem):
                        raise
                    self._stand_in(problem)
            assert self._memory is not None
            return self._memory.execute(sql, values).fetchall()

    def retry(self, patience: float = 0.0) -> None:
        """If there is trouble, try to write everything that waits. `patience`: seconds to wait for a lock."""
        with self._lock:
            if self.trouble is None:
                return
            try:
                if not self._same_file():
                    self._open(patience)
                self._wait(patience)
                assert self._file is not None
                serial = _serial(self._file)
                self._commit(self._queue, True, self._memory if serial != self._home else None)
                self._wait(_PATIENCE)
            except FAILURES as problem:
                self.trouble = told(problem)
                self._abandon_unless_sound(problem)
                return
            self._home = serial
            assert self._memory is not None
            self._memory.close()
            self._memory = None
            self._queue.clear()
            self.trouble = None
            self.messages.append("The saves can be written again. Everything you have played is saved.")

    def close(self) -> None:
        """Write what waits, if it can be, and close. May be called again.

        What still cannot be written goes into a temporary folder, and `messages` says which.
        """
        with self._lock:
            if self._file is None and self._memory is None:
                return
            self.retry(_PATIENCE)
            self._abandon()
            if self._memory is not None:
                if self._queue:
                    self._put_elsewhere(self._memory)
                self._memory.close()
                self._memory = None
                self._queue.clear()

    def _put_elsewhere(self, memory: sqlite3.Connection) -> None:
        try:
            folder = Path(tempfile.mkdtemp(prefix="igh-saves-"))
            with contextlib.closing(connect(folder / DATABASE)) as connection:
                migrate(connection)
                salvage(memory, connection)
        except (sqlite3.Error, OSError) as problem:
            self.messages.append(f"What you played last could not be saved anywhere ({problem}).")
        else:
            self.messages.append(
                f"What you played last could not be saved where it belongs. It is in {folder}: play on from "
                "there with --saves, or export it from there."
            )

    def _open(self, patience: float = _PATIENCE) -> None:
        """Open the file, a new one if there is none, a recovered one if it is damaged."""
        self._abandon()
        database = self.folder / DATABASE
        self.folder.mkdir(parents=True, exist_ok=True)
        with turnstile(self.folder, 1.0 + 4 * patience):
            try:
                self._connect(database, patience)
            except sqlite3.DatabaseError as problem:
                if not is_damage(problem):
                    raise
                self.messages.append(rescue(database))
                self._connect(database, patience)

    def _connect(self, database: Path, patience: float) -> None:
        examine(database, patience)
        connection = connect(database, patience)
        try:
            migrate(connection)
            _probe(connection)
        except BaseException:
            connection.close()
            raise
        self._file = connection
        self._identity = identity(database)
        self._home = self._home or _serial(connection)

    def _open_copy(self) -> bool:
        """Play on a temporary copy of saves that cannot be written. False if there is no room for one."""
        asked = self.folder
        try:
            self.folder = temporary_copy(asked / DATABASE).parent
            self._open()
        except StoreTooNew as problem:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise StoreTooNew(asked / DATABASE, problem.found, problem.known) from None
        except (sqlite3.Error, OSError):
            self.folder = asked
            return False
        self.temporary = True
        self.messages.append(
            f"The saves in {asked} cannot be written. You play on a copy of them in {self.folder}; nothing "
            "you do now is kept in your own saves. To keep it, export it before you leave."
        )
        return True

    def _commit(
        self,
        batches: Iterable[Sequence[Statement]],
        flush: bool,
        merge: sqlite3.Connection | None = None,
    ) -> None:
        """Write `batches` in one transaction, after every row of `merge` that is not there."""
        if not self._same_file():
            raise Gone("The saves have been moved or removed.")
        assert self._file is not None
        if merge is not None:
            salvage(merge, self._file)
        if not flush:
            self._file.execute("PRAGMA synchronous=NORMAL")
        try:
            self._file.execute("BEGIN IMMEDIATE")
            found: int = self._file.execute("PRAGMA user_version").fetchone()[0]
            if found != VERSION:
                raise StoreTooNew(self.folder / DATABASE, found, VERSION) if found > VERSION else Gone()
            for batch in batches:
                for sql, values in batch:
                    self._file.execute(sql, values)
            self._file.execute("COMMIT")
        except BaseException:
            if self._file.in_transaction:
                with contextlib.suppress(sqlite3.Error):
                    self._file.execute("ROLLBACK")
            raise
        finally:
            if not flush:
                self._file.execute("PRAGMA synchronous=FULL")

    def _stand_in(self, problem: Exception) -> None:
        """Let a copy in memory take the file's place: all of it that can be read, and the lifeline."""
        self._memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        migrate(self._memory)
        if self._file is not None:
            salvage(self._file, self._memory)
        else:
            self._read_aside()
        for row in self._lifeline():
            self._memory.execute(insert("nodes", ignore=True), row)
        self.trouble = told(problem)
        self.messages.append(self.trouble)
        self._abandon_unless_sound(problem)

    def _read_aside(self) -> None:
        """Read what can be read of a file that does not open, from a copy that is removed again."""
        assert self._memory is not None
        with contextlib.suppress(sqlite3.Error, OSError), tempfile.TemporaryDirectory() as folder:
            copy = copy_database(self.folder / DATABASE, Path(folder))
            with contextlib.closing(connect(copy)) as connection:
                salvage(connection, self._memory)

    def _same_file(self) -> bool:
        return self._file is not None and self._identity == identity(self.folder / DATABASE)

    def _wait(self, patience: float) -> None:
        assert self._file is not None
        self._file.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")

    def _abandon_unless_sound(self, problem: Exception) -> None:
        """Give up the connection after anything but a full disk or a lock: a new one finds out more."""
        if not is_busy(problem):
            self._abandon()

    def _abandon(self) -> None:
        """Close the connection, if it lets us."""
        if self._file is not None:
            with contextlib.suppress(sqlite3.Error):
                self._file.close()
            self._file = None
            self._identity = None


def _serial(connection: sqlite3.Connection) -> int:
    serial: int = connection.execute("PRAGMA application_id").fetchone()[0]
    return serial


def _probe(connection: sqlite3.Connection) -> None:
    """Find out now whether the file can be written. Raises sqlite3.OperationalError if not."""
    try:
        connection.execute("BEGIN IMMEDIATE")  # in a read-only database this alone is not refused
        connection.execute(f"PRAGMA user_version={VERSION}")
    except sqlite3.OperationalError as problem:
        if not is_busy(problem):
            raise
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
