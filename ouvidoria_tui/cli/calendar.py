"""Business-time arithmetic: due, between, open, show, batch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.calendar_source import Calendars, chosen_calendar
from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.domain.calendar import Calendar
    from ouvidoria_tui.domain.calendar_batch import Batch
    from ouvidoria_tui.intake.json_stream import JsonDocument
    from ouvidoria_tui.intake.jsons import JsonLines, JsonRow
    from ouvidoria_tui.intake.record import Reject
    from ouvidoria_tui.intake.source import Source

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=CONTEXT
)

NameOption = Annotated[
    str | None, typer.Option("--calendar", metavar="NAME", help=_("A calendar of the policy (default: desk)"))
]
ProfileOption = Annotated[
    str | None,
    typer.Option("--profile", metavar="NAME|FILE", help=_("A profile instead of the policy in force")),
]
FileOption = Annotated[
    str | None,
    typer.Option(
        "--calendar-file", metavar="FILE", help=_("A calendar of its own: tz, week, holidays (JSON)")
    ),
]


@app.callback(invoke_without_command=True, help=_("Business-time arithmetic."))
def calendar(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@app.command(
    help=_("The moment at which so many open minutes have run.")
    + f"\n\n\b\n{_('Examples')}:\n"
    + "ouvidoria calendar due --calendar desk --start 2026-11-13T16:30:00-03:00 --minutes 1440"
)
def due(
    ctx: typer.Context,
    start: Annotated[str, typer.Option("--start", metavar="RFC3339", help=_("From when"))],
    minutes: Annotated[
        int, typer.Option("--minutes", metavar="N", help=_("Open minutes; negative counts backwards"))
    ],
    name: NameOption = None,
    profile: ProfileOption = None,
    file: FileOption = None,
) -> None:
    from ouvidoria_tui.domain.calendar_batch import written

    given: Globals = ctx.obj
    found = chosen_calendar(given, name, profile, file)
    given.out.write(written(found.add(moment_at(start, found), minutes * 60), found.tz) + "\n")


@app.command(
    help=_("The open minutes between two moments; negative where the end comes first.")
    + f"\n\n\b\n{_('Examples')}:\n"
    + "ouvidoria calendar between --start 2026-11-13T16:30:00-03:00 --end 2026-11-16T09:00:00-03:00"
)
def between(
    ctx: typer.Context,
    start: Annotated[str, typer.Option("--start", metavar="RFC3339", help=_("From when"))],
    end: Annotated[str, typer.Option("--end", metavar="RFC3339", help=_("Until when"))],
    name: NameOption = None,
    profile: ProfileOption = None,
    file: FileOption = None,
) -> None:
    given: Globals = ctx.obj
    found = chosen_calendar(given, name, profile, file)
    seconds = found.elapsed(moment_at(start, found), moment_at(end, found))
    minutes, rest = divmod(abs(seconds), 60)
    sign = "-" if seconds < 0 else ""
    # Whole minutes as such; a rest of seconds is not silently dropped.
    figure = f"{minutes}" if not rest else f"{minutes + rest / 60:.2f}"
    given.out.write(f"{sign}{figure}\n")


@app.command(
    "open",
    help=_("Whether the desk is open at a moment, and when it opens and closes next.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria calendar open --at 2026-11-20T10:00",
)
def open_(
    ctx: typer.Context,
    at: Annotated[str | None, typer.Option("--at", metavar="RFC3339", help=_("When (default: now)"))] = None,
    name: NameOption = None,
    profile: ProfileOption = None,
    file: FileOption = None,
    fmt: FormatOption = None,
) -> None:
    from ouvidoria_tui.clock import SystemClock
    from ouvidoria_tui.domain.calendar_batch import written

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    found = chosen_calendar(given, name, profile, file)
    moment = SystemClock().now() if at is None else moment_at(at, found)
    record = {
        "at": written(moment, found.tz),
        "open": found.is_open(moment),
        "closed_as": found.closed_as(found.local_date(moment)),
        "next_opening": written(found.next_opening(moment), found.tz),
        "next_closing": written(found.next_closing(moment), found.tz),
    }
    emit(given, chosen, [record], _open_columns())


@app.command(
    help=_("The hours of a calendar, and the dates that differ.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria calendar show --year 2026 --format json"
)
def show(
    ctx: typer.Context,
    name: NameOption = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", metavar="YEAR", min=1970, max=2199, help=_("Dates of which year (default: this one)")
        ),
    ] = None,
    profile: ProfileOption = None,
    file: FileOption = None,
    fmt: FormatOption = None,
) -> None:
    from ouvidoria_tui.cli.calendar_rows import show_columns, show_rows

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    found = chosen_calendar(given, name, profile, file)
    emit(given, chosen, show_rows(found, year), show_columns())


@app.command(
    help=_("Many questions at once: JSON lines or one JSON list in, a line for each out. Needs no store.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria calendar batch questions.jsonl\n"
    + """echo '{"id":1,"op":"add","tz":"UTC","week":{"mon":[["09:00","17:00"]]},"""
    + """"start":"2026-11-23T16:30:00Z","minutes":60}' |\n    ouvidoria calendar batch -"""
)
def batch(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE|-", help=_("The questions; - reads them"))],
    profile: ProfileOption = None,
) -> int:
    from ouvidoria_tui.domain.calendar_batch import Batch
    from ouvidoria_tui.intake.jsons import JsonRow
    from ouvidoria_tui.intake.source import open_source
    from ouvidoria_tui.present.json_text import json_text

    given: Globals = ctx.obj
    engine = Batch(Calendars(given, profile))
    source = open_source(file)
    done = refused = 0
    try:
        for row in _rows(source):
            answer = _answer(engine, row) if isinstance(row, JsonRow) else _refusal(None, row)
            if "error" in answer:
                refused += 1
                _say_refused(given, row.line, answer)
            else:
                done += 1
            given.out.write(json_text(answer) + "\n")
    finally:
        source.close()
    return 0 if not refused else 6 if done else 2


def _rows(source: Source) -> Iterator[JsonRow | Reject]:
    from ouvidoria_tui.intake.json_stream import JsonDocument
    from ouvidoria_tui.intake.jsons import DECODER, JsonLines

    first = source.sample().lstrip().partition("\n")[0]
    lines = first.startswith("{")
    if lines:
        try:
            DECODER.decode(first)
        except ValueError:
            lines = "}" in first  # a broken line among lines; else one object over several of them
        except RecursionError:
            pass
    reader: JsonLines | JsonDocument = JsonLines(source) if lines else JsonDocument(source)
    return iter(reader)


def _answer(engine: Batch, row: JsonRow) -> dict[str, object]:
    try:
        return {"id": row.value.get("id"), "result": engine.run(row.value)}
    except UsageError as error:
        return _refusal(row.value.get("id"), error)


def _refusal(id_: object, error: UsageError | Reject) -> dict[str, object]:
    return {"id": id_, "result": None, "error": {"code": error.code, "message": say(error.message)}}


def _say_refused(given: Globals, line: int, answer: dict[str, object]) -> None:
    error = answer["error"]
    assert isinstance(error, dict)
    given.narrate(_("line {line}: {message}", line=line, message=error["message"]) + f" [{error['code']}]")


def moment_at(text: str, found: Calendar) -> int:
    """Epoch seconds of an instant; without an offset, of that reading of the calendar's own clock."""
    from ouvidoria_tui.domain.calendar_batch import read_instant

    try:
        return read_instant(text.strip(), found)
    except (ValueError, OverflowError):
        from ouvidoria_tui.clock import SystemClock
        from ouvidoria_tui.present.dates import parse_when

        return parse_when(text, found.tz, SystemClock().now())


def _open_columns() -> tuple[Column, ...]:
    def state(record: Record) -> str:
        if record["open"]:
            return _("open")
        holiday = record["closed_as"]
        return _("closed: {holiday}", holiday=holiday) if holiday else _("closed now")

    return (
        Column("at", N_("Moment")),
        Column("open", N_("Desk"), render=state, flex=True),
        Column("closed_as", N_("Holiday"), priority=3),
        Column("next_opening", N_("Opens"), priority=1),
        Column("next_closing", N_("Closes"), priority=2),
    )
