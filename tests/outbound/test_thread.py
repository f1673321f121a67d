"""What a letter answers, and where it goes, on a ticket that came by mail."""

from __future__ import annotations

import sqlite3
from email import message_from_bytes

from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import customer_reply, reply
from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.outbound.send import send
from tests.outbound.conftest import Post
from tests.outbound.servers import Mailbox, serving


def came(conn: sqlite3.Connection, message_id: str, ticket: int, seq: int) -> None:
    conn.execute(
        "INSERT INTO mail (message_id, body_sha256, raw_sha256, ticket_id, seq, ending, sender, size, arrived_at,"
        " seen_at) VALUES (?, ?, '', ?, ?, 'ticket', 'zeca@example.com', 1, 1, 1)",
        (message_id, message_id, ticket, seq),
    )


def test_a_letter_answers_the_customers_newest_message_and_names_the_whole_thread(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        ref = post.new()
        came(post.bench.store.conn, "first@mail.example.org", 1, 1)
        reply(post.desk, ref, "Resposta")
        list(send(post.desk))
        customer_reply(post.desk, ref, "E o estorno?")
        came(post.bench.store.conn, "second@mail.example.org", 1, 3)
        reply(post.desk, ref, "Em cinco dias.")
        list(send(post.desk))
    first, second = (message_from_bytes(data) for data in box.letters)
    ours = f"<{post.letters[0].message_id}>"
    assert first["In-Reply-To"] == "<first@mail.example.org>"
    assert second["In-Reply-To"] == "<second@mail.example.org>"
    assert second["References"].split() == ["<first@mail.example.org>", ours, "<second@mail.example.org>"]
    assert "Re: " in second["Subject"]


def test_whoever_is_no_known_customer_is_answered_where_the_mail_came_from(post: Post) -> None:
    ref = receive(post.desk, Manifestation("S", "T", channel=Channel.EMAIL)).protocol
    came(post.bench.store.conn, "first@mail.example.org", post.bench.ticket(ref).id, 1)
    reply(post.desk, ref, "Resposta")
    assert [letter.recipient for letter in post.letters] == ["zeca@example.com"]
