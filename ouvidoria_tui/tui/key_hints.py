"""What the footer of each screen offers, from the one table of keys."""

from __future__ import annotations

from collections.abc import Mapping

from ouvidoria_tui.tui.key import Where

#: What the footer offers, the most wanted first; help is always added.
HINTS: Mapping[Where, tuple[str, ...]] = {
    Where.QUEUE: (
        "open",
        "mark",
        "assign",
        "status",
        "filter",
        "take",
        "escalate",
        "deadline",
        "classify",
        "preview",
        "order",
        "palette",
        "new",
        "undo",
    ),
    Where.TICKET: (
        "reply",
        "note",
        "assign",
        "status",
        "deadline",
        "escalate",
        "classify",
        "close",
        "next",
        "out",
        "past",
        "past.recorded",
        "palette",
        "undo",
    ),
    Where.ESCALATIONS: (
        "acknowledge",
        "hand_back",
        "escalate",
        "open",
        "assign",
        "deadline",
        "filter",
        "mark",
        "out",
        "palette",
    ),
    Where.TRIAGE: (
        "triage.apply",
        "triage.override",
        "triage.skip",
        "triage.department",
        "triage.severity",
        "undo",
        "triage.open",
        "pane",
        "out",
        "palette",
    ),
    Where.QUARANTINE: ("mail.ticket", "mail.new", "mail.discard", "pane", "out", "palette"),
    Where.COMPOSE: ("send", "editor", "complaint", "field.next", "out"),
    Where.DEADLINE: (
        "extend",
        "delay-notice",
        "suspend",
        "resume",
        "interrupt",
        "tab.next",
        "out",
        "pane",
        "undo",
        "palette",
    ),
    Where.NEW: ("register", "customer.find", "out", "editor", "field.next"),
    Where.FORM: ("confirm", "field.next", "out"),
}
