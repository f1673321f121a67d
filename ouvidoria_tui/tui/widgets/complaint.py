"""What was said: the manifestation in the customer's words, then the conversation, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from ouvidoria_tui.domain.ledger import Part
from ouvidoria_tui.domain.ticket_file import Entry
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.mail_words import letter_words, mail_words
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.widgets.lines import Line, blank, heading, plain, prose

_SAID = frozenset({Part.CUSTOMER, Part.DESK})


def masked_lines(page: TicketPage, width: int) -> Iterator[Line]:
    """What stands in the place of a confidential ticket's words until they are opened."""
    yield plain(_("[confidential]"), "head")
    yield blank()
    if page.may_open:
        yield from prose(_("The words are masked. enter shows them on this screen only."), width)
    else:
        who = _("Its owner, a supervisor, the ombudsman, an administrator or the auditor can open it.")
        yield from prose(who, width)


def complaint_lines(page: TicketPage, width: int, *, hidden: bool) -> list[Line]:
    """The manifestation with its date, its subject, its words; then the public conversation in order."""
    if hidden:
        return list(masked_lines(page, width))
    zone, ticket = page.policy.zone, page.ticket
    lines: list[Line] = []
    if page.detail.lost_letters:
        lines += [*prose(mail_words(page.detail), width, "late"), blank()]
    lines += [heading(_("What the customer reported"), moment(ticket.arrived_at, zone), width)]
    if ticket.subject.strip():
        lines += prose(" ".join(ticket.subject.split()), width, "today")
    text = page.detail.description
    lines += prose(_("(erased)") if text is None else text.strip() or _("(no text)"), width)
    lost = {letter.seq: letter for letter in page.detail.lost_letters}
    for entry in _conversation(page):
        lines += [blank(), heading(_who(entry), moment(entry.event.happened_at, zone), width)]
        lines += prose(_("(erased)") if entry.text is None else entry.text, width)
        if entry.event.seq in lost:
            lines += prose(_("By mail: {state}.", state=letter_words(lost[entry.event.seq])), width, "late")
    return lines


def _conversation(page: TicketPage) -> list[Entry]:
    said = [entry for entry in page.detail.entries if entry.part in _SAID]
    return sorted(said, key=lambda entry: (entry.event.happened_at, entry.event.seq))


def _who(entry: Entry) -> str:
    if entry.part is Part.CUSTOMER:
        return _("the customer wrote")
    return _("answer by {who}", who=entry.actor)
