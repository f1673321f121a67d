"""`ouvidoria intake imap`: how to reach a mailbox, from options and the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ouvidoria_tui.cli.again import again
from ouvidoria_tui.cli.common import choice
from ouvidoria_tui.cli.intake_options import DryRunOption, HistoricOption, examples
from ouvidoria_tui.cli.output import FormatOption, choose
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.errors import OuvidoriaError, UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.cli.intake_run import Source

#: What may have passed by the next turn.
_PASSES: Final = frozenset({"IMAP_UNREACHABLE", "IMAP_REFUSED", "STORE_LOCKED", "STORE_FULL"})

HELP = examples(
    _(
        "The unread messages of a folder on an IMAP server; they are flagged as read, or moved, once they are kept."
    ),
    "ouvidoria intake imap --host imap.example.com --user sac@example.com --password-file ~/.sac",
    "OUVIDORIA_IMAP_PASSWORD=… ouvidoria intake imap --host imap.example.com --user sac --move-to Lidas",
    "ouvidoria intake imap --every 60",
)


def imap(
    ctx: typer.Context,
    host: Annotated[
        str | None, typer.Option("--host", metavar="NAME", help=_("The server (or OUVIDORIA_IMAP_HOST)"))
    ] = None,
    user: Annotated[
        str | None, typer.Option("--user", metavar="NAME", help=_("Whose mailbox (or OUVIDORIA_IMAP_USER)"))
    ] = None,
    password_file: Annotated[
        str | None,
        typer.Option(
            "--password-file",
            metavar="FILE",
            help=_("A file of mode 0600 with the password (or OUVIDORIA_IMAP_PASSWORD holds it)"),
        ),
    ] = None,
    folder: Annotated[str, typer.Option("--folder", metavar="NAME", help=_("The folder"))] = "INBOX",
    move_to: Annotated[
        str | None, typer.Option("--move-to", metavar="NAME", help=_("Where kept messages are moved"))
    ] = None,
    opened: Annotated[
        bool,
        typer.Option("--all", help=_("Also messages that somebody has opened: all since the last such run")),
    ] = False,
    every: Annotated[
        int | None,
        typer.Option(
            "--every", metavar="SECONDS", min=1, help=_("Do it again after so long, until Ctrl-C or SIGTERM")
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="N", min=1, max=65_535, help=_("The port (993; STARTTLS: 143)")),
    ] = None,
    security: Annotated[
        str, typer.Option("--security", metavar="HOW", help=_("tls, starttls, or none (this machine only)"))
    ] = "tls",
    ca_file: Annotated[
        str | None,
        typer.Option("--ca-file", metavar="FILE", help=_("Certificates to trust instead of the system's")),
    ] = None,
    historic: HistoricOption = False,
    dry_run: DryRunOption = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.cli.intake_run import run
    from ouvidoria_tui.cli.intake_sources import from_imap
    from ouvidoria_tui.intake.mail.credentials import password
    from ouvidoria_tui.intake.mail.imap_server import ImapServer, Security, Which

    given: Globals = ctx.obj
    how = choice(Security, security, "--security") or Security.TLS
    server = ImapServer(
        host=_named(host, "--host", "OUVIDORIA_IMAP_HOST"),
        user=_named(user, "--user", "OUVIDORIA_IMAP_USER"),
        password=password(os.environ, password_file),
        port=port or (993 if how is Security.TLS else 143),
        security=how,
        folder=folder,
        which=Which.NEWER if opened else Which.UNSEEN,
        move_to=move_to,
        ca_file=ca_file,
    )
    source = from_imap(server)
    if every is None:
        return run(given, fmt, source, historic=historic, dry_run=dry_run)
    again(every, lambda: _patient(given, fmt, source, historic=historic, dry_run=dry_run))


def _patient(given: Globals, fmt: str | None, source: Source, *, historic: bool, dry_run: bool) -> None:
    """A run that says nothing where it finds nothing; trouble that may pass is told and waited out."""
    from ouvidoria_tui.cli.fail import say_failure
    from ouvidoria_tui.cli.intake_run import run

    try:
        run(given, fmt, source, historic=historic, dry_run=dry_run, silent=True)
    except OuvidoriaError as error:
        if error.code not in _PASSES:
            raise
        say_failure(error, ["--format", choose(given, fmt)])


def _named(written: str | None, option: str, variable: str) -> str:
    value = written or os.environ.get(variable, "")
    if not value:
        raise UsageError(
            "IMAP_NOT_SET",
            N_("{option} says nothing, and {variable} is not set", option=option, variable=variable),
            N_("give {option}, or set {variable}", option=option, variable=variable),
        )
    return value
