"""Making a new desk: its store, policy version 1, registers, holidays, and its first administrator."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from ouvidoria_tui.bootstrap import system_user
from ouvidoria_tui.clock import Clock, SystemClock
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.permission import Agent, Role
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.paths import data_folder
from ouvidoria_tui.store.connection import create_file, open_new
from ouvidoria_tui.store.founding import add_holidays, add_policy, seed_registers
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.text import N_

#: Years for which holidays are copied into a new store, around the present one.
YEARS_BACK, YEARS_AHEAD = 30, 30


def profile_names() -> list[str]:
    """The profiles that come with the program, by name."""
    return sorted(path.stem for path in (data_folder() / "profiles").glob("*.toml"))


def profile_text(name_or_file: str) -> tuple[str, str]:
    """Name and text of a profile, by its name or from a file.

    Raises ``NotFound`` ``PROFILE_NOT_FOUND``, ``UsageError`` ``PROFILE_UNREADABLE``.
    """
    if name_or_file in profile_names():
        path = data_folder() / "profiles" / f"{name_or_file}.toml"
    else:
        path = Path(name_or_file)
    if not path.is_file():
        raise NotFound(
            "PROFILE_NOT_FOUND",
            N_("there is no profile {name}", name=name_or_file),
            N_("the profiles are: {names}; or name a file", names=", ".join(profile_names())),
        )
    try:
        return path.stem, path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            "PROFILE_UNREADABLE",
            N_("{path} cannot be read as UTF-8 text: {reason}", path=str(path), reason=str(error)),
            N_("save the file as UTF-8 and check the rights on it"),
        ) from error


def found_desk(
    path: Path,
    *,
    profile: str = "hospedagem",
    group: str | None = None,
    clock: Clock | None = None,
    admin: str | None = None,
    environ: Mapping[str, str] = os.environ,
) -> SqliteStore:
    """A new store at ``path`` with policy version 1 and the system user as administrator.

    Where anything fails, nothing is left behind. Raises ``Refused`` ``STORE_EXISTS``.
    """
    if path.exists():
        raise Refused(
            "STORE_EXISTS",
            N_("there is something at {path} already; it was not touched", path=str(path)),
            N_("choose another place with --db, or move that file away"),
        )
    name, text = profile_text(profile)
    policy = parse(text, name=name)
    create_file(path, group=group)
    try:
        conn = open_new(path)
        store = SqliteStore(conn, path)
        _fill(store, policy, text, clock or SystemClock(), admin or system_user(environ))
    except BaseException:
        for suffix in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        raise
    return store


def _fill(store: SqliteStore, policy: Policy, text: str, clock: Clock, admin: str) -> None:
    from sqlite_utils import Database

    from ouvidoria_tui.store.migrations import migrate

    migrate(Database(store.conn))
    now = clock.now()
    store.conn.execute("BEGIN IMMEDIATE")
    version = add_policy(store.conn, policy.key, text, now)
    add_holidays(store.conn, policy, *_holidays(policy, now))
    seed_registers(store.conn, policy)
    agent = store.add_agent(admin, admin, Role.ADMINISTRATOR, True, now)
    store.conn.execute("COMMIT")
    desk = Desk(store, clock, agent, admin, os.urandom)
    with store.transaction():
        record_desk_act(desk, Act.DESK_CREATED, {"profile": policy.key})
        record_desk_act(
            desk, Act.POLICY_APPLIED, {"version": version, "key": policy.key, "sha256": _digest(text)}
        )
        record_desk_act(desk, Act.AGENT_REGISTERED, _agent_facts(agent))


def _holidays(policy: Policy, now: int) -> tuple[dict[date, str], str]:
    from ouvidoria_tui.intake import holidays

    year = datetime.fromtimestamp(now, UTC).year
    rule = policy.holidays
    years = range(max(1970, year - YEARS_BACK), year + YEARS_AHEAD + 1)
    found = holidays.brazil(years, rule.state, rule.optional, rule.local)
    return found, holidays.SOURCE


def _digest(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode("utf-8")).hexdigest()


def _agent_facts(agent: Agent) -> dict[str, object]:
    return {"agent": agent.id, "role": agent.role.value, "active": agent.active}
