"""How a call that failed says so: a sentence, the next step, a stable code; JSON where the call speaks JSON."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ouvidoria_tui.errors import OuvidoriaError, UsageError
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import say
from ouvidoria_tui.text import N_, Text


def say_failure(error: BaseException, args: Sequence[str], *, verbose: bool = False) -> int:
    """The exit code of ``error``, which has been said on stderr."""
    failure = _ours(error)
    if failure is None:
        failure = OuvidoriaError(
            "UNEXPECTED",
            N_("an unexpected fault: {kind}", kind=type(error).__name__),
            N_("run it again with --verbose and report what it prints"),
        )
        if verbose:
            import traceback

            traceback.print_exception(error)
    if speaks_json(args):
        _write_json(failure)
    else:
        _write_words(failure)
    return failure.exit_code


def speaks_json(args: Sequence[str]) -> bool:
    """Whether the call asked for ``--format json`` or ``jsonl``."""
    wanted = {"json", "jsonl"}
    for at, arg in enumerate(args):
        if arg in ("--format", "-f") and at + 1 < len(args):
            return args[at + 1] in wanted
        if arg.startswith("--format="):
            return arg.partition("=")[2] in wanted
    return False


def error_record(failure: OuvidoriaError) -> dict[str, object]:
    """``{code, message, hint}`` and what else the error knows."""
    return {
        "code": failure.code,
        "message": say(failure.message),
        "hint": say(failure.hint) if failure.hint else None,
        **{name: _plain(value) for name, value in failure.details.items()},
        **_problems(failure),
    }


def _problems(failure: OuvidoriaError) -> dict[str, object]:
    """The mistakes of a policy in the reader's language; its details hold them in English."""
    from ouvidoria_tui.domain.policy_file import PolicyInvalid

    if not isinstance(failure, PolicyInvalid):
        return {}
    places = [problem.params for problem in failure.problems]
    return {
        "problems": [
            {"line": place["line"], "key": place.get("key", ""), "message": _plain(place["what"])}
            for place in places
        ]
    }


def _write_json(failure: OuvidoriaError) -> None:
    from ouvidoria_tui.present.json_text import json_text

    sys.stderr.write(json_text({"error": error_record(failure)}) + "\n")


def _write_words(failure: OuvidoriaError) -> None:
    place = "" if hasattr(failure, "problems") else _place(failure)  # each of them names its own place
    sys.stderr.write(clean(f"ouvidoria: {place}{say(failure.message)} [{failure.code}]") + "\n")
    if failure.code == "BAD_QUERY":
        from ouvidoria_tui.domain.query_error import caret

        sys.stderr.write(caret(failure) + "\n")
    if failure.hint is not None:
        sys.stderr.write("  " + clean(say(failure.hint)) + "\n")
    problems = getattr(failure, "problems", None) or failure.details.get("problems")
    if isinstance(problems, list | tuple) and len(problems) > 1:
        for problem in problems:
            sys.stderr.write("  - " + clean(str(_line(problem))) + "\n")


def _line(problem: object) -> str:
    if isinstance(problem, dict):
        message = problem.get("message", "")
        text = say(message) if isinstance(message, Text) else str(message)
        return f"{problem.get('line', '?')}: {text}"
    return say(problem) if isinstance(problem, Text) else str(problem)


def _place(failure: OuvidoriaError) -> str:
    file, line = failure.details.get("file"), failure.details.get("line")
    if file is None:
        return ""
    return f"{file}:{line}: " if line else f"{file}: "


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return say(value)
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _ours(error: BaseException) -> OuvidoriaError | None:
    if isinstance(error, OuvidoriaError):
        return error
    parser_error = _parser_error(error)
    if parser_error is not None:
        return parser_error
    if isinstance(error, OSError):
        return OuvidoriaError(
            "OS_ERROR",
            N_("{path}: {reason}", path=str(error.filename or ""), reason=error.strerror or str(error)),
            N_("check the path and the rights on it"),
        )
    return None


def _parser_error(error: BaseException) -> OuvidoriaError | None:
    """What Typer's parser says of the arguments, as one of ours."""
    import typer

    # Typer carries its own parser: its base of usage errors is reached through what Typer exports.
    usage, base = typer.BadParameter.__mro__[1:3]
    if isinstance(error, typer.Abort):
        return UsageError("ABORTED", N_("nothing was done"), None)
    if isinstance(error, typer.BadParameter | usage | base):
        from ouvidoria_tui.cli.parser_words import parser_said

        return UsageError("USAGE", *parser_said(error))
    return None
