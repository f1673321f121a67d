"""`ouvidoria doctor`: is this machine well, and the store, and its policy; what to do where they are not."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Annotated, Final

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.domain.checkup import Check, Health
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _, plural, say
from ouvidoria_tui.text import N_, Text

OLDEST_PYTHON: Final = (3, 11)
#: What the console is drawn for, and below which it asks for a larger window.
_COMFORT, _LEAST = (80, 24), (60, 16)

_STATES: Final[Mapping[str, tuple[Text, str]]] = {
    "ok": (N_("ok"), ""),
    "warning": (N_("warning"), "warn"),
    "problem": (N_("problem"), "bad"),
}


def doctor(
    ctx: typer.Context,
    mail: Annotated[bool, typer.Option("--mail", help=_("Greet the mail server, too"))] = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.bootstrap import system_user
    from ouvidoria_tui.clock import SystemClock
    from ouvidoria_tui.outbound.checkup import road_checks
    from ouvidoria_tui.report.health import engine_check, settings_at, store_checks

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    agent = given.agent or os.environ.get("OUVIDORIA_AGENT") or system_user()
    found = [python_check(), engine_check(), *machine_checks(given)]
    found += store_checks(given.path, agent=agent, now=SystemClock().now())
    found += road_checks(settings_at(given.path), reach=mail)
    emit(given, chosen, map(_record, found), _columns())
    if chosen == "table":
        _advice(given, found)
    return 7 if any(check.health is Health.PROBLEM for check in found) else 0


def python_check(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> Check:
    """Whether Python is new enough."""
    written = ".".join(map(str, version))
    if version < OLDEST_PYTHON:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        return Check(
            "python",
            Health.PROBLEM,
            N_("Python {version} is too old", version=written),
            N_("version {oldest} or newer is needed", oldest=oldest),
        )
    return Check("python", Health.OK, N_("Python {version}", version=written))


def machine_checks(given: Globals, environ: Mapping[str, str] = os.environ) -> Iterator[Check]:
    """Time zones, and the terminal where there is one."""
    yield _zones()
    yield locale_check(environ)
    if given.terminal:
        import shutil

        size = shutil.get_terminal_size()
        yield terminal_check(size.columns, size.lines)


def locale_check(environ: Mapping[str, str]) -> Check:
    """Whether the locale can show accents."""
    name = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    if "utf" in name.lower():
        return Check("locale", Health.OK, N_("the locale {name}", name=name))
    return Check(
        "locale",
        Health.WARNING,
        N_("the locale {name} is not UTF-8: accents may look wrong", name=name or "C"),
        N_("set LANG=pt_BR.UTF-8, or use --ascii"),
    )


def terminal_check(columns: int, lines: int) -> Check:
    """Whether the console has room."""
    size = N_("{columns} columns, {lines} lines", columns=columns, lines=lines)
    if columns < _LEAST[0] or lines < _LEAST[1]:
        return Check(
            "terminal",
            Health.WARNING,
            size,
            N_("the console needs {columns} x {lines}", columns=_LEAST[0], lines=_LEAST[1]),
        )
    if columns < _COMFORT[0] or lines < _COMFORT[1]:
        return Check(
            "terminal",
            Health.WARNING,
            size,
            N_("the console is drawn for {columns} x {lines}", columns=_COMFORT[0], lines=_COMFORT[1]),
        )
    return Check("terminal", Health.OK, size)


def _zones() -> Check:
    from importlib.metadata import PackageNotFoundError, version
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo("America/Sao_Paulo")
    except (KeyError, OSError):
        return Check(
            "time-zones",
            Health.PROBLEM,
            N_("this machine has no time zone data"),
            N_("install the package tzdata"),
        )
    try:
        return Check("time-zones", Health.OK, N_("tzdata {version}", version=version("tzdata")))
    except PackageNotFoundError:
        return Check("time-zones", Health.OK, N_("the system's own time zone data"))


def _advice(given: Globals, found: list[Check]) -> None:
    """What to do, after the table: there it would be cut."""
    todo = [check for check in found if check.hint is not None]
    for check in todo:
        given.narrate(f"{check.name}: {say(check.message)}")
        given.narrate(f"    {say(check.hint)}")
    if todo:
        given.narrate(plural("{count} thing to look at", "{count} things to look at", len(todo)))


def _record(check: Check) -> Record:
    return {
        "name": check.name,
        "state": check.health.value,
        "message": say(check.message),
        "hint": say(check.hint) if check.hint else None,
    }


def _columns() -> tuple[Column, ...]:
    def state(record: Record) -> str:
        return say(_STATES[str(record["state"])][0])

    def tone(record: Record) -> str:
        return _STATES[str(record["state"])][1]

    return (
        Column("name", N_("What")),
        Column("state", N_("State"), render=state, tone=tone),
        Column("message", N_("Found"), flex=True),
        Column("hint", N_("What to do"), flex=True, priority=1),
    )


vars(doctor)["example"] = "ouvidoria doctor\nouvidoria --db /srv/ouvidoria/desk.db doctor --format json"
