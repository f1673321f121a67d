"""Taking mail in: every message ends in exactly one place, none stops the others, none is taken twice.

A transaction holds at most :data:`CHUNK` messages, each in a savepoint of its own. Two runs at once wait for
each other's transactions; what one has taken, the other has seen.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.mail_hooks import NO_HOOKS, Item, MailHooks, Parse
from ouvidoria_tui.desk.mail_take import Taken, keep, take_mail, unread
from ouvidoria_tui.domain.mail import Mail
from ouvidoria_tui.domain.mail_decision import Ending, Reason
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.errors import OuvidoriaError, StoreError

#: So many messages are one transaction: a killed run loses at most these, and the next one takes them.
CHUNK = 200
#: A chunk ends early where its messages are large, so that memory stays flat.
CHUNK_BYTES = 16 * 1024 * 1024

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Read:
    """A message that was read, or why it was not; neither where its bytes are known already."""

    item: Item
    mail: Mail | None = None
    error: Exception | None = None


def take(
    desk: Desk,
    items: Iterable[Item],
    parse: Parse,
    *,
    hooks: MailHooks = NO_HOOKS,
    historic: bool = False,
    dry_run: bool = False,
) -> Iterator[Taken]:
    """What became of each of ``items``, in order; a chunk is committed before its results appear.

    ``historic`` believes the messages' own dates and writes no letters. With ``dry_run`` everything is done and
    taken back, chunk by chunk. Raises ``NotAllowed`` before anything is read, ``StoreError`` where the store
    cannot go on.
    """
    desk.allow(Verb.INTAKE)
    return _take(desk, items, parse, hooks, historic, dry_run)


class _TakenBack(Exception):
    """Ends the transaction of a dry run."""


def _take(
    desk: Desk, items: Iterable[Item], parse: Parse, hooks: MailHooks, historic: bool, dry_run: bool
) -> Iterator[Taken]:
    for group in _chunks(items):
        # Read before the transaction begins: nobody waits for a parser.
        messages = [_read(desk, item, parse) for item in group]
        results: list[Taken] = []
        try:
            with desk.store.transaction():
                results = [_take_one(desk, message, hooks, historic) for message in messages]
                if dry_run:
                    raise _TakenBack
        except _TakenBack:
            results = [Taken(one.label, one.ending, one.message_id, None, one.reason) for one in results]
        yield from results


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    group: list[Item] = []
    size = 0
    for item in items:
        group.append(item)
        size += len(item.raw)
        if len(group) == CHUNK or size >= CHUNK_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _read(desk: Desk, item: Item, parse: Parse) -> _Read:
    if desk.store.mails.knows_bytes(sha256(item.raw).hexdigest()):
        return _Read(item)
    try:
        return _Read(item, parse(item.raw))
    except Exception as error:  # whatever a message does to the parser, the next one is read
        return _Read(item, error=error)


def _take_one(desk: Desk, message: _Read, hooks: MailHooks, historic: bool) -> Taken:
    item, error = message.item, message.error
    # Asked again: another run may have taken it, and a file may hold it twice.
    if desk.store.mails.knows_bytes(sha256(item.raw).hexdigest()):
        return Taken(item.label, Ending.SEEN)
    if message.mail is not None:
        try:
            with desk.store.transaction():
                return take_mail(desk, item, message.mail, hooks, historic=historic)
        except Exception as raised:
            if isinstance(raised, StoreError) and raised.code != "STORE_UNREADABLE":
                raise  # locked, full, damaged: the next message would fare no better
            error = raised
    return _quarantine(desk, item, error)


def _quarantine(desk: Desk, item: Item, error: Exception | None) -> Taken:
    reason, why = _reason_of(error)
    if reason is Reason.FAULT:
        _log.error("a message from %s was set aside", item.label, exc_info=error)
    kept = unread(item, reason, why, desk.clock.now())
    with desk.store.transaction():
        mail_id = keep(desk, kept, item.raw, None)
    return Taken(item.label, Ending.QUARANTINE, kept.message_id, None, reason, id=mail_id)


def _reason_of(error: Exception | None) -> tuple[Reason, str]:
    """The reason, and a slug that says more: the parser's own, an error's code, or the name of the fault."""
    if isinstance(error, StoreError):
        return Reason.STORAGE, error.code
    if isinstance(error, OuvidoriaError):
        said = str(error.details.get("reason") or error.code.lower().replace("_", "-"))
        if said == Reason.EMPTY.value:
            return Reason.EMPTY, said
        return (Reason.LIMIT if said in _LIMITS else Reason.UNREADABLE), said
    return Reason.FAULT, type(error).__name__


_LIMITS: Sequence[str] = ("too-large", "too-many-parts", "too-deep")
