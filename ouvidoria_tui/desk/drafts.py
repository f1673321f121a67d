"""An agent's own drafts: kept beside the ledger, seen by nobody else, gone with the act that sends them.

A draft is no event and no act: it needs no permission, moves no revision and wakes nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.draft import Draft


@dataclass(frozen=True, slots=True)
class DraftKept:
    """A draft was kept at ``at``; the agent has ``count`` of them now."""

    at: int
    count: int


def keep(desk: Desk, ticket_id: int, kind: str, text: str, choice: str = "") -> DraftKept:
    """Keeps the text in place of what was kept of that kind; one without words is kept no longer."""
    at = desk.clock.now()
    with desk.store.transaction():
        desk.store.save_draft(desk.agent.id, ticket_id, kind, text, at, choice)
        return DraftKept(at, desk.store.count_drafts(desk.agent.id))


def drop(desk: Desk, ticket_id: int, kind: str) -> None:
    """Keeps it no longer; inside the transaction of the act that sends it, where there is one."""
    with desk.store.transaction():
        desk.store.remove_draft(desk.agent.id, ticket_id, kind)


def find(desk: Desk, ticket_id: int, kind: str) -> Draft | None:
    """The agent's own draft of that kind on a ticket."""
    return desk.store.draft(desk.agent.id, ticket_id, kind)


def own(desk: Desk, ticket_id: int | None = None) -> tuple[Draft, ...]:
    """All drafts of the agent (on one ticket, where it is given), the newest first."""
    return tuple(desk.store.drafts(desk.agent.id, ticket_id))
