"""Reminding a customer who was answered and is silent, before the ticket is closed for it (S3-46, C-18)."""

from __future__ import annotations

from ouvidoria_tui.desk.act import NOW, When, act, diff
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.letters import about, desk_letter, language_of, told
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.ledger import Act, Draft
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.promised import day_end
from ouvidoria_tui.domain.ticket import Ticket, Turn
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

TEMPLATE = "F2"
#: So long is waited after a reminder, where the policy does not say.
DEFAULT_DAYS = 3


def remind(
    desk: Desk, ref: str, *, note: str | None = None, when: When = NOW, revision: int | None = None
) -> Outcome:
    """The customer reminded that an answer is waited for, and until when; no status and no first answer.

    Raises ``Refused`` ``NOT_THE_CUSTOMERS_TURN`` unless it is the customer's turn, ``TEMPLATE_INCOMPLETE``.
    """

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        if ticket.turn is not Turn.CUSTOMER or ticket.answered_at is None:
            raise Refused(
                "NOT_THE_CUSTOMERS_TURN",
                N_("{protocol} does not wait for the customer", protocol=ticket.protocol),
                N_("answer first, or ask for what is missing"),
            )
        days = desk.policy.policy.work.reminder_days or DEFAULT_DAYS
        until, language = day_end(moment, days, desk.policy.policy.zone), language_of(desk, ticket)
        places = {
            **about(desk, ticket),
            "respondida_em": told(desk, ticket.answered_at, language, day=True),
            "prazo": told(desk, until - 1, language, day=True),
        }
        facts = {"template": TEMPLATE, "until": until}
        message = desk_letter(desk, TEMPLATE, places, language)
        changes = diff(ticket, public_word_at=moment)
        return [Draft(Act.REMINDED, moment, changes, facts, message, to_customer=when.at is None)]

    late = When(when.at, when.reason or note)
    return act(desk, ref, Verb.REMIND, decide, when=late, revision=revision)
