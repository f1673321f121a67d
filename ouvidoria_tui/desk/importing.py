"""Bringing records in: upsert by (source, external id), history dated as it happened, idempotent.

Import never runs gates (triage does), never sends, and takes the protocol's year from the arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.desk.act import chunks
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.import_history import History, history_of, update_of
from ouvidoria_tui.desk.ports import Customer
from ouvidoria_tui.desk.receive import new_ticket
from ouvidoria_tui.desk.register import record_desk_act, register_customer, register_named
from ouvidoria_tui.domain.ledger import Act, canonical
from ouvidoria_tui.domain.permission import Role, Verb
from ouvidoria_tui.domain.record import Record, row_hash

#: So many records are one transaction: a killed import loses at most these, and a second run completes it.
CHUNK = 500


class Took(StrEnum):
    """What became of a record."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Imported:
    """One record that was taken: its line, and the protocol it has now."""

    line: int
    took: Took
    protocol: str | None


def import_records(
    desk: Desk, records: Iterable[Record], *, dry_run: bool = False, chunk: int = CHUNK
) -> Iterator[Imported]:
    """What became of each of ``records``, in order; a chunk is committed before its results appear.

    With ``dry_run`` everything is done and taken back, chunk by chunk: the same results, nothing written.
    """
    desk.allow(Verb.IMPORT)
    for group in chunks(records, chunk):
        if dry_run:
            yield from _rehearse(desk, group)
            continue
        with desk.store.transaction():
            results = _take_chunk(desk, group)
        yield from results


class _TakenBack(Exception):
    """Ends the transaction of a dry run."""


def _rehearse(desk: Desk, group: Sequence[Record]) -> list[Imported]:
    results: list[Imported] = []
    try:
        with desk.store.transaction():
            results = _take_chunk(desk, group)
            raise _TakenBack
    except _TakenBack:
        return [Imported(done.line, done.took, None) for done in results]


def _take_chunk(desk: Desk, group: Sequence[Record]) -> list[Imported]:
    known: dict[tuple[str, str], tuple[int, bytes]] = {}
    for source in {item.source for item in group}:
        ids = [item.external_id for item in group if item.source == source]
        known |= {(source, key): value for key, value in desk.store.external(source, ids).items()}
    results: list[Imported] = []
    references: list[tuple[str, str, int, bytes, str]] = []
    for item in group:
        digest = row_hash(item)
        before = known.get((item.source, item.external_id))
        if before is not None and before[1] == digest:
            results.append(Imported(item.line, Took.UNCHANGED, None))
            continue
        if before is None:
            ticket_id, protocol, took = *_create(desk, item), Took.CREATED
        else:
            ticket_id, protocol, took = before[0], _update(desk, item, before[0]), Took.UPDATED
        references.append((item.source, item.external_id, ticket_id, digest, _extra(item)))
        known[item.source, item.external_id] = (ticket_id, digest)
        results.append(Imported(item.line, took, protocol))
    desk.store.put_external(references)
    return results


def _extra(item: Record) -> str:
    """What the record says and the ticket has no place for, kept with its origin."""
    extra: dict[str, object] = dict(item.extra)
    return canonical(extra) if extra else ""


def _create(desk: Desk, item: Record) -> tuple[int, str]:
    names = _names(desk, item)
    ticket = new_ticket(desk, item.received_at)
    drafts = history_of(ticket, item, names)
    record(desk, ticket, drafts, new=True)
    return ticket.id, ticket.protocol


def _update(desk: Desk, item: Record, ticket_id: int) -> str:
    """What the source says now and did not say before, as one more event; nothing of the past is changed."""
    ticket = desk.store.get(ticket_id)
    known = {message.text for message in desk.store.messages(ticket_id).values()}
    drafts = update_of(ticket, item, _names(desk, item), known, desk.clock.now())
    record(desk, ticket, drafts)
    return ticket.protocol


def _names(desk: Desk, item: Record) -> History:
    """The ids and slugs of what a record names, registered where they are new."""
    department = register_named(desk, "department", item.department) if item.department else None
    cause = register_named(desk, "cause", item.cause) if item.cause else None
    customer = plan = None
    if item.customer is not None:
        who = item.customer
        plan = register_named(desk, "plan", who.plan) if who.plan else None
        found = Customer(0, who.name, who.email, who.document, plan, item.source, who.external_id)
        customer = register_customer(desk, found)
    assignee = _assignee(desk, item.assignee) if item.assignee else None
    return History(department, cause, customer, plan, assignee)


def _assignee(desk: Desk, login: str) -> int:
    """The agent of a login; one that the desk does not know is registered as inactive."""
    agent = desk.store.agent(login)
    if agent is None:
        agent = desk.store.add_agent(login, login, Role.AGENT, False, desk.clock.now())
        record_desk_act(
            desk, Act.AGENT_REGISTERED, {"agent": agent.id, "role": agent.role.value, "active": False}
        )
    return agent.id
