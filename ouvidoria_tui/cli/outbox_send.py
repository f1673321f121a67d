"""`ouvidoria outbox send`: once, for cron; or again and again with --every, until it is told to stop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.again import again
from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.present.words import _, plural

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.outbox import Letter


def send(
    ctx: typer.Context,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help=_("At most so many letters"))
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Show what would leave now; nothing is sent"))
    ] = False,
    every: Annotated[
        int | None,
        typer.Option(
            "--every", metavar="SECONDS", min=1, help=_("Do it again after so long, until Ctrl-C or SIGTERM")
        ),
    ] = None,
    fmt: FormatOption = None,
) -> int:
    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        if dry_run:
            return _shown(given, chosen, desk, limit)
        if every is None:
            return _round(given, chosen, desk, limit)
        again(every, lambda: _patient_round(given, chosen, desk, limit))


def _patient_round(given: Globals, fmt: str, desk: Desk, limit: int | None) -> None:
    """A round whose trouble is told and waited out: the server may be back for the next one."""
    from ouvidoria_tui.cli.fail import say_failure
    from ouvidoria_tui.desk.outbox import anything_due, check_sending

    check_sending(desk)
    if not anything_due(desk):
        return
    try:
        _round(given, fmt, desk, limit)
    except Refused as error:
        say_failure(error, ["--format", fmt])


def _round(given: Globals, fmt: str, desk: Desk, limit: int | None) -> int:
    """The exit code: 0 where each letter left, 4 where none did, 6 where some did."""
    from ouvidoria_tui.cli.outbox import letter_columns, letter_record
    from ouvidoria_tui.desk.outbox import anything_due
    from ouvidoria_tui.domain.outbox import LetterState
    from ouvidoria_tui.outbound.send import send as letters

    zone = desk.policy.policy.zone
    seen: list[Letter] = []

    def told() -> Iterator[dict[str, object]]:
        for done in letters(desk, limit=limit):
            seen.append(done.letter)
            yield letter_record(desk, done.letter, done.protocol, zone)

    records = told()
    try:
        emit(given, fmt, records, letter_columns(fmt, zone))
    except typer.Exit:
        for _record in records:  # nobody listens any more; what waits leaves all the same
            pass
        raise
    left = sum(letter.state is LetterState.SENT for letter in seen)
    stuck = sum(letter.state in (LetterState.QUEUED, LetterState.FAILED) for letter in seen)
    given.narrate(
        plural("{count} letter sent, {stuck} not.", "{count} letters sent, {stuck} not.", left, stuck=stuck)
    )
    if limit is None and anything_due(desk):
        given.narrate(_("The rest waits: the desk sends so many letters a minute and no more."))
    if not stuck:
        return 0
    return 6 if left else 4


def _shown(given: Globals, fmt: str, desk: Desk, limit: int | None) -> int:
    from itertools import islice

    from ouvidoria_tui.cli.outbox import letter_columns, letter_record
    from ouvidoria_tui.desk.outbox import check_sending
    from ouvidoria_tui.domain.outbox import LetterState

    check_sending(desk)
    now, zone = desk.clock.now(), desk.policy.policy.zone
    waiting = desk.store.outbox.letters([LetterState.QUEUED], None)
    due = (one for one in waiting if (one[0].next_try_at or 0) <= now)
    records = (letter_record(desk, letter, name, zone) for letter, name in islice(due, limit))
    count = emit(given, fmt, records, letter_columns(fmt, zone))
    given.narrate(plural("{count} letter would leave now.", "{count} letters would leave now.", count))
    return 0
