"""What the clock's round asks of the store, as the command line asks for it."""

from __future__ import annotations

from ouvidoria_tui.store.reading import connection
from ouvidoria_tui.store.watch_reads import WatchReads

__all__ = ["WatchReads", "connection"]
