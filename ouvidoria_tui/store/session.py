"""One connection to a store: its one kind of transaction, and what is remembered while it lasts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from ouvidoria_tui.desk.ports import PolicyInForce
from ouvidoria_tui.store.connection import connect, explained, immediate
from ouvidoria_tui.store.mail import Mails
from ouvidoria_tui.store.notices import Notices
from ouvidoria_tui.store.people import People
from ouvidoria_tui.store.policies import policy_in_force
from ouvidoria_tui.store.registers import Registers
from ouvidoria_tui.store.writer import Writer


class Session:
    """What :class:`~ouvidoria_tui.store.store.SqliteStore` stands on."""

    def __init__(self, conn: sqlite3.Connection, path: Path) -> None:
        self.conn = conn
        self.path = path
        self.registers = Registers(conn)
        self.people = People(conn, self._flush)
        self.mails = Mails(conn, self._flush)
        self.notices = Notices(conn, self._flush)
        self._policy: PolicyInForce | None = None
        self._policy_may_be_old = False
        self._writer: Writer | None = None
        self._next: dict[str, int] = {}
        self._anchor: bytes | None = None
        self._desk_head: tuple[int, bytes] | None = None

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, busy_seconds: float | None = None) -> Self:
        """The store at ``path``; ``StoreError`` where it cannot be used."""
        return cls(connect(path, read_only=read_only, busy_seconds=busy_seconds), path)

    def close(self) -> None:
        """Lets go of the file."""
        self.conn.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One write transaction; inside another one a savepoint: what it did is taken back if it raises."""
        outermost = not self.conn.in_transaction
        if not outermost:
            self._flush()  # before the savepoint: what waits belongs to the outer one and stays
        try:
            with explained(self.path), immediate(self.conn):
                if outermost:
                    self._forget()
                yield
                self._flush()
        except BaseException:
            self._forget()
            raise
        finally:
            if outermost:
                self._next.clear()

    def _forget(self) -> None:
        """What was remembered of the store may have been changed by others, or been taken back."""
        self._next.clear()
        self._anchor = None
        self._desk_head = None
        self._writer = None
        self._policy_may_be_old = True
        self.registers.forget()

    def _flush(self) -> None:
        if self._writer is not None:
            self._writer.flush()

    @property
    def writer(self) -> Writer:
        """Where recorded events wait for :meth:`_flush`."""
        if self._writer is None:
            self._writer = Writer(self.conn, self.policy().policy.zone)
        return self._writer

    def policy(self) -> PolicyInForce:
        """The policy in force. What is recorded follows the newest, also one that another process applied."""
        if self._policy is not None and self._policy_may_be_old:
            newest = self.conn.execute("SELECT max(version) FROM policy").fetchone()[0]
            if newest != self._policy.version:
                self._policy = None
        if self._policy is None:
            self._policy = policy_in_force(self.conn)
        self._policy_may_be_old = False
        return self._policy
