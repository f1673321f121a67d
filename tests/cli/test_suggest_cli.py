"""`ouvidoria suggest` and the suggestions of `triage --explain`: evidence that is shown and never applied."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.cli.main import run
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.protocol import make_protocol
from ouvidoria_tui.domain.ticket import CloseReason
from ouvidoria_tui.founding import found_desk
from tests.plain_profile import plain

NOW = 1_772_456_400
REFS = {number: make_protocol(2026, number) for number in range(1, 6)}
TEXT = "o estorno da assinatura não caiu no cartão até hoje"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Two tickets that people gave a cause and concluded; then one on the same, a confidential one, another one."""
    path = tmp_path / "d.db"
    store = found_desk(path, text=plain("organizacional"), clock=FixedClock(NOW), admin="ana")
    desk = desk_over(store, agent="ana", clock=FixedClock(NOW))
    for _ in range(2):
        ref = receive(desk, Manifestation("Estorno \x1b[31m", TEXT)).protocol
        classify(desk, ref, Classification(cause="Estorno atrasado"))
        reply(desk, ref, "Feito", conclusive=True)
        close(desk, ref, CloseReason.SOLVED)
    later = desk_over(store, agent="ana", clock=FixedClock(NOW + 9000))
    receive(later, Manifestation("Estorno", TEXT))
    receive(later, Manifestation("Estorno", TEXT, confidential=True))
    receive(later, Manifestation("Elevador", "o elevador parou"))
    store.close()
    return path


def called(db: Path, *args: str) -> int:
    return run(["--db", str(db), "--as", "ana", "--lang", "en", "--quiet", *args])


def test_a_person_reads_the_value_its_votes_and_the_tickets(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(db, "suggest", REFS[3]) == 0
    out = capsys.readouterr().out
    assert "Cause: estorno-atrasado (2 of 2 similar tickets, 100 %), 2 decided by people" in out
    assert "2026-000001" in out
    assert "estorno" in out
    assert "\x1b" not in out


def test_a_machine_reads_a_record_for_each_field(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(db, "suggest", REFS[3], "--format", "json") == 0
    (cause,) = [row for row in json.loads(capsys.readouterr().out) if row["field"] == "cause"]
    assert list(cause) == [
        "protocol",
        "field",
        "value",
        "clear",
        "votes",
        "of",
        "people",
        "share",
        "neighbours",
    ]
    assert (cause["value"], cause["votes"], cause["clear"]) == ("estorno-atrasado", 2, True)
    assert {near["protocol"][:11] for near in cause["neighbours"]} == {"2026-000001", "2026-000002"}


def test_a_confidential_ticket_is_compared_with_no_other(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(db, "suggest", REFS[4]) == 0
    out = capsys.readouterr().out
    assert "compared with no other" in out
    assert "2026-000001" not in out


def test_where_nothing_is_alike_it_says_so(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(db, "suggest", REFS[5]) == 0
    assert "No concluded ticket of the past is like this one." in capsys.readouterr().out


def test_the_explanation_of_triage_shows_it_and_the_plan_does_not_take_it(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(db, "triage", "--explain", REFS[3], "--format", "table") == 0
    assert "Cause: estorno-atrasado" in capsys.readouterr().out
    assert called(db, "triage", "--apply") == 0
    capsys.readouterr()
    assert called(db, "show", REFS[3], "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["cause"] is None
