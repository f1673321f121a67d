from __future__ import annotations

import io
import json
import os
import stat
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.errors import NotFound, OuvidoriaError, UsageError
from ouvidoria_tui.intake.reader import Reading, read
from ouvidoria_tui.intake.record import Record, Reject, row_hash
from ouvidoria_tui.intake.rejects import RejectFile, write_rejects
from ouvidoria_tui.text import N_

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = 1_750_000_000
CSV = "external_id;subject;received_at\n1;x;2024-03-01\n"
JSONL = '{"subject": "x", "received_at": "2024-03-01"}\n' * 1
REJECT = Reject(
    "in.csv", 3, 2, "BAD_TIME", N_("not a date and time that this import knows"), "soon\udcff", "when"
)


def opened(path: Path, **options: str) -> Reading[Record]:
    return read(path, zone=ZONE, now=NOW, format=options.get("format"), source=options.get("source"))


def error_of(path: Path) -> OuvidoriaError:
    with pytest.raises(OuvidoriaError) as caught:
        opened(path)
    return caught.value


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", CSV, "csv"),
        ("a.tsv", CSV.replace(";", "\t"), "tsv"),
        ("a.JSON", f"[{JSONL}]", "json"),
        ("a.jsonl", JSONL, "jsonl"),
        ("a.ndjson", JSONL, "jsonl"),
        ("a.json", JSONL + JSONL, "jsonl"),
        ("a.txt", CSV, "csv"),
        ("a", f" [{JSONL}]", "json"),
        ("a", JSONL + JSONL, "jsonl"),
        ("a", json.dumps(json.loads(JSONL), indent=1), "json"),
    ],
)
def test_the_format_comes_from_the_name_or_the_beginning(
    tmp_path: Path, name: str, content: str, expected: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with opened(path) as reading:
        assert reading.format == expected
        assert isinstance(next(reading), Record)


def test_a_format_that_is_given_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(JSONL, encoding="utf-8")
    with opened(path, format="jsonl") as reading:
        assert isinstance(next(reading), Record)


def test_what_was_found_out_can_be_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CSV.replace("x", "ação").encode("cp1252"))
    with opened(path) as reading:
        assert (reading.encoding, reading.delimiter, reading.total) == ("cp1252", ";", path.stat().st_size)


@pytest.mark.parametrize("content", [CSV, JSONL, f"[{JSONL}]"])
def test_standard_input_is_read_like_a_file(content: str) -> None:
    with read("-", zone=ZONE, now=NOW, stdin=io.BytesIO(content.encode())) as reading:
        (record,) = reading
    assert isinstance(record, Record)
    assert record.subject == "x"


def test_a_pipe_is_read_like_a_file() -> None:
    reader, writer = os.pipe()
    os.write(writer, CSV.encode())
    os.close(writer)
    with opened(Path(f"/dev/fd/{reader}")) as reading:
        assert len(list(reading)) == 1
    os.close(reader)


def test_the_source_that_is_given_serves_rows_that_name_none(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("source;subject;received_at\n;x;2024-03-01\nown;y;2024-03-01\n", encoding="utf-8")
    with opened(path, source="given") as reading:
        assert [item.source for item in reading if isinstance(item, Record)] == ["given", "own"]


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    error = error_of(tmp_path / "none.csv")
    assert isinstance(error, NotFound)
    assert error.code == "IMPORT_FILE_NOT_FOUND"


def test_a_name_with_a_nul_is_not_found() -> None:
    assert error_of(Path("a\0b.csv")).code == "IMPORT_FILE_NOT_FOUND"


def test_a_folder_is_a_usage_error(tmp_path: Path) -> None:
    assert error_of(tmp_path).code == "IMPORT_NOT_A_FILE"


@pytest.mark.skipif(os.geteuid() == 0, reason="the system administrator may read everything")
def test_a_file_that_may_not_be_read_is_a_usage_error(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(CSV, encoding="utf-8")
    path.chmod(0)
    assert error_of(path).code == "IMPORT_UNREADABLE"


@pytest.mark.parametrize("content", [b"", b" \n\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl"])
def test_an_empty_file_is_a_usage_error(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = error_of(path)
    assert isinstance(error, UsageError)
    assert error.code == "IMPORT_EMPTY"


def zipped(name: str, text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0rest"),
        ("a.csv", b"\x1f\x8b\x08rest"),
        ("a.csv", bytes(range(32)) * 20),
        ("a.ods", zipped("mimetype", "application/vnd.oasis.opendocument.spreadsheet")),
        ("a.csv", zipped("a.txt", "x")),
    ],
    ids=["xls", "gzip", "binary", "ods", "zip"],
)
def test_a_workbook_or_binary_file_is_refused_with_the_way_out(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = error_of(path)
    assert error.code == "IMPORT_FORMAT_UNKNOWN"
    assert "csv" in str(error.hint) or "xlsx" in str(error.hint)


def test_a_broken_workbook_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04rest")
    error = error_of(path)
    assert error.code == "IMPORT_WORKBOOK"
    assert "csv" in str(error.hint)


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        opened(tmp_path, format="yaml")
    assert caught.value.code == "IMPORT_FORMAT_UNKNOWN"


def test_progress_goes_up_to_the_size_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("subject;received_at\n" + "x;2024-03-01\n" * 2000, encoding="utf-8")
    told: list[tuple[int, int]] = []
    with read(path, zone=ZONE, now=NOW, progress=lambda done, total: told.append((done, total))) as reading:
        assert len(list(reading)) == 2000
    assert told == sorted(told)
    assert told[-1] == (path.stat().st_size, path.stat().st_size)


def _peak(items: Iterator[Record | Reject]) -> int:
    tracemalloc.start()
    try:
        for item in items:
            assert isinstance(item, Record)
            row_hash(item)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json"])
def test_memory_stays_flat_over_twenty_thousand_rows(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    with path.open("w", encoding="utf-8") as file:
        file.write({"csv": "external_id;subject;description;received_at\n", "json": "[", "jsonl": ""}[kind])
        for number in range(20_000):
            row = {
                "external_id": f"A-{number}",
                "subject": "s",
                "description": "ç" * 500,
                "received_at": "2024-03-01",
            }
            separator = "," if kind == "json" and number else ""
            line = (
                ";".join(row.values()) if kind == "csv" else separator + json.dumps(row, ensure_ascii=False)
            )
            file.write(line + "\n")
        file.write("]" if kind == "json" else "")
    assert path.stat().st_size > 20_000_000
    with opened(path) as reading:
        assert _peak(reading) < 6_000_000


def test_rejects_are_written_with_their_value_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "rejects.jsonl"
    path.write_text("older and longer than what comes now " * 50, encoding="utf-8")
    path.chmod(0o644)
    assert write_rejects(path, [REJECT, REJECT]) == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first, _ = path.read_text(encoding="ascii").splitlines()
    assert json.loads(first) == {
        "file": "in.csv",
        "line": 3,
        "column": 2,
        "field": "when",
        "code": "BAD_TIME",
        "message": "not a date and time that this import knows",
        "value": "soon\udcff",
    }


def test_rejects_do_not_follow_a_symbolic_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(UsageError) as caught:
        RejectFile(tmp_path / "link")
    assert caught.value.code == "REJECTS_UNWRITABLE"
    assert not (tmp_path / "target").exists()


def test_rejects_to_a_device_leave_its_mode_alone() -> None:
    before = Path(os.devnull).stat().st_mode
    write_rejects(os.devnull, [REJECT])
    assert Path(os.devnull).stat().st_mode == before
