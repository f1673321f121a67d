"""The spreadsheet as a reader of spreadsheets sees it: dates are dates, texts are texts, nothing runs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from ouvidoria_tui.domain.formula import plain
from ouvidoria_tui.present.column import Record
from ouvidoria_tui.present.columns import machine_columns
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.present.workbook import CHARACTERS, Written, write_workbook

ZONE = "America/Sao_Paulo"


def book_of(rows: Sequence[Record], limit: int = 1_048_576) -> tuple[Workbook, Written]:
    set_language("en")
    out = io.BytesIO()
    keys = ("subject", "arrived_at", "revision", "confidential", "flags")
    done = write_workbook(rows, machine_columns(keys), out, title="tickets", zone=ZONE, limit=limit)
    out.seek(0)
    return load_workbook(out), done


def cell_of(value: object, key: str = "subject") -> tuple[object, str]:
    book, _done = book_of([{key: value}])
    column = {"subject": 1, "arrived_at": 2, "revision": 3, "confidential": 4, "flags": 5}[key]
    cell = book["tickets"].cell(2, column)
    return cell.value, cell.data_type


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "'x", '=HYPERLINK("http://x";"y")'])
def test_a_text_is_never_a_formula_and_comes_back_as_it_was(text: str) -> None:
    value, kind = cell_of(text)
    assert kind == "s"
    assert plain(str(value)) == text


@pytest.mark.parametrize("text", ["#N/A", "#DIV/0!", "2026-000123-8", "1", "TRUE", "31/12/2026"])
def test_a_text_that_looks_like_something_else_stays_a_text(text: str) -> None:
    assert cell_of(text) == (text, "s")


def test_a_moment_is_a_date_at_the_desk() -> None:
    value, kind = cell_of("2026-11-20T10:00:30-03:00", "arrived_at")
    assert (value, kind) == (datetime(2026, 11, 20, 10, 0, 30), "d")


def test_a_moment_before_the_format_has_days_stays_a_text() -> None:
    assert cell_of("1850-01-01T00:00:00-03:06", "arrived_at")[1] == "s"


@pytest.mark.parametrize("number", [0, -5, 7, 2.5])
def test_a_number_is_a_number(number: float) -> None:
    assert cell_of(number, "revision") == (number, "n")


def test_truth_is_truth() -> None:
    assert cell_of(True, "confidential") == (True, "b")


@pytest.mark.parametrize(
    ("text", "held"), [("a\x00b\x1bc", "a␀b␛c"), ("a\ud800b\ufffec", "a�b�c"), ("a\r\nb", "a\nb")]
)
def test_what_a_cell_cannot_hold_is_shown_by_its_picture(text: str, held: str) -> None:
    assert cell_of(text)[0] == held


def test_a_text_that_is_too_long_is_cut_with_a_mark_and_counted() -> None:
    book, done = book_of([{"subject": "x" * (CHARACTERS + 1)}, {"subject": "x" * CHARACTERS}])
    assert done.cut == 1
    assert str(book["tickets"]["A2"].value).endswith("x…")
    assert len(str(book["tickets"]["A3"].value)) == CHARACTERS


def test_the_header_is_bold_and_stays_in_sight() -> None:
    book, _done = book_of([{"subject": "x"}])
    sheet = book["tickets"]
    assert sheet.freeze_panes == "A2"
    assert [cell.font.bold for cell in sheet[1]] == [True] * 5


def test_rows_that_one_sheet_does_not_hold_go_on_the_next_with_a_header() -> None:
    book, done = book_of([{"subject": str(number)} for number in range(5)], limit=3)
    assert (done.rows, done.sheets) == (5, 3)
    found = [[row[0].value for row in book[name].iter_rows()] for name in book.sheetnames[:-1]]
    assert found == [["subject", "0", "1"], ["subject", "2", "3"], ["subject", "4"]]


def test_the_notes_say_the_zone_of_the_dates() -> None:
    book, _done = book_of([])
    notes = {row[0].value: row[1].value for row in book["Notes"].iter_rows()}
    assert notes["Time zone of dates"] == ZONE
    assert book.sheetnames == ["tickets", "Notes"]
