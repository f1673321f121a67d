"""`ouvidoria outbox settings`: how mail leaves. A password is never an option, and never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from ouvidoria_tui.cli.common import choice
from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.domain.mail_settings import MailSettings, Security

_PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}


def settings(
    ctx: typer.Context,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="ADDRESS", help=_("The desk's own e-mail address"))
    ] = None,
    from_name: Annotated[
        str | None, typer.Option("--from-name", metavar="NAME", help=_("The name beside it"))
    ] = None,
    host: Annotated[
        str | None, typer.Option("--host", metavar="SERVER", help=_("Send by this mail server"))
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", metavar="N", help=_("Its port (default: 587, 465 or 25)"))
    ] = None,
    security: Annotated[
        str | None,
        typer.Option(
            "--security", metavar="HOW", help=_("starttls (default), tls, or none on this machine only")
        ),
    ] = None,
    user: Annotated[
        str | None, typer.Option("--user", metavar="NAME", help=_("Who logs in; empty for nobody"))
    ] = None,
    password_file: Annotated[
        str | None,
        typer.Option(
            "--password-file",
            metavar="PATH",
            help=_("File of mode 600 with the password (or OUVIDORIA_SMTP_PASSWORD)"),
        ),
    ] = None,
    sendmail: Annotated[
        str | None, typer.Option("--sendmail", metavar="PATH", help=_("Send by this program instead"))
    ] = None,
    per_minute: Annotated[
        int | None, typer.Option("--per-minute", metavar="N", help=_("At most so many letters a minute"))
    ] = None,
    automatic_per_hour: Annotated[
        int | None,
        typer.Option(
            "--automatic-per-hour", metavar="N", help=_("Letters by rules to one address in an hour")
        ),
    ] = None,
    automatic_per_day: Annotated[
        int | None,
        typer.Option("--automatic-per-day", metavar="N", help=_("The same in a day; more are held")),
    ] = None,
    off: Annotated[bool, typer.Option("--off", help=_("Queue no more letters"))] = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.mail_settings import change_mail
    from ouvidoria_tui.domain.mail_settings import Security

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    wanted: dict[str, object] = {
        "from_address": from_,
        "from_name": from_name,
        "user": user,
        "password_file": password_file,
        "per_minute": per_minute,
        "automatic_per_hour": automatic_per_hour,
        "automatic_per_day": automatic_per_day,
        **_road(host, port, choice(Security, security, "--security"), sendmail, off=off),
    }
    wanted = {name: value for name, value in wanted.items() if value is not None}
    if not wanted:
        with given.desk(read_only=True) as desk:
            found, changed = desk.store.outbox.settings(), None
    else:
        with given.desk() as desk:
            found, changed = change_mail(desk, wanted)
    _told(given, chosen, found)
    if changed is not None:
        given.narrate(_("Mail settings changed.") if changed else _("Nothing changed."))
    elif not found.ready:
        given.narrate(_("Mail does not leave: give --from and --host, or --from and --sendmail."))
    return 0


def _road(
    host: str | None, port: int | None, security: Security | None, sendmail: str | None, *, off: bool
) -> dict[str, object]:
    if sum((host is not None, sendmail is not None, off)) > 1:
        raise UsageError(
            "ONE_OF_TWO",
            N_("mail leaves by a server or by a program, or not at all"),
            N_("give one of --host, --sendmail and --off"),
        )
    if off:
        return {"road": ""}
    if sendmail is not None:
        return {"road": "sendmail", "sendmail": sendmail}
    if security is not None and port is None:
        port = _PORTS[security.value]
    how = None if security is None else security.value
    road = None if host is None else "smtp"
    return {"road": road, "host": host, "port": port, "security": how}


def _told(given: Globals, fmt: str, found: MailSettings) -> None:
    rows = [{"setting": name, "value": value} for name, value in found.as_record().items()]
    if fmt in ("json", "jsonl"):
        emit(given, fmt, [found.as_record()], [Column(name, N_("Setting")) for name in found.as_record()])
        return
    emit(given, fmt, rows, [Column("setting", N_("Setting")), Column("value", N_("Value"), flex=True)])
