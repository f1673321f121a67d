"""The desk: store, clock, agent and policy put together, and the one road by which events are recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from ouvidoria_tui.clock import Clock
from ouvidoria_tui.desk.ports import Entropy, PolicyInForce, Recorded, Store, Templates
from ouvidoria_tui.desk.posting import addressed
from ouvidoria_tui.desk.tone import weighed
from ouvidoria_tui.domain.deadline import ClockState
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import (
    Draft,
    Event,
    Message,
    Part,
    canonical,
    event_hash,
    next_anchor,
    storable,
)
from ouvidoria_tui.domain.outbox import Letter
from ouvidoria_tui.domain.permission import Agent, Verb, check_permission
from ouvidoria_tui.domain.projection import follow
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.domain.wording import Stemmer


@dataclass(slots=True)
class Desk:
    """Where the verbs work. ``os_user`` is the system user that every event names beside the agent.

    ``templates`` are those of the letters that the desk sends by itself; a desk without them sends none.
    ``stem`` gives the stems of words, for rules that ask for them. ``tone_confirmed`` says that the agent has
    seen what is held about the words that leave, and lets them go (S4-03).
    """

    store: Store
    clock: Clock
    agent: Agent
    os_user: str
    entropy: Entropy
    templates: Templates | None = None
    stem: Stemmer | None = None
    tone_confirmed: bool = False

    @property
    def policy(self) -> PolicyInForce:
        """The policy in force."""
        return self.store.policy()

    def allow(self, verb: Verb) -> None:
        """Nothing, where the desk's agent may do ``verb``; ``NotAllowed`` otherwise."""
        check_permission(self.agent, verb)

    def as_agent(self, agent: Agent) -> Desk:
        """The same desk in the hands of another agent."""
        return replace(self, agent=agent)

    def confirming_tone(self, confirmed: bool = True) -> Desk:
        """The same desk, whose agent has confirmed the tone of what leaves next (S4-03)."""
        return replace(self, tone_confirmed=confirmed)


def desk_language(desk: Desk) -> Language:
    """The language that the policy gives to letters (``[telling] language``)."""
    return desk.policy.policy.telling.language


def language_of(desk: Desk, ticket: Ticket) -> Language:
    """The language in which the customer of ``ticket`` is written to: the customer's own, else the desk's."""
    customer = None if ticket.customer is None else desk.store.customer(ticket.customer)
    own = None if customer is None else customer.language
    return own or desk_language(desk)


def record(
    desk: Desk,
    ticket: Ticket,
    drafts: Iterable[Draft],
    *,
    clocks: tuple[ClockState, ...] | None = None,
    new: bool = False,
) -> tuple[Ticket, tuple[ClockState, ...]]:
    """The ticket and its clocks after ``drafts`` were recorded; to be called inside a transaction.

    ``clocks`` are the ticket's clocks where the caller has them already; ``new`` marks a ticket that has no
    event yet.
    """
    store = desk.store
    if clocks is None:
        clocks = () if new else store.clocks(ticket.id)
    event_id, anchor, now = store.next_event_id(), store.anchor(), desk.clock.now()
    before: Ticket | None = None if new else ticket
    rows: list[Recorded] = []
    letters: list[Letter] = []
    for draft in drafts:
        draft = salted(_dated(desk, ticket, draft), desk.entropy)
        if draft.to_customer:
            draft = weighed(desk.policy.policy, draft, ticket.subject, confirmed=desk.tone_confirmed)
        if draft.to_customer or draft.to_area is not None:
            draft, letter = addressed(
                store.outbox, ticket, draft, now, entropy=desk.entropy, key=store.mail_key
            )
            letters += [] if letter is None else [letter]
        payload = draft.payload()
        written = canonical(payload)
        event = _event(desk, event_id, ticket, draft, payload, written, now, anchor)
        subject = draft.message.subject if draft.message is not None else ticket.subject
        past = partial(_past, store, ticket.id, [row.event for row in rows])
        after, clocks_after = follow(ticket, clocks, event, past, desk.policy.clocks, subject)
        version = desk.policy.version
        rows.append(Recorded(event, after, clocks_after, before, clocks, draft.message, version, written))
        before = ticket = after
        clocks, event_id, anchor = clocks_after, event_id + 1, event.anchor
    store.record(rows)
    for letter in letters:
        store.outbox.queue(letter)
    return ticket, clocks


def _past(store: Store, ticket_id: int, recorded_now: list[Event]) -> list[Event]:
    """The events before the one at hand: those kept, and those of the same act that are not written yet."""
    return [*store.events(ticket_id), *recorded_now]


def _dated(desk: Desk, ticket: Ticket, draft: Draft) -> Draft:
    """``draft`` with language and version of the template that its letter was written by, where it names one."""
    name = draft.facts.get("template")
    if not isinstance(name, str) or draft.message is None or draft.message.part is not Part.DESK:
        return draft
    language = language_of(desk, ticket)
    newest = desk.store.telling.template(name, language)
    version = 0 if newest is None else newest.version
    written = {"template_version": version, "template_language": language.value}
    return replace(draft, facts={**draft.facts, **written})


def salted(draft: Draft, entropy: Entropy) -> Draft:
    """``draft`` with a salt of its own for its message, in words that can be kept."""
    message = draft.message
    if message is None or message.salt:
        return draft
    message = Message(message.part, storable(message.text), storable(message.subject), entropy(16))
    return replace(draft, message=message)


def _event(
    desk: Desk,
    event_id: int,
    ticket: Ticket,
    draft: Draft,
    payload: dict[str, object],
    written: str,
    now: int,
    anchor: bytes,
) -> Event:
    seq = ticket.revision + 1
    hash_ = event_hash(
        ticket=ticket.id,
        seq=seq,
        type=draft.type.value,
        actor=desk.agent.id,
        os_user=desk.os_user,
        happened_at=draft.happened_at,
        recorded_at=now,
        payload=written,
        prev=ticket.head,
    )
    return Event(
        id=event_id,
        ticket=ticket.id,
        seq=seq,
        type=draft.type,
        actor=desk.agent.id,
        os_user=desk.os_user,
        happened_at=draft.happened_at,
        recorded_at=now,
        payload=payload,
        prev=ticket.head,
        hash=hash_,
        anchor=next_anchor(anchor, hash_),
    )
