"""What batch work may ask of the store, by name: what waits for triage, whatever goes out, care around an import."""

from __future__ import annotations

from ouvidoria_tui.store.bulk import analyse, bulk
from ouvidoria_tui.store.extract import count, desk_events, extras, ids
from ouvidoria_tui.store.first_line import Priors
from ouvidoria_tui.store.reading import connection, logins, records, snapshot
from ouvidoria_tui.store.reading_file import details
from ouvidoria_tui.store.related import blob
from ouvidoria_tui.store.search import Context
from ouvidoria_tui.store.triage_reads import Originals, case_of, count_pending, pending, pending_refs

__all__ = [
    "Context",
    "Originals",
    "Priors",
    "analyse",
    "blob",
    "bulk",
    "case_of",
    "connection",
    "count",
    "count_pending",
    "desk_events",
    "details",
    "extras",
    "ids",
    "logins",
    "pending",
    "pending_refs",
    "records",
    "snapshot",
]
