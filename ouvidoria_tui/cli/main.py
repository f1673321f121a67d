"""The entry point: the language, the global options, one command's module, and one place where errors end."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ouvidoria_tui import __version__

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals


def main() -> None:
    """Runs ``ouvidoria`` with the arguments of the process and leaves with its exit code."""
    if sys.argv[1:] == ["--version"]:  # answered before anything is loaded: scripts ask often
        print(f"ouvidoria {__version__}")
        return
    code = run(sys.argv[1:])
    _flush()
    sys.exit(code)


def run(argv: Sequence[str]) -> int:
    """The exit code of one call. Whatever goes wrong is said on stderr, as JSON where the call asks for JSON."""
    from ouvidoria_tui.cli.fail import say_failure
    from ouvidoria_tui.cli.session import Globals, split_globals

    _standard_streams()
    args = [_text(arg) for arg in argv]
    given = Globals()
    try:
        given.speak()
        given, rest = split_globals(args)
        given.speak()
        return _dispatch(given, rest)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader went away (`| head`): there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return say_failure(error, args, verbose=given.verbose)


def _dispatch(given: Globals, rest: list[str]) -> int:
    from ouvidoria_tui.cli.tree import COMMANDS, load, print_help, unknown

    if given.version:
        print(f"ouvidoria {__version__}")
        return 0
    if not rest:
        if not given.help and sys.stdin.isatty() and sys.stdout.isatty():
            from ouvidoria_tui.cli.console import open_console

            return open_console(given)
        print_help()
        return 0
    if given.help:
        print_help()
        return 0
    name = rest[0]
    if name not in COMMANDS:
        raise unknown(name)
    command = load(name)
    result: object = command.main(
        args=rest[1:], prog_name=f"ouvidoria {name}", standalone_mode=False, obj=given
    )
    return result if isinstance(result, int) else 0


def _text(arg: str) -> str:
    """An argument without half characters: bytes that were not UTF-8 become U+FFFD."""
    try:
        return arg.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return arg.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _standard_streams() -> None:
    """UTF-8 whatever the locale says: a C locale must not make a subject unprintable."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
