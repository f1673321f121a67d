"""Words and files on a ticket: reply, ask, note, customer-reply, attach."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ouvidoria_tui.cli.common import (
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
from ouvidoria_tui.errors import NotFound, Refused
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

TextOption = Annotated[
    str, typer.Option("--text", metavar="TEXT", help=_("The words; - reads them from the standard input"))
]


def reply(
    ctx: typer.Context,
    protocols: Protocols,
    text: TextOption,
    conclusive: Annotated[
        bool, typer.Option("--conclusive", help=_("The answer says what was decided"))
    ] = False,
    article: Annotated[
        list[str] | None,
        typer.Option(
            "--article", metavar="SLUG", help=_("Name an article of the knowledge base behind the words")
        ),
    ] = None,
    at: PastOption = None,
    confirm_tone: ToneOption = False,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.reply import reply as verb
    from ouvidoria_tui.domain.permission import Verb

    words = text_from(text) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.REPLY,
        lambda desk, ref: verb(
            desk,
            ref,
            words,
            conclusive=conclusive,
            articles=article or (),
            when=moment(desk, at),
            revision=revision,
        ),
        confirm_tone=confirm_tone,
    )


def ask(
    ctx: typer.Context,
    protocols: Protocols,
    text: TextOption,
    at: PastOption = None,
    confirm_tone: ToneOption = False,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.reply import ask as verb
    from ouvidoria_tui.domain.permission import Verb

    words = text_from(text) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.ASK,
        lambda desk, ref: verb(desk, ref, words, when=moment(desk, at), revision=revision),
        confirm_tone=confirm_tone,
    )


def note(
    ctx: typer.Context,
    protocols: Protocols,
    text: TextOption,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.reply import note as verb
    from ouvidoria_tui.domain.permission import Verb

    words = text_from(text) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.NOTE,
        lambda desk, ref: verb(desk, ref, words, when=moment(desk, at), revision=revision),
    )


def customer_reply(
    ctx: typer.Context,
    protocols: Protocols,
    text: TextOption,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.reply import customer_reply as verb
    from ouvidoria_tui.domain.permission import Verb

    words = text_from(text) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.CUSTOMER_REPLY,
        lambda desk, ref: verb(desk, ref, words, at=epoch(desk, at), revision=revision),
    )


def attach(
    ctx: typer.Context,
    protocol: Annotated[str, typer.Argument(metavar="P", help=_("The ticket's protocol"))],
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=_("Files to attach"))],
    outgoing: Annotated[
        bool, typer.Option("--outgoing", help=_("A file for the customer, not from her"))
    ] = False,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.cli.output import choose, emit_outcomes
    from ouvidoria_tui.desk.attach import attach as verb

    read = [(Path(file).name, _read(Path(file))) for file in files]
    chosen = choose(ctx.obj, fmt)
    with ctx.obj.desk() as desk:
        outcomes = [verb(desk, protocol, name, data, outgoing=outgoing) for name, data in read]
    return emit_outcomes(ctx.obj, chosen, outcomes)


def _read(path: Path) -> bytes:
    from ouvidoria_tui.desk.attach import LIMIT

    if not path.is_file():
        raise NotFound(
            "FILE_NOT_FOUND", N_("there is no file {path}", path=str(path)), N_("check the name of the file")
        )
    if path.stat().st_size > LIMIT:
        raise Refused(
            "ATTACHMENT_TOO_LARGE",
            N_("the file has {size} bytes, {limit} are allowed", size=path.stat().st_size, limit=LIMIT),
            N_("send it in parts, or put it where the customer can fetch it"),
        )
    return path.read_bytes()


vars(reply)["example"] = "ouvidoria reply 2026-000123-8 --conclusive --text - <resposta.txt"
vars(ask)["example"] = "ouvidoria ask 2026-000123-8 --text 'Qual o número da fatura?'"
vars(note)["example"] = "ouvidoria note 2026-000123-8 --text 'Falei com a área por telefone'"
vars(customer_reply)["example"] = (
    "ouvidoria customer-reply 2026-000123-8 --text - --at '2026-11-20 10:00' <mensagem.txt"
)
vars(attach)["example"] = "ouvidoria attach 2026-000123-8 fatura.pdf"
