"""Incidents: opened once for many customers, tickets linked to them, closed with a reason (S0-29, S1-10).

The title and the reason are texts beside events of the desk, bound by commitments like all others.
"""

from __future__ import annotations

from dataclasses import replace

from ouvidoria_tui.desk.act import act, diff, need_text
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.register import record_desk_act, register_named
from ouvidoria_tui.domain.incident import Incident
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_

TITLE_LIMIT = 200


def open_incident(desk: Desk, title: str, *, cause: str | None = None) -> Incident:
    """A new incident with the next number. Raises ``UsageError`` ``TEXT_REQUIRED``, ``TEXT_TOO_LONG``, ``BAD_NAME``."""
    words = " ".join(need_text(title, "--title").split())
    if len(words) > TITLE_LIMIT:
        raise UsageError(
            "TEXT_TOO_LONG",
            N_("{size} characters are too many, {limit} are allowed", size=len(words), limit=TITLE_LIMIT),
            N_("give a shorter title"),
        )
    desk.allow(Verb.INCIDENT)
    with desk.store.transaction():
        slug = None if cause is None else register_named(desk, "cause", cause)
        number = max((one.number for one in desk.store.incidents()), default=0) + 1
        facts = {"incident": number} if slug is None else {"incident": number, "cause": slug}
        record_desk_act(desk, Act.INCIDENT_OPENED, facts, Message(Part.NOTE, words))
        return find_incident(desk, number)


def close_incident(desk: Desk, number: int, reason: str) -> tuple[Incident, bool]:
    """The incident closed, and whether that changed. Its tickets stay linked; each is answered by a person.

    Raises ``NotFound`` ``INCIDENT_NOT_FOUND``; ``UsageError`` ``TEXT_REQUIRED``.
    """
    words = need_text(reason, "--reason")
    desk.allow(Verb.INCIDENT)
    with desk.store.transaction():
        incident = find_incident(desk, number)
        if not incident.open:
            return incident, False
        record_desk_act(desk, Act.INCIDENT_CLOSED, {"incident": number}, Message(Part.REASON, words))
        return find_incident(desk, number), True


def link_incident(desk: Desk, ref: str, number: int, *, revision: int | None = None) -> Outcome:
    """The ticket linked to an incident that is open; linked to it already: ``unchanged``.

    Raises ``NotFound`` ``INCIDENT_NOT_FOUND``; ``Refused`` ``INCIDENT_CLOSED``.
    """

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        incident = find_incident(desk, number)
        if ticket.incident == number:
            return []
        if not incident.open:
            raise Refused(
                "INCIDENT_CLOSED",
                N_("incident {number} is closed", number=number),
                N_("`ouvidoria incident list` shows the open ones; open a new one where it came back"),
            )
        return [Draft(Act.INCIDENT_LINKED, moment, diff(ticket, incident=number))]

    outcome = act(desk, ref, Verb.INCIDENT, decide, revision=revision)
    return replace(outcome, message=N_("linked to {number}", number=number))


def unlink_incident(desk: Desk, ref: str, *, revision: int | None = None) -> Outcome:
    """The ticket without its incident; without one: ``unchanged``."""

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        if ticket.incident is None:
            return []
        return [Draft(Act.INCIDENT_UNLINKED, moment, diff(ticket, incident=None))]

    outcome = act(desk, ref, Verb.INCIDENT, decide, revision=revision)
    return replace(outcome, message=N_("no longer linked"))


def find_incident(desk: Desk, number: int) -> Incident:
    """The incident of a number; ``NotFound`` ``INCIDENT_NOT_FOUND``."""
    for incident in desk.store.incidents():
        if incident.number == number:
            return incident
    raise NotFound(
        "INCIDENT_NOT_FOUND",
        N_("there is no incident {number}", number=number),
        N_("`ouvidoria incident list --all` shows them"),
    )
