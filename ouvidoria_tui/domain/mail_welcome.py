"""What a message brings along that is no question of where it belongs: department, flags, marks, its moment."""

from __future__ import annotations

from ouvidoria_tui.domain.mail import Mail
from ouvidoria_tui.domain.mail_identity import Speaker, Standing
from ouvidoria_tui.domain.mail_knowledge import Knowledge
from ouvidoria_tui.domain.policy_mail import Identity, MailRule

#: Flags of a ticket: outside the contractual clocks (C-12, C-13); somebody unknown; one address for several.
UNAUTHORISED = "unauthorised"
UNVERIFIED = "identity-unverified"
OF_SEVERAL = "sender-of-several"
FORGED = "authentication-failed"


def department_of(mail: Mail, rule: MailRule) -> tuple[str | None, str]:
    """The department of the first address of the desk that the message was sent to (S2-15), and why."""
    for address in (*mail.to, *mail.cc):
        if address.email in rule.addresses:
            return rule.addresses[address.email], "address"
    return None, "no-address"


def flags_of(speaker: Speaker, rule: MailRule) -> tuple[str, ...]:
    """The flags with which a ticket of this sender begins."""
    flags: list[str] = []
    if speaker.standing is Standing.SEVERAL:
        flags.append(OF_SEVERAL)
    if not speaker.authorised and (speaker.standing is not Standing.SEVERAL or not speaker.proven):
        flags.append(UNAUTHORISED if rule.identity is Identity.REGISTERED else UNVERIFIED)
    if not speaker.proven:
        flags.append(FORGED)
    return tuple(flags)


def marks_of(mail: Mail, known: Knowledge) -> tuple[str, ...]:
    """What whoever reads the message should know of it: slugs that are kept with it."""
    marks = list(mail.remarks)
    if known.same_id:
        marks.append("same-id-other-body")
    if mail.authentication_failed:
        marks.append(FORGED)
    return tuple(dict.fromkeys(marks))


def arrival(mail: Mail, told_at: int | None, now: int, *, historic: bool) -> int:
    """When the message arrived, never later than ``now``.

    ``told_at`` is what the mailbox says (IMAP's INTERNALDATE), ``received_at`` what the desk's own server wrote.
    The sender's ``Date`` is believed only of history that is brought in: it could jump the queue.
    """
    server = told_at if told_at is not None else mail.received_at
    said = mail.dated_at if historic and mail.dated_at is not None else server
    return now if said is None else max(0, min(said, now))
