"""Letters by which the customer hears of a step of the case that the desk took by itself (S0-08).

Opened again, with somebody of the team, in another department: only where the policy asks for it, and only where the
letter leaves. A rule writes it, so no clock hears it; what was told cannot be undone. It names no agent and gives no
internal reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ouvidoria_tui.desk.act import When
from ouvidoria_tui.desk.desk import Desk, language_of
from ouvidoria_tui.desk.letters import about, desk_letter
from ouvidoria_tui.domain.ledger import Act, Draft
from ouvidoria_tui.domain.policy_telling import Step
from ouvidoria_tui.domain.ticket import Ticket

TEMPLATES: Final[Mapping[Step, str]] = {
    Step.REOPENED: "F3",
    Step.ASSIGNED: "T4",
    Step.TRANSFERRED: "R4",
}


def step_letter(
    desk: Desk,
    ticket: Ticket,
    step: Step,
    moment: int,
    when: When,
    places: Mapping[str, object] | None = None,
) -> list[Draft]:
    """The letter about ``step`` on ``ticket``; none where nobody is to be told, or the step is dated in the past.

    Raises ``NotFound`` ``TEMPLATE_NOT_FOUND``; ``Refused`` ``TEMPLATE_INCOMPLETE``.
    """
    if step not in desk.policy.policy.telling.step_letters or when.at is not None or desk.templates is None:
        return []
    box, template = desk.store.outbox, TEMPLATES[step]
    if not box.settings().ready or box.recipient(ticket) is None:
        return []
    if step is Step.ASSIGNED and _told(desk, ticket, template):
        return []
    message = desk_letter(desk, template, about(desk, ticket) | dict(places or {}), language_of(desk, ticket))
    facts = {"automatic": True, "template": template, "step": step.value}
    return [Draft(Act.INFORMED, moment, {}, facts, message, to_customer=True)]


def _told(desk: Desk, ticket: Ticket, template: str) -> bool:
    """Whether that letter was written since the case was opened last: from hand to hand it is told once."""
    for event in reversed(desk.store.events(ticket.id)):
        if event.type is Act.REOPENED:
            return False
        if event.type is Act.INFORMED and event.payload.get("template") == template:
            return True
    return False
