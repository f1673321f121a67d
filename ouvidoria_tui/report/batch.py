"""What batch work may ask of the store, by name: tickets that wait for triage, all tickets, care around an import."""

from __future__ import annotations

from ouvidoria_tui.store.bulk import analyse, bulk
from ouvidoria_tui.store.extract import count, ids
from ouvidoria_tui.store.first_line import Priors
from ouvidoria_tui.store.reading import connection, records, snapshot
from ouvidoria_tui.store.search import Context
from ouvidoria_tui.store.triage_reads import Originals, case_of, count_pending, pending

__all__ = [
    "Context",
    "Originals",
    "Priors",
    "analyse",
    "bulk",
    "case_of",
    "connection",
    "count",
    "count_pending",
    "ids",
    "pending",
    "records",
    "snapshot",
]
