"""How a mediation between the customer and the company ended (S4-07, S4-09)."""

from __future__ import annotations

from ouvidoria_tui.desk.act import NOW, When, act, need_text
from ouvidoria_tui.desk.case import check_assessing, check_impartial, work_of
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.forward import known_area
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.paths import Mediation
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Ticket


def mediate(
    desk: Desk,
    ref: str,
    outcome: Mediation,
    text: str,
    *,
    area: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """The outcome of a mediation, in words; ``area`` is who spoke for the company, where it was one area.

    The latest counts. Only somebody whom the matter does not concern mediates, and only between two sides that
    were both heard. Raises ``Refused`` ``BOTH_SIDES_REQUIRED``, ``CONFLICT_OF_INTEREST``; ``NotFound``
    ``AREA_NOT_FOUND``; ``UsageError`` ``TEXT_REQUIRED``.
    """
    words = need_text(text, "--text")
    slug = None if area is None else known_area(desk, area)

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        work = work_of(desk, ticket)
        check_impartial(ticket, work, desk.agent)
        check_assessing(desk, ticket, work)
        facts: dict[str, object] = {"outcome": outcome.value}
        if slug is not None:
            facts["area"] = slug
        return [Draft(Act.MEDIATED, moment, {}, facts, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.MEDIATE, decide, when=late, revision=revision)
