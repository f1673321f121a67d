"""What the faces may ask about mail that was taken in, by name."""

from __future__ import annotations

from ouvidoria_tui.store.mail import count_waiting, of_ticket, protocol_of, under, waiting
from ouvidoria_tui.store.reading import connection

__all__ = ["connection", "count_waiting", "of_ticket", "protocol_of", "under", "waiting"]
