"""The machine formats are contracts: their keys are pinned here, and hostile text does nothing in any format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from ouvidoria_tui.cli.output import emit_outcomes
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.escalate import escalate
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.desk.reply import customer_reply, note
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.errors import Conflict, NotFound, OuvidoriaError, Refused, UsageError
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.text import N_
from tests.cli.reading_desk import HOSTILE, ReadingDesk, make_desk

TICKET = [
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
FLAT_TICKET = " ".join(TICKET).replace("next_due", "next_due.clock next_due.due_at next_due.state").split()
SHOW = [
    *TICKET,
    *[
        "description",
        "messages",
        "attachments",
        "requests",
        "measures",
        "work",
        "prior",
        "links",
        "escalations",
        "letters",
        "masked",
        "identity",
        "surveys",
    ],
]
CLOCK = [
    "name",
    "state",
    "due_at",
    "warn_at",
    "met_at",
    "missed_at",
    "remaining_seconds",
    "statutory",
    "source",
]
HISTORY = [
    "seq",
    "type",
    "actor",
    "os_user",
    "happened_at",
    "recorded_at",
    "text",
    "payload",
    "hash",
    "origin",
    "other",
]
ACT = ["protocol", "verb", "result", "code", "message", "status", "revision"]
ESCALATION = [
    "protocol",
    "level",
    "addressee",
    "raised_at",
    "raised_by",
    "acknowledged_at",
    "acknowledged_by",
    "status",
    "type",
    "subject",
    "assignee",
    "confidential",
    "next_due",
    "revision",
]
RECEIPT = [
    "protocol",
    "access_code",
    "type",
    "channel",
    "subject",
    "status",
    "turn",
    "arrived_at",
    "registered_at",
    "ahead",
    "analysis_at",
    "due",
    "forecast",
    "promise",
    "steps",
]
FORMATS = ["table", "tsv", "csv", "json", "jsonl", "md"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> ReadingDesk:
    return make_desk(tmp_path, monkeypatch, capsys)


@pytest.fixture
def protocol(desk: ReadingDesk) -> str:
    """An escalated ticket with hostile words in every place where there are words."""
    who = Customer(0, HOSTILE, email="x@example.com", external_id=HOSTILE, source=HOSTILE)
    made = desk.new(HOSTILE, text=HOSTILE, customer=who, prior_ticket=HOSTILE, plan=HOSTILE)
    with desk.desk() as acting:
        note(acting, made, HOSTILE)
        customer_reply(acting, made, HOSTILE)
        attach(acting, made, HOSTILE, b"x")
        escalate(acting, made, 2, HOSTILE)
    return made


def calls(protocol: str) -> dict[str, tuple[list[str], list[str]]]:
    return {
        "queue": (["queue"], TICKET),
        "show": (["show", protocol], SHOW),
        "history": (["history", protocol], HISTORY),
        "customer": (["history", protocol, "--audience", "customer"], HISTORY),
        "receipt": (["receipt", protocol], RECEIPT),
        "escalations": (["escalations"], ESCALATION),
    }


COMMANDS = list(calls(""))


@pytest.mark.parametrize("name", COMMANDS)
def test_json_has_exactly_the_documented_keys_in_their_order(
    desk: ReadingDesk, protocol: str, name: str
) -> None:
    args, keys = calls(protocol)[name]
    value = desk.json(*args)
    assert list(value[0] if isinstance(value, list) else value) == keys


@pytest.mark.parametrize("name", COMMANDS)
def test_a_line_of_jsonl_is_a_record_of_json(desk: ReadingDesk, protocol: str, name: str) -> None:
    args, _keys = calls(protocol)[name]
    value = desk.json(*args)
    lines = desk.run(*args, "--format", "jsonl")[0].splitlines()
    assert [json.loads(line) for line in lines] == (value if isinstance(value, list) else [value])


@pytest.mark.parametrize("fmt", ["tsv", "csv"])
@pytest.mark.parametrize("name", COMMANDS)
def test_the_flat_formats_are_headed_by_the_keys(
    desk: ReadingDesk, protocol: str, name: str, fmt: str
) -> None:
    args, keys = calls(protocol)[name]
    head = desk.run(*args, "--format", fmt)[0].splitlines()[0]
    flat = " ".join(keys)
    if name in ("queue", "show"):
        flat = flat.replace("next_due", "next_due.clock next_due.due_at next_due.state")
    assert head.split("\t" if fmt == "tsv" else ",") == flat.split()


def test_without_a_terminal_a_list_is_tsv(desk: ReadingDesk, protocol: str) -> None:
    assert desk.run("queue")[0].splitlines()[0].split("\t") == FLAT_TICKET


def test_on_a_terminal_a_list_is_a_table_of_its_width(
    desk: ReadingDesk, protocol: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Globals, "terminal", property(lambda _self: True))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    head, rule, row = desk.run("queue")[0].splitlines()
    assert (head.split()[0], len(rule), row.split()[0]) == ("Protocol", 80, protocol)


def test_a_clock_has_its_documented_keys(desk: ReadingDesk, protocol: str) -> None:
    assert [list(clock) for clock in desk.json("show", protocol)["clocks"]] == [CLOCK, CLOCK]


def test_the_parts_of_a_ticket_have_their_documented_keys(desk: ReadingDesk, protocol: str) -> None:
    shown = desk.json("show", protocol)
    assert list(shown["next_due"]) == ["clock", "due_at", "state"]
    assert list(shown["customer"]) == ["id", "name", "email", "plan", "external_id"]
    assert list(shown["messages"][0]) == ["seq", "at", "from", "author", "text"]
    assert list(shown["attachments"][0]) == ["seq", "at", "name", "size", "sha256", "direction", "channel"]


def test_json_and_csv_keep_hostile_words_whole(desk: ReadingDesk, protocol: str) -> None:
    assert desk.json("show", protocol)["description"] == HOSTILE
    assert desk.json("history", protocol)[0]["text"] == HOSTILE


def test_a_formula_does_not_reach_a_spreadsheet(desk: ReadingDesk, protocol: str) -> None:
    (row,) = csv.DictReader(io.StringIO(desk.run("queue", "--format", "csv")[0]))
    assert row["subject"].startswith("'=")


def test_a_line_of_tsv_is_a_ticket_whatever_its_subject(desk: ReadingDesk, protocol: str) -> None:
    lines = desk.run("queue", "--format", "tsv")[0].splitlines()
    assert [len(line.split("\t")) for line in lines] == [len(FLAT_TICKET)] * 2


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("name", COMMANDS)
def test_hostile_words_act_in_no_format(desk: ReadingDesk, protocol: str, name: str, fmt: str) -> None:
    args, _keys = calls(protocol)[name]
    out, err = desk.run(*args, "--format", fmt, lang="pt-BR")
    assert not set(out + err) & set("\x00\x07\x1b\x7f\x9b\u202e\u2066")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_closed_vocabulary_is_english_in_machine_formats_whatever_the_language(
    desk: ReadingDesk, protocol: str, name: str
) -> None:
    args, _keys = calls(protocol)[name]
    if name == "receipt":
        pytest.skip("its steps are sentences in the language in force")
    assert desk.run(*args, "-f", "json", lang="pt-BR") == desk.run(*args, "-f", "json", lang="en")


# --- acts


def outcome(error: OuvidoriaError | None = None, result: Result = Result.DONE) -> Outcome:
    if error is None:
        return Outcome("2026-000001-5", "assign", result, Status.ASSIGNED, 3)
    kind = Result.CONFLICT if isinstance(error, Conflict) else Result.REFUSED
    return Outcome("2026-000002-2", "assign", kind, code=error.code, message=error.message, error=error)


REFUSED = Refused("RULE", N_("a rule says no"), N_("do something else"))
CHANGED = Conflict("TICKET_CHANGED", N_("changed"))
MISSING = NotFound("TICKET_NOT_FOUND", N_("missing"))
WRONG = UsageError("BAD_PROTOCOL", N_("wrong"))


def told(capsys: pytest.CaptureFixture[str], fmt: str | None, *outcomes: Outcome) -> tuple[int, str, str]:
    set_language("en")
    code = emit_outcomes(Globals(), fmt, iter(outcomes))
    return (code, *capsys.readouterr())


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([], 0),
        ([outcome()], 0),
        ([outcome(result=Result.UNCHANGED)], 0),
        ([outcome(REFUSED)], 4),
        ([outcome(CHANGED)], 5),
        ([outcome(MISSING)], 3),
        ([outcome(WRONG)], 2),
        ([outcome(), outcome()], 0),
        ([outcome(), outcome(REFUSED)], 6),
        ([outcome(REFUSED), outcome(result=Result.UNCHANGED)], 6),
        ([outcome(REFUSED), outcome(REFUSED)], 4),
        ([outcome(REFUSED), outcome(MISSING)], 4),
        ([outcome(CHANGED), outcome(CHANGED)], 5),
        ([outcome(MISSING), outcome(MISSING)], 3),
    ],
)
@pytest.mark.parametrize("fmt", ["table", "tsv", "json"])
def test_the_exit_code_says_how_acts_ended(
    capsys: pytest.CaptureFixture[str], outcomes: list[Outcome], code: int, fmt: str
) -> None:
    assert told(capsys, fmt, *outcomes)[0] == code


def test_an_act_has_its_documented_keys(capsys: pytest.CaptureFixture[str]) -> None:
    _code, out, err = told(capsys, "json", outcome(), outcome(REFUSED))
    rows = json.loads(out)
    assert ([list(row) for row in rows], err) == ([ACT, ACT], "")
    assert (rows[1]["result"], rows[1]["code"], rows[1]["message"]) == ("refused", "RULE", "a rule says no")


def test_a_single_refusal_is_an_error_object_too(capsys: pytest.CaptureFixture[str]) -> None:
    _code, out, err = told(capsys, "jsonl", outcome(REFUSED))
    assert json.loads(out)["code"] == "RULE"
    assert json.loads(err) == {
        "error": {"code": "RULE", "message": "a rule says no", "hint": "do something else"}
    }


def test_people_read_a_line_a_ticket_and_why_not_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    _code, out, err = told(capsys, "table", outcome(), outcome(REFUSED))
    assert out == "2026-000001-5  assigned\n"
    assert err == "2026-000002-2: a rule says no [RULE]\n  do something else\n"


def test_an_unknown_format_is_refused_before_anything_is_done() -> None:
    def never() -> list[Outcome]:
        raise AssertionError

    with pytest.raises(UsageError, match="BAD_FORMAT"):
        emit_outcomes(Globals(), "xml", (item for _ in [0] for item in never()))
