"""Whether the desk answers a message by itself, and with which letter: seldom, and never to a machine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.domain.mail import Mail
from ouvidoria_tui.domain.mail_decision import Decision, Ending
from ouvidoria_tui.domain.mail_welcome import UNAUTHORISED
from ouvidoria_tui.domain.policy_mail import MailRule

HOUR, DAY = 3600, 86_400
#: The desk's letters by the names of their templates.
RECEIPT, NOT_REGISTERED = "A1", "N1"

# Addresses that nobody reads, in English and Portuguese.
_NOBODY = re.compile(
    r"(?:no|do[-_.]?not|nao|não)[-_.]?(?:reply|responda|responder|resposta)|mailer[-_.]?daemon|postmaster"
    r"|bounces?|(?:.*[-_.+])?(?:noreply|no-reply|naoresponda|nao-responda|bounces?|owner|request)",
)


class Silence(StrEnum):
    """Why no letter is written."""

    NOT_NEW = "not-new"
    NOT_WANTED = "not-wanted"
    NOBODY_READS = "nobody-reads"
    NOT_PROVEN = "not-proven"
    SENDER_LIMIT = "sender-limit"
    DAY_LIMIT = "day-limit"
    NO_TEMPLATE = "no-template"


@dataclass(frozen=True, slots=True)
class Written:
    """Letters that went out by themselves: to this sender in the last hour, to everybody in the last 24."""

    to_sender: int = 0
    to_all: int = 0


def letter_for(mail: Mail, decision: Decision, rule: MailRule, written: Written) -> str | Silence:
    """The template of the letter to write, or why none is.

    Who is not registered where the policy asks for it is told so (C-12), also where no receipts are sent.
    """
    if decision.ending is not Ending.TICKET or mail.machine is not None:
        return Silence.NOT_NEW
    wanted = NOT_REGISTERED if UNAUTHORISED in decision.flags else RECEIPT if rule.letters.receipt else None
    if wanted is None:
        return Silence.NOT_WANTED
    if mail.authentication_failed:
        return Silence.NOT_PROVEN
    if mail.sender is None or nobody_reads(mail.sender.email):
        return Silence.NOBODY_READS
    if written.to_sender:
        return Silence.SENDER_LIMIT
    if written.to_all >= rule.letters.a_day:
        return Silence.DAY_LIMIT
    return wanted


def nobody_reads(email: str) -> bool:
    """Whether an address is one that only sends."""
    return _NOBODY.fullmatch(email.partition("@")[0].lower()) is not None
