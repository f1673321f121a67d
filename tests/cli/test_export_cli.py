"""`ouvidoria export`: every ticket once, every key of it, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.cli.main import run
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.importing import import_records
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.record import Record
from ouvidoria_tui.domain.ticket import CloseReason
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.extract import ids
from ouvidoria_tui.store.reading import connection
from ouvidoria_tui.store.search import Context
from ouvidoria_tui.store.store import SqliteStore

#: The keys of a ticket in the machine formats: a contract.
KEYS = [
    "protocol",
    "status",
    "turn",
    "type",
    "channel",
    "department",
    "subject",
    "customer",
    "assignee",
    "area",
    "plan",
    "severity",
    "difficulty",
    "cause",
    "lane",
    "level",
    "admission",
    "merit",
    "outcome",
    "close_reason",
    "prior_ticket",
    "confidential",
    "flags",
    "arrived_at",
    "registered_at",
    "answered_at",
    "closed_at",
    "next_due",
    "clocks",
    "revision",
    "external_refs",
    "complained_department",
    "occurred_at",
    "escalation_reason",
]

Call = Callable[..., int]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A desk with an open ticket, a closed one and a confidential one."""
    path = tmp_path / "d.db"
    store = found_desk(path, profile="organizacional", admin="ana")
    store.add_agent("agente", "Agente", Role.AGENT, True, 0)
    desk = desk_over(store, agent="ana")
    receive(
        desk, Manifestation("=1+1", "texto", customer=Customer(0, "Ana Exemplo", email="ana@example.com"))
    )
    close(desk, receive(desk, Manifestation("Boleto", "texto")).protocol, CloseReason.WITHDRAWN)
    receive(desk, Manifestation("Denúncia", "texto", confidential=True))
    store.close()
    return path


@pytest.fixture
def call(db: Path) -> Call:
    def one(*args: str, agent: str = "ana") -> int:
        return run(["--db", str(db), "--as", agent, "--lang", "en", "export", *args])

    return one


def exported(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_without_a_query_every_ticket_is_written_closed_ones_too(
    call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("--format", "jsonl") == 0
    assert [record["subject"] for record in exported(capsys)] == ["=1+1", "Boleto", "Denúncia"]


def test_the_keys_of_a_ticket(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    call("--format", "jsonl")
    assert [list(record) for record in exported(capsys)] == [KEYS] * 3


def test_flat_formats_dot_the_next_deadline(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    call("--format", "tsv")
    flat = [key for key in KEYS if key != "next_due"]
    at = KEYS.index("next_due")
    flat[at:at] = ["next_due.clock", "next_due.due_at", "next_due.state"]
    assert capsys.readouterr().out.splitlines()[0].split("\t") == flat


def test_json_is_one_array(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    call("--format", "json")
    assert len(json.loads(capsys.readouterr().out)) == 3


def test_a_query_leaves_closed_tickets_out_and_says_so(
    call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    call("type:complaint", "--format", "jsonl")
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2
    assert "status:any" in said.err


@pytest.mark.parametrize(
    ("query", "count"), [("status:closed", 1), ("status:any", 3), ("boleto status:any", 1)]
)
def test_a_query_brings_closed_tickets_where_it_asks(
    call: Call, capsys: pytest.CaptureFixture[str], query: str, count: int
) -> None:
    assert call(query, "--format", "jsonl") == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == count
    assert "left out" not in said.err


def test_a_cell_of_csv_is_never_a_formula(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    call("--format", "csv")
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[0]["subject"] == "'=1+1"


def test_a_confidential_ticket_hides_its_words_from_who_may_not_open_it(
    call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    call("--format", "jsonl", agent="agente")
    assert [record["subject"] for record in exported(capsys)][2] is None


def test_a_file_is_its_owners_alone_and_named_by_its_format(
    call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    out.write_text("older", "utf-8")
    out.chmod(0o644)
    assert call("--out", str(out)) == 0
    assert capsys.readouterr().out == ""
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert len(list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))) == 3


def test_a_failure_leaves_the_older_file_and_no_other(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("older", "utf-8")
    assert call("status:nonsense", "--out", str(out)) == 2
    assert out.read_text("utf-8") == "older"
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_the_store_is_never_written_over(call: Call, db: Path) -> None:
    assert call("--out", str(db)) == 2
    assert call("--format", "jsonl") == 0


def test_a_folder_that_does_not_exist_is_a_usage_error(call: Call, tmp_path: Path) -> None:
    assert call("--out", str(tmp_path / "no" / "out.csv")) == 2


def test_an_unknown_format_is_a_usage_error(call: Call) -> None:
    assert call("--format", "yaml") == 2


def test_a_reader_that_goes_away_is_no_failure(db: Path) -> None:
    store = SqliteStore.open(db)
    desk = desk_over(store, agent="ana")
    many = (Record(f"x{n}", "old", 1_700_000_000, f"Assunto {n}", "x" * 500) for n in range(2000))
    for _done in import_records(desk, many):
        pass
    store.close()
    command = [
        sys.executable,
        "-m",
        "ouvidoria_tui",
        "--db",
        str(db),
        "--as",
        "ana",
        "export",
        "--format",
        "jsonl",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read().decode()
    assert process.wait() == 0
    assert "Traceback" not in said


def test_pages_hold_every_ticket_once_while_others_write(db: Path) -> None:
    store = SqliteStore.open(db)
    conn = connection(store)
    context = Context(0, None, "UTC")
    conn.execute("BEGIN")
    walk = ids(conn, None, context, page=1)
    found = next(walk)
    other = SqliteStore.open(db)
    receive(desk_over(other, agent="ana"), Manifestation("Chegou agora", "texto"))
    other.close()
    for page in walk:
        found += page
    conn.execute("ROLLBACK")
    store.close()
    assert found == [1, 2, 3]
