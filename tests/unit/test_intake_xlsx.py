"""Sheets of an xlsx become records as the sheet shows them; what is no workbook is refused in bounded memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.intake.reader import read
from ouvidoria_tui.intake.record import Record, Reject
from ouvidoria_tui.intake.remark import Remark

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = 1_790_000_000
HEAD = ("Número", "Assunto", "Aberto em", "Setor", "CPF")


def book(*rows: tuple[object, ...], change: Callable[[Any], None] = lambda _book: None) -> bytes:
    made: Any = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    change(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def brought(
    tmp_path: Path, content: bytes, sheet: str | None = None, name: str = "in.xlsx"
) -> tuple[list[Record | Reject], list[Remark]]:
    (tmp_path / name).write_bytes(content)
    remarks: list[Remark] = []
    with read(tmp_path / name, zone=ZONE, now=NOW, sheet=sheet, tell=remarks.append) as items:
        return list(items), remarks


def only(items: list[Record | Reject]) -> Record:
    (record,) = items
    assert isinstance(record, Record), record
    return record


def replaced(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with ``old`` in ``part`` made ``new``, as no spreadsheet would write it."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                data = data.replace(b"<v />", b"<v></v>")  # openpyxl writes either, with lxml or without
                assert old in data
                data = data.replace(old, new)
            target.writestr(name, data)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_cells_are_read_as_they_are_shown(tmp_path: Path) -> None:
    row = (1234567, "Conta", datetime(2026, 1, 5, 9, 30), "Fin", 98765432100.0)
    record = only(brought(tmp_path, book(HEAD, row))[0])
    assert (record.external_id, record.subject, record.department) == ("1234567", "Conta", "Fin")
    assert record.received_at == int(datetime(2026, 1, 5, 9, 30, tzinfo=ZONE).timestamp())
    assert record.customer is not None
    assert record.customer.document == "98765432100"


def test_a_serial_number_without_a_format_is_a_date_too(tmp_path: Path) -> None:
    record = only(brought(tmp_path, book(HEAD, (1, "x", 46027.5, "Fin")))[0])
    assert record.received_at == int(datetime(2026, 1, 5, 12, 0, tzinfo=ZONE).timestamp())


def test_a_reject_names_row_and_column(tmp_path: Path) -> None:
    items, _ = brought(tmp_path, book(HEAD, (1, "x", "ontem", "a"), (2, "y", "05/01/2026", "b")))
    assert [(i.line, i.column, i.code) for i in items if isinstance(i, Reject)] == [(2, 3, "BAD_TIME")]
    assert [i.subject for i in items if isinstance(i, Record)] == ["y"]


def test_titles_above_the_header_are_passed_over_and_said(tmp_path: Path) -> None:
    content = book(("Relatório de chamados",), (), HEAD, (1, "x", "05/01/2026", "a"))
    items, remarks = brought(tmp_path, content)
    assert (only(items).line, [one.code for one in remarks]) == (4, ["ROWS_ABOVE_HEADER"])


def test_merged_cells_have_their_value_in_every_row(tmp_path: Path) -> None:
    rows = [
        HEAD,
        (1, "x", "05/01/2026", "Financeiro"),
        (2, "y", "05/01/2026", None),
        (3, "z", "05/01/2026", None),
    ]
    content = book(*rows, change=lambda made: made.active.merge_cells("D2:D3"))
    items, _ = brought(tmp_path, content)
    assert [item.department for item in items if isinstance(item, Record)] == [
        "Financeiro",
        "Financeiro",
        None,
    ]


def test_a_hidden_sheet_is_read_only_when_it_is_asked_for(tmp_path: Path) -> None:
    def hide(made: Any) -> None:
        made.active.sheet_state = "hidden"
        other = made.create_sheet("Dados")
        other.append(HEAD)
        other.append((2, "visto", "05/01/2026", "a"))

    content = book(HEAD, (1, "oculto", "05/01/2026", "a"), change=hide)
    assert only(brought(tmp_path, content)[0]).subject == "visto"
    assert only(brought(tmp_path, content, sheet="sheet")[0]).subject == "oculto"
    with pytest.raises(UsageError, match="IMPORT_SHEET") as caught:
        brought(tmp_path, content, sheet="Nada")
    assert "Dados" in str(caught.value.hint)


def test_other_visible_sheets_are_named(tmp_path: Path) -> None:
    content = book(HEAD, (1, "x", "05/01/2026"), change=lambda made: made.create_sheet("Outra"))
    _, remarks = brought(tmp_path, content)
    assert [one.code for one in remarks] == ["SHEETS_NOT_READ"]


def test_a_cover_before_the_table_is_passed_over(tmp_path: Path) -> None:
    def cover(made: Any) -> None:
        other = made.create_sheet("Dados")
        other.append(HEAD)
        other.append((2, "dados", "05/01/2026"))

    items, remarks = brought(tmp_path, book(("Relatório",), change=cover))
    assert only(items).subject == "dados"
    assert [one.code for one in remarks] == ["SHEETS_NOT_READ"]


def test_an_error_value_is_no_value(tmp_path: Path) -> None:
    content = book(HEAD, (1, "x", "05/01/2026", "#N/A"))
    items, remarks = brought(tmp_path, content)
    assert (only(items).department, [one.code for one in remarks]) == (None, ["ERROR_VALUE"])


def test_a_formula_gives_its_saved_value_and_one_without_is_said(tmp_path: Path) -> None:
    content = book(HEAD, (1, '="a"&"b"', "05/01/2026", '="c"'))
    unsaved = content
    saved = replaced(
        content, SHEET, b'<c r="B2"><f>"a"&amp;"b"</f><v></v>', b'<c r="B2" t="str"><f>x</f><v>ab</v>'
    )
    items, remarks = brought(tmp_path, saved)
    assert only(items).subject == "ab"
    assert [one.code for one in remarks] == ["FORMULA_UNSAVED"]
    assert [i.code for i in brought(tmp_path, unsaved)[0] if isinstance(i, Reject)] == ["MISSING_FIELD"]


def test_the_guard_of_our_own_export_is_taken_back(tmp_path: Path) -> None:
    assert only(brought(tmp_path, book(HEAD, (1, "'=1+1", "05/01/2026")))[0]).subject == "=1+1"


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    assert only(brought(tmp_path, book(HEAD, (1, "x", "05/01/2026")), name="in.csv")[0]).subject == "x"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="2"', b'<row r="99999999999"'),
        (b'r="A2"', b'r="AAAAAAAA2"'),
        (b"<sheetData>", b'<!DOCTYPE x [<!ENTITY a "b">]><sheetData>'),
        (b"<sheetData>", b"<sheetData><row r='1'>" + b" " * (20 * 1024**2)),
    ],
)
def test_what_would_exhaust_the_reader_is_refused(tmp_path: Path, old: bytes, new: bytes) -> None:
    content = replaced(book(HEAD, (1, "x", "05/01/2026")), SHEET, old, new)
    with pytest.raises(UsageError) as caught:
        brought(tmp_path, content)
    assert caught.value.code == "IMPORT_WORKBOOK"


def test_a_bomb_of_strings_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b"a" * 1024**2)
    with pytest.raises(UsageError) as caught:
        brought(tmp_path, buffer.getvalue())
    assert caught.value.code == "IMPORT_WORKBOOK"


def test_a_sheet_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    content = book(HEAD, *((n, "x", "05/01/2026") for n in range(50)))
    broken = replaced(content, SHEET, b'<row r="40"', b'<<row r="40"')
    items, _ = brought(tmp_path, broken)
    assert [i.code for i in items if isinstance(i, Reject)] == ["SHEET_BROKEN"]
    assert len(items) > 1
