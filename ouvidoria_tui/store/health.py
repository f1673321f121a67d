"""Is the store well: the engine, the file, its shape, what it holds, and whether it can be written to."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

from ouvidoria_tui.domain.checkup import Check, Health
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.policy_check import FindingKind, check
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.store.connection import SCHEMA_VERSION, connect, explained
from ouvidoria_tui.store.health_areas import area_checks
from ouvidoria_tui.store.health_mail import mail_checks
from ouvidoria_tui.store.health_people import people_checks
from ouvidoria_tui.store.place import holders, place_checks
from ouvidoria_tui.store.policies import policy_in_force
from ouvidoria_tui.store.registers import Registers
from ouvidoria_tui.text import N_, NN_, Text

Look = Callable[[sqlite3.Connection, Path], Check]

#: STRICT tables came with it.
OLDEST_SQLITE = (3, 37, 0)
#: So long the check waits for another writer, in milliseconds.
_PATIENCE = 2_000


def engine_check(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> Check:
    """Whether SQLite is new enough and can search."""
    written = ".".join(map(str, version))
    if version < OLDEST_SQLITE:
        return Check(
            "sqlite",
            Health.PROBLEM,
            N_("SQLite {version} is too old", version=written),
            N_("version {oldest} or newer is needed", oldest=".".join(map(str, OLDEST_SQLITE))),
        )
    try:
        with closing(sqlite3.connect(":memory:")) as conn:
            conn.execute("CREATE TABLE plain (word TEXT) STRICT")
            conn.execute("CREATE VIRTUAL TABLE search USING fts5 (word)")
    except sqlite3.Error as error:
        return Check(
            "sqlite",
            Health.PROBLEM,
            N_("SQLite {version} lacks something: {reason}", version=written, reason=str(error)),
            N_("use a Python whose SQLite was built with FTS5"),
        )
    return Check("sqlite", Health.OK, N_("SQLite {version} with FTS5 and STRICT", version=written))


def store_checks(path: Path, *, agent: str, now: int) -> Iterator[Check]:
    """Everything about the store at ``path``, ``agent`` being who would act; stops where it cannot be opened."""
    if not os.path.exists(path):  # unlike Path.exists it answers also where nobody may look
        yield Check(
            "store",
            Health.PROBLEM,
            N_("there is no store at {path}", path=str(path)),
            N_("create one with: ouvidoria --db {path} init", path=str(path)),
        )
        return
    try:
        conn = connect(path)
    except OuvidoriaError as error:
        yield Check("store", Health.PROBLEM, error.message, error.hint)
        return
    with closing(conn):
        yield Check("store", Health.OK, N_("{path} opens", path=str(path)))
        yield from place_checks(path)
        looks: dict[str, Look] = {
            "schema": _schema,
            "integrity": _integrity,
            "log": _log,
            "writing": _writing,
        }
        for name, look in looks.items():
            yield _guarded(name, look, conn, path)
        yield from _desk(conn, path, agent, now)


def _guarded(name: str, look: Look, conn: sqlite3.Connection, path: Path) -> Check:
    try:
        with explained(path):
            return look(conn, path)
    except OuvidoriaError as error:
        return Check(name, Health.PROBLEM, error.message, error.hint)


def _schema(conn: sqlite3.Connection, path: Path) -> Check:
    version = int(conn.execute("PRAGMA user_version").fetchone()[0])
    if version != SCHEMA_VERSION:
        return Check(
            "schema",
            Health.PROBLEM,
            N_("the store has schema {found}, this ouvidoria {known}", found=version, known=SCHEMA_VERSION),
            N_("its creation was not finished; found the desk anew or restore a backup"),
        )
    return Check("schema", Health.OK, N_("schema {version}", version=version))


def _integrity(conn: sqlite3.Connection, path: Path) -> Check:
    first = str(conn.execute("PRAGMA quick_check(1)").fetchone()[0])
    if first != "ok":
        return Check(
            "integrity",
            Health.PROBLEM,
            N_("the file is damaged: {reason}", reason=first[:200]),
            N_("keep a copy of the file as it is and restore the newest backup"),
        )
    return Check("integrity", Health.OK, N_("the pages are well; `ouvidoria verify` proves the ledger"))


def _log(conn: sqlite3.Connection, path: Path) -> Check:
    mode = str(conn.execute("PRAGMA journal_mode").fetchone()[0])
    if mode != "wal":
        return Check(
            "log",
            Health.WARNING,
            N_("the journal is {mode}: readers and writers wait for one another", mode=mode),
            N_("close every ouvidoria, then: sqlite3 {path} 'PRAGMA journal_mode = WAL'", path=str(path)),
        )
    return Check("log", Health.OK, N_("write-ahead log"))


def _writing(conn: sqlite3.Connection, path: Path) -> Check:
    conn.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
    others = ", ".join(holders(path))
    try:
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise
        return Check(
            "writing",
            Health.WARNING,
            N_("somebody has been writing for more than {seconds} s", seconds=_PATIENCE // 1000),
            N_("open in: {names}; end the one that hangs", names=others)
            if others
            else N_("wait for the import to end, or end the process that hangs"),
        )
    if others:
        return Check("writing", Health.OK, N_("can be written to; also open in: {names}", names=others))
    return Check("writing", Health.OK, N_("can be written to"))


def _desk(conn: sqlite3.Connection, path: Path, agent: str, now: int) -> Iterator[Check]:
    try:
        with explained(path):
            in_force = policy_in_force(conn)
            known = Registers(conn).agent(agent)
            row = conn.execute("SELECT max(day) FROM holiday").fetchone()
    except OuvidoriaError as error:
        yield Check("policy", Health.PROBLEM, error.message, error.hint)
        return
    yield _policy(in_force.policy, in_force.version)
    yield _holidays(in_force.policy, row[0], now)
    if known is None:
        yield Check(
            "agent",
            Health.WARNING,
            N_("{login} is not an agent of this desk", login=agent),
            N_("name one with --as, or ask an administrator to register {login}", login=agent),
        )
    elif not known.active:
        yield Check(
            "agent",
            Health.WARNING,
            N_("{login} is not an active agent of this desk", login=agent),
            N_("`ouvidoria agent activate` lets an agent act again"),
        )
    else:
        yield Check("agent", Health.OK, N_("{login}, {role}", login=agent, role=known.role.value))
    yield from mail_checks(conn, now)
    yield from people_checks(conn, in_force.policy.gates.stale_months, now)
    yield from area_checks(conn, in_force.policy, now)


def _policy(policy: Policy, version: int) -> Check:
    found = [one.severity for one in check(policy)]
    if not found:
        return Check("policy", Health.OK, N_("{key}, version {version}", key=policy.key, version=version))
    message = NN_(
        "{key}, version {version}: {count} finding ({kinds})",
        "{key}, version {version}: {count} findings ({kinds})",
        len(found),
        key=policy.key,
        version=version,
        kinds=_kinds(found),
    )
    if all(kind is FindingKind.ASSUMPTION for kind in found):
        return Check("policy", Health.OK, message)
    return Check("policy", Health.WARNING, message, N_("`ouvidoria policy check` names them"))


def _kinds(found: Sequence[FindingKind]) -> Text:
    """How many there are of each kind: ``2 warnings, 3 assumptions``."""
    errors, warnings, assumptions = (found.count(kind) for kind in FindingKind)
    said = [
        NN_("{count} error", "{count} errors", errors),
        NN_("{count} warning", "{count} warnings", warnings),
        NN_("{count} assumption", "{count} assumptions", assumptions),
    ]
    return reduce(
        lambda first, then: N_("{first}, {then}", first=first, then=then),
        [text for text in said if text.count],
    )


def _holidays(policy: Policy, last: str | None, now: int) -> Check:
    if not any(rule.holidays for rule in policy.calendars.values()):
        return Check("holidays", Health.OK, N_("no calendar of this desk closes on holidays"))
    wanted = datetime.fromtimestamp(now, UTC).year + 1
    if last is None or int(last[:4]) < wanted:
        return Check(
            "holidays",
            Health.WARNING,
            N_("no holiday of {year} is known: deadlines would run through them", year=wanted),
            N_("see what is known with: ouvidoria calendar show --year {year}", year=wanted),
        )
    return Check("holidays", Health.OK, N_("known until {day}", day=last))
