"""Acts on clocks: extend, delay-notice, suspend, resume, interrupt."""

from __future__ import annotations

from typing import Annotated

import typer

from ouvidoria_tui.cli.common import (
    AtOption,
    FormatOption,
    PastOption,
    Protocols,
    RevisionOption,
    ToneOption,
    epoch,
    moment,
    perform,
)
from ouvidoria_tui.cli.session import text_from
from ouvidoria_tui.present.words import _

ClockOption = Annotated[
    str | None, typer.Option("--clock", metavar="NAME", help=_("One clock alone, by its name"))
]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help=_("Why; - reads it from the standard input"))
]


def extend(
    ctx: typer.Context,
    protocols: Protocols,
    to: Annotated[str, typer.Option("--to", metavar="DATE", help=_("The new due date"))],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=_("Why, in words for the customer"))
    ],
    measures: Annotated[
        str,
        typer.Option(
            "--measures", metavar="TEXT", help=_("What has been done so far, in words for the customer")
        ),
    ],
    clock: ClockOption = None,
    consent: Annotated[
        bool, typer.Option("--consent", help=_("The customer agreed, where the norm asks for it"))
    ] = False,
    at: PastOption = None,
    confirm_tone: ToneOption = False,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.extend import extend as verb
    from ouvidoria_tui.domain.permission import Verb

    why, done = text_from(reason) or "", text_from(measures) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.EXTEND,
        lambda desk, ref: verb(
            desk,
            ref,
            epoch(desk, to) or 0,
            why,
            done,
            clock=clock,
            consent=consent,
            when=moment(desk, at),
            revision=revision,
        ),
        confirm_tone=confirm_tone,
    )


def delay_notice(
    ctx: typer.Context,
    protocols: Protocols,
    new_date: Annotated[
        str, typer.Option("--new-date", metavar="DATE", help=_("Until when the answer is foreseen now"))
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=_("Why, in words for the customer"))
    ],
    measures: Annotated[
        str | None,
        typer.Option(
            "--measures", metavar="TEXT", help=_("What has been done so far, in words for the customer")
        ),
    ] = None,
    at: PastOption = None,
    confirm_tone: ToneOption = False,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.delay_notice import delay_notice as verb
    from ouvidoria_tui.domain.permission import Verb

    why, done = text_from(reason) or "", text_from(measures)
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.DELAY_NOTICE,
        lambda desk, ref: verb(
            desk,
            ref,
            epoch(desk, new_date) or 0,
            why,
            measures=done,
            when=moment(desk, at),
            revision=revision,
        ),
        confirm_tone=confirm_tone,
    )


def suspend(
    ctx: typer.Context,
    protocols: Protocols,
    reason: ReasonOption,
    clock: ClockOption = None,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.suspend import suspend as verb
    from ouvidoria_tui.domain.permission import Verb

    why = text_from(reason) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.SUSPEND,
        lambda desk, ref: verb(desk, ref, why, clock=clock, when=moment(desk, at), revision=revision),
    )


def resume(
    ctx: typer.Context,
    protocols: Protocols,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help=_("Why, for the file"))
    ] = None,
    clock: ClockOption = None,
    at: AtOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.suspend import resume as verb
    from ouvidoria_tui.domain.permission import Verb

    why = text_from(reason)
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.RESUME,
        lambda desk, ref: verb(
            desk, ref, reason=why, clock=clock, when=moment(desk, at, why), revision=revision
        ),
    )


def interrupt(
    ctx: typer.Context,
    protocols: Protocols,
    reason: ReasonOption,
    clock: ClockOption = None,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.suspend import interrupt as verb
    from ouvidoria_tui.domain.permission import Verb

    why = text_from(reason) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.INTERRUPT,
        lambda desk, ref: verb(desk, ref, why, clock=clock, when=moment(desk, at), revision=revision),
    )


vars(extend)["example"] = (
    "ouvidoria extend 2026-000123-8 --to 2026-12-20 --reason 'A perícia ainda não terminou'"
    " --measures 'Ouvimos a área e pedimos o laudo'"
)
vars(delay_notice)["example"] = (
    "ouvidoria delay-notice 2026-000123-8 --new-date 2026-11-27 --reason 'A área pediu mais um dia'"
)
vars(suspend)["example"] = "ouvidoria suspend 2026-000123-8 --reason 'Falta o documento pedido por telefone'"
vars(resume)["example"] = "ouvidoria resume 2026-000123-8"
vars(interrupt)["example"] = "ouvidoria interrupt 2026-000123-8 --reason 'O contrato novo recomeça o prazo'"
