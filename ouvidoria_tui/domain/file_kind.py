"""What a file is, told by its first bytes and never by its name: a media type (IANA)."""

from __future__ import annotations

from typing import Final

#: So many bytes are enough to tell.
HEAD: Final = 1024

_MAGIC: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heif"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (8, b"WAVE", "audio/wav"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\xca\xfe\xba\xbe", "application/java-vm"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"#!", "text/x-script"),
    (0, b"[Desktop Entry]", "application/x-desktop"),
    (0, b"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
)
#: Inside a zip: the first name tells which kind of document it is.
_ZIPPED: Final[tuple[tuple[bytes, str], ...]] = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    (b"META-INF/", "application/java-archive"),
)
#: What runs, whatever it is called.
_PROGRAMS: Final = frozenset(
    {
        "application/x-executable",
        "application/vnd.microsoft.portable-executable",
        "application/java-vm",
        "application/java-archive",
        "application/x-mach-binary",
        "application/x-desktop",
        "application/x-ms-shortcut",
        "text/x-script",
    }
)
#: Ends of names that a desktop runs or obeys, although they hold text.
_RUN_BY_NAME: Final = (
    ".appimage", ".bat", ".cmd", ".com", ".cpl", ".desktop", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msi",
    ".pif", ".ps1", ".py", ".reg", ".scr", ".sh", ".url", ".vb", ".vbe", ".vbs", ".wsf",
)  # fmt: skip


def kind_of(data: bytes) -> str:
    """The media type of a file by its beginning; text and unknown bytes where nothing else is told."""
    head = data[:HEAD]
    for at, magic, kind in _MAGIC:
        if head.startswith(magic, at):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _ZIPPED if mark in head), "application/zip")
    return _text_kind(head, whole=len(data) <= HEAD)


def runs(name: str, kind: str) -> bool:
    """Whether opening the file would run it, by what it is or by what its name ends with."""
    return kind in _PROGRAMS or name.lower().rstrip(" .").endswith(_RUN_BY_NAME)


def _text_kind(head: bytes, *, whole: bool) -> str:
    if not head:
        return "application/x-empty"
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if whole or error.start < len(head) - 3:
            return "application/octet-stream"
        text = head[: error.start].decode("utf-8")
    if any(ord(char) < 32 and char not in "\t\n\r\f\x1b" for char in text):
        return "application/octet-stream"
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html", "<script")):
        return "text/html"
    if start.startswith("<svg") or (start.startswith("<?xml") and "<svg" in start):
        return "image/svg+xml"
    return "application/xml" if start.startswith("<?xml") else "text/plain"
