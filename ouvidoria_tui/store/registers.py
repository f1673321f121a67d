"""The registers of the house: agents, departments, areas, plans, causes. Their changes are events of the desk."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date

from ouvidoria_tui.domain.permission import Agent, Role
from ouvidoria_tui.domain.register_entry import Entry
from ouvidoria_tui.domain.staff import Absence, Competence

_NAMED = frozenset({"department", "area", "plan", "cause"})
_COLUMNS = {
    "department": "slug, name, scope, active",
    "area": "slug, name, scope, active, email, head, due_days",
    "plan": "slug, name, rank, support_level, active",
}
_ORDER = {"department": "name", "area": "name", "plan": "rank, name"}


class Registers:
    """Reading and writing the registers of one connection, with the small ones remembered."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self._slugs: dict[str, dict[str, str]] = {}

    def forget(self) -> None:
        """Drops what is remembered: another process may have written."""
        self._slugs.clear()

    def agent(self, login: str) -> Agent | None:
        """The agent of a login."""
        row = self.conn.execute("SELECT * FROM agent WHERE login = ?", (login,)).fetchone()
        return None if row is None else self._agent(row)

    def agents(self) -> list[Agent]:
        """All agents, in the order they were registered."""
        return [self._agent(row) for row in self.conn.execute("SELECT * FROM agent ORDER BY id").fetchall()]

    def _agent(self, row: sqlite3.Row) -> Agent:
        able = self.conn.execute(
            "SELECT name, until, note FROM competence WHERE agent_id = ? ORDER BY name", (row["id"],)
        )
        away = self.conn.execute(
            "SELECT first_day, last_day, delegate FROM absence WHERE agent_id = ? ORDER BY first_day",
            (row["id"],),
        )
        return Agent(
            row["id"],
            row["login"],
            row["name"],
            Role(row["role"]),
            bool(row["active"]),
            tuple(Competence(one[0], _day(one[1]), one[2]) for one in able),
            tuple(Absence(date.fromisoformat(one[0]), date.fromisoformat(one[1]), one[2]) for one in away),
        )

    def add_agent(self, login: str, name: str, role: Role, active: bool, at: int) -> Agent:
        """A new agent."""
        cursor = self.conn.execute(
            "INSERT INTO agent (login, name, role, active, created_at) VALUES (?, ?, ?, ?, ?)",
            (login, name, role.value, int(active), at),
        )
        return Agent(int(cursor.lastrowid or 0), login, name, role, active)

    def update_agent(self, agent: Agent) -> None:
        """New role and state, competences and absences of a known agent."""
        self.conn.execute(
            "UPDATE agent SET role = ?, active = ? WHERE id = ?",
            (agent.role.value, int(agent.active), agent.id),
        )
        self.conn.execute("DELETE FROM competence WHERE agent_id = ?", (agent.id,))
        self.conn.executemany(
            "INSERT INTO competence VALUES (?, ?, ?, ?)",
            [
                (agent.id, one.name, None if one.until is None else one.until.isoformat(), one.note)
                for one in agent.competences
            ],
        )
        self.conn.execute("DELETE FROM absence WHERE agent_id = ?", (agent.id,))
        self.conn.executemany(
            "INSERT INTO absence VALUES (?, ?, ?, ?)",
            [(agent.id, one.first.isoformat(), one.last.isoformat(), one.delegate) for one in agent.absences],
        )

    def known_slugs(self, kind: str) -> Mapping[str, str]:
        """Slug → name of a register."""
        if kind not in _NAMED:
            raise ValueError(kind)
        if kind not in self._slugs:
            rows = self.conn.execute(f"SELECT slug, name FROM {kind} WHERE active = 1 ORDER BY slug")
            self._slugs[kind] = {row["slug"]: row["name"] for row in rows}
        return self._slugs[kind]

    def ensure_named(self, kind: str, slug: str, name: str) -> bool:
        """An entry of a register; true where it is new. One that was deactivated stays so."""
        if slug in self.known_slugs(kind):
            return False
        done = self.conn.execute(f"INSERT OR IGNORE INTO {kind} (slug, name) VALUES (?, ?)", (slug, name))
        if done.rowcount == 1:
            self._slugs[kind][slug] = name
        return done.rowcount == 1

    def entries(self, kind: str) -> list[Entry]:
        """The entries of a register, those that are not active any more behind the others."""
        columns = _COLUMNS.get(kind, "slug, name, active")
        rows = self.conn.execute(f"SELECT {columns} FROM {kind} ORDER BY active DESC, {_ORDER[kind]}")
        return [Entry(**{name: row[name] for name in row.keys()}) for row in rows]  # noqa: SIM118 - a Row

    def put_entry(self, kind: str, entry: Entry) -> None:
        """An entry as it is now, new or known."""
        names = _COLUMNS[kind].split(", ")
        marks = ", ".join("?" * len(names))
        self.conn.execute(
            f"INSERT INTO {kind} ({', '.join(names)}) VALUES ({marks}) ON CONFLICT (slug) DO UPDATE SET "
            + ", ".join(f"{name} = excluded.{name}" for name in names),
            [getattr(entry, name) for name in names],
        )
        self._slugs.pop(kind, None)

    def open_tickets(self, kind: str, slug: str) -> int:
        """How many tickets that are not closed stand in a department, or with an area."""
        sql = f"SELECT count(*) FROM ticket WHERE {kind} = ? AND status <> 'closed'"
        return int(self.conn.execute(sql, (slug,)).fetchone()[0])


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
