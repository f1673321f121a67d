"""The commands that documentation shows: found in ``console`` blocks, split as a shell would, parsed, not run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ouvidoria_tui.cli.session import split_globals
from ouvidoria_tui.cli.tree import COMMANDS, load, unknown

ROOT = Path(__file__).resolve().parent.parent.parent
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BETWEEN = {"|", "||", "&&", ";", "&", "(", ")"}
_WORDS_OF_THE_SHELL = {"do", "then", "if", "while", "!", "$"}
_OTHER_NAMES = (".venv/bin/ouvidoria",)


@dataclass(frozen=True, slots=True)
class Typed:
    """One command as it is typed after ``$``, and what the page shows under it."""

    command: str
    output: tuple[str, ...]


def sessions(text: str) -> list[list[Typed]]:
    """The commands of each ``console`` block of a page."""
    return [list(_typed(block.splitlines())) for block in _BLOCK.findall(text)]


def _typed(lines: Sequence[str]) -> Iterator[Typed]:
    command, output, goes_on = "", list[str](), False
    for line in lines:
        if goes_on:
            command += "\n" + line
        elif line.startswith("$ "):
            if command:
                yield Typed(command, tuple(output))
            command, output = line[2:], []
        else:
            output.append(line)
            continue
        goes_on = command.rstrip().endswith(("\\", "|")) or command.count("'") % 2 == 1
    if command:
        yield Typed(command, tuple(output))


def calls(command: str) -> list[list[str]]:
    """The arguments of every ``ouvidoria`` in a line of shell; redirections are left out."""
    lexer = shlex.shlex(command.replace("\\\n", " "), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    found: list[list[str]] = []
    words: list[str] = []
    skip = False
    for token in [*lexer, ";"]:
        if skip:
            skip = False
        elif token in _BETWEEN:
            found += _call(words)
            words = []
        elif token.startswith(("<", ">")):
            skip = True
        else:
            words.append(token)
    return found


def _call(words: list[str]) -> list[list[str]]:
    while words and (words[0] in _WORDS_OF_THE_SHELL or "=" in words[0]):
        words = words[1:]
    return [words[1:]] if words and words[0] in ("ouvidoria", *_OTHER_NAMES) else []


def parse(arguments: Sequence[str]) -> None:
    """Nothing, where the command line takes the arguments; raises what it would raise. Nothing is run."""
    given, rest = split_globals(arguments)
    if given.help or given.version or not rest:
        return
    if rest[0] not in COMMANDS:
        raise unknown(rest[0])
    command: Any = load(rest[0])
    name, rest = rest[0], rest[1:]
    inner = getattr(command, "commands", {})
    if inner and rest and not rest[0].startswith("-"):
        if rest[0] not in inner:
            raise AssertionError(f"{name} has no command {rest[0]}")
        command, name, rest = inner[rest[0]], f"{name} {rest[0]}", rest[1:]
    if set(rest) & {"-h", "--help"}:
        return
    command.make_context(name, list(rest), obj=given)
    _check_words(name, rest)


def _check_words(name: str, rest: Sequence[str]) -> None:
    """Protocols and filter lines are right, too."""
    from ouvidoria_tui.domain.query import parse as parse_query

    for word in rest:
        if re.fullmatch(r"\d{4}-\d{6,}-\d", word):
            from ouvidoria_tui.domain.protocol import parse_protocol

            parse_protocol(word)
    if name in ("queue", "export", "triage"):
        for word in rest:
            if re.match(r"[a-z]+[:<>]", word):
                parse_query(word)
