"""The only place that wires store, clock, policy and agent into a desk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ouvidoria_tui.clock import Clock, SystemClock
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.mail_hooks import MailHooks, Parse
from ouvidoria_tui.desk.mail_letter import came_back, post
from ouvidoria_tui.domain.mail import Machine, Mail
from ouvidoria_tui.domain.message_ids import is_loop_mark, read
from ouvidoria_tui.domain.permission import Agent
from ouvidoria_tui.errors import NotAllowed
from ouvidoria_tui.intake.stemming import stem
from ouvidoria_tui.intake.templates import TemplateFolder
from ouvidoria_tui.store.connection import explained
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.watch import economical
from ouvidoria_tui.text import N_

#: ``explained`` turns what SQLite says of a store into a ``StoreError``: for who holds a desk open for long.
__all__ = ["close_desk", "desk_over", "explained", "lasting_desk", "open_desk", "system_user"]


def system_user(environ: Mapping[str, str] = os.environ) -> str:
    """The name of the system user; her number where she has no name."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return environ.get("USER") or str(os.getuid())


@contextmanager
def open_desk(
    path: Path,
    *,
    agent: str | None = None,
    clock: Clock | None = None,
    read_only: bool = False,
    busy_seconds: float | None = None,
) -> Iterator[Desk]:
    """The desk over the store at ``path``, in the hands of ``agent`` (default: the system user).

    ``busy_seconds`` is how long it waits for another writer.
    Raises ``StoreError``; ``NotAllowed`` ``AGENT_UNKNOWN`` where the store has no such agent.
    """
    with explained(path):
        store = SqliteStore.open(path, read_only=read_only, busy_seconds=busy_seconds)
        try:
            yield desk_over(store, agent=agent, clock=clock)
        finally:
            store.close()


def lasting_desk(path: Path, *, agent: str | None = None, clock: Clock | None = None) -> Desk:
    """A desk like :func:`open_desk`'s that stays open, with little memory, until :func:`close_desk`.

    It belongs to the thread that opened it.
    """
    with explained(path):
        store = SqliteStore.open(path)
        try:
            economical(store.conn)
            return desk_over(store, agent=agent, clock=clock)
        except BaseException:
            store.close()
            raise


def close_desk(desk: Desk) -> None:
    """Lets go of the store of a desk."""
    assert isinstance(desk.store, SqliteStore)
    desk.store.close()


def desk_over(store: SqliteStore, *, agent: str | None = None, clock: Clock | None = None) -> Desk:
    """A desk over a store that is open."""
    user = system_user()
    held_by = _agent(store, agent or user)
    return Desk(store, clock or SystemClock(), held_by, user, os.urandom, TemplateFolder(), stem)


def mail_reader(desk: Desk) -> Parse:
    """Reads a message within the limits of the desk's policy; raises ``UsageError`` ``MAIL_UNREADABLE``.

    What was said is told from what was quoted where it is shown: half of the time of reading would go there.
    """
    from ouvidoria_tui.intake.mail.limits import Limits
    from ouvidoria_tui.intake.mail.loop import carries_mark
    from ouvidoria_tui.intake.mail.parse import LOOP_HEADER, parse

    rule, key = desk.policy.policy.mail, desk.store.mail_key()
    limits = Limits(size=rule.limits.size, parts=rule.limits.parts, nesting=rule.limits.nesting)
    parsed = partial(parse, own_hosts=rule.own_hosts, limits=limits)

    def read_mail(raw: bytes) -> Mail:
        mail = parsed(raw)
        own = mail.machine is not Machine.LOOP or carries_mark(
            raw, LOOP_HEADER, partial(is_loop_mark, key=key)
        )
        return mail if own else parsed(raw, loop_header=f"{LOOP_HEADER}-Of-Others")

    return read_mail


def mail_hooks(desk: Desk) -> MailHooks:
    """What the intake of mail calls where others take over; a desk that sends no mail writes no letters."""
    key = desk.store.mail_key()

    def own_ticket(message_id: str) -> int | None:
        ticket = read(message_id, key)
        if ticket != 0:
            return ticket
        name = message_id.strip().removeprefix("<").removesuffix(">").lower()
        letter = desk.store.outbox.by_message_id(name)
        # What answers a notice is a matter of its own; what answers a digest waits for a person.
        return None if letter is not None and letter.of_notice else ticket

    return MailHooks(own_ticket, came_back, post if desk.store.outbox.settings().ready else None)


def _agent(store: SqliteStore, login: str) -> Agent:
    agent = store.agent(login)
    if agent is None:
        raise NotAllowed(
            "AGENT_UNKNOWN",
            N_("{login} is not an agent of this desk", login=login),
            N_("name one with --as, or ask an administrator to register {login}", login=login),
        )
    return agent
