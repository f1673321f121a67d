"""Figures of notices that the faces may ask for."""

from __future__ import annotations

from ouvidoria_tui.store.notices import copies_of, entries_of, notices

__all__ = ["copies_of", "entries_of", "notices"]
