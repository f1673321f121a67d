"""The timeline of a ticket, in the order in which things happened, for the desk or for the customer (S0-34)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ouvidoria_tui.domain.conduct import Conduct
from ouvidoria_tui.domain.ledger import FILE_PARTS, PUBLIC_PARTS, TAKE_BACK, Act, Event, Part
from ouvidoria_tui.domain.ticket import Channel, Turn
from ouvidoria_tui.domain.ticket_file import Entry, TicketDetail
from ouvidoria_tui.present.dates import rfc3339
from ouvidoria_tui.present.words import _, term_of

#: Acts that a customer sees. What they bring along is seen only where its part is public.
PUBLIC_ACTS: Final = frozenset(
    {
        Act.RECEIVED,
        Act.ASSIGNED,
        Act.RETURNED,
        Act.STARTED,
        Act.REPLIED,
        Act.ASKED,
        Act.EXTENDED,
        Act.DELAY_NOTICED,
        Act.CUSTOMER_REPLIED,
        Act.CLOSED,
        Act.MERGED,
        Act.REOPENED,
        Act.ATTACHED,
        Act.REMINDED,
        Act.INCIDENT_NOTICED,
        Act.CUSTOMER_VIEWED,
        Act.INFORMED,
        Act.SURVEY_OFFERED,
        Act.SURVEY_ANSWERED,
    }
)
_CONVERSATIONS: Final = frozenset({Act.CALLED, Act.MET})
_THE_CUSTOMERS: Final = frozenset(
    {Act.RECEIVED, Act.CUSTOMER_REPLIED, Act.CUSTOMER_VIEWED, Act.SURVEY_ANSWERED}
)


def history_records(
    detail: TicketDetail, zone: str, *, customer: bool = False, reveal: bool = True
) -> Iterator[dict[str, object]]:
    """The lines of ``history``: ``seq type actor os_user happened_at recorded_at text payload hash origin other``.

    ``origin`` is the protocol of the merged ticket whose words these are, ``null`` for the ticket's own events;
    ``other`` that of a ticket which an event names: merged into, joined, linked, written to.

    For a ``customer`` what is internal is left out: notes, reasons, classification, escalation, acts that
    were taken back; of what remains the actor is ``customer`` or ``desk``, and ``os_user``, ``payload`` and
    ``hash`` are ``null``. Without ``reveal`` a confidential ticket's words are ``null``.
    """
    hidden = detail.ticket.confidential and not reveal
    entries = public_entries(detail) if customer else in_order(detail)
    for entry in entries:
        event = entry.event
        yield {
            "seq": event.seq,
            "type": event.type.value,
            "actor": actor_of(entry).value if customer else entry.actor,
            "os_user": None if customer else event.os_user,
            "happened_at": rfc3339(event.happened_at, zone),
            "recorded_at": rfc3339(event.recorded_at, zone),
            "text": None if hidden else words_of(entry, public=customer),
            "payload": None if customer else shown_payload(event, detail.record.kept),
            "hash": None if customer else event.hash.hex(),
            "origin": entry.origin or None,
            "other": detail.other(entry),
        }


def shown_payload(event: Event, kept: bool) -> dict[str, object]:
    """What an event carries; whose ticket it is only where that is not ``kept``."""
    payload = dict(event.payload)
    if kept:
        for name in ("contact", "merged"):
            payload.pop(name, None)
        if "customer" in event.changes:
            payload["changes"] = {name: pair for name, pair in event.changes.items() if name != "customer"}
    return payload


def in_order(detail: TicketDetail) -> list[Entry]:
    """The ticket's own events and the words that joined it, in the order in which they happened."""
    return _sorted([*detail.entries, *detail.heard])


def _sorted(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.event.happened_at, bool(entry.origin), entry.event.seq))


def public_entries(detail: TicketDetail) -> list[Entry]:
    """The events that the customer may see; an act that was taken back and its undoing are both left out."""
    gone = undone_seqs(detail)
    own = [
        entry for entry in detail.entries if entry.event.type in PUBLIC_ACTS and entry.event.seq not in gone
    ]
    joined = (one for one in detail.joined if one.same_customer and one.join.until is None)
    return _sorted([*own, *(e for one in joined for e in one.entries if e.part in PUBLIC_PARTS)])


def undone_seqs(detail: TicketDetail) -> set[object]:
    """The numbers of the acts that were taken back."""
    return {entry.event.payload.get("undoes") for entry in detail.entries if entry.event.type in TAKE_BACK}


def words_of(entry: Entry, *, public: bool = False) -> str | None:
    """The words beside an event: its text, of a file the name; ``None`` where none are or may be read."""
    if entry.part is None or (public and entry.part not in PUBLIC_PARTS):
        return None
    if entry.event.type in _CONVERSATIONS and entry.subject and entry.text is not None:
        return f"{entry.subject}: {entry.text}"  # who was there, then what was said
    return entry.subject if entry.part in FILE_PARTS else entry.text


def act_words(detail: TicketDetail, entry: Entry) -> str:
    """What happened, with the number of the other ticket that it happened on or that it names."""
    said, other = term_of(Act, entry.event.type), entry.origin or detail.other(entry)
    said = ", ".join([said, *_particulars(entry.event)])
    return f"{said} ({other})" if other else said


def _particulars(event: Event) -> Iterator[str]:
    """Of a call how long it was and how many points of the card were kept; of another channel from where to where."""
    payload = event.payload
    if event.type in _CONVERSATIONS:
        if "minutes" in payload:
            yield _("{minutes} min", minutes=payload["minutes"])
        conduct = payload.get("conduct")
        if isinstance(conduct, list):
            yield _("card {kept} of {all}", kept=len(conduct), all=len(Conduct))
    elif event.type is Act.CONVERTED:
        yield _("{before}, now {after}", before=_channel(payload["from"]), after=_channel(payload["to"]))
    elif payload.get("at_request"):
        yield _("the customer asked for it")
    if payload.get("tone"):
        yield _("tone confirmed")


def _channel(slug: object) -> str:
    return term_of(Channel, str(slug))


def actor_of(entry: Entry) -> Turn:
    """Whose act it was, as a customer sees it: the customer's or the desk's."""
    event = entry.event
    theirs = event.type in _THE_CUSTOMERS or entry.part is Part.CUSTOMER
    theirs = theirs or event.payload.get("by") == Turn.CUSTOMER.value
    if event.type is Act.ATTACHED:
        theirs = event.payload.get("direction") == "in"
    return Turn.CUSTOMER if theirs else Turn.DESK
