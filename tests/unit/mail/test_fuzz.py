"""Whatever the bytes, ``parse`` gives a message or says that there is none; and says the same each time."""

from __future__ import annotations

import hashlib

from hypothesis import assume, given
from hypothesis import strategies as st

from ouvidoria_tui.domain.mail import Mail
from ouvidoria_tui.intake.mail.limits import LIMITS, Limits
from ouvidoria_tui.intake.mail.parse import parse
from ouvidoria_tui.intake.mail.unreadable import MailUnreadable

PIECES = (
    b"From: ", b"To: ", b"Subject: ", b"Date: ", b"Content-Type: ", b"Content-Transfer-Encoding: ", b"Received: ",
    b"Content-Disposition: attachment; filename=", b"Message-ID: <", b"In-Reply-To: ", b"Auto-Submitted: ",
    b"Authentication-Results: mx.example.com; dmarc=fail", b"multipart/mixed; boundary=", b"multipart/alternative;",
    b"multipart/report; report-type=delivery-status; boundary=b", b"message/rfc822", b"message/delivery-status",
    b"text/html; charset=", b"text/plain; format=flowed; delsp=yes", b"base64", b"quoted-printable", b"x-uuencode",
    b"\n", b"\r\n", b"\r", b"\n\n", b"\n--b\n", b"\n--b--\n", b"--b", b" ", b"\t", b"=", b"==", b"=?", b"?=", b"?B?",
    b"=?utf-8?q?=C3?= =?utf-8?q?=A3?=", b"=?x?b?!!?=", b"<", b">", b"\"", b"(", b")", b":", b";", b",", b"@", b"\\",
    b"ana@example.com", b"<div>", b"<blockquote>", b"<a href='http://x'>", b"<!--", b"-->", b"<p style='display:none'>",
    b"&#0;", b"&#xD800;", b"name*0*=utf-8''%ff%00", b"name*1=", b"\x00", b"\xff\xfe", b"\xe7\xe3o", b"+2AA-", b"utf-7",
    b"utf-16", b"idna", b"iso-2022-jp", b"\x1b$B", b"Final-Recipient: rfc822; ", b"Action: failed", b"Status: 5.1.1",
    b"begin 644 x\n", b"From ana Mon Jan  1 00:00:00 2024\n", b">From ", b"5.1.1", b"550", b"mailer-daemon",
)  # fmt: skip
BITS = st.one_of(st.sampled_from(PIECES), st.binary(max_size=6))
#: Message-like from its first line, so that most of them are read to the end.
LIKE = st.lists(BITS, max_size=60).map(lambda bits: b"From: a@example.com\n" + b"".join(bits))
LEAF = st.tuples(
    st.sampled_from(
        [b"text/plain", b"text/html", b"image/png", b"message/rfc822", b"message/delivery-status", b"", b"x"]
    ),
    st.sampled_from([b"", b"base64", b"quoted-printable", b"8bit"]),
    st.lists(BITS, max_size=12).map(b"".join),
).map(lambda one: b"Content-Type: " + one[0] + b"\nContent-Transfer-Encoding: " + one[1] + b"\n\n" + one[2])


def _multipart(children: list[bytes]) -> bytes:
    mark = hashlib.sha256(b"".join(children)).hexdigest()[:8].encode()
    kind = (b"mixed", b"alternative", b"related", b"report", b"digest")[len(children) % 5]
    inner = b"".join(b"\n--" + mark + b"\n" + child for child in children)
    return (
        b"Content-Type: multipart/" + kind + b"; boundary=" + mark + b"\n" + inner + b"\n--" + mark + b"--\n"
    )


TREES = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=4).map(_multipart), max_leaves=12).map(
    lambda body: b"From: a@example.com\nSubject: x\n" + body
)


def _read(raw: bytes, limits: Limits = LIMITS) -> Mail | None:
    try:
        mail = parse(raw, own_hosts=("mx.example.com",), limits=limits)
    except MailUnreadable:
        return None
    assert mail == parse(raw, own_hosts=("mx.example.com",), limits=limits)
    said = (mail.text, mail.said, mail.subject, *(part.name for part in mail.parts), *mail.references)
    "".join(said).encode("utf-8")  # no lone surrogate gets through
    assert "\0" not in mail.text + mail.subject
    assert "\n" not in mail.subject
    return mail


@given(st.binary(max_size=400))
def test_random_bytes_are_a_message_or_none(raw: bytes) -> None:
    _read(raw)


@given(LIKE)
def test_broken_messages_are_read_all_the_same(raw: bytes) -> None:
    assert _read(raw) is not None


@given(TREES)
def test_trees_of_parts_are_read(raw: bytes) -> None:
    assert _read(raw) is not None


@given(TREES, st.integers(0, 2_000), st.binary(max_size=3))
def test_a_message_cut_or_overwritten_is_read(raw: bytes, at: int, other: bytes) -> None:
    _read(raw[:at])
    _read(raw[:at] + other + raw[at + len(other) :])


@given(LIKE)
def test_the_tightest_limits_hold(raw: bytes) -> None:
    mail = _read(
        raw, Limits(field=10, headers=40, fields=3, addresses=1, parts=2, nesting=1, text=5, readable=20)
    )
    assert mail is None or len(mail.text) <= 5


@given(TREES)
def test_line_ends_change_neither_the_text_nor_its_hash(raw: bytes) -> None:
    plain = raw.replace(b"\r", b"")
    # UTF-16 that nothing encodes is no text of lines: whoever rewrites their ends destroys it (RFC 2781, 4).
    assume(b"\0" not in plain or not any(mark in plain for mark in (b"\xff\xfe", b"\xfe\xff")))
    unix, network = _read(plain), _read(plain.replace(b"\n", b"\r\n"))
    assert unix is not None
    assert network is not None
    assert (unix.text, unix.subject, unix.message_id) == (network.text, network.subject, network.message_id)
