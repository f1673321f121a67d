"""`ouvidoria intake`: mail to tickets and replies, and why each message went where it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from ouvidoria_tui.cli.intake_imap import HELP, imap
from ouvidoria_tui.cli.intake_options import DryRunOption, HistoricOption, examples
from ouvidoria_tui.cli.intake_quarantine import quarantine
from ouvidoria_tui.cli.output import FormatOption, choose
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.present.words import _

if TYPE_CHECKING:
    from ouvidoria_tui.cli.intake_run import Source

#: What a mail server reads as "try again later" (EX_TEMPFAIL of sysexits.h): it keeps the message.
TRY_LATER: Final = 75

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
    help=_("Mail to tickets and replies."),
)
app.add_typer(quarantine, name="quarantine")
app.command("imap", help=HELP)(imap)

MessageArgument = Annotated[
    str, typer.Argument(metavar="MESSAGE-ID", help=_("As its header has it, or the message's number"))
]


@app.command(help=examples(_("Files that hold one message each."), "ouvidoria intake eml carta.eml"))
def eml(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=_("Files of one message each"))],
    historic: HistoricOption = False,
    dry_run: DryRunOption = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.cli.intake_sources import from_paths

    return _run(ctx, fmt, from_paths(files), historic, dry_run)


@app.command(
    help=examples(
        _("A mailbox in one file (mbox)."), "ouvidoria intake mbox arquivo.mbox --historic --dry-run"
    )
)
def mbox(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=_("Files of many messages"))],
    historic: HistoricOption = False,
    dry_run: DryRunOption = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.cli.intake_sources import from_paths

    return _run(ctx, fmt, from_paths(files), historic, dry_run)


@app.command(help=examples(_("A Maildir folder."), "ouvidoria intake maildir ~/Maildir"))
def maildir(
    ctx: typer.Context,
    folders: Annotated[list[str], typer.Argument(metavar="DIR...", help=_("Folders with new, cur and tmp"))],
    historic: HistoricOption = False,
    dry_run: DryRunOption = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.cli.intake_sources import from_paths

    return _run(ctx, fmt, from_paths(folders, folders=True), historic, dry_run)


@app.command(
    help=examples(
        _("One message from the standard input, as a mail server's pipe gives it; exit 75: keep it."),
        "ouvidoria intake stdin < carta.eml",
        'ouvidoria: "|/usr/bin/ouvidoria --db /srv/desk.db --quiet intake stdin"',
    )
)
def stdin(
    ctx: typer.Context,
    historic: HistoricOption = False,
    dry_run: DryRunOption = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.cli.fail import say_failure
    from ouvidoria_tui.cli.intake_sources import from_stdin

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    try:
        return _run(ctx, fmt, from_stdin(), historic, dry_run)
    except (UsageError, Refused, typer.Exit):
        raise  # the message's own fault, or the call's: to try again would change nothing
    except Exception as error:
        # Whatever is wrong with the desk is not the message's fault: the server shall try again.
        say_failure(error, ["--format", chosen])
        return TRY_LATER


@app.command(
    help=examples(
        _("Why a message went where it went."), "ouvidoria intake explain '<abc@example.com>' --format json"
    )
)
def explain(ctx: typer.Context, message: MessageArgument, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.cli.intake_explain import print_explained

    return print_explained(ctx.obj, fmt, message)


@app.command(
    help=examples(
        _("A message's bytes, exactly as they came."), "ouvidoria intake raw '<abc@example.com>' > abc.eml"
    )
)
def raw(
    ctx: typer.Context,
    message: MessageArgument,
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason", metavar="TEXT", help=_("Why, where the ticket is confidential; it is recorded")
        ),
    ] = None,
) -> int:
    from ouvidoria_tui.cli.intake_explain import write_raw

    return write_raw(ctx.obj, message, reason)


def _run(ctx: typer.Context, fmt: str | None, source: Source, historic: bool, dry_run: bool) -> int:
    from ouvidoria_tui.cli.intake_run import run

    return run(ctx.obj, fmt, source, historic=historic, dry_run=dry_run)
