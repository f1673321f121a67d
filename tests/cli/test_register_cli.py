"""Registering from the command line: kinds, the usual channel, all that one customer brought."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.close import close
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ticket import CloseReason
from tests.cli.reading_desk import ReadingDesk, make_desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> ReadingDesk:
    return make_desk(tmp_path, monkeypatch, capsys)


@pytest.mark.req("S0-01")
def test_criticism_suggestion_and_complaint_each_get_a_protocol_and_are_counted(desk: ReadingDesk) -> None:
    kinds = ("complaint", "criticism", "suggestion")
    made = {desk.json("new", "--type", kind, "--subject", kind)["protocol"] for kind in kinds}
    rows = desk.json("report", "volume", "--by", "type")["rows"]
    assert len(made) == 3
    assert sorted((row["type"], row["received"]) for row in rows) == [(kind, 1) for kind in kinds]


@pytest.mark.req("S3-07")
def test_the_client_area_is_the_way_in_where_no_other_is_named(desk: ReadingDesk) -> None:
    protocol = desk.json("new", "--subject", "Assunto")["protocol"]
    assert desk.json("show", protocol)["channel"] == "portal"


@pytest.mark.req("S2-03")
def test_all_tickets_of_a_customer_are_listed_open_and_closed(desk: ReadingDesk) -> None:
    who = Customer(0, "Maria", email="m@example.com")
    done, open_ = desk.new("Um", customer=who), desk.new("Dois", customer=who)
    desk.new("De outra pessoa", customer=Customer(0, "Rita", email="r@example.com"))
    with desk.desk() as acting:
        close(acting, done, CloseReason.WITHDRAWN)
    rows = desk.json("queue", "customer:m@example.com", "status:any")
    assert {(row["protocol"], row["status"]) for row in rows} == {(done, "closed"), (open_, "open")}
