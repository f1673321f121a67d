"""The moves of tickets: status, assign, take, start, next, close, reopen."""

from __future__ import annotations

from typing import Annotated

import typer

from ouvidoria_tui.cli.common import (
    AtOption,
    FormatOption,
    NoteOption,
    Protocols,
    RevisionOption,
    ToneOption,
    choice,
    moment,
    perform,
)
from ouvidoria_tui.cli.session import text_from
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_


def status(
    ctx: typer.Context,
    to_status: Annotated[str, typer.Argument(metavar="STATUS", help=_("Where to, by its slug"))],
    protocols: Protocols,
    to: Annotated[
        str | None, typer.Option("--to", metavar="AGENT", help=_("For assigned: the agent (default: you)"))
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="TEXT", help=_("For answered and customer-reply: the words")),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="REASON", help=_("For closed: why"))
    ] = None,
    conclusive: Annotated[
        bool, typer.Option("--conclusive", help=_("The answer says what was decided"))
    ] = False,
    note: NoteOption = None,
    at: AtOption = None,
    confirm_tone: ToneOption = False,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.status import Move, check, set_status
    from ouvidoria_tui.domain.permission import Verb
    from ouvidoria_tui.domain.ticket import CloseReason, Status

    wanted = choice(Status, to_status, "STATUS")
    assert wanted is not None
    why = choice(CloseReason, reason, "--reason")
    words = text_from(text)
    check(Move(wanted, to, words, why))
    verbs = {
        Status.OPEN: Verb.RETURN,
        Status.ASSIGNED: Verb.ASSIGN,
        Status.IN_PROGRESS: Verb.START,
        Status.ANSWERED: Verb.REPLY,
        Status.CUSTOMER_REPLY: Verb.CUSTOMER_REPLY,
        Status.CLOSED: Verb.CLOSE,
    }
    return perform(
        ctx.obj,
        fmt,
        protocols,
        verbs[wanted],
        lambda desk, ref: set_status(
            desk,
            ref,
            Move(wanted, to, words, why, note, conclusive, moment(desk, at, note)),
            revision=revision,
        ),
        confirm_tone=confirm_tone,
    )


def assign(
    ctx: typer.Context,
    protocols: Protocols,
    to: Annotated[
        str | None, typer.Option("--to", metavar="AGENT", help=_("The agent (default: you)"))
    ] = None,
    note: NoteOption = None,
    at: AtOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk import assign as verbs
    from ouvidoria_tui.domain.permission import Verb

    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.ASSIGN,
        lambda desk, ref: verbs.assign(
            desk, ref, to, note=note, when=moment(desk, at, note), revision=revision
        ),
    )


def take(
    ctx: typer.Context,
    protocols: Protocols,
    note: NoteOption = None,
    at: AtOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk import assign as verbs
    from ouvidoria_tui.domain.permission import Verb

    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.TAKE,
        lambda desk, ref: verbs.take(desk, ref, note=note, when=moment(desk, at, note), revision=revision),
    )


def start(
    ctx: typer.Context,
    protocols: Protocols,
    note: NoteOption = None,
    at: AtOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk import assign as verbs
    from ouvidoria_tui.domain.permission import Verb

    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.START,
        lambda desk, ref: verbs.start(desk, ref, note=note, when=moment(desk, at, note), revision=revision),
    )


def next_(ctx: typer.Context, fmt: FormatOption = None) -> int:
    from ouvidoria_tui.cli.output import choose, emit_outcomes
    from ouvidoria_tui.desk.assign import take_next

    chosen = choose(ctx.obj, fmt)
    with ctx.obj.desk() as desk:
        return emit_outcomes(ctx.obj, chosen, [take_next(desk)])


def close(
    ctx: typer.Context,
    protocols: Protocols,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="REASON", help=_("Why: solved, no-reply, duplicate …"))
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="WHO", help=_("Who closes it: desk or customer"))
    ] = None,
    note: NoteOption = None,
    at: AtOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.status import Move, check, set_status
    from ouvidoria_tui.domain.permission import Verb
    from ouvidoria_tui.domain.ticket import CloseReason, Status, Turn

    why = choice(CloseReason, reason, "--reason")
    if by not in (None, Turn.DESK, Turn.CUSTOMER):
        raise UsageError(
            "BAD_CHOICE",
            N_("{option} cannot be {written}", option="--by", written=str(by)[:40]),
            N_("choose one of: {names}", names="desk, customer"),
        )
    check(Move(Status.CLOSED, reason=why))
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.CLOSE,
        lambda desk, ref: set_status(
            desk,
            ref,
            Move(
                Status.CLOSED,
                reason=why,
                by_customer=by == Turn.CUSTOMER,
                note=note,
                when=moment(desk, at, note),
            ),
            revision=revision,
        ),
    )


def reopen(
    ctx: typer.Context,
    protocols: Protocols,
    information: Annotated[
        str | None,
        typer.Option("--information", metavar="TEXT", help=_("What the customer brought that is new")),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help=_("Why the desk itself reopens it"))
    ] = None,
    other: Annotated[
        str | None,
        typer.Option(
            "--other-subject",
            metavar="SUBJECT",
            help=_("Reopen nothing: register --information as a new ticket on this subject, linked"),
        ),
    ] = None,
    at: AtOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.close import reopen as verb
    from ouvidoria_tui.domain.permission import Verb

    news = text_from(information)
    if other is not None:
        from ouvidoria_tui.desk.other_subject import other_subject

        return perform(
            ctx.obj,
            fmt,
            protocols,
            Verb.REOPEN,
            lambda desk, ref: other_subject(desk, ref, other, news or "", revision=revision),
        )
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.REOPEN,
        lambda desk, ref: verb(
            desk, ref, information=news, reason=reason, when=moment(desk, at), revision=revision
        ),
    )


vars(status)["example"] = (
    "ouvidoria status in-progress 2026-000123-8\n"
    "ouvidoria queue owner:none --format tsv | ouvidoria status assigned --to ana -\n"
    "ouvidoria status closed 2026-000123-8 --reason solved"
)
vars(assign)["example"] = "ouvidoria assign 2026-000123-8 --to ana"
vars(take)["example"] = "ouvidoria take 2026-000123-8"
vars(start)["example"] = "ouvidoria start 2026-000123-8"
vars(next_)["example"] = "ouvidoria next"
vars(close)["example"] = "ouvidoria close 2026-000123-8 --reason solved --note 'Estorno confirmado'"
vars(reopen)["example"] = (
    "ouvidoria reopen 2026-000123-8 --information 'A cobrança voltou na fatura de maio'\n"
    "ouvidoria reopen 2026-000123-8 --other-subject 'Nota fiscal' --information 'Veio com o CNPJ errado'"
)
