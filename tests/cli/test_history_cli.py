from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.act import When
from ouvidoria_tui.desk.assign import start
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.reply import customer_reply, note
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.ticket import CloseReason
from tests.cli.reading_desk import HOUR, NOW, ReadingDesk, make_desk, worked_on


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> ReadingDesk:
    return make_desk(tmp_path, monkeypatch, capsys)


@pytest.mark.req("S0-34")
def test_history_is_told_in_the_order_of_happening(desk: ReadingDesk) -> None:
    protocol = desk.new(at=NOW - 9 * HOUR)
    with desk.desk(at=NOW - 2 * HOUR) as acting:
        start(acting, protocol)
        customer_reply(acting, protocol, "liguei antes", at=NOW - 5 * HOUR)
    rows = desk.json("history", protocol)
    assert [(row["seq"], row["type"]) for row in rows] == [
        (1, "received"),
        (3, "customer-replied"),
        (2, "started"),
    ]


def test_history_shows_both_times(desk: ReadingDesk) -> None:
    protocol = desk.new(at=NOW - 9 * HOUR)
    with desk.desk() as acting:
        note(acting, protocol, "ligação das 8h", when=When(NOW - 2 * HOUR, "esqueci"))
    row = desk.json("history", protocol)[-1]
    assert (row["happened_at"], row["recorded_at"]) == (
        "2026-11-20T08:00:00-03:00",
        "2026-11-20T10:00:00-03:00",
    )


@pytest.mark.req("S0-16", "S0-34")
def test_the_customer_sees_every_public_event_and_nothing_internal(desk: ReadingDesk) -> None:
    rows = desk.json("history", worked_on(desk), "--audience", "customer")
    assert [(row["type"], row["actor"], row["text"]) for row in rows] == [
        ("received", "customer", "Fui cobrada duas vezes."),
        ("assigned", "desk", None),
        ("started", "desk", None),
        ("attached", "desk", "boleto.pdf"),
        ("replied", "desk", "Estornamos o valor."),
        ("customer-replied", "customer", "Recebi, obrigada."),
    ]


@pytest.mark.parametrize("fmt", ["table", "tsv", "csv", "json", "jsonl", "md"])
def test_no_format_tells_the_customer_a_note_a_reason_or_a_name(desk: ReadingDesk, fmt: str) -> None:
    protocol = worked_on(desk)
    out, _err = desk.run("history", protocol, "--audience", "customer", "--format", fmt)
    for internal in ("nota interna", "motivo interno", "bia", "escalated", "classified", "high"):
        assert internal not in out


def test_an_act_that_was_taken_back_is_not_told_to_the_customer(desk: ReadingDesk) -> None:
    protocol = desk.new()
    with desk.desk() as acting:
        close(acting, protocol, CloseReason.WITHDRAWN)
        undo(acting, protocol)
    rows = desk.json("history", protocol, "--audience", "customer")
    assert [row["type"] for row in rows] == ["received"]


def test_the_reason_of_a_closing_stays_inside(desk: ReadingDesk) -> None:
    protocol = desk.new()
    with desk.desk() as acting:
        close(acting, protocol, CloseReason.WITHDRAWN, note="desistiu por telefone")
    rows = desk.json("history", protocol, "--audience", "customer")
    assert (rows[-1]["type"], rows[-1]["text"]) == ("closed", None)
    assert desk.json("history", protocol)[-1]["text"] == "desistiu por telefone"


def test_an_unknown_audience_is_two(desk: ReadingDesk) -> None:
    assert "BAD_CHOICE" in desk.run("history", desk.new(), "--audience", "imprensa", code=2)[1]
