"""The journey of a letter: claimed by one sender at a time, then sent, put off, given up, cancelled or tried again.

Each step is a transaction of its own. A sender that dies leaves its letter claimed; after a while it is sent
again, under the same Message-ID: at least once, and recognisable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ouvidoria_tui.desk.act import NOW, moment_of
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.domain.customer import AddressState
from ouvidoria_tui.domain.ledger import Act, Draft
from ouvidoria_tui.domain.mail_settings import MailSettings
from ouvidoria_tui.domain.outbox import (
    CLAIM_SECONDS,
    RETRIES,
    Letter,
    LetterKind,
    LetterState,
    Trouble,
    next_try,
)
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Status, Ticket
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


@dataclass(frozen=True, slots=True)
class Claim:
    """A letter in the hands of this sender, and the settings by which it leaves."""

    letter: Letter
    settings: MailSettings


def ticket_of(desk: Desk, letter: Letter) -> Ticket | None:
    """The ticket that a letter is about; ``None`` for one about none (a digest to an area)."""
    return desk.store.get(letter.ticket) if letter.ticket else None


def note_on(
    desk: Desk, letter: Letter, type_: Act, facts: Mapping[str, object]
) -> tuple[str, Status | None, int | None]:
    """What became of a letter, noted on its ticket or on the desk; protocol, status and revision afterwards."""
    ticket = ticket_of(desk, letter)
    if ticket is None:
        record_desk_act(desk, type_, facts)
        return "", None, None
    ticket, _clocks = record(desk, ticket, [Draft(type_, moment_of(desk, ticket, NOW), facts=facts)])
    return ticket.protocol, ticket.status, ticket.revision


def claim(desk: Desk) -> Claim | None:
    """The next letter that may leave now, claimed; ``None`` where none waits or the desk has sent enough for now.

    Raises ``NotAllowed``; ``Refused`` ``MAIL_NOT_SET``, ``DEMO_NEVER_SENDS``.
    """
    check_sending(desk)
    box, now = desk.store.outbox, desk.clock.now()
    with desk.store.transaction():
        settings = box.settings()
        if box.leaving_since(now - _MINUTE) >= settings.per_minute:
            return None
        while (letter := box.due(now, now - CLAIM_SECONDS)) is not None:
            kept_back = _kept_back(desk, letter, settings, now)
            if kept_back is not None:
                box.save(kept_back)
                continue
            claimed = replace(
                letter,
                state=LetterState.SENDING,
                attempts=letter.attempts + 1,
                claimed_at=now,
                claimed_by=desk.entropy(8).hex(),
            )
            box.save(claimed)
            return Claim(claimed, settings)
    return None


def anything_due(desk: Desk) -> bool:
    """Whether a letter waits that a sender would look at now."""
    now = desk.clock.now()
    return desk.store.outbox.due(now, now - CLAIM_SECONDS) is not None


def check_sending(desk: Desk) -> MailSettings:
    """The settings, where this agent may send and this desk can; see :func:`claim` for what it raises."""
    desk.allow(Verb.OUTBOX)
    settings = desk.store.outbox.settings()
    if settings.demo:
        raise Refused(
            "DEMO_NEVER_SENDS",
            N_("this is a sample desk: its letters are held and never leave"),
            N_("found a desk of your own with `ouvidoria init`"),
        )
    if not settings.ready:
        raise Refused(
            "MAIL_NOT_SET",
            N_("this desk has no settings for outgoing mail"),
            N_("give them with `ouvidoria outbox settings --from ADDRESS --host SERVER`"),
        )
    return settings


def _kept_back(desk: Desk, letter: Letter, settings: MailSettings, now: int) -> Letter | None:
    """The letter as it stands where it must not leave now; ``None`` where it may."""
    if letter.attempts > len(RETRIES):
        return replace(_unclaimed(letter), state=LetterState.FAILED, last_error=Trouble.NEVER_FINISHED.value)
    if letter.last_error == Trouble.RELEASED:
        return None
    if desk.store.outbox.is_dead(letter.recipient):
        return replace(_unclaimed(letter), state=LetterState.HELD, last_error=Trouble.DEAD_ADDRESS.value)
    if letter.kind is not LetterKind.AUTOMATIC:
        return None
    left = desk.store.outbox.automatic_since(letter.recipient, now - _DAY)
    if len(left) >= settings.automatic_per_day:
        words = Trouble.DAILY_CEILING.value
        return replace(_unclaimed(letter), state=LetterState.HELD, last_error=words)
    lately = [at for at in left if at > now - _HOUR]
    if len(lately) >= settings.automatic_per_hour:
        return replace(_unclaimed(letter), state=LetterState.QUEUED, next_try_at=lately[0] + _HOUR)
    return None


def sent(desk: Desk, letter: Letter) -> Letter:
    """The letter after a server took it."""
    done = replace(_unclaimed(letter), state=LetterState.SENT, sent_at=desk.clock.now(), last_error="")
    with desk.store.transaction():
        desk.store.outbox.save(done)  # whoever else holds it by now: that it left is a fact
    return done


def put_off(desk: Desk, letter: Letter, words: str) -> Letter:
    """The letter after a failure that may pass: tried again later, given up after the last attempt."""
    at = next_try(letter.attempts, desk.clock.now())
    state = LetterState.FAILED if at is None else LetterState.QUEUED
    return _said(
        desk, letter, replace(_unclaimed(letter), state=state, next_try_at=at or 0, last_error=words)
    )


def given_up(desk: Desk, letter: Letter, words: str, state: LetterState = LetterState.FAILED) -> Letter:
    """The letter after a refusal that waiting does not change."""
    return _said(desk, letter, replace(_unclaimed(letter), state=state, last_error=words))


def released(desk: Desk, letter: Letter, words: str) -> Letter:
    """The letter as if it had not been tried: what failed was the road, not the letter."""
    later = desk.clock.now() + _MINUTE
    back = replace(_unclaimed(letter), state=LetterState.QUEUED, attempts=letter.attempts - 1)
    return _said(desk, letter, replace(back, next_try_at=later, last_error=words))


def cancel(desk: Desk, ref: str) -> Outcome:
    """A letter that will not leave; the answer stays on the ticket. ``ref`` is the letter's number.

    Raises ``NotFound`` ``LETTER_NOT_FOUND``; ``Refused`` ``LETTER_LEFT``.
    """
    return _decide(desk, ref, "cancel", Act.MAIL_CANCELLED, LetterState.CANCELLED)


def retry(desk: Desk, ref: str) -> Outcome:
    """A letter that failed, was held, came back or was put off, due now with all of its attempts.

    Raises ``NotFound`` ``LETTER_NOT_FOUND``; ``Refused`` ``LETTER_LEFT``, ``MAIL_NOT_SET``, ``DEMO_NEVER_SENDS``.
    """
    check_sending(desk)
    return _decide(desk, ref, "retry", Act.MAIL_RETRIED, LetterState.QUEUED)


def _decide(desk: Desk, ref: str, verb: str, type_: Act, state: LetterState) -> Outcome:
    desk.allow(Verb.OUTBOX)
    with desk.store.transaction():
        letter = _find(desk, ref)
        ticket = ticket_of(desk, letter)
        put_off = type_ is Act.MAIL_RETRIED and (letter.next_try_at or 0) > desk.clock.now()
        if letter.state is state and not put_off:
            if ticket is None:
                return Outcome("", verb, Result.UNCHANGED)
            return Outcome(ticket.protocol, verb, Result.UNCHANGED, ticket.status, ticket.revision)
        undelivered = letter.state is LetterState.SENT and letter.bounced_at is not None
        if letter.state is LetterState.SENDING or (letter.state is LetterState.SENT and not undelivered):
            raise _left(ref, letter)
        box, now = desk.store.outbox, desk.clock.now()
        box.save(_again(letter, now) if type_ is Act.MAIL_RETRIED else _over(letter))
        if type_ is Act.MAIL_RETRIED and box.is_dead(letter.recipient):
            # A person believes in the address; if a letter comes back again, it is dead again.
            box.mark_address(letter.recipient, AddressState.BOUNCING, now)
        protocol, status, revision = note_on(desk, letter, type_, {"letter": letter.seq})
    return Outcome(protocol, verb, Result.DONE, status, revision)


def _again(letter: Letter, now: int) -> Letter:
    """In the queue as if it were new. What was held leaves now, whatever the ceilings say: a person decided."""
    words = Trouble.RELEASED.value if letter.state is LetterState.HELD else ""
    fresh = replace(letter, state=LetterState.QUEUED, attempts=0, next_try_at=now, last_error=words)
    return replace(fresh, bounced_at=None, sent_at=None)


def _over(letter: Letter) -> Letter:
    return replace(letter, state=LetterState.CANCELLED, bounced_at=None, last_error="")


def _find(desk: Desk, ref: str) -> Letter:
    if not (ref.isascii() and ref.isdigit() and len(ref) < 16):
        raise UsageError(
            "BAD_LETTER",
            N_("this is not the number of a letter: {written}", written=ref[:40]),
            N_("`ouvidoria outbox list` shows the numbers"),
        )
    letter = desk.store.outbox.letter(int(ref))
    if letter is None:
        raise NotFound(
            "LETTER_NOT_FOUND",
            N_("there is no letter {number}", number=ref),
            N_("`ouvidoria outbox list` shows the numbers"),
        )
    return letter


def _left(ref: str, letter: Letter) -> Refused:
    return Refused(
        "LETTER_LEFT",
        N_("letter {number} has left or is leaving right now", number=ref),
        N_("write to the customer again with `ouvidoria reply`"),
        details={"state": letter.state.value},
    )


def _said(desk: Desk, held: Letter, now: Letter) -> Letter:
    """Keeps how it ended, unless another sender has taken the letter over meanwhile."""
    with desk.store.transaction():
        desk.store.outbox.save(now, claimed_by=held.claimed_by)
    return now


def _unclaimed(letter: Letter) -> Letter:
    return replace(letter, claimed_at=None, claimed_by=None)
