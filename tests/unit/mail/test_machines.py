"""Machines are known by what they say of themselves; a person is never taken for one."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.mail import FailedDelivery, Machine
from ouvidoria_tui.intake.mail.parse import LOOP_HEADER, parse

REPORT = b"""From: Mail Delivery <mailer-daemon@mx.example.com>
To: desk@example.com
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; ana@example.net
Action: failed
Status: 5.0.0
Diagnostic-Code: smtp; 550 5.1.1 no such user

Final-Recipient: rfc822;<bia@example.net>
Action: delayed
Status: 4.4.7

Final-Recipient: rfc822; caio@example.net
Action: relayed
Status: 2.1.9
--b
Content-Type: message/rfc822

Message-ID: <ours@example.com>
Subject: x

x
--b--
"""
QMAIL = b"""From: MAILER-DAEMON@mx.example.com
To: desk@example.com
Subject: failure notice

Hi. This is the qmail-send program at mx.example.com.
I'm afraid I wasn't able to deliver your message to the following addresses.

<ana@example.net>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 no such user

<bia@example.net>:
mailbox is full, try again later

--- Below this line is a copy of the message.

Message-ID: <ours@example.com>
To: caio@example.net

x
"""


def kind(headers: bytes, body: bytes = b"Bom dia.\n", sender: bytes = b"ana@example.com") -> Machine | None:
    return parse(b"From: " + sender + b"\n" + headers + b"\n" + body).machine


@pytest.mark.parametrize(
    ("headers", "machine"),
    [
        (b"Auto-Submitted: Auto-Replied\n", Machine.AUTO_REPLY),
        (b"Auto-Submitted: auto-generated; x=y\n", Machine.AUTO_REPLY),
        (b"X-Autoreply: yes\n", Machine.AUTO_REPLY),
        (b"Precedence: auto_reply\n", Machine.AUTO_REPLY),
        (b"Precedence: BULK\n", Machine.BULK),
        (b"Precedence: junk\n", Machine.BULK),
        (b"X-Auto-Response-Suppress: All\n", Machine.AUTO_REPLY),
        (b"Return-Path: <>\n", Machine.AUTO_REPLY),
        (b"Return-Path: <>\nSubject: Undelivered Mail Returned to Sender\n", Machine.DELIVERY_REPORT),
        ("Subject: Resposta automática: pedido\n".encode(), Machine.AUTO_REPLY),
        ("Subject: Ausência temporária\n".encode(), Machine.AUTO_REPLY),
        (b"Subject: Automatic reply: order\n", Machine.AUTO_REPLY),
        (b"Subject: Out of Office\n", Machine.AUTO_REPLY),
        (b"List-Id: Avisos <avisos.example.org>\n", Machine.LIST),
        (b"List-Unsubscribe: <mailto:x@example.org>\nPrecedence: list\n", Machine.LIST),
        (LOOP_HEADER.lower().encode() + b": 1\nAuto-Submitted: auto-replied\n", Machine.LOOP),
        (b"X-Failed-Recipients: bia@example.net\n", Machine.DELIVERY_REPORT),
        (b"Content-Type: multipart/report; report-type=feedback-report; boundary=b\n", Machine.FEEDBACK_REPORT),
        (b"Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n", Machine.AUTO_REPLY),
    ],
)  # fmt: skip
def test_machines_are_known(headers: bytes, machine: Machine) -> None:
    assert kind(headers) is machine


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (b"Auto-Submitted: no\n", b"x"),
        (b"Auto-Submitted: NO (really)\n", b"x"),
        (b"X-Auto-Response-Suppress: None\n", b"x"),
        (b"Subject: Re: Out of office\n", b"x"),
        ("Subject: Resposta automática do chat não resolve nada\n".encode(), b"x"),
        ("Subject: Férias vencidas não pagas\n".encode(), b"x"),
        (b"Subject: Fwd: Undelivered Mail Returned to Sender\n", b"Voltou. This is the mail system: user unknown"),
        (b"Subject: Undeliverable orders\n", b"Onde estao meus pedidos?"),
        (b"Subject: x\n", b"The courier says: recipient was not found, could not be delivered."),
        (b"List-Unsubscribe: <mailto:x@example.org>\n", b"x"),
        (b"Return-Path: <ana@example.com>\nPrecedence: list\n", b"x"),
    ],
)  # fmt: skip
def test_people_are_not_taken_for_machines(headers: bytes, body: bytes) -> None:
    assert kind(headers, body) is None


def test_a_postmaster_who_writes_himself_is_a_person() -> None:
    assert kind(b"Subject: mudanca de servidor\n", sender=b"postmaster@example.org") is None


def test_a_list_of_the_desks_own_is_a_road() -> None:
    raw = b"From: ana@example.com\nList-Id: <ouvidoria.example.com>\nPrecedence: list\n\nx"
    assert parse(raw).machine is Machine.LIST
    assert parse(raw, own_hosts=["ouvidoria.example.com"]).machine is None


def test_a_report_names_who_was_not_reached_and_why() -> None:
    mail = parse(REPORT)
    assert mail.failures == (
        FailedDelivery("ana@example.net", "5.1.1", permanent=True),
        FailedDelivery("bia@example.net", "4.4.7", permanent=False),
    )
    assert mail.original_ids == ("ours@example.com",)


def test_a_report_as_text_says_the_same() -> None:
    mail = parse(QMAIL)
    assert mail.machine is Machine.DELIVERY_REPORT
    assert mail.failures == (
        FailedDelivery("ana@example.net", "5.1.1", permanent=True),
        FailedDelivery("bia@example.net", "", permanent=False),
    )
    assert mail.original_ids == ("ours@example.com",)


def test_a_report_by_header_names_its_recipients() -> None:
    raw = b"From: p@x.example\nX-Failed-Recipients: bia@example.net\n\n  bia@example.net\n    550 Unknown user\n"
    assert parse(raw).failures == (FailedDelivery("bia@example.net", "", permanent=True),)


AT = b"Received: from evil by mx.desk.example with ESMTP; Thu, 1 Feb 2024 10:00:00 -0300\n"
FORGED = b"Received: from x by mx.desk.example; Mon, 1 Jan 2001 00:00:00 +0000\n"


@pytest.mark.parametrize(
    ("headers", "own", "moment"),
    [
        (AT + FORGED, ["mx.desk.example"], 1_706_792_400),
        (
            b"Received: from a by other.example; Thu, 1 Feb 2024 13:00:00 +0000\n" + FORGED,
            ["mx.desk.example"],
            None,
        ),
        (AT, [], None),
        (AT, ["desk.example"], None),
        (AT.replace(b"by mx", b"by MX"), ["mx.desk.example."], 1_706_792_400),
    ],
)
def test_arrival_is_the_topmost_word_of_the_desks_own_server(
    headers: bytes, own: list[str], moment: int | None
) -> None:
    assert parse(headers + b"From: a@example.com\n\nx", own_hosts=own).received_at == moment


@pytest.mark.parametrize(
    ("results", "failed"),
    [
        ([b"mx.desk.example; dmarc=fail header.from=example.com"], True),
        ([b"mx.desk.example; dmarc=pass; spf=fail"], False),
        ([b"mx.desk.example; spf=fail smtp.mailfrom=x; dkim=none"], True),
        ([b"mx.desk.example; spf=fail; dkim=pass"], False),
        ([b"mx.desk.example; spf=softfail"], False),
        ([b"evil.example; dmarc=fail"], False),
        ([b"mx.desk.example; spf=fail", b"mx.desk.example; dkim=pass"], True),
        ([b"mx.desk.example (x) 1; (dmarc=fail) dmarc=pass"], False),
    ],
)
def test_only_the_desks_own_server_says_that_a_name_is_false(results: list[bytes], failed: bool) -> None:
    headers = b"".join(b"Authentication-Results: " + one + b"\n" for one in results)
    mail = parse(headers + b"From: a@example.com\n\nx", own_hosts=["mx.desk.example"])
    assert mail.authentication_failed is failed
