"""On which line of a TOML text each key stands: the standard parser gives values without places.

The text has been accepted by ``tomllib`` before it comes here, so the walk trusts its grammar; on anything
else it stops early and the caller falls back to the nearest known table.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress

#: Keys of tables and places in arrays (counted from 0), from the root down.
Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""
    (?P<skip>[ \t\r]+|\#[^\n]*)
  | (?P<newline>\n)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}
      |'''(?:[^']|'{1,2}(?!'))*'{3,5}
      |"(?:[^"\\\n]|\\.)*"
      |'[^'\n]*')
  | (?P<sign>[\[\]{}=,.])
  | (?P<bare>[^\s\[\]{}=,.\#"']+)
    """,
    re.VERBOSE | re.DOTALL,
)


class _Walk:
    """One pass over the tokens; ``lines`` fills up as keys are met."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, int]] = []
        line = 1
        for match in _TOKEN.finditer(text):
            if match.lastgroup != "skip":
                self.tokens.append((match.group(), line))
            line += match.group().count("\n")
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    @property
    def token(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    @property
    def line(self) -> int:
        return self.tokens[min(self.at, len(self.tokens) - 1)][1]

    def document(self) -> None:
        table: Path = ()
        while self.token:
            if self.token == "\n":
                self.at += 1
            elif self.token == "[":
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> Path:
        line = self.line
        self.at += 1
        many = self.token == "["
        self.at += many
        keys = self.keys("]")
        self.at += 1 + many
        path: Path = ()
        for place, key in enumerate(keys):
            path += (key,)
            if many and place == len(keys) - 1:
                self.counts[path] = self.counts.get(path, 0) + 1
            self.lines.setdefault(path, line)
            if path in self.counts:
                path += (self.counts[path] - 1,)
                self.lines.setdefault(path, line)
        return path

    def pair(self, table: Path) -> None:
        line = self.line
        path = table
        for key in self.keys("="):
            path += (key,)
            self.lines.setdefault(path, line)
        self.at += 1
        self.value(path)

    def keys(self, end: str) -> list[str]:
        found = []
        while self.token not in ("", "\n", end):
            if self.token != ".":
                found.append(_plain(self.token))
            self.at += 1
        return found

    def value(self, path: Path) -> None:
        if self.token == "[":
            self.array(path)
        elif self.token == "{":
            self.at += 1
            while self.token not in ("", "}"):
                if self.token in (",", "\n"):
                    self.at += 1
                else:
                    self.pair(path)
            self.at += 1
        else:
            while self.token not in ("", "\n", ",", "]", "}"):
                self.at += 1

    def array(self, path: Path) -> None:
        self.at += 1
        place = 0
        while self.token not in ("", "]"):
            if self.token in (",", "\n"):
                place += self.token == ","
                self.at += 1
            else:
                self.lines.setdefault((*path, place), self.line)
                before = self.at
                self.value((*path, place))
                self.at += self.at == before  # a stray sign must not hold the walk for ever
        self.at += 1


def _plain(token: str) -> str:
    if token[0] in "\"'":
        return str(tomllib.loads(f"key = {token}")["key"])
    return token


def locate(text: str) -> dict[Path, int]:
    """The line (counted from 1) of every key and array entry of a valid TOML ``text``."""
    walk = _Walk(text.replace("\r\n", "\n"))
    # A place is a courtesy: where the walk fails, what was found so far still serves.
    with suppress(tomllib.TOMLDecodeError, IndexError, RecursionError):
        walk.document()
    return walk.lines


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of ``path``, or of the nearest table around it; 1 where nothing around it is known."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def path_of(key: str) -> Path:
    """The path that a key such as ``gates.redirects[2].words[1]`` names; entries of a list counted from 1."""
    return tuple(
        int(number) - 1 if number else name
        for name, number in re.findall(r"([^.\[\]]+)(?!\])|\[(\d+)\]", key)
    )
