"""Satisfaction: the closing letter asks, one answer is taken for each closing, by whatever road it comes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import mail_hooks
from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.intake import take
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.desk.survey import Given, answer_survey, record_survey
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain import survey
from ouvidoria_tui.domain.access_code import MASK, plain
from ouvidoria_tui.domain.ledger import Act, Part
from ouvidoria_tui.domain.mail_decision import Ending
from ouvidoria_tui.domain.survey import Scores, Surveys
from ouvidoria_tui.domain.ticket import CloseReason, Status
from tests.desk.bench import DAY, Bench, code_of
from tests.desk.clock_bench import POLICY, at, found, proven
from tests.desk.mail_sample import letter, parse

ASKS = POLICY + "\n[telling]\nclosing_letter = true\nsurvey_days = 10\n"
GOOD = Given(Scores(4, 5), "Rápido", "phone")


def mailing(bench: Bench) -> Bench:
    wanted = {"from_address": "ouvidoria@desk.example", "road": "sendmail", "sendmail": "/usr/sbin/sendmail"}
    change_mail(bench.desk, wanted)
    return bench


@pytest.fixture
def asking(tmp_path: Path) -> Bench:
    """A desk that sends mail and asks for ten days how it was."""
    return mailing(found(tmp_path, "03-02 10:00", text=ASKS))


def closed(bench: Bench) -> str:
    ref = bench.new()
    reply(bench.desk, ref, "Resolvido.", conclusive=True)
    close(bench.desk, ref, CloseReason.SOLVED)
    return ref


def standing(bench: Bench, ref: str) -> Surveys:
    return survey.fold(bench.events(ref))


def token_of(bench: Bench) -> str:
    """The code that only the newest letter has."""
    return str(bench.store.conn.execute("SELECT code FROM outbox ORDER BY id DESC LIMIT 1").fetchone()[0])


@pytest.mark.req("S3-04")
def test_the_closing_letter_asks_how_it_was_and_how_to_come_back(asking: Bench) -> None:
    ref = closed(asking)
    event = asking.last(ref)
    words = asking.store.messages(asking.ticket(ref).id)[event.seq]
    assert (event.type, words.part) == (Act.SURVEY_OFFERED, Part.DESK)
    assert "reabrimos o mesmo caso" in words.text
    assert "até 12/03/2026" in words.text
    assert MASK in words.text
    assert asking.status(ref) is Status.CLOSED
    assert proven(asking.store)


def test_only_the_letter_has_the_token(asking: Bench) -> None:
    closed(asking)
    token = token_of(asking)
    asking.store.conn.execute("UPDATE outbox SET code = ''")
    kept = "\n".join(asking.store.conn.iterdump())
    assert token not in kept
    assert plain(token) not in kept


@pytest.mark.req("S0-07")
def test_the_answer_by_token_is_kept_with_its_closing_and_its_moments(asking: Bench) -> None:
    ref = closed(asking)
    offered = asking.clock.at
    asking.clock.at += DAY
    answer_survey(asking.desk, token_of(asking).lower(), GOOD)
    given = standing(asking, ref).answer
    assert given is not None
    assert (given.scores, given.channel, given.at, given.offered_at) == (
        Scores(4, 5),
        "phone",
        offered + DAY,
        offered,
    )
    closing = next(event for event in asking.events(ref) if event.type is Act.CLOSED)
    assert given.closing == closing.seq
    assert asking.words(ref)[-1] == "Rápido"
    assert asking.status(ref) is Status.CLOSED
    assert proven(asking.store)


def test_one_answer_is_taken_for_each_closing(asking: Bench) -> None:
    ref = closed(asking)
    token = token_of(asking)
    answer_survey(asking.desk, token, GOOD)
    assert code_of(lambda: answer_survey(asking.desk, token, GOOD)) == "SURVEY_DONE"
    assert code_of(lambda: record_survey(asking.desk, ref, GOOD)) == "SURVEY_DONE"

    reopen(asking.desk, ref, reason="Faltou um item")
    assert code_of(lambda: answer_survey(asking.desk, token, GOOD)) == "SURVEY_NOT_OPEN"
    reply(asking.desk, ref, "Agora sim.", conclusive=True)
    close(asking.desk, ref, CloseReason.SOLVED)
    assert code_of(lambda: answer_survey(asking.desk, token, GOOD)) == "SURVEY_NOT_OPEN"
    answer_survey(asking.desk, token_of(asking), GOOD)
    assert len(standing(asking, ref).answers) == 2


def test_the_time_to_answer_ends(asking: Bench) -> None:
    ref = closed(asking)
    token = token_of(asking)
    asking.clock.at = at("03-13 00:00")
    assert code_of(lambda: answer_survey(asking.desk, token, GOOD)) == "SURVEY_EXPIRED"
    assert code_of(lambda: record_survey(asking.desk, ref, GOOD)) == "SURVEY_EXPIRED"
    asking.clock.at -= 1  # the last second of the day that the letter named
    answer_survey(asking.desk, token, GOOD)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Given(Scores(0, 5)), "BAD_SCORE"),
        (Given(Scores(5, 6)), "BAD_SCORE"),
        (Given(Scores(None, 3)), "BAD_SCORE"),
        (Given(Scores(5, 5), "x" * 10_001), "TEXT_TOO_LONG"),
    ],
)
def test_what_is_no_answer_is_refused(asking: Bench, given: Given, code: str) -> None:
    ref = closed(asking)
    assert code_of(lambda: record_survey(asking.desk, ref, given)) == code
    assert standing(asking, ref).answers == ()


def test_an_open_ticket_is_not_asked_about_and_no_other_word_is_a_token(asking: Bench) -> None:
    ref = asking.new()
    assert code_of(lambda: record_survey(asking.desk, ref, GOOD)) == "SURVEY_NOT_OPEN"
    for word in ("", "AAAA-AAAA-AAAA", "' OR 1=1 --"):
        assert code_of(lambda word=word: answer_survey(asking.desk, word, GOOD)) == "SURVEY_NOT_FOUND"  # type: ignore[misc]


def test_where_no_letter_can_leave_nobody_is_invited_but_the_desk_may_record(tmp_path: Path) -> None:
    bench = found(tmp_path, "03-02 10:00", text=ASKS)
    ref = closed(bench)
    assert "survey" not in bench.last(ref).payload
    assert MASK not in bench.words(ref)[-1]
    record_survey(bench.desk, ref, GOOD)
    given = standing(bench, ref).answer
    assert given is not None
    assert given.offered_at is None


def test_a_policy_that_asks_for_none_sends_none(tmp_path: Path) -> None:
    bench = mailing(found(tmp_path, "03-02 10:00", text=POLICY))
    ref = closed(bench)
    assert bench.last(ref).type is Act.CLOSED
    undo(bench.desk, ref)
    assert bench.status(ref) is Status.ANSWERED


def test_a_closing_that_the_customer_was_told_of_is_not_undone(asking: Bench) -> None:
    ref = closed(asking)
    assert code_of(lambda: undo(asking.desk, ref)) == "NOTHING_TO_UNDO"


def answering(bench: Bench, body: str) -> Callable[[], Ending]:
    ours = bench.store.conn.execute("SELECT message_id FROM outbox ORDER BY id DESC LIMIT 1").fetchone()[0]
    mail = letter(answers=[ours], sender="c1@example.com", text=body)

    def arrive() -> Ending:
        (taken,) = take(bench.desk, [mail], parse, hooks=mail_hooks(bench.desk))
        return taken.ending

    return arrive


FORM = "> Solução (1 a 5): 3\n> Atendimento (1 a 5): 5\n> Comentário: Demorou\n"


@pytest.mark.parametrize(
    "body",
    [
        "Solução (1 a 5): 3\nAtendimento (1 a 5): 5\nComentário: Demorou\n",
        f"Em seg., 2 de mar. de 2026, Ouvidoria escreveu:\n{FORM}",
        f"Obrigada!\n\n{FORM}",
    ],
)
def test_a_mail_that_fills_the_form_is_the_answer_and_does_not_reopen(asking: Bench, body: str) -> None:
    ref = closed(asking)
    asking.clock.at += DAY
    assert answering(asking, body)() is Ending.REPLY
    given = standing(asking, ref).answer
    assert given is not None
    assert (given.scores, given.channel) == (Scores(3, 5), "email")
    assert (asking.status(ref), asking.words(ref)[-1]) == (Status.CLOSED, "Demorou")
    assert proven(asking.store)


def test_a_form_with_news_beside_it_is_both_an_answer_and_a_word_of_the_customer(asking: Bench) -> None:
    ref = closed(asking)
    answering(asking, f"Cobraram de novo ontem, por favor vejam.\n\n{FORM}")()
    assert standing(asking, ref).answers[0].scores == Scores(3, 5)
    assert asking.status(ref) is Status.CUSTOMER_REPLY


@pytest.mark.parametrize(
    "body", ["Solução (1 a 5): 6\nAtendimento (1 a 5): 5\n", "> Solução (1 a 5): \nFaltou tudo\n"]
)
def test_what_is_no_filled_form_is_a_word_of_the_customer(asking: Bench, body: str) -> None:
    ref = closed(asking)
    answering(asking, body)()
    assert standing(asking, ref).answers == ()
    assert asking.status(ref) is Status.CUSTOMER_REPLY
