"""How a ticket's letters fare, in a sentence: nothing where all is well, loudly where an answer did not arrive."""

from __future__ import annotations

from ouvidoria_tui.domain.outbox import Letter, LetterState, Trouble
from ouvidoria_tui.domain.ticket_file import TicketDetail
from ouvidoria_tui.present.words import _, plural, term_of


def mail_words(detail: TicketDetail, *, hidden: bool = False) -> str:
    """What somebody who looks at the ticket has to know of its mail; not cleaned."""
    lost = detail.lost_letters
    if detail.unheard_conclusion:
        head = _("the conclusive answer did not reach the customer")
    elif lost:
        head = plural(
            "{count} letter did not reach the customer",
            "{count} letters did not reach the customer",
            len(lost),
        )
    elif detail.lost_requests:
        lost = detail.lost_requests
        head = plural(
            "{count} letter did not reach the area", "{count} letters did not reach the area", len(lost)
        )
    else:
        waiting = sum(letter.state in (LetterState.QUEUED, LetterState.SENDING) for letter in detail.letters)
        return (
            plural("{count} letter waits to leave", "{count} letters wait to leave", waiting)
            if waiting
            else ""
        )
    return f"{head} ({letter_words(lost[-1], hidden=hidden)})"


def letter_words(letter: Letter, *, hidden: bool = False) -> str:
    """Where one letter stands, with what the server said of it; not cleaned."""
    state = _("came back") if letter.bounced_at is not None else term_of(LetterState, letter.state)
    return state if hidden or not letter.last_error else f"{state}: {error_words(letter.last_error)}"


def error_words(error: str) -> str:
    """What is known of why a letter did not leave: the desk's own words, or a server's as they are; not cleaned."""
    slug, colon, rest = error.partition(": ")
    return f"{term_of(Trouble, slug)}{colon}{rest}" if slug in set(Trouble) else error
