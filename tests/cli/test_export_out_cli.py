"""`ouvidoria export`: messages, events, native records, spreadsheets and mail."""

from __future__ import annotations

import csv
import io
import json
import mailbox
import os
import pty
import subprocess
import sys
from datetime import datetime
from email.message import Message
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.desk.assign import start
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import customer_reply, note, reply
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.founding import found_desk
from tests.cli.shell import Shell

TEXT = "Prezados,\nFrom que me prometeram:\n>From outra vez\n.\nação 漢字"
MESSAGE_KEYS = [
    "protocol",
    "seq",
    "part",
    "internal",
    "undone",
    "author",
    "happened_at",
    "recorded_at",
    "subject",
    "text",
    "attachments",
]
EVENT_KEYS = [
    "protocol",
    "seq",
    "type",
    "actor",
    "os_user",
    "happened_at",
    "recorded_at",
    "payload",
    "hash",
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ticket with everything that can be said on it, and a confidential one."""
    path = tmp_path / "d.db"
    store = found_desk(path, profile="organizacional", admin="ana")
    store.add_agent("agente", "Agente", Role.AGENT, True, 0)
    desk = desk_over(store, agent="ana")
    who = Customer(0, "Zé\r\nBcc: mal@example.com", email="ze@example.com")
    ref = receive(desk, Manifestation("Cobrança\r\nX-Mal: 1", TEXT, customer=who)).protocol
    attach(desk, ref, "../../nota\n.pdf", b"%PDF-1.4 conteudo")
    reply(desk, ref, "Respondemos.")
    attach(desk, ref, "carta.txt", b"From o anexo\n", outgoing=True)
    note(desk, ref, "SEGREDO da casa")
    customer_reply(desk, ref, "=1+1")
    start(desk, ref, note="engano")
    undo(desk, ref)
    receive(desk, Manifestation("Denúncia", "sigilo absoluto", confidential=True))
    store.close()
    return path


@pytest.fixture
def call(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(path, capsys, monkeypatch)


def rows_of(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_messages_are_one_row_each_and_say_what_is_internal(call: Shell) -> None:
    rows = rows_of(call("export", "--what", "messages", "--format", "jsonl").out)
    assert [list(row) for row in rows] == [MESSAGE_KEYS] * len(rows)
    assert [(row["part"], row["internal"], row["undone"]) for row in rows[:5]] == [
        ("manifestation", False, False),
        ("desk", False, False),
        ("note", True, False),
        ("customer", False, False),
        ("reason", True, True),
    ]


def test_a_file_stands_with_the_message_of_its_side(call: Shell) -> None:
    rows = rows_of(call("export", "--what", "messages", "--format", "jsonl").out)
    names = {row["part"]: [item["name"] for item in row["attachments"]] for row in rows[:2]}  # type: ignore[attr-defined]
    assert names == {"manifestation": ["../../nota\n.pdf"], "desk": ["carta.txt"]}


def test_words_of_a_confidential_ticket_are_masked(call: Shell) -> None:
    said = call("export", "--what", "messages", "--format", "jsonl", agent="agente")
    assert "sigilo" not in said.out
    assert rows_of(said.out)[-1]["text"] is None


def test_events_hold_the_whole_ledger_and_no_words(call: Shell) -> None:
    said = call("export", "--what", "events", "--format", "jsonl")
    rows = rows_of(said.out)
    assert [list(row) for row in rows] == [EVENT_KEYS] * len(rows)
    assert len(rows) == call("verify", "--format", "json").json["events"]
    assert "SEGREDO" not in said.out


def test_a_query_chooses_events_and_leaves_those_of_the_desk_out(call: Shell) -> None:
    rows = rows_of(call("export", "status:any cobrança", "--what", "events", "--format", "jsonl").out)
    assert {row["protocol"] is None for row in rows} == {False}
    assert [row["seq"] for row in rows] == list(range(1, 9))


@pytest.mark.parametrize("what", ["messages", "events"])
@pytest.mark.parametrize("fmt", ["csv", "tsv", "json", "md", "table"])
def test_every_format_writes_every_list(call: Shell, what: str, fmt: str) -> None:
    said = call("export", "--what", what, "--format", fmt)
    assert said.code == 0
    assert said.out


def test_words_that_would_run_are_marked_in_csv(call: Shell) -> None:
    said = call("export", "--what", "messages", "--format", "csv")
    texts = [row["text"] for row in csv.DictReader(io.StringIO(said.out, newline=""))]
    assert "'=1+1" in texts


def test_a_spreadsheet_has_dates_and_one_row_a_ticket(call: Shell, tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    assert call("export", "--out", str(out)).code == 0
    assert out.stat().st_mode & 0o777 == 0o600
    sheet = load_workbook(out)["tickets"]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 3
    assert isinstance(rows[1][rows[0].index("arrived_at")], datetime)


def test_a_text_too_long_for_a_cell_ends_with_its_own_exit_code(call: Shell, tmp_path: Path) -> None:
    out = tmp_path / "m.xlsx"
    call("new", "--subject", "longo", "--text", "-", stdin="x" * 40_000)
    said = call("export", "--what", "messages", "--out", str(out))
    assert (said.code, out.exists()) == (6, True)
    assert "CELLS_CUT" in said.err


@pytest.mark.parametrize("fmt", ["xlsx", "mbox"])
def test_what_no_terminal_can_show_is_refused_there(path: Path, fmt: str) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "ouvidoria_tui", "--db", str(path), "--as", "ana", "--lang", "en"]
    done = subprocess.run(
        [*command, "export", "--format", fmt], stdout=theirs, stderr=subprocess.PIPE, check=False
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert b"BINARY_TO_TERMINAL" in done.stderr


def test_a_spreadsheet_goes_into_a_pipe(path: Path) -> None:
    command = [sys.executable, "-m", "ouvidoria_tui", "--db", str(path), "--as", "ana", "export"]
    done = subprocess.run([*command, "--format", "xlsx"], capture_output=True, check=True)
    assert load_workbook(io.BytesIO(done.stdout))["tickets"]["A1"].value == "protocol"


@pytest.mark.parametrize(
    "args",
    [
        ("--what", "events", "--format", "mbox"),
        ("--native", "--format", "tsv"),
        ("--native", "--format", "md"),
    ],
)
def test_a_list_that_a_format_cannot_hold_is_refused(call: Shell, args: tuple[str, ...]) -> None:
    said = call("export", *args)
    assert said.code == 2
    assert "BAD_FORMAT" in said.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("fmt", ["csv", "jsonl", "xlsx", "mbox"])
def test_a_disk_that_fills_is_told_with_the_file(call: Shell, fmt: str) -> None:
    said = call("export", "--out", "/dev/full", "--format", fmt)
    assert (said.code, "OUT_UNWRITABLE" in said.err, "/dev/full" in said.err) == (2, True, True)


def test_native_records_are_of_tickets(call: Shell) -> None:
    said = call("export", "--native", "--what", "messages", "--format", "jsonl")
    assert said.code == 2
    assert "NATIVE_IS_TICKETS" in said.err


def test_a_confidential_ticket_that_may_not_be_opened_is_no_native_record(call: Shell) -> None:
    said = call("export", "--native", "--format", "jsonl", agent="agente")
    assert len(said.out.splitlines()) == 1
    assert "1 confidential ticket" in said.err


def mails(call: Shell, folder: Path, *query: str) -> list[mailbox.mboxMessage]:
    out = folder / "out.mbox"
    assert call("export", *query, "--format", "mbox", "--out", str(out)).code == 0
    return list(mailbox.mbox(out, create=False))


def body(mail: Message) -> str:
    part = next(one for one in mail.walk() if one.get_content_maintype() == "text")
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    return data.decode("utf-8")


def test_mail_says_what_was_said_in_public_and_nothing_else(call: Shell, tmp_path: Path) -> None:
    found = mails(call, tmp_path, "status:any", "cobrança")
    assert [body(mail).strip() for mail in found] == [TEXT, "Respondemos.", "=1+1"]
    assert b"SEGREDO" not in (tmp_path / "out.mbox").read_bytes()


def test_no_line_of_a_text_begins_a_message(call: Shell, tmp_path: Path) -> None:
    mails(call, tmp_path, "status:any")
    starts = [line for line in (tmp_path / "out.mbox").read_bytes().splitlines() if line.startswith(b"From ")]
    assert len(starts) == 4


def test_mail_is_one_thread(call: Shell, tmp_path: Path) -> None:
    found = mails(call, tmp_path, "status:any", "cobrança")
    ids = [mail["Message-ID"] for mail in found]
    assert len(set(ids)) == 3
    assert [mail["In-Reply-To"] for mail in found] == [None, *ids[:2]]
    assert found[2]["References"].split() == ids[:2]


def test_words_of_the_customer_make_no_headers(call: Shell, tmp_path: Path) -> None:
    for mail in mails(call, tmp_path, "status:any", "cobrança"):
        assert mail["X-Mal"] is None
        assert mail["Bcc"] is None


def test_files_go_along_with_their_bytes_and_a_harmless_name(call: Shell, tmp_path: Path) -> None:
    found = mails(call, tmp_path, "status:any", "cobrança")
    parts = [
        (part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
        for mail in found
        for part in mail.walk()
        if part.get_filename()
    ]
    assert parts == [
        ("nota.pdf", "application/pdf", b"%PDF-1.4 conteudo"),
        ("carta.txt", "text/plain", b"From o anexo\n"),
    ]


def test_a_confidential_ticket_is_no_mail_for_who_may_not_open_it(call: Shell) -> None:
    said = call("export", "--format", "mbox", "--out", "/dev/null", agent="agente")
    assert "1 confidential ticket" in said.err
