"""What the parser of arguments says by itself, in the reader's language: its complaints and the frame of its help.

Typer's parser speaks English only. Its messages are read here, because it gives them no codes; one that is not
known is shown as it came.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_, Text

_NOT_A: Final = re.compile(r"^'(?P<value>.*)' is not a valid (?P<kind>\w+)(?: range)?\.$", re.DOTALL)
_RANGE: Final = re.compile(r"^(?P<value>\S+) is not in the range (?P<range>\S+)\.$")
_EXTRA: Final = re.compile(r"^Got unexpected extra argument\(s\) \((?P<words>.*)\)$", re.DOTALL)
_COMMAND: Final = re.compile(r"^No such command '(?P<name>.*)'\.$", re.DOTALL)
_NEEDS: Final = re.compile(r"^Option '(?P<option>.*)' requires (?:an|(?P<count>\d+)) arguments?\.$")
_NO_VALUE: Final = re.compile(r"^Option '(?P<option>.*)' does not take a value\.$")

#: How the help says what stands in brackets behind an option.
_EXTRAS: Final = re.compile(r"(?P<before>(?:^|  )\[)(?P<said>[^\[\]]*)\]$")
_HEADINGS: Final = {"Arguments": N_("Arguments"), "Options": N_("Options"), "Commands": N_("Commands")}
_WORDS: Final = {
    "[OPTIONS]": N_("[OPTIONS]"),
    "COMMAND [ARGS]...": N_("COMMAND [ARGS]..."),
    "Show this message and exit.": N_("Show this message and exit."),
}
#: What stands for the value of an option in the help.
_VALUES: Final = {
    "TEXT": N_("TEXT"),
    "NAME": N_("NAME"),
    "DATE": N_("DATE"),
    "FILE": N_("FILE"),
    "AGENT": N_("AGENT"),
    "REASON": N_("REASON"),
    "TYPE": N_("TYPE"),
    "CHANNEL": N_("CHANNEL"),
    "NUMBER": N_("NUMBER"),
    "ADDRESS": N_("ADDRESS"),
    "LEVEL": N_("LEVEL"),
    "YEAR": N_("YEAR"),
    "UNIT": N_("UNIT"),
    "KIND": N_("KIND"),
    "CHAR": N_("CHAR"),
    "ROLE": N_("ROLE"),
    "FORMAT": N_("FORMAT"),
    "PERIOD": N_("PERIOD"),
    "SEVERITY": N_("SEVERITY"),
    "DIFFICULTY": N_("DIFFICULTY"),
    "VIEW": N_("VIEW"),
    "ORDER": N_("ORDER"),
    "MOMENT": N_("MOMENT"),
}


def parser_said(error: Any) -> tuple[Text, Text]:
    """What was wrong with the arguments, and the next step, from one of the parser's usage errors."""
    message, hint = str(getattr(error, "message", None) or error), _help_of(error)
    if hasattr(error, "param_type"):
        return N_("{parameter} is missing", parameter=_parameter(error)), hint
    if hasattr(error, "possibilities"):
        near = ", ".join(sorted(error.possibilities or ()))
        said = N_("there is no option {option}", option=error.option_name)
        if near:
            return said, N_("did you mean: {names}?", names=near)
        return said, _behind_dashes(error) or hint
    if getattr(error, "param", None) is not None:
        return _bad_value(_parameter(error), message), hint
    return _misused(message, error), hint


def _help_of(error: Any) -> Text:
    """The next step: the help of the very command that was written."""
    command = "ouvidoria" if getattr(error, "ctx", None) is None else error.ctx.command_path
    return N_("see `{command} --help`", command=command)


def _parameter(error: Any) -> str:
    if error.param is None:
        return str(error.param_hint or "?")
    if error.param.param_type_name == "argument":
        return str(error.param.human_readable_name)
    return "/".join(error.param.opts)


def _behind_dashes(error: Any) -> Text | None:
    """The next step where a word that was meant may have been taken for an option: ``-status:closed``."""
    if error.option_name.startswith("--") or error.ctx is None:
        return None
    if not any("QUERY" in str(one.metavar) for one in error.ctx.command.params):
        return None
    return N_("put -- before a QUERY that begins with -: {command} -- -…", command=error.ctx.command_path)


def _bad_value(parameter: str, message: str) -> Text:
    found = _RANGE.match(message)
    if found is not None:
        return N_(
            "{parameter} is {value}, which is not in the range {range}",
            parameter=parameter,
            value=found["value"],
            range=found["range"],
        )
    found = _NOT_A.match(message)
    if found is not None and found["kind"] == "int":
        return N_("{parameter} is {value}, not a whole number", parameter=parameter, value=found["value"])
    return N_("{parameter}: {reason}", parameter=parameter, reason=message)


def _misused(message: str, error: Any) -> Text:
    found = _NEEDS.match(message)
    if found is not None and found["count"]:
        return N_("{option} needs {count} values", option=found["option"], count=found["count"])
    if found is not None:
        return N_("{option} needs a value", option=found["option"])
    found = _NO_VALUE.match(message)
    if found is not None:
        return N_("{option} takes no value", option=found["option"])
    found = _EXTRA.match(message)
    if found is not None:
        return N_("this is more than the command takes: {words}", words=found["words"])
    found = _COMMAND.match(message)
    if found is not None:
        return N_("there is no command {name}", name=found["name"][:40])
    if message == "Missing command.":
        return N_("a command is missing")
    return N_("{said}", said=getattr(error, "format_message", lambda: message)())


def speaking(command: Any) -> Any:
    """``command`` and the commands in it, with a help whose frame is in the language in force."""
    command.context_class = _context(command.context_class)
    for inner in getattr(command, "commands", {}).values():
        speaking(inner)
    return command


@cache
def _context(base: Any) -> Any:
    # Made when it is wanted: the bases come with the parser, which is loaded for a command only.
    formatter = type("SpokenHelp", (_Spoken, base.formatter_class), {})
    return type("SpokenContext", (base,), {"formatter_class": formatter})


class _Spoken:
    """The parts of the parser's help formatter that write words."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for written, word in _WORDS.items():
            args = args.replace(written, say(word))
        super().write_usage(prog, args, _("Usage: "))  # type: ignore[misc]

    def write_heading(self, heading: str) -> None:
        super().write_heading(say(_HEADINGS.get(heading, heading)))  # type: ignore[misc]

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: int, **sizes: int) -> None:
        said = [(_values(first), _extras(say(_WORDS.get(second, second)))) for first, second in rows]
        super().write_dl(said, *args, **sizes)  # type: ignore[misc]


def _values(written: str) -> str:
    """The left side of a line of help: an option with the name of its value."""
    option, blank, name = written.rpartition(" ")
    return option + blank + say(_VALUES[name]) if written.startswith("-") and name in _VALUES else written


def _extras(help_text: str) -> str:
    """The bracket at the end of an option's help: ``[default: 50; x>=0]``, ``[required]``."""

    def said(found: re.Match[str]) -> str:
        parts = [_extra(part) for part in found["said"].split("; ")]
        return found["before"] + "; ".join(parts) + "]"

    return _EXTRAS.sub(said, help_text)


def _extra(part: str) -> str:
    if part == "required":
        return _("required")
    name, mark, value = part.partition("default: ")
    return _("default: {value}", value=value) if mark and not name else part
