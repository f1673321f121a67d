"""The shape that all verbs share: permission, one transaction, the revision, the moment, the Outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.ledger import Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_move, turn_of
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.reading import check_may_open
from ouvidoria_tui.domain.ticket import Status, Ticket
from ouvidoria_tui.errors import Conflict, NotFound, OuvidoriaError, Refused, UsageError
from ouvidoria_tui.text import N_

#: What a verb decides: the events to record; none means that it is already so.
Decide = Callable[[Ticket, int], Sequence[Draft]]
#: A chunk of a batch is one transaction: large enough to be quick, small enough to be interrupted.
CHUNK = 200

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class When:
    """When an act happened, where that is not now, and why it is dated in the past."""

    at: int | None = None
    reason: str | None = None


NOW = When()
#: What anybody may do on a confidential ticket that somebody else has: it adds to it, and decides and tells nothing.
_ADDS = frozenset({Verb.CUSTOMER_REPLY, Verb.NOTE, Verb.ATTACH, Verb.ACK, Verb.UNDO})


def act(
    desk: Desk,
    ref: str,
    verb: Verb,
    decide: Decide,
    *,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """Carries out what ``decide`` says of the ticket ``ref``, in one transaction.

    ``revision`` is the one the caller has seen: where the ticket has moved on, nothing is written. A confidential
    ticket that somebody has is worked on by who may read it. Raises ``NotAllowed``, ``NotFound``, ``Refused``,
    ``Conflict``.
    """
    desk.allow(verb)
    with desk.store.transaction():
        ticket = desk.store.find(ref)
        if ticket.assignee is not None and verb not in _ADDS:
            check_may_open(desk.agent, ticket)
        check_revision(desk, ticket, revision)
        moment = moment_of(desk, ticket, when)
        drafts = decide(ticket, moment)
        if not drafts:
            return Outcome(ticket.protocol, verb.value, Result.UNCHANGED, ticket.status, ticket.revision)
        ticket, _clocks = record(desk, ticket, drafts)
    told = any(draft.to_customer or draft.to_area is not None for draft in drafts)
    return Outcome(ticket.protocol, verb.value, Result.DONE, ticket.status, ticket.revision, told=told)


def batch(
    desk: Desk, refs: Iterable[str], verb: Verb, one: Callable[[str], Outcome], *, chunk: int = CHUNK
) -> Iterator[Outcome]:
    """The outcome of ``one`` for each of ``refs``; a refusal of one leaves the others standing.

    Permission is checked once, before anything is done. A chunk of tickets is one transaction; outcomes
    appear when their chunk has been committed.
    """
    desk.allow(verb)
    for group in chunks(refs, chunk):
        outcomes: list[Outcome] = []
        with desk.store.transaction():
            for ref in group:
                try:
                    outcomes.append(one(ref))
                except (Refused, Conflict, NotFound, UsageError) as error:
                    outcomes.append(refused(ref, verb, error))
        yield from outcomes


def refused(ref: str, verb: Verb, error: OuvidoriaError) -> Outcome:
    """The outcome of an act that raised."""
    result = Result.CONFLICT if isinstance(error, Conflict) else Result.REFUSED
    return Outcome(ref, verb.value, result, code=error.code, message=error.message, error=error)


def chunks(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """``items`` in lists of at most ``size``."""
    group: list[_T] = []
    for item in items:
        group.append(item)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


def check_revision(desk: Desk, ticket: Ticket, revision: int | None) -> None:
    """Nothing, where the caller has seen the ticket as it is; ``Conflict`` ``TICKET_CHANGED`` otherwise."""
    if revision is None or revision == ticket.revision:
        return
    since = [event for event in desk.store.events(ticket.id) if event.seq > revision]
    raise Conflict(
        "TICKET_CHANGED",
        N_(
            "{protocol} was changed since it was read: {changes}",
            protocol=ticket.protocol,
            changes=tuple(event.type for event in since) or "-",
        ),
        N_("read it again and repeat the act if it is still wanted"),
        details={
            "seen": revision,
            "revision": ticket.revision,
            "since": [
                {"seq": event.seq, "type": event.type.value, "changes": dict(event.changes)}
                for event in since
            ],
        },
    )


def moment_of(desk: Desk, ticket: Ticket, when: When) -> int:
    """When the act happened: now, or a moment in the past that fits the ticket's history.

    Raises ``Refused``: ``DATE_IN_FUTURE``, ``DATE_OUT_OF_ORDER``, ``DATE_NEEDS_REASON``.
    """
    now = desk.clock.now()
    if when.at is None:
        return max(now, ticket.acted_at)
    if when.at > now:
        raise Refused(
            "DATE_IN_FUTURE",
            N_("an act cannot be dated in the future"),
            N_("leave --at out, or give the moment when it happened"),
        )
    if when.at < now and not (when.reason or "").strip():
        raise Refused(
            "DATE_NEEDS_REASON",
            N_("an act dated in the past needs a reason"),
            N_("say why it is recorded late, with --note or --reason"),
        )
    if when.at < max(ticket.acted_at, ticket.arrived_at):
        raise Refused(
            "DATE_OUT_OF_ORDER",
            N_("the act would lie before an earlier act on {protocol}", protocol=ticket.protocol),
            N_("see `ouvidoria history {protocol}` and give a later moment", protocol=ticket.protocol),
        )
    return when.at


def diff(ticket: Ticket, **wanted: object) -> dict[str, tuple[object, object]]:
    """The changes that make ``ticket`` what is wanted: ``{field: (old, new)}``, only where they differ."""
    return {
        name: (getattr(ticket, name), value)
        for name, value in wanted.items()
        if getattr(ticket, name) != value
    }


def move(ticket: Ticket, new: Status, **wanted: object) -> dict[str, tuple[object, object]]:
    """The changes of a legal move to ``new``; ``Refused`` ``ILLEGAL_TRANSITION`` where it is not legal.

    To stay where one is, is no move.
    """
    if new is not ticket.status:
        check_move(ticket.status, new)
    return diff(ticket, status=new, turn=turn_of(new), **wanted)


def note_of(text: str | None, part: Part = Part.REASON) -> Message | None:
    """A message of ``text``, where there is one."""
    return None if text is None or not text.strip() else Message(part, text)


def need_text(text: str | None, what: str) -> str:
    """``text``, where it says something; ``UsageError`` ``TEXT_REQUIRED`` naming ``what`` otherwise."""
    if text is not None and text.strip():
        return text
    raise UsageError(
        "TEXT_REQUIRED",
        N_("{what} cannot be empty", what=what),
        N_("give it with {what}", what=what),
    )
