"""The message of a letter: what stands in its headers, and that nothing from outside ever adds to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ouvidoria_tui.desk.ports_outbox import OutFile
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ledger import Message, Part
from ouvidoria_tui.domain.message_ids import is_loop_mark, make
from ouvidoria_tui.domain.policy_mail import MailRule
from ouvidoria_tui.outbound.headers import message_ids, one_line, references, subject_line
from ouvidoria_tui.outbound.message import LOOP_HEADER, Parcel, build
from ouvidoria_tui.outbound.send import envelope_of
from ouvidoria_tui.outbound.words import NotForTheCustomer, PublicWords, public_words
from tests.outbound.conftest import Post

KEY = bytes(range(32))
ID = make(7, 3, domain="example.com", nonce=b"12345678", key=KEY)
P = "2026-000123-8"
#: Every header that a message of ours may have.
OURS = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    LOOP_HEADER,
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Disposition",
}
#: What people have tried, and all the rest.
hostile = st.text() | st.text(
    "\r\n\0\x0b\x0c\x1c\x85\u2028\u202e\u200bA:=?,;<>@\"'\\ é😀\ud800", max_size=300
)


def parcel(**more: object) -> Parcel:
    given: dict[str, object] = {
        "words": public_words(Message(Part.DESK, "Olá.")),
        "protocol": P,
        "subject": "Cobrança",
        "sender": "ouvidoria@example.com",
        "sender_name": "Ouvidoria",
        "recipient": "maria@example.com",
        "recipient_name": "Maria",
        "message_id": ID,
        "key": KEY,
        "date": datetime(2026, 3, 2, 13, tzinfo=UTC),
    }
    return Parcel(**(given | more))  # type: ignore[arg-type]


def headers(data: bytes) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in message_from_bytes(data, policy=default).items()]


def values(data: bytes) -> dict[str, str]:
    return dict(headers(data))


@given(hostile, hostile, hostile, hostile)
@example("a\r\nBcc: x@example.com", "b\nBcc: x@example.com", "\r\n\r\ncorpo", "f\r\nX: y")
@example("é" * 3000, "é, " * 500, "x" * 3000, "é" * 500)
def test_nothing_from_outside_adds_a_header_or_a_recipient(
    subject: str, name: str, other: str, file: str
) -> None:
    data = build(
        parcel(
            subject=subject,
            recipient_name=name,
            sender_name=other,
            heard=subject,
            thread=(name, other),
            files=(OutFile(file, b"x"),),
        )
    ).data
    head = data.split(b"\r\n\r\n", 1)[0]
    found = headers(data)
    names = [name for name, _value in found]
    assert set(names) <= OURS
    assert len(names) == len(set(names))
    message = message_from_bytes(data, policy=default)
    assert [one.addr_spec for one in message["To"].addresses] == ["maria@example.com"]
    assert [one.addr_spec for one in message["From"].addresses] == ["ouvidoria@example.com"]
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert head.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=180))
def test_a_subject_and_a_name_arrive_as_they_are(text: str) -> None:
    message = message_from_bytes(build(parcel(subject=f"x {text}")).data, policy=default)
    assert message["Subject"] == f"x {text} [{P}]"


@given(hostile)
def test_the_words_arrive_as_they_are_but_for_controls(text: str) -> None:
    made = parcel(words=public_words(Message(Part.DESK, text)))
    message = message_from_bytes(build(made).data, policy=default)
    body = message.get_body()
    assert body is not None
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        c for c in kept if c in "\n\t" or not (c < " " or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff")
    )
    assert body.get_content().replace("\r\n", "\n").rstrip("\n") == kept.rstrip("\n")


@pytest.mark.parametrize("part", [part for part in Part if part is not Part.DESK])
def test_internal_words_can_be_made_into_no_message(part: Part) -> None:
    with pytest.raises(NotForTheCustomer):
        public_words(Message(part, "segredo"))
    with pytest.raises(NotForTheCustomer):
        PublicWords("segredo", "", object())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("subject", "answer", "said"),
    [
        ("Cobrança", False, f"Cobrança [{P}]"),
        ("Cobrança", True, f"Re: Cobrança [{P}]"),
        ("RES: Re: ENC: Fwd[2]: Cobrança", True, f"Re: Cobrança [{P}]"),
        (f"Re: Cobrança [{P}] [{P}]", True, f"Re: Cobrança [{P}]"),
        ("[2026-000999-1] Cobrança", True, f"Re: [2026-000999-1] Cobrança [{P}]"),
        ("", True, f"Re: [{P}]"),
        ("Rejeitada: entrega", True, f"Re: Rejeitada: entrega [{P}]"),
        ("a\r\nb\u202ec", False, f"a b c [{P}]"),
    ],
)
def test_the_subject_is_the_customers_own_with_the_token_once(subject: str, answer: bool, said: str) -> None:
    assert subject_line(subject, P, answer=answer) == said


def test_a_long_subject_is_folded_and_keeps_its_token() -> None:
    data = build(parcel(subject="palavra " * 60)).data
    assert all(len(line) <= 78 for line in data.split(b"\r\n\r\n")[0].split(b"\r\n"))
    assert values(data)["Subject"].endswith(f"[{P}]")


def test_the_thread_is_named_whole_however_long_its_ids_are() -> None:
    long = "x" * 200 + "@mail.example.org"
    made = values(build(parcel(heard=long, thread=("first@example.com", long))).data)
    assert made["In-Reply-To"] == f"<{long}>"
    assert made["References"].split() == ["<first@example.com>", f"<{long}>"]


def test_where_the_customer_sent_no_mail_our_own_last_letter_is_answered() -> None:
    made = values(build(parcel(thread=("a@example.com", "b@example.com"))).data)
    assert made["In-Reply-To"] == "<b@example.com>"


def test_the_first_letter_answers_nothing() -> None:
    assert {"In-Reply-To", "References", "Auto-Submitted"}.isdisjoint(values(build(parcel()).data))


def test_a_long_thread_keeps_its_beginning_and_its_end() -> None:
    ids = [f"{number}@example.com" for number in range(90)]
    found = references(ids).split()
    assert (len(found), found[0], found[-1]) == (20, "<0@example.com>", "<89@example.com>")


@pytest.mark.parametrize(
    "one", ["", "a", "a b@c", "a@b\r\nX: y", "<a@b> <c@d>", "é@b", "a@b@c", "x" * 600 + "@b"]
)
def test_what_is_no_id_is_named_nowhere(one: str) -> None:
    assert message_ids([one]) == []


def test_a_message_carries_our_mark_and_only_a_rules_letter_says_so() -> None:
    made = values(build(parcel(automatic=True)).data)
    assert made["Auto-Submitted"] == "auto-generated"
    assert is_loop_mark(made[LOOP_HEADER], KEY)
    assert made["Message-ID"] == f"<{ID}>"
    assert made["Date"] == "Mon, 02 Mar 2026 13:00:00 +0000"


def test_a_file_keeps_its_bytes_and_its_name_without_a_path() -> None:
    data = build(parcel(files=(OutFile("../laudo técnico.txt", b"a\nb\r\n\0"),))).data
    (file,) = message_from_bytes(data, policy=default).iter_attachments()
    assert file.get_filename() == ".._laudo técnico.txt"
    assert file.get_content() == b"a\nb\r\n\0"


@given(hostile, st.integers(0, 50))
def test_a_line_is_one_line(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert line == "" or (line.isprintable() and line == line.strip())


@pytest.mark.req("S2-16")
def test_answers_go_to_the_departments_address(post: Post) -> None:
    store = post.bench.store
    in_force = store.policy()
    rule = MailRule(addresses={"sac@example.com": None, "financeiro@example.com": "financeiro"})
    store._policy = replace(in_force, policy=replace(in_force.policy, mail=rule))
    for department in ("financeiro", "vendas"):
        who = Customer(0, "Maria", email="maria@example.com")
        what = Manifestation("Cobrança", "Relato", customer=who, department=department)
        reply(post.desk, receive(post.desk, what).protocol, "Resposta")
    found = []
    for letter in post.letters:
        envelope = envelope_of(post.desk, letter, store.outbox.settings())
        assert envelope is not None
        found.append(message_from_bytes(envelope.data)["Reply-To"])
    assert found == ["financeiro@example.com", None]
