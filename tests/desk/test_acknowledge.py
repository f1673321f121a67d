"""The acknowledgement: protocol, access code and what to expect, to whoever registered a case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import mail_hooks
from ouvidoria_tui.desk.access import open_with_code
from ouvidoria_tui.desk.intake import take
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.outbox import cancel, claim, sent
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.access_code import MASK, sealed_of
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.outbound.send import envelope_of
from tests.desk.bench import Bench
from tests.desk.clock_bench import POLICY, found, proven
from tests.desk.mail_sample import letter, parse

RECEIPTS = POLICY + "\n[mail.letters]\nreceipt = true\n"
ANA = Customer(0, "Ana Exemplo", email="ana@example.com")


def mailing(bench: Bench) -> Bench:
    wanted = {"from_address": "ouvidoria@desk.example", "road": "sendmail", "sendmail": "/usr/sbin/sendmail"}
    change_mail(bench.desk, wanted)
    return bench


@pytest.fixture
def desk(tmp_path: Path) -> Bench:
    """A desk that sends mail and receipts; its answers are due in eight business hours."""
    return mailing(found(tmp_path, "03-02 10:00", text=RECEIPTS))


def codes(bench: Bench) -> list[str]:
    return [row[0] for row in bench.store.conn.execute("SELECT code FROM outbox ORDER BY id")]


def as_sent(bench: Bench) -> str:
    """The newest letter as it would leave now."""
    number = bench.store.conn.execute("SELECT max(id) FROM outbox").fetchone()[0]
    kept = bench.store.outbox.letter(number)
    assert kept is not None
    envelope = envelope_of(bench.desk, kept, bench.store.outbox.settings())
    assert envelope is not None
    return envelope.data.decode("ascii").replace("=\r\n", "")


@pytest.mark.req("S0-41")
def test_who_is_registered_by_the_desk_gets_protocol_and_code_by_mail(desk: Bench) -> None:
    done = receive(desk.desk, Manifestation("Cobrança", "Duas vezes", customer=ANA))
    code = str(done.details["access_code"])
    event = desk.last(done.protocol)
    words = desk.words(done.protocol)[-1]
    assert (event.type, event.payload["template"], event.payload["automatic"]) == (Act.REPLIED, "A1", True)
    assert "Olá, Ana Exemplo." in words
    assert "resposta até 02/03/2026 às 18h00" in words
    assert MASK in words
    assert code not in words
    assert code in as_sent(desk)
    assert MASK not in as_sent(desk)
    ticket = desk.ticket(done.protocol)
    assert (ticket.answered_at, ticket.public_word_at) == (None, None)
    assert proven(desk.store)


def test_who_writes_by_mail_gets_a_code_that_opens_the_ticket(desk: Bench) -> None:
    (taken,) = take(desk.desk, [letter(subject="Entrega")], parse, hooks=mail_hooks(desk.desk))
    assert taken.ticket is not None
    (code,) = codes(desk)
    assert open_with_code(desk.desk, taken.ticket, code).protocol == taken.ticket
    assert code in as_sent(desk)
    assert MASK in desk.words(taken.ticket)[-1]


def test_a_letter_that_has_left_or_never_will_leaves_no_code_behind(desk: Bench) -> None:
    receive(desk.desk, Manifestation("A", "B", customer=ANA))
    taken = claim(desk.desk)
    assert taken is not None
    sent(desk.desk, taken.letter)
    receive(desk.desk, Manifestation("C", "D", customer=ANA))
    assert [bool(code) for code in codes(desk)] == [False, True]
    cancel(desk.desk, "2")
    assert codes(desk) == ["", ""]


@pytest.mark.parametrize("why", ["no-receipts", "no-mail", "no-address", "past"])
def test_nobody_is_written_to_where_no_letter_is_due(tmp_path: Path, why: str) -> None:
    bench = found(tmp_path, "03-02 10:00", text=POLICY if why == "no-receipts" else RECEIPTS)
    if why != "no-mail":
        mailing(bench)
    who = replace(ANA, email=None) if why == "no-address" else ANA
    at = bench.clock.at - 60 if why == "past" else None
    done = receive(bench.desk, Manifestation("A", "B", customer=who), at=at)
    assert [event.type for event in bench.events(done.protocol)] == [Act.RECEIVED]
    assert sealed_of(bench.events(done.protocol)) is not None


def test_a_desk_that_promises_no_date_names_none(tmp_path: Path) -> None:
    text = RECEIPTS.replace("[calendars.desk]", "promise = false\n\n[calendars.desk]", 1)
    bench = mailing(found(tmp_path, "03-02 10:00", text=text))
    done = receive(bench.desk, Manifestation("A", "B", customer=ANA))
    words = bench.words(done.protocol)[-1]
    assert "depende da complexidade" in words
    assert "/2026" not in words
