"""Refusals as a caller meets them: the code, the exit code, a sentence and the next step, in both languages."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import typer

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.cli import tree
from ouvidoria_tui.cli.main import run
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register import deactivate_agent, register_agent
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.errors import OuvidoriaError, Refused, StoreError
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.connection import SCHEMA_VERSION, explained

Capture = pytest.CaptureFixture[str]
Call = tuple[str, ...]


class Shop:
    """A desk with one ticket (``P`` in calls stands for it) and agents of each kind."""

    def __init__(self, folder: Path, capture: Capture) -> None:
        self.folder = folder
        self.path = folder / "desk.db"
        self.capture = capture
        store = found_desk(self.path, profile="loja-virtual", admin="ana")
        desk = desk_over(store, agent="ana")
        self.protocol = receive(desk, Manifestation("Cobrança", "Fui cobrada duas vezes.")).protocol
        register_agent(desk, "bia", "Bia", Role.AGENT)
        register_agent(desk, "leo", "Leo", Role.AGENT)
        register_agent(desk, "eva", "Eva", Role.AUDITOR)
        deactivate_agent(desk, "leo")
        store.close()

    def do(self, *call: str, who: str = "ana") -> None:
        assert self.run(*call, who=who) == (0, None), call

    def run(self, *call: str, who: str = "ana", lang: str = "en") -> tuple[int, dict[str, Any] | None]:
        """Exit code and the error on stderr, of a call that asks for JSON."""
        words = [self.protocol if word == "P" else word for word in call]
        code = run(
            ["--quiet", "--lang", lang, "--db", str(self.path), "--as", who, *words, "--format", "json"]
        )
        said = self.capture.readouterr().err.strip()
        return code, json.loads(said)["error"] if said else None

    def sql(self, *statements: str) -> None:
        with contextlib.closing(sqlite3.connect(self.path)) as conn:
            for statement in statements:
                conn.execute(statement)
            conn.commit()


@pytest.fixture
def shop(tmp_path: Path, capsys: Capture) -> Shop:
    return Shop(tmp_path, capsys)


REFUSALS: list[tuple[Call, str, int]] = [
    (("escalate", "P", "--level", "9", "--reason", "x"), "BAD_LEVEL", 2),
    (("escalate", "P", "--level", "up", "--reason", "x"), "BAD_LEVEL", 2),
    (("classify", "P"), "NOTHING_TO_CLASSIFY", 2),
    (("reopen", "P", "--information", "x", "--reason", "y"), "ONE_OF_TWO", 2),
    (("transfer", "P", "--department", "nowhere", "--reason", "x"), "DEPARTMENT_NOT_FOUND", 3),
    (("ack", "P"), "NOT_ESCALATED", 4),
    (("hand-back", "P", "--instruction", "x"), "NOT_ESCALATED", 4),
    (("close", "P", "--reason", "solved"), "NO_CONCLUSIVE_ANSWER", 4),
    (("assign", "P", "--to", "leo"), "AGENT_CANNOT_WORK", 4),
    (("assign", "P", "--to", "eva"), "AGENT_CANNOT_WORK", 4),
    (("undo", "P"), "NOTHING_TO_UNDO", 4),
    (("db", "sql", "SELEC 1"), "BAD_SQL", 2),
    (("db", "sql", "DELETE FROM ticket"), "SQL_READ_ONLY", 4),
    (("verify", "--head", "ab"), "LEDGER_BROKEN", 7),
    (("triage", "--apply", "--plan", "no-such-file"), "OS_ERROR", 1),
]


@pytest.mark.parametrize(("call", "code", "exit_code"), REFUSALS, ids=lambda value: str(value)[:40])
def test_a_refusal_has_its_code_a_sentence_and_the_next_step(
    shop: Shop, call: Call, code: str, exit_code: int
) -> None:
    ended, error = shop.run(*call)

    assert error is not None
    assert (error["code"], ended) == (code, exit_code)
    assert error["message"]
    assert error["hint"]


@pytest.mark.parametrize(("call", "code", "exit_code"), REFUSALS[:10], ids=lambda value: str(value)[:40])
def test_a_refusal_is_said_in_portuguese_under_the_same_code(
    shop: Shop, call: Call, code: str, exit_code: int
) -> None:
    english, portuguese = shop.run(*call)[1], shop.run(*call, lang="pt-BR")[1]

    assert english is not None
    assert portuguese is not None
    assert portuguese["code"] == code
    assert (portuguese["message"], portuguese["hint"]) != (english["message"], english["hint"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["quue"], "UNKNOWN_COMMAND"),
        (["--colour", "queue"], "UNKNOWN_OPTION"),
        (["--db"], "OPTION_NEEDS_VALUE"),
        (["--lang", "fr", "queue"], "BAD_LANGUAGE"),
    ],
)
def test_what_stands_before_the_command_is_checked_first(
    arguments: list[str], code: str, capsys: Capture
) -> None:
    assert run(arguments) == 2
    assert f"[{code}]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("who", "call", "code"),
    [
        ("leo", ("take", "P"), "AGENT_INACTIVE"),
        ("eva", ("take", "P"), "ROLE_MAY_NOT"),
        ("bia", ("agent", "add", "zoe", "--role", "agent"), "ROLE_MAY_NOT"),
        ("bia", ("db", "rebuild"), "ROLE_MAY_NOT"),
    ],
)
def test_an_agent_who_may_not_is_told_who_may(shop: Shop, who: str, call: Call, code: str) -> None:
    ended, error = shop.run(*call, who=who)

    assert error is not None
    assert (error["code"], ended) == (code, 8)
    assert "administrator" in error["hint"]


def test_a_level_goes_up_only(shop: Shop) -> None:
    shop.do("escalate", "P", "--level", "2", "--reason", "the area is silent")

    ended, error = shop.run("escalate", "P", "--level", "1", "--reason", "after all")

    assert error is not None
    assert (ended, error["code"]) == (4, "ESCALATION_NOT_UP")


def test_next_finds_nobody_in_an_empty_queue(shop: Shop) -> None:
    shop.do("next")

    ended, error = shop.run("next")

    assert error is not None
    assert (ended, error["code"]) == (3, "QUEUE_EMPTY")


def test_a_plan_is_not_carried_out_twice_under_another_name(shop: Shop) -> None:
    plan = shop.folder / "plan.jsonl"
    run(["--quiet", "--db", str(shop.path), "--as", "ana", "triage", "--format", "jsonl"])
    written = json.loads(shop.capture.readouterr().out)
    shop.do("triage", "--override", "P", "admitted", "--reason", "the number came by phone")
    plan.write_text(json.dumps({**written, "revision": written["revision"] + 1}), "utf-8")

    ended, error = shop.run("triage", "--apply", "--plan", str(plan))

    assert error is not None
    assert (ended, error["code"]) == (4, "ALREADY_TRIAGED")


def test_a_file_that_is_too_large_is_not_read(shop: Shop) -> None:
    large = shop.folder / "large.bin"
    with large.open("wb") as file:
        file.truncate(25 * 1024 * 1024 + 1)

    ended, error = shop.run("attach", "P", str(large))

    assert error is not None
    assert (ended, error["code"]) == (4, "ATTACHMENT_TOO_LARGE")


@pytest.mark.parametrize(
    ("out", "code"), [("desk.db", "OUT_IS_THE_STORE"), ("no/such/folder/out.csv", "OUT_UNWRITABLE")]
)
def test_an_export_writes_over_no_desk_and_into_no_folder_that_is_missing(
    shop: Shop, out: str, code: str
) -> None:
    ended, error = shop.run("export", "--out", str(shop.folder / out))

    assert error is not None
    assert (ended, error["code"]) == (2, code)


def test_a_group_that_the_machine_does_not_know_makes_no_store(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "new" / "desk.db"

    assert run(["--db", str(path), "init", "--group", "no-such-group-here"]) == 7
    assert "[GROUP_UNKNOWN]" in capsys.readouterr().err
    assert not path.parent.exists()


def test_rows_that_do_not_follow_from_the_ledger_are_found(shop: Shop) -> None:
    shop.sql("UPDATE ticket SET severity = 'critical'")

    ended, error = shop.run("db", "check")

    assert error is not None
    assert (ended, error["code"]) == (7, "STORE_NOT_WHOLE")


def _garbage(shop: Shop) -> None:
    shop.path.write_bytes(b"this is no database" * 1000)


def _foreign(shop: Shop) -> None:
    shop.sql("PRAGMA application_id = 7")


def _newer(shop: Shop) -> None:
    shop.sql(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")


def _older(shop: Shop) -> None:
    shop.sql(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")


def _folder(shop: Shop) -> None:
    for path in shop.folder.glob("desk.db*"):
        path.unlink()
    shop.path.mkdir()


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (_garbage, "STORE_CORRUPT"),
        (_foreign, "STORE_FOREIGN"),
        (_newer, "STORE_NEWER"),
        (_older, "STORE_OLDER"),
        (_folder, "STORE_UNREADABLE"),
    ],
)
def test_a_store_that_cannot_be_used_says_why(shop: Shop, harm: Callable[[Shop], None], code: str) -> None:
    harm(shop)

    ended, error = shop.run("queue")

    assert error is not None
    assert (ended, error["code"]) == (7, code)


@pytest.mark.parametrize(
    ("address", "pragma", "code"),
    [
        ("?mode=ro", "PRAGMA query_only = OFF", "STORE_READ_ONLY"),
        ("", "PRAGMA max_page_count = 1", "STORE_FULL"),
    ],
)
def test_a_disk_that_takes_nothing_is_told_from_a_damaged_store(
    shop: Shop, address: str, pragma: str, code: str
) -> None:
    with contextlib.closing(sqlite3.connect(f"file:{shop.path}{address}", uri=True)) as conn:
        conn.execute(pragma)
        with pytest.raises(StoreError) as raised, explained(shop.path):
            conn.execute("CREATE TABLE t AS SELECT randomblob(1000000) AS b")

    assert raised.value.code == code


def _raising(error: BaseException) -> Callable[[str], object]:
    def load(_name: str) -> object:
        raise error

    return load


@pytest.mark.parametrize(
    ("error", "code", "exit_code"),
    [(RuntimeError("secret"), "UNEXPECTED", 1), (typer.Abort(), "ABORTED", 2)],
)
def test_what_nobody_foresaw_ends_in_a_sentence_and_tells_no_secret(
    shop: Shop, error: BaseException, code: str, exit_code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "load", _raising(error))

    ended, said = shop.run("queue")

    assert said is not None
    assert (ended, said["code"]) == (exit_code, code)
    assert "secret" not in json.dumps(said)


class _Stage:
    """What an editor needs of the console: that it steps aside."""

    @contextlib.contextmanager
    def suspend(self) -> Iterator[None]:
        yield


@pytest.mark.parametrize("editor", ["false", "no-such-editor-here"])
def test_an_editor_that_fails_is_named(editor: str) -> None:
    from ouvidoria_tui.tui.editor import run_editor

    with pytest.raises(Refused) as raised:
        run_editor(cast("Any", _Stage()), "words", {"EDITOR": editor})

    assert raised.value.code == "EDITOR_FAILED"
    assert editor in str(raised.value.message)


def test_a_file_from_a_ticket_is_saved_over_no_other(tmp_path: Path) -> None:
    from ouvidoria_tui.present.saved_files import save_file

    save_file(tmp_path / "invoice.pdf", b"one")
    with pytest.raises(OuvidoriaError) as raised:
        save_file(tmp_path / "invoice.pdf", b"two")

    assert raised.value.code == "FILE_NOT_SAVED"
    assert (tmp_path / "invoice.pdf").read_bytes() == b"one"
