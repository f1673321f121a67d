"""`ouvidoria outbox`: what waits to leave, sending it, cancelling it, and how mail leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ouvidoria_tui.cli import outbox_send, outbox_settings
from ouvidoria_tui.cli.common import each
from ouvidoria_tui.cli.output import FormatOption, choose, emit, emit_outcomes
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _, term_of
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.desk.outcome import Outcome
    from ouvidoria_tui.domain.outbox import Letter, LetterState

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=CONTEXT
)

#: The keys of a letter in the machine formats: a contract.
KEYS: Final = (
    "id",
    "protocol",
    "seq",
    "to",
    "kind",
    "state",
    "attempts",
    "created_at",
    "next_try_at",
    "sent_at",
    "bounced_at",
    "error",
    "message_id",
)
Numbers = Annotated[
    list[str], typer.Argument(metavar="ID...", help=_("Numbers of letters; - reads them from standard input"))
]


@app.callback(
    invoke_without_command=True,
    help=_("Letters that leave; without a command it lists those that are not done.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria outbox\nouvidoria outbox send",
)
def outbox(ctx: typer.Context) -> int | None:
    return list_(ctx) if ctx.invoked_subcommand is None else None


@app.command(
    "list",
    help=_("The letters, the newest first.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria outbox list --state failed\nouvidoria outbox list --state all -f json",
)
def list_(
    ctx: typer.Context,
    protocol: Annotated[
        str | None, typer.Argument(metavar="[P]", help=_("Only those of one ticket"), show_default=False)
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(
            "--state",
            metavar="STATE,…",
            help=_("queued, sending, sent, failed, cancelled, held, or all (default: what is not done)"),
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=0, help=_("How many; 0 for all"))] = 200,
    fmt: FormatOption = None,
) -> int:
    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    states = _states(state)
    with given.desk(read_only=True) as desk:
        ticket = None if protocol is None else desk.store.find(protocol).id
        letters = desk.store.outbox.letters(states, limit or None, ticket=ticket)
        zone = desk.policy.policy.zone
        records = (letter_record(desk, letter, name, zone) for letter, name in letters)
        count = emit(given, chosen, records, letter_columns(chosen, zone))
    if count == 0 and chosen == "table":
        given.narrate(_("No letter waits: nothing has to leave and nothing failed."))
    return 0


@app.command(
    help=_("Cancel letters before they leave; the answers stay on their tickets.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria outbox cancel 12 13"
)
def cancel(ctx: typer.Context, numbers: Numbers, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.desk.outbox import cancel as one

    return _perform(ctx.obj, numbers, one, fmt)


@app.command(
    help=_("Put letters that failed or are held into the queue again.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria outbox retry 12"
)
def retry(ctx: typer.Context, numbers: Numbers, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.desk.outbox import retry as one

    return _perform(ctx.obj, numbers, one, fmt)


app.command(
    "send",
    help=_("Send what waits: each letter once, however many senders run.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria --as ouvidora --quiet outbox send\nouvidoria outbox send --every 60",
)(outbox_send.send)
app.command(
    "settings",
    help=_("How mail leaves: shows it, or changes what is given.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria outbox settings --from ouvidoria@example.com --host mail.example.com"
    + "\nouvidoria outbox settings --sendmail /usr/sbin/sendmail",
)(outbox_settings.settings)


def _perform(
    given: Globals, numbers: Sequence[str], one: Callable[[Desk, str], Outcome], fmt: str | None
) -> int:
    from ouvidoria_tui.desk.act import batch
    from ouvidoria_tui.domain.permission import Verb

    chosen = choose(given, fmt)
    with given.desk() as desk:
        outcomes = batch(desk, each(numbers), Verb.OUTBOX, lambda ref: one(desk, ref))
        return emit_outcomes(given, chosen, outcomes)


def _states(written: str | None) -> list[LetterState]:
    from ouvidoria_tui.domain.outbox import LetterState

    if written is None:
        done = (LetterState.SENT, LetterState.CANCELLED)
        return [state for state in LetterState if state not in done]
    names = [name.strip().lower() for name in written.split(",")]
    if names == ["all"]:
        return list(LetterState)
    wrong = [name for name in names if name not in {state.value for state in LetterState}]
    if wrong:
        raise UsageError(
            "BAD_CHOICE",
            N_("{option} cannot be {written}", option="--state", written=wrong[0][:40]),
            N_("choose one of: {names}", names=", ".join([*(state.value for state in LetterState), "all"])),
        )
    return [LetterState(name) for name in names]


def letter_record(desk: Desk, letter: Letter, protocol: str, zone: str) -> dict[str, object]:
    """A letter under :data:`KEYS`; whom a confidential ticket's letter is for is masked, and what was said of it."""
    from ouvidoria_tui.present.dates import rfc3339

    def at(epoch: int | None) -> str | None:
        return None if epoch is None else rfc3339(epoch, zone)

    from ouvidoria_tui.desk.outbox import ticket_of

    waits = letter.state.value in ("queued", "sending")
    about = ticket_of(desk, letter)
    open_ = about is None or not about.confidential  # a server's words repeat the address
    return {
        "id": letter.id,
        "protocol": protocol or None,
        "seq": letter.seq,
        "to": letter.recipient if open_ else None,
        "kind": letter.kind.value,
        "state": letter.state.value,
        "attempts": letter.attempts,
        "created_at": at(letter.created_at),
        "next_try_at": at(letter.next_try_at) if waits else None,
        "sent_at": at(letter.sent_at),
        "bounced_at": at(letter.bounced_at),
        "error": (letter.last_error or None) if open_ else None,
        "message_id": letter.message_id,
    }


def letter_columns(fmt: str, zone: str) -> list[Column]:
    """All keys for a program; for people who, what, how it stands and since when."""
    if fmt not in ("table", "md"):
        return [Column(key, Text(key)) for key in KEYS]
    from ouvidoria_tui.domain.outbox import LetterKind, LetterState
    from ouvidoria_tui.present.dates import moment, parse_rfc3339
    from ouvidoria_tui.present.mail_words import error_words

    def when(record: Record) -> str:
        return moment(parse_rfc3339(str(record["created_at"])), zone)

    return [
        Column("id", N_("No."), align="right"),
        Column("protocol", N_("Protocol"), render=lambda record: str(record["protocol"] or _("notice"))),
        Column("to", N_("To"), flex=True, render=lambda record: str(record["to"] or _("[confidential]"))),
        Column("kind", N_("Kind"), priority=2, render=lambda record: term_of(LetterKind, record["kind"])),
        Column("state", N_("State"), render=lambda record: term_of(LetterState, record["state"])),
        Column("attempts", N_("Attempts"), align="right", priority=3),
        Column("created_at", N_("Written"), priority=1, render=when),
        Column(
            "error",
            N_("What went wrong"),
            flex=True,
            render=lambda record: error_words(str(record["error"] or "")),
        ),
    ]
