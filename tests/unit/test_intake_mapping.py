from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.domain.ticket import Channel, CloseReason, Type
from ouvidoria_tui.errors import NotFound, UsageError
from ouvidoria_tui.intake.kinds import KINDS
from ouvidoria_tui.intake.mapping_file import load_mapping, mapping_names, parse_mapping
from ouvidoria_tui.intake.reader import read
from ouvidoria_tui.intake.record import Record, Reject

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = 1_750_000_000
LEAST = '[fields.received_at]\nfrom = "when"\nformat = "dd/mm/yyyy"\n[fields.subject]\nfrom = "what"\n'
PORTAL = (
    "Área;Problema;Grupo Problema;Data Abertura;Data Resposta;Data Finalização;"
    "Respondida;Avaliação Reclamação;Nota do Consumidor;UF"
)


def rows(tmp_path: Path, content: str | bytes, mapping: str) -> list[Record | Reject]:
    path = tmp_path / "in.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    chosen = parse_mapping(mapping, "mine") if "\n" in mapping else load_mapping(mapping)
    with read(path, zone=ZONE, now=NOW, mapping=chosen) as items:
        return list(items)


def only(items: list[Record | Reject]) -> Record:
    (record,) = items
    assert isinstance(record, Record), record
    return record


def test_the_mappings_that_come_with_the_program_are_valid() -> None:
    names = (
        "consumidor-gov",
        "customers",
        "events",
        "falabr",
        "first-line",
        "native",
        "satisfaction",
        "volumes",
    )
    assert mapping_names() == names
    assert tuple(load_mapping(name).name for name in names) == names


def test_the_native_mapping_names_every_field_of_the_record() -> None:
    assert {rule.target for rule in load_mapping("native").fields} == KINDS["tickets"].targets


def test_a_row_of_the_portal_becomes_a_record(tmp_path: Path) -> None:
    row = "Telecom ;Sinal fraco ;Qualidade;07/05/2014;08/05/2014;09/05/2014;S;Resolvida;5;SP"
    record = only(rows(tmp_path, f"{PORTAL}\r\n{row}\r\n".encode("cp1252"), "consumidor-gov"))
    assert (record.subject, record.department, record.cause) == ("Sinal fraco", "Telecom", "Qualidade")
    assert (record.type, record.channel, record.source) == (Type.COMPLAINT, Channel.PORTAL, "consumidor-gov")
    assert record.received_at == 1_399_431_600
    assert (record.answered_at, record.closed_at) == (
        record.received_at + 86400,
        record.received_at + 2 * 86400,
    )
    assert (record.close_reason, record.satisfaction, record.customer) == (CloseReason.SOLVED, 5, None)
    assert record.extra == {"Avaliação Reclamação": "Resolvida", "Respondida": "S", "UF": "SP"}


def test_an_unanswered_row_of_the_portal_has_no_answer_and_no_reason(tmp_path: Path) -> None:
    row = "Telecom;Sinal;Qualidade;07/05/2014;;09/05/2014;N;Não Resolvida;;SP"
    record = only(rows(tmp_path, f"{PORTAL}\n{row}\n", "consumidor-gov"))
    assert (record.answered_at, record.close_reason, record.satisfaction) == (None, None, None)
    assert record.extra["Avaliação Reclamação"] == "Não Resolvida"


def test_an_answer_that_the_row_denies_is_kept_as_it_is_written(tmp_path: Path) -> None:
    row = "Telecom;Sinal;Qualidade;07/05/2014;08/05/2014;09/05/2014;N;Não Avaliada;;SP"
    record = only(rows(tmp_path, f"{PORTAL}\n{row}\n", "consumidor-gov"))
    assert (record.answered_at, record.extra["Data Resposta"]) == (None, "08/05/2014")


def test_another_dialect_of_the_header_is_the_same_header(tmp_path: Path) -> None:
    head = "area,PROBLEMA,Grupo problema,Data_Abertura,data resposta,Data Finalizacao,respondida,Avaliacao Reclamacao"
    row = "Telecom,Sinal,Qualidade,07/05/2014,08/05/2014,09/05/2014,S,Resolvida"
    record = only(rows(tmp_path, f"\ufeff{head}\n{row}\n", "consumidor-gov"))
    assert (record.department, record.close_reason) == ("Telecom", CloseReason.SOLVED)
    assert record.closed_at is not None


def test_identical_rows_get_an_id_each_and_the_same_in_every_run(tmp_path: Path) -> None:
    row = "Telecom;Sinal;Qualidade;07/05/2014;;09/05/2014;N;Não Resolvida;;SP\n"
    text = f"{PORTAL}\n{row}{row}{row.replace('SP', 'RJ')}{row}"
    first = [item.external_id for item in rows(tmp_path, text, "consumidor-gov") if isinstance(item, Record)]
    again = [
        item.external_id
        for item in rows(tmp_path, text.encode("cp1252"), "consumidor-gov")
        if isinstance(item, Record)
    ]
    assert first == again
    assert [name[-2:] for name in first] == ["-1", "-2", "-1", "-3"]
    assert len(set(first)) == 4


def test_the_native_mapping_gives_an_id_where_there_is_none(tmp_path: Path) -> None:
    record = only(rows(tmp_path, "subject;received_at\nx;2024-03-01\n", "native"))
    assert len(record.external_id) == 66


def test_the_first_synonym_wins_and_the_other_is_kept(tmp_path: Path) -> None:
    record = only(rows(tmp_path, "protocol;external_id;subject;received_at\nP;E;x;2024-03-01\n", "native"))
    assert (record.external_id, record.extra) == ("E", {"protocol": "P"})


def test_values_default_constant_and_strip_are_applied(tmp_path: Path) -> None:
    mapping = (
        f"{LEAST}strip = true\n"
        '[fields.severity]\nfrom = "grau"\nvalues = { "Alta" = "high" }\nothers = "reject"\n'
        '[fields.channel]\nfrom = "via"\ndefault = "letter"\n'
        '[fields."customer.plan"]\nconstant = "gold"\n[fields."customer.name"]\nfrom = "who"\n'
    )
    text = "what;when;grau;via;who\nx ;01/03/2024;ALTA;;Ann\ny;01/03/2024;enorme;phone;Ann\n"
    first, second = rows(tmp_path, text, mapping)
    assert isinstance(first, Record)
    assert (first.severity, first.channel, first.source) == ("high", "letter", "mine")
    assert first.customer is not None
    assert first.customer.plan == "gold"
    assert isinstance(second, Reject)
    assert (second.code, second.column, second.field) == ("BAD_VALUE", 3, "grau")


def test_one_column_may_fill_two_fields(tmp_path: Path) -> None:
    record = only(rows(tmp_path, "what;when\nx;01/03/2024\n", f'{LEAST}[fields.cause]\nfrom = "what"\n'))
    assert (record.subject, record.cause) == ("x", "x")


def test_a_mapping_works_on_json_too(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"What": "x", "when": "01/03/2024", "n": 1}\n', encoding="utf-8")
    with read(path, zone=ZONE, now=NOW, mapping=parse_mapping(LEAST, "mine")) as items:
        record = only(list(items))
    assert (record.subject, record.extra) == ("x", {"n": 1})


def test_a_mapping_may_be_a_file(tmp_path: Path) -> None:
    path = tmp_path / "Mine.toml"
    path.write_text(LEAST, encoding="utf-8")
    assert load_mapping(path).source == "Mine"


def test_an_unknown_mapping_is_not_found_and_the_known_ones_are_named() -> None:
    with pytest.raises(NotFound) as caught:
        load_mapping("nowhere")
    assert caught.value.code == "MAPPING_NOT_FOUND"
    assert "consumidor-gov" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        (f"{LEAST}colour = 1\n", "fields.subject.colour", 6),
        (f"colour = 1\n{LEAST}", "colour", 1),
        (f'{LEAST}[fields.mood]\nfrom = "x"\n', "fields.mood", 6),
        (f"{LEAST}[fields.cause]\n", "fields.cause", 6),
        (f'{LEAST}[fields.cause]\nfrom = "x"\nconstant = "y"\n', "fields.cause.constant", 8),
        (f"{LEAST}[fields.cause]\nfrom = 1\n", "fields.cause.from", 7),
        (f'{LEAST}[fields.cause]\nfrom = "x"\nformat = "iso"\n', "fields.cause.format", 8),
        (f'{LEAST}[fields.closed_at]\nfrom = "x"\nformat = "yy"\n', "fields.closed_at.format", 8),
        (f'{LEAST}[fields.cause]\nfrom = "x"\nothers = "guess"\n', "fields.cause.others", 8),
        (f'{LEAST}[fields.cause]\nfrom = "x"\nvalues = {{ a = 1 }}\n', "fields.cause.values", 8),
        (f'{LEAST}[fields.cause]\nfrom = "x"\nwhen = "y"\n', "fields.cause.when", 8),
        (f'{LEAST}[fields.cause]\nfrom = "x"\nkeep = "yes"\n', "fields.cause.keep", 8),
        (f'{LEAST}[fields.cause]\nrule = "sha256-row"\n', "fields.cause.rule", 7),
        (f"source = 5\n{LEAST}", "source", 1),
        ('title = "x"\n', "fields", 1),
        ('[fields.subject]\nfrom = "x"\n', "fields", 1),
        ("title = \n", "-", 1),
        (f"{LEAST}[fields.cause\n", "-", 6),
    ],
)
def test_what_is_wrong_in_a_mapping_is_told_with_key_and_line(text: str, key: str, line: int) -> None:
    with pytest.raises(UsageError) as caught:
        parse_mapping(text, "mine", "mine.toml")
    error = caught.value
    assert (error.code, error.details["line"]) == ("MAPPING_INVALID", line)
    assert f"mine.toml, line {line}, {key}:" in str(error.message)


def test_what_another_program_nests_under_a_known_name_is_kept_beside_the_record(tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text('{"assunto": "x", "aberto em": "2024-03-01", "cliente": {"id": 7}, "setor": "Vendas"}')
    with read(path, zone=ZONE, now=NOW) as items:
        record = only(list(items))
    assert (record.subject, record.department, record.customer) == ("x", "Vendas", None)
    assert record.extra == {"cliente": {"id": 7}}
