"""Letters that rules write: few to one address, and a person looks at the rest."""

from __future__ import annotations

from ouvidoria_tui.desk.desk import record
from ouvidoria_tui.desk.outbox import retry
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.outbound.send import send
from tests.desk.bench import HOUR
from tests.outbound.conftest import Post
from tests.outbound.servers import Mailbox, serving


def _by_rule(post: Post, count: int) -> None:
    ticket = post.bench.ticket(post.new())
    words = Message(Part.DESK, "Falta o número do chamado.")
    draft = Draft(Act.ASKED, post.bench.clock.at, {}, {"automatic": True}, words, to_customer=True)
    with post.desk.store.transaction():
        record(post.desk, ticket, [draft] * count)


def test_one_address_gets_one_letter_by_a_rule_an_hour(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        _by_rule(post, 2)
        assert len(list(send(post.desk))) == 1
        assert post.states == ["sent", "queued"]
        post.bench.clock.at += HOUR
        assert len(list(send(post.desk))) == 1
    assert all(b"Auto-Submitted: auto-generated" in data for data in box.letters)


def test_over_the_ceiling_of_a_day_letters_are_held_for_a_person(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port, automatic_per_hour=9, automatic_per_day=2)
        _by_rule(post, 3)
        list(send(post.desk))
        assert post.states == ["sent", "sent", "held"]
        retry(post.desk, "3")
        list(send(post.desk))
    assert post.states == ["sent"] * 3  # a person decided


def test_a_persons_letters_are_not_counted(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        _by_rule(post, 1)
        for _again in range(3):
            reply(post.desk, post.new(), "Resposta")
        list(send(post.desk))
    assert post.states == ["sent"] * 4
    assert sum(b"Auto-Submitted" in data for data in box.letters) == 1
