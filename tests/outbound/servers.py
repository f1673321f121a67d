"""Real mail servers on this machine, in a thread of their own; each misbehaves in the way it is told to."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

#: A certificate for localhost and its key, made for these tests; nobody trusts it unless told to.
PEM = Path(__file__).with_name("loopback.pem")


@dataclass
class Mailbox:
    """What a server answers, and what it has taken."""

    #: What is answered to RCPT and to the end of DATA, by turns; nothing left: everything is taken.
    recipients: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    sender: str = ""
    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    drops: int = 0
    during_data: Callable[[], None] = lambda: None
    port: int = 0

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.sender:
            return self.sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.recipients.pop(0) if self.recipients else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        self.during_data()
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.taken.append((str(envelope.mail_from), list(envelope.rcpt_tos), envelope.content))
        if self.drops:
            self.drops -= 1
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer

    @property
    def letters(self) -> list[bytes]:
        return [data for _from, _to, data in self.taken]


def trusted() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    return context


@contextmanager
def serving(
    mailbox: Mailbox, *, starttls: bool = False, tls: bool = False, password: str = ""
) -> Iterator[Mailbox]:
    """The mailbox behind a port of 127.0.0.1 while it lasts; with ``password`` only for who knows it."""

    def authenticate(_server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=data.password == password.encode(), handled=False)

    def protocol() -> SMTP:
        return SMTP(
            mailbox,
            hostname="localhost",
            tls_context=trusted() if starttls else None,
            require_starttls=starttls,
            authenticator=authenticate if password else None,
            auth_required=bool(password),
            auth_require_tls=starttls,
            loop=loop,
        )

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    making = loop.create_server(protocol, "127.0.0.1", 0, ssl=trusted() if tls else None)
    server = asyncio.run_coroutine_threadsafe(making, loop).result(10)
    mailbox.port = server.sockets[0].getsockname()[1]
    try:
        yield mailbox
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
