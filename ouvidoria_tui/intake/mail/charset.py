"""Bytes to text whatever the label says: a known alias, the declared charset, or what the bytes look like."""

from __future__ import annotations

import codecs
import re
from typing import Final

_UNKNOWN: Final = frozenset(
    {
        "",
        "x-unknown",
        "unknown",
        "unknown-8bit",
        "x-user-defined",
        "default",
        "binary",
        "8bit",
        "none",
        "auto",
    }
)
#: Labels that occur in real mail, and the codec that reads what their senders wrote.
_ALIASES: Final = {
    "uft-8": "utf-8",
    "utf-8mb4": "utf-8",
    "utf-8n": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "ascii-us": "ascii",
    "usascii": "ascii",
    "iso-ir-6": "ascii",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "l1": "cp1252",
    "win-1252": "cp1252",
    "windows1252": "cp1252",
    "x-ansi": "cp1252",
    "ansi": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "ks-c-5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-windows-949": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_2",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
}
#: Codecs that are no charset of mail: escapes, or so slow that a message could use them to hold the desk up.
_REFUSED: Final = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs"})
_LABEL: Final = re.compile(r"[a-z0-9][a-z0-9.:+-]{0,39}")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Labels that senders write without looking: bytes that are UTF-8 to the last are believed more than these.
_CARELESS: Final = frozenset({"ascii", "cp1252", "cp1254", "iso8859-15"})


def codec_of(label: str) -> str | None:
    """The name of Python's codec for a label as found in mail, or ``None`` where it names none."""
    wanted = label.strip().lower().replace("_", "-").strip("=\"'<>;, ")
    wanted = wanted.removeprefix("charset=").strip("=\"'")
    if wanted in _UNKNOWN:
        return None
    wanted = _ALIASES.get(wanted, wanted)
    if not _LABEL.fullmatch(wanted.replace("_", "-")):
        return None
    try:
        name = codecs.lookup(wanted).name
        b"a".decode(wanted, "replace")  # refuses what is no text, such as hex
    except (LookupError, ValueError):
        return None
    return None if name.replace("_", "-") in _REFUSED else name


def decode(raw: bytes, label: str | None) -> tuple[str, bool]:
    """The text of ``raw``, and whether its charset had to be guessed; never fails, never a lone surrogate."""
    codec = codec_of(label) if label else None
    if raw.isascii() and b"\x1b" not in raw and (codec is None or codec != "utf-7"):
        return raw.decode("ascii"), bool(label) and codec is None
    if codec is None:
        return _guess(raw), True
    text = _strict(raw, codec)
    if text is not None and codec in _CARELESS and (better := _strict(raw, "utf-8")) is not None:
        return better, True
    if text is not None:
        return text, False
    if codec == "ascii" or _strict(raw, "utf-8") is not None:
        return _guess(raw), True
    text = _whole(raw.decode(codec, "replace"))
    return (_western(raw) if codec == "utf-8" and _mostly_broken(text) else text), True


def header_text(raw: bytes) -> str:
    """A header's bytes as text: UTF-8 (RFC 6532), else as a Western sender would have meant them."""
    return raw.decode("ascii") if raw.isascii() else _strict(raw, "utf-8") or _western(raw)


def _guess(raw: bytes) -> str:
    for bom, codec in _BOMS:
        # Any text as UTF-16 has a NUL in it, if only beside its ends of lines; two odd letters are no mark.
        marked = raw.startswith(bom) and (codec != "utf-16" or b"\0" in raw)
        if marked and (text := _strict(raw, codec)) is not None:
            return text
    if b"\x1b$" in raw or b"\x1b(" in raw:
        text = _strict(raw, "iso2022_jp_2")
        if text is not None:
            return text
    text = _strict(raw, "utf-8")
    return _western(raw) if text is None else text


def _mostly_broken(text: str) -> bool:
    """Whether more of what is not ASCII was no UTF-8 than was."""
    broken = text.count("\ufffd")
    return broken > sum(letter > "\x7f" for letter in text) - broken


def _western(raw: bytes) -> str:
    text = _strict(raw, "cp1252")
    return raw.decode("latin-1") if text is None else text


def _strict(raw: bytes, codec: str) -> str | None:
    try:
        return _whole(raw.decode(codec))
    except (UnicodeError, ValueError):
        return None


def _whole(text: str) -> str:
    """Without lone surrogates, which some decoders let through and no file could take."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
