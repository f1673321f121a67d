"""A JSON document read as it comes: ``[…]``, ``{"tickets": […]}`` or one object; never whole in memory.

An element that is broken is refused with the line and column of the fault. Reading goes on after its end;
where its end cannot be told (a lost quote or brace), at the next line that opens an object no deeper.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ouvidoria_tui.intake.json_window import Window
from ouvidoria_tui.intake.jsons import DECODER, JsonRow, not_an_object, reason
from ouvidoria_tui.intake.record import MAX_ROW, Reject
from ouvidoria_tui.intake.scan import Broken, Scanner
from ouvidoria_tui.intake.source import Source
from ouvidoria_tui.text import N_, Text

_OPENS_LINE = re.compile(r"\n([ \t]*)(?=\{)")
#: What the list is called in our own export, and in answers of Fala.BR.
_LIST_KEYS = frozenset({"tickets", "manifestacoes"})
_MAX_WORD = 1024


class JsonDocument:
    """An open JSON document; iterating gives a :class:`JsonRow` or a :class:`Reject`."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._window = Window(source)
        self._given_up = False

    @property
    def offset(self) -> int:
        """How many bytes have been read."""
        return self._window.offset

    def __iter__(self) -> Iterator[JsonRow | Reject]:
        window = self._window
        first = window.peek()
        if first == "[":
            window.pos += 1
            yield from self._list()
        elif first == "{":
            yield from self._object()
        else:
            yield self._reject("BAD_JSON", N_("a list of records or one record is expected here"))
            return
        if not self._given_up and window.peek():
            yield self._reject("BAD_JSON", N_("text after the end of the document"))

    def _reject(self, code: str, message: Text, at: int | None = None) -> Reject:
        at = self._window.pos if at is None else at
        line, column = self._window.place(at)
        return Reject(self._name, line, column, code, message, self._window.glance(at))

    def _list(self) -> Iterator[JsonRow | Reject]:
        """The elements up to the closing bracket; ``pos`` ends after it, or at the end of the file."""
        window = self._window
        begun = False
        while char := window.peek():
            if char == "]":
                window.pos += 1
                return
            if char == ",":
                if not begun:
                    yield self._reject("BAD_JSON", N_("a record is missing before this comma"))
                window.pos += 1
                begun = False
                continue
            if begun:
                yield self._reject("BAD_JSON", N_("a comma is missing before this record"))
            found = self._element()
            yield found
            # After a broken element its comma may be gone too: that is part of the same fault.
            begun = not isinstance(found, Reject) or window.peek() in (",", "]")
        if not self._given_up:
            yield self._reject("BAD_JSON", N_("the file ends inside the list"))

    def _object(self) -> Iterator[JsonRow | Reject]:
        """One record, or the records of the list under ``tickets``."""
        window = self._window
        line, column = window.place(window.pos)
        window.pos += 1
        fields: dict[str, object] = {}
        size = 0
        listed = False
        self._given_up = True  # a fault among the fields leaves nothing to go on with
        while (char := window.peek()) and char != "}":
            if char == ",":
                window.pos += 1
                continue
            key = self._value()
            if isinstance(key, Reject) or not isinstance(key[0], str) or window.peek() != ":":
                yield (
                    key if isinstance(key, Reject) else self._reject("BAD_JSON", N_("a key is expected here"))
                )
                return
            window.pos += 1
            if key[0].lower() in _LIST_KEYS and window.peek() == "[":
                window.pos += 1
                listed = True
                self._given_up = False
                yield from self._list()
                if self._given_up:
                    return
                self._given_up = True
                continue
            if not window.peek():
                break
            value = self._value()
            if isinstance(value, Reject):
                yield value
                return
            if key[0] in fields:
                yield self._reject("DUPLICATE_KEY", N_("an object has the same key twice"))
                return
            fields[key[0]] = value[0]
            size += value[1]
            if size > MAX_ROW:
                yield self._reject("ROW_TOO_LONG", N_("longer than {limit} characters", limit=MAX_ROW))
                return
        if window.peek() != "}":
            yield self._reject("BAD_JSON", N_("the file ends inside the object"))
            return
        self._given_up = False
        window.pos += 1
        if not listed:
            yield JsonRow(line, column, fields, "")

    def _element(self) -> JsonRow | Reject:
        window = self._window
        found = self._value()
        if isinstance(found, Reject):
            return found
        value, size = found
        start = window.pos - size
        line, column = window.place(start)
        if size > MAX_ROW:
            message = N_("longer than {limit} characters", limit=MAX_ROW)
            return Reject(self._name, line, column, "ROW_TOO_LONG", message, window.glance(start))
        if type(value) is not dict:
            return Reject(self._name, line, column, "BAD_TYPE", not_an_object(), window.glance(start)[:size])
        return JsonRow(line, column, value, window.text[start : window.pos])

    def _value(self) -> tuple[object, int] | Reject:
        """The value at ``pos`` and the length of its text; ``pos`` moves behind it."""
        window = self._window
        try:
            value, end = DECODER.raw_decode(window.text, window.pos)
            if end < len(window.text) or window.text[end - 1] in '}]"':
                size, window.pos = end - window.pos, end
                return value, size
        except (ValueError, RecursionError):
            pass  # broken, or cut at the end of the window: the scanner tells
        return self._slow_value()

    def _slow_value(self) -> tuple[object, int] | Reject:
        """As ``_value``, for what does not lie whole in the window, is broken, or is too long."""
        window = self._window
        if window.text[window.pos] not in "{[":
            return self._scalar()
        scanner = Scanner()
        at = window.pos
        try:
            done, at = scanner.feed(window.text, at)
            while not done:
                if len(window.text) - window.pos > MAX_ROW:
                    return self._pass_long(scanner, at)
                at -= window.pos
                if not window.more():
                    return self._lost(len(window.text))
                done, at = scanner.feed(window.text, at)
        except Broken as error:
            return self._lost(error.at, fresh=error.fresh)
        try:
            value, end = DECODER.raw_decode(window.text, window.pos)
        except (ValueError, RecursionError) as error:
            return self._broken(error, at)
        size, window.pos = end - window.pos, end
        return value, size

    def _scalar(self) -> tuple[object, int] | Reject:
        """A number, a word or a text across the end of the window; none of them is a record."""
        window = self._window
        limit = MAX_ROW if window.text[window.pos] == '"' else _MAX_WORD
        while len(window.text) - window.pos < limit and window.more():
            try:
                value, end = DECODER.raw_decode(window.text, window.pos)
            except (ValueError, RecursionError):
                continue
            if end < len(window.text):
                size, window.pos = end - window.pos, end
                return value, size
        return self._lost(window.pos)

    def _broken(self, error: Exception, end: int) -> Reject:
        """The reject of an element whose end is known; ``pos`` moves there."""
        window = self._window
        code, message = reason(error)
        fault = error.pos if isinstance(error, json.JSONDecodeError) else window.pos
        value = window.glance(window.pos)[: end - window.pos]
        line, column = window.place(min(fault, end))
        window.pos = end
        return Reject(self._name, line, column, code, message, value)

    def _pass_long(self, scanner: Scanner, at: int) -> Reject:
        """The reject of an element beyond the limit, read to its end but not kept."""
        window = self._window
        message = N_("longer than {limit} characters", limit=MAX_ROW)
        line, column = window.place(window.pos)
        reject = Reject(self._name, line, column, "ROW_TOO_LONG", message, window.glance(window.pos))
        done = False
        try:
            while not done:
                window.pos = min(at, len(window.text))
                at -= window.pos
                if not window.more():
                    return reject
                done, at = scanner.feed(window.text, at)
            window.pos = at
        except Broken as error:
            window.pos = error.at
            self._resume(None)
        return reject

    def _lost(self, at: int, *, fresh: bool = False) -> Reject:
        """The reject of an element whose end cannot be told; ``pos`` moves to where reading may go on."""
        window = self._window
        line, column = window.place(window.pos)
        indent = (
            column - 1
            if not window.text[window.text.rfind("\n", 0, window.pos) + 1 : window.pos].strip()
            else None
        )
        value = window.glance(window.pos)
        fault = at
        try:
            DECODER.raw_decode(window.text, window.pos)
        except json.JSONDecodeError as error:
            fault = max(window.pos, min(error.pos, at))
        except (ValueError, RecursionError):
            pass
        line, column = window.place(fault)
        window.pos = fault
        if fresh:
            window.pos = at
        else:
            self._resume(indent)
        return Reject(self._name, line, column, "BAD_JSON", N_("not valid JSON"), value)

    def _resume(self, indent: int | None) -> None:
        """Moves to the next line that opens an object, indented at most ``indent``; else to the end."""
        window = self._window
        while True:
            for match in _OPENS_LINE.finditer(window.text, window.pos):
                if indent is None or len(match[1]) <= indent:
                    window.pos = match.end()
                    return
            cut = window.text.rfind("\n", window.pos)
            window.pos = cut if cut >= 0 else len(window.text)
            if not window.more():
                window.pos = len(window.text)
                self._given_up = True
                return
