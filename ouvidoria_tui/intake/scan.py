"""Finds where a JSON value ends without decoding it: for what is broken, and for what is too long."""

from __future__ import annotations

import re

_TOKEN = re.compile(r'[{}\[\]:,"]')
_IN_STRING = re.compile(r'["\\\n]')
_CLOSES = {"}": "{", "]": "["}
_MAX_OPEN = 100_000


class Broken(Exception):
    """The brackets cannot be matched from ``at`` on; ``fresh``: a new object plainly begins there."""

    def __init__(self, at: int, *, fresh: bool) -> None:
        super().__init__(at)
        self.at = at
        self.fresh = fresh


class Scanner:
    """Follows brackets and strings of one object or array over pieces of text.

    It stops early where the text cannot be JSON: a line that ends inside a string, a bracket that closes
    another kind, an object where a key must be. So a lost quote or brace costs little more than its element.
    """

    def __init__(self) -> None:
        self._open: list[str] = []
        self._string = False
        self._last = ""

    def feed(self, text: str, start: int) -> tuple[bool, int]:
        """Scans ``text`` from ``start``: ``(True, end)`` where the value ends, ``(False, next)`` to go on at.

        ``next`` may lie one past the text (an escape cut in two). Raises ``Broken``.
        """
        size = len(text)
        at = start
        while at < size:
            match = (_IN_STRING if self._string else _TOKEN).search(text, at)
            if match is None:
                return False, size
            at = match.end()
            char = match[0]
            if self._string:
                if char == "\\":
                    at += 1
                elif char == "\n":
                    raise Broken(at - 1, fresh=False)
                else:
                    self._string = False
            elif char == '"':
                self._string = True
            elif self._bracket(char, at - 1):
                return True, at
        return False, at

    def _bracket(self, char: str, at: int) -> bool:
        """Takes one structural character; whether the value ends with it."""
        last, self._last = self._last, char
        if char in "{[":
            if self._open and self._open[-1] == "{" and last != ":":
                raise Broken(at, fresh=char == "{")
            if len(self._open) >= _MAX_OPEN:
                raise Broken(at, fresh=False)
            self._open.append(char)
        elif char in "}]":
            if not self._open or self._open.pop() != _CLOSES[char]:
                raise Broken(at, fresh=False)
            return not self._open
        return False
