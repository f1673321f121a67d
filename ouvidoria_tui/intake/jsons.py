"""JSON lines: one object a line; a broken line is refused with its place, the others stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from ouvidoria_tui.intake.lines import Lines, TooLong
from ouvidoria_tui.intake.record import MAX_ROW, MAX_VALUE, Reject
from ouvidoria_tui.intake.source import Source
from ouvidoria_tui.text import N_, Text


@dataclass(frozen=True, slots=True)
class JsonRow:
    """One object with its place (line and column from 1) and its own text."""

    line: int
    column: int
    value: dict[str, object]
    text: str

    def place(self, field: str) -> tuple[int, int]:
        """Line and column of the key ``field`` (``customer.email``, ``messages.2.at``), or of the object."""
        start = at = 0
        repeat = 1
        for part in field.split("."):
            if part.isdigit():
                repeat = int(part)
                continue
            for _ in range(repeat):
                found = re.compile(re.escape(json.dumps(part, ensure_ascii=False)) + r"\s*:").search(
                    self.text, at
                )
                if found is None:
                    return self.line, self.column
                at = found.end()
                start = found.start()
            repeat = 1
        before = self.text[:start]
        breaks = before.count("\n")
        if breaks:
            return self.line + breaks, len(before) - before.rfind("\n")
        return self.line, self.column + start


class DuplicateKey(ValueError):
    """An object says the same key twice; which of the two was meant is not ours to choose."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DuplicateKey
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)


def reason(error: Exception) -> tuple[str, Text]:
    """The code and the sentence of what the decoder raised."""
    if isinstance(error, DuplicateKey):
        return "DUPLICATE_KEY", N_("an object has the same key twice")
    if isinstance(error, RecursionError):
        return "TOO_DEEP", N_("nested too deeply")
    return "BAD_JSON", N_("not valid JSON")


def not_an_object() -> Text:
    """What is said of a record that is a number, a text or a list."""
    return N_("a record is an object with fields")


class JsonLines:
    """An open file of JSON lines; iterating gives a :class:`JsonRow` or a :class:`Reject`."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._lines = Lines(source)

    @property
    def offset(self) -> int:
        """How many bytes have been read."""
        return self._lines.offset

    def __iter__(self) -> Iterator[JsonRow | Reject]:
        lines = self._lines
        while True:
            number, offset = lines.number, lines.offset
            try:
                line = lines.read()
            except TooLong:
                lines.back(offset, number)
                head = lines.glance(MAX_VALUE)
                lines.skip_line()
                message = N_("longer than {limit} bytes", limit=MAX_ROW)
                yield Reject(self._name, number, 1, "ROW_TOO_LONG", message, head)
                continue
            if not line:
                return
            text = line.strip()
            if text:
                yield self._row(number, 1 + len(line) - len(line.lstrip()), text)

    def _row(self, number: int, column: int, text: str) -> JsonRow | Reject:
        spoilt, self._lines.spoilt = self._lines.spoilt, False
        if spoilt:
            column = text.find("\\x") + 1
            message = N_("holds bytes that are no text")
            return Reject(self._name, number, column, "BAD_ENCODING", message, text[:MAX_VALUE])
        try:
            value = DECODER.decode(text)
        except (ValueError, RecursionError) as error:
            code, message = reason(error)
            column += error.pos if isinstance(error, json.JSONDecodeError) else 0
            return Reject(self._name, number, column, code, message, text[:MAX_VALUE])
        if type(value) is not dict:
            return Reject(self._name, number, column, "BAD_TYPE", not_an_object(), text[:MAX_VALUE])
        return JsonRow(number, column, value, text)
