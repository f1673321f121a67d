"""Conversations about a ticket: call, meeting, convert (a conversation that goes on as a ticket)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import (
    AtOption,
    FormatOption,
    PastOption,
    Protocols,
    RevisionOption,
    choice,
    epoch,
    moment,
    perform,
)
from ouvidoria_tui.cli.session import Globals, text_from
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _, term
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.domain.conduct import Conduct

MinutesOption = Annotated[
    int | None, typer.Option("--minutes", metavar="N", help=_("How long it was, in whole minutes"))
]
ConductOption = Annotated[
    str | None,
    typer.Option(
        "--conduct",
        metavar="POINT,…",
        help=_(
            "Points of the card that were kept: clear, courteous, listened, empathy, no-criticism, all, none"
        ),
    ),
]


def call(
    ctx: typer.Context,
    protocols: Protocols,
    text: Annotated[
        str,
        typer.Option("--text", metavar="TEXT", help=_("What was said; - reads it from the standard input")),
    ],
    with_: Annotated[
        str | None, typer.Option("--with", metavar="NAME", help=_("Who was spoken with"))
    ] = None,
    minutes: MinutesOption = None,
    conduct: ConductOption = None,
    outgoing: Annotated[
        bool, typer.Option("--outgoing", help=_("The desk called, not the customer"))
    ] = False,
    channel: Annotated[
        str, typer.Option("--channel", metavar="CHANNEL", help=_("phone (default), whatsapp, chat …"))
    ] = "phone",
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.conversations import Call, record_call
    from ouvidoria_tui.domain.permission import Verb
    from ouvidoria_tui.domain.ticket import Channel

    way = choice(Channel, channel, "--channel")
    assert way is not None
    words, kept = text_from(text) or "", kept_points(conduct)
    if way is Channel.PHONE and kept is None:
        show_card(ctx.obj)
    what = Call(with_ or "", minutes, outgoing, way, kept)
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.CALL,
        lambda desk, ref: record_call(desk, ref, what, words, at=epoch(desk, at), revision=revision),
    )


def meeting(
    ctx: typer.Context,
    protocols: Protocols,
    participants: Annotated[str, typer.Option("--participants", metavar="NAME,…", help=_("Who was there"))],
    minutes_text: Annotated[
        str,
        typer.Option(
            "--minutes-text", metavar="TEXT", help=_("The minutes: what was said and agreed; - reads them")
        ),
    ],
    minutes: MinutesOption = None,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.conversations import record_meeting
    from ouvidoria_tui.domain.permission import Verb

    words, there = text_from(minutes_text) or "", participants.split(",")
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.MEETING,
        lambda desk, ref: record_meeting(
            desk, ref, there, words, minutes=minutes, at=epoch(desk, at), revision=revision
        ),
    )


def convert(
    ctx: typer.Context,
    protocols: Protocols,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why"))],
    to: Annotated[
        str, typer.Option("--to", metavar="WHAT", help=_("ticket: what there is to become"))
    ] = "ticket",
    at: AtOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.convert import convert as verb
    from ouvidoria_tui.domain.permission import Verb

    if to.strip().lower() not in ("ticket", "chamado"):
        raise UsageError(
            "BAD_CHOICE",
            N_("{option} cannot be {written}", option="--to", written=to[:40]),
            N_("choose one of: {names}", names="ticket"),
        )
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.CONVERT,
        lambda desk, ref: verb(desk, ref, reason, when=moment(desk, at), revision=revision),
    )


def kept_points(written: str | None) -> tuple[Conduct, ...] | None:
    """The points of the card that were ticked; ``None`` where it was not filled in."""
    if written is None:
        return None
    from ouvidoria_tui.domain.conduct import ticks

    return ticks(written)


def show_card(given: Globals) -> None:
    """The card of conduct on the telephone, on stderr (S4-02)."""
    from ouvidoria_tui.domain.conduct import Conduct

    given.narrate(
        _("On the telephone, with --conduct {names}:", names=",".join(one.value for one in Conduct))
    )
    for one in Conduct:
        given.narrate(f"  [ ] {one.value}: {term(one)}")


vars(call)["example"] = (
    "ouvidoria call 2026-000123-8 --with 'Maria' --minutes 12 --conduct clear,courteous,listened"
    " --text 'Contou que a cobrança voltou'"
)
vars(meeting)["example"] = (
    "ouvidoria meeting 2026-000123-8 --at '2026-11-20 15:00' --participants 'Maria, Caio'"
    " --minutes-text 'Combinado o estorno até sexta'"
)
vars(convert)["example"] = (
    "ouvidoria convert 2026-000123-8 --to ticket --reason 'Precisa de análise do suporte'"
)
