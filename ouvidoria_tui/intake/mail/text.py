"""One text part as text: charset, HTML, flowed paragraphs, line ends."""

from __future__ import annotations

import re
from typing import Final

from ouvidoria_tui.intake.mail.charset import decode
from ouvidoria_tui.intake.mail.flowed import unflowed
from ouvidoria_tui.intake.mail.html import html_text
from ouvidoria_tui.intake.mail.limits import Limits, Remarks
from ouvidoria_tui.intake.mail.mime import Part

_META: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.I)
_ENRICHED: Final = re.compile(r"<(?!<)/?[a-zA-Z-]{1,60}>")
_PARAM: Final = re.compile(r"<param>.{0,500}?</param>", re.I | re.S)
_HTML: Final = re.compile(rb"\s*(?:<!doctype html|<html[\s>])", re.I)
_NO_TEXT: Final = re.compile(r"[\x00\x01-\x08\x0b\x0c\x0e-\x1f]")


class Room:
    """How many bytes of text may still be read of a message, over all its parts."""

    def __init__(self, limits: Limits) -> None:
        self._left = limits.readable

    def take(self, raw: bytes, remarks: Remarks) -> bytes:
        """As much of ``raw`` as there is room for."""
        if len(raw) > self._left:
            remarks.add("text-cut")
        taken = raw[: self._left]
        self._left -= len(taken)
        return taken


def part_text(part: Part, room: Room, remarks: Remarks) -> str:
    """What a person reads in ``part``: lines end with a line feed, the last one with nothing."""
    raw, label = room.take(part.data, remarks), part.params.get("charset")
    if is_html(part):
        meta = _META.search(raw[:4096])
        text = html_text(_decoded(raw, label or (meta[1].decode("ascii") if meta else None), remarks))
    elif part.content_type in ("text/enriched", "text/richtext"):
        plain = _PARAM.sub("", _decoded(raw, label, remarks))
        text = _ENRICHED.sub("", plain.replace("<nl>", "\n")).replace("<<", "<")
    else:
        text = _decoded(raw, label, remarks)
        if part.params.get("format", "").lower() == "flowed":
            text = unflowed(text, delete_space=part.params.get("delsp", "").lower() == "yes")
    return text.strip("\n")


def is_html(part: Part) -> bool:
    """Whether the text of ``part`` is HTML, also where the sender forgot to say so."""
    return part.content_type == "text/html" or (
        part.content_type == "text/plain" and _HTML.match(part.data[:200]) is not None
    )


def _decoded(raw: bytes, label: str | None, remarks: Remarks) -> str:
    text, guessed = decode(raw, label)
    if guessed:
        remarks.add("charset-guessed")
    if _NO_TEXT.search(text):
        text = _NO_TEXT.sub(lambda odd: "\n" if odd[0] in "\x0b\x0c" else "\x1b" * (odd[0] == "\x1b"), text)
        remarks.add("controls-dropped")
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
