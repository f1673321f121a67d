from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.act import When
from ouvidoria_tui.desk.assign import assign, start
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.reply import customer_reply, note, reply
from ouvidoria_tui.desk.undo import undo
from tests.cli.reading_desk import DAY, HOUR, NOW, ReadingDesk, make_desk, worked_on


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> ReadingDesk:
    return make_desk(tmp_path, monkeypatch, capsys)


def test_the_page_holds_facts_clocks_words_and_timeline(desk: ReadingDesk) -> None:
    out, err = desk.run("show", worked_on(desk))
    assert err == ""
    for said in (
        "Maria Teste",
        "bia",
        "1st response",
        "not defined",
        "Fui cobrada duas vezes.",
        "nota interna: cliente difícil",
        "Recebi, obrigada.",
        "boleto.pdf",
        "motivo interno",
    ):
        assert said in out


def test_no_line_of_the_page_is_wider_than_a_comfortable_one(desk: ReadingDesk) -> None:
    protocol = desk.new("assunto " * 60, text="palavra " * 400 + "x" * 500 + " " + "漢" * 300)
    from ouvidoria_tui.present.safe import cells

    out, _err = desk.run("show", protocol)
    assert max(map(cells, out.splitlines())) <= 88


def test_the_page_says_how_late_it_is(desk: ReadingDesk) -> None:
    out, _err = desk.run("show", desk.new(at=NOW - 26 * HOUR))
    assert "! late by 2h, was due 2026-11-20 08:00" in out


def test_the_page_speaks_portuguese(desk: ReadingDesk) -> None:
    out, _err = desk.run("show", desk.new(), lang="pt-BR")
    assert "Reclamação" in out


def test_the_page_uses_plain_signs_where_they_are_asked_for(desk: ReadingDesk) -> None:
    protocol = desk.new("Assunto")
    assert desk.run("--ascii", "show", protocol)[0].isascii()


@pytest.mark.req("S3-41")
def test_the_page_says_whose_turn_it_is(desk: ReadingDesk) -> None:
    protocol = desk.new()
    with desk.desk() as acting:
        reply(acting, protocol, "Poderia enviar a fatura?")
    assert "turn: the customer" in desk.run("show", protocol)[0]


def test_a_long_history_is_cut_on_the_page_and_says_so(desk: ReadingDesk) -> None:
    protocol = desk.new()
    for minute in range(15):
        with desk.desk(at=NOW - HOUR + 60 * minute) as acting:
            (customer_reply if minute % 2 else note)(acting, protocol, f"palavras {minute}")
    assert f"6 earlier events: ouvidoria history {protocol}" in desk.run("show", protocol)[0]


def test_a_flood_of_messages_is_one_line_of_the_timeline(desk: ReadingDesk) -> None:
    protocol = desk.new()
    with desk.desk() as acting:
        for number in range(10):
            customer_reply(acting, protocol, f"alguma novidade? {number}")
    page = desk.run("show", protocol, lang="pt-BR")[0]
    timeline = (
        page[page.index("Histórico") :] if "Histórico" in page else page[page.index("Linha do tempo") :]
    )
    assert timeline.count("10 mensagens") == 1
    assert "novidade" not in timeline


def test_show_at_a_moment_folds_what_had_happened_by_then(desk: ReadingDesk) -> None:
    protocol = worked_on(desk)
    then = desk.json("show", protocol, "--at", "-7h30min")
    assert (then["status"], then["assignee"], then["severity"]) == ("in-progress", "bia", None)
    assert (then["messages"], then["level"], then["revision"]) == ([], 0, 3)
    assert then["clocks"][0]["state"] == "running"
    assert then["clocks"][0]["remaining_seconds"] == 24 * HOUR - int(12.5 * HOUR)


def test_show_at_now_is_show(desk: ReadingDesk) -> None:
    protocol = worked_on(desk)
    assert desk.json("show", protocol, "--at", "now") == desk.json("show", protocol)


def test_show_at_a_date_is_the_end_of_that_day(desk: ReadingDesk) -> None:
    protocol = desk.new(at=NOW - 3 * DAY)
    with desk.desk(at=NOW - 2 * DAY + 2 * HOUR) as acting:
        assign(acting, protocol, "bia")
    assert desk.json("show", protocol, "--at", "2026-11-17")["status"] == "open"
    assert desk.json("show", protocol, "--at", "18/11/2026")["status"] == "assigned"


def test_an_act_stood_until_it_was_undone(desk: ReadingDesk) -> None:
    protocol = desk.new(at=NOW - 5 * HOUR)
    with desk.desk(at=NOW - 4 * HOUR) as acting:
        assign(acting, protocol, "bia")
    with desk.desk(at=NOW - 2 * HOUR) as acting:
        undo(acting, protocol)
    assert desk.json("show", protocol, "--at", "-3h")["status"] == "assigned"
    assert desk.json("show", protocol)["status"] == "open"


def test_show_before_the_arrival_is_not_found(desk: ReadingDesk) -> None:
    protocol = desk.new()
    assert "NOT_YET_RECEIVED" in desk.run("show", protocol, "--at", "2026-01-01", code=3)[1]


def test_both_times_are_told_apart(desk: ReadingDesk) -> None:
    protocol = desk.new(at=NOW - 9 * HOUR)
    with desk.desk(at=NOW - HOUR) as acting:
        start(acting, protocol, when=When(NOW - 8 * HOUR, "Anotado no papel"))
    moment = ("show", protocol, "--at", "-7h")
    assert desk.json(*moment)["status"] == "in-progress"
    assert desk.json(*moment, "--recorded")["status"] == "open"
    said = desk.run(*moment)[1]
    assert "by when things happened" in said
    assert "1 act that had happened by then was recorded later" in said
    assert "by when acts were recorded" in desk.run(*moment, "--recorded")[1]
    assert "NOT_YET_RECEIVED" in desk.run("show", protocol, "--at", "-10h", "--recorded", code=3)[1]


def test_the_history_at_a_moment_is_what_had_happened_by_then(desk: ReadingDesk) -> None:
    protocol = desk.new(at=NOW - 9 * HOUR)
    with desk.desk(at=NOW - 8 * HOUR) as acting:
        assign(acting, protocol, "bia")
    assert [row["type"] for row in desk.json("history", protocol, "--at", "-8h30min")] == ["received"]
    assert [row["type"] for row in desk.json("history", protocol, "--at", "-7h")] == ["received", "assigned"]
    assert desk.json("history", protocol, "--at", "now") == desk.json("history", protocol)
    assert "DATE_IN_FUTURE" in desk.run("history", protocol, "--at", "+1h", code=4)[1]
    assert "NOT_YET_RECEIVED" in desk.run("history", protocol, "--at", "2020-01-01", code=3)[1]


@pytest.mark.parametrize("command", ["show", "history"])
def test_as_it_was_recorded_needs_a_moment(desk: ReadingDesk, command: str) -> None:
    assert "RECORDED_NEEDS_AT" in desk.run(command, desk.new(), "--recorded", code=2)[1]


def test_show_does_not_tell_the_future(desk: ReadingDesk) -> None:
    assert "DATE_IN_FUTURE" in desk.run("show", desk.new(), "--at", "+1d", code=4)[1]


@pytest.mark.parametrize("command", ["show", "history", "receipt"])
def test_an_unknown_ticket_is_three(desk: ReadingDesk, command: str) -> None:
    assert "TICKET_NOT_FOUND" in desk.run(command, "2026-000001-5", code=3)[1]


@pytest.mark.parametrize("command", ["show", "history", "receipt"])
def test_a_mistyped_protocol_is_two(desk: ReadingDesk, command: str) -> None:
    assert "BAD_PROTOCOL" in desk.run(command, "2026-000001-6", code=2)[1]


@pytest.mark.parametrize("command", ["show", "history", "receipt"])
def test_a_missing_store_is_seven(desk: ReadingDesk, command: str) -> None:
    desk.path = desk.path.with_name("none.db")
    assert "STORE_MISSING" in desk.run(command, "2026-000001-5", code=7)[1]


def test_a_protocol_is_read_without_its_separators(desk: ReadingDesk) -> None:
    protocol = desk.new()
    assert desk.json("show", protocol.replace("-", ""))["protocol"] == protocol


# --- confidential


def test_the_page_masks_a_confidential_ticket_until_it_is_opened(desk: ReadingDesk) -> None:
    protocol = desk.secret()
    masked, opened = desk.run("show", protocol)[0], desk.run("show", protocol, "--reveal")[0]
    assert ("eservad" in masked, "[confidential]" in masked) == (False, True)
    assert "Relato reservado." in opened
    assert ("[identity kept]" in opened, "Fulana Reservada" in opened) == (True, False)


@pytest.mark.parametrize("command", ["show", "history"])
def test_who_may_not_open_a_confidential_ticket_is_refused(desk: ReadingDesk, command: str) -> None:
    assert "CONFIDENTIAL" in desk.run(command, desk.secret(), "--reveal", agent="bia", code=8)[1]


def test_machine_formats_hold_no_confidential_word_for_who_may_not_open_it(desk: ReadingDesk) -> None:
    protocol = desk.secret()
    with desk.desk() as acting:
        note(acting, protocol, "nota reservada")
        attach(acting, protocol, "reservado.pdf", b"x")
    for command in ("show", "history", "receipt"):
        for fmt in ("json", "tsv", "csv", "md"):
            assert "eservad" not in desk.run(command, protocol, "--format", fmt, agent="bia")[0]
    assert desk.json("show", protocol, agent="bia")["masked"] is True


def test_machine_formats_hold_the_words_for_who_may(desk: ReadingDesk) -> None:
    shown = desk.json("show", desk.secret(), agent="edu")
    assert (shown["description"], shown["masked"]) == ("Relato reservado.", False)
