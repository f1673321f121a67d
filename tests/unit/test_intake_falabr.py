"""Manifestations of Fala.BR become records; the people and places in them are invented."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.intake.reader import read
from ouvidoria_tui.intake.record import Record, Reject

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = 1_800_000_000
DTO: dict[str, Any] = {
    "IdManifestacao": 9001,
    "NumerosProtocolo": ["00106.000001/2026-11"],
    "TipoManifestacao": {"IdTipoManifestacao": 2, "DescTipoManifestacao": "Reclamação"},
    "Situacao": {"IdSituacaoManifestacao": 1, "DescSituacaoManifestacao": "Cadastrada"},
    "Assunto": {"IdAssunto": 1, "DescAssunto": "Atendimento"},
    "OrgaoInteresse": {"IdOrgaoSiorg": 1, "NomeOrgao": "Órgão Fictício"},
    "CanalEntrada": {"IdCanalEntrada": 1, "DescCanalEntrada": "Internet"},
    "DataCadastro": "05/10/2026",
    "PrazoAtendimento": "04/11/2026",
    "IndPossuiIdentidadePreservada": True,
    "Manifestante": {"Nome": "Pessoa Inventada", "Email": "pessoa@example.com"},
    "Teor": {"DescricaoAtosOuFatos": "Fui mal atendida."},
    "Anexos": [{"NomeArquivo": "foto.png", "ConteudoBase64": "AAAA"}],
}
HISTORY = [
    {"DataHora": "06/10/2026 10:00:00", "Descricao": "Encaminhado à área"},
    {"DataHora": "07/10/2026 10:00:00", "Descricao": ""},
    {"DataHora": "20/10/2026 09:00:00", "Resposta": "Pedimos desculpas."},
]


def brought(tmp_path: Path, document: object) -> list[Record | Reject]:
    (tmp_path / "in.json").write_text(json.dumps(document))
    with read(tmp_path / "in.json", zone=ZONE, now=NOW, mapping="falabr") as items:
        return list(items)


def only(tmp_path: Path, **more: object) -> Record:
    (record,) = brought(tmp_path, {**DTO, **more})
    assert isinstance(record, Record), record
    return record


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


def test_a_manifestation_becomes_a_record(tmp_path: Path) -> None:
    record = only(tmp_path)
    assert (record.external_id, record.source, record.received_at) == ("9001", "falabr", at("2026-10-05"))
    assert (record.subject, record.description) == ("Atendimento", "Fui mal atendida.")
    assert (record.type, record.channel, record.status) == ("complaint", "portal", "open")
    assert (record.department, record.confidential) == ("Órgão Fictício", True)
    assert record.customer is not None
    assert (record.customer.name, record.customer.email) == ("Pessoa Inventada", "pessoa@example.com")


def test_the_legal_date_and_the_list_of_attachments_are_kept_beside_it(tmp_path: Path) -> None:
    extra = only(tmp_path).extra
    assert extra["PrazoAtendimento"] == "04/11/2026"
    assert extra["Anexos"] == [{"NomeArquivo": "foto.png", "size": 3}]


@pytest.mark.parametrize("who", [None, {}, {"Nome": None, "Email": ""}])
def test_who_is_not_named_is_no_customer(tmp_path: Path, who: object) -> None:
    assert only(tmp_path, Manifestante=who).customer is None


def test_history_with_words_becomes_messages(tmp_path: Path) -> None:
    messages = only(tmp_path, Historico=HISTORY).messages
    assert [(one.at, one.from_, one.text) for one in messages] == [
        (at("2026-10-06T10:00"), "note", "Encaminhado à área"),
        (at("2026-10-20T09:00"), "desk", "Pedimos desculpas."),
    ]


TYPES = ["report", "complaint", "praise", "suggestion", "request", "suggestion", "report", "request"]
SITUATIONS = ["open", "customer-reply", *["in-progress"] * 3, *["closed"] * 3]


@pytest.mark.parametrize(
    ("number", "type_"),
    zip(
        range(1, 9),
        ["report", "complaint", "praise", "suggestion", "request", "suggestion", "report", "request"],
        strict=True,
    ),
)
def test_every_type_has_its_place(tmp_path: Path, number: int, type_: str) -> None:
    assert only(tmp_path, TipoManifestacao={"IdTipoManifestacao": number}).type == type_


@pytest.mark.parametrize(
    ("number", "status"),
    zip(
        range(1, 9),
        ["open", "customer-reply", "in-progress", "in-progress", "in-progress", "closed", "closed", "closed"],
        strict=True,
    ),
)
def test_every_situation_has_its_place(tmp_path: Path, number: int, status: str) -> None:
    record = only(tmp_path, Situacao={"IdSituacaoManifestacao": number}, Historico=HISTORY)
    assert record.status == status
    assert record.closed_at == (at("2026-10-20T09:00") if status == "closed" else None)


def test_an_end_without_any_date_is_refused_and_not_made_up(tmp_path: Path) -> None:
    (reject,) = brought(tmp_path, {**DTO, "Situacao": {"IdSituacaoManifestacao": 6}})
    assert isinstance(reject, Reject)
    assert reject.code == "MISSING_FIELD"


@pytest.mark.parametrize(
    "wrap", [lambda one: [one, {**one, "IdManifestacao": 2}], lambda one: {"Manifestacoes": [one]}]
)
def test_a_list_is_read_in_either_form(tmp_path: Path, wrap: Any) -> None:
    items = brought(tmp_path, wrap(DTO))
    assert items
    assert all(isinstance(item, Record) for item in items)


def test_a_type_that_the_service_does_not_have_is_refused(tmp_path: Path) -> None:
    (reject,) = brought(tmp_path, {**DTO, "TipoManifestacao": {"IdTipoManifestacao": 99}})
    assert isinstance(reject, Reject)
    assert reject.code == "BAD_VALUE"


def test_the_open_data_is_read_by_the_same_mapping(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(
        "Data Registro;Data Prazo Resposta;Data Resposta;Tipo;Órgão;Assunto;Situação;Satisfação\n"
        "01/10/2026;31/10/2026;10/10/2026;Reclamação;Órgão Fictício;Atendimento;Concluída;Muito Satisfeito\n"
        "01/10/2026;31/10/2026;;Sugestão;Órgão Fictício;Filas;Cadastrada;\n"
    )
    with read(tmp_path / "in.csv", zone=ZONE, now=NOW, mapping="falabr") as items:
        first, second = items
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.status, first.closed_at, first.answered_at) == (
        "closed",
        at("2026-10-10"),
        at("2026-10-10"),
    )
    assert (first.satisfaction, first.extra["Data Prazo Resposta"]) == (5, "31/10/2026")
    assert (second.status, second.closed_at, second.type) == ("open", None, "suggestion")
