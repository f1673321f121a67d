"""A small desk to read from: a store at a fixed moment, verbs to fill it, and the command line over it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.cli.main import run
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.assign import assign, start
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.escalate import escalate
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.desk.reply import customer_reply, note, reply
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.ticket import Channel, Severity, Type
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.store import SqliteStore
from tests.plain_profile import plain

#: Friday, 20 November 2026, 10:00 in São Paulo: a holiday (Consciência Negra), which some profiles keep.
NOW = 1_795_179_600
HOUR, DAY = 3600, 86_400
#: Escapes, markup, bidi, controls, a formula and broken characters, all in one subject.
HOSTILE = "=1+1 \x1b[31mred\x1b]52;c;QQ==\x07 [/b][@click=quit]x[/] \u202egpj\u2066 \x9b2J\x00\ttab\r\nline |md| `x`"


MARIA = Customer(0, "Maria Teste", email="maria@example.com", document="00000000191")


@dataclass
class ReadingDesk:
    """A store with its administrator ``ana``, the agents ``bia`` and ``caio`` and the auditor ``edu``."""

    path: Path
    clock: FixedClock
    capsys: pytest.CaptureFixture[str]

    @contextmanager
    def desk(self, agent: str = "ana", at: int = NOW) -> Iterator[Desk]:
        """The desk in the hands of ``agent`` at a moment."""
        store = SqliteStore.open(self.path)
        try:
            yield desk_over(store, agent=agent, clock=FixedClock(at))
        finally:
            store.close()

    def new(self, subject: str = "Cobrança em duplicidade", *, at: int = NOW - HOUR, **more: Any) -> str:
        """The protocol of a new ticket that arrived at ``at``."""
        values = {"text": "Fui cobrada duas vezes.", "channel": Channel.EMAIL, "type": Type.COMPLAINT, **more}
        with self.desk(at=at) as desk:
            return receive(desk, Manifestation(subject, **values)).protocol

    def secret(self) -> str:
        """The protocol of a confidential ticket."""
        who = Customer(0, "Fulana Reservada", email="reservada@example.com")
        return self.new("Assunto reservado", text="Relato reservado.", confidential=True, customer=who)

    def run(self, *args: str, agent: str = "ana", lang: str = "en", code: int = 0) -> tuple[str, str]:
        """What a call prints on stdout and stderr; its exit code is as expected."""
        got = run(["--db", str(self.path), "--as", agent, "--lang", lang, *args])
        out, err = self.capsys.readouterr()
        assert got == code, err
        return out, err

    def json(self, *args: str, agent: str = "ana") -> Any:
        """What a call prints as JSON."""
        return json.loads(self.run(args[0], "--format", "json", *args[1:], agent=agent)[0])


def make_desk(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    profile: str = "organizacional",
) -> ReadingDesk:
    """A new desk in ``folder``, standing still at ``NOW`` until its clock is set."""
    clock = FixedClock(NOW)
    monkeypatch.setattr("ouvidoria_tui.bootstrap.SystemClock", lambda: clock)
    store = found_desk(
        folder / "desk.db",
        profile=profile,
        text=plain(profile),
        clock=FixedClock(NOW - 90 * DAY),
        admin="ana",
    )
    desk = desk_over(store, agent="ana", clock=FixedClock(NOW - 90 * DAY))
    for login, role in (("bia", Role.AGENT), ("caio", Role.AGENT), ("edu", Role.AUDITOR)):
        with store.transaction():
            register_agent(desk, login, login.title(), role)
    store.close()
    return ReadingDesk(folder / "desk.db", clock, capsys)


def worked_on(desk: ReadingDesk) -> str:
    """A ticket with every kind of word on it, one act an hour."""
    protocol = desk.new(at=NOW - 20 * HOUR, customer=MARIA)
    with desk.desk(at=NOW - 9 * HOUR) as acting:
        assign(acting, protocol, "bia")
    with desk.desk("bia", at=NOW - 8 * HOUR) as acting:
        start(acting, protocol)
    with desk.desk("bia", at=NOW - 7 * HOUR) as acting:
        note(acting, protocol, "nota interna: cliente difícil")
    with desk.desk("bia", at=NOW - 6 * HOUR) as acting:
        classify(acting, protocol, Classification(severity=Severity.HIGH))
    with desk.desk("bia", at=NOW - 5 * HOUR) as acting:
        escalate(acting, protocol, 2, "motivo interno")
    with desk.desk("bia", at=NOW - 4 * HOUR) as acting:
        attach(acting, protocol, "boleto.pdf", b"%PDF", outgoing=True)
    with desk.desk("bia", at=NOW - 3 * HOUR) as acting:
        reply(acting, protocol, "Estornamos o valor.", conclusive=True)
    with desk.desk("bia", at=NOW - 2 * HOUR) as acting:
        customer_reply(acting, protocol, "Recebi, obrigada.")
    return protocol
