"""Words and files on a ticket: reply, ask, note, customer-reply, attach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import (
    FormatOption,
    PastOption,
    Protocols,
    RevisionOption,
    ToneOption,
    choice,
    epoch,
    moment,
    perform,
)
from ouvidoria_tui.cli.session import Globals, text_from
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.domain.answer import Wanted

TextOption = Annotated[
    str, typer.Option("--text", metavar="TEXT", help=_("The words; - reads them from the standard input"))
]


def reply(
    ctx: typer.Context,
    protocols: Protocols,
    text: Annotated[
        str | None,
        typer.Option(
            "--text",
            metavar="TEXT",
            help=_("The words, with --template the reasons; - reads them from the standard input"),
        ),
    ] = None,
    conclusive: Annotated[
        bool, typer.Option("--conclusive", help=_("The answer says what was decided"))
    ] = False,
    template: Annotated[
        str | None,
        typer.Option(
            "--template", metavar="NAME", help=_("Filled from the case: C1, C2, C3, C4 conclude; T3 informs")
        ),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PLACE=TEXT", help=_("What stands in a place of the template")),
    ] = None,
    wish: Annotated[
        str | None,
        typer.Option("--wish", metavar="met|partly|not", help=_("What became of the customer's wish")),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help=_("Print the letter of --template and send nothing"))
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
    from ouvidoria_tui.desk.answers import answer
    from ouvidoria_tui.desk.reply import reply as verb
    from ouvidoria_tui.domain.answer import Concluding, Wanted, Wish
    from ouvidoria_tui.domain.permission import Verb

    words = text_from(text) or ""
    said = Concluding(choice(Wish, wish, "--wish"))
    if template is not None:
        wanted = Wanted(template.strip().upper(), words, said, _places(values or []))
        if preview:
            return _previewed(ctx.obj, protocols, wanted)
        return perform(
            ctx.obj,
            fmt,
            protocols,
            Verb.REPLY,
            lambda desk, ref: answer(desk, ref, wanted, when=moment(desk, at), revision=revision),
        )
    if preview or values:
        raise UsageError(
            "TEMPLATE_REQUIRED",
            N_("--preview and --set go with --template"),
            N_("name the template, or leave them out"),
        )
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
            said=said,
            when=moment(desk, at),
            revision=revision,
        ),
        confirm_tone=confirm_tone,
    )


def _places(values: list[str]) -> dict[str, str]:
    """The places of ``--set PLACE=TEXT``; ``UsageError`` ``BAD_PLACE``."""
    found: dict[str, str] = {}
    for value in values:
        name, is_, text = value.partition("=")
        if not is_ or not name.strip():
            raise UsageError(
                "BAD_PLACE",
                N_("this is no place with its text: {written}", written=value[:40]),
                N_("write it like {example}", example="--set previsao='10/12/2026'"),
            )
        found[name.strip()] = text
    return found


def _previewed(given: Globals, protocols: list[str], wanted: Wanted) -> int:
    """Prints each letter as it would leave: its subject, an empty line, its text."""
    from ouvidoria_tui.cli.common import each
    from ouvidoria_tui.desk.answers import preview
    from ouvidoria_tui.present.safe import clean

    with given.desk(read_only=True) as desk:
        letters = [preview(desk, ref, wanted) for ref in each(protocols)]
    for letter in letters:
        given.out.write(clean(f"{letter.subject}\n\n{letter.text}\n", newlines=True))
    return 0


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
    channel: Annotated[
        str | None,
        typer.Option(
            "--channel", metavar="CHANNEL", help=_("The way by which it came; default: the ticket's")
        ),
    ] = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.cli.output import choose, emit_outcomes
    from ouvidoria_tui.desk.attach import attach as verb
    from ouvidoria_tui.desk.attach import read_attachment
    from ouvidoria_tui.domain.ticket import Channel

    way = choice(Channel, channel, "--channel")
    read = [(Path(file).name, read_attachment(Path(file))) for file in files]
    chosen = choose(ctx.obj, fmt)
    with ctx.obj.desk() as desk:
        outcomes = [verb(desk, protocol, name, data, outgoing=outgoing, channel=way) for name, data in read]
    return emit_outcomes(ctx.obj, chosen, outcomes)


vars(reply)["example"] = (
    "ouvidoria reply 2026-000123-8 --conclusive --text - <resposta.txt\n"
    "ouvidoria reply 2026-000123-8 --template C1 --wish met --preview"
)
vars(ask)["example"] = "ouvidoria ask 2026-000123-8 --text 'Qual o número da fatura?'"
vars(note)["example"] = "ouvidoria note 2026-000123-8 --text 'Falei com a área por telefone'"
vars(customer_reply)["example"] = (
    "ouvidoria customer-reply 2026-000123-8 --text - --at '2026-11-20 10:00' <mensagem.txt"
)
vars(attach)["example"] = "ouvidoria attach 2026-000123-8 fatura.pdf"
