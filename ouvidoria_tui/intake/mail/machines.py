"""Whether a machine wrote a message: it then opens no ticket, moves no status, and is never answered."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from ouvidoria_tui.domain.mail import Machine
from ouvidoria_tui.intake.mail.bounce_signs import bounce_sign, daemon_sign
from ouvidoria_tui.intake.mail.fields import Headers
from ouvidoria_tui.intake.mail.mime import Part
from ouvidoria_tui.intake.mail.trust import is_own

Found = tuple[Machine, str]

_AUTO_FIELDS: Final = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-autoreply-from",
    "x-auto-reply-from",
    "x-mail-autoreply",
    "x-vacation",
)
#: At the start of a subject only, and ended by a colon, a dash, a bracket or the line: people write about these, too.
_AWAY: Final = re.compile(
    r"(?:\[[^\]]{1,40}\]\s*)?(?:"
    r"resposta autom[áa]tica|auto[- ]?resposta|resposta de aus[êe]ncia|mensagem autom[áa]tica"
    r"|aus[êe]ncia tempor[áa]ria|aviso de (?:aus[êe]ncia|f[ée]rias)|fora do escrit[óo]rio|estou de f[ée]rias"
    r"|automatic reply|auto(?:matic)?[- ]?(?:reply|response|responder)|out of (?:the )?office(?: auto[- ]?reply)?"
    r"|vacation (?:reply|message|notice|response)|away from (?:the )?office|respuesta autom[áa]tica"
    r"|r[ée]ponse automatique|automatische antwort|abwesenheitsnotiz"
    r")\s*(?:[:\-–—(\[]|$)",
    re.I,
)
_OOF: Final = re.compile(r"(?:auto|out of office)\s*:", re.I)
_COMPLAINT: Final = re.compile(r"complaint about message from [\d.:a-f]+$", re.I)
_LIST_ID: Final = re.compile(r"<([^<>]+)>\s*$")
_BLANKS: Final = re.compile(r"[\s(;].*", re.S)


def machine(
    root: Part, sender: str, subject: str, text: str, *, loop_header: str, own_hosts: Collection[str]
) -> Found | None:
    """The kind of machine and the sign it was told by; ``None`` for a person.

    A list of the desk's own (its List-Id is one of ``own_hosts``) is a road, no machine.
    """
    headers = root.headers
    if loop_header.lower() in headers:
        return Machine.LOOP, loop_header
    return (
        _report(root)
        or _complaint(sender, subject)
        or daemon_sign(headers, sender)
        or _auto_reply(headers, subject)
        or bounce_sign(headers, sender, subject, text)
        or _away(headers, subject)
        or _list(headers, own_hosts)
        or _bulk(headers)
    )


def _report(root: Part) -> Found | None:
    kinds = {part.content_type for part in root.walk()}
    if "message/feedback-report" in kinds:
        return Machine.FEEDBACK_REPORT, "message/feedback-report"
    declared = root.params.get("report-type", "").lower() if root.content_type == "multipart/report" else ""
    if declared == "feedback-report":
        return Machine.FEEDBACK_REPORT, "report-type=feedback-report"
    if declared == "disposition-notification" or "message/disposition-notification" in kinds:
        return Machine.AUTO_REPLY, "message/disposition-notification"
    for kind in ("message/delivery-status", "message/global-delivery-status"):
        if kind in kinds:
            return Machine.DELIVERY_REPORT, kind
    if root.content_type == "multipart/report":
        return Machine.DELIVERY_REPORT, "multipart/report"
    return None


def _complaint(sender: str, subject: str) -> Found | None:
    """A complaint as Hotmail forwards it, without the parts of a feedback report."""
    told = sender == "staff@hotmail.com" and _COMPLAINT.match(subject)
    return (Machine.FEEDBACK_REPORT, "Subject") if told else None


def _auto_reply(headers: Headers, subject: str) -> Found | None:
    """What a responder says of itself."""
    submitted = _word(headers.first("auto-submitted"))
    if submitted == "auto-replied":
        return Machine.AUTO_REPLY, "Auto-Submitted"
    for name in _AUTO_FIELDS:
        if name in headers and _word(headers.first(name)) not in ("no", "false", "0"):
            return Machine.AUTO_REPLY, name.title()
    if _word(headers.first("precedence")) in ("auto_reply", "auto-reply"):
        return Machine.AUTO_REPLY, "Precedence"
    if _AWAY.match(subject):
        return Machine.AUTO_REPLY, "Subject"
    return None


def _away(headers: Headers, subject: str) -> Found | None:
    submitted = _word(headers.first("auto-submitted"))
    if submitted not in ("", "no"):
        return Machine.AUTO_REPLY, "Auto-Submitted"
    if _word(headers.first("x-auto-response-suppress")) not in ("", "none"):
        return Machine.AUTO_REPLY, "X-Auto-Response-Suppress"
    if "<>" in headers.all("return-path"):
        return Machine.AUTO_REPLY, "Return-Path"
    if _OOF.match(subject):
        return Machine.AUTO_REPLY, "Subject"
    return None


def _list(headers: Headers, own_hosts: Collection[str]) -> Found | None:
    if name := headers.first("list-id"):
        found = _LIST_ID.search(name)
        if is_own(found[1] if found else name, own_hosts):
            return None
        return Machine.LIST, "List-Id"
    if "list-unsubscribe" in headers and _word(headers.first("precedence")) == "list":
        return Machine.LIST, "List-Unsubscribe"
    return None


def _bulk(headers: Headers) -> Found | None:
    if _word(headers.first("precedence")) in ("bulk", "junk"):
        return Machine.BULK, "Precedence"
    return None


def _word(value: str) -> str:
    """The first word of a value, in lower case, without comment and parameters."""
    return _BLANKS.sub("", value.strip()).strip("\"'").lower()
