"""The access code of a ticket: given to its customer, issued anew with a reason, asked for by ``track`` (S2-27)."""

from __future__ import annotations

from dataclasses import replace

from ouvidoria_tui.desk.act import act, need_text
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.access_code import (
    FACT,
    LENGTH,
    LOCK,
    SALT_BYTES,
    WINDOW,
    locked_until,
    opens,
    seal,
    sealed_of,
    spell,
)
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.protocol import parse_protocol
from ouvidoria_tui.domain.reading import check_may_open
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import NotFound, Refused
from ouvidoria_tui.text import N_

_MINUTE = 60


def new_code(desk: Desk) -> tuple[str, dict[str, object]]:
    """A fresh code, and the fact by which an event keeps it sealed."""
    code = spell(desk.entropy(LENGTH))
    return code, {FACT: seal(code, desk.entropy(SALT_BYTES))}


def issue_code(desk: Desk, ref: str, reason: str, *, revision: int | None = None) -> Outcome:
    """A new code, which voids the one before and lifts a lock; only ``details`` hold it (``access_code``).

    The code opens the ticket: who may not read it gets none (``NotAllowed`` ``CONFIDENTIAL``). Raises ``UsageError``
    ``TEXT_REQUIRED``.
    """
    words = need_text(reason, "--reason")
    code, fact = new_code(desk)

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_may_open(desk.agent, ticket)
        desk.store.telling.forget_access_failures(ticket.protocol)
        return [Draft(Act.CODE_ISSUED, moment, {}, fact, Message(Part.REASON, words))]

    outcome = act(desk, ref, Verb.ACCESS_CODE, decide, revision=revision)
    message = N_("new access code: {code}; it is shown only now", code=code)
    return replace(outcome, message=message, details={"access_code": code})


def open_with_code(desk: Desk, ref: str, code: str) -> Ticket:
    """The ticket that ``code`` opens; what was tried in vain is remembered, whether there is such a ticket or not.

    Raises ``UsageError`` ``BAD_PROTOCOL``; ``Refused`` ``ACCESS_DENIED`` (a wrong code and an unknown protocol
    are not told apart), ``ACCESS_LOCKED`` after too many of them.
    """
    desk.allow(Verb.TRACK)
    protocol, tries = parse_protocol(ref), desk.store.telling
    with desk.store.transaction():
        now = desk.clock.now()
        until = locked_until(tries.access_failures(protocol, now - WINDOW - LOCK), now)
        ticket = None if until is not None else _opened(desk, protocol, code)
        if until is None and ticket is None:
            tries.note_access_failure(protocol, now)
    if until is not None:
        raise Refused(
            "ACCESS_LOCKED",
            N_("too many wrong codes for {protocol}", protocol=protocol),
            N_("try again in {minutes} min", minutes=(until - now) // _MINUTE + 1),
            details={"until": until},
        )
    if ticket is None:
        raise Refused(
            "ACCESS_DENIED",
            N_("this protocol and this access code do not belong together"),
            N_("read both again from the receipt; the desk can issue a new code"),
        )
    return ticket


def _opened(desk: Desk, protocol: str, code: str) -> Ticket | None:
    try:
        ticket = desk.store.find(protocol)
    except NotFound:
        ticket = None
    sealed = None if ticket is None else sealed_of(desk.store.events(ticket.id))
    return ticket if opens(sealed, code) else None
