"""What the faces may ask of the knowledge base."""

from __future__ import annotations

from ouvidoria_tui.store.articles import articles

__all__ = ["articles"]
