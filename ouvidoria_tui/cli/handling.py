"""What a ticket is and where it goes: classify, transfer, escalate, ack, hand-back, undo."""

from __future__ import annotations

from typing import Annotated

import typer

from ouvidoria_tui.cli.common import (
    AtOption,
    ComplainedOption,
    FormatOption,
    NoteOption,
    OccurredOption,
    Protocols,
    RevisionOption,
    choice,
    epoch,
    moment,
    perform,
)
from ouvidoria_tui.cli.session import text_from
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_


def classify(
    ctx: typer.Context,
    protocols: Protocols,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help=_("complaint, criticism, suggestion …"))
    ] = None,
    severity: Annotated[
        str | None, typer.Option("--severity", metavar="SEVERITY", help=_("low, medium, high, critical"))
    ] = None,
    difficulty: Annotated[
        str | None, typer.Option("--difficulty", metavar="DIFFICULTY", help=_("simple, medium, complex"))
    ] = None,
    cause: Annotated[
        str | None, typer.Option("--cause", metavar="NAME", help=_("The cause, by its name"))
    ] = None,
    complained: ComplainedOption = None,
    occurred: OccurredOption = None,
    confidential: Annotated[
        bool | None,
        typer.Option(
            "--confidential/--not-confidential",
            help=_("Keep who is behind it and what it says, or (with --note, the reason) no longer"),
        ),
    ] = None,
    note: NoteOption = None,
    at: AtOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from dataclasses import replace

    from ouvidoria_tui.desk.classify import Classification
    from ouvidoria_tui.desk.classify import classify as verb
    from ouvidoria_tui.domain.permission import Verb
    from ouvidoria_tui.domain.ticket import Difficulty, Severity, Type

    wanted = Classification(
        choice(Type, type_, "--type"),
        choice(Severity, severity, "--severity"),
        choice(Difficulty, difficulty, "--difficulty"),
        cause,
        confidential,
        complained_department=complained,
    )
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.CLASSIFY,
        lambda desk, ref: verb(
            desk,
            ref,
            replace(wanted, occurred_at=epoch(desk, occurred)),
            note=note,
            when=moment(desk, at, note),
            revision=revision,
        ),
    )


def transfer(
    ctx: typer.Context,
    protocols: Protocols,
    department: Annotated[str, typer.Option("--department", metavar="NAME", help=_("Where to"))],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why"))],
    at: AtOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.classify import transfer as verb
    from ouvidoria_tui.domain.permission import Verb

    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.TRANSFER,
        lambda desk, ref: verb(desk, ref, department, reason, when=moment(desk, at), revision=revision),
    )


def escalate(
    ctx: typer.Context,
    protocols: Protocols,
    level: Annotated[
        str | None,
        typer.Option("--level", metavar="LEVEL", help=_("1 or N1 area, 2 or N2 ombudsman, 3 or N3 board")),
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=_("Why"))] = None,
    at_request: Annotated[
        bool,
        typer.Option(
            "--at-request", help=_("The customer asked for the desk: reason enough, N2 unless told")
        ),
    ] = False,
    at: AtOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.escalate import escalate as verb
    from ouvidoria_tui.domain.permission import Verb

    if level is None and not at_request:
        raise UsageError(
            "LEVEL_REQUIRED",
            N_("--level says how far up"),
            N_("give --level N1, N2 or N3, or --at-request where the customer asked for the desk"),
        )
    rung = _level(level or "2")
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.ESCALATE,
        lambda desk, ref: verb(
            desk, ref, rung, reason, at_request=at_request, when=moment(desk, at), revision=revision
        ),
    )


def ack(
    ctx: typer.Context,
    protocols: Protocols,
    at: AtOption = None,
    note: NoteOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.escalate import acknowledge
    from ouvidoria_tui.domain.permission import Verb

    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.ACK,
        lambda desk, ref: acknowledge(desk, ref, when=moment(desk, at, note), revision=revision),
    )


def hand_back(
    ctx: typer.Context,
    protocols: Protocols,
    instruction: Annotated[
        str, typer.Option("--instruction", metavar="TEXT", help=_("What shall be done; - reads it"))
    ],
    at: AtOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.escalate import hand_back as verb
    from ouvidoria_tui.domain.permission import Verb

    words = text_from(instruction) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.HAND_BACK,
        lambda desk, ref: verb(desk, ref, words, when=moment(desk, at), revision=revision),
    )


def undo(
    ctx: typer.Context, protocols: Protocols, revision: RevisionOption = None, fmt: FormatOption = None
) -> int:
    from ouvidoria_tui.desk.undo import undo as verb
    from ouvidoria_tui.domain.permission import Verb

    return perform(ctx.obj, fmt, protocols, Verb.UNDO, lambda desk, ref: verb(desk, ref, revision=revision))


def _level(written: str) -> int:
    digits = written.strip().upper().removeprefix("N")
    if digits.isascii() and digits.isdigit() and len(digits) == 1:
        return int(digits)
    raise UsageError(
        "BAD_LEVEL",
        N_("there is no level {level}", level=written[:20]),
        N_("the levels are {levels}", levels="1, 2, 3"),
    )


vars(classify)["example"] = "ouvidoria classify 2026-000123-8 --severity high --cause 'Cobrança indevida'"
vars(transfer)["example"] = (
    "ouvidoria transfer 2026-000123-8 --department financeiro --reason 'É sobre fatura'"
)
vars(escalate)["example"] = (
    "ouvidoria escalate 2026-000123-8 --level N2 --reason 'Área não respondeu no prazo'\n"
    "ouvidoria escalate 2026-000123-8 --at-request"
)
vars(ack)["example"] = "ouvidoria ack 2026-000123-8"
vars(hand_back)["example"] = "ouvidoria hand-back 2026-000123-8 --instruction 'Estornar e avisar a cliente'"
vars(undo)["example"] = "ouvidoria undo 2026-000123-8"
