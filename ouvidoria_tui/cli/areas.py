"""Whom the desk brings in: forward, area-answer, consent."""

from __future__ import annotations

from typing import Annotated

import typer

from ouvidoria_tui.cli.common import (
    FormatOption,
    PastOption,
    Protocols,
    RevisionOption,
    ToneOption,
    moment,
    perform,
)
from ouvidoria_tui.cli.session import text_from
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_


def forward(
    ctx: typer.Context,
    protocols: Protocols,
    area: Annotated[str, typer.Option("--area", metavar="NAME", help=_("The area that is asked"))],
    text: Annotated[
        str,
        typer.Option(
            "--text", metavar="TEXT", help=_("What the area is asked; - reads it from the standard input")
        ),
    ],
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.forward import forward as verb
    from ouvidoria_tui.domain.permission import Verb

    words = text_from(text) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.FORWARD,
        lambda desk, ref: verb(desk, ref, area, words, when=moment(desk, at), revision=revision),
    )


def area_answer(
    ctx: typer.Context,
    protocols: Protocols,
    text: Annotated[
        str,
        typer.Option(
            "--text", metavar="TEXT", help=_("What the area answered; - reads it from the standard input")
        ),
    ],
    area: Annotated[
        str | None, typer.Option("--area", metavar="NAME", help=_("Which area, where several were asked"))
    ] = None,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.forward import area_answer as verb
    from ouvidoria_tui.domain.permission import Verb

    words = text_from(text) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.AREA_ANSWER,
        lambda desk, ref: verb(desk, ref, words, area=area, when=moment(desk, at), revision=revision),
    )


def consent(
    ctx: typer.Context,
    protocols: Protocols,
    ask: Annotated[bool, typer.Option("--ask", help=_("Ask the customer, in the words of --text"))] = False,
    given: Annotated[bool, typer.Option("--given", help=_("The customer agreed"))] = False,
    refused: Annotated[bool, typer.Option("--refused", help=_("The customer did not agree"))] = False,
    text: Annotated[
        str | None,
        typer.Option(
            "--text", metavar="TEXT", help=_("The question, or the customer's own words; - reads them")
        ),
    ] = None,
    at: PastOption = None,
    confirm_tone: ToneOption = False,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.consent import answer_consent, ask_consent
    from ouvidoria_tui.domain.permission import Verb

    if [ask, given, refused].count(True) != 1:
        raise UsageError(
            "ONE_OF_THREE",
            N_("say one of --ask, --given, --refused"),
            N_("--ask writes to the customer, the other two record the answer"),
        )
    words = text_from(text)
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.CONSENT,
        lambda desk, ref: (
            ask_consent(desk, ref, words or "", when=moment(desk, at), revision=revision)
            if ask
            else answer_consent(desk, ref, given=given, text=words, when=moment(desk, at), revision=revision)
        ),
        confirm_tone=confirm_tone,
    )


vars(forward)["example"] = "ouvidoria forward 2026-000123-8 --area financeiro --text 'O estorno foi feito?'"
vars(area_answer)["example"] = "ouvidoria area-answer 2026-000123-8 --text 'Feito em 12/11.'"
vars(consent)["example"] = (
    "ouvidoria consent 2026-000123-8 --ask --text 'Podemos informar seu nome à área?'\n"
    "ouvidoria consent 2026-000123-8 --given --text 'Podem.'"
)
