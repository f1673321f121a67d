"""Mail in any order, and while others take it too: each message once, each conversation one ticket."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ouvidoria_tui.desk.assign import take as take_ticket
from ouvidoria_tui.desk.intake import take
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.mail_decision import Ending, Reason
from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.errors import StoreError
from ouvidoria_tui.store.store import SqliteStore
from tests.desk.bench import HOUR, NOW, Bench
from tests.desk.mail_sample import Letter, letter, parse
from tests.desk.mail_taken import count, endings, ends, the_ticket

#: A conversation in which everybody writes with full headers, and one message is named only by the next.
TALK = (
    letter("1@x", "Um", at=NOW - 5 * HOUR),
    letter("2@x", "Dois", at=NOW - 4 * HOUR, answers=["1@x"], references=["1@x"], subject="Re: Cobrança"),
    letter("3@x", "Três", at=NOW - 3 * HOUR, answers=["2@x"], references=["1@x", "2@x"], subject="Dúvida"),
    letter("4@x", "Quatro", at=NOW - 2 * HOUR, answers=["3@x"], references=["1@x", "2@x", "3@x"]),
    letter("5@x", "Cinco", at=NOW - HOUR, sender="socio@example.com", answers=["1@x"], references=["1@x"]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(TALK[:4]))
def test_a_conversation_is_one_ticket_in_any_order(
    founded: Path, tmp_path: Path, order: list[Letter]
) -> None:
    import shutil

    from ouvidoria_tui.clock import FixedClock

    path = tmp_path / "any.db"
    shutil.copyfile(founded, path)
    store = SqliteStore.open(path)
    try:
        bench = Bench(store, FixedClock(NOW))
        taken = ends(bench, *order)
        assert Counter(endings(taken)) == {Ending.TICKET: 1, Ending.REPLY: 3}
        assert len({one.ticket for one in taken}) == 1
        assert sorted(bench.words(the_ticket(taken[0]))) == ["Dois", "Quatro", "Três", "Um"]
    finally:
        store.close()


def test_somebody_elses_answer_that_comes_first_waits_for_its_question(bench: Bench) -> None:
    late, question = TALK[4], TALK[0]
    taken = ends(bench, late, question)
    assert endings(taken) == [Ending.TICKET, Ending.REPLY]


def test_answers_of_two_persons_to_one_circular_stay_apart(bench: Bench) -> None:
    taken = ends(
        bench,
        letter("1@x", "Eu", answers=["circular@company"]),
        letter("2@x", "Eu também", answers=["circular@company"], sender="bia@example.com"),
    )
    assert endings(taken) == [Ending.TICKET, Ending.TICKET]


def test_two_runs_at_once_take_a_message_once(bench: Bench) -> None:
    other = SqliteStore.open(bench.store.path)
    second = Bench(other, bench.clock)
    try:
        run = take(bench.desk, [letter("a@x")], lambda raw: (ends(second, letter("a@x")), parse(raw))[1])
        assert endings(run) == [Ending.SEEN]
    finally:
        other.close()
    assert count(bench, "mail") == 1


def test_a_busy_store_ends_the_run(bench: Bench) -> None:
    other = SqliteStore.open(bench.store.path)
    bench.store.conn.execute("PRAGMA busy_timeout = 0")
    try:
        with other.transaction(), pytest.raises(StoreError) as caught:
            ends(bench, letter())
    finally:
        other.close()
    assert caught.value.code == "STORE_LOCKED"


def test_an_answered_ticket_turns_to_the_desk(bench: Bench) -> None:
    ref = the_ticket(ends(bench, letter("a@x"))[0])
    take_ticket(bench.desk, ref)
    reply(bench.desk, ref, "Resposta")
    bench.clock.at += HOUR
    ends(bench, letter("b@x", "Não resolveu", answers=["a@x"]))
    assert bench.status(ref) is Status.CUSTOMER_REPLY


def test_thousands_of_answers_to_one_circular_are_looked_at_one_by_one(bench: Bench) -> None:
    answers = [
        letter(f"{number}@x", "Eu", answers=["circular@company"], sender=f"p{number}@example.com")
        for number in range(120)
    ]
    again = letter(
        "again@x", "E mais", answers=["circular@company"], sender="p7@example.com", subject="Outro"
    )
    taken = ends(bench, *answers, again)
    assert Counter(endings(taken)) == {Ending.TICKET: 120, Ending.REPLY: 1}
    assert taken[-1].ticket == taken[7].ticket


def test_the_circular_itself_waits_where_many_answers_came_before_it(bench: Bench) -> None:
    answers = [
        letter(f"{number}@x", "Eu", answers=["c@company"], sender=f"p{number}@example.com")
        for number in range(60)
    ]
    taken = ends(bench, *answers, letter("c@company", "Circular", sender="quem@company.example"))
    assert taken[-1].reason is Reason.AMBIGUOUS


def test_ten_thousand_references_cost_little_and_still_lead_home(bench: Bench) -> None:
    many = [f"r{number}@x" for number in range(10_000)]
    taken = ends(bench, letter("a@x"), letter("b@x", "Mais", subject="Outro", references=[*many, "a@x"]))
    assert taken[1].ticket == taken[0].ticket
    assert count(bench, "mail_reference") <= 100
