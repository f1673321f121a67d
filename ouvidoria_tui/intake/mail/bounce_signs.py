"""How a delivery report without the standard form is told: two signs of its own, or one that nobody else has."""

from __future__ import annotations

import re
from typing import Final

from ouvidoria_tui.domain.mail import Machine
from ouvidoria_tui.intake.mail.fields import Headers

_DAEMON: Final = re.compile(
    r"(?:mailer|mail|mailer_|mailer\.)-?d[ae]+mon(?:@|$)|mail(?:er)?[-_. ]?delivery", re.I
)
_OFFICE: Final = re.compile(
    r"(?:postmaster|postoffice|mail-?system|root|mailadmin|bounce[s]?)(?:[-+@]|$)", re.I
)
_SUBJECT: Final = re.compile(
    r"(?:\W{0,3})(?:"
    r"(?:mail|message)? ?deliver(?:y|able)?[- ]?(?:failure|failed|error|problem|status|report|notification|delayed)"
    r"|(?:warning: )?(?:mail|message|e-?mail) (?:delivery |could ?not |not |system error|status|delayed|undeliver)"
    r"|undeliver(?:able|ed)|non[- ]?deliver(?:y|able)|failure notice|failed mail|returned mail|mail failure"
    r"|failure (?:delivery|notification|report)|delivery to .{1,80} (?:failed|delayed)"
    r"|unable to deliver|could not send|rejected mail|undelivered|postmaster notify"
    r"|(?:sorry )?your (?:mail|message) .{0,40}(?:rejected|bounced|not deliver|undeliver)|error sending"
    r"|n[ãa]o (?:entregue|foi poss[íi]vel entregar)|falha n[ao] (?:entrega|envio)"
    r"|notifica[çc][ãa]o de (?:falha|entrega)"
    r"|devolu[çc][ãa]o de (?:e-?mail|mensagem)|entrega (?:falhou|atrasada)|mensagem n[ãa]o entregue"
    r")",
    re.I,
)
_TEXT: Final = re.compile(
    r"(?:this (?:message|e-?mail|is an? automated).{0,60}(?:created|generated) automatically by)"
    r"|hi\. this is the|this is the (?:mail ?system|qmail|postfix|mailer|mail delivery)"
    r"|i'm afraid i wasn't able to deliver|could not be delivered|couldn't be delivered|was not delivered"
    r"|delivery to the following recipients?|the following addresses had|unable to deliver"
    r"|did not reach the following recipient|undeliver(?:able|ed)|delivery (?:has )?failed|permanent (?:fatal )?error"
    r"|recipient(?:s|\(s\))? (?:could not|cannot|was|were|failed)|returned (?:mail|message|to sender)"
    r"|failed to deliver|error delivering|cannot be delivered|could not deliver|unknown user|user unknown"
    r"|n[ãa]o p[ôo]de ser entregue|n[ãa]o foi poss[íi]vel entregar|n[ãa]o foi entregue|falha na entrega",
    re.I,
)
_OPENING: Final = 1_500


def daemon_sign(headers: Headers, sender: str) -> tuple[Machine, str] | None:
    """A delivery report by a sign that nobody else has: its daemon, or the field that only reports carry."""
    if "x-failed-recipients" in headers:
        return Machine.DELIVERY_REPORT, "X-Failed-Recipients"
    if _DAEMON.match(sender) or _DAEMON.match(headers.first("from")):
        return Machine.DELIVERY_REPORT, "mailer-daemon"
    return None


def bounce_sign(headers: Headers, sender: str, subject: str, text: str) -> tuple[Machine, str] | None:
    """A delivery report by two signs, one of them in its words; a person who writes about one shows one at most."""
    signs = [
        name
        for name, there in (
            ("Return-Path", "<>" in headers.all("return-path")),
            ("From", bool(_OFFICE.match(sender))),
            ("Auto-Submitted", headers.first("auto-submitted").lower().startswith("auto-generated")),
            ("Subject", bool(_SUBJECT.match(subject))),
        )
        if there
    ]
    if signs and _TEXT.search(text[:_OPENING]):  # slow, and of no use alone
        signs.append("text")
    said = "Subject" in signs or "text" in signs
    return (Machine.DELIVERY_REPORT, " + ".join(signs)) if said and len(signs) > 1 else None
