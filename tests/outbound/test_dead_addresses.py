"""An address that letters came back from: nothing more is sent there, until a person says so or it writes again."""

from __future__ import annotations

import pytest

from ouvidoria_tui.bootstrap import mail_hooks
from ouvidoria_tui.desk.bounce import bounced
from ouvidoria_tui.desk.intake import take
from ouvidoria_tui.desk.outbox import retry
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.customer import AddressState
from ouvidoria_tui.outbound.send import send
from tests.desk.mail_sample import letter, parse
from tests.outbound.conftest import Post
from tests.outbound.servers import Mailbox, serving


def _came_back(post: Post, *, permanent: bool = True) -> str:
    """A ticket whose last letter left and came back."""
    ref = post.new()
    reply(post.desk, ref, "Resposta")
    list(send(post.desk))
    status = "5.1.1" if permanent else "4.2.2"
    bounced(post.desk, post.letters[-1].message_id, "maria@example.com", status, permanent)
    return ref


def _state(post: Post, ref: str) -> AddressState:
    customer = post.bench.ticket(ref).customer
    assert customer is not None
    (contact,) = post.desk.store.contacts(customer)
    return contact.address_state


def _writes(post: Post, **more: object) -> None:
    more = {"sender": "maria@example.com", "subject": "Outro assunto", **more}
    list(take(post.desk, [letter("novo@example.com", **more)], parse, hooks=mail_hooks(post.desk)))  # type: ignore[arg-type]


def test_a_letter_to_a_dead_address_is_held_with_the_reason_until_a_person_decides(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        ref = _came_back(post)
        reply(post.desk, ref, "De novo")
        assert list(send(post.desk)) == []
        assert (post.letters[-1].state, post.letters[-1].last_error) == ("held", "dead-address")
        retry(post.desk, str(post.letters[-1].id))
        assert [done.letter.state for done in send(post.desk)] == ["sent"]


def test_a_letter_that_came_back_leaves_again_where_a_person_says_so(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        _came_back(post)
        retry(post.desk, "1")
        assert [done.letter.state for done in send(post.desk)] == ["sent"]
    assert len(box.taken) == 2


def test_a_letter_that_a_person_let_go_is_not_held_again_because_a_server_was_busy(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        _came_back(post)
        box.recipients = ["451 greylisted"]
        retry(post.desk, "1")
        assert [done.letter.state for done in send(post.desk)] == ["queued"]
        post.bench.clock.at = post.letters[0].next_try_at or 0
        assert [done.letter.state for done in send(post.desk)] == ["sent"]


def test_an_address_that_came_back_for_a_while_is_written_to(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        ref = _came_back(post, permanent=False)
        assert _state(post, ref) is AddressState.BOUNCING
        reply(post.desk, ref, "De novo")
        assert [done.letter.state for done in send(post.desk)] == ["sent"]


def test_an_address_that_writes_again_is_reachable(post: Post) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        ref = _came_back(post)
        post.bench.clock.at += 60
        _writes(post)
        assert _state(post, ref) is AddressState.OK
        reply(post.desk, ref, "De novo")
        assert [done.letter.state for done in send(post.desk)] == ["sent"]


@pytest.mark.parametrize(
    "more",
    [{"forged": True}, {"machine": "auto-reply"}, {"at": 1_700_000_000}],
    ids=["forged", "a machine", "written before it came back"],
)
def test_what_proves_nobody_there_changes_nothing(post: Post, more: dict[str, object]) -> None:
    with serving(Mailbox()) as box:
        post.by_server(box.port)
        ref = _came_back(post)
        post.bench.clock.at += 60
        _writes(post, **more)
    assert _state(post, ref) is AddressState.DEAD
