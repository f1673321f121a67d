"""Whatever a table holds: no unexpected exception, and every row that holds something is a record or a reject."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ouvidoria_tui.errors import NotFound, UsageError
from ouvidoria_tui.intake.mend import mended
from ouvidoria_tui.intake.reader import read
from ouvidoria_tui.intake.record import Record, Reject

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = 1_790_000_000
HEADER = ("external_id", "subject", "received_at", "status", "closed_at")
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

cells = st.one_of(
    st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ["2026-03-01", "01/03/2026 10:00", "46000", "closed", "Fechado", "#N/D", "'=1", "Ã§", "\ufffd", ""]
    ),
)
rows = st.lists(st.lists(cells, min_size=1, max_size=7), max_size=12)


def taken(path: Path) -> list[Record | Reject] | None:
    """What a file gives; ``None`` where the whole of it is refused, which is one of the expected errors."""
    try:
        with read(path, zone=ZONE, now=NOW) as items:
            found = list(items)
    except (UsageError, NotFound):
        return None
    assert all(isinstance(item, Record | Reject) for item in found)
    return found


def written(table: Sequence[Sequence[str]], delimiter: str, newline: str) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=newline).writerows([HEADER, *table])
    return buffer.getvalue()


@FUZZ
@given(content=st.binary(max_size=400))
def test_random_bytes_are_refused_or_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in.csv").write_bytes(content)
    taken(tmp_path / "in.csv")


@FUZZ
@given(content=st.binary(max_size=300), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_random_bytes_below_a_header_are_read_to_their_end(
    tmp_path: Path, content: bytes, encoding: str
) -> None:
    head = (";".join(HEADER) + "\n").encode(encoding)
    (tmp_path / "in.csv").write_bytes(head + content)
    taken(tmp_path / "in.csv")


@FUZZ
@given(text=st.text(alphabet="ab1;,\"\n\r\t'=ãÃ§|", max_size=120))
def test_text_that_looks_like_a_table_is_read_to_its_end(tmp_path: Path, text: str) -> None:
    (tmp_path / "in.csv").write_text(";".join(HEADER) + "\n" + text, newline="")
    taken(tmp_path / "in.csv")


@FUZZ
@given(table=rows, delimiter=st.sampled_from(";,\t|"), newline=st.sampled_from(["\n", "\r\n"]))
def test_every_row_of_a_sound_table_is_a_record_or_a_reject(
    tmp_path: Path, table: list[list[str]], delimiter: str, newline: str
) -> None:
    (tmp_path / "in.csv").write_bytes(written(table, delimiter, newline).encode())
    found = taken(tmp_path / "in.csv")
    if found is None or any(isinstance(item, Reject) and item.code in _WHOLE for item in found):
        return
    held = [row for row in table if any(row) and not (len(row) == 1 and not row[0].strip())]
    assert len(found) == len(held)


#: A row that breaks off is gone through line by line, and a line of it may look like a row: more items than rows.
_WHOLE = {
    "TOO_FEW_CELLS",
    "TOO_MANY_CELLS",
    "BAD_QUOTE",
    "UNTERMINATED_QUOTE",
}


@FUZZ
@given(
    lines=st.lists(
        st.sampled_from(["1;x;2026-03-01;;", "2;y;ontem;;", "3;z", "4;a;2026-03-01;;;;b"]), max_size=9
    )
)
def test_counts_add_up_whatever_is_wrong_with_a_line(tmp_path: Path, lines: list[str]) -> None:
    (tmp_path / "in.csv").write_text("\n".join([";".join(HEADER), *lines]))
    found = taken(tmp_path / "in.csv")
    assert found is not None
    assert len(found) == len(lines)
    assert [item.line for item in found] == list(range(2, len(lines) + 2))


@pytest.fixture(scope="module")
def workbook() -> bytes:
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("Dados")
    sheet.append(list(HEADER))
    for number in range(6):
        sheet.append([str(number), "x", "2026-03-01", "", ""])
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@FUZZ
@given(place=st.floats(0, 1), byte=st.integers(0, 255), cut=st.booleans())
def test_a_workbook_with_a_wrong_byte_is_refused_or_read(
    tmp_path: Path, workbook: bytes, place: float, byte: int, cut: bool
) -> None:
    at = int(place * (len(workbook) - 1))
    spoilt = workbook[:at] + (b"" if cut else bytes((byte,)) + workbook[at + 1 :])
    (tmp_path / "in.xlsx").write_bytes(spoilt or b" ")
    taken(tmp_path / "in.xlsx")


@FUZZ
@given(place=st.floats(0, 1), put=st.text(alphabet='<>/&"crvtfis=1A9 ', max_size=8), part=st.integers(0, 20))
def test_a_workbook_with_spoilt_xml_is_refused_or_read(
    tmp_path: Path, workbook: bytes, place: float, put: str, part: int
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(buffer, "w") as target:
        names = source.namelist()
        for index, name in enumerate(names):
            data = source.read(name)
            if index == part % len(names):
                at = int(place * len(data))
                data = data[:at] + put.encode() + data[at + len(put) :]
            target.writestr(name, data)
    (tmp_path / "in.xlsx").write_bytes(buffer.getvalue())
    taken(tmp_path / "in.xlsx")


@given(text=st.text(max_size=60))
def test_a_text_that_was_spoilt_once_is_mended_to_itself_or_left_alone(text: str) -> None:
    spoilt = text.encode("utf-8", "surrogatepass").decode("latin-1")
    found = mended(spoilt)
    assert found is None or found == text or mended(text) == found
