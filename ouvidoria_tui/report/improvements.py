"""What the faces may ask about improvements, by name."""

from __future__ import annotations

from ouvidoria_tui.store.improvements import DAYS, effect, improvements
from ouvidoria_tui.store.reading import connection

__all__ = ["DAYS", "connection", "effect", "improvements"]
