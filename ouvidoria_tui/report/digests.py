"""What the faces may ask about digests and analyses, by name."""

from __future__ import annotations

from ouvidoria_tui.store.digests import founded_at
from ouvidoria_tui.store.reading import connection

__all__ = ["connection", "founded_at"]
