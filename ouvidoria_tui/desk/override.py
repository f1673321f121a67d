"""A person's decision about admission instead of triage's: always with a reason, never with a letter of its own."""

from __future__ import annotations

from ouvidoria_tui.desk.act import NOW, act, diff, need_text
from ouvidoria_tui.desk.close import closed
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.triage import check_may_refuse
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Admission, Status, Ticket
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.text import N_


def override(
    desk: Desk, ref: str, decision: Admission, reason: str, *, revision: int | None = None
) -> Outcome:
    """The ticket with another admission, and the reason beside it; the same one is ``unchanged``.

    It decides and nothing else: the customer is told with ``reply`` or ``ask``, the ticket ended with
    ``close``. A ``duplicate`` is joined to the oldest open ticket of the customer on the same subject.
    Raises ``UsageError`` ``TEXT_REQUIRED``, ``DECISION_PENDING``; ``Refused`` ``TICKET_CLOSED``,
    ``ORIGINAL_MISSING``, ``REFUSAL_FORBIDDEN_BY_PROFILE``.
    """
    words = need_text(reason, "--reason")
    if decision is Admission.PENDING:
        raise UsageError(
            "DECISION_PENDING",
            N_("“pending” is no decision"),
            N_(
                "choose one of: {names}",
                names=", ".join(one.value for one in Admission if one is not Admission.PENDING),
            ),
        )

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        if ticket.status is Status.CLOSED:
            raise closed(ticket)
        if ticket.admission is decision:
            return []
        if decision in (Admission.REDIRECTED, Admission.INELIGIBLE):
            check_may_refuse(desk)
        original = _original(desk, ticket) if decision is Admission.DUPLICATE else None
        changes = diff(ticket, admission=decision, duplicate_of=original)
        facts = {"decision": decision.value, "override": True}
        return [Draft(Act.TRIAGED, moment, changes, facts, Message(Part.REASON, words))]

    return act(desk, ref, Verb.TRIAGE, decide, when=NOW, revision=revision)


def _original(desk: Desk, ticket: Ticket) -> int:
    """The id of the oldest open ticket of the same customer and subject."""
    if ticket.customer is not None:
        for other in desk.store.same_subject(ticket.customer, ticket.subject, ticket.id):
            if (other.arrived_at, other.protocol) < (ticket.arrived_at, ticket.protocol):
                return other.id
    raise Refused(
        "ORIGINAL_MISSING",
        N_("{protocol} has no older open ticket of the same customer and subject", protocol=ticket.protocol),
        N_("close it with `ouvidoria close --reason duplicate` and name the other protocol in --note"),
    )
