"""Delivery reports as text: the recipients that qmail, exim, postfix, sendmail, Exchange and others list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from ouvidoria_tui.domain.mail import FailedDelivery
from ouvidoria_tui.intake.mail.body import opened
from ouvidoria_tui.intake.mail.identity import message_ids
from ouvidoria_tui.intake.mail.limits import Limits
from ouvidoria_tui.intake.mail.mime import Part
from ouvidoria_tui.intake.mail.report_fields import reported
from ouvidoria_tui.intake.mail.status import status_of, verdict

_ADDRESS: Final = r"[^\s<>()\[\]\"',;:]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{1,253}[A-Za-z0-9]"
#: A recipient stands at the start of a line, or behind the few words with which servers introduce it.
_LISTED: Final = re.compile(
    rf"(?im)^[ \t>*-]{{0,12}}(?:(?:to|recipient|recipients|address|email|user|mailto|failed recipient"
    rf"|recipient address|original-recipient|final-recipient|rcpt to|not delivered to|for"
    rf"|destinat[áa]rio|endere[çc]o)\s?:\s?(?:rfc822;\s?)?)?[<\[('\"]{{0,2}}({_ADDRESS})(?=\.?(?:[>\])'\":;,\s]|$))"
)
#: Reports that list nobody speak of the recipient in a sentence; whom to ask for help stands in others.
_SPOKEN: Final = re.compile(
    rf"(?im)(?:\b(?:to|user|userid|recipient|mailbox|for)\b ?:? ?[<'\"]?|<)({_ADDRESS})(?=\W)"
)
_HELP: Final = re.compile(
    r"(?im)^.*(?:contact|assistance|further help|send (?:e-?)?mail to|questions|contato).*$"
)
#: From here on a report repeats the message that came back.
_ORIGINAL: Final = re.compile(
    r"(?im)^[ \t>*#-]{0,80}(?:below this line is a copy|this is a copy of (?:the|your) message|original message"
    r"|the (?:header|body|text|following).{0,40}original (?:message|mail)"
    r"|returned (?:message|mail|text) (?:follows|header)"
    r"|unsent message (?:below|follows)|message (?:header|text) follows|received: from |return-path: |mensagem original"
    r"|----- (?:message header|original)|included is a copy|a copy of the (?:message|original)|the message was\b)"
)
_ID_LINE: Final = re.compile(
    r"(?im)^[ \t>|]{0,10}message-id:[ \t]{0,5}(?:\r?\n[ \t>|]{1,10})?(<[^<>\s]{1,990}>)"
)
_NEAR: Final = 600
_LONGEST: Final = 20_000
_MOST: Final = 200


def failures(root: Part, text: str, ours: Collection[str], limits: Limits) -> tuple[FailedDelivery, ...]:
    """Who was not reached: by the report's fields, else the header for it, else the text before the original.

    ``ours`` are addresses that the report is to or from: they are no recipients of what came back.
    """
    found = _each_once(reported(root, limits))
    if found:
        return found
    said = _before_original(text)
    named = [one for value in root.headers.all("x-failed-recipients") for one in re.findall(_ADDRESS, value)]
    return _each_once(_listed(said, [one.lower() for one in named], ours))


def original_ids(root: Part, text: str, limits: Limits) -> tuple[str, ...]:
    """The Message-IDs of what a report is about, from the part that holds it or from the text that repeats it."""
    found: list[str] = []
    for part in root.walk():
        if part.content_type in (
            "message/rfc822",
            "message/global",
            "text/rfc822-headers",
            "message/partial",
        ):
            found += opened(part, limits).headers.all("message-id")
            if part.content_type == "text/rfc822-headers" and not found:
                found += _ID_LINE.findall(part.data[: limits.field].decode("latin-1"))
    return message_ids(found or _ID_LINE.findall(text))


def _before_original(text: str) -> str:
    """The report itself, without the message that it gives back."""
    first = re.search(_ADDRESS, text)
    start = _ORIGINAL.search(text, first.end()) if first else None
    return text[: start.start()] if start else text[:_LONGEST]


def _listed(said: str, named: list[str], ours: Collection[str]) -> Iterator[FailedDelivery]:
    found = [(one[1].lower(), one.end()) for one in _LISTED.finditer(said)]
    if not named and not [one for one, _at in found if one not in ours]:
        plain = _HELP.sub(lambda line: " " * len(line[0]), said + "\n")
        found += [(one[1].lower(), one.end()) for one in _SPOKEN.finditer(plain)]
    places: dict[str, int] = {}
    for address, at in found:
        if address in named or (not named and address not in ours):
            places.setdefault(address, at)
    for address in named:
        places.setdefault(address, 0)
    ends = sorted(places.values())
    for address, at in list(places.items())[:_MOST]:
        stop = min((end for end in ends if end > at), default=at + 4 * _NEAR)
        near = said[at : min(stop, at + 4 * _NEAR)] if stop - at > 2 * len(address) + 20 else said[at:]
        status = status_of(near) or (status_of(said) if len(places) == 1 else None) or ""
        yield FailedDelivery(address, status, verdict(status, near))


def _each_once(found: Iterator[FailedDelivery]) -> tuple[FailedDelivery, ...]:
    each: dict[str, FailedDelivery] = {}
    for one in found:
        each.setdefault(one.recipient, one)
        if len(each) >= _MOST:
            break
    return tuple(each.values())
