"""What was said: the manifestation in the customer's words, then the conversation, as lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ouvidoria_tui.domain.ledger import Part
from ouvidoria_tui.domain.quotes import Kind, pieces
from ouvidoria_tui.domain.ticket_file import Entry
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.intake_words import marks_words
from ouvidoria_tui.present.mail_words import letter_words, mail_words
from ouvidoria_tui.present.words import _, plural
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


def complaint_lines(page: TicketPage, width: int, *, hidden: bool, whole: bool = False) -> list[Line]:
    """The manifestation with its date, its subject, its words; then the public conversation in order.

    Of mail only what was said is shown, unless ``whole``; a line stands in the place of what was left out.
    """
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
    first = next((entry.event.seq for entry in page.detail.entries if entry.part is Part.MANIFESTATION), 0)
    lines += _marks(page, first, width)
    lines += _words(page, first, None if text is None else text.strip() or _("(no text)"), width, whole)
    lost = {letter.seq: letter for letter in page.detail.lost_letters}
    for entry in _conversation(page):
        seq = entry.event.seq
        lines += [blank(), heading(_who(entry), moment(entry.event.happened_at, zone), width)]
        lines += _marks(page, seq, width)
        lines += _words(page, seq, entry.text, width, whole)
        if seq in lost:
            lines += prose(_("By mail: {state}.", state=letter_words(lost[seq])), width, "late")
    return lines


def _words(page: TicketPage, seq: int, text: str | None, width: int, whole: bool) -> Iterator[Line]:
    if text is None or whole or seq not in page.mail:
        yield from prose(_("(erased)") if text is None else text, width)
        return
    for is_said, group in groupby(pieces(text), key=lambda piece: piece.kind is Kind.SAID):
        words = "".join(piece.text for piece in group).strip("\n")
        if is_said:
            yield from prose(words, width)
        else:
            yield plain(
                plural(
                    "[{count} line quoted or signed; w unfolds]",
                    "[{count} lines quoted or signed; w unfolds]",
                    len(words.splitlines()),
                ),
                "quiet",
            )


def _marks(page: TicketPage, seq: int, width: int) -> Iterator[Line]:
    """What the reader should know of a message of mail before believing it."""
    kept = page.mail.get(seq)
    if kept is not None and kept.marks:
        yield from prose(f"! {marks_words(kept.marks)}", width, "late")


def _conversation(page: TicketPage) -> list[Entry]:
    said = [entry for entry in page.detail.entries if entry.part in _SAID]
    return sorted(said, key=lambda entry: (entry.event.happened_at, entry.event.seq))


def _who(entry: Entry) -> str:
    if entry.part is Part.CUSTOMER:
        return _("the customer wrote")
    return _("answer by {who}", who=entry.actor)
