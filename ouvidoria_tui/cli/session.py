"""What every command shares: the global options, the desk they open, and where output goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ouvidoria_tui.domain.language import language_named
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.paths import default_store
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk

_WITH_VALUE = {"--db": "db", "--as": "agent", "--lang": "lang"}
_SWITCHES = {
    "--no-color": "no_color",
    "--quiet": "quiet",
    "-q": "quiet",
    "--verbose": "verbose",
    "-v": "verbose",
    "--ascii": "ascii",
    "--version": "version",
    "--help": "help",
    "-h": "help",
}


@dataclass(slots=True)
class Globals:
    """The options before the command."""

    db: str | None = None
    agent: str | None = None
    lang: str | None = None
    no_color: bool = False
    quiet: bool = False
    verbose: bool = False
    ascii: bool = False
    version: bool = False
    help: bool = False

    def speak(self) -> None:
        """Sets the language: ``--lang``, else the locale."""
        if self.lang is not None and language_named(self.lang) is None:
            raise UsageError(
                "BAD_LANGUAGE",
                N_("there is no language {lang}", lang=self.lang[:20]),
                N_("use --lang pt-BR or --lang en"),
            )
        set_language(self.lang)

    @property
    def path(self) -> Path:
        """The store that is meant."""
        return Path(self.db) if self.db else default_store()

    @property
    def out(self) -> TextIO:
        """Where data goes."""
        return sys.stdout

    @property
    def err(self) -> TextIO:
        """Where narration goes."""
        return sys.stderr

    @property
    def terminal(self) -> bool:
        """Whether a person reads the data on a terminal."""
        return self.out.isatty()

    @property
    def colour(self) -> bool:
        """Whether colours are wanted: a terminal, and neither ``--no-color`` nor ``NO_COLOR``."""
        return self.terminal and not self.no_color and not os.environ.get("NO_COLOR")

    @property
    def width(self) -> int | None:
        """The terminal's width; ``None`` where nothing shall be cut."""
        if not self.terminal:
            return None
        import shutil

        return shutil.get_terminal_size((80, 24)).columns

    @contextmanager
    def desk(self, *, read_only: bool = False) -> Iterator[Desk]:
        """The desk, in the hands of ``--as``, ``OUVIDORIA_AGENT`` or the system user; closed afterwards."""
        from ouvidoria_tui.bootstrap import open_desk

        agent = self.agent or os.environ.get("OUVIDORIA_AGENT") or None
        with open_desk(self.path, agent=agent, read_only=read_only) as desk:
            yield desk

    def narrate(self, sentence: str) -> None:
        """A line on stderr, unless ``--quiet``."""
        if not self.quiet:
            from ouvidoria_tui.present.safe import clean

            self.err.write(clean(sentence) + "\n")


def split_globals(args: Sequence[str]) -> tuple[Globals, list[str]]:
    """The options before the command, and the rest; ``UsageError`` ``UNKNOWN_OPTION`` or ``OPTION_NEEDS_VALUE``."""
    given = Globals()
    at = 0
    while at < len(args) and args[at].startswith("-") and args[at] != "-":
        name, equals, value = args[at].partition("=")
        at += 1
        if name in _WITH_VALUE:
            if not equals:
                if at == len(args):
                    raise UsageError(
                        "OPTION_NEEDS_VALUE",
                        N_("{option} needs a value", option=name),
                        N_("write it as {option} VALUE", option=name),
                    )
                value = args[at]
                at += 1
            setattr(given, _WITH_VALUE[name], value)
            if name == "--lang":
                given.speak()  # what is wrong with a later option is said in it
        elif name in _SWITCHES and not equals:
            setattr(given, _SWITCHES[name], True)
        else:
            raise UsageError(
                "UNKNOWN_OPTION",
                N_("there is no option {option} before the command", option=name[:40]),
                N_("options of a command stand behind its name; see `ouvidoria --help`"),
            )
    return given, list(args[at:])


def text_from(value: str | None) -> str | None:
    """The words of an option; ``-`` reads them from the standard input."""
    if value != "-":
        return value
    return sys.stdin.buffer.read().decode("utf-8", "replace")
