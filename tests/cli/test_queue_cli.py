from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ouvidoria_tui.desk.assign import assign
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.escalate import acknowledge, escalate
from ouvidoria_tui.desk.reply import customer_reply, reply
from ouvidoria_tui.domain.ticket import CloseReason, Severity
from ouvidoria_tui.domain.views import VIEWS, view_of
from ouvidoria_tui.errors import UsageError
from tests.cli.reading_desk import DAY, HOUR, NOW, ReadingDesk, make_desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> ReadingDesk:
    return make_desk(tmp_path, monkeypatch, capsys)


def protocols(desk: ReadingDesk, *args: str, agent: str = "ana") -> list[str]:
    return [row["protocol"] for row in desk.json("queue", *args, agent=agent)]


def test_an_empty_store_has_an_empty_queue(desk: ReadingDesk) -> None:
    assert desk.json("queue") == []


def test_an_empty_queue_does_not_look_like_a_failure(desk: ReadingDesk) -> None:
    assert desk.run("queue", "--format", "table")[1] == "no open ticket\n"


def test_nothing_found_is_said_to_people(desk: ReadingDesk) -> None:
    desk.new()
    assert desk.run("queue", "boleto", "--format", "table")[1] == "no ticket matches\n"


@pytest.mark.req("S3-39")
def test_the_queue_is_in_order_of_arrival_whatever_the_order_of_registration(desk: ReadingDesk) -> None:
    late, early, middle = (desk.new(at=NOW - hours * HOUR) for hours in (1, 9, 5))
    assert protocols(desk) == [early, middle, late]


@pytest.mark.req("S3-39")
def test_tickets_of_one_moment_stand_by_protocol(desk: ReadingDesk) -> None:
    made = [desk.new(at=NOW - HOUR) for _ in range(3)]
    assert protocols(desk) == sorted(made)


@pytest.mark.req("S3-40")
def test_a_graver_problem_keeps_its_place(desk: ReadingDesk) -> None:
    first, second = desk.new(at=NOW - 3 * HOUR), desk.new(at=NOW - 2 * HOUR)
    with desk.desk() as acting:
        classify(acting, second, Classification(severity=Severity.CRITICAL))
    assert protocols(desk) == [first, second]
    assert protocols(desk, "--order", "severity") == [second, first]


@pytest.mark.req("S3-53")
def test_ten_messages_of_the_customer_move_nothing(desk: ReadingDesk) -> None:
    first, second = desk.new(at=NOW - 3 * HOUR), desk.new(at=NOW - 2 * HOUR)
    with desk.desk() as acting:
        for number in range(10):
            customer_reply(acting, second, f"e aí? {number}")
    assert protocols(desk) == [first, second]


def test_closed_tickets_are_left_out_unless_they_are_asked_for(desk: ReadingDesk) -> None:
    done, open_ = desk.new(), desk.new("Outro")
    with desk.desk() as acting:
        close(acting, done, CloseReason.WITHDRAWN)
    assert protocols(desk) == [open_]
    assert protocols(desk, "status:closed") == [done]


def test_several_words_are_one_query(desk: ReadingDesk) -> None:
    wanted, _other = desk.new("Boleto vencido"), desk.new("Boleto pago")
    assert protocols(desk, "boleto", "vencido", "type:complaint") == [wanted]


def test_a_query_that_begins_with_a_minus_stands_behind_two(desk: ReadingDesk) -> None:
    _boleto, other = desk.new("Boleto vencido"), desk.new("Entrega")
    assert protocols(desk, "--", "-boleto") == [other]


@pytest.mark.parametrize("name", ["mine", "minhas"])
def test_a_view_is_found_by_either_name(desk: ReadingDesk, name: str) -> None:
    mine, _other = desk.new(), desk.new()
    with desk.desk() as acting:
        assign(acting, mine, "bia")
    assert protocols(desk, "--view", name, agent="bia") == [mine]


def test_words_narrow_a_view(desk: ReadingDesk) -> None:
    _one, wanted = desk.new("Entrega"), desk.new("Boleto")
    assert protocols(desk, "--view", "unowned", "boleto") == [wanted]


def test_the_view_of_what_falls_due_comes_in_its_own_order(desk: ReadingDesk) -> None:
    answered, waiting = desk.new(at=NOW - 30 * HOUR), desk.new(at=NOW - 20 * HOUR)
    with desk.desk() as acting:
        customer_reply(acting, answered, "ok")
    assert protocols(desk, "--view", "due") == [answered, waiting]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_view_is_a_query_that_can_be_asked(desk: ReadingDesk, view: object) -> None:
    assert isinstance(view, type(VIEWS[0]))
    assert protocols(desk, "--view", view.name) == []


def test_an_unknown_view_names_those_there_are() -> None:
    with pytest.raises(UsageError) as raised:
        view_of("outra")
    assert raised.value.code == "UNKNOWN_VIEW"
    assert "minhas" in str(raised.value.hint)


def test_the_cursor_goes_on_where_the_page_ended(desk: ReadingDesk) -> None:
    made = [desk.new(at=NOW - (9 - number) * HOUR) for number in range(5)]
    out, err = desk.run("queue", "--limit", "2", "--format", "tsv")
    cursor = re.search(r"--after (\S+)", err)
    assert cursor is not None
    assert [line.split("\t")[0] for line in out.splitlines()[1:]] == made[:2]
    assert protocols(desk, "--after", cursor[1]) == made[2:]


def test_the_last_page_names_no_cursor(desk: ReadingDesk) -> None:
    desk.new()
    assert desk.run("queue", "--limit", "1")[1] == ""


def test_no_limit_walks_on_over_the_chunks(desk: ReadingDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ouvidoria_tui.cli.queue.CHUNK", 2)
    made = [desk.new(at=NOW - (9 - number) * HOUR) for number in range(5)]
    assert protocols(desk, "--limit", "0") == made
    assert protocols(desk, "--limit", "3") == made[:3]


def test_people_get_a_page_of_twenty(desk: ReadingDesk) -> None:
    for number in range(21):
        desk.new(f"Assunto {number}")
    out, err = desk.run("queue", "--format", "table")
    assert (len(out.splitlines()), "--after" in err) == (22, True)


def test_counting_prints_the_number_alone(desk: ReadingDesk) -> None:
    desk.new()
    assert desk.run("queue", "--count")[0] == "1\n"
    assert desk.json("queue", "--count", "status:closed") == {"count": 0}


@pytest.mark.req("S2-29")
def test_a_ticket_that_waits_is_shown_as_in_the_queue(desk: ReadingDesk) -> None:
    desk.new()
    (row,) = desk.json("queue", "--view", "unowned")
    assert (row["status"], row["turn"]) == ("open", "desk")


def test_a_late_clock_is_missed_before_anything_says_so(desk: ReadingDesk) -> None:
    desk.new(at=NOW - 25 * HOUR)
    (row,) = desk.json("queue")
    assert row["next_due"]["state"] == "missed"
    assert row["clocks"][0]["remaining_seconds"] == -HOUR
    assert row["clocks"][0]["missed_at"] == row["clocks"][0]["due_at"]


def test_people_see_what_is_late_by_a_sign(desk: ReadingDesk) -> None:
    desk.new("Atrasada", at=NOW - 25 * HOUR)
    line = desk.run("queue", "--format", "table")[0].splitlines()[-1]
    assert "! -1h" in line


def test_a_confidential_subject_is_masked_for_people_whoever_asks(desk: ReadingDesk) -> None:
    desk.secret()
    out, _err = desk.run("queue", "--format", "table")
    assert "[confidential]" in out
    assert "reservado" not in out


def test_a_confidential_ticket_keeps_its_words_from_who_may_not_open_it(desk: ReadingDesk) -> None:
    desk.secret()
    (row,) = desk.json("queue", agent="bia")
    assert (row["confidential"], row["subject"], row["customer"]) == (True, None, None)


@pytest.mark.parametrize("agent", ["ana", "edu"])
def test_heads_and_the_auditor_read_confidential_tickets_and_not_whose_they_are(
    desk: ReadingDesk, agent: str
) -> None:
    desk.secret()
    (row,) = desk.json("queue", agent=agent)
    assert (row["subject"], row["customer"]) == ("Assunto reservado", None)


def test_the_owner_reads_her_confidential_ticket(desk: ReadingDesk) -> None:
    protocol = desk.secret()
    with desk.desk() as acting:
        assign(acting, protocol, "bia")
    assert desk.json("queue", agent="bia")[0]["subject"] == "Assunto reservado"
    assert desk.json("queue", agent="caio")[0]["subject"] is None


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["queue", "campo:x"], 2, "^\n"),
        (["queue", "--view", "outra"], 2, "UNKNOWN_VIEW"),
        (["queue", "--order", "tamanho"], 2, "BAD_ORDER"),
        (["queue", "--after", "x"], 2, "BAD_CURSOR"),
        (["queue", "--limit", "-1"], 2, "USAGE"),
        (["queue", "--format", "xml"], 2, "BAD_FORMAT"),
        (["escalations", "--level", "0"], 2, "USAGE"),
    ],
)
def test_a_wrong_call_is_said_with_its_code(desk: ReadingDesk, args: list[str], code: int, said: str) -> None:
    out, err = desk.run(*args, code=code)
    assert (out, said in err) == ("", True)


def test_a_missing_store_is_seven(desk: ReadingDesk) -> None:
    desk.path = desk.path.with_name("none.db")
    assert "STORE_MISSING" in desk.run("queue", code=7)[1]


def test_an_unknown_agent_is_eight(desk: ReadingDesk) -> None:
    assert "AGENT_UNKNOWN" in desk.run("queue", agent="ninguem", code=8)[1]


def test_errors_are_json_where_json_is_asked_for(desk: ReadingDesk) -> None:
    import json

    error = json.loads(desk.run("queue", "campo:x", "--format", "json", code=2)[1])["error"]
    assert (error["code"], error["column"]) == ("BAD_QUERY", 1)


def test_a_reader_that_goes_away_is_no_failure(desk: ReadingDesk) -> None:
    for number in range(60):
        desk.new(f"Assunto {number} " + "x" * 900)
    command = [sys.executable, "-m", "ouvidoria_tui", "--db", str(desk.path), "--as", "ana"]
    process = subprocess.Popen(
        [*command, "queue", "--limit", "0", "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), said) == (0, b"")


# --- escalations


def escalated(desk: ReadingDesk) -> tuple[str, str, str]:
    """Three escalated tickets: N2 late, N2 acknowledged and not late, N3."""
    late, seen, board = desk.new(at=NOW - 25 * HOUR), desk.new(at=NOW - 2 * HOUR), desk.new(at=NOW - HOUR)
    with desk.desk(at=NOW - 600) as acting:
        for protocol, level in ((late, 2), (seen, 2), (board, 3)):
            escalate(acting, protocol, level, "a área não respondeu")
    with desk.desk(at=NOW - 300) as acting:
        acknowledge(acting, seen)
    return late, seen, board


@pytest.mark.req("S2-12")
def test_escalations_stand_by_level_and_time_to_breach(desk: ReadingDesk) -> None:
    late, seen, board = escalated(desk)
    assert [row["protocol"] for row in desk.json("escalations")] == [board, late, seen]
    assert [row["protocol"] for row in desk.json("escalations", "--level", "2")] == [late, seen]


def test_escalations_say_who_was_told_and_whether_it_was_seen(desk: ReadingDesk) -> None:
    _late, seen, _board = escalated(desk)
    row = next(row for row in desk.json("escalations") if row["protocol"] == seen)
    assert row["addressee"] == "ombudsman"
    assert (row["raised_by"], row["acknowledged_by"]) == ("ana", "ana")
    assert row["acknowledged_at"] > row["raised_at"]


def test_a_closed_ticket_is_no_escalation(desk: ReadingDesk) -> None:
    late, seen, board = escalated(desk)
    with desk.desk() as acting:
        reply(acting, board, "resolvido", conclusive=True)
        close(acting, board, CloseReason.SOLVED)
    assert {row["protocol"] for row in desk.json("escalations")} == {late, seen}


def test_escalations_for_people_name_the_rung(desk: ReadingDesk) -> None:
    escalated(desk)
    out, _err = desk.run("escalations", "--format", "table")
    assert out.splitlines()[2].split()[1] == "N3"


def test_no_escalation_is_said(desk: ReadingDesk) -> None:
    desk.new(at=NOW - DAY)
    assert desk.run("escalations", "--format", "table")[1] == "no escalated ticket\n"
