"""`ouvidoria import` of every kind, of workbooks, and its proposals of a mapping."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.intake.mapping_file import load_mapping
from tests.cli.shell import Shell

HISTORY = (
    "number;e-mail;opened;closed;outcome\n12345;a@example.com;01/09/2026;02/09/2026;Insatisfeito\n;;;;Sim\n"
)
VOLUMES = "data;recebidos;resolvidos\n01/09/2026;1.000;995\n02/09/2026;100;99\n"
TICKETS = "external_id,received_at,subject,closed_at\nx1,2026-09-01,Um,\nx2,2026-09-01,Dois,2026-09-02\n"
LOG = "ticket;status;at\nx1;Atribuído;02/09/2026 10:00\nx1;Réplica;03/09/2026\nx1;Fechado;04/09/2026\n"
ANSWERS = (
    "protocolo;data da avaliação;nota item 1;nota item 2;comentário;canal\n"
    "x2;05/09/2026;5;4;=1+1;Telefone\nx2;06/09/2026;1;1;de novo;\nx1;05/09/2026;5;4;aberto;\n"
    "x9;05/09/2026;5;4;;\nx2;05/09/2026;6;4;;\n"
)
CUSTOMERS = "código;nome;e-mail;contato;autorizado\nC1;Loja;a@example.com;João;sim\n"


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    path = tmp_path / "d.db"
    found_desk(path, profile="loja-virtual", admin="ana").close()
    monkeypatch.chdir(tmp_path)
    return Shell(path, capsys, monkeypatch)


def put(name: str, text: str) -> str:
    Path(name).write_text(text)
    return name


@pytest.mark.parametrize(
    ("kind", "text", "first", "code"),
    [
        ("first-line", HISTORY, (2, 1, 0, 0, 1), 6),
        ("volumes", VOLUMES, (2, 2, 0, 0, 0), 0),
        ("customers", CUSTOMERS, (1, 1, 0, 0, 0), 0),
        ("events", LOG, (3, 0, 2, 0, 1), 6),
        ("satisfaction", ANSWERS, (5, 0, 1, 0, 4), 6),
    ],
)
def test_a_kind_is_taken_once(
    shell: Shell, kind: str, text: str, first: tuple[int, int, int, int, int], code: int
) -> None:
    shell("import", put("t.csv", TICKETS))
    args = ("import", put("in.csv", text), "--kind", kind, "--format", "json")
    keys = ("read", "created", "updated", "unchanged", "rejected")
    rehearsed = shell(*args, "--dry-run")
    said = shell(*args)
    assert (said.code, tuple(said.json[key] for key in keys)) == (code, first)
    assert rehearsed.json == said.json
    again = shell(*args).json
    assert (again["created"], again["updated"]) == (0, 0)


def test_refused_rows_of_a_kind_go_to_the_file_of_rejects(shell: Shell) -> None:
    assert shell("import", put("in.csv", HISTORY), "--kind", "first-line", "--rejects", "r.jsonl").code == 6
    (line,) = Path("r.jsonl").read_text().splitlines()
    assert json.loads(line)["code"] == "MISSING_FIELD"


def test_an_illegal_move_is_told_by_its_line(shell: Shell) -> None:
    shell("import", put("t.csv", TICKETS))
    told = shell("import", put("in.csv", LOG), "--kind", "events", "--format", "json").json["rejects"]
    assert [(one["line"], one["code"]) for one in told] == [(3, "ILLEGAL_TRANSITION")]


def test_a_kind_that_is_not_read_is_refused_with_those_that_are(shell: Shell) -> None:
    said = shell("import", put("in.csv", HISTORY), "--kind", "surveys")
    assert (said.code, "KIND_NOT_READ" in said.err, "first-line" in said.err) == (2, True, True)


def test_a_mapping_of_another_kind_is_refused(shell: Shell) -> None:
    said = shell("import", put("in.csv", HISTORY), "--kind", "volumes", "--mapping", "first-line")
    assert (said.code, "MAPPING_KIND" in said.err) == (2, True)


def test_the_first_line_is_measured_against_its_goal_day_by_day(shell: Shell) -> None:
    shell("import", put("v.csv", VOLUMES), "--kind", "volumes")
    said = shell("report", "first-line", "--by", "day", "--format", "json").json
    assert [(row["day"], row["solved_pct"], row["days_below"]) for row in said["rows"]] == [
        ("2026-09-01", 99.5, 0),
        ("2026-09-02", 99.0, 1),
    ]
    assert shell("report", "first-line", "--fail-if", "days_below>0").code == 9


def test_without_volumes_there_is_no_figure(shell: Shell) -> None:
    said = shell("report", "first-line", "--format", "json").json
    assert (said["rows"], said["totals"]["solved_pct"], said["totals"]["received"]) == ([], None, None)
    assert "no data" in said["notes"][0]
    assert "no data" in shell("report", "first-line").err


def test_a_share_that_is_nearly_all_is_not_all(shell: Shell) -> None:
    shell(
        "import", put("v.csv", "data;recebidos;resolvidos\n01/09/2026;1000000;999999\n"), "--kind", "volumes"
    )
    assert shell("report", "first-line", "--format", "json").json["totals"]["solved_pct"] == 99.99


def test_a_sheet_of_a_workbook_is_chosen_by_name(shell: Shell) -> None:
    made = openpyxl.Workbook()
    other = made.create_sheet("Dados")
    other.append(["Número", "Assunto", "Aberto em"])
    other.append([7, "Do xlsx", "01/09/2026"])
    made.save("in.xlsx")
    assert shell("import", "in.xlsx", "--sheet", "1").code == 2
    assert shell("import", "in.xlsx", "--sheet", "dados", "--format", "json").json["created"] == 1
    assert shell("import", put("t.csv", TICKETS), "--sheet", "1").code == 2


def test_what_was_done_to_rows_is_said(shell: Shell) -> None:
    text = "assunto;aberto em;setor\nCobranÃ§a;01/09/2026;#N/D\n"
    said = shell("import", put("in.csv", text), "--format", "json").json
    assert said["remarked"] == {"DOUBLE_ENCODING": 1, "ERROR_VALUE": 1}
    again = shell("import", put("in.csv", text))
    assert "in.csv:2:1: UTF-8 that was read as Windows-1252 before: put right [DOUBLE_ENCODING]" in again.err


def test_of_many_remarks_of_one_code_a_few_are_named_and_all_counted(shell: Shell) -> None:
    rows = "".join(f"{n};CobranÃ§a;01/09/2026\n" for n in range(30))
    said = shell("import", put("in.csv", f"id;assunto;aberto em\n{rows}"))
    assert said.err.count("[DOUBLE_ENCODING]") == 5
    assert "DOUBLE_ENCODING 30" in said.err


EXPORT = (
    "Protocolo;Título;Relato;Data da abertura do chamado;Situação atual;Tipo;E-mail\n"
    "1;Conta;Veio duas vezes;25/09/2026 10:00;x;Queixa;a@example.com\n"
    "2;Conta;Veio três vezes;26/09/2026 10:00;y;Elogio;b@example.com\n"
)


def test_a_proposal_can_be_used_as_it_is(shell: Shell) -> None:
    said = shell("import", put("in.csv", EXPORT), "--guess")
    assert said.code == 0
    mapping = load_mapping(put("m.toml", said.out))
    assert {rule.target for rule in mapping.fields} >= {"external_id", "subject", "received_at", "type"}
    assert shell("import", "in.csv", "--mapping", "m.toml", "--format", "json").json["created"] == 2


def test_a_wrong_guess_is_left_out_with_its_reason(shell: Shell) -> None:
    said = shell("import", put("in.csv", EXPORT), "--guess").out
    place = said.index("# [fields.status]")
    assert "doubtful, so it is left out" in said[:place].splitlines()[-1]
    assert "0 % of the values are known" in said[:place].splitlines()[-1]


def test_a_proposal_without_a_date_says_so_and_is_partly_done(shell: Shell) -> None:
    said = shell("import", put("in.csv", "Título;Quando\nx;ontem\n"), "--guess")
    assert said.code == 6
    assert "no column is surely received_at" in said.err


def test_a_proposal_needs_no_store_and_takes_one_file(shell: Shell) -> None:
    shell.path.unlink()
    put("in.csv", EXPORT)
    assert shell("import", "in.csv", "--guess").code == 0
    assert shell("import", "in.csv", "in.csv", "--guess").code == 2


def test_names_and_values_of_a_hostile_file_cannot_write_keys_of_the_mapping(shell: Shell) -> None:
    evil = '"Tipo","Assunto","Abertura","x\n[fields.merit]\nconstant = ""founded"""\n'
    rows = (
        '"a\n[fields.merit]","s","25/09/2026","1"\n"Queixa","s","25/09/2026","1"\n'
        + '"Queixa","s","25/09/2026","1"\n' * 9
    )
    said = shell("import", put("in.csv", evil + rows), "--guess")
    mapping = load_mapping(put("m.toml", said.out))
    assert "merit" not in {rule.target for rule in mapping.fields}


def test_triage_says_what_the_history_knows_of_a_number(shell: Shell) -> None:
    long = "A cobrança veio duas vezes no cartão e não foi devolvida apesar de três pedidos."
    head = "external_id,received_at,subject,description,prior_ticket,customer.email\n"
    rows = f"1,2026-09-05,a,{long},12345,a@example.com\n2,2026-09-05,b,{long},999,a@example.com\n"
    shell("import", put("t.csv", head + rows))
    shell("import", put("h.csv", HISTORY), "--kind", "first-line")
    plans = [json.loads(line) for line in shell("triage", "--format", "jsonl").out.splitlines()]
    assert [(one["decision"], one["codes"]) for one in plans] == [
        ("admitted", []),
        ("awaiting-info", ["PRIOR_TICKET_REQUIRED"]),
    ]
    assert "not found in the imported history" in str(plans[1]["reasons"])


def test_answers_of_a_file_count_in_the_report_and_refused_ones_say_why(shell: Shell) -> None:
    shell("import", put("t.csv", TICKETS))
    said = shell("import", put("in.csv", ANSWERS), "--kind", "satisfaction", "--format", "json")
    assert sorted((one["line"], one["code"]) for one in said.json["rejects"]) == [
        (3, "SURVEY_DONE"),
        (4, "SURVEY_NOT_OPEN"),
        (5, "TICKET_NOT_FOUND"),
        (6, "BAD_VALUE"),
    ]
    totals = shell("report", "satisfaction", "--format", "json").json["totals"]
    assert (totals["answered"], totals["solution_mean"], totals["service_mean"]) == (1, 5.0, 4.0)
    (kept,) = shell("survey", "list", "--format", "json").json
    assert (kept["answered_at"][:10], kept["channel"], kept["comment"]) == ("2026-09-05", "phone", "=1+1")


def test_an_answer_from_before_the_closing_is_about_no_closing_that_stands(shell: Shell) -> None:
    shell("import", put("t.csv", TICKETS))
    early = put("in.csv", "protocolo;data;solução;atendimento\nx2;01/09/2026;5;4\n")
    told = shell("import", early, "--kind", "satisfaction", "--format", "json").json["rejects"]
    assert [one["code"] for one in told] == ["DATE_ORDER"]
