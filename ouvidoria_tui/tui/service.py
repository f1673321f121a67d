"""How screens reach the desk: jobs on threads of their own, answers as messages.

A *lane* is one thread with one desk over one connection (a SQLite connection belongs to its thread). ``PAGES``
serves what the agent waits for, ``COUNTS`` what may take longer, ``ACTS`` the verbs, ``WATCH`` the look at what
others did, so that none of them waits for another.

    service.read(self, lambda desk: reads.detail(desk, ticket_id), DetailRead, group="detail")
    service.act(self, Act("Atribuída a ana", Verb.ASSIGN, targets, lambda desk, ref, rev: assign(desk, ref, "ana")))

A newer call of the same ``group`` on the same widget replaces the older one and interrupts its query. What a job
raises as ``OuvidoriaError`` comes as ``Failed`` with a way to try again; a replaced job says nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from textual.dom import DOMNode
from textual.message import Message

from ouvidoria_tui.bootstrap import close_desk, explained, lasting_desk
from ouvidoria_tui.clock import Clock, SystemClock
from ouvidoria_tui.desk import saved_views
from ouvidoria_tui.desk.act import batch
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.permission import Agent, Verb
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.views import VIEWS, View
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.report.reading import connection, data_version, newest_event
from ouvidoria_tui.tui.messages import Acted, Failed, Target

__all__ = ["Act", "Facts", "Lane", "Service", "open_service"]

T = TypeVar("T")
Job = Callable[[Desk], T]


class Lane(StrEnum):
    """The threads."""

    PAGES = "pages"
    COUNTS = "counts"
    ACTS = "acts"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class Facts:
    """What every screen needs to know and what does not change while the console is open.

    ``mail``: letters of the desk leave.
    """

    agent: Agent
    policy: Policy
    path: Path
    own_views: tuple[View, ...] = ()
    mail: bool = False

    @property
    def views(self) -> tuple[View, ...]:
        """The views of the queue by their keys 1 to 9: those of every desk, then the agent's own."""
        return (*VIEWS, *self.own_views)[:9]

    @property
    def zone(self) -> str:
        """The desk's time zone."""
        return self.policy.zone


@dataclass(frozen=True, slots=True)
class Act:
    """One verb on some tickets: ``one`` carries it out on a protocol at the revision that was seen."""

    label: str
    verb: Verb
    targets: Sequence[Target]
    one: Callable[[Desk, str, int | None], Outcome]


class Superseded(Exception):
    """A newer call took this one's place."""


@dataclass(eq=False)
class _Call:
    """A job in a lane; ``dropped`` once nobody waits for it."""

    job: Callable[[Desk], Any]
    dropped: bool = False


@dataclass(eq=False)
class _Thread:
    """One lane at work. Opens its desk at the first job, and anew where the file is another one than before."""

    path: Path
    opener: Callable[[], Desk]
    executor: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "lane"))
    desk: Desk | None = None
    file: tuple[int, int] | None = None
    running: _Call | None = None

    def submit(self, call: _Call) -> Future[Any]:
        return self.executor.submit(self._run, call)

    def drop(self, call: _Call) -> None:
        """Nobody waits for this call any more: its query is stopped where it runs."""
        call.dropped = True
        if self.running is call and self.desk is not None:
            connection(self.desk.store).interrupt()

    def close(self) -> None:
        if self.running is not None:
            self.drop(self.running)
        self.executor.submit(self._close)
        self.executor.shutdown(wait=False)

    def _run(self, call: _Call) -> Any:
        for attempt in (1, 2):
            if call.dropped:
                raise Superseded
            self.running = call
            try:
                with explained(self.path):
                    return call.job(self._open())
            except OuvidoriaError as error:
                if call.dropped:
                    raise Superseded from error
                # The interrupt was meant for the call before this one, which ended at the same moment.
                if attempt == 2 or not _interrupted(error):
                    raise
            finally:
                self.running = None
        raise Superseded

    def _open(self) -> Desk:
        """The desk; opened anew where the file was moved away or replaced, since acts on the old one are lost."""
        file = _identity(self.path)
        if self.desk is None or file != self.file:
            self._close()
            self.desk, self.file = self.opener(), file
        return self.desk

    def _close(self) -> None:
        if self.desk is not None:
            desk, self.desk = self.desk, None
            close_desk(desk)


class Service:
    """The lanes of a console. ``opener`` makes a desk over a connection of the thread that calls it."""

    def __init__(self, opener: Callable[[], Desk], facts: Facts, clock: Clock) -> None:
        self.facts = facts
        self.clock = clock
        self._lanes = {lane: _Thread(facts.path, opener) for lane in Lane}
        self._version: _Version | None = None

    def read(
        self,
        node: DOMNode,
        job: Job[T],
        then: Callable[[T], Message],
        *,
        group: str,
        lane: Lane = Lane.PAGES,
    ) -> None:
        """Carries out ``job`` and posts ``then(result)`` to ``node``; replaces an older call of ``group``."""

        def again() -> None:
            self.read(node, job, then, group=group, lane=lane)

        node.run_worker(self._work(node, lane, job, then, group, again), group=group, exclusive=True)

    def act(self, node: DOMNode, act: Act) -> None:
        """Carries out a verb and posts ``Acted``; one after the other, none is replaced."""

        def job(desk: Desk) -> tuple[Outcome, ...]:
            seen = {target.protocol: target.revision for target in act.targets}
            return tuple(batch(desk, list(seen), act.verb, lambda ref: act.one(desk, ref, seen[ref])))

        def then(outcomes: tuple[Outcome, ...]) -> Message:
            return Acted(act.label, act.verb.value, outcomes)

        node.run_worker(
            self._work(node, Lane.ACTS, job, then, "act", lambda: self.act(node, act)), group="act"
        )

    async def changed(self) -> bool:
        """Whether anybody has committed since the last call; raises ``OuvidoriaError`` where that fails."""
        # A desk that was opened anew counts as changed: the number belongs to one connection.
        version = await self._ask(Lane.WATCH, _version)
        before, self._version = self._version, version
        if before is None or before == version:
            return False
        return (before.desk, before.event) != (version.desk, version.event)

    def close(self) -> None:
        """Stops what runs and lets go of the store."""
        for lane in self._lanes.values():
            lane.close()

    async def _ask(self, lane: Lane, job: Job[T]) -> T:
        thread, call = self._lanes[lane], _Call(job)
        try:
            value: T = await asyncio.wrap_future(thread.submit(call))
        except asyncio.CancelledError:
            thread.drop(call)
            raise
        return value

    def _work(
        self,
        node: DOMNode,
        lane: Lane,
        job: Job[T],
        then: Callable[[T], Message],
        what: str,
        again: Callable[[], None],
    ) -> Callable[[], Awaitable[None]]:
        async def work() -> None:
            try:
                message = then(await self._ask(lane, job))
            except Superseded:
                return
            except OuvidoriaError as error:
                message = Failed(what, error, again)
            node.post_message(message)

        return work  # not yet a coroutine: a console that ends before it began leaves nothing behind


def open_service(path: Path, *, agent: str | None = None, clock: Clock | None = None) -> Service:
    """The service over the store at ``path`` in the hands of ``agent`` (default: the system user).

    Raises ``StoreError`` and ``NotAllowed`` here, before there is a screen to say it on.
    """
    clock = clock or SystemClock()

    def opener() -> Desk:
        return lasting_desk(path, agent=agent, clock=clock)

    first = opener()
    try:
        mail = first.store.outbox.settings().ready
        facts = Facts(first.agent, first.policy.policy, path, tuple(saved_views.own(first)), mail)
    finally:
        close_desk(first)
    return Service(opener, facts, clock)


class _Version(NamedTuple):
    """What the store looked like at one moment."""

    desk: int
    data: int
    event: int


def _version(desk: Desk) -> _Version:
    conn = connection(desk.store)
    return _Version(id(desk), data_version(conn), newest_event(conn))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _interrupted(error: OuvidoriaError) -> bool:
    return getattr(error.__cause__, "sqlite_errorname", "") == "SQLITE_INTERRUPT"
