"""Acts on tickets from the command line: outcomes, batches, exit codes, errors as JSON."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import SystemClock
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.protocol import make_protocol
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.store import SqliteStore
from tests.cli.shell import Said, Shell
from tests.plain_profile import plain

KEYS = ["protocol", "verb", "result", "code", "message", "status", "revision"]
TICKETS = 5


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("acts") / "d.db"
    store = found_desk(path, profile="organizacional", text=plain("organizacional"), admin="ana")
    desk = desk_over(store, agent="ana")
    register_agent(desk, "caio", "Caio", Role.AGENT)
    register_agent(desk, "oto", "Oto", Role.OMBUDSMAN)
    register_agent(desk, "aldo", "Aldo", Role.AUDITOR)
    now = SystemClock().now()
    for number in range(TICKETS):
        receive(desk, Manifestation(f"Assunto {number}", "Relato"), at=now - 7200 + number)
    store.close()
    return path


@pytest.fixture
def call(
    template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    path = tmp_path / "d.db"
    shutil.copyfile(template, path)
    return Shell(path, capsys, monkeypatch)


@pytest.fixture
def refs(call: Shell) -> list[str]:
    store = SqliteStore.open(call.path)
    found = [row[0] for row in store.conn.execute("SELECT protocol FROM ticket ORDER BY id")]
    store.close()
    return found


def unknown(refs: list[str]) -> str:
    return make_protocol(int(refs[0][:4]), 999_999)


def status(call: Shell, ref: str) -> str:
    store = SqliteStore.open(call.path)
    try:
        return store.find(ref).status.value
    finally:
        store.close()


ACTS = {
    "take": ([], "take", "assigned"),
    "start": ([], "start", "in-progress"),
    "assign": (["--to", "caio"], "assign", "assigned"),
    "reply": (["--text", "Resposta"], "reply", "answered"),
    "ask": (["--text", "Qual?"], "ask", "answered"),
    "note": (["--text", "Nota"], "note", "open"),
    "customer-reply": (["--text", "Réplica"], "customer-reply", "open"),
    "close": (["--reason", "withdrawn"], "close", "closed"),
    "classify": (["--severity", "high"], "classify", "open"),
    "escalate": (["--level", "N2", "--reason", "Prazo"], "escalate", "open"),
    "status in-progress": ([], "start", "in-progress"),
    "status assigned": ([], "assign", "assigned"),
    "status answered": (["--text", "Resposta"], "reply", "answered"),
    "status closed": (["--reason", "no-reply"], "close", "closed"),
}


@pytest.mark.parametrize("command", ACTS)
def test_an_act_gives_a_record_with_these_keys(call: Shell, refs: list[str], command: str) -> None:
    options, verb, stands = ACTS[command]
    said = call(*command.split(), refs[0], *options, "--format", "json")
    assert said.code == 0
    (record,) = said.json
    assert list(record) == KEYS
    assert (record["protocol"], record["verb"], record["result"], record["status"]) == (
        refs[0],
        verb,
        "done",
        stands,
    )
    assert (record["code"], record["message"], record["revision"]) == (None, None, 2)


def test_an_act_says_one_short_line_to_a_person(call: Shell, refs: list[str]) -> None:
    said = call("take", refs[0], "--format", "table")
    assert (said.out, said.err) == (f"{refs[0]}  taken\n", "")


def test_already_so_is_unchanged_and_no_failure(call: Shell, refs: list[str]) -> None:
    call("take", refs[0])
    said = call("take", refs[0], "--format", "json")
    assert (said.code, said.json[0]["result"]) == (0, "unchanged")


def test_the_moves_by_their_names_and_by_status_are_the_same(call: Shell, refs: list[str]) -> None:
    call("start", refs[0])
    call("status", "in-progress", refs[1])
    assert status(call, refs[0]) == status(call, refs[1]) == "in-progress"


def test_a_whole_life_of_a_ticket(call: Shell, refs: list[str]) -> None:
    ref = refs[0]
    steps = [
        (["next"], "caio"),
        (["start", ref], "caio"),
        (["reply", ref, "--text", "Apurando"], "caio"),
        (["customer-reply", ref, "--text", "Não resolveu"], "caio"),
        (["escalate", ref, "--level", "2", "--reason", "Prazo"], "caio"),
        (["ack", ref], "oto"),
        (["hand-back", ref, "--instruction", "Estornar"], "oto"),
        (["reply", ref, "--conclusive", "--text", "Estornado"], "caio"),
        (["close", ref, "--reason", "solved"], "caio"),
        (["reopen", ref, "--information", "Voltou"], "caio"),
        (["close", ref, "--reason", "no-reply"], "caio"),
        (["undo", ref], "caio"),
    ]
    codes = [call(*step, agent=agent).code for step, agent in steps]
    assert codes == [0] * len(steps)
    assert status(call, ref) == "customer-reply"
    assert call("verify").code == 0


# --- refusals and their exit codes


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["close", "--reason", "solved"], "NO_CONCLUSIVE_ANSWER"),
        (["ack"], "NOT_ESCALATED"),
        (["undo"], "NOTHING_TO_UNDO"),
        (["assign", "--to", "aldo"], "AGENT_CANNOT_WORK"),
        (["start", "--at", "2999-01-01"], "DATE_IN_FUTURE"),
        (["start", "--at", "-1h"], "DATE_NEEDS_REASON"),
        (["start", "--at", "-9h", "--note", "tarde"], "DATE_OUT_OF_ORDER"),
        (["reopen", "--information", "Nova"], "ILLEGAL_TRANSITION"),
    ],
)
def test_a_rule_that_says_no_ends_with_four_and_its_code(
    call: Shell, refs: list[str], command: list[str], code: str
) -> None:
    said = call(command[0], refs[0], *command[1:], "--format", "json")
    assert said.code == 4
    assert (said.error["code"], bool(said.error["message"]), bool(said.error["hint"])) == (code, True, True)
    assert [record["code"] for record in said.json] == [code]


def test_an_illegal_move_names_the_legal_ones(call: Shell, refs: list[str]) -> None:
    call("close", refs[0], "--reason", "withdrawn")
    said = call("start", refs[0], "--format", "json")
    assert (said.error["from"], said.error["to"]) == ("closed", "in-progress")
    assert set(said.error["legal"]) == {"open", "customer-reply"}


def test_a_refusal_is_a_sentence_with_the_next_step_for_a_person(call: Shell, refs: list[str]) -> None:
    said = call("close", refs[0], "--reason", "solved", "--format", "table")
    assert said.out == ""
    assert said.err.splitlines()[0].endswith("[NO_CONCLUSIVE_ANSWER]")
    assert "reply --conclusive" in said.err.splitlines()[1]


def test_a_ticket_that_moved_on_ends_with_five(call: Shell, refs: list[str]) -> None:
    call("take", refs[0])
    said = call("start", refs[0], "--revision", "1", "--format", "json")
    assert (said.code, said.error["code"]) == (5, "TICKET_CHANGED")
    assert said.error["since"][0]["type"] == "assigned"
    assert said.json[0]["result"] == "conflict"
    assert status(call, refs[0]) == "assigned"


def test_a_ticket_that_is_not_there_ends_with_three(call: Shell, refs: list[str]) -> None:
    assert call("take", unknown(refs)).code == 3


def test_an_agent_that_is_not_there_ends_with_three(call: Shell, refs: list[str]) -> None:
    assert call("assign", refs[0], "--to", "ninguem").code == 3


@pytest.mark.parametrize(
    "command",
    [
        ["take", "2026-1"],
        ["status", "andando", "X"],
        ["status", "answered", "X"],
        ["status", "closed", "X"],
        ["close", "X"],
        ["close", "X", "--reason", "cansaço"],
        ["reply", "X", "--text", " "],
        ["start", "X", "--at", "anteontem talvez"],
        ["escalate", "X", "--level", "N9", "--reason", "a"],
        ["classify", "X"],
        ["take"],
        ["take", "X", "--format", "xml"],
        ["take", "X", "--opcao-que-nao-ha"],
    ],
)
def test_a_wrong_call_ends_with_two_and_touches_nothing(
    call: Shell, refs: list[str], command: list[str]
) -> None:
    said = call(*[refs[0] if word == "X" else word for word in command])
    assert said.code == 2
    assert said.err
    assert status(call, refs[0]) == "open"


def test_who_may_not_ends_with_eight(call: Shell, refs: list[str]) -> None:
    said = call("take", refs[0], "--format", "json", agent="aldo")
    assert (said.code, said.error["code"]) == (8, "ROLE_MAY_NOT")
    assert call("ack", refs[0], agent="caio").code == 8
    assert call("take", refs[0], agent="ninguem").code == 8


def test_an_empty_queue_has_no_next(call: Shell) -> None:
    codes = [call("next").code for _ in range(TICKETS + 1)]
    assert codes == [0] * TICKETS + [3]


# --- batches


def results(said: Said) -> list[str]:
    return [record["result"] for record in said.json]


def test_several_tickets_are_one_call(call: Shell, refs: list[str]) -> None:
    said = call("take", *refs, "--format", "json")
    assert said.code == 0
    assert [record["protocol"] for record in said.json] == refs


def test_some_refused_ends_with_six_and_the_others_stand(call: Shell, refs: list[str]) -> None:
    call("close", refs[1], "--reason", "withdrawn")
    said = call("start", *refs[:3], "--format", "json")
    assert said.code == 6
    assert results(said) == ["done", "refused", "done"]
    assert [status(call, ref) for ref in refs[:3]] == ["in-progress", "closed", "in-progress"]


def test_all_refused_ends_with_four(call: Shell, refs: list[str]) -> None:
    said = call("close", *refs, "--reason", "solved", "--format", "json")
    assert (said.code, set(results(said))) == (4, {"refused"})


def test_none_found_ends_with_three(call: Shell, refs: list[str]) -> None:
    other = make_protocol(int(refs[0][:4]), 999_998)
    assert call("take", unknown(refs), other).code == 3


def test_all_changed_meanwhile_ends_with_five(call: Shell, refs: list[str]) -> None:
    call("take", *refs[:2])
    assert call("start", *refs[:2], "--revision", "1").code == 5


def test_why_some_were_refused_is_said_ticket_by_ticket(call: Shell, refs: list[str]) -> None:
    call("close", refs[1], "--reason", "withdrawn")
    said = call("start", *refs[:3], "--format", "tsv")
    assert f"{refs[1]}: " in said.err
    assert "[ILLEGAL_TRANSITION]" in said.err
    assert refs[0] not in said.err


def test_protocols_come_from_standard_input(call: Shell, refs: list[str]) -> None:
    said = call("take", "-", "--format", "json", stdin="\n".join(refs) + "\n")
    assert results(said) == ["done"] * TICKETS


def test_a_list_that_another_command_printed_is_read_as_it_is(call: Shell, refs: list[str]) -> None:
    listed = call("queue", "--format", "tsv").out
    said = call("status", "assigned", "--to", "caio", "-", "--format", "json", stdin=listed)
    assert said.code == 0
    assert sorted(record["protocol"] for record in said.json) == sorted(refs)


def test_blank_lines_and_remarks_are_passed_over(call: Shell, refs: list[str]) -> None:
    stdin = f"# da reunião de hoje\n\n{refs[0]}  urgente\n   \n{refs[1]}\tAssunto\n"
    said = call("take", "-", "--format", "json", stdin=stdin)
    assert [record["protocol"] for record in said.json] == refs[:2]


def test_nothing_on_standard_input_is_nothing_to_do(call: Shell) -> None:
    said = call("take", "-", "--format", "json", stdin="")
    assert (said.code, said.json) == (0, [])


def test_arguments_and_standard_input_go_together(call: Shell, refs: list[str]) -> None:
    said = call("take", refs[0], "-", refs[2], "--format", "json", stdin=refs[1])
    assert [record["protocol"] for record in said.json] == refs[:3]


def test_rubbish_on_standard_input_stops_nobody(call: Shell, refs: list[str]) -> None:
    said = call("take", "-", "--format", "json", stdin=f"\x1b[31mvermelho\n{refs[0]}\n=1+1\n")
    assert (said.code, results(said)) == (6, ["refused", "done", "refused"])


def test_a_second_run_of_the_same_batch_is_all_unchanged(call: Shell, refs: list[str]) -> None:
    call("take", *refs)
    said = call("take", *refs, "--format", "json")
    assert (said.code, set(results(said))) == (0, {"unchanged"})


def test_more_tickets_than_one_transaction_takes(call: Shell, refs: list[str]) -> None:
    store = SqliteStore.open(call.path)
    desk = desk_over(store, agent="ana")
    with store.transaction():
        many = [receive(desk, Manifestation(f"Mais {number}", "Relato")).protocol for number in range(230)]
    store.close()
    said = call("take", "-", "--format", "json", stdin="\n".join(many))
    assert (said.code, len(said.json)) == (0, 230)


# --- words and moments


def test_words_come_from_standard_input(call: Shell, refs: list[str]) -> None:
    assert call("reply", refs[0], "--text", "-", stdin="Prezada,\n\nsegue.\n").code == 0
    store = SqliteStore.open(call.path)
    assert [message.text for message in store.messages(1).values()][-1] == "Prezada,\n\nsegue.\n"
    store.close()


def test_a_past_moment_is_read_in_the_zone_of_the_desk(call: Shell, refs: list[str]) -> None:
    assert call("start", refs[0], "--at", "-30min", "--note", "por telefone").code == 0
    store = SqliteStore.open(call.path)
    event = store.events(1)[-1]
    store.close()
    assert 1790 <= event.recorded_at - event.happened_at <= 1800


def test_the_error_of_one_ticket_is_json_where_json_is_asked_for(call: Shell, refs: list[str]) -> None:
    said = call("take", unknown(refs), "--format=json")
    assert set(said.error) >= {"code", "message", "hint"}


def test_sentences_are_in_the_language_that_is_asked_for_and_slugs_are_not(
    call: Shell, refs: list[str]
) -> None:
    said = call("close", refs[0], "--reason", "solved", "--format", "json", lang="pt-BR")
    english = call("close", refs[0], "--reason", "solved", "--format", "json")
    assert said.error["message"] != english.error["message"]
    assert (said.json[0]["code"], said.json[0]["verb"]) == ("NO_CONCLUSIVE_ANSWER", "close")


def test_files_are_attached_and_missing_ones_are_not_found(
    call: Shell, refs: list[str], tmp_path: Path
) -> None:
    (tmp_path / "fatura.pdf").write_bytes(b"%PDF")
    assert call("attach", refs[0], str(tmp_path / "fatura.pdf")).code == 0
    assert call("attach", refs[0], str(tmp_path / "nada.pdf")).code == 3
