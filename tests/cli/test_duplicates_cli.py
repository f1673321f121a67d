from __future__ import annotations

import json
from pathlib import Path

import pytest

from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ticket import Channel
from tests.cli.reading_desk import DAY, HOUR, NOW, ReadingDesk, make_desk

LIA = Customer(0, "Lia Teste", email="lia@example.com")
EVA = Customer(0, "Eva Teste", email="eva@example.com")
TEXT = "Fui cobrada duas vezes na fatura de maio pelo mesmo boleto e ninguém responde"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> ReadingDesk:
    return make_desk(tmp_path, monkeypatch, capsys)


def two(desk: ReadingDesk) -> tuple[str, str]:
    """A ticket, and a later one of the same customer that reads like it."""
    older = desk.new("Cobrança em duplicidade", text=TEXT, customer=LIA, at=NOW - 2 * DAY)
    later = desk.new(
        "Ainda sem resposta", text=TEXT + ", protocolo 4471", customer=LIA, channel=Channel.PORTAL
    )
    return older, later


def test_the_keys_of_a_candidate_are_a_contract(desk: ReadingDesk) -> None:
    older, later = two(desk)
    (row,) = desk.json("duplicates", later)
    assert list(row) == [
        "protocol",
        "candidate",
        "score",
        "words",
        "same_customer",
        "recurrence",
        "channel",
        "candidate_channel",
        "candidate_status",
        "candidate_subject",
        "candidate_arrived_at",
        "days",
    ]
    assert (row["protocol"], row["candidate"], row["same_customer"], row["days"]) == (later, older, True, 1)


def test_people_read_score_whose_it_is_and_the_words(desk: ReadingDesk) -> None:
    older, later = two(desk)
    out, _err = desk.run("duplicates", later, "--format", "table")
    line = next(line for line in out.splitlines() if older in line)
    assert "same" in line
    assert "fatura" in line


def test_a_query_lists_the_pairs_among_the_open_ones(desk: ReadingDesk) -> None:
    older, later = two(desk)
    pairs = [(row["protocol"], row["candidate"]) for row in desk.json("duplicates", "channel:portal")]
    assert pairs == [(later, older)]


def test_a_mistyped_protocol_is_said_and_not_searched_for(desk: ReadingDesk) -> None:
    _out, err = desk.run("duplicates", "2026-000999-9", code=2)
    assert "BAD_PROTOCOL" in err


def test_nothing_alike_is_an_empty_answer(desk: ReadingDesk) -> None:
    _out, err = desk.run("duplicates", desk.new(), "--format", "table")
    assert "nothing reads like it" in err


def test_a_confidential_ticket_is_not_compared(desk: ReadingDesk) -> None:
    _out, err = desk.run("duplicates", desk.secret(), code=4)
    assert "CONFIDENTIAL_COMPARED" in err


def test_a_limit_belongs_to_a_query(desk: ReadingDesk) -> None:
    desk.run("duplicates", desk.new(), "--limit", "5", code=2)


def test_a_dry_run_tells_and_changes_nothing(desk: ReadingDesk) -> None:
    older, later = two(desk)
    out, _err = desk.run("merge", later, "--into", older, "--dry-run", "--format", "json")
    (row,) = json.loads(out)
    assert (row["into"], row["letter"], row["messages"], row["stopped"]) == (
        older,
        True,
        1,
        ["first-response", "keep-informed"],
    )
    assert desk.json("show", later)["status"] == "open"


def test_a_dry_run_is_refused_as_the_merge_would_be(desk: ReadingDesk) -> None:
    one, other = desk.new(customer=LIA), desk.new(customer=EVA)
    for more in ((), ("--dry-run",)):
        _out, err = desk.run("merge", one, "--into", other, *more, code=4)
        assert "OTHER_CUSTOMER" in err


@pytest.mark.req("S3-47")
def test_a_second_ticket_on_a_subject_is_warned_of_and_closed_into_the_first_which_keeps_its_place(
    desk: ReadingDesk,
) -> None:
    older = desk.new("Entrega", text="Não chegou", customer=LIA, at=NOW - DAY)
    arrived = desk.json("show", older)["arrived_at"]
    who = ("--name", "Lia Teste", "--email", "lia@example.com")
    out, err = desk.run("new", "--subject", "Re: entrega", "--text", "Cadê?", *who, "--format", "json")
    later = json.loads(out)["protocol"]
    assert older in err
    desk.run("merge", later, "--into", older)
    closed = desk.json("show", later)
    assert (closed["status"], closed["close_reason"]) == ("closed", "duplicate")
    assert closed["links"] == [{"tie": "merged-into", "protocol": older, "incident": None}]
    assert older in closed["messages"][0]["text"]
    first = desk.json("show", older)
    assert (first["status"], first["arrived_at"]) == ("open", arrived)
    assert [row["protocol"] for row in desk.json("queue")] == [older]


def test_a_page_as_it_stood_before_the_merge_does_not_know_of_it(desk: ReadingDesk) -> None:
    older, later = two(desk)
    desk.clock.at = NOW + HOUR
    desk.run("merge", later, "--into", older)
    was = json.loads(desk.run("show", later, "--at", "2026-11-20 10:00", "--format", "json")[0])
    assert (was["status"], was["admission"], was["links"]) == ("open", "pending", [])
    page, _err = desk.run("show", older, "--at", "2026-11-20 10:00")
    assert later not in page
    page, _err = desk.run("show", older)
    assert "4471" in page


def test_history_shows_the_joined_words_with_the_number_they_came_on(desk: ReadingDesk) -> None:
    older, later = two(desk)
    desk.run("merge", later, "--into", older)
    origins = {row["origin"] for row in desk.json("history", older)}
    assert origins == {None, later}
    for_customer = desk.run("history", older, "--audience", "customer", "--format", "json")[0]
    assert "4471" in for_customer


def test_the_words_of_another_customer_are_not_in_the_history_for_this_one(desk: ReadingDesk) -> None:
    one, other = desk.new(customer=LIA, text=TEXT), desk.new(customer=EVA, text="Meu CPF é segredo")
    desk.run("merge", other, "--into", one, "--different-customers", "--reason", "Mesma loja")
    assert "segredo" in desk.run("history", one, "--format", "json")[0]
    assert "segredo" not in desk.run("history", one, "--audience", "customer", "--format", "json")[0]


def test_what_was_said_to_the_merged_number_says_so(desk: ReadingDesk) -> None:
    older, later = two(desk)
    desk.run("merge", later, "--into", older)
    out, _err = desk.run("customer-reply", later, "--text", "E então?", "--format", "table")
    assert out.startswith(older)
    assert f"sent to {later}" in desk.run("show", older)[0]


def test_unmerging_names_the_messages_that_stay(desk: ReadingDesk) -> None:
    older, later = two(desk)
    desk.run("merge", later, "--into", older)
    desk.run("customer-reply", later, "--text", "E então?")
    out, err = desk.run("unmerge", later, "--reason", "É outra fatura", "--format", "table")
    assert "1 later message stays" in out
    assert "E então?" in err


def test_links_are_shown_on_both_pages(desk: ReadingDesk) -> None:
    one, other = desk.new(), desk.new()
    desk.run("link", one, other, "--reason", "Mesmo fornecedor")
    for ref, tied in ((one, other), (other, one)):
        assert desk.json("show", ref)["links"] == [{"tie": "linked", "protocol": tied, "incident": None}]
    desk.run("unlink", other, one)
    assert desk.json("show", one)["links"] == []


def test_an_incident_goes_from_its_opening_to_its_end(desk: ReadingDesk) -> None:
    desk.run("incident", "open", "--title", "Loja fora do ar", "--cause", "Indisponibilidade")
    ref = desk.new("Loja fora", text="A loja está fora do ar", customer=LIA)
    desk.run("incident", "link", "1", "loja")
    (row,) = json.loads(desk.run("incident", "list", "--format", "json")[0])
    assert (row["incident"], row["tickets"], row["customers"], row["cause"]) == (1, 1, 1, "indisponibilidade")
    assert "Loja fora do ar" in desk.run("show", ref)[0]
    desk.run("incident", "close", "1", "--reason", "Voltou")
    assert desk.run("incident", "list", "--format", "jsonl")[0] == ""
    assert "Voltou" in desk.run("incident", "list", "--all", "--format", "jsonl")[0]
    _out, err = desk.run("incident", "link", "1", desk.new(), code=4)
    assert "INCIDENT_CLOSED" in err


def test_an_incident_that_is_not_there_is_exit_3(desk: ReadingDesk) -> None:
    _out, err = desk.run("incident", "link", "7", desk.new(), code=3)
    assert "INCIDENT_NOT_FOUND" in err


def test_escapes_in_a_title_are_not_printed(desk: ReadingDesk) -> None:
    desk.run("incident", "open", "--title", "x\x1b]52;c;QQ==\x07y")
    for fmt in ("table", "tsv"):
        assert "\x1b" not in desk.run("incident", "list", "--format", fmt)[0]
