from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.present.columns import due_cell, history_columns, queue_columns, ticket_columns
from ouvidoria_tui.present.dates import parse_rfc3339, rfc3339
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.present.writers import write

ZONE = "America/Sao_Paulo"
NOW = parse_rfc3339("2026-03-05T12:04:00-03:00")


@pytest.fixture(autouse=True)
def portuguese() -> Iterator[None]:
    set_language("pt-BR")
    yield
    set_language("en")


def ticket(**values: object) -> dict[str, object]:
    due = {"clock": "resolution", "due_at": rfc3339(NOW + 3 * 3600, ZONE), "state": "running"}
    return {
        "protocol": "2026-000123-8",
        "type": "complaint",
        "status": "in-progress",
        "subject": "Cobrança em duplicidade na fatura do mês passado e do outro",
        "assignee": "ana",
        "next_due": due,
        **values,
    }


def table(*tickets: dict[str, object], width: int = 80, **options: bool) -> list[str]:
    out = io.StringIO()
    write(tickets, queue_columns(NOW, ZONE, **options), "table", out, width=width)  # type: ignore[arg-type]
    return out.getvalue().splitlines()


def test_the_queue_shows_six_columns_at_80() -> None:
    lines = table(ticket(), ticket(type="report", status="customer-reply", assignee=None))
    assert lines[0].split() == ["Protocolo", "Prazo", "Tipo", "Situação", "Assunto", "Dono"]
    assert lines[2].startswith("2026-000123-8  * 3h   RECL  Em andamento  Cobrança em")
    assert "DENÚ  Resp.cliente" in lines[3]
    assert lines[3].endswith("—")
    assert max(map(len, lines)) <= 80


def test_the_subject_gives_room_first() -> None:
    assert "…" in table(ticket())[2]
    assert "…" not in table(ticket(), width=120)[2]


def test_a_confidential_subject_is_masked() -> None:
    line = table(ticket(confidential=True))[2]
    assert "[sigiloso]" in line
    assert "Cobrança" not in line


def test_a_confidential_subject_shows_to_who_may_see_it() -> None:
    assert "Cobrança" in table(ticket(confidential=True), reveal=True)[2]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (-2 * 86400, "! -2d"),
        (-4 * 3600, "! -4h"),
        (3 * 3600, "* 3h"),
        (30 * 3600, "  1d"),
        (13 * 3600, "  13h"),
    ],
)
def test_what_is_late_or_due_today_is_marked_by_a_sign(seconds: int, expected: str) -> None:
    assert due_cell({"due_at": NOW + seconds, "state": "running"}, NOW, ZONE) == expected


def test_a_paused_clock_shows_its_state_and_no_time() -> None:
    assert due_cell({"due_at": None, "state": "paused"}, NOW, ZONE) == "  pausado"


def test_without_a_clock_there_is_nothing_to_show() -> None:
    assert due_cell(None, NOW, ZONE) == "  —"


def test_the_profile_names_the_status() -> None:
    out = io.StringIO()
    labels = {"pt-BR": {Status.OPEN: "EM ABERTO"}}
    write([ticket(status="open")], queue_columns(NOW, ZONE, labels=labels), "table", out)
    assert "EM ABERTO" in out.getvalue()


def test_ascii_tables_swap_the_glyphs() -> None:
    out = io.StringIO()
    columns = queue_columns(NOW, ZONE, ascii_only=True)
    write([ticket(subject="x" * 90, assignee=None)], columns, "table", out, width=80, ascii=True)
    assert not set("—…─") & set(out.getvalue())


def test_an_empty_record_does_not_crash() -> None:
    assert len(table({})) == 3


def test_machine_formats_hold_every_documented_key() -> None:
    keys = [column.key for column in ticket_columns("tsv", NOW, ZONE)]
    keys_in_the_reference = """
        protocol status turn type channel department subject customer assignee area plan severity difficulty
        cause lane level admission merit outcome close_reason prior_ticket confidential flags arrived_at
        registered_at answered_at closed_at next_due.clock next_due.due_at next_due.state clocks revision
        external_refs complained_department occurred_at escalation_reason
    """
    assert keys == keys_in_the_reference.split()


def test_a_history_says_what_happened_in_words() -> None:
    out = io.StringIO()
    event = {"seq": 1, "type": "received", "happened_at": rfc3339(NOW, ZONE), "actor": "ana", "text": "Olá"}
    write([event], history_columns(ZONE), "table", out)
    assert out.getvalue().splitlines()[2] == " 1  05/03/2026 12h04  recebida  ana   Olá"
