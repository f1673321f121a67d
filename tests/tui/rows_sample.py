"""A row of the queue, made by hand."""

from __future__ import annotations

from ouvidoria_tui.domain.protocol import make_protocol
from ouvidoria_tui.tui.reads import QueueRow


def row_of(
    number: int, *, subject: str = "Cobrança em duplicidade", due: int | None = None, revision: int = 1
) -> QueueRow:
    values: dict[str, object] = dict.fromkeys(QueueRow._fields)
    values |= {
        "id": number, "protocol": make_protocol(2026, number), "status": "open", "turn": "desk", "type": "complaint",
        "channel": "email", "subject": subject, "lane": "ordinary", "level": 0, "admission": "pending",
        "merit": "not-assessed", "confidential": 0, "unread": 0, "flags": "[]", "arrived_at": 0, "registered_at": 0,
        "next_due_at": due, "revision": revision, "lane_rank": 2, "due_key": due or 0, "severity_rank": 0,
    }  # fmt: skip
    return QueueRow(**values)  # type: ignore[arg-type]
