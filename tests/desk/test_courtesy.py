"""A bare "obrigado" is kept and read, and moves nothing."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.act import When
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.import_history import Names, history_of
from ouvidoria_tui.desk.reply import customer_reply, reply
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.projection import blank
from ouvidoria_tui.domain.record import Author, MessageRecord, Record
from ouvidoria_tui.domain.ticket import CloseReason, Status
from ouvidoria_tui.store.rebuild import compare
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import DAY, HOUR, Bench

THANKS = "Ok, muito obrigada!\n\nEnviado do meu iPhone"


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.CLOSED, Status.IN_PROGRESS, Status.OPEN])
def test_thanks_move_neither_status_nor_turn_nor_clocks(bench: Bench, status: Status) -> None:
    ref = bench.at(status)
    before, clocks = bench.ticket(ref), bench.store.clocks(bench.ticket(ref).id)
    bench.clock.at += HOUR
    customer_reply(bench.desk, ref, THANKS)
    after = bench.ticket(ref)
    assert (after.status, after.turn, after.reopened) == (before.status, before.turn, before.reopened)
    assert (after.closed_at, after.close_reason) == (before.closed_at, before.close_reason)
    assert after.customer_wrote_at == before.customer_wrote_at
    assert bench.store.clocks(after.id) == clocks


def test_thanks_are_kept_verbatim_marked_unread_and_said_to_be_thanks(bench: Bench) -> None:
    ref = bench.at(Status.ANSWERED)
    outcome = customer_reply(bench.desk, ref, THANKS)
    event = bench.last(ref)
    assert bench.words(ref)[-1] == THANKS
    assert bench.ticket(ref).unread
    assert (event.type, event.payload.get("courtesy")) == (Act.CUSTOMER_REPLIED, True)
    assert str(outcome.message) == "only thanks: status, turn and clocks stay as they are"


def test_thanks_and_a_request_are_a_message_like_any_other(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    outcome = customer_reply(bench.desk, ref, "Obrigada, mas o valor continua errado")
    assert (bench.status(ref), outcome.message) == (Status.CUSTOMER_REPLY, None)
    assert "courtesy" not in bench.last(ref).payload


def test_only_what_was_said_counts_not_what_was_quoted(bench: Bench) -> None:
    ref = bench.at(Status.ANSWERED)
    customer_reply(
        bench.desk, ref, "Obrigado\n\nEm 19/07/2021 10:12, Ouvidoria escreveu:\n> Recebeu o estorno?"
    )
    assert bench.status(ref) is Status.ANSWERED


def test_thanks_after_a_conclusive_answer_do_not_stand_in_the_way_of_closing(bench: Bench) -> None:
    ref = bench.new()
    reply(bench.desk, ref, "Decidido", conclusive=True)
    bench.clock.at += DAY
    customer_reply(bench.desk, ref, THANKS)
    close(bench.desk, ref, CloseReason.SOLVED)
    assert bench.status(ref) is Status.CLOSED


def test_the_ledger_tells_thanks_again_as_they_were_told_live(bench: Bench) -> None:
    ref = bench.at(Status.ANSWERED)
    bench.clock.at += 2 * HOUR
    customer_reply(bench.desk, ref, THANKS, at=bench.clock.at - HOUR)
    reply(bench.desk, ref, "De nada", when=When(bench.clock.at - 2 * HOUR + 1, "anotado depois"))
    customer_reply(bench.desk, bench.at(Status.CLOSED), THANKS)
    assert compare(bench.store.conn).differences == ()
    assert verify(bench.store.conn).ok


def test_thanks_that_are_imported_move_nothing_either() -> None:
    item = Record(
        source="loja:1",
        external_id="1",
        received_at=100,
        subject="Fatura",
        description="Veio em dobro",
        answered_at=200,
        messages=(MessageRecord(200, Author.DESK, "Corrigida"), MessageRecord(300, Author.CUSTOMER, THANKS)),
    )
    start = blank(1, "2026-000001-5", 100, 400)
    told = history_of(start, item, Names(None, None, None, None, None))
    assert [(draft.type, dict(draft.changes)) for draft in told if "courtesy" in draft.facts] == [
        (Act.CUSTOMER_REPLIED, {"unread": (False, True)})
    ]
