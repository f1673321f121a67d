"""Values made safe for the machine formats: nothing acts, and the output is always valid UTF-8."""

from __future__ import annotations

import re

from ouvidoria_tui.domain.formula import STARTS, neutral

# What is invisible or acts on a terminal, as a character class: controls, soft hyphen, bidi and zero-width
# characters, line separators, lone surrogates, variation selectors and tags.
_ACTING = (
    "\\x00-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e"
    "\\u2060-\\u206f\\u3164\\ud800-\\udfff\\ufe00-\\ufe0e\\ufeff\\uffa0\\ufff0-\\ufffb\\U000e0000-\\U000e0fff"
)
_TSV = re.compile(rf"[{_ACTING}\\]")
_JSON = re.compile(rf"[{_ACTING}]")
_TSV_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\"}

_CSV_BREAK = re.compile(r"\r\n?")
_CSV_CONTROL = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufffe\\uffff]"
)


def tsv_safe(value: str) -> str:
    r"""``value`` with tab, line breaks and ``\`` as ``\t \n \r \\``, what acts or hides as ``\xNN \uNNNN``.

    Never cut; reading the escapes back gives the value again.
    """
    if value.isascii() and value.isprintable() and "\\" not in value:
        return value
    return _TSV.sub(_tsv_escape, value)


def _tsv_escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if short := _TSV_SHORT.get(char):
        return short
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def json_safe(encoded: str) -> str:
    r"""JSON text (already encoded) whose strings hold ``\uNNNN`` for whatever acts, hides or is not UTF-8."""
    return encoded if encoded.isascii() and encoded.isprintable() else _JSON.sub(_json_escape, encoded)


def _json_escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def sheet_cell(value: str) -> str:
    r"""``value`` for a csv file or a spreadsheet: marked where it would run, line breaks as ``\n``.

    C0 controls become their control pictures (ESC is ``␛``), other controls, bidi overrides, lone surrogates
    and non-characters U+FFFD: these files have no escapes of their own. JSON is the format that loses nothing.
    """
    if value.isprintable():
        return value if value[:1] not in STARTS else neutral(value)
    return neutral(_CSV_CONTROL.sub(_csv_picture, _CSV_BREAK.sub("\n", value)))


def _csv_picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
