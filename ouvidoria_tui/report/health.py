"""Is the store well: the checks that `doctor` prints."""

from __future__ import annotations

from ouvidoria_tui.store.health import engine_check, store_checks
from ouvidoria_tui.store.health_mail import settings_at

__all__ = ["engine_check", "settings_at", "store_checks"]
