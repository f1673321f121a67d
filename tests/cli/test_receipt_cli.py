from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.assign import assign
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.ticket import Channel
from tests.cli.reading_desk import DAY, HOUR, NOW, ReadingDesk, make_desk, worked_on


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> ReadingDesk:
    return make_desk(tmp_path, monkeypatch, capsys)


@pytest.fixture
def suporte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> ReadingDesk:
    """A desk that promises no date (S3)."""
    return make_desk(tmp_path, monkeypatch, capsys, "suporte-tecnico")


@pytest.fixture
def hospedagem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> ReadingDesk:
    """A desk with opening hours and an average of five days (S0)."""
    return make_desk(tmp_path, monkeypatch, capsys, "hospedagem")


@pytest.mark.req("S0-41", "S4-16")
def test_the_receipt_says_protocol_moment_channel_and_what_happens_next(desk: ReadingDesk) -> None:
    protocol = desk.new("Entrega", channel=Channel.PHONE)
    out, _err = desk.run("receipt", protocol)
    assert out.startswith(f"Receipt: {protocol}\n")
    for said in ("2026-11-20 09:00 · phone", "Entrega", "It is the next in the queue", f"[{protocol}]"):
        assert said in out


def test_the_receipt_counts_who_stands_before(desk: ReadingDesk) -> None:
    desk.new(at=NOW - 3 * HOUR)
    taken = desk.new(at=NOW - 3 * HOUR)
    with desk.desk() as acting:
        assign(acting, taken, "bia")
    assert desk.json("receipt", desk.new())["ahead"] == 1


def test_the_receipt_names_the_first_deadline(desk: ReadingDesk) -> None:
    due = desk.json("receipt", desk.new(at=NOW))["due"]
    assert due == {"clock": "first-response", "due_at": "2026-11-21T10:00:00-03:00"}


@pytest.mark.req("S0-12")
def test_the_average_is_a_forecast_and_no_deadline(hospedagem: ReadingDesk) -> None:
    protocol = hospedagem.new(at=NOW)
    record = hospedagem.json("receipt", protocol)
    assert (record["forecast"]["date"], record["forecast"]["amount"]) == ("2026-11-25", 5)
    assert record["due"] is None
    out, _err = hospedagem.run("receipt", protocol)
    assert "Forecast for the solution: 2026-11-25" in out
    assert "not a deadline" in out.replace("\n    ", " ")


@pytest.mark.req("S2-46")
def test_a_manifestation_at_night_is_registered_and_the_receipt_says_when_analysis_starts(
    hospedagem: ReadingDesk,
) -> None:
    night = NOW - 3 * DAY - 7 * HOUR  # Tuesday, 03:00
    record = hospedagem.json("receipt", hospedagem.new(at=night))
    assert record["analysis_at"] == "2026-11-17T08:00:00-03:00"


@pytest.mark.req("S3-37")
def test_where_nothing_is_promised_the_receipt_names_no_date_but_the_arrival(suporte: ReadingDesk) -> None:
    protocol = suporte.new(at=NOW - 3 * DAY - 7 * HOUR)
    record = suporte.json("receipt", protocol)
    assert (record["promise"], record["due"], record["forecast"], record["analysis_at"]) == (
        False,
        None,
        None,
        None,
    )
    out, _err = suporte.run("receipt", protocol)
    assert out.count("2026-11-") == 1
    assert "how complex the case is" in out.replace("\n    ", " ")


@pytest.mark.req("S3-41")
def test_the_receipt_says_whose_turn_it_is(desk: ReadingDesk) -> None:
    protocol = desk.new()
    with desk.desk() as acting:
        reply(acting, protocol, "Poderia enviar a fatura?")
    record = desk.json("receipt", protocol)
    assert (record["status"], record["turn"], record["ahead"]) == ("answered", "customer", None)


def test_the_receipt_of_a_confidential_ticket_hides_its_subject_from_people(desk: ReadingDesk) -> None:
    assert "eservad" not in desk.run("receipt", desk.secret())[0]


def test_the_receipt_holds_nothing_internal(desk: ReadingDesk) -> None:
    out, _err = desk.run("receipt", worked_on(desk))
    assert not any(word in out for word in ("bia", "nota", "motivo", "high"))


def test_a_deadline_at_midnight_is_told_as_the_end_of_its_day(desk: ReadingDesk) -> None:
    midnight = NOW - 10 * HOUR
    assert "due 2026-11-20 24:00" in desk.run("show", desk.new(at=midnight))[0]
    assert "20/11/2026 24h00" in desk.run("receipt", desk.new(at=midnight), lang="pt-BR")[0]
