from __future__ import annotations

import io
import zipfile

import pytest

from ouvidoria_tui.domain.file_kind import kind_of, runs


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")  # without the hour of the run
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"MZ\x90\0", "application/vnd.microsoft.portable-executable"),
        (b"#!/bin/sh\n", "text/x-script"),
        (zipped("a.txt"), "application/zip"),
        (
            zipped("[Content_Types].xml", "xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (b"  <!DOCTYPE html><p>", "text/html"),
        (b'<?xml version="1.0"?><svg/>', "image/svg+xml"),
        ("cobrança".encode(), "text/plain"),
        (("ç" * 1000).encode(), "text/plain"),
        (("x" + "ç" * 1000).encode(), "text/plain"),
        (b"\xe7\xe3o", "application/octet-stream"),
        (b"a\0b", "application/octet-stream"),
        (b"", "application/x-empty"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("name", "kind", "would"),
    [
        ("a.pdf", "application/pdf", False),
        ("a.EXE", "text/plain", True),
        ("a.exe. ", "text/plain", True),
        ("a.pdf", "application/x-executable", True),
        ("a.js", "text/plain", True),
    ],
)
def test_what_would_run_is_told_by_what_it_is_and_by_its_name(name: str, kind: str, would: bool) -> None:
    assert runs(name, kind) is would
