"""The acknowledgement: the letter by which a customer learns protocol, access code and what to expect (S0-41)."""

from __future__ import annotations

from ouvidoria_tui.desk.access import new_code
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.letter_words import greeting
from ouvidoria_tui.desk.letters import about, desk_letter, language_of, told
from ouvidoria_tui.domain.access_code import MASK
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Act, Draft
from ouvidoria_tui.domain.mail_letters import RECEIPT
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.reading import TicketRecord, next_due
from ouvidoria_tui.domain.span import DAY, SIZE
from ouvidoria_tui.domain.ticket import Ticket

_UNTIL = {
    Language.PORTUGUESE: "Você terá uma resposta até {when}; se precisarmos de mais tempo, avisaremos antes.",
    Language.ENGLISH: "You will have an answer by {when}; if we need more time, we will tell you before.",
}
_NO_DATE = {
    Language.PORTUGUESE: (
        "O tempo de resposta depende da complexidade do caso; você pode ver o andamento a qualquer momento."
    ),
    Language.ENGLISH: "How long it takes depends on how complex the case is; you can see how it goes at any time.",
}


def acknowledged(desk: Desk, ticket: Ticket, code: str) -> list[Draft]:
    """The letter to the customer of a ticket registered just now; none where the policy or the desk sends none."""
    box = desk.store.outbox
    wanted = desk.policy.policy.mail.letters.receipt and desk.templates is not None
    if not wanted or not box.settings().ready or box.recipient(ticket) is None:
        return []
    return [_letter(desk, ticket, code, {}, {})]


def acknowledgement(desk: Desk, ticket: Ticket, subject: str) -> Draft:
    """The same in answer to a message of mail, whose sender may be anybody: with a fresh code, without a name."""
    code, fact = new_code(desk)
    return _letter(
        desk, ticket, code, fact, {"saudacao": greeting(None, language_of(desk, ticket)), "assunto": subject}
    )


def _letter(
    desk: Desk, ticket: Ticket, code: str, fact: dict[str, object], places: dict[str, object]
) -> Draft:
    facts = {"automatic": True, "template": RECEIPT, **fact}
    given = {
        **about(desk, ticket),
        "codigo_acesso": MASK,
        "o_que_esperar": what_to_expect(desk, ticket),
        **places,
    }
    message = desk_letter(desk, RECEIPT, given, language_of(desk, ticket))
    return Draft(Act.REPLIED, desk.clock.now(), {}, facts, message, to_customer=True, code=code)


def what_to_expect(desk: Desk, ticket: Ticket) -> str:
    """When the next answer is due, where the policy promises a date and there is one (S3-37); else that none is."""
    clock = next_due(TicketRecord(ticket, clocks=desk.store.clocks(ticket.id)))
    policy, language = desk.policy.policy, language_of(desk, ticket)
    if not policy.promise or clock is None or clock.due_at is None:
        return _NO_DATE[language]
    by_date = _by_date(policy, clock.rule)
    return _UNTIL[language].format(
        when=told(desk, clock.due_at - 1 if by_date else clock.due_at, language, day=by_date)
    )


def _by_date(policy: Policy, name: str) -> bool:
    """Whether a clock counts days: it ends at the midnight after its last one, or at its closing."""
    rule = policy.clock(name)
    return rule is not None and SIZE[rule.unit] == DAY
