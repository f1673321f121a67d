"""Figures of incidents that the faces may ask for."""

from __future__ import annotations

from ouvidoria_tui.store.incidents import tickets_of

__all__ = ["tickets_of"]
