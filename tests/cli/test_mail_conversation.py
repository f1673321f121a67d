"""A whole conversation over real servers: IMAP brings the customer's words, SMTP carries the desk's, both by TLS.

Everything between is the command line. Skipped where Dovecot is not installed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.outbound.password import VARIABLE
from tests.cli.shell import Said, Shell
from tests.outbound.servers import PEM, Mailbox, serving
from tests.plain_profile import plain
from tests.unit.mail import dovecot
from tests.unit.mail.dovecot import Dovecot

pytestmark = [
    pytest.mark.skipif(not dovecot.installed(), reason="dovecot or openssl is not installed"),
    pytest.mark.filterwarnings("ignore:Requiring AUTH while"),
]

SECRET = "s3nh4-de-saida"

FIRST = """\
From: Rita Souza <rita@example.com>
To: sac@desk.example
Message-ID: <pergunta@example.com>
Subject: Site fora do ar

Meu site caiu hoje cedo e continua fora do ar.
"""

VACATION = """\
From: Rita Souza <rita@example.com>
To: sac@desk.example
Message-ID: <ferias@example.com>
In-Reply-To: <{ours}>
Auto-Submitted: auto-replied
Subject: Estou fora do =?utf-8?q?escrit=C3=B3rio?=

Volto na segunda-feira.
"""

THANKS = """\
From: Rita Souza <rita@example.com>
To: sac@desk.example
Message-ID: <obrigada@example.com>
In-Reply-To: <{ours}>
Subject: Re: Site fora do ar
Content-Type: text/plain; charset=utf-8

Muito obrigada!
"""

# From another program, another address, with another subject: only our Message-ID leads back.
OUTLOOK = """\
From: Rita em casa <rita.casa@example.org>
To: sac@desk.example
Message-ID: <outlook@example.org>
In-Reply-To: <{ours}>
References: <pergunta@example.com> <{ours}>
Subject: RES: outro assunto
Content-Type: text/plain; charset=utf-8

Agora caiu de novo, podem olhar?

-----Mensagem original-----
De: Ouvidoria <ouvidoria@desk.example>
Enviada em: segunda-feira, 2 de março de 2026 10:12
Para: Rita Souza
Assunto: Re: Site fora do ar

O site voltou às 11h.
"""

AGAIN = """\
From: Rita Souza <rita@example.com>
To: sac@desk.example
Message-ID: <cheguei@example.com>
In-Reply-To: <{ours}>
Subject: Re: Site fora do ar

Minha caixa estava cheia. O que escreveram?
"""

REPORT = """\
From: MAILER-DAEMON@mx.example.net
To: ouvidoria@desk.example
Message-ID: <relatorio@mx.example.net>
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

The mail system could not deliver your message.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; rita@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: message/rfc822

{original}
--b--
"""


@dataclass
class Correspondence:
    """The desk at its command line between the folder that it reads and the server that it sends by."""

    shell: Shell
    folder: Dovecot
    server: Mailbox

    def __call__(self, *args: str) -> Any:
        said: Said = self.shell(*args, "--format", "json")
        assert said.code == 0, said.err
        return said.json

    def arrives(self, text: str) -> dict[str, int]:
        """What the intake counts after ``text`` lies in the folder."""
        self.folder.deliver(text.replace("\n", "\r\n").encode(), at=int(time.time()))
        return self.take()

    def take(self, *more: str) -> dict[str, int]:
        where = ("--host", "localhost", "--port", str(self.folder.tls), "--user", self.folder.user)
        counts = self("intake", "imap", *where, "--ca-file", str(self.folder.certificate), *more)
        return {key: value for key, value in counts.items() if value and key != "read"}

    def send(self) -> Message:
        """The one letter that leaves now, as the server took it."""
        before = len(self.server.letters)
        assert [one["state"] for one in self("outbox", "send")] == ["sent"]
        (raw,) = self.server.letters[before:]
        return message_from_bytes(raw, policy=default)

    def standing(self, ref: str) -> tuple[str, int]:
        """Status and revision: what an act changes."""
        ticket = self("show", ref)
        return ticket["status"], ticket["revision"]


@pytest.fixture
def desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Correspondence]:
    path = tmp_path / "d.db"
    found_desk(path, text=plain("hospedagem"), admin="ana").close()
    monkeypatch.setenv("SSL_CERT_FILE", str(PEM))
    monkeypatch.setenv(VARIABLE, SECRET)
    monkeypatch.setenv("OUVIDORIA_IMAP_PASSWORD", dovecot.PASSWORD)
    shell = Shell(path, capsys, monkeypatch)
    with dovecot.running() as folder, serving(Mailbox(), starttls=True, password=SECRET) as server:
        said = shell(
            *("outbox", "settings", "--from", "ouvidoria@desk.example", "--from-name", "Ouvidoria"),
            *("--host", "localhost", "--port", str(server.port), "--user", "ouvidoria"),
        )
        assert said.code == 0, said.err
        yield Correspondence(shell, folder, server)
    assert shell("verify").code == 0


def plain_id(letter: Message) -> str:
    return str(letter["Message-ID"]).strip("<>")


def test_a_conversation_by_mail_stays_on_one_ticket_from_question_to_bounce_and_back(
    desk: Correspondence,
) -> None:
    # The customer writes; the desk takes it in and says so.
    assert desk.arrives(FIRST) == {"tickets": 1}
    assert desk.take() == {}, "the folder is flagged: nothing comes twice"
    (ref,) = (one["protocol"] for one in desk("queue"))
    receipt = desk.send()
    assert (receipt["To"], receipt["Auto-Submitted"]) == ("Rita Souza <rita@example.com>", "auto-generated")
    assert (receipt["In-Reply-To"], ref in receipt["Subject"]) == ("<pergunta@example.com>", True)
    assert ref in receipt.get_payload(decode=True).decode()  # type: ignore[union-attr]

    # Her absence answers the receipt: it is kept, and nothing else happens.
    before = desk.standing(ref)
    assert desk.arrives(VACATION.format(ours=plain_id(receipt))) == {"machines": 1}
    assert desk.standing(ref) == before
    assert desk("outbox", "send") == []

    # A person answers, and it leaves in the same thread.
    assert desk.shell("reply", ref, "--text", "O site voltou às 11h.").code == 0
    answer = desk.send()
    assert (answer["Auto-Submitted"], answer["In-Reply-To"]) == (None, "<pergunta@example.com>")
    assert answer["Subject"] == f"Re: Site fora do ar [{ref}]"
    assert str(answer["References"]).split() == ["<pergunta@example.com>", str(receipt["Message-ID"])]

    # She thanks: read, and nothing moves.
    assert desk.arrives(THANKS.format(ours=plain_id(answer))) == {"replies": 1}
    assert desk.standing(ref)[0] == "answered"

    # She writes again from elsewhere, with the desk's words quoted under hers.
    assert desk.arrives(OUTLOOK.format(ours=plain_id(answer))) == {"replies": 1}
    assert desk.standing(ref)[0] == "customer-reply"
    assert len(desk("queue")) == 1

    # The next answer does not arrive. The desk is told, on the ticket and in the queue.
    assert desk.shell("reply", ref, "--text", "Está resolvido.", "--conclusive").code == 0
    last = desk.send()
    assert last["In-Reply-To"] == "<outlook@example.org>"
    assert desk.arrives(REPORT.format(original=desk.server.letters[-1].decode().replace("\r\n", "\n"))) == {
        "machines": 1
    }
    assert desk.standing(ref)[0] == "answered"
    assert [one["state"] for one in desk("outbox", "list")] == ["failed"]
    assert [one["protocol"] for one in desk("queue", "has:failed-mail")] == [ref]
    assert "5.1.1" in desk.shell("show", ref).out

    # What is written to that address now is held, until she writes from it.
    assert desk.shell("reply", ref, "--text", "Chegou?").code == 0
    assert desk("outbox", "send") == []
    assert {one["error"] for one in desk("outbox", "list", "--state", "held")} == {"dead-address"}
    assert desk.arrives(AGAIN.format(ours=plain_id(answer))) == {"replies": 1}
    assert desk.shell("reply", ref, "--text", "Agora chega.").code == 0
    assert desk.send()["In-Reply-To"] == "<cheguei@example.com>"

    # All of the folder, read and unread: everything was taken, and the place is remembered.
    assert desk.take("--all") == {"seen": 6}
    assert desk.take("--all") == {}
