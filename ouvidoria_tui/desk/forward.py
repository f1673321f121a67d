"""Bringing in the areas responsible: the request, the reminder, and the area's answer (S0-21, S4-23)."""

from __future__ import annotations

from ouvidoria_tui.desk.act import NOW, When, act, diff, move, need_text
from ouvidoria_tui.desk.case import check_forwarding, check_owner
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.identity import check_pseudonymous
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain import area_request
from ouvidoria_tui.domain.area_request import AreaRequest
from ouvidoria_tui.domain.fold import slugify
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_move
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Status, Ticket, Turn
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_


def forward(
    desk: Desk, ref: str, area: str, text: str, *, when: When = NOW, revision: int | None = None
) -> Outcome:
    """What the desk asks of an area, in words for the area; the ticket is worked on, and it is the area's turn.

    An area that owes an answer already is reminded: its clock runs on as it was. While it is the customer's
    turn, that stays so. Raises ``NotFound`` ``AREA_NOT_FOUND``, ``UsageError`` ``TEXT_REQUIRED``; ``Refused``
    ``IDENTITY_IN_TEXT`` where the words name who is behind a confidential ticket, ``ELEMENTS_UNCHECKED`` and
    ``ELEMENTS_MISSING`` for a report.
    """
    words = need_text(text, "--text")
    slug = known_area(desk, area)

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        _check_open(ticket)
        if ticket.assignee is None:
            check_owner(desk, ticket, desk.agent)
        check_forwarding(desk, ticket)
        check_pseudonymous(desk, ticket, words)
        facts: dict[str, object] = {"area": slug}
        if any(one.area == slug for one in owed(desk, ticket)):
            facts["reminder"] = True
        changes = diff(ticket, area=slug)
        if ticket.status is not Status.ANSWERED:
            changes |= move(ticket, Status.IN_PROGRESS, assignee=ticket.assignee or desk.agent.id)
            changes |= diff(ticket, turn=Turn.AREA)
            if ticket.turn is Turn.AREA:
                changes.pop("turn", None)
        return [Draft(Act.FORWARDED, moment, changes, facts, Message(Part.AREA, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.FORWARD, decide, when=late, revision=revision)


def area_answer(
    desk: Desk,
    ref: str,
    text: str,
    *,
    area: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """What an area answered, verbatim; once none owes an answer it is the desk's turn again.

    ``area`` may be left out where one alone was asked. Raises ``Refused`` ``NO_AREA_REQUEST``; ``UsageError``
    ``AREA_AMBIGUOUS``, ``TEXT_REQUIRED``; ``NotFound`` ``AREA_NOT_FOUND``.
    """
    words = need_text(text, "--text")
    slug = None if area is None else known_area(desk, area)

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        _check_open(ticket)
        waiting = owed(desk, ticket)
        one = _meant(ticket, waiting, slug)
        rest = [other for other in waiting if other is not one]
        changes = diff(ticket, area=rest[-1].area if rest else one.area)
        if ticket.turn is Turn.AREA and not rest:
            changes |= diff(ticket, turn=Turn.DESK)
        facts = {"area": one.area, "request": one.seq}
        return [Draft(Act.AREA_ANSWERED, moment, changes, facts, Message(Part.AREA, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.AREA_ANSWER, decide, when=late, revision=revision)


def owed(desk: Desk, ticket: Ticket) -> list[AreaRequest]:
    """The requests of ``ticket`` that no area has answered, oldest first."""
    if ticket.area is None:
        return []
    return [one for one in area_request.fold(desk.store.events(ticket.id)) if one.open]


def known_area(desk: Desk, written: str) -> str:
    """The slug of an area that the desk has, from its slug or name; ``NotFound`` ``AREA_NOT_FOUND`` otherwise."""
    known = desk.store.known_slugs("area")
    slug = slugify(written)
    if slug in known:
        return slug
    raise NotFound(
        "AREA_NOT_FOUND",
        N_("there is no area {area}", area=written[:60]),
        N_("the desk has: {names}", names=", ".join(sorted(known)) or "-"),
    )


def _meant(ticket: Ticket, waiting: list[AreaRequest], slug: str | None) -> AreaRequest:
    found = [one for one in waiting if slug is None or one.area == slug]
    if not found:
        raise Refused(
            "NO_AREA_REQUEST",
            N_("no area owes {protocol} an answer", protocol=ticket.protocol)
            if slug is None
            else N_("{area} was not asked about {protocol}", area=slug, protocol=ticket.protocol),
            N_("ask an area with `ouvidoria forward`, or keep its words as a note"),
        )
    if len(found) > 1:
        raise UsageError(
            "AREA_AMBIGUOUS",
            N_("{protocol} waits for several areas", protocol=ticket.protocol),
            N_("say which with --area: {names}", names=", ".join(one.area for one in found)),
        )
    return found[0]


def _check_open(ticket: Ticket) -> None:
    if ticket.status is Status.CLOSED:
        check_move(ticket.status, Status.IN_PROGRESS)
