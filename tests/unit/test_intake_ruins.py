"""What other programs have done to tables before they come here: mended where it is certain, and said."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.intake.mend import mended
from ouvidoria_tui.intake.reader import read
from ouvidoria_tui.intake.record import Record, Reject
from ouvidoria_tui.intake.remark import Remark

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = 1_790_000_000
HEAD = "external_id;subject;received_at;department\n"


def brought(tmp_path: Path, content: bytes) -> tuple[list[Record | Reject], list[tuple[int, int, str]]]:
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    remarks: list[Remark] = []
    with read(path, zone=ZONE, now=NOW, tell=remarks.append) as items:
        found = list(items)
    return found, [(one.line, one.column, one.code) for one in remarks]


def subjects(items: list[Record | Reject]) -> list[str]:
    return [item.subject if isinstance(item, Record) else item.code for item in items]


def spoilt(text: str) -> str:
    """``text`` as it comes out where UTF-8 is read as Windows-1252 (its five holes as Latin-1)."""
    return "".join(
        bytes((byte,)).decode("latin-1" if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "cp1252")
        for byte in text.encode()
    )


@pytest.mark.parametrize(
    "text",
    ["Cobrança", "não é possível", "AÇÃO", "Ícone", "“sério” é", "Nº 12", "obrigado 😀", "preço: 3 € não"],
)
def test_a_cell_that_was_read_wrongly_is_put_right(text: str) -> None:
    assert mended(spoilt(text)) == text


def test_a_cell_that_was_read_wrongly_twice_is_put_right() -> None:
    assert mended(spoilt(spoilt("Reclamação"))) == "Reclamação"


@pytest.mark.parametrize(
    "text", ["Cobrança", "IRMÃ”", "CAFÉ”", "IRMÃ–filha", "SÃO JOSÉ", "É “assim”", "Ã", "NÃO: Nº 5", "20 °C"]
)
def test_a_cell_that_could_be_meant_so_stays(text: str) -> None:
    assert mended(text) is None


def test_a_mended_cell_is_named_and_its_neighbours_stay(tmp_path: Path) -> None:
    content = (HEAD + "1;CobranÃ§a;2026-03-01;Atenção\n2;IRMÃ”;2026-03-01;x\n").encode()
    items, remarks = brought(tmp_path, content)
    assert subjects(items) == ["Cobrança", "IRMÃ”"]
    assert remarks == [(2, 2, "DOUBLE_ENCODING")]
    assert [item.department for item in items if isinstance(item, Record)] == ["Atenção", "x"]


def test_characters_that_were_lost_are_kept_and_named(tmp_path: Path) -> None:
    items, remarks = brought(tmp_path, (HEAD + "1;Cobran\ufffda;2026-03-01;x\n").encode())
    assert (subjects(items), remarks) == (["Cobran\ufffda"], [(2, 2, "LOST_CHARACTERS")])


def test_a_line_of_another_encoding_is_read_in_it_and_named(tmp_path: Path) -> None:
    lines = [f"{n};ação;2026-03-01;x\n" for n in range(3)]
    content = HEAD.encode() + lines[0].encode() + lines[1].encode("cp1252") + lines[2].encode()
    items, remarks = brought(tmp_path, content)
    assert (subjects(items), remarks) == (["ação"] * 3, [(3, 0, "LINE_ENCODING")])


def test_a_line_of_utf8_in_a_windows_file_is_put_right(tmp_path: Path) -> None:
    old = "".join(f"{n};ação e reação;2026-03-01;x\n" for n in range(5)).encode("cp1252")
    items, remarks = brought(tmp_path, HEAD.encode() + old + "9;cobrança;2026-03-01;x\n".encode())
    assert subjects(items) == ["ação e reação"] * 5 + ["cobrança"]
    assert [code for _line, _column, code in remarks] == ["DOUBLE_ENCODING"]


def test_a_file_in_a_named_encoding_is_not_read_in_another(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(HEAD.encode() + "1;ação;2026-03-01;x\n".encode("cp1252"))
    with read(path, zone=ZONE, now=NOW, encoding="utf-8") as items:
        assert subjects(list(items)) == ["BAD_ENCODING"]


def test_utf16_without_a_bom_is_found(tmp_path: Path) -> None:
    items, _remarks = brought(tmp_path, (HEAD + "1;ação;2026-03-01;x\n").encode("utf-16-le"))
    assert subjects(items) == ["ação"]


@pytest.mark.parametrize("value", ["#N/D", "#REF!", " #VALOR! "])
def test_an_error_value_of_a_spreadsheet_is_no_value(tmp_path: Path, value: str) -> None:
    items, remarks = brought(tmp_path, f"{HEAD}1;x;2026-03-01;{value}\n".encode())
    (record,) = items
    assert isinstance(record, Record)
    assert (record.department, remarks) == (None, [(2, 4, "ERROR_VALUE")])


def test_delimiters_without_anything_between_them_at_the_end_do_no_harm(tmp_path: Path) -> None:
    items, _remarks = brought(tmp_path, f"{HEAD}1;x;2026-03-01;a;;;\n2;y;2026-03-01;a;;z\n".encode())
    assert subjects(items) == ["x", "TOO_MANY_CELLS"]


def test_a_quote_that_never_ends_is_told_at_its_own_line(tmp_path: Path) -> None:
    content = HEAD + '1;x;2026-03-01;"a\nb"\n2;y;2026-03-01;"c\n3;z;2026-03-01;d\n'
    items, _remarks = brought(tmp_path, content.encode())
    assert [(i.line, i.code) for i in items if isinstance(i, Reject)] == [(4, "UNTERMINATED_QUOTE")]
    assert subjects(items) == ["x", "UNTERMINATED_QUOTE", "z"]


@pytest.mark.parametrize(
    ("header", "row", "field", "expected"),
    [
        ("Título;Aberto em", "Conta;05/10/2026", "subject", "Conta"),
        ("ASSUNTO;Data de Abertura;Situação", "x;05/10/2026;Em Andamento", "status", "in-progress"),
        ("assunto;criado em;Tipo", "x;5/1/2026 9:05;Queixa", "type", "complaint"),
        ("assunto;criado em;Setor", "x;05/10/26 09:30;Financeiro", "department", "Financeiro"),
        ("assunto;criado em;Canal", "x;46301;E-mail", "channel", "email"),
        ("assunto;created;Nº do chamado", "x;2026-01-05;A-77", "external_id", "A-77"),
        ("assunto;created;Atendente", "x;2026/01/05;bia", "assignee", "bia"),
    ],
)
def test_headers_and_values_of_other_programs_are_understood(
    tmp_path: Path, header: str, row: str, field: str, expected: str
) -> None:
    (tmp_path / "in.csv").write_text(f"{header}\n{row}\n")
    with read(tmp_path / "in.csv", zone=ZONE, now=2_000_000_000) as items:
        (record,) = items
    assert isinstance(record, Record), record
    assert getattr(record, field) == expected


def test_a_mapping_adds_its_own_names_and_values_to_the_native_ones(tmp_path: Path) -> None:
    from ouvidoria_tui.intake.mapping_file import parse_mapping

    text = (
        'extends = "native"\nsource = "crm"\n[fields.subject]\nfrom = "O que houve"\n'
        '[fields.type.values]\n"Bronca" = "complaint"\n'
    )
    (tmp_path / "in.csv").write_text("O que houve;aberto em;tipo\nx;05/01/2026;Bronca\ny;05/01/2026;Elogio\n")
    with read(tmp_path / "in.csv", zone=ZONE, now=NOW, mapping=parse_mapping(text, "crm")) as items:
        found = [(item.subject, item.type, item.source) for item in items if isinstance(item, Record)]
    assert found == [("x", "complaint", "crm"), ("y", "praise", "crm")]
