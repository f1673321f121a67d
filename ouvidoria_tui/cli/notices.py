"""Notices to many customers: send (a plan first), list, show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from ouvidoria_tui.cli.common import ToneOption, choice, written_in
from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals, text_from
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _, term_of
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.desk.notices import Run, Told
    from ouvidoria_tui.domain.notice import Notice

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=CONTEXT
)
#: The keys of a notice in the machine formats, and of what became of its audience.
KEYS: Final = ("notice", "kind", "subject", "date", "made_at", "made_by", "audiences", "entries", "copies")
_STATES: Final = ("queued", "sending", "sent", "held", "failed", "cancelled")
COUNTS: Final = ("found", "had", "entries", "copies", "held")


def _help(text: str, example: str) -> str:
    return f"{text}\n\n\b\n{_('Examples')}:\n{example}"


@app.callback(
    invoke_without_command=True,
    help=_help(
        _("Notices to many customers; without a command it lists them."),
        "ouvidoria notice\nouvidoria notice show 1",
    ),
)
def notice(ctx: typer.Context) -> int | None:
    return list_(ctx) if ctx.invoked_subcommand is None else None


@app.command(
    "send",
    help=_help(
        _("Say what a notice would do; with --apply give it: an entry in each history, a copy by mail."),
        "ouvidoria notice send --audience plan:team --kind maintenance --at-date 2026-12-05"
        " --subject 'Manutenção' --text 'Os sites ficam fora do ar das 2h às 4h.' --apply",
    ),
)
def send(
    ctx: typer.Context,
    audience: Annotated[
        str,
        typer.Option(
            "--audience",
            metavar="WHOM",
            help=_("all, plan:SLUG, department:SLUG, or words that find customers"),
        ),
    ],
    subject: Annotated[
        str, typer.Option("--subject", metavar="TEXT", help=_("What it is about, in one line"))
    ],
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help=_("The words; - reads them from the standard input"))
    ],
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help=_("maintenance, incident or other"))
    ] = "other",
    at_date: Annotated[
        str | None,
        typer.Option(
            "--at-date",
            metavar="YYYY-MM-DD",
            help=_("When what it tells of happens; where that is past, nothing is mailed"),
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            metavar="LANG",
            help=_(
                "Only those who are written to in pt-BR or en, and the letter in it (default: all, the desk's)"
            ),
        ),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help=_("Say what it would do (so without --apply, too)"))
    ] = False,
    apply: Annotated[bool, typer.Option("--apply", help=_("Do it"))] = False,
    confirm_tone: ToneOption = False,
    fmt: FormatOption = None,
) -> int:
    from dataclasses import replace

    from ouvidoria_tui.cli.agents_staff import day
    from ouvidoria_tui.desk.notices import Told, plan_notice
    from ouvidoria_tui.domain.notice import Audience, NoticeKind

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    about = choice(NoticeKind, kind, "--kind")
    assert about is not None
    if preview and apply:
        raise UsageError(
            "OPTIONS_EXCLUDE",
            N_("{first} and {second} exclude each other", first="--preview", second="--apply"),
            N_("leave one of them out"),
        )
    when = None if at_date is None else day(at_date, "--at-date")
    whom = replace(Audience.parse(audience), language=written_in(language))
    told = Told(whom, about, subject, text_from(text) or "", when)
    with given.desk(read_only=not apply) as desk:
        run = _sent(given, desk.confirming_tone(confirm_tone), told) if apply else plan_notice(desk, told)
        _say(given, chosen, told, run, applied=apply)
    return 0


@app.command("list", help=_help(_("The notices, the newest first."), "ouvidoria notice list --format json"))
def list_(ctx: typer.Context, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.report.notices import notices
    from ouvidoria_tui.report.reading import connection

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        rows = [_record(desk, one) for one in notices(connection(desk.store))]
    count = emit(given, chosen, rows, _columns(chosen))
    if chosen == "table" and not count:
        given.narrate(_("no notice has been sent"))
    return 0


@app.command(
    "show",
    help=_help(_("One notice: its words, whom it reached, how its copies stand."), "ouvidoria notice show 1"),
)
def show(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", min=1, help=_("The number of a notice"))],
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.notices import find_notice, greeted
    from ouvidoria_tui.report.notices import copies_of
    from ouvidoria_tui.report.reading import connection

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        one = find_notice(desk, number)
        states = copies_of(connection(desk.store), number)
        record = _record(desk, one) | {name: states.get(name, 0) for name in _STATES}
        record["text"] = greeted(one.text, None, one.language)
    if chosen != "table":
        keys = (*KEYS, *_STATES, "text")
        emit(given, chosen, [record], [Column(key, Text(key)) for key in keys])
        return 0
    emit(given, chosen, [record], _columns(chosen))
    from ouvidoria_tui.present.notice_words import states_words
    from ouvidoria_tui.present.safe import clean

    given.out.write(f"\n{clean(str(record['text']))}\n\n")
    given.out.write(_("Copies by mail: {told}", told=states_words(states)) + "\n")
    return 0


def _sent(given: Globals, desk: Desk, told: Told) -> Run:
    """The notice given, with its progress on stderr."""
    from ouvidoria_tui.desk.notices import send_notice
    from ouvidoria_tui.present.progress import stage

    run: Run | None = None
    label = N_("Writing the notice into histories")
    with stage(
        label, None, given.err, quiet=given.quiet, colour=given.colour, ascii_only=given.ascii
    ) as progress:
        done = 0
        for run in send_notice(desk, told):
            progress.advance(run.tally.found - done)
            done = run.tally.found
    assert run is not None
    return run


def _say(given: Globals, fmt: str, told: Told, run: Run, *, applied: bool) -> None:
    """The letter, both counts, and the difference by name of cause."""
    from ouvidoria_tui.domain.notice import Missing

    tally = run.tally
    result = "planned" if not applied else "done" if tally.entries else "unchanged"
    if fmt != "table":
        record: dict[str, object] = {
            "notice": run.number,
            "result": result,
            "kind": told.kind.value,
            "subject": run.letter.subject,
            "date": None if told.day is None else told.day.isoformat(),
            "audience": told.audience.fact,
            **{name: getattr(tally, name) for name in COUNTS},
            **{cause.value.replace("-", "_"): tally.missing.get(cause, 0) for cause in Missing},
        }
        emit(given, fmt, [record], [Column(key, Text(key)) for key in record])
        return
    from ouvidoria_tui.desk.notices import greeted
    from ouvidoria_tui.present.notice_words import tally_lines
    from ouvidoria_tui.present.safe import clean

    lines = [
        clean(run.letter.subject),
        "",
        clean(greeted(run.letter.text, None, run.language), newlines=True),
        "",
    ]
    if applied and run.number is not None:
        lines = [_("Notice {number}: {subject}", number=run.number, subject=clean(run.letter.subject)), ""]
    given.out.write("\n".join([*lines, *tally_lines(tally, applied=applied)]) + "\n")
    if not applied:
        given.narrate(_("nothing was written: repeat with --apply"))
    elif result == "unchanged":
        given.narrate(_("unchanged"))


def _record(desk: Desk, one: Notice) -> dict[str, object]:
    from ouvidoria_tui.present.dates import rfc3339
    from ouvidoria_tui.report.notices import copies_of, entries_of
    from ouvidoria_tui.report.reading import connection, logins

    conn = connection(desk.store)
    return {
        "notice": one.number,
        "kind": one.kind.value,
        "subject": one.subject,
        "date": one.date,
        "made_at": rfc3339(one.made_at, desk.policy.policy.zone),
        "made_by": logins(conn).get(one.made_by),
        "audiences": list(one.audiences),
        "entries": entries_of(conn, one.number),
        "copies": sum(copies_of(conn, one.number).values()),
    }


def _columns(fmt: str) -> list[Column]:
    if fmt not in ("table", "md"):
        return [Column(key, Text(key)) for key in KEYS]
    from ouvidoria_tui.domain.notice import NoticeKind

    return [
        Column("notice", N_("No."), align="right"),
        Column("kind", N_("Kind"), priority=2, render=lambda record: term_of(NoticeKind, record["kind"])),
        Column("subject", N_("Subject"), flex=True),
        Column("made_at", N_("Sent"), priority=1, render=_made),
        Column("entries", N_("Entries"), align="right"),
        Column("copies", N_("Copies"), align="right"),
    ]


def _made(record: Record) -> str:
    return str(record["made_at"])[:16].replace("T", " ")
