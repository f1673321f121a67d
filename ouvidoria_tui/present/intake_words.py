"""The vocabulary of incoming mail in words: ends, reasons, steps, marks. Unknown slugs show themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ouvidoria_tui.domain.mail_record import KeptMail
from ouvidoria_tui.present.words import say
from ouvidoria_tui.text import N_, Text

ENDINGS: Final[Mapping[str, Text]] = {
    "ticket": N_("a new ticket"),
    "reply": N_("words on a ticket"),
    "machine": N_("a machine's message, kept"),
    "quarantine": N_("the quarantine"),
    "seen": N_("taken before"),
}
STATES: Final[Mapping[str, Text]] = {
    "waiting": N_("waits for a person"),
    "released": N_("released"),
    "discarded": N_("message discarded"),
}
REASONS: Final[Mapping[str, Text]] = {
    "unreadable": N_("it cannot be read"),
    "limit": N_("it is larger than the desk accepts"),
    "ambiguous": N_("it belongs to several tickets equally well"),
    "no-sender": N_("it has no sender"),
    "own-address": N_("it comes from an address of the desk itself"),
    "empty": N_("there is nothing in it"),
    "storage": N_("it could not be kept as a ticket"),
    "fault": N_("a fault of the program"),
    "not-the-area": N_("it answers what was written to an area, from an address that is not the area's"),
    "digest": N_("it answers a digest: record the acknowledgement with `area digest --acknowledged`"),
    "delivery-report": N_("delivery report"),
    "auto-reply": N_("automatic reply"),
    "feedback-report": N_("feedback report"),
    "list": N_("mailing list"),
    "bulk": N_("bulk mail"),
    "loop": N_("the desk's own mail that came back"),
}
#: What lies in a mailbox and is not read.
SKIPPED: Final[Mapping[str, Text]] = {
    "too-large": N_("passed over: it is larger than can be kept"),
    "vanished": N_("passed over: it is no longer there"),
    "unreadable": N_("passed over: it may not be read"),
}
STEPS: Final[Mapping[str, Text]] = {
    "read": N_("reading it"),
    "seen": N_("was it taken before?"),
    "machine": N_("did a machine write it?"),
    "sender": N_("who writes?"),
    "area": N_("does an area answer the desk?"),
    "own-id": N_("a Message-ID of the desk's own"),
    "stored-id": N_("the Message-ID of a message taken before"),
    "answered-by": N_("a message that answers this one came first"),
    "token": N_("a protocol in the subject"),
    "subject": N_("same subject and customer"),
    "new": N_("a new ticket"),
}
FOUND: Final[Mapping[str, Text]] = {
    "decided": N_("this decided"),
    "nothing": N_("goes on"),
    "not-believed": N_("not believed"),
    "tie": N_("several, equally good"),
}
WHYS: Final[Mapping[str, Text]] = {
    "same-id-and-body": N_("same Message-ID, same text"),
    "same-id-other-body": N_("same Message-ID, another text"),
    "authorised": N_("a registered address"),
    "contact": N_("a contact who is not authorised"),
    "several": N_("registered for several customers"),
    "unknown": N_("nobody registered"),
    "authentication-failed": N_("sender's authentication failed"),
    "in-reply-to": N_("it answers that message"),
    "references": N_("its thread names that message"),
    "merged": N_("the ticket was merged into this one"),
    "answer-came-first": N_("its answer is on this ticket"),
    "same-missing-message": N_("both answer a message that never came"),
    "sender-belongs": N_("the sender belongs to this ticket"),
    "sender-does-not-belong": N_("the sender does not belong to that ticket"),
    "area-asked": N_("the area was asked about this ticket"),
    "open": N_("the ticket is open"),
    "closed-recently": N_("the ticket was closed a short while ago"),
    "closed-long-ago": N_("the ticket was closed too long ago"),
    "address": N_("in the department of the address it was sent to"),
    "no-address": N_("sent to no address of a department"),
    **REASONS,
}
MARKS: Final[Mapping[str, Text]] = {
    "area": N_("an area wrote it"),
    "same-id-other-body": N_("same Message-ID, another text"),
    "authentication-failed": N_("sender's authentication failed"),
}


def word(words: Mapping[str, Text], slug: str) -> str:
    """A slug in words, or itself."""
    found = words.get(slug)
    return slug if found is None else say(found)


def marks_words(marks: Iterable[str]) -> str:
    """The marks of a message in one line."""
    return ", ".join(word(MARKS, mark) for mark in marks)


def why_waiting(mail: KeptMail) -> str:
    """Why a message waits, in one line."""
    return word(REASONS, mail.reason)
