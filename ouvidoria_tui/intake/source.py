"""Opens what is to be imported: a file, a pipe or standard input, in a known encoding, never whole in memory.

What cannot be read twice is spooled to an unnamed temporary file. The encoding is decided before the first
row, over the whole file in chunks: a BOM wins; text that is UTF-8 to its end is UTF-8; otherwise the file is
Windows-1252, unless most of what is not ASCII is well-formed UTF-8: then it is UTF-8 with broken places. A
line that does not decode in the encoding so decided is a reject (``BAD_ENCODING``), never a guess.
"""

from __future__ import annotations

import codecs
import os
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from ouvidoria_tui.errors import NotFound, UsageError
from ouvidoria_tui.text import N_

CHUNK = 256 * 1024
_SAMPLE = 64 * 1024
_REPLACED = "\ufffd".encode()
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"%PDF-",
    b"\x1f\x8b",
    b"SQLite format 3\0",
    b"7z\xbc\xaf",
    b"BZh",
)
_OLE = b"\xd0\xcf\x11\xe0"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


@dataclass(slots=True)
class Source:
    """An open file whose bytes are ASCII where they look like it: lines and quotes can be found undecoded.

    ``start`` is the offset after the BOM; ``size`` in bytes; ``name`` is what messages call it; ``guessed`` where
    nobody and no BOM said the encoding. A ``workbook`` (xlsx) has no text of its own, and so no encoding.
    """

    name: str
    handle: BinaryIO
    encoding: str
    size: int
    start: int = 0
    guessed: bool = False
    workbook: bool = False

    def sample(self) -> str:
        """The beginning of the text (64 KiB), to tell formats and delimiters by."""
        self.handle.seek(self.start)
        return self.handle.read(_SAMPLE).decode(self.encoding, "replace")

    def close(self) -> None:
        """Closes the file; a spooled one is gone with it."""
        self.handle.close()


def open_source(path: str | Path, encoding: str | None = None, stdin: BinaryIO | None = None) -> Source:
    """The file at ``path``, or standard input for ``-``.

    Raises ``NotFound`` (``IMPORT_FILE_NOT_FOUND``) and ``UsageError`` (``IMPORT_NOT_A_FILE IMPORT_UNREADABLE
    IMPORT_EMPTY IMPORT_FORMAT_UNKNOWN IMPORT_ENCODING``).
    """
    wanted = _checked(encoding) if encoding else None
    name = str(path)
    handle = _spool(stdin or sys.stdin.buffer) if name == "-" else _open(Path(path), name)
    try:
        return _prepare(name, handle, wanted)
    except BaseException:
        handle.close()
        raise


def _open(path: Path, name: str) -> BinaryIO:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageError(
                "IMPORT_NOT_A_FILE",
                N_("{file} is a folder", file=name),
                N_("name the files in it, or give one as - on standard input"),
            )
        handle = path.open("rb")
        if stat.S_ISREG(mode):
            return handle
        with handle:
            return _spool(handle)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise NotFound(
            "IMPORT_FILE_NOT_FOUND", N_("there is no file {file}", file=name), N_("check the path")
        ) from None
    except OSError as error:
        raise UsageError(
            "IMPORT_UNREADABLE",
            N_("{file} cannot be read: {reason}", file=name, reason=os.strerror(error.errno or 0)),
            N_("check who may read it"),
        ) from None


def _spool(stream: BinaryIO) -> BinaryIO:
    spool: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - the source closes it
    while chunk := stream.read(CHUNK):
        spool.write(chunk)
    spool.seek(0)
    return spool


def _prepare(name: str, handle: BinaryIO, wanted: str | None) -> Source:
    size = handle.seek(0, os.SEEK_END)
    handle.seek(0)
    head = handle.read(_SAMPLE)
    bom, found = next(((bom, known) for bom, known in _BOMS if head.startswith(bom)), (b"", ""))
    if not head.strip(b" \t\r\n\0" if not found else b""):
        _refuse_empty(name)
    if head.startswith(b"PK\x03\x04") and is_workbook(handle):
        return Source(name, handle, "", size, workbook=True)
    if not found and wanted is None:
        found = _wide_without_bom(head)
    encoding = wanted or found
    if not found and (head.startswith(_MAGIC) or (not _wide(wanted) and _binary(head))):
        _refuse_binary(name, head)
    old_mac = b"\r" in head and b"\n" not in head and not _wide(encoding)
    if _wide(encoding) or old_mac:
        encoding = encoding or _detect(handle, 0)
        return _transcode(name, handle, encoding)
    start = len(bom) if bom and encoding == "utf-8" else 0
    if start == size:
        _refuse_empty(name)
    return Source(name, handle, encoding or _detect(handle, start), size, start, guessed=not encoding)


def _transcode(name: str, handle: BinaryIO, encoding: str) -> Source:
    """The same text as UTF-8 with newlines, spooled: for encodings unlike ASCII, and for old Macs."""
    handle.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    spool: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - the source closes it
    try:
        carry = ""
        while True:
            chunk = handle.read(CHUNK)
            text = carry + decoder.decode(chunk, final=not chunk)
            carry = "\r" if chunk and text.endswith("\r") else ""  # the \n of \r\n may be in the next chunk
            text = text[: len(text) - len(carry)].replace("\r\n", "\n").replace("\r", "\n")
            spool.write(text.encode("utf-8", "surrogatepass"))
            if not chunk:
                break
    except (UnicodeError, ValueError):
        spool.close()
        raise UsageError(
            "IMPORT_ENCODING",
            N_("{file} is not text in {encoding}", file=name, encoding=encoding),
            N_("give its encoding with --encoding, or save it as UTF-8"),
        ) from None
    handle.close()
    size = spool.tell()
    spool.seek(0)
    start = len(codecs.BOM_UTF8) if spool.read(3) == codecs.BOM_UTF8 else 0
    if size == start:
        spool.close()
        _refuse_empty(name)
    return Source(name, spool, "utf-8", size, start)


def _detect(handle: BinaryIO, start: int) -> str:
    handle.seek(start)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    while True:
        chunk = handle.read(CHUNK)
        text = decoder.decode(chunk, final=not chunk)
        if not text.isascii():
            broken = text.count("\ufffd") - chunk.count(_REPLACED)  # one that was there before is no fault
            bad += broken
            good += len(text) - len(text.encode("ascii", "ignore")) - broken
        if not chunk:
            return "utf-8" if good >= bad else "cp1252"


def _wide(encoding: str | None) -> bool:
    """Whether bytes that look like ASCII may be something else in ``encoding``."""
    return bool(encoding) and not str(encoding).startswith(("utf-8", "cp125", "iso8859", "ascii", "koi8"))


def _binary(head: bytes) -> bool:
    odd = sum(head.count(bytes((code,))) for code in range(32) if code not in (9, 10, 12, 13, 27))
    return odd * 10 > len(head)


def _checked(encoding: str) -> str:
    try:
        # Refuses codecs that are no text, such as hex; bytes there must be: Python does not look otherwise.
        name = codecs.lookup(encoding).name
        b"a".decode(encoding, "replace")
    except (LookupError, ValueError, UnicodeError):
        raise UsageError(
            "IMPORT_ENCODING",
            N_("{encoding} is no encoding that Python knows", encoding=encoding),
            N_("for example: --encoding windows-1252, --encoding utf-8"),
        ) from None
    return "utf-8" if name == "utf-8-sig" else name


def _refuse_empty(name: str) -> NoReturn:
    raise UsageError(
        "IMPORT_EMPTY", N_("{file} is empty", file=name), N_("check that the export was finished")
    )


def _refuse_binary(name: str, head: bytes = b"") -> NoReturn:
    hint = N_("save it as csv (UTF-8) in the spreadsheet, or decompress it, then import that")
    if head.startswith(_OLE):
        hint = N_("open it in the spreadsheet and save it as xlsx, without a password, then import that")
    elif _ODS in head[:200]:
        hint = N_("open it in the spreadsheet and save it as xlsx or as csv (UTF-8), then import that")
    raise UsageError(
        "IMPORT_FORMAT_UNKNOWN", N_("{file} is not a table or list as text, nor an xlsx", file=name), hint
    )


def is_workbook(handle: BinaryIO) -> bool:
    """Whether a zip file is an xlsx; one that cannot be opened may have been one."""
    import zipfile

    try:
        with zipfile.ZipFile(handle) as archive:
            return any(part.startswith("xl/") for part in archive.namelist())
    except Exception:  # zipfile raises a dozen kinds of errors on what is no zip; the reader of xlsx says so
        return True
    finally:
        handle.seek(0)


def _wide_without_bom(head: bytes) -> str:
    """UTF-16 that does not say so: every other byte of its Western text is NUL."""
    size = len(head) // 2
    if size < 8:
        return ""
    low, high = head[0::2].count(0), head[1::2].count(0)
    if high * 10 > size * 8 and low * 50 < size:
        return "utf-16-le"
    return "utf-16-be" if low * 10 > size * 8 and high * 50 < size else ""
