"""Where incoming mail meets outgoing mail: the desk's automatic answer, and what follows from a delivery report."""

from __future__ import annotations

from ouvidoria_tui.desk.acknowledge import acknowledgement
from ouvidoria_tui.desk.bounce import bounced
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.letter_words import greeting
from ouvidoria_tui.desk.letters import desk_letter, language_of
from ouvidoria_tui.desk.mail_hooks import Letter
from ouvidoria_tui.domain.ledger import Act, Draft
from ouvidoria_tui.domain.mail import Mail
from ouvidoria_tui.domain.mail_letters import RECEIPT

_SUBJECT = 200


def post(desk: Desk, letter: Letter) -> None:
    """Writes ``letter`` on its ticket, inside the transaction that is open.

    It names the protocol and the sender's own subject, and nothing that the registers know: the sender may be
    anybody. ``NotFound`` ``TEMPLATE_NOT_FOUND``, ``Refused`` ``TEMPLATE_INCOMPLETE``.
    """
    subject = " ".join(letter.mail.subject.split())[:_SUBJECT] or letter.ticket.protocol
    if letter.template == RECEIPT:
        record(desk, letter.ticket, [acknowledgement(desk, letter.ticket, subject)])
        return
    language = language_of(desk, letter.ticket)
    places = {"saudacao": greeting(None, language), "protocolo": letter.ticket.protocol, "assunto": subject}
    facts = {"automatic": True, "template": letter.template}
    message = desk_letter(desk, letter.template, places, language)
    draft = Draft(Act.REPLIED, desk.clock.now(), facts=facts, message=message, to_customer=True)
    record(desk, letter.ticket, [draft])


def came_back(desk: Desk, mail: Mail) -> None:
    """Tells the outbox of every failed delivery that the report ``mail`` speaks of."""
    for message_id in mail.original_ids:
        for failed in mail.failures:
            bounced(desk, message_id, failed.recipient, failed.status, failed.permanent)
