"""How a store comes to its present shape: named steps, each applied once (sqlite-utils ``Migrations``)."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from ouvidoria_tui.store import schema
from ouvidoria_tui.store.connection import SCHEMA_VERSION

migrations = Migrations("ouvidoria")


def _run(db: Database, script: str) -> None:
    """Each statement of ``script`` by itself: ``executescript`` would commit the transaction under us."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if _complete(statement):
            db.conn.execute(statement)
            statement = ""


def _complete(statement: str) -> bool:
    import sqlite3

    return bool(statement.strip()) and sqlite3.complete_statement(statement)


@migrations()
def m001_desk(db: Database) -> None:
    """The ledger, its projections, the registers, search."""
    for script in (schema.TABLES, schema.INDEXES, schema.SEARCH, schema.TRIGGERS):
        _run(db, script)


def migrate(db: Database) -> None:
    """The store in the newest shape; does nothing where it has it already."""
    migrations.apply(db)
    db.conn.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    db.conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
