"""Files that belong to a ticket."""

from __future__ import annotations

from hashlib import sha256

import pytest

from ouvidoria_tui.desk import attach as room
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.ticket import Channel, Status
from tests.desk.bench import Bench, code_of


def listed(bench: Bench) -> list[tuple[object, ...]]:
    rows = bench.store.conn.execute(
        "SELECT name, size, sha256, direction FROM attachment ORDER BY ticket_id, seq"
    )
    return [tuple(row) for row in rows]


@pytest.mark.req("S0-37")
def test_files_go_both_ways_and_are_listed_with_size_and_digest(bench: Bench) -> None:
    ref = bench.new()
    attach(bench.desk, ref, "fatura.pdf", b"da cliente")
    attach(bench.desk, ref, "laudo.pdf", b"para a cliente", outgoing=True)
    assert listed(bench) == [
        ("fatura.pdf", 10, sha256(b"da cliente").hexdigest(), "in"),
        ("laudo.pdf", 14, sha256(b"para a cliente").hexdigest(), "out"),
    ]


@pytest.mark.req("S4-05")
def test_a_letter_is_typed_in_and_its_scan_is_kept_with_it(bench: Bench) -> None:
    what = Manifestation("Carta", "Prezados senhores", channel=Channel.LETTER)
    ref = receive(bench.desk, what).protocol
    attach(bench.desk, ref, "carta.png", b"imagem da carta")
    assert (bench.ticket(ref).channel, bench.words(ref)[0]) == (Channel.LETTER, "Prezados senhores")
    assert [row[0] for row in listed(bench)] == ["carta.png"]


@pytest.mark.req("S3-31")
def test_a_mail_that_reports_a_fault_is_kept_with_its_headers_byte_for_byte(bench: Bench) -> None:
    mail = b"Received: from mx.example\r\nSubject: =?utf-8?q?Devolvida?=\r\n\r\n550 falhou\xff\r\n"
    attach(bench.desk, bench.new(), "erro.eml", mail)
    digest = sha256(mail).hexdigest()
    assert listed(bench) == [("erro.eml", len(mail), digest, "in")]
    assert bench.store.conn.execute("SELECT data FROM blob").fetchone()[0] == mail


def test_the_same_content_is_kept_once(bench: Bench) -> None:
    for name in ("a.pdf", "b.pdf"):
        attach(bench.desk, bench.new(), name, b"igual")
    assert bench.store.conn.execute("SELECT count(*) FROM blob").fetchone()[0] == 1
    assert [row[0] for row in listed(bench)] == ["a.pdf", "b.pdf"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "\x1b[2Jnome", "a" * 5000, "nulo\x00.pdf", "", "𝒶.pdf", "\ud800"]
)
def test_a_name_is_only_ever_shown(bench: Bench, name: str) -> None:
    ref = bench.new()
    attach(bench.desk, ref, name, b"conteudo")
    ((shown, *_rest),) = listed(bench)
    assert len(str(shown)) <= 255


def test_the_name_of_a_file_is_not_in_the_event(bench: Bench) -> None:
    ref = bench.new()
    attach(bench.desk, ref, "laudo-da-maria.pdf", b"x")
    assert "maria" not in str(bench.last(ref).payload)


def test_a_file_that_is_too_large_is_refused_and_not_kept(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LIMIT", 9)
    ref = bench.new()
    assert code_of(lambda: attach(bench.desk, ref, "a.bin", b"0123456789")) == "ATTACHMENT_TOO_LARGE"
    assert bench.store.conn.execute("SELECT count(*) FROM blob").fetchone()[0] == 0


def test_an_empty_file_is_a_file(bench: Bench) -> None:
    ref = bench.new()
    attach(bench.desk, ref, "vazio.txt", b"")
    assert listed(bench)[0][1] == 0


def test_a_file_moves_nothing(bench: Bench) -> None:
    ref = bench.at(Status.ANSWERED)
    attach(bench.desk, ref, "a.pdf", b"a")
    assert bench.status(ref) is Status.ANSWERED
