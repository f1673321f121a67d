"""`ouvidoria intake quarantine`: what waits for a person, and what a person does with it."""

from __future__ import annotations

from typing import Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit, emit_outcomes
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

quarantine = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=CONTEXT
)

NumberArgument = Annotated[
    int, typer.Argument(metavar="ID", min=1, help=_("The message's number in the quarantine"))
]


@quarantine.callback(
    invoke_without_command=True,
    help=_("The messages that wait for a person; without a command it lists them.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria intake quarantine --format json"
    + "\nouvidoria intake quarantine release 7 --to 2026-000123-8",
)
def list_(ctx: typer.Context, fmt: FormatOption = None) -> int | None:
    if ctx.invoked_subcommand is not None:
        return None
    from ouvidoria_tui.present.columns import machine_columns
    from ouvidoria_tui.present.record_mail import QUARANTINE_KEYS, quarantine_columns, quarantine_record
    from ouvidoria_tui.report.mail import connection, count_waiting, waiting

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        conn, zone = connection(desk.store), desk.policy.policy.zone
        found = [quarantine_record(mail, zone) for mail in waiting(conn)]
        total = count_waiting(conn)
    people = chosen in ("table", "md")
    emit(given, chosen, found, quarantine_columns(zone) if people else machine_columns(QUARANTINE_KEYS))
    if chosen == "table" and not found:
        given.narrate(_("Nothing waits in the quarantine."))
    if total > len(found):
        given.narrate(_("The oldest {count} of {total}.", count=len(found), total=total))
    return 0


@quarantine.command(
    help=_("Put a message on a ticket, or open a ticket with it.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria intake quarantine release 7 --to 2026-000123-8"
    + "\nouvidoria intake quarantine release 7 --new",
)
def release(
    ctx: typer.Context,
    number: NumberArgument,
    to: Annotated[
        str | None, typer.Option("--to", metavar="P", help=_("The ticket that it belongs to"))
    ] = None,
    area: Annotated[
        str | None, typer.Option("--area", metavar="NAME", help=_("With --to: it is what this area answered"))
    ] = None,
    new: Annotated[bool, typer.Option("--new", help=_("It is a new ticket"))] = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.bootstrap import mail_reader
    from ouvidoria_tui.desk.quarantine import release_new, release_to

    given: Globals = ctx.obj
    choose(given, fmt)
    if (to is None) is not new or (new and area is not None):
        raise UsageError(
            "USAGE", N_("a message goes to one place"), N_("give either --to with a protocol, or --new")
        )
    with given.desk() as desk:
        parse = mail_reader(desk)
        done = (
            release_new(desk, number, parse) if to is None else release_to(desk, number, to, parse, area=area)
        )
    return emit_outcomes(given, fmt, [done])


@quarantine.command(
    help=_("Take a message out of the quarantine for good; its bytes are kept.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria intake quarantine discard 7 --reason 'Propaganda'",
)
def discard(
    ctx: typer.Context,
    number: NumberArgument,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why it is no case"))],
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.quarantine import discard as verb
    from ouvidoria_tui.present.column import Column
    from ouvidoria_tui.present.columns import machine_columns

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        done = verb(desk, number, reason)
    record = {"id": done.id, "message_id": done.message_id, "state": "discarded"}
    people = (
        Column("id", N_("No."), align="right"),
        Column("message_id", N_("Message-ID")),
        Column("state", N_("State"), render=lambda _one: _("message discarded")),
    )
    emit(given, chosen, [record], people if chosen in ("table", "md") else machine_columns(tuple(record)))
    return 0
