"""Is the store well: the checks that `doctor` prints."""

from __future__ import annotations

from ouvidoria_tui.store.health import engine_check, store_checks

__all__ = ["engine_check", "store_checks"]
