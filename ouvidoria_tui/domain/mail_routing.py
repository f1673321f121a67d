"""Where a message of mail belongs: one walk over the evidence, the strongest first (C-19, C-20).

A message is never put on a ticket because of its sender alone. Equally good answers are a person's to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ouvidoria_tui.domain.mail import Mail
from ouvidoria_tui.domain.mail_decision import Decision, Ending, Found, Reason, Step, StepName
from ouvidoria_tui.domain.mail_knowledge import Knowledge, Named
from ouvidoria_tui.domain.mail_welcome import department_of, flags_of, marks_of
from ouvidoria_tui.domain.policy_mail import MailRule
from ouvidoria_tui.domain.ticket import Status, Ticket

_DAY = 86_400
#: The mark of a message that an area wrote: it is no word of a customer.
OF_AN_AREA = "area"


def route(mail: Mail, known: Knowledge, rule: MailRule, now: int) -> Decision:
    """Where ``mail`` goes, given what the store knows and the policy says; ``now`` in UTC epoch seconds."""
    walk = _Walk(mail, known, rule, now)
    for consider in (*_BEFORE, *_EVIDENCE):
        decision = consider(walk)
        if decision is not None:
            return decision
    return walk.new_ticket()


class _Walk:
    """The message, what is known, and the steps so far."""

    def __init__(self, mail: Mail, known: Knowledge, rule: MailRule, now: int) -> None:
        self.mail = mail
        self.known = known
        self.rule = rule
        self.now = now
        self.steps: list[Step] = []

    def note(self, name: StepName, found: Found, why: str = "", tickets: Iterable[Ticket] = ()) -> None:
        self.steps.append(Step(name, found, why, tuple(ticket.protocol for ticket in tickets)))

    def end(
        self,
        ending: Ending,
        *,
        ticket: int | None = None,
        reason: Reason | None = None,
        area: str | None = None,
    ) -> Decision:
        marks = marks_of(self.mail, self.known)
        if area is not None:
            marks = (*marks, OF_AN_AREA)
        return Decision(ending, tuple(self.steps), ticket, reason, marks=marks, area=area)

    def set_aside(self, name: StepName, reason: Reason, tickets: Iterable[Ticket] = ()) -> Decision:
        """The end of a message that a person has to look at."""
        tie = reason is Reason.AMBIGUOUS
        self.note(name, Found.TIE if tie else Found.DECIDED, reason.value, tickets)
        return self.end(Ending.QUARANTINE, reason=reason)

    def among(self, name: StepName, ids: Iterable[int], why: str) -> Decision | None:
        """The end on the one ticket that ``ids`` come to; a tie where there are more, nothing where none."""
        ids = tuple(ids)
        tickets = self.known.standing(ids)
        if not tickets:
            return None
        if len(tickets) > 1:
            return self.set_aside(name, Reason.AMBIGUOUS, tickets)
        self.note(name, Found.DECIDED, why if tickets[0].id in ids else "merged", tickets)
        return self.end(Ending.REPLY, ticket=tickets[0].id)

    def belonging(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Those of ``ids`` to which the sender belongs; none where the sender is not who it says."""
        return tuple(one for one in ids if self.known.speaker.proven and one in self.known.belongs)

    def new_ticket(self) -> Decision:
        department, why = department_of(self.mail, self.rule)
        self.note(StepName.NEW, Found.DECIDED, why)
        return Decision(
            Ending.TICKET,
            tuple(self.steps),
            department=department,
            flags=flags_of(self.known.speaker, self.rule),
            marks=marks_of(self.mail, self.known),
        )


def _seen(walk: _Walk) -> Decision | None:
    if walk.known.seen:
        walk.note(StepName.SEEN, Found.DECIDED, "same-id-and-body")
        return walk.end(Ending.SEEN)
    walk.note(StepName.SEEN, Found.NOTHING, "same-id-other-body" if walk.known.same_id else "")
    return None


def _machine(walk: _Walk) -> Decision | None:
    """A machine's message is kept; what it is about is only noted, because nothing may follow from it."""
    if walk.mail.machine is None:
        walk.note(StepName.MACHINE, Found.NOTHING)
        return None
    about = walk.known.standing((*walk.known.own.answered, *walk.known.own.thread))
    walk.note(StepName.MACHINE, Found.DECIDED, walk.mail.machine.value, about)
    return walk.end(Ending.MACHINE, ticket=about[0].id if len(about) == 1 else None)


def _sender(walk: _Walk) -> Decision | None:
    sender = walk.mail.sender
    if sender is None or "@" not in sender.email:
        return walk.set_aside(StepName.SENDER, Reason.NO_SENDER)
    if sender.email in walk.rule.addresses:
        return walk.set_aside(StepName.SENDER, Reason.OWN_ADDRESS)
    if not (walk.mail.text.strip() or walk.mail.subject.strip() or walk.mail.parts):
        return walk.set_aside(StepName.SENDER, Reason.EMPTY)
    speaker = walk.known.speaker
    walk.note(
        StepName.SENDER,
        Found.NOTHING if speaker.proven else Found.NOT_BELIEVED,
        speaker.standing.value if speaker.proven else "authentication-failed",
    )
    return None


def _area(walk: _Walk) -> Decision | None:
    """What desk and areas say to one another: an area is believed at its registered address alone.

    Anybody else who answers what was written to an area, and is no party to the ticket, is nobody's voice.
    """
    known = walk.known
    if 0 in (*known.own.answered, *known.own.thread):
        return walk.set_aside(StepName.AREA, Reason.DIGEST)
    for why, ids in _named_by(known):
        # Whoever is a customer as well speaks as one, unless what is answered was written to the area.
        meant = [
            one for one in ids if one in known.asked and (one in known.between or one not in known.belongs)
        ]
        if not meant:
            continue
        tickets = known.standing(meant)
        areas = {area for one in meant for area in known.asked[one]}
        if len(tickets) > 1 or len(areas) > 1:
            return walk.set_aside(StepName.AREA, Reason.AMBIGUOUS, tickets)
        if not known.speaker.proven:
            return walk.set_aside(StepName.AREA, Reason.NOT_THE_AREA, tickets)
        walk.note(StepName.AREA, Found.DECIDED, why, tickets)
        return walk.end(Ending.REPLY, ticket=tickets[0].id, area=areas.pop())
    strange = [one for one in known.between if one not in known.belongs]
    if strange:
        return walk.set_aside(StepName.AREA, Reason.NOT_THE_AREA, known.standing(strange))
    walk.note(StepName.AREA, Found.NOTHING)
    return None


def _named_by(known: Knowledge) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The tickets that a message names, the strongest evidence first."""
    return (
        ("in-reply-to", (*known.own.answered, *known.stored.answered)),
        ("references", (*known.own.thread, *known.stored.thread)),
        ("area-asked", known.token),
    )


def _own_id(walk: _Walk) -> Decision | None:
    """Our own Message-ID: signed, so nobody can have made it up."""
    return _by_header(walk, StepName.OWN_ID, walk.known.own)


def _stored_id(walk: _Walk) -> Decision | None:
    return _by_header(walk, StepName.STORED_ID, walk.known.stored)


def _by_header(walk: _Walk, name: StepName, named: Named) -> Decision | None:
    """The message that is answered says more than the rest of the thread."""
    decision = walk.among(name, named.answered, "in-reply-to") or walk.among(name, named.thread, "references")
    if decision is None:
        walk.note(name, Found.NOTHING)
    return decision


def _answered_by(walk: _Walk) -> Decision | None:
    """A message that comes after its own answers, or after another answer to what is missing here.

    The second is believed only of a sender who belongs there: many may answer one circular of the company.
    """
    decision = walk.among(StepName.ANSWERED_BY, walk.known.answers, "answer-came-first")
    decision = decision or walk.among(
        StepName.ANSWERED_BY, walk.belonging(walk.known.siblings), "same-missing-message"
    )
    if decision is None:
        others = walk.known.standing(walk.known.siblings)
        found = Found.NOT_BELIEVED if others else Found.NOTHING
        walk.note(StepName.ANSWERED_BY, found, "sender-does-not-belong" if others else "")
    return decision


def _token(walk: _Walk) -> Decision | None:
    """A protocol in the subject: anyone can write one."""
    decision = walk.among(StepName.TOKEN, walk.belonging(walk.known.token), "sender-belongs")
    if decision is None:
        named = walk.known.standing(walk.known.token)
        found = Found.NOT_BELIEVED if named else Found.NOTHING
        walk.note(StepName.TOKEN, found, "sender-does-not-belong" if named else "")
    return decision


def _subject(walk: _Walk) -> Decision | None:
    """The same subject of the same customer: a ticket that is open, else one closed a short while ago."""
    tickets = walk.known.standing(walk.belonging(walk.known.subject))
    still = [ticket.id for ticket in tickets if ticket.status is not Status.CLOSED]
    since = walk.now - walk.rule.recent_days * _DAY
    recent = [
        ticket.id for ticket in tickets if ticket.status is Status.CLOSED and (ticket.closed_at or 0) > since
    ]
    decision = walk.among(StepName.SUBJECT, still, "open") or walk.among(
        StepName.SUBJECT, recent, "closed-recently"
    )
    if decision is None:
        walk.note(StepName.SUBJECT, Found.NOTHING, "closed-long-ago" if tickets else "", tickets)
    return decision


_Consider = Callable[[_Walk], Decision | None]
#: What is settled before anybody asks where the message belongs, and then the evidence in its order.
_BEFORE: tuple[_Consider, ...] = (_seen, _machine, _sender, _area)
_EVIDENCE: tuple[_Consider, ...] = (_own_id, _stored_id, _answered_by, _token, _subject)
