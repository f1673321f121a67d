"""The policy in force: its newest version, parsed, with its clocks compiled over the store's own holidays."""

from __future__ import annotations

import sqlite3
from datetime import date

from ouvidoria_tui.desk.ports import PolicyInForce
from ouvidoria_tui.domain.deadline import compile_clocks
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.errors import StoreError
from ouvidoria_tui.store.policy_hours import closed_under, earlier_hours, with_earlier
from ouvidoria_tui.text import N_


def policy_in_force(conn: sqlite3.Connection, version: int | None = None) -> PolicyInForce:
    """The newest policy of the store, or one ``version`` of it; ``StoreError`` ``STORE_CORRUPT`` without any."""
    row = conn.execute(
        "SELECT version, toml, key FROM policy WHERE ifnull(version = ?, 1) ORDER BY version DESC LIMIT 1",
        (version,),
    ).fetchone()
    if row is None:
        raise StoreError(
            "STORE_CORRUPT",
            N_("the store holds no policy: its creation was not finished"),
            N_("remove the file and run `ouvidoria init` again"),
        )
    policy = parse(row["toml"], name=row["key"])
    version, earlier = int(row["version"]), earlier_hours(conn)
    closed = closed_under(earlier, version, holidays(conn))
    clocks = with_earlier(compile_clocks(policy, closed), version, closed, earlier)
    return PolicyInForce(version, policy, closed, clocks)


def policy_text(conn: sqlite3.Connection) -> str:
    """The newest policy as it was written."""
    row = conn.execute("SELECT toml FROM policy ORDER BY version DESC LIMIT 1").fetchone()
    return "" if row is None else str(row["toml"])


def holidays(conn: sqlite3.Connection) -> dict[date, str]:
    """The desk's closed days, by date, with their names."""
    rows = conn.execute("SELECT day, name FROM holiday ORDER BY day")
    return {date.fromisoformat(row["day"]): row["name"] for row in rows}
